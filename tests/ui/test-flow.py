#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The main job from signing in to the report, and everybody tells the same about every dataset."""

import re

import admin
import steward_ui as ui
from admin import check, same
from steward_ui.screen import run


def review(session, app, kept, skipped, at_once, pause_after):
    """Looks at what Review tells, and sets the options."""
    app.find('label', f'Move {len(kept)} datasets to {admin.DESTINATION}')
    app.find('label', re.compile(r'^\d+ cards?, \d+ owners?$'), deadline=30)
    app.find('list item', 'Will be skipped').point()
    for name in skipped:
        line = app.find('label', name)
        check(line, name)
    app.find('label', re.compile('^Names the same table as '))
    app.find('list item', 'Will be skipped').point()
    requests = app.find('list item', 'What will be sent')
    requests.point()
    app.find('label', re.compile('^POST .*' + kept[0]))
    requests.point()
    admin.enter(session, app.find('spin button', 'At once'), str(at_once))
    session.key('Tab')
    admin.switch(session, app, 'Pause after the first datasets', bool(pause_after))
    if pause_after:
        admin.enter(session, app.find('spin button', 'Pause after the first'), str(pause_after))
        session.key('Tab')
    admin.switch(session, app, 'Stop when one needs another try', False)


def expected(world, kept, tries):
    """How each dataset stands after TRIES: (state, attempts)."""
    rows = {}
    for identifier in kept:
        fails = world[identifier]['failsForward']
        if fails < 0:
            rows[identifier] = 'aborted', tries
        elif fails >= tries:
            rows[identifier] = 'incomplete', tries
        else:
            rows[identifier] = 'complete', fails + 1
    return rows


def told(world, moved, words):
    """What the summary says of those MOVED, some of them to another table or back from one. Most of these are
    told apart without a query."""
    different = sum(world[identifier]['copy'] in ('fewer rows', 'other type') for identifier in moved)
    also = {0: '', 1: ', 1 of them looks different'}.get(different, f', {different} of them look different')
    return f'{len(moved)} {words}{also}'


def wait_end(app, deadline=60):
    """Waits until the run has come to an end."""
    return app.find('push button', 'Done', deadline=deadline)


def flow(session, server, at_once=4, pause_after=0, trust=None):
    world = admin.fates(server, trust)
    ids = admin.forty(world)
    kept, skipped = admin.kept_and_skipped(world, ids)
    check(len(ids) == 40 and skipped, 'none of the forty names the table of another one')
    app = session.start(environment={'STEWARD_TEST_AUTHORITY': trust} if trust else None)
    admin.connect(session, app, server)
    admin.enlarge(app)
    admin.page(app, 'Cloud Amplifier')

    # choosing
    n_ready = sum(not row['moved'] for row in world.values())
    app.find('push button', f'To Move {n_ready}', deadline=20)
    ui.until(lambda: len(admin.boxes(app)) > 10, 'the rows')
    in_sight = admin.boxes(app)
    for row in world.values():
        if row['collides']:
            check(admin.squeeze(row['name']) not in in_sight, f'{row["name"]} collides and can be checked')
    admin.choose(session, app, world, ids)
    app.find('label', re.compile(f'^40 of {n_ready} selected · \\d+ cards depend on them$'), deadline=30)
    app.find('push button', 'Review…').click()

    # moving
    review(session, app, kept, [world[identifier]['name'] for identifier in skipped], at_once, pause_after)
    app.find('push button', f'Move {len(kept)} Datasets').click()
    if pause_after:
        app.find('label', re.compile('^Paused after the first ones'), deadline=30)
        same(len(admin.server_rows(server, admin.MIGRATE)), pause_after, 'those moved before the pause')
        app.find('push button', 'Continue', where=lambda node: node.sensitive).click()
    wait_end(app)
    for tries in (1, 2, 3):
        wanted = expected(world, kept, tries)
        retry = sum(state != 'complete' for state, _ in wanted.values())
        ui.until(lambda: {key: row[:2] for key, row in admin.server_rows(server, admin.MIGRATE).items()} == wanted,
                 f'all to have been tried {tries} times', 30)
        button = app.find('push button', f'Retry {retry}')
        if tries < 3:
            button.click()
            ui.until(lambda: len(server.requests('POST', '/federated/to/amplifier/')) ==
                     sum(count for _, count in expected(world, kept, tries + 1).values()), 'the retry', 30)
            wait_end(app)
    aborted = sum(state == 'aborted' for state, _ in wanted.values())
    moved = [identifier for identifier, (state, _) in wanted.items() if state != 'aborted']
    app.find('label', f'{told(world, moved, "moved")}, {aborted} not changed')

    # the report
    reports = []
    for kind, ending in (('CSV', 'csv'), ('JSON', 'json'), ('HTML', 'html')):
        reports.append(session.path('reports', f'first.{ending}'))
        admin.save_report(session, app, kind, reports[-1])
    rows = admin.agree(app, server, world, 1, admin.MIGRATE, reports)
    same({key: row[:2] for key, row in rows.items()}, wanted, 'what happened and what had to')

    # and back
    app.find('push button', 'Done').click()
    admin.page(app, 'Cloud Amplifier')
    n_moved = len(world) - n_ready + len(kept) - aborted
    app.find('push button', f'Moved {n_moved}', deadline=20).click()
    five = [identifier for identifier in kept if world[identifier]['failsForward'] == 0][:5]
    ui.until(lambda: admin.squeeze(world[five[0]]['name']) in admin.boxes(app), 'the list of those moved')
    admin.choose(session, app, world, five)
    app.find('label', re.compile(f'^5 of {n_moved} selected'))
    app.find('push button', 'Move Back…').click()
    app.find('label', f'Move 5 datasets back from {admin.DESTINATION}')
    admin.switch(session, app, 'Pause after the first datasets', False)
    app.find('push button', 'Move Back 5 Datasets').click()
    wait_end(app)
    app.find('label', told(world, five, 'moved back'))
    reports = []
    for kind, ending in (('CSV', 'csv'), ('JSON', 'json'), ('HTML', 'html')):
        reports.append(session.path('reports', f'back.{ending}'))
        admin.save_report(session, app, kind, reports[-1])
    rows = admin.agree(app, server, world, 2, admin.BACK, reports)
    same({key: row[:2] for key, row in rows.items()}, {key: ('complete', 1) for key in five}, 'the way back')
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', f'Moved {n_moved - 5}', deadline=20)
    app.find('push button', f'To Move {len(world) - n_moved + 5}')


@ui.options(timeout=180)
def test_the_main_job_as_observed(session):
    flow(session, session.practice(datasets=240, dialect='observed', latency=5))


def authority(session):
    """A certificate for 127.0.0.1 that is its own authority: (certificate, key)."""
    certificate, key = session.path('tls', 'cert.pem'), session.path('tls', 'key.pem')
    run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
        '-days', '2', '-subj', '/CN=Steward test', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key,
        '-out', certificate)
    return certificate, key


@ui.options(timeout=180)
def test_the_main_job_as_documented_over_https_with_a_pause(session):
    tls = authority(session)
    server = session.practice(datasets=240, dialect='documented', latency=5, tls=tls)
    check(server.url.startswith('https:'), server.url)
    flow(session, server, pause_after=3, trust=tls[0])


if __name__ == '__main__':
    ui.main(globals())
