#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The token is in the keyring and nowhere else, in no form; and where it is planted, the search finds it."""

import base64
import os
import re
import subprocess
import sqlite3
import urllib.parse

import admin
import steward_ui as ui
from admin import check, same


def forms(token):
    """Every form in which a token can lie about."""
    raw = token.encode()
    found = {raw, urllib.parse.quote(token, safe='').encode(), raw.hex().encode(), token.encode('utf-16-le')}
    for offset in range(3):
        # In the middle of a text three kinds of base64 are possible; its ends depend on the neighbours.
        text = base64.b64encode(b'\0' * offset + raw + b'\0' * 3)
        found.add(text[4 if offset else 0:len(text) // 4 * 4 - 8])
    return found


def holds(data, token):
    return any(form in data for form in forms(token))


def files_with(folder, token):
    """The files below FOLDER that hold the token."""
    found = []
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            try:
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, 'rb') as file:
                        if holds(file.read(), token):
                            found.append(path)
            except FileNotFoundError:
                # Gone since the folder was read.
                pass
    return found


def plant_in(path, folder, token):
    """Shows that the search of FOLDER would find a token, in every form, in the file PATH; leaves it as it was."""
    before = None
    if os.path.exists(path):
        with open(path, 'rb') as file:
            before = file.read()
    try:
        for form in forms(token):
            with open(path, 'wb') as file:
                file.write((before or b'before ') + form + b' after')
            check(path in files_with(folder, token), f'a token in {path} is not found as {form}')
    finally:
        os.remove(path)
        if before is not None:
            with open(path, 'wb') as file:
                file.write(before)


def process_holds(pid, token):
    """What the system tells anybody about a process."""
    found = []
    for name in ('cmdline', 'environ'):
        with open(f'/proc/{pid}/{name}', 'rb') as file:
            if holds(file.read(), token):
                found.append(name)
    return found


def spoken(app):
    """All that assistive technology can read, hidden pages included."""
    return '\n'.join(f'{node.name} {node.description} {node.text}' for frame in app.frames()
                     for node in frame.walk(skip=(), hidden=True)).encode()


def build_logs(session):
    return os.path.join(session.build, 'meson-logs')


def plant(session, token):
    """Shows of every place that the search would find a token there."""
    for place in ('home', 'tmp', 'run', 'logs'):
        plant_in(session.path(place, 'planted'), session.folder, token)
    plant_in(os.path.join(build_logs(session), f'planted-{os.getpid()}.txt'), build_logs(session), token)
    path = session.path('home', 'planted.db')
    database = sqlite3.connect(path)
    database.execute('PRAGMA journal_mode = WAL')
    database.execute('CREATE TABLE t (x)')
    database.execute('INSERT INTO t VALUES (?)', (token,))
    database.commit()
    check(path + '-wal' in files_with(session.folder, token), "a token in SQLite's side file is not found")
    database.close()
    os.remove(path)
    with subprocess.Popen(['sleep', '60'], env={'PLANTED': token}) as helper:
        ui.until(lambda: process_holds(helper.pid, token) == ['environ'], 'the token in the environment')
        helper.kill()
    with subprocess.Popen(['sh', '-c', 'read line', token], stdin=subprocess.PIPE) as helper:
        ui.until(lambda: process_holds(helper.pid, token) == ['cmdline'], 'the token in the arguments')
        helper.stdin.close()


@ui.options(timeout=180)
def test_the_token_is_in_the_keyring_only(session):
    server = session.practice(datasets=40, latency=5)
    token = server.token
    plant(session, token)
    check(not files_with(session.folder, token), 'the plants are not all gone')

    app = session.start(environment={'G_MESSAGES_DEBUG': 'all'})
    app.find('push button', 'Connect to Domo').click()
    dialog = app.dialog('Connect to Domo')
    admin.enter(session, dialog.find('text', 'Instance'), server.url)
    admin.enter(session, dialog.find('password text', 'Access token'), token)
    # The toolkit shows what is being typed: the control that this search finds it there.
    check(holds(spoken(app), token), 'the token is not found where it was typed')
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe', deadline=20)
    check(not holds(spoken(app), token), 'the token is still on the accessibility bus')
    same([item[2] for item in session.secrets(origin=server.url)], [token], 'what the keyring holds')

    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    admin.choose(session, app, admin.fates(server), list(admin.fates(server))[:2])
    app.find('push button', 'Review…').click()
    app.find('list item', 'What will be sent').point()
    check(not holds(spoken(app), token), 'Review shows the token')
    app.find('push button', 'Move 2 Datasets').click()
    app.find('push button', 'Done', deadline=30)
    for kind, ending in (('CSV', 'csv'), ('JSON', 'json'), ('HTML', 'html')):
        report = session.path('reports', f'run.{ending}')
        admin.save_report(session, app, kind, report)
        same(files_with(session.room('reports'), token), [], 'reports with the token')
        plant_in(report, session.room('reports'), token)
    # An error that the instance answers is written and shown, too.
    server.faults([{'fault': 'status', 'path': '*/candidates/*', 'status': 500, 'body': f'no {token} here'}])
    app.find('push button', 'Done').click()
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', 'Refresh').click()
    app.find('push button', 'Retry', deadline=60)
    check(not holds(spoken(app), token), 'an error shows the token')
    server.faults([])
    same(process_holds(app.process.pid, token), [], 'what the system tells of the process')
    same(files_with(session.folder, token), [], 'files while it runs')
    app.terminate()
    check('DEBUG' in app.output() + app.errors(), 'nothing was written for debugging')
    same(files_with(session.folder, token), [], 'files after its end')
    same([line for line in server.lines() if line.get('token_leaked')], [], 'requests with the token elsewhere')
    same(files_with(build_logs(session), token), [], "the build's logs")


if __name__ == '__main__':
    ui.main(globals())
