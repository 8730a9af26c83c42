# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What an admin does in Steward, step by step with pointer and keys, and what must be true afterwards."""

import contextlib
import csv
import glob
import html.parser
import json
import os
import re
import sqlite3
import ssl
import urllib.request

import steward_ui as ui
from steward_ui.access import Surface
from steward_ui.screen import run

DESTINATION = 'My BigQuery'
MIGRATE = re.compile(r'/api/query/migration/federated/to/amplifier/([^/]+)/integrations/[^/]+$')
BACK = re.compile(r'/api/query/migration/amplifier/to/federated/([^/]+)$')
# What the instance answers and what Steward makes of it.
STATES = {'COMPLETE': 'complete', 'INCOMPLETE': 'incomplete', 'ABORTED': 'aborted'}


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message() if callable(message) else message)


def same(one, other, what):
    if one != other:
        raise AssertionError(f'{what}:\n  {one}\n  {other}')


def holds_focus(entry):
    """True if the keyboard goes to ENTRY: what takes it is the text inside."""
    return entry.focused or any(node.focused for node in entry.walk(skip=(), hidden=True))


def take_focus(entry, tries=5):
    """Clicks into ENTRY until the keyboard goes there. The window manager holds each click back for a moment, keys
    it does not: those that come too early go to what had the keyboard before."""
    for left in reversed(range(tries)):
        entry.point()
        try:
            ui.until(lambda: holds_focus(entry), f'the keyboard to go to {entry}', 3)
            return
        except AssertionError:
            if not left:
                raise


def enter(session, entry, text):
    """Types TEXT into ENTRY, in place of what is there."""
    take_focus(entry)
    session.key('ctrl+a')
    if text:
        session.type(text)
    else:
        session.key('BackSpace')
    ui.until(lambda: entry.text == text, lambda: f'{entry} to hold what was typed, not {entry.text!r}')


def connect(session, app, server, deadline=20):
    """Signs in by typing address and token, from the welcome page on."""
    app.find('push button', 'Connect to Domo').click()
    dialog = app.dialog('Connect to Domo')
    enter(session, dialog.find('text', 'Instance'), server.url)
    enter(session, dialog.find('password text', 'Access token'), server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe', deadline=deadline)


def enlarge(app, width=1400, height=1300):
    """Makes room for many rows."""
    app.resize(width, height)
    run('xdotool', 'windowmove', app.window().id, 20, 20)
    app.settle(lambda: app.window().geometry())


def touchable(node):
    """True if the pointer would reach NODE, which may lie on a page that is not shown."""
    left, top, width, height = node.extents()
    surface = Surface(node.frame())
    path = surface.at(int(left + width / 2), int(top + height / 2))
    while path and path != node.path:
        path = surface.parent(path)
    return path is not None


def reveal(session, app, node):
    """Scrolls the page, not a list in it, until NODE is in sight."""
    frame = app.frames()[0]
    before = None
    for _ in range(30):
        _, y, _, height = node.extents()
        # At its end a page does not go further.
        if y > 100 and (y + height < frame.extents()[3] - 100 or y == before and touchable(node)):
            return
        before = y
        left, _, width, _ = node.extents()
        origin = app.content_origin(frame)
        # Beside the page's content, where nothing takes the wheel for itself.
        session.screen.scroll(origin[0] + frame.extents()[2] - 20, origin[1] + 300, 3 if y > 100 else -3)
        app.settle(node.extents, quiet=0.15)
    raise AssertionError(f'{node} does not come into sight')


def switch(session, app, name, on):
    """Turns the switch NAME on or off."""
    node = app.find('check box', name)
    if node.checked != on:
        reveal(session, app, node)
        node.point()
        node.wait(lambda one: one.checked == on, 'being switched')


def page(app, name):
    """Goes to a page by the sidebar."""
    app.find('list item', re.compile(f'^{name}')).point()
    app.find('label', name)


def ask(server, path, trust=None):
    """What the server answers to a question for PATH."""
    request = urllib.request.Request(server.url + path, headers={'X-DOMO-Developer-Token': server.token})
    context = ssl.create_default_context(cafile=trust) if trust else None
    with urllib.request.urlopen(request, timeout=20, context=context) as reply:
        return json.load(reply)


def fates(server, trust=None):
    """What is going to happen to each dataset of the main destination, by its id, in the order of the list."""
    rows = ask(server, '/practice/fates', trust)
    mine = [row for row in rows if row['integration'] == rows[0]['integration']]
    native = {(row['catalog'], row['schema'], row['table']): row for row in mine if row['arch'] == 'native'}
    found = {}
    for row in mine:
        if row['arch'] == 'v2':
            row['key'] = row['catalog'], row['schema'], row['table']
            row['collides'] = native.get(row['key'])
            found[row['id']] = row
    return found


def ready(world):
    """What can be moved to a table with the same data; test-data.py is about the others."""
    return [row for row in world.values() if not row['moved'] and not row['collides'] and row['copy'] == 'true']


def list_candidates(session, app, server):
    """Signs in and goes to the candidates of the main destination; returns what is going to happen to them."""
    world = fates(server)
    connect(session, app, server)
    enlarge(app)
    page(app, 'Cloud Amplifier')
    app.find('push button', f'To Move {sum(not row["moved"] for row in world.values())}', deadline=20)
    ui.until(lambda: len(boxes(app)) > 10, 'the rows')
    return world


def forty(world):
    """Forty datasets as an admin might choose: the first of the list, and some that come to grief."""
    wanted = []
    for fails, count in ((1, 3), (2, 2), (-1, 3)):
        wanted += [row for row in ready(world) if row['failsForward'] == fails][:count]
    for row in ready(world):
        if len(wanted) == 40:
            break
        if row not in wanted:
            wanted.append(row)
    return [row['id'] for row in world.values() if row in wanted]


def kept_and_skipped(world, ids):
    """Of those that name one table the first goes, the others are skipped."""
    seen, kept, skipped = set(), [], []
    for identifier in ids:
        (skipped if world[identifier]['key'] in seen else kept).append(identifier)
        seen.add(world[identifier]['key'])
    return kept, skipped


def boxes(app):
    """The check boxes of the rows that are in sight, by name."""
    table = app.find('tree table')
    _, top, _, height = table.extents()
    found = {}
    for node in table.find_all('check box', re.compile('^Select '), rows=True):
        _, y, _, high = node.seen_box
        if y >= top and y + high <= top + height:
            found[node.seen_name] = node
    return found


def squeeze(name):
    """A name as it is in a check box's label; the harness takes outer blanks off neither."""
    return 'Select ' + name


def choose(session, app, world, ids):
    """Checks the rows of IDS: those in sight where they are, the others by searching for their table."""
    left = {squeeze(world[identifier]['name']): identifier for identifier in ids}

    def take(box):
        box.point()
        box.wait(lambda node: node.checked, 'the check mark')
        del left[box.seen_name]
    # With the first one the bar at the bottom comes, and there is less room for rows.
    take(next(box for name, box in boxes(app).items() if name in left))
    app.find('push button', 'Clear Selection')
    app.settle(lambda: app.find('tree table').extents())
    for box in [box for name, box in boxes(app).items() if name in left]:
        take(box)
    search = app.find('entry', 'Search datasets')
    searched = bool(left)
    for name, identifier in list(left.items()):
        enter(session, search, world[identifier]['table'])
        ui.until(lambda: name in boxes(app) and len(boxes(app)) < 12, f'{name} to be found')
        take(app.settle(lambda: boxes(app).get(name)))
    if searched:
        enter(session, search, '')


def table_rows(app, name, count):
    """The cells of each of the COUNT rows of the table NAME, as texts, in the order of the table; scrolls to see
    them all."""
    found = {}

    def look():
        table = app.find('tree table', name)
        for row in table.find('list', name, rows=True).find_all('table row'):
            cells = [cell.seen_name for cell in row.walk(skip=()) if cell.seen_role == 'label']
            found[cells[0]] = cells
        return len(found) >= count or app.session.screen.scroll(*table.place(), 5)
    ui.until(look, lambda: f'{count} rows of {name}; {len(found)} came')
    return list(found.values())


def chooser(session, app, title):
    """The toolkit's file chooser TITLE once it has the keyboard. It is not on the accessibility bus."""
    window = ui.until(lambda: next((one for one in app.windows() if one.title() == title), None),
                      f'the file chooser “{title}”')
    ui.until(lambda: window.active(), 'the file chooser to take the keyboard')
    return window


def save_as(session, app, title, path):
    """Answers the file chooser TITLE with PATH, and waits for the file."""
    window = chooser(session, app, title)
    # What has the focus is the name of the file.
    session.key('ctrl+a')
    session.type(path)
    session.key('Return')
    ui.until(lambda: not window.shown(), 'the file chooser to close')
    ui.until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, path)


def open_file(session, app, title, path):
    """Answers the file chooser TITLE with PATH, a file that is there."""
    window = chooser(session, app, title)
    session.key('ctrl+l')
    session.type(path)
    for _ in range(5):
        # The first one may go to what completes the name.
        session.key('Return')
        try:
            ui.until(lambda: not window.active(), 'the file chooser to close', 1)
            break
        except AssertionError:
            pass
    ui.until(lambda: not window.shown(), 'the file chooser to close')


def save_report(session, app, kind, path):
    """Saves the report of the run that is shown as KIND, a part of the menu's words, in PATH."""
    app.find('push button', 'Save Report…', where=lambda node: 'click' in node.actions()).click()
    app.find('menu item', re.compile(re.escape(kind))).click()
    save_as(session, app, 'Save Report', path)
    app.find('label', re.compile('^Report saved in '))


def journal():
    """The program's journal, to be read only."""
    path = next(iter(glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], '*', 'journal.db'))))
    return contextlib.closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True))


def journal_rows(number):
    """The items of run NUMBER by dataset: (state, attempts, Support ID of the last one, reason)."""
    rows = {}
    with journal() as database:
        for identifier, state, reason, position in database.execute(
                'SELECT dataset_id, state, reason, position FROM items WHERE run_id = ? ORDER BY position',
                (number,)):
            attempts = database.execute('SELECT toe FROM attempts WHERE run_id = ? AND position = ? '
                                        'ORDER BY number', (number, position)).fetchall()
            rows[identifier] = state, len(attempts), attempts[-1][0] if attempts else None, reason
    return rows


class Table(html.parser.HTMLParser):
    """The rows of a report's table."""

    def __init__(self):
        super().__init__()
        self.rows = []
        self.row = self.cell = None

    def handle_starttag(self, tag, attrs):
        if tag == 'tr':
            self.row = {'state': dict(attrs).get('data-state'), 'cells': []}
        elif tag == 'td':
            self.cell = ''

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag == 'td':
            self.row['cells'].append(self.cell)
            self.cell = None
        elif tag == 'tr' and len(self.row['cells']) > 10:
            self.rows.append(self.row)


def csv_rows(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        return {row['dataset_id']: (row['state'], int(row['attempts']), row['support_id'], row['state_words'])
                for row in csv.DictReader(file)}


def json_rows(path):
    with open(path, encoding='utf-8') as file:
        items = json.load(file)['items']
    for item in items:
        same(item['attempts'], len(item['history']), f'the attempts of {item["name"]}')
    return {item['dataset_id']: (item['state'], item['attempts'], item['support_id'], item['state_words'])
            for item in items}


def html_rows(path):
    table = Table()
    with open(path, encoding='utf-8') as file:
        table.feed(file.read())
    return {row['cells'][0]: (row['state'], int(row['cells'][5]), row['cells'][10], row['cells'][3])
            for row in table.rows}


def server_rows(server, pattern):
    """What the server's record says of each dataset: (state, requests, Support ID of the last one)."""
    rows = {}
    for line in server.requests('POST'):
        match = pattern.search(line['path'])
        if match:
            count = rows.get(match.group(1), (None, 0, None))[1]
            rows[match.group(1)] = STATES[line['state']], count + 1, line['toe']
    return rows


def agree(app, server, world, number, pattern, reports, scroll=True):
    """Fails unless window, journal, reports and the server's record say the same of every row of run NUMBER.
    REPORTS are the paths of CSV, JSON and HTML. Returns the rows: (state, attempts, Support ID) by dataset."""
    truth = server_rows(server, pattern)
    journal = journal_rows(number)
    same({key: value[:3] for key, value in journal.items()}, truth, 'journal and record')
    if reports:
        found = [read(path) for read, path in zip((csv_rows, json_rows, html_rows), reports)]
        for kind, rows in zip(('CSV', 'JSON', 'HTML'), found):
            same({key: value[:3] for key, value in rows.items()}, truth, f'{kind} and record')
            same(rows, found[0], f'{kind} and CSV')
    if not scroll:
        return truth
    shown = sorted((cells[0], cells[1], int(cells[3]), cells[4])
                   for cells in table_rows(app, 'Datasets of the run', len(truth)))
    words = csv_rows(reports[0]) if reports else {}
    told = sorted((world[key]['name'], words[key][3] if words else shown_state(shown, world[key]['name']),
                   value[1], value[2]) for key, value in truth.items())
    same(shown, told, 'window and record')
    return truth


def shown_state(shown, name):
    return next((row[1] for row in shown if row[0] == name), None)
