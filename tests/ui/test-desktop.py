#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Steward in the desktop: its notifications, the end of the session, and how it is started a second time."""

import os
import re
import subprocess

import admin
import steward_ui as ui
from admin import check, same
from steward_ui import mocks

NAME = 'io.github.steward_domo.Steward'
OBJECT = '/io/github/steward_domo/Steward'


class Desktop:
    """A desktop and Steward in it with a run of four datasets, each of which takes a while."""

    def __init__(self, session):
        self.session = session
        self.manager = session.mock_session_manager()
        self.told = session.mock_notifications()
        self.server = session.practice(datasets=60, latency=5)
        world = admin.fates(self.server)
        plain = [row['id'] for row in admin.ready(world) if row['failsForward'] == 0]
        self.ids = admin.kept_and_skipped(world, plain)[0][:4]
        self.app = app = session.start()
        admin.connect(session, app, self.server)
        admin.enlarge(app, 1200, 1000)
        admin.page(app, 'Cloud Amplifier')
        app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
        admin.choose(session, app, world, self.ids)
        app.find('push button', 'Review…').click()
        admin.switch(session, app, 'Pause after the first datasets', False)
        self.server.faults([{'fault': 'delay', 'operation': 'amplifier.migrate', 'delay_ms': 2500}])
        app.find('push button', 'Move 4 Datasets').click()
        app.find('push button', 'Pause', where=lambda node: node.sensitive)
        self.manager.wait_call('Inhibit')

    def posts(self):
        return len(self.server.requests('POST', '/federated/to/amplifier/'))

    def close(self):
        self.app.find('push button', 'Close').click()
        ui.until(lambda: not self.app.windows(), 'the window to close')

    def notification(self, number):
        """Title and number of the NUMBERth notification."""
        arguments = self.told.wait_call('Notify', count=number, deadline=40)[number - 1][1]
        return arguments[3]


def install(session):
    session.install_service(os.path.join(session.build, 'data', NAME + '.service'),
                            os.path.join(session.build, 'src', 'steward'))


def ask(session, method, signature, *arguments):
    """Calls METHOD of the program; the bus starts it if it does not run."""
    from gi.repository import GLib
    session.bus.call_sync(NAME, OBJECT, 'org.freedesktop.Application', method, GLib.Variant(signature, arguments),
                          None, 0, 60000, None)


@ui.options(timeout=120)
def test_a_notification_brings_the_run_back(session):
    from gi.repository import GLib
    desktop = Desktop(session)
    app = desktop.app
    desktop.close()
    same(desktop.notification(1), 'Datasets are still being moved', 'the notification')
    desktop.told.emit('ActionInvoked', 'us', 1, 'default')
    ui.until(app.windows, 'the window to come back')
    app.find('push button', 'Pause')
    app.find('list', 'Datasets of the run', rows=True)
    same(mocks.inhibitions(desktop.manager), 1, 'what keeps the session')
    desktop.close()
    ui.until(lambda: any('has ended' in call[1][3] for call in desktop.told.calls('Notify')),
             lambda: f'the end to be told, not only {desktop.told.calls("Notify")}', 40)
    app.wait_end(30)
    same({key: row[0] for key, row in admin.journal_rows(1).items()}, {key: 'complete' for key in desktop.ids},
         'the journal')
    same(desktop.posts(), 4, 'the requests')

    # The desktop starts it anew when the notification of the end is clicked.
    install(session)
    ask(session, 'ActivateAction', '(sava{sv})', 'show-run', [GLib.Variant('x', 1)], {})
    app = session.activated(NAME)
    app.find('label', '4 moved', deadline=30)
    app.find('list', 'Datasets of the run', rows=True)
    same(desktop.posts(), 4, 'the requests after looking')


@ui.options(timeout=120)
def test_the_end_of_the_session_starts_nothing_new(session):
    desktop = Desktop(session)
    ui.until(lambda: desktop.posts() == 1, 'the first one to have moved', 30)
    desktop.app.find('label', re.compile('^Moving…'), rows=True)
    client = mocks.end_session(desktop.manager)
    same(client.wait_call('EndSessionResponse')[0][1][0], True, 'the answer to the session manager')
    # What keeps the session stays until the one under way has ended.
    same(mocks.inhibitions(desktop.manager), 1, 'what keeps the session')
    check(desktop.app.running, 'it did not wait for what was under way')
    desktop.app.wait_end(40)
    moved = set(admin.server_rows(desktop.server, admin.MIGRATE))
    check(len(moved) <= 2, f'{len(moved)} were started')
    same({key: row[:2] for key, row in admin.journal_rows(1).items()},
         {key: ('complete', 1) if key in moved else ('planned', 0) for key in desktop.ids}, 'the journal')

    # The next time it can go on.
    desktop.server.faults([])
    app = session.start('--page', 'runs')
    admin.enlarge(app, 1200, 1000)
    app.find('list item', re.compile(admin.DESTINATION), deadline=30).point()
    app.find('push button', 'Continue', where=lambda node: node.sensitive).click()
    app.find('push button', 'Done', deadline=30)
    same(set(admin.server_rows(desktop.server, admin.MIGRATE)), set(desktop.ids), 'what has moved in the end')
    same(desktop.posts(), 4, 'the requests')


@ui.options(timeout=90)
def test_the_bus_starts_it_and_a_second_start_raises_it(session):
    install(session)
    ask(session, 'Activate', '(a{sv})', {})
    app = session.activated(NAME)
    app.find('push button', 'Connect to Domo')
    window = app.window()
    other = session.start(program=os.path.join(session.build, 'tests', 'ui', 'probe'))
    ui.until(other.window().active, 'the other window in front')

    def again(*arguments):
        done = subprocess.run([os.path.join(session.build, 'src', 'steward'), *arguments], capture_output=True,
                              text=True, check=False, timeout=30)
        same(done.returncode, 0, f'the second start: {done.stderr}')
    again()
    ui.until(window.active, 'the first window in front')
    again('--practice')
    app.find('label', 'Practice instance: nothing here reaches Domo', deadline=30)
    same(len(app.windows()), 1, 'the windows')
    # As the desktop's launcher asks for an action of the desktop file.
    ask(session, 'ActivateAction', '(sava{sv})', 'preferences', [], {})
    app.dialog('Preferences')


if __name__ == '__main__':
    ui.main(globals())
