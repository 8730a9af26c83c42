#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A run is moved back as far as the instance lists it as possible."""

import re
import urllib.request

import admin
import steward_ui as ui
from admin import check, same


def move_back_elsewhere(server, identifier):
    """What another admin does."""
    request = urllib.request.Request(f'{server.url}/api/query/migration/amplifier/to/federated/{identifier}',
                                     method='POST', headers={'X-DOMO-Developer-Token': server.token})
    with urllib.request.urlopen(request, timeout=20) as reply:
        check(reply.status == 200)


@ui.options(timeout=150)
def test_what_cannot_go_back_is_named_first(session):
    server = session.practice(datasets=60)
    world = admin.fates(server)
    kept, _ = admin.kept_and_skipped(world, [row['id'] for row in admin.ready(world) if row['failsForward'] == 0][:4])
    app = session.start()
    admin.connect(session, app, server)
    admin.enlarge(app, 1200, 1100)
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    admin.choose(session, app, world, kept)
    app.find('push button', 'Review…').click()
    admin.switch(session, app, 'Pause after the first datasets', False)
    app.find('push button', 'Move 4 Datasets').click()
    app.find('push button', 'Done', deadline=60)

    move_back_elsewhere(server, kept[1])
    app.find('push button', 'Move Back…').click()
    app.find('push button', 'Move Back 3 Datasets', deadline=30)
    skipped, moved = app.find('label', 'Cannot be moved back'), app.find('label', 'Will be moved back')
    check(skipped.extents()[1] < moved.extents()[1], 'what cannot go back is not named first')
    app.find('label', world[kept[1]]['name'], where=admin.touchable)
    app.picture('move-back-a-run')

    # Behind it they are chosen, so that one can stay where it is.
    app.find('push button', 'Back').click()
    name = admin.squeeze(world[kept[3]]['name'])
    box = ui.until(lambda: admin.boxes(app).get(name), 'the list of those moved', 20)
    check(box.checked, 'it is not chosen')
    box.point()
    box.wait(lambda node: not node.checked, 'to be left out')
    app.find('label', re.compile('^2 of '))
    app.find('push button', 'Move Back…').click()
    app.find('push button', 'Move Back 2 Datasets').click()
    app.find('label', '2 moved back', deadline=60)
    back = [admin.BACK.search(line['path']).group(1) for line in server.requests('POST', '/amplifier/to/federated/')]
    same(sorted(back), sorted(kept[:3]), 'what went back, each once')


if __name__ == '__main__':
    ui.main(globals())
