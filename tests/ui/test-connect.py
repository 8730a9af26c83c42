#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Welcome, Connect, what can go wrong there, and where the token ends up."""

import re
import socket
import threading

import admin
import steward_ui as ui
from admin import same
from steward_ui import keyring

TOKEN_LABEL = 'Access token'


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message)


def open_dialog(session, **how):
    app = session.start(**how)
    app.find('push button', 'Connect to Domo').click()
    return app, app.dialog('Connect to Domo')


def fill(dialog, instance, token):
    dialog.find('text', 'Instance').set_text(instance)
    dialog.find('password text', TOKEN_LABEL).set_text(token)


def test_welcome_leads_to_both(session):
    app = session.start()
    app.find('label', 'Move federated datasets safely and look after your Domo instance.')
    app.find('label', 'The practice instance is a pretend company on this computer. '
                      'Nothing you do there reaches Domo.')
    check(not app.unnamed(), app.unnamed())
    session.picture('welcome')
    app.find('push button', 'Open Practice Instance').click()
    app.find('label', 'Practice instance: nothing here reaches Domo', deadline=30)
    app.find('label', 'Admin')


def test_connect_keeps_the_token_in_the_keyring(session):
    server = session.practice(datasets=30)
    app, dialog = open_dialog(session)
    check(not dialog.find('push button', 'Connect').sensitive, 'Connect is on with nothing typed')
    fill(dialog, server.url, f'\n {server.token} \n')
    button = dialog.find('push button', 'Connect')
    button.wait(lambda node: node.sensitive, 'being on')
    check(not app.unnamed(), app.unnamed())
    session.picture('connect')
    with app.closing(dialog):
        button.click()
    app.find('label', 'Connected as Jane Doe')
    app.find('label', 'In your keyring')
    found = session.secrets(origin=server.url.rstrip('/'))
    check(len(found) == 1, f'{len(found)} items in the keyring')
    check(server.token not in app.dump(), 'the token is on the accessibility bus')
    session.picture('overview')


def test_the_keyring_is_asked_at_the_next_start(session):
    server = session.practice(datasets=30)
    app, dialog = open_dialog(session)
    fill(dialog, server.url, server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe')
    app.terminate()
    app = session.start()
    app.find('label', 'Admin')
    app.find('label', 'In your keyring')


class Outside:
    """Everything but this computer, as far as the program can tell: a proxy that counts who comes and answers
    nobody."""

    def __init__(self):
        self.came = []
        self.socket = socket.create_server(('127.0.0.1', 0))
        address = f'http://127.0.0.1:{self.socket.getsockname()[1]}'
        self.environment = {'http_proxy': address, 'https_proxy': address, 'no_proxy': '127.0.0.1'}
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        while True:
            visitor, _ = self.socket.accept()
            with visitor:
                visitor.settimeout(5)
                self.came.append(visitor.recv(1000).decode(errors='replace'))


# What is typed as the instance, and a part of the sentence that comes; {port} is that of a server that would answer.
WRONG_INSTANCES = (
    ('', 'Type the address of your instance'),
    ('   ', 'Type the address of your instance'),
    ('http://acme.domo.com', 'begin with https'),
    ('https://user:pw@acme.domo.com', 'Leave out the user name and password'),
    ('http://user:pw@127.0.0.1:{port}', 'Leave out the user name and password'),
    ('acme.domo.com.evil.example', 'not an address of Domo'),
    ('https://acme.domo.com/path', 'Leave out everything behind the address'),
    ('http://127.0.0.1:{port}/path', 'Leave out everything behind the address'),
    ('192.0.2.7', 'not a numeric address'),
    ('https://192.0.2.7', 'not a numeric address'),
    ('[2001:db8::7]', 'not a'),
    ('a' * 300, 'too long'),
)


@ui.options(timeout=120)
def test_bad_input_is_said_beside_the_field_and_nothing_is_sent(session):
    server, outside = session.practice(datasets=30), Outside()
    port = server.url.rsplit(':', 1)[1].strip('/')
    app, dialog = open_dialog(session, environment=outside.environment)
    instance, token = dialog.find('text', 'Instance'), dialog.find('password text', TOKEN_LABEL)
    button = dialog.find('push button', 'Connect')

    def try_all():
        """Every way in which a person would try to connect."""
        instance.point()
        session.key('Return')
        token.point()
        session.key('Return')
        button.point()
    admin.enter(session, token, server.token)
    for wrong, sentence in WRONG_INSTANCES:
        instance.set_text('acme')
        instance.set_text(wrong.format(port=port))
        said = dialog.find('label', re.compile(re.escape(sentence)))
        ui.until(lambda: 0 <= said.extents()[1] - instance.extents()[1] < 120, f'“{said.name}” to be beside the field')
        check(not button.sensitive, f'Connect is on for {wrong!r}')
        try_all()
    admin.enter(session, instance, server.url)
    button.wait(lambda node: node.sensitive, 'being on')
    check(not dialog.find_all('label', re.compile('too long')), 'the last complaint is still there')

    for wrong, sentence in (('two words', 'An access token has no spaces or line breaks inside.'),
                            ('', 'Paste the access token here.'), ('   ', 'Paste the access token here.')):
        token.set_text(wrong)
        dialog.find('label', re.compile('^' + sentence))
        check(not button.sensitive, f'Connect is on for the token {wrong!r}')
        try_all()
    check(dialog.find('push button', 'Connect'), 'it tries to connect')
    same(server.lines(), [], 'what was sent to the instance')
    same(outside.came, [], 'what was sent elsewhere')

    # What is right is sent, there and here: both would have been seen. Blanks and line breaks around are none of it.
    token.set_text(f'\r\n\t {server.token} \n')
    admin.enter(session, instance, ' acme ')
    button.click()
    ui.until(lambda: outside.came, 'the request to acme')
    check(outside.came[0].startswith('CONNECT acme.domo.com:443 '), outside.came[0])
    if not dialog.find_all('push button', 'Connect'):
        dialog.find('push button', 'Cancel').click()
    dialog.find('push button', 'Connect', where=lambda node: node.sensitive)
    app.settle(instance.extents)
    admin.enter(session, instance, f' {server.url} ')
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe')
    same({line['token'] for line in server.requests()}, {'ok'}, 'the tokens that were sent')
    same([item[2] for item in session.secrets(origin=server.url)], [server.token], 'what the keyring holds')


def test_a_refused_token_is_explained_and_nothing_is_kept(session):
    server = session.practice(datasets=30)
    app, dialog = open_dialog(session)
    fill(dialog, server.url, 'not-the-token-at-all')
    dialog.find('push button', 'Connect').click()
    dialog.find('alert', 'Domo did not accept the access token. It may have expired or been revoked.')
    dialog.find('push button', 'Details').point()
    dialog.find('label', '401')
    check(not session.secrets(origin=server.url.rstrip('/')), 'a refused token was kept')
    session.picture('refused')
    dialog.find('password text', TOKEN_LABEL).set_text(server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe')


def test_connecting_can_be_cancelled(session):
    server = session.practice(datasets=30)
    server.faults([{'method': 'GET', 'path': '/api/content/v2/users/me', 'fault': 'hang'}])
    app, dialog = open_dialog(session)
    fill(dialog, server.url, server.token)
    dialog.find('push button', 'Connect').click()
    server.wait_request(containing='users/me')
    dialog.find('push button', 'Cancel').click()
    dialog.find('push button', 'Connect').wait(lambda node: node.sensitive, 'being on again')
    check(not session.secrets(origin=server.url.rstrip('/')), 'a token was kept')


@ui.options(keyring='absent')
def test_without_a_keyring_the_session_is_offered(session):
    server = session.practice(datasets=30)
    app, dialog = open_dialog(session)
    fill(dialog, server.url, server.token)
    dialog.find('push button', 'Connect').click()
    with app.closing(dialog):
        dialog.find('push button', 'This Session Only').click()
    app.find('label', 'Connected as Jane Doe')
    app.find('label', 'For this session only')


@ui.options(keyring='locked')
def test_a_locked_keyring_offers_the_session_after_a_while(session):
    server = session.practice(datasets=30)
    app, dialog = open_dialog(session)
    fill(dialog, server.url, server.token)
    dialog.find('push button', 'Connect').click()
    with app.closing(dialog):
        dialog.find('push button', 'This Session Only', deadline=20).click()
    app.find('label', 'For this session only')
    check(keyring.locked(session), 'the keyring was unlocked')


def test_the_token_is_replaced_when_it_is_refused(session):
    server = session.practice(datasets=30)
    app, dialog = open_dialog(session)
    fill(dialog, server.url, server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'In your keyring')
    server.faults([{'path': '/api/*', 'fault': 'status', 'status': 401}])
    session.key('ctrl+r')
    app.find('push button', 'Replace Token…').click()
    dialog = app.dialog('Replace Token')
    server.faults([])
    dialog.find('password text', TOKEN_LABEL).set_text(server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.wait_gone('push button', 'Replace Token…')


if __name__ == '__main__':
    ui.main(globals())
