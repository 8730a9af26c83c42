#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""As people see it: with the toolkit's animations, which the other tests do without."""

import re

import steward_ui as ui


@ui.options(animations=True, timeout=120, environment={'STEWARD_PRACTICE_ARGUMENTS': '--latency 300'})
def test_a_started_run_comes_to_the_front(session):
    app = session.start('--practice', '--page', 'cloud-amplifier')
    app.find('push button', 'To Move 212', deadline=30)
    for name in ('Returns EU', 'Invoices EU'):
        app.find('check box', 'Select ' + name, rows=True).point()
    app.find('push button', 'Review…').click()
    app.find('push button', re.compile('^Move 2 Datasets')).click()
    app.find('push button', 'Done', deadline=60)


@ui.options(animations=True, timeout=120)
def test_rows_are_there_again_after_a_refresh(session):
    app = session.start('--practice', '--page', 'cloud-amplifier')
    app.find('push button', 'To Move 212', deadline=30)
    app.find('check box', 'Select Returns EU', rows=True).point()
    for _ in range(2):
        session.key('ctrl+r')
        app.find('push button', 'To Move 212', deadline=30)
        app.find('check box', 'Select Returns EU', rows=True)


if __name__ == '__main__':
    ui.main(globals())
