#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What holds a run by itself: the hours it was given, and too many that go wrong in a row."""

import calendar
import os
import re
import signal
import time

import admin
import steward_ui as ui
from admin import check, same

MOVES = '/federated/to/amplifier/'


class Clock:
    """What time it is for the program: see clock.c."""

    def __init__(self, session):
        self.file = session.path('clock', 'lead')
        self.environment = {
            'TZ': 'UTC', 'STEWARD_CLOCK': self.file,
            'LD_PRELOAD': os.path.join(session.build, 'tests', 'ui', 'clock.so'),
            'ASAN_OPTIONS': os.environ['ASAN_OPTIONS'] + ':verify_asan_link_order=0',
        }

    def set(self, text):
        """Makes it TEXT, as "2026-03-03 12:00:00", in UTC."""
        lead = calendar.timegm(time.strptime(text, '%Y-%m-%d %H:%M:%S')) - time.time()
        with open(self.file + '.part', 'w', encoding='utf-8') as file:
            file.write(str(int(lead * 1000000)))
        os.replace(self.file + '.part', self.file)


def to_review(session, server, count, **how):
    """Chooses COUNT datasets that move without difficulty and goes on to Review; returns Steward and their ids."""
    world = admin.fates(server)
    plain = [row['id'] for row in admin.ready(world) if row['failsForward'] == 0]
    kept = admin.kept_and_skipped(world, plain)[0][:count]
    app = session.start(**how)
    admin.connect(session, app, server)
    admin.enlarge(app, 1200, 1200)
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    admin.choose(session, app, world, kept)
    app.find('push button', 'Review…').click()
    admin.switch(session, app, 'Pause after the first datasets', False)
    return app, kept


def begin(app):
    app.find('push button', re.compile('^Move [0-9]+ Dataset')).click()


def said(app):
    """What banners say in sight."""
    return [node.seen_name for node in app.find_all('label', re.compile('^(Paused|This run|Domo did not)'))
            if admin.touchable(node)]


def button_of_banner(app, name):
    """The button NAME that stands above the others of that name."""
    return min(app.find_all('push button', name), key=lambda node: node.extents()[1])


def sent(server):
    return [admin.MIGRATE.search(line['path']).group(1) for line in server.requests('POST', MOVES)]


@ui.options(timeout=120)
def test_hours_that_end_in_mid_run(session):
    clock = Clock(session)
    clock.set('2026-03-03 12:00:00')
    server = session.practice(datasets=60)
    app, kept = to_review(session, server, 6, environment=clock.environment)
    for name in ('Start at', 'Start nothing after'):
        admin.switch(session, app, name, True)
    app.find('label', 'Tuesday, 3 March, 22:00 UTC')
    app.find('label', 'Wednesday, 4 March, 04:00 UTC')
    begin(app)

    # Before its hours it waits, and begins at once only when told to.
    app.find('label', re.compile(r'^This run starts on Tuesday, 3 March, 22:00 UTC\.'))
    same(sent(server), [], 'what was sent before the time')
    server.faults([{'fault': 'delay', 'operation': 'amplifier.migrate', 'delay_ms': 500}])
    button_of_banner(app, 'Start Now').click()

    # The hours end while one is under way: it is waited for, the others stay.
    server.wait_request('POST', MOVES)
    server.process.send_signal(signal.SIGSTOP)
    clock.set('2026-03-04 04:00:01')
    server.process.send_signal(signal.SIGCONT)
    app.find('label', re.compile(r'^Paused: nothing was to start after Wednesday, 4 March, 04:00 UTC\. Wait for the '
                                 'same hours'), deadline=20)
    same(len(said(app)), 1, 'the banners')
    before = sent(server)
    check(0 < len(before) < len(kept), f'{len(before)} were sent')
    ui.until(lambda: list(row[0] for row in admin.journal_rows(1).values()).count('complete') == len(before),
             'those that were sent to be moved')
    app.picture('after-the-hours')

    # The next night takes up what is left, by itself.
    server.faults([])
    clock.set('2026-03-04 21:59:58')
    button_of_banner(app, 'Wait for Next Day').click()
    app.find('push button', 'Done', deadline=40)
    app.find('label', f'{len(kept)} moved')
    same(sorted(sent(server)), sorted(kept), 'what was sent, each once')


@ui.options(timeout=120)
def test_a_run_of_refusals_is_said_once(session):
    server = session.practice(datasets=60)
    app, kept = to_review(session, server, 6)
    server.faults([{'fault': 'status', 'operation': 'amplifier.migrate', 'times': 3, 'status': 403,
                    'headers': {'Content-Type': 'application/json'},
                    'body': '{"status": 403, "statusReason": "Forbidden", "message": "Not allowed", "toe": "T-1"}'}])
    begin(app)
    app.find('label', re.compile('^Paused: Domo refused several datasets in a row, and nothing was changed'), deadline=20)
    same(len(said(app)), 1, 'the banners')
    same(sent(server), kept[:3], 'what was sent before the pause')
    app.picture('refusals')
    button_of_banner(app, 'Continue').click()
    app.find('push button', 'Done', deadline=30)
    app.find('label', '3 moved, 3 not changed')
    check(not said(app), said(app))
    same(sent(server), kept, 'what was sent, each once')


if __name__ == '__main__':
    ui.main(globals())
