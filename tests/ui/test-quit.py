#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A run under way: the question at Quit, the window that is closed, the session that is kept, the notification."""

import json
import os
import signal

import steward_ui as ui


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message)


def begin_run(session, arguments=''):
    """Steward with a run of three datasets under way, of which each takes long."""
    app = session.start('--practice', '--page', 'cloud-amplifier',
                        environment={'STEWARD_PRACTICE_ARGUMENTS': f'--latency 1500 {arguments}'})
    app.find('label', 'Admin', deadline=30)

    def boxes():
        return [box for box in app.find_all('check box', rows=True) if box.name.startswith('Select ')]

    ui.until(lambda: len(boxes()) >= 3, 'rows with a check box', 40)
    for box in boxes()[:3]:
        box.point()
    app.find('push button', 'Review…', deadline=20, rows=True).click()
    app.find('push button', 'Move 3 Datasets', deadline=40, rows=True).click()
    app.find('push button', 'Pause', deadline=20, rows=True)
    return app


def test_quit_asks_while_a_run_is_going(session):
    app = begin_run(session)
    session.key('ctrl+q')
    question = app.dialog('Datasets Are Being Moved')
    session.picture('quit')
    with app.closing(question):
        question.find('push button', 'Keep Running').click()
    check(app.running)
    session.key('ctrl+q')
    question = app.dialog('Datasets Are Being Moved')
    question.find('push button', 'Finish Those Under Way and Quit').click()
    app.wait_end(40)
    again = session.start('--practice', '--page', 'runs')
    again.find('label', 'Admin', deadline=30)
    session.picture('after')


def test_terminate_waits_for_what_is_under_way(session):
    app = begin_run(session)
    os.kill(app.process.pid, signal.SIGTERM)
    app.wait_end(40)


def test_a_run_goes_on_without_the_window_and_tells_its_end(session):
    manager = session.mock_session_manager()
    told = session.mock_notifications()
    # Asked to go slower in between, when nothing is under way for a moment.
    faults = session.path('slower.json')
    with open(faults, 'w', encoding='utf-8') as file:
        json.dump([{'fault': 'status', 'status': 429, 'headers': {'Retry-After': '2'},
                    'operation': 'amplifier.migrate', 'nth': 2, 'times': 1}], file)
    app = begin_run(session, f'--faults {faults}')
    manager.wait_call('Inhibit')
    app.find('push button', 'Close').click()
    ui.until(lambda: not app.windows(), 'the window being closed')
    check(app.running, 'it ended with the window')
    told.wait_call('Notify', count=2, deadline=60)
    app.wait_end(30)


def test_a_run_nobody_could_tell_of_is_not_left_without_asking(session):
    app = begin_run(session)
    app.find('push button', 'Close').click()
    question = app.dialog('Close the Window?')
    with app.closing(question):
        question.find('push button', 'Keep Open').click()
    check(app.windows(), 'it is gone')
    app.find('push button', 'Close').click()
    app.dialog('Close the Window?').find('push button', 'Close Window').click()
    ui.until(lambda: not app.windows(), 'the window being closed')
    check(app.running, 'it ended with the window')
    app.wait_end(60)


if __name__ == '__main__':
    ui.main(globals())
