#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The program starts, says what it is, and ends in good order."""

import os
import subprocess

import steward_ui as ui


def test_the_first_start_greets(session):
    app = session.start()
    app.find('push button', 'Connect to Domo')
    app.find('push button', 'Open Practice Instance')
    status = app.terminate()
    if status != 0:
        raise AssertionError(f'it ended with status {status}')


def test_the_practice_instance_opens(session):
    app = session.start('--practice')
    app.find('label', 'Practice instance: nothing here reaches Domo', deadline=30)
    session.picture('practice')


def test_the_version_is_told(session):
    done = subprocess.run([os.path.join(session.build, 'src', 'steward'), '--version'], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0 or '0.1.0' not in done.stdout:
        raise AssertionError(f'{done.returncode}: {done.stdout}{done.stderr}')


if __name__ == '__main__':
    ui.main(globals())
