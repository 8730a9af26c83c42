#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The UI tests' own tools, tried on a small window that has one of everything."""

import os
import subprocess
import sys
import urllib.error
import urllib.request

import steward_ui as ui
from steward_ui import keyring, mocks
from steward_ui.app import environment_of
from steward_ui.screen import run


def probe(session, **how):
    return session.start(program=os.path.join(session.build, 'tests', 'ui', 'probe'), **how)


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message)


def fails(function, *arguments, saying=''):
    """What FUNCTION complains about; fails if it does not."""
    try:
        function(*arguments)
    except AssertionError as error:
        check(saying in str(error), f'it says {error}')
        return str(error)
    raise AssertionError('it did not fail')


def test_a_button_is_clicked(session):
    app = probe(session)
    app.find('label', 'Nothing yet')
    app.find('push button', 'Say Hello').click()
    app.find('label', 'Hello')


def test_what_is_missing_is_said(session):
    app = probe(session)
    fails(lambda: app.find('push button', 'Say Goodbye', deadline=0.3), saying='Say Goodbye')
    fails(lambda: app.wait_gone('push button', 'Say Hello', deadline=0.3), saying='Say Hello')


def test_the_pointer_reaches_rows_and_check_boxes(session):
    app = probe(session)
    box = app.find('check box', 'Check me')
    box.point(x=0.02)
    app.find('label', 'Checked')
    check(box.checked)
    app.find('list item', 'Row 2').point()
    app.find('label', 'Row 2')
    row = app.find('table row', rows=True, where=lambda node: node.find_all('label', 'Item 3', rows=True))
    row.point()
    row.wait(lambda node: node.selected, 'being selected')


def test_a_drop_down_is_chosen_from(session):
    app = probe(session)
    number = app.find('combo box', 'Number')
    number.point()
    item = number.find('list item', where=lambda node: 'Two' in node.words())
    item.point()
    ui.until(lambda: 'Two' in number.words(), 'the choice')


def test_text_is_typed_set_and_read(session):
    app = probe(session)
    entry = app.find('text', 'Your name')
    entry.set_text('Jörg Übermüller 李')
    check(entry.text == 'Jörg Übermüller 李', entry.text)
    entry.focus()
    entry.wait(lambda node: node.focused, 'focus')
    session.key('ctrl+a')
    session.type('typed: "{x}" \\~')
    ui.until(lambda: entry.text == 'typed: "{x}" \\~', lambda: f'the typed text, not {entry.text}')
    app.find('password text', 'Secret').set_text('hush')


def test_the_keyboard_alone_is_enough(session):
    app = probe(session)
    ui.until(lambda: app.focused(), 'the focus')
    for _ in range(12):
        if app.focused().name == 'Your name':
            break
        before = app.focused()
        session.key('Tab')
        ui.until(lambda: app.focused() not in (None, before), 'the focus to move')
    session.type('by keys')
    ui.until(lambda: app.find('text', 'Your name').text == 'by keys', 'the typed text')


def test_pages_that_are_hidden_are_not_found(session):
    app = probe(session)
    following = app.find('push button', 'Next Page')
    for shown, hidden in (('first', 'second'), ('second', 'first')) * 2:
        app.find('push button', f'On the {shown} page')
        app.wait_gone('push button', f'On the {hidden} page', deadline=2)
        following.click()


def test_a_dialog_closes_before_the_next_click(session):
    app = probe(session)
    for _ in range(3):
        app.find('push button', 'Open Dialog').click()
        dialog = app.dialog('Question')
        with app.closing(dialog):
            dialog.find('push button', 'Cancel').click()
        app.find('check box', 'Check me').point(x=0.02)
    app.find('label', 'Checked')


def test_a_window_is_resized(session):
    app = probe(session)
    app.resize(700, 900)
    check(app.size() == (700, 900), f'it is {app.size()}')
    app.find('list item', 'Row 1').point()
    app.find('label', 'Row 1')


def test_a_warning_fails_the_test(session):
    app = probe(session)
    app.find('push button', 'Complain').click()
    ui.until(app.complaints, 'the complaint')
    fails(session.end, saying='The probe complains')
    app.expect('The probe complains')
    session.end()


def test_a_picture_holds_the_window(session):
    app = probe(session)
    width, height = [int(part) for part in run('identify', '-format', '%w %h', app.picture('window')).split()]
    inner = app.size()
    check(inner[0] <= width < inner[0] + 120 and inner[1] <= height < inner[1] + 120, f'{width} x {height}')


def test_names_that_are_missing_are_found(session):
    app = probe(session)
    found = [(node.role, node.name) for node in app.unnamed()]
    check(('push button', 'GtkImage') in found, f'only {found}')
    check(('push button', 'Say Hello') not in found)


@ui.options(dark=True, text_scale=2)
def test_dark_and_large(session):
    app = probe(session)
    check(app.find('push button', 'Say Hello').extents()[3] > 30, 'the text is not large')
    colour = screen_colour(session, app)
    check(sum(colour) < 3 * 90, f'the window is {colour}')


def test_light(session):
    app = probe(session)
    colour = screen_colour(session, app)
    check(sum(colour) > 3 * 200, f'the window is {colour}')


def screen_colour(session, app):
    """The colour of the left edge of the page, as (red, green, blue)."""
    x, y = app.find('label', 'Nothing yet').place(0.02, 0.5)
    path = session.picture('colour')
    text = run('convert', path, '-format', f'%[fx:int(255*p{{{int(x)},{int(y)}}}.r)] '
               f'%[fx:int(255*p{{{int(x)},{int(y)}}}.g)] %[fx:int(255*p{{{int(x)},{int(y)}}}.b)]', 'info:')
    return [int(part) for part in text.split()]


@ui.options(language='rtl')
def test_right_to_left(session):
    app = probe(session)
    left = app.find('check box', 'Check me').find(name='GtkBuiltinIcon').extents()[0]
    check(left > 250, f'the check mark is at {left}')


@ui.options(language='de')
def test_german(session):
    app = probe(session)
    check(environment_of(app.process)['LC_ALL'] == 'de_DE.UTF-8')
    check(run('date', '-d', '2026-03-01', '+%B').strip() == 'März', 'the locale is not there')


def test_the_keyring_holds_secrets(session):
    store(session, 'origin', 'acme')
    check([(item[1].get('origin'), item[2]) for item in session.secrets(origin='acme')] == [('acme', 'hush')])
    check(session.secrets(origin='other') == [])


@ui.options(keyring='locked')
def test_the_keyring_is_locked(session):
    check(keyring.locked(session))


@ui.options(keyring='absent')
def test_the_keyring_is_absent(session):
    check(not session.owned('org.freedesktop.secrets'))
    fails(lambda: store(session, 'origin', 'acme'))


def store(session, attribute, value):
    done = subprocess.run(['/usr/bin/python3', '-c', """
import gi
gi.require_version('Secret', '1')
from gi.repository import Secret
schema = Secret.Schema.new('io.github.steward_domo.Probe', Secret.SchemaFlags.NONE,
                           {'%s': Secret.SchemaAttributeType.STRING})
Secret.password_store_sync(schema, {'%s': '%s'}, Secret.COLLECTION_DEFAULT, 'Probe', 'hush', None)
""" % (attribute, attribute, value)], capture_output=True, text=True, check=False)
    check(done.returncode == 0, done.stderr)


def test_stand_ins_keep_their_calls(session):
    manager = session.mock_session_manager()
    app = probe(session)
    manager.wait_call('Inhibit')
    check(mocks.inhibitions(manager) == 1)
    app.terminate()
    notes = session.mock_notifications()
    run('gdbus', 'call', '--session', '--dest', 'org.freedesktop.Notifications', '--object-path',
        '/org/freedesktop/Notifications', '--method', 'org.freedesktop.Notifications.Notify',
        'probe', '0', '', 'Done', '34 moved', '[]', '{}', '1000')
    check(notes.wait_call('Notify')[0][1][3:5] == ['Done', '34 moved'])


def test_the_practice_server_keeps_its_record(session):
    server = session.practice(datasets=20, latency=0)

    def ask():
        request = urllib.request.Request(server.url + '/api/content/v2/users/me',
                                         headers={'X-DOMO-Developer-Token': server.token})
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status
    check(ask() == 200)
    check(len(server.wait_request('GET', '/users/me')) == 1)
    server.faults([{'fault': 'status', 'path': '*/users/me', 'status': 503}])
    ui.until(lambda: raises(ask, urllib.error.HTTPError), 'the fault')
    check(server.requests('POST') == [])


def inner_file(session, text, seconds):
    """What a test file with the tests TEXT prints that may take SECONDS, and its status."""
    path = session.path('files', 'test-inner.py')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'import os, signal, time\nimport steward_ui as ui\n{text}\nui.main(globals())\n')
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False,
                          env=dict(os.environ, STEWARD_TEST_SECONDS=str(seconds)))
    return done.stdout, done.returncode


def says(text, *parts):
    for part in parts:
        check(part in text, f'“{part}” is not in:\n{text}')


def test_a_test_that_hangs_is_explained(session):
    said, status = inner_file(session, """
@ui.options(timeout=40)
def test_hang(session):
    app = session.start(program=os.path.join(session.build, 'tests', 'ui', 'probe'))
    app.find('push button', 'Complain').click()
    ui.until(app.complaints, 'the complaint')
    os.kill(os.getpid(), signal.SIGALRM)

@ui.options(timeout=2)
def test_asleep(session):
    time.sleep(60)
""", 100)
    check(status == 1)
    says(said, 'os.kill(os.getpid()', 'it stood here', 'The probe complains', 'picture: ',
         'push button "Say Hello"', 'not ok 1 - hang', 'not done after 2 s', 'not ok 2 - asleep')


def test_a_program_that_hangs_is_explained(session):
    said, status = inner_file(session, """
def test_hang(session):
    app = session.start(program=os.path.join(session.build, 'tests', 'ui', 'probe'))
    app.process.send_signal(signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGALRM)
""", 150)
    check(status == 1)
    says(said, 'it stood here', 'does not answer', 'not ok 1 - hang')


def test_time_outs_fit_into_the_time_of_the_file(session):
    said, status = inner_file(session, """
@ui.options(timeout=100)
def test_long(session):
    pass

def test_short(session):
    pass
""", 120)
    check(status == 1)
    says(said, 'The time-outs of its tests are 235 s', 'gives the file 120 s', 'not ok 1')


def raises(function, kind):
    try:
        function()
    except kind:
        return True
    return False


def test_nothing_of_the_person_is_seen(session):
    app = probe(session)
    variables = environment_of(app.process)
    for name in ('HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR', 'TMPDIR'):
        check(variables[name].startswith(session.folder), f'{name} is {variables[name]}')


if __name__ == '__main__':
    ui.main(globals())
