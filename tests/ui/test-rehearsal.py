#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What an instance lists is rehearsed on the practice instance."""

import re

import admin
import steward_ui as ui
from admin import check, same


def clickable(node):
    return 'click' in node.actions()


@ui.options(timeout=150)
def test_a_list_is_rehearsed(session):
    server = session.practice(datasets=60)
    world = admin.fates(server)
    kept, _ = admin.kept_and_skipped(world, [row['id'] for row in admin.ready(world)][:5])
    app = session.start()
    admin.connect(session, app, server)
    admin.enlarge(app, 1200, 1000)
    admin.page(app, 'Cloud Amplifier')
    whole = app.find('push button', re.compile('^To Move [0-9]'), deadline=20).name
    admin.choose(session, app, world, kept)

    app.find('push button', 'More', where=clickable).click()
    app.find('menu item', 'Rehearse This List…').click()
    dialog = app.dialog('Rehearse This List?')
    said = dialog.find('label', re.compile('datasets you chose come along')).name
    check(f'{len(kept)} datasets you chose' in said and admin.DESTINATION in said, said)
    with app.closing(dialog):
        dialog.find('push button', 'Rehearse').click()

    app.find('label', re.compile('^Practice instance: nothing here reaches Domo'), deadline=60)
    app.find('label', f'Move {len(kept)} datasets to {admin.DESTINATION}', deadline=30)
    app.picture('rehearsal')
    admin.switch(session, app, 'Pause after the first datasets', False)
    admin.switch(session, app, 'Stop when one needs another try', False)
    app.find('push button', f'Move {len(kept)} Datasets').click()
    app.find('push button', 'Done', deadline=60).click()
    same(sorted(admin.journal_rows(1)), sorted(kept), 'what was rehearsed')
    same(server.requests('POST', '/federated/to/amplifier/'), [], 'what the instance was asked to do')

    # Back where it is real: the list is as it was, and what was chosen is a plan.
    admin.page(app, 'Cloud Amplifier')
    check(app.find('push button', re.compile('^To Move [0-9]'), deadline=20).name != whole, 'nothing was rehearsed')
    app.terminate()
    app = session.start('--instance', '127.0.0.1', '--page', 'cloud-amplifier')
    app.find('push button', whole, deadline=30)
    app.find('push button', 'More', where=clickable).click()
    app.find('menu item', 'Open Plan…').click()
    chooser = app.dialog('Open Plan')
    chooser.find('label', re.compile('^Rehearsed '))
    check(any(f'{len(kept)} datasets' in node.seen_name for node in chooser.find_all('label')), 'another plan')


if __name__ == '__main__':
    ui.main(globals())
