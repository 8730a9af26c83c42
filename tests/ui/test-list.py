#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The list page by keyboard, pointer and assistive technology, in a window of its own."""

import os
import re

import steward_ui as ui


def window(session, rows=240):
    app = session.start(str(rows), program=os.path.join(session.build, 'tests', 'ui', 'list-window'))
    app.find('label', f'{rows} datasets')
    app.find('label', 'Orders 000000', rows=True)
    return app


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message)


def shown(app):
    """The names in the rows, from the top."""
    return [cell.name for cell in app.find_all('label', re.compile('Orders .*'), rows=True)]


def focused_row(app, name):
    ui.until(lambda: (app.focused().role, app.focused().name) == ('table row', name),
             lambda: f'the focus on {name}, not on {app.focused()}')


def test_keyboard(session):
    app = window(session)
    session.key('ctrl+f')
    ui.until(lambda: app.focused().name == 'Search datasets', 'the search field')
    session.key('Tab')
    ui.until(lambda: app.focused().name.startswith('Sort By'), 'Sort By')

    # The headers are passed over: what they do, Sort By does.
    session.key('Tab')
    focused_row(app, 'Orders 000000')
    session.key('space')
    app.find('label', '1 selected')
    check(app.find('check box', 'Select Orders 000000', rows=True).checked)
    session.key('space')
    app.find('label', '0 selected')
    session.key('Down')
    focused_row(app, 'Orders 007919')
    session.key('Return')
    app.find('label', 'Opened Orders 007919')

    # Shift checks what it passes, and a row that cannot be checked says why.
    session.key('shift+Down')
    app.find('label', '2 selected')
    focused_row(app, 'Orders 015838')
    session.key('Down', 'space')
    app.find('label', 'It collides.')
    session.key('ctrl+a')
    app.find('label', '216 selected')
    session.key('ctrl+shift+a')
    app.find('label', '0 selected')


def test_search_by_keyboard(session):
    app = window(session)
    session.key('ctrl+f')
    session.type('id-23')
    app.find('label', '11 of 240 datasets')
    session.key('Return')
    focused_row(app, 'Orders 082134')
    session.key('ctrl+f')
    session.type('nowhere')
    app.find('push button', 'Clear Search').click()
    app.find('label', '240 datasets')
    session.type('id-7')
    app.find('label', '11 of 240 datasets')
    session.key('Escape')
    app.find('label', '240 datasets')


def test_the_cursor_stays_on_its_row(session):
    app = window(session)
    session.key('ctrl+f', 'Tab', 'Tab')
    focused_row(app, 'Orders 000000')
    session.key('Down', 'Down', 'Down')
    focused_row(app, 'Orders 023757')
    app.find('label', 'Name', rows=True).point()
    # What comes first now is looked at; the keyboard goes on from the row.
    ui.until(lambda: '02' not in shown(app)[1], 'the order by name')
    session.key('Down')
    ui.until(lambda: 'Orders 023757' < app.focused().name < 'Orders 025', 'the next row by name')


def test_sort_by(session):
    app = window(session)
    app.find('push button', 'Sort By').click()
    app.find('menu item', 'Rows').click()
    # A column that is looked at for the most comes with the most.
    ui.until(lambda: shown(app)[0] == 'Orders 092587', 'the order')
    app.find('push button', 'Sort By').click()
    app.find('menu item', 'Ascending').click()
    ui.until(lambda: shown(app)[0] == 'Orders 000000', 'the other order')
    # A header shows the same, and turns it round.
    app.find('label', 'Rows', rows=True).point()
    ui.until(lambda: shown(app)[0] == 'Orders 092587', 'the order again')
    app.find('label', 'Rows', rows=True).point()
    ui.until(lambda: shown(app)[0] == 'Orders 000000', 'the other order again')
    app.find('label', 'Name', rows=True).point()
    ui.until(lambda: shown(app)[1] == 'Orders 000414' or shown(app)[0] == 'Orders 000000', 'the order by name')
    app.find('label', 'Rows', rows=True).point()
    ui.until(lambda: shown(app)[0] == 'Orders 092587', 'the most first by its header as well')


def test_an_order_is_shown_from_its_top(session):
    app = window(session)
    row = app.find('table row', 'Orders 015838', rows=True)
    row.find('check box', rows=True).point()
    app.find('label', '1 selected')
    app.find('label', 'Rows', rows=True).point()
    ui.until(lambda: shown(app)[0] == 'Orders 092587', 'the order')
    app.settle(lambda: shown(app))
    top = app.find('table row', 'Orders 092587', rows=True)
    check(top.extents()[1] < 200, f'the first row is at {top.extents()}')


def test_names(session):
    app = window(session, 12)
    check(not app.unnamed(), f'without a name: {app.unnamed()}')
    row = app.find('table row', 'Orders 007919', rows=True)
    check(row.find_all('check box', 'Select Orders 007919', rows=True))
    collides = app.find('table row', 'Orders 023757', rows=True)
    check(not collides.find_all('check box', rows=True))
    check(collides.description == 'It collides.', collides.description)
    third = app.find('table row', 'Orders 015838', rows=True)
    check(not third.checked)
    third.find('check box', rows=True).point()
    app.find('label', '1 selected')
    third.wait(lambda node: node.checked, 'being checked')


def test_narrow(session):
    app = window(session, 12)
    app.resize(360, 700)
    app.wait_gone('label', 'State', rows=True)
    app.find('label', 'id-3', rows=True)
    # The second line begins with the state.
    name, state, rest = [app.find('label', text, rows=True).extents()
                         for text in ('Orders 000000', 'Ready', 'id-0')]
    check(state[1] == rest[1] > name[1] and state[0] < rest[0], f'{name}, {state}, {rest}')
    app.find('check box', 'Select Orders 007919', rows=True)
    session.picture('narrow')
    app.resize(1000, 700)
    app.find('label', 'State', rows=True)
    session.picture('wide')


if __name__ == '__main__':
    ui.main(globals())
