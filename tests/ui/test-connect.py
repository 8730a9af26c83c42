#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Welcome, Connect, what can go wrong there, and where the token ends up."""

import steward_ui as ui
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


def test_what_is_typed_wrong_is_said_beside_the_field(session):
    app, dialog = open_dialog(session)
    entry = dialog.find('text', 'Instance')
    dialog.find('password text', TOKEN_LABEL).set_text('x' * 40)
    button = dialog.find('push button', 'Connect')
    seen = set()
    for wrong in ('http://acme.domo.com', 'https://user:pw@acme.domo.com', 'acme.domo.com.evil.example',
                  'https://acme.domo.com/path', '192.0.2.7', 'a' * 300):
        entry.set_text(wrong)
        sentence = dialog.find('label', where=lambda node: len(node.name) > 20 and node.name.endswith('.') and
                               node.name not in seen and not node.name.startswith('Enter the address')).name
        seen.add(sentence)
        check(not button.sensitive, f'Connect is on for {wrong}')
    entry.set_text('acme')
    button.wait(lambda node: node.sensitive, 'being on')
    for sentence in seen:
        check(not dialog.find_all('label', sentence), f'“{sentence}” is still there')
    dialog.find('password text', TOKEN_LABEL).set_text('two words')
    dialog.find('label', 'An access token has no spaces or line breaks inside. Copy it again, all of it.')
    check(not button.sensitive, 'Connect is on for a token with a space')


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
