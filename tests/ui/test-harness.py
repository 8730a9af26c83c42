#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The UI tests' own tools, tried on a small window that has one of everything."""

import os

import steward_ui as ui
from steward_ui import keyring


def probe(session, **how):
    return session.start(program=os.path.join(session.build, 'tests', 'ui', 'probe'), **how)


def check(condition, message='it does not hold'):
    if not condition:
        raise AssertionError(message)


def test_a_button_is_clicked(session):
    app = probe(session)
    app.find('label', 'Nothing yet')
    app.find('push button', 'Say Hello').click()
    app.find('label', 'Hello')
    print(app.dump())
    session.picture('probe')


if __name__ == '__main__':
    ui.main(globals())
