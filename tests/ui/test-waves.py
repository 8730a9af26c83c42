#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A plan in waves to two destinations: one follows another, one waits for a word, and a kill between them loses none."""

import importlib
import os
import re
import signal

import admin
import steward_ui as ui
from admin import check, same

OTHER = 'Snowflake Sales'


def sent(server):
    """The dataset and the destination of each move, in their order."""
    found = []
    for line in server.requests('POST', '/federated/to/amplifier/'):
        parts = line['path'].split('/')
        found.append((parts[-3], parts[-1]))
    return found


def other_world(server, first):
    """The datasets of the other destination that wait and complete, by id."""
    rows = [row for row in admin.ask(server, '/practice/fates')
            if row['arch'] == 'v2' and row['integration'] not in (None, first)]
    biggest = max((row['integration'] for row in rows),
                  key=lambda one: sum(row['integration'] == one for row in rows))
    return biggest, {row['id']: row for row in rows if row['integration'] == biggest}


def pick(app, name, choice):
    """Chooses what is called CHOICE, in any case, in the drop-down NAME."""
    drop = app.find('combo box', name)
    if any(choice in word.lower() for word in drop.words()):
        return
    drop.point()
    drop.find('list item', where=lambda node: any(choice in word.lower() for word in node.words())).point()
    ui.until(lambda: any(choice in word.lower() for word in app.find('combo box', name).words()), f'{choice} to be chosen')


def run_states():
    with admin.journal() as database:
        return [state for state, in database.execute('SELECT state FROM runs ORDER BY id')]


@ui.options(timeout=200)
def test_waves_to_two_destinations(session):
    server = session.practice(datasets=60)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    first = next(iter(admin.ask(server, '/practice/fates')))['integration']
    easy = [row['id'] for row in admin.ready(world) if row['failsForward'] == 0][:1]
    broken = [row['id'] for row in admin.ready(world) if row['failsForward'] == 1][:1]
    chosen = [key for key in world if key in easy + broken]
    admin.choose(session, app, world, chosen)

    # The easy one as a trial, the other one after it.
    app.find('push button', 'Review…').click()
    split = app.find('push button', 'Split into Waves…')
    admin.reveal(session, app, split)
    split.click()
    names = importlib.import_module('test-names').Names(session, app)
    dialog = app.dialog('Split into Waves')
    names.look('Split into Waves')
    same(dialog.find('spin button', 'Datasets in the first wave').value, 1, 'what goes first')
    with app.closing(dialog):
        dialog.find('push button', 'Split').click()
    app.find('label', 'Move 2 datasets in 2 waves')
    app.find('push button', 'Move 2 Datasets in 2 Waves')
    names.look('Two waves')

    # A third one to another place.
    add = app.find('push button', 'Add a Wave…')
    admin.reveal(session, app, add)
    add.click()
    app.find('label', re.compile('^Choose the destination and the datasets of wave 3'))
    names.look('A further wave')
    integration, there = other_world(server, first)
    pick(app, 'Integration type', 'snowflake')
    pick(app, 'Destination', OTHER.lower())
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    ui.until(lambda: len(admin.boxes(app)) > 5, 'the rows of the other destination')
    name, box = next((name, box) for name, box in admin.boxes(app).items()
                     for row in there.values()
                     if admin.squeeze(row['name']) == name and row['failsForward'] == 0 and not row['moved'])
    last = next(row['id'] for row in there.values() if admin.squeeze(row['name']) == name)
    box.point()
    box.wait(lambda node: node.checked, 'the check mark')
    app.find('push button', 'Review…').click()
    app.find('label', 'Move 3 datasets in 3 waves')
    names.judge()

    # Saved and opened again it is the same, whatever destination is shown.
    app.find('push button', 'Save Plan…').click()
    dialog = app.dialog('Save Plan')
    with app.closing(dialog):
        dialog.find('push button', 'Save').click()
    app.find('label', 'Plan saved')
    app.find('push button', 'Cancel').click()
    app.find('push button', 'Back to Plan')
    app.find('push button', 'More', where=lambda node: 'click' in node.actions()).click()
    app.find('menu item', re.compile('Open Plan')).click()
    chooser = app.dialog('Open Plan')
    with app.closing(chooser):
        chooser.find('list item', '3 datasets in 3 waves').point(x=.2)
    app.find('label', 'Move 3 datasets in 3 waves', deadline=30)
    app.find('list item', '1 dataset to ' + OTHER)
    same(sent(server), [], 'what was moved by looking')
    admin.switch(session, app, 'Stop when one needs another try', False)
    app.picture('three-waves')
    app.find('push button', 'Move 3 Datasets in 3 Waves').click()

    # The second follows the first by itself, the third does not follow what needs another try.
    ui.until(lambda: run_states() == ['ended', 'ended', 'ready'], lambda: f'two waves to end: {run_states()}', 40)
    order = easy + broken
    same(sent(server), [(key, first) for key in order], 'what was sent')
    app.find('push button', 'Show Next Wave', deadline=20).click()
    app.find('label', re.compile('^Wave 3 of 3 waits for your word'), deadline=20)
    app.find('push button', 'Start Next Wave')
    app.find('push button', 'Leave')
    app.picture('waits')

    os.kill(app.process.pid, signal.SIGKILL)
    app.process.wait()
    app = session.start('--page', 'runs')
    admin.enlarge(app)
    app.find('list item', re.compile('^Wave 3 of 3: Move 1 dataset to '), deadline=30).point()
    app.find('label', re.compile('^Wave 3 of 3 waits for your word'), deadline=20)
    same(sent(server), [(key, first) for key in order], 'what was sent without being told to')
    app.find('push button', 'Start', where=lambda node: node.sensitive)

    # With that settled by hand nothing is in its way any more, so that Steward asks about it at its next start.
    admin.page(app, 'Overview')
    app.find('list item', world[broken[0]]['name']).point()
    app.find('push button', 'Copy Support ID', deadline=20)
    importlib.import_module('test-recovery').resolve(session, app, 'I looked: its cards work.')
    app.find('label', 'All is well', deadline=20)
    os.kill(app.process.pid, signal.SIGKILL)
    app.process.wait()
    app = session.start()
    admin.enlarge(app)
    app.find('heading', 'A Run Was Interrupted', deadline=30)
    app.find('label', re.compile('^Steward ended before this wave began'))
    app.picture('asked')
    same(sent(server), [(key, first) for key in order], 'what was sent without being told to')
    app.find('push button', 'Resume').click()
    ui.until(lambda: run_states() == ['ended'] * 3, lambda: f'the third wave to end: {run_states()}', 40)
    same(sent(server), [(key, first) for key in order] + [(last, integration)], 'what was sent, each once')
    app.find('label', '1 moved', deadline=20)
    check(not any(node.sensitive for node in app.find_all('push button', 'Start Next Wave')
                  if admin.touchable(node)), 'a fourth wave')


if __name__ == '__main__':
    ui.main(globals())
