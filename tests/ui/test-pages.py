#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The pages in a narrow window, and what their menus and columns do."""

import re

import steward_ui as ui
from admin import check


def cloud_amplifier(session, *arguments):
    app = session.start('--practice', '--page', 'cloud-amplifier', *arguments)
    app.find('push button', re.compile(r'^(To Move|Zu verschieben) \d+$'), deadline=30)
    return app


def narrow(app):
    app.resize(360, 720)
    app.wait_gone('label', re.compile('^(Source table|Quelltabelle)$'), rows=True)
    ui.until(lambda: app.size()[0] == 360, lambda: f'360 px, not {app.size()[0]}')




def test_the_menu_of_a_page_works(session):
    app = cloud_amplifier(session)
    app.find('push button', 'More').click()
    items = [app.find('menu item', name) for name in ('Open Plan…', 'Import Plan…', 'Cards to Re-point…')]
    check(all(item.sensitive for item in items), [str(item) for item in items])
    items[0].click()
    app.dialog('Open Plan')


def test_a_narrow_window(session):
    app = cloud_amplifier(session)
    title = app.find('label', 'Cloud Amplifier', where=lambda node: node.extents()[1] < 60).extents()[2]
    narrow(app)
    found = app.find('label', 'Cloud Amplifier', where=lambda node: node.extents()[1] < 60)
    check(found.extents()[2] >= title, f'the title has {found.extents()[2]} px of {title}')
    app.find('push button', 'More').click()
    app.find('menu item', 'Refresh')
    app.find('menu item', 'Which One Do I Need?').click()
    dialog = app.dialog('Which one do I need?')
    with app.closing(dialog):
        session.key('Escape')


@ui.options(language='de')
def test_a_narrow_window_in_german(session):
    app = cloud_amplifier(session)
    narrow(app)
    app.find('check box', re.compile('^„Returns EU“|Returns EU'), rows=True).point()
    app.find('push button', 'Alle bereiten auswählen')
    app.settle(app.size)
    check(app.size()[0] == 360, app.size())
    session.picture('narrow-german')


def test_the_moved_say_when(session):
    app = cloud_amplifier(session)
    app.find('push button', re.compile(r'^Moved \d+$')).click()
    app.find('label', 'Can move back', rows=True)
    narrow(app)
    app.find('label', re.compile('^Moved .*[0-9]'), rows=True)


if __name__ == '__main__':
    ui.main(globals())
