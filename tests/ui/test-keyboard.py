#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The main job by keyboard alone: no pointer, no action of assistive technology."""

import os
import re

import admin
import steward_ui as ui
from admin import check, same
from keyboard import Keyboard


def save_report(session, app, keys, position, path):
    keys.use(re.compile('^Save Report'))
    ui.until(lambda: app.find_all('menu item', re.compile('CSV')), 'the menu')
    session.key(*['Down'] * position, 'Return')
    window = ui.until(lambda: next((one for one in app.windows() if one.title() == 'Save Report'), None),
                      'the file chooser')
    ui.until(window.active, 'the file chooser to take the keyboard')
    session.key('ctrl+a')
    session.type(path)
    session.key('Return')
    ui.until(lambda: not window.shown(), 'the file chooser to close')
    ui.until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, path)


def take_first(session, app, count, total):
    """Checks the first rows with Space, until COUNT are; those that cannot move refuse."""
    session.key('ctrl+f')
    keys = app.keys
    keys.go(re.compile('.'), most=1)
    for _ in range(8):
        if keys.focused().role == 'table row':
            break
        keys.press('Tab')
    check(keys.focused().role == 'table row', f'the rows are not reached, only {keys.focused()}')
    session.key('Home')
    session.key('space')
    for _ in range(total - 1):
        session.key('Down', 'space')
    app.find('label', re.compile(f'^{count} of '))


@ui.options(timeout=180)
def test_the_main_job_by_keyboard(session):
    server = session.practice(datasets=240, latency=5)
    world = admin.fates(server)
    listed = [row for row in world.values() if not row['moved']]
    # As many rows from the top as hold forty that can be moved.
    total = next(count for count in range(len(listed))
                 if sum(not row['collides'] for row in listed[:count]) == 40)
    ids = [row['id'] for row in listed[:total] if not row['collides']]
    check(total > 40, 'none of them collides')
    kept, skipped = admin.kept_and_skipped(world, ids)

    app = session.start()
    keys = app.keys = Keyboard(session, app)
    keys.press('Tab')
    keys.use('Connect to Domo')
    dialog = app.dialog('Connect to Domo')
    ui.until(lambda: app.window(dialog).active(), 'the dialog to take the keyboard')
    session.type(server.url)
    session.key('Tab')
    session.type(server.token)
    ui.until(lambda: dialog.find('password text', 'Access token').text, 'the token in its field')
    with app.closing(dialog):
        session.key('Return')
    app.find('label', 'Connected as Jane Doe', deadline=20)

    keys.press('Tab')
    keys.go('Overview')
    keys.use('Cloud Amplifier', 'Down')
    app.find('push button', f'To Move {len(listed)}', deadline=20)
    take_first(session, app, 40, total)
    keys.use('Review…')

    app.find('label', f'Move {len(kept)} datasets to {admin.DESTINATION}')
    app.find('label', re.compile('^Names the same table')) if not skipped else None
    keys.go('At once')
    session.key('ctrl+a')
    session.type('4')
    pause = app.find('check box', 'Pause after the first datasets')
    if pause.checked:
        keys.use('Pause after the first datasets', with_key='space')
        pause.wait(lambda node: not node.checked, 'being off')
    keys.use('Stop when one needs another try', with_key='space')
    keys.use(f'Move {len(kept)} Datasets')
    app.find('push button', 'Done', deadline=60)
    for tries in (2, 3):
        keys.use(re.compile('^Retry '))
        expected = sum(tries if fails < 0 else min(fails + 1, tries)
                       for fails in (world[identifier]['failsForward'] for identifier in kept))
        ui.until(lambda: len(server.requests('POST', '/federated/to/amplifier/')) == expected, 'the retry', 30)
        app.find('push button', 'Done', deadline=30)
    reports = []
    for position, ending in ((0, 'csv'), (2, 'json'), (1, 'html')):
        reports.append(session.path('reports', f'first.{ending}'))
        save_report(session, app, keys, position, reports[-1])
    same(set(admin.csv_rows(reports[0])), set(kept), 'the report and what was chosen')
    admin.agree(app, server, world, 1, admin.MIGRATE, reports, scroll=False)

    keys.use('Done')
    keys.go(re.compile('^(Overview|Runs|Cloud Amplifier)$'))
    keys.use('Cloud Amplifier', 'Up')
    keys.use(re.compile('^Moved [0-9]'), with_key='space')
    take_first(session, app, 5, 5)
    keys.use('Move Back…')
    app.find('label', f'Move 5 datasets back from {admin.DESTINATION}')
    pause = app.find('check box', 'Pause after the first datasets')
    if pause.checked:
        keys.use('Pause after the first datasets', with_key='space')
    keys.use('Move Back 5 Datasets')
    app.find('push button', 'Done', deadline=30)
    same(len(admin.server_rows(server, admin.BACK)), 5, 'those moved back')
    admin.agree(app, server, world, 2, admin.BACK, [])


@ui.options(timeout=90)
def test_filter_order_and_review_by_keyboard(session):
    app = session.start('--practice', '--page', 'cloud-amplifier')
    keys = Keyboard(session, app)
    app.find('push button', 'To Move 212', deadline=60)
    admin.enlarge(app, 1200, 1300)
    names = list(admin.boxes(app))

    # The filter by state.
    session.key('ctrl+f')
    keys.go('State')
    session.key('space')
    app.find('list item', where=lambda node: 'Collides' in node.words())
    while 'Collides' not in keys.focused().words():
        check(keys.press('Down'), 'Collides is not reached')
    session.key('Return')
    app.wait_gone('label', 'Ready', rows=True)
    app.find('label', re.compile('^10 of 212'))
    keys.go('State')
    session.key('space')
    app.find('list item', where=lambda node: 'All states' in node.words())
    session.key('Home', 'Return')
    ui.until(lambda: list(admin.boxes(app)) == names, 'all rows again')

    # The order: what is under Sort By is what the heads of the columns do.
    def sort(item):
        keys.go(re.compile('^Sort By'))
        session.key('space')
        app.find('menu item', item)
        while keys.focused().name != item:
            check(keys.press('Down'), f'{item} is not reached')
        session.key('Return')

    def shown():
        return [name for name in admin.boxes(app)][:5]
    sort('Name')
    ui.until(lambda: shown() != names[:5], 'the order by name')
    ascending = shown()
    sort('Descending')
    ui.until(lambda: shown() not in (names[:5], ascending), 'the other order')

    # Review's groups.
    for _ in range(8):
        if keys.focused().role == 'table row':
            break
        keys.press('Tab')
    session.key('Home', 'space', 'Down', 'space')
    app.find('label', re.compile('^[12] of 212 selected'))
    keys.use('Review…')
    app.find('label', re.compile(r'^\d+ cards?, \d+ owners?$'), deadline=30)
    for group, inside in (('Will be moved', r'\w+\.\w+'), ('By dataset', '(card|Cards not known|No cards)'),
                          ('Owners to tell', '· .* card'), ('What will be sent', '^POST ')):
        keys.use(group)
        lines = app.find('list', group, where=lambda node: node.find_all('label', re.compile(inside)))
        check(lines, group)
        keys.press('Tab')
    session.picture('review')


if __name__ == '__main__':
    ui.main(globals())
