#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The window: its pages, keys, dialogs, the instances, and the ways out."""

import os
import re
import subprocess

import steward_ui as ui


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message)


def inside_combo_row(node):
    """A combo row shows its choice in a list view of its own, which the toolkit names after its type."""
    while node is not None:
        if node.role == 'list' and 'ListView' in node.name:
            return True
        node = node.parent
    return False


def open_practice(session, *arguments, **how):
    app = session.start('--practice', *arguments, **how)
    app.find('label', 'Admin', deadline=30)
    return app


def connect(session, app, server, first=True):
    if first:
        app.find('push button', 'Connect to Domo').click()
    else:
        session.key('ctrl+n')
    dialog = app.dialog('Connect to Domo')
    dialog.find('text', 'Instance').set_text(server.url)
    dialog.find('password text', 'Access token').set_text(server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe')


def test_the_overview_counts_each_dataset_once(session):
    app = open_practice(session)
    app.find('label', 'All is well')
    app.find('label', 'No runs yet')
    card = app.find('push button', where=lambda node: 'datasets wait,' in node.name and 'so far' not in node.name,
                    deadline=30)
    check(card.name.startswith('Cloud Amplifier: '), card.name)
    check(not app.unnamed(), app.unnamed())
    session.picture('overview')


def test_keys_open_what_they_say(session):
    app = open_practice(session)
    session.key('F1')
    app.find('label', 'What Steward Does')
    session.key('Escape')
    app.find('heading', 'Latest runs')
    session.key('F1')
    app.find('label', 'What Steward Does')
    session.key('alt+Left')
    app.find('heading', 'Latest runs')
    session.key('ctrl+question')
    shortcuts = app.dialog('Keyboard Shortcuts')
    with app.closing(shortcuts):
        session.key('Escape')
    session.key('ctrl+comma')
    preferences = app.dialog('Preferences')
    check(not app.unnamed([inside_combo_row]), app.unnamed([inside_combo_row]))
    session.picture('preferences')
    with app.closing(preferences):
        session.key('Escape')
    session.key('F10')
    app.find('menu item', 'About Steward').click()
    about = app.dialog(None)
    about.find('label', 'Steward')


def test_preferences_are_kept(session):
    app = open_practice(session)
    session.key('ctrl+comma')
    dialog = app.dialog('Preferences')
    dialog.find('check box', 'Notifications').click() if dialog.find_all('check box', 'Notifications') else \
        dialog.find(name='Notifications', where=lambda node: node.role in ('switch', 'toggle button')).click()
    dialog.find('spin button', 'At once').focus()
    session.key('Up', 'Up')
    with app.closing(dialog):
        session.key('Escape')
    app.terminate()
    app = open_practice(session)
    session.key('ctrl+comma')
    dialog = app.dialog('Preferences')
    ui.until(lambda: dialog.find('spin button', 'At once').value == 3, 'the number that was set')


def test_the_practice_data_is_reset(session):
    app = open_practice(session)
    session.key('ctrl+comma')
    dialog = app.dialog('Preferences')
    dialog.find('push button', 'Reset Practice Data…').click()
    question = app.dialog('Reset Practice Data?')
    with app.closing(question):
        question.find('push button', 'Reset Practice Data').click()
    app.find('label', 'The practice instance is as new', deadline=30)
    with app.closing(dialog):
        dialog.find('push button', 'Close').click()
    app.find('label', 'Admin')


def test_the_sidebar_folds_below_600(session):
    app = open_practice(session)
    app.find('list item', 'Overview')
    app.resize(360, 640)
    app.find('push button', 'Back')
    session.picture('narrow')
    check(not app.unnamed(), app.unnamed())
    app.find('push button', 'Back').click()
    app.find('list item', 'Overview').focus()
    session.key('Return')
    app.find('heading', 'Latest runs')


@ui.options(language='de')
def test_long_words_do_not_keep_it_wide(session):
    app = session.start('--practice', '--page', 'cloud-amplifier')
    app.find('push button', re.compile(r'^Zu verschieben \d+$'), deadline=30)
    app.resize(400, 640)
    app.wait_gone('label', 'Quelltabelle', rows=True)
    ui.until(lambda: app.size()[0] < 480, 'the window to be narrow')
    session.picture('narrow-german')


@ui.options(dark=True)
def test_dark(session):
    open_practice(session)
    session.picture('dark')


@ui.options(language='rtl')
def test_right_to_left(session):
    app = session.start('--practice')
    app.find('label', 'Jane Doe · jane.doe@acme.example', deadline=30)
    session.picture('rtl')


@ui.options(high_contrast=True, text_scale=2)
def test_large_text(session):
    open_practice(session)
    session.picture('large')


def test_instances_are_switched_renamed_removed_and_brought_back(session):
    one = session.practice(datasets=30)
    two = session.practice(datasets=40)
    app = session.start()
    connect(session, app, one)
    connect(session, app, two, first=False)

    app.find('push button', re.compile('^Instance 127')).click()
    app.find('push button', 'Manage Instances…').click()
    dialog = app.dialog('Instances')
    rows = dialog.find_all('list item', '127.0.0.1')
    check(len(rows) >= 2, rows)
    rows[-1].point()
    dialog.find('push button', 'Replace Token…')
    ui.until(lambda: not app.unnamed(), app.unnamed)
    session.picture('instances')
    dialog.find('push button', 'Red').click()
    dialog.find('push button', 'Remove Instance…').click()
    question = app.dialog('Remove 127.0.0.1?')
    origin = two.url.rstrip('/')
    check(len(session.secrets(origin=origin)) == 1)
    with app.closing(question):
        question.find('push button', 'Remove Instance').click()
    dialog.find('label', '127.0.0.1 was removed')
    ui.until(lambda: not session.secrets(origin=origin), 'the token being gone from the keyring')
    dialog.find('push button', 'Undo').click()
    ui.until(lambda: len(session.secrets(origin=origin)) == 1, 'the token being back in the keyring')
    ui.until(lambda: len(dialog.find_all('list item', '127.0.0.1')) >= 2, 'the row being back')
    with app.closing(dialog):
        dialog.find('push button', 'Close').click()


def test_a_failed_connection_can_be_tried_again(session):
    server = session.practice(datasets=30)
    app = session.start()
    connect(session, app, server)
    app.terminate()
    server.faults([{'path': '/api/content/v2/users/me', 'fault': 'html'}])
    app = session.start()
    app.find('label', re.compile('^What answered at this address is not a Domo instance.'), deadline=30)
    session.picture('failed')
    server.faults([])
    app.find('push button', 'Retry').click()
    app.find('label', 'Admin')


def test_the_window_is_as_it_was(session):
    app = open_practice(session)
    app.resize(900, 640)
    before = app.size()
    session.key('ctrl+q')
    app.wait_end()
    app = session.start()
    app.find('label', 'Practice instance: nothing here reaches Domo', deadline=30)
    ui.until(lambda: app.size() == before, lambda: f'{before}, not {app.size()}')


def test_terminate_ends_it(session):
    app = open_practice(session)
    check(app.terminate() == 0)


def test_a_folder_that_cannot_be_written_is_said(session):
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'steward')
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with open(folder, 'w', encoding='utf-8') as file:
        file.write('in the way')
    server = session.practice(datasets=30)
    app = session.start()
    connect(session, app, server)
    app.find('label', where=lambda node: node.name.startswith('Steward cannot write in its data folder.'))


def test_the_command_line(session):
    program = os.path.join(session.build, 'src', 'steward')
    done = subprocess.run([program, '--version'], capture_output=True, text=True, check=False)
    check(done.returncode == 0 and done.stdout.startswith('Steward '), done.stdout)
    done = subprocess.run([program, '--page', 'nowhere'], capture_output=True, text=True,
                          check=False, timeout=30)
    check(done.returncode == 2 and 'nowhere' in done.stderr, done)


if __name__ == '__main__':
    ui.main(globals())
