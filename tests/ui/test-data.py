#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Is it the right data? A staging copy is told apart: in the table, in the story, in reports, and first on Overview."""

import json
import re

import admin
import steward_ui as ui
from admin import check, same

DATA = 5


def looks(server):
    """How often the server was asked for schemas, and for queries."""
    return (len([line for line in server.requests('GET') if line['path'].endswith('/schemas/latest')]),
            len([line for line in server.requests('POST') if '/query/v1/execute/' in line['path']]))


def pick(world, copy):
    """A dataset that moves at once and whose destination is COPY."""
    return next(row['id'] for row in world.values() if row['failsForward'] == 0 and row['copy'] == copy and
                not row['moved'] and not row['collides'])


def allow_query(session, app):
    """Turns on the last switch of Review, at the very end of the page."""
    node = app.find('check box', 'Also compare with a sample query')
    frame = app.frames()[0]
    origin = app.content_origin(frame)
    session.screen.scroll(origin[0] + frame.extents()[2] - 20, origin[1] + 300, 40)
    app.settle(node.extents, quiet=0.3)
    node.point()
    node.wait(lambda one: one.checked, 'being switched')


def move(session, app, world, ids, query):
    admin.choose(session, app, world, ids)
    app.find('push button', 'Review…').click()
    app.find('label', f'Move {len(ids)} datasets to {admin.DESTINATION}', deadline=20)
    check(app.find('check box', 'Compare the data before and after').checked, 'nothing would be compared')
    check(not app.find('check box', 'Also compare with a sample query').checked, 'warehouse time without being asked')
    if query:
        allow_query(session, app)
    app.find('push button', f'Move {len(ids)} Datasets').click()
    app.find('push button', 'Done', deadline=60)


def report(session, app, name):
    path = session.path(name)
    admin.save_report(session, app, 'JSON', path)
    with open(path, encoding='utf-8') as file:
        return {item['dataset_id']: item for item in json.load(file)['items']}


@ui.options(timeout=120)
def test_a_staging_copy_is_told_apart(session):
    server = session.practice(datasets=240, latency=5)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    fewer, values, good = (pick(world, kind) for kind in ('fewer rows', 'other values', 'true'))
    names = {key: world[key]['name'] for key in (fewer, values, good)}
    move(session, app, world, [key for key in world if key in names], query=True)
    app.find('label', '3 moved, 2 of them look different')
    same(looks(server), (6, 6), 'looks and queries')

    # In the table, with words.
    rows = {cells[0]: cells for cells in admin.table_rows(app, 'Datasets of the run', 3)}
    same({key: (rows[names[key]][1], rows[names[key]][DATA]) for key in names},
         {fewer: ('Moved, but its data looks different', 'Different'),
          values: ('Moved, but its data looks different', 'Different'), good: ('Moved', 'Same')}, 'the table')
    app.picture('table')

    # In the report, with both looks.
    told = report(session, app, 'staging.json')
    same({key: told[key]['data'] for key in names}, {fewer: 'different', values: 'different', good: 'same'},
         'the report')
    for key in names:
        before, after = told[key]['data_before'], told[key]['data_after']
        same(before['columns'], after['columns'], 'the columns: a copy has the same ones')
        same(before['rows'] == after['rows'], key != fewer, 'the rows')
    check(told[values]['data_words'].startswith('other values in the column'), told[values]['data_words'])
    app.find('push button', 'Done').click()

    # First on Overview until the admin has dealt with it; the story has both looks.
    admin.page(app, 'Overview')
    app.find('heading', 'Needs attention')
    app.find('list item', names[values])
    app.find('list item', names[fewer]).point()
    before, after = (f"{told[fewer][look]['rows']}" for look in ('data_before', 'data_after'))
    app.find('label', re.compile(f'^{before} rows before, {after} now; other values'), where=admin.touchable)
    app.find('push button', 'Show Dataset', where=admin.touchable).click()
    app.find('label', re.compile('^Looks different: '), deadline=20)
    app.find('label', f'{before} before, {after} after', where=admin.touchable)
    app.picture('story')
    app.find('push button', 'Mark as Resolved…', where=admin.touchable).click()
    dialog = app.dialog(re.compile('^Mark “'))
    admin.enter(session, dialog.find('text', 'Note'), 'The old table was stale')
    with app.closing(dialog):
        dialog.find('push button', 'Mark as Resolved').click()
    app.find('label', 'Moved, other data accepted: The old table was stale')
    admin.page(app, 'Overview')
    ui.until(lambda: not app.find_all('list item', names[fewer]), 'it to be dealt with')
    app.find('list item', names[values])


@ui.options(timeout=90)
def test_same_columns_are_not_called_the_same(session):
    server = session.practice(datasets=240, latency=5)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    ids = [pick(world, kind) for kind in ('other values', 'true')]
    move(session, app, world, [key for key in world if key in ids], query=False)
    app.find('label', '2 moved')
    same(looks(server), (4, 0), 'looks and queries')
    rows = admin.table_rows(app, 'Datasets of the run', 2)
    same({(cells[1], cells[DATA]) for cells in rows}, {('Moved', 'Same row count')}, 'the table')
    same({item['data_words'] for item in report(session, app, 'counts.json').values()},
         {'Same columns and row count; values not compared'}, 'the report')


if __name__ == '__main__':
    ui.main(globals())
