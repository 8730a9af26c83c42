#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""An instance that answers nonsense, and one that does not know the token any more."""

import re

import admin
import steward_ui as ui
from admin import check, same

MEGABYTE = 1024


def high_water(app):
    """The most memory that the program ever had, in kB."""
    with open(f'/proc/{app.process.pid}/status', encoding='utf-8') as file:
        return int(re.search(r'VmHWM:\s+(\d+) kB', file.read()).group(1))


# The sanitizer keeps what was freed for a while; little of it, so that memory can be measured.
@ui.options(timeout=180, environment={'ASAN_OPTIONS': 'detect_leaks=0:quarantine_size_mb=8'})
def test_a_list_that_is_nonsense(session):
    server = session.practice(datasets=60)
    app = session.start()
    admin.connect(session, app, server)
    admin.page(app, 'Cloud Amplifier')
    whole = app.find('push button', re.compile('^To Move [0-9]'), deadline=20).name
    before = high_water(app)
    for fault in ({'fault': 'html'}, {'fault': 'empty'}, {'fault': 'truncate'}, {'fault': 'wrong-shape'},
                  {'fault': 'nested', 'depth': 100000}, {'fault': 'big', 'mb': 200}, {'fault': 'broken-json'}):
        kind = fault['fault']
        server.faults([dict(fault, path='*/candidates/federated/*')])
        app.find('push button', 'Refresh', where=lambda node: node.sensitive).click()
        retry = app.find('push button', 'Retry', deadline=90, where=admin.touchable)
        said = [node.seen_name for node in app.find_all('label')]
        check(any(re.search('not (be read|complete|understood|answer)|cannot|unreadable|did not|broke off', text)
                  for text in said), f'{kind}: nothing is explained in {said}')
        check(app.find('push button', re.compile('^Moved')), f'{kind}: the page is lost')
        server.faults([])
        retry.click()
        app.find('push button', whole, deadline=20)
        ui.until(lambda: not any(admin.touchable(node) for node in app.find_all('push button', 'Retry')),
                 'the complaint to go')
    grown = (high_water(app) - before) / MEGABYTE
    print(f'memory grew by {grown:.0f} MB at most')
    check(grown < 120, f'memory grew by {grown:.0f} MB')
    same(server.requests('POST', '/federated/to/amplifier/'), [], 'what was moved')


@ui.options(timeout=120)
def test_a_token_that_is_refused_in_the_middle_of_a_run(session):
    server = session.practice(datasets=60, latency=5)
    world = admin.fates(server)
    plain = [row['id'] for row in admin.ready(world) if row['failsForward'] == 0]
    kept, _ = admin.kept_and_skipped(world, plain[:6])
    app = session.start()
    admin.connect(session, app, server)
    admin.enlarge(app, 1200, 1000)
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    admin.choose(session, app, world, kept)
    app.find('push button', 'Review…').click()
    admin.switch(session, app, 'Pause after the first datasets', False)
    server.faults([{'fault': 'status', 'operation': 'amplifier.migrate', 'nth': 3, 'times': 1, 'status': 401}])
    app.find('push button', re.compile('^Move [0-9]+ Dataset')).click()
    replace = app.find('push button', 'Replace Token…', deadline=30)
    moved = [line for line in server.requests('POST', '/federated/to/amplifier/') if line['status'] == 200]
    same(len(moved), 2, 'those moved before the refusal')
    # It is said once, though the run and the window both know.
    app.find('label', '2 of 6 · Paused until the access token is replaced')
    shown = [node for node in app.find_all('push button', 'Replace Token…') if admin.touchable(node)]
    same(len(shown), 1, 'the banners')
    replace.click()
    dialog = app.dialog('Replace Token')
    admin.enter(session, dialog.find('password text', 'Access token'), server.token)
    with app.closing(dialog):
        dialog.find('push button', re.compile('^(Connect|Replace)')).click()
    app.find('label', 'The run to My BigQuery goes on with the new token.', deadline=20)
    app.find('push button', 'Done', deadline=30)
    app.find('label', f'{len(kept)} moved')
    same({key: row[0] for key, row in admin.journal_rows(1).items()}, {key: 'complete' for key in kept}, 'the journal')
    moved = sorted(admin.MIGRATE.search(line['path']).group(1) for line in server.requests('POST')
                   if line['effect'] == 'moved')
    same(moved, sorted(kept), 'what has moved, each once')


@ui.options(timeout=60)
def test_what_is_said_before_a_run(session):
    server = session.practice(datasets=60)
    server.faults([{'fault': 'status', 'status': 200, 'path': '*/authorities', 'body': '["dataset.export"]'}])
    app = session.start()
    admin.connect(session, app, server)
    admin.enlarge(app, 1200, 1400)
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    ui.until(lambda: len(admin.boxes(app)) > 5, 'the rows')
    next(iter(admin.boxes(app).values())).point()
    server.faults([{'fault': 'status', 'status': 200, 'path': '/api/query/migration/integrations/*', 'body': '[]'}])
    app.find('push button', 'Review…').click()
    app.find('label', re.compile('^Role “Admin” is not given the right to manage datasets'), deadline=20)
    app.find('label', re.compile('^“My BigQuery” is not listed for you any more'))
    app.find('label', re.compile('^Not known: no dataset of this instance was moved'))
    app.picture('before')
    server.faults([])
    app.find('push button', 'Cancel').click()
    app.find('push button', 'Review…').click()
    app.find('label', '“My BigQuery” is shared with you.', deadline=20)


if __name__ == '__main__':
    ui.main(globals())
