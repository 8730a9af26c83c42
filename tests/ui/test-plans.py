#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Plans: saved, opened, exported and imported they stay the same; a broken one is told and loses nothing."""

import json
import re

import admin
import steward_ui as ui
from admin import check, same

OPTIONS = {'at_once': 3, 'pause_after': 2, 'stop_on_incomplete': False, 'compare': 'counts'}


def menu(app, item):
    app.find('push button', 'More', where=lambda node: 'click' in node.actions()).click()
    app.find('menu item', re.compile(item)).click()


def export(session, app, path):
    """Exports the plan that Review shows; returns what is in the file."""
    app.find('push button', 'Save Plan…').click()
    dialog = app.dialog('Save Plan')
    with app.closing(dialog):
        dialog.find('push button', 'Export to File…').click()
    admin.save_as(session, app, 'Export Plan', path)
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def looks_as_chosen(app, count):
    """Review shows the COUNT datasets and the options."""
    app.find('label', f'Move {count} datasets to {admin.DESTINATION}', deadline=20)
    same(app.find('spin button', 'At once').value, 3, 'At once')
    check(app.find('check box', 'Pause after the first datasets').checked, 'it would not pause')
    same(app.find('spin button', 'Pause after the first').value, 2, 'Pause after the first')
    check(not app.find('check box', 'Stop when one needs another try').checked, 'it would stop')


@ui.options(timeout=120)
def test_a_plan_stays_the_same(session):
    server = session.practice(datasets=240, latency=5)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    ids, _ = admin.kept_and_skipped(world, [row['id'] for row in admin.ready(world) if row['failsForward'] == 0][:6])
    admin.choose(session, app, world, ids)
    app.find('push button', 'Review…').click()
    admin.enter(session, app.find('spin button', 'At once'), '3')
    admin.enter(session, app.find('spin button', 'Pause after the first'), '2')
    session.key('Tab')
    admin.switch(session, app, 'Stop when one needs another try', False)

    # Saved under a name and exported, it holds what was chosen and no secret.
    app.find('push button', 'Save Plan…').click()
    dialog = app.dialog('Save Plan')
    admin.enter(session, dialog.find('text', 'Name of the plan'), 'Friday: "EU"')
    with app.closing(dialog):
        dialog.find('push button', 'Save').click()
    first = export(session, app, session.path('plans', 'first.json'))
    same([item['dataset'] for item in first['items']], ids, 'the datasets of the plan')
    same([item['table'] for item in first['items']], [world[identifier]['table'] for identifier in ids], 'their tables')
    same(first['options'], OPTIONS, 'the options of the plan')
    same(first['instance']['origin'], server.url, 'the instance of the plan')
    check(server.token not in json.dumps(first), 'the plan holds the token')

    def saved():
        with admin.journal() as database:
            return [(name, json.loads(plan)) for name, plan in database.execute('SELECT name, plan FROM plans')]
    ui.until(lambda: saved() == [('Friday: "EU"', first)], lambda: f'the plan in the journal, not {saved()}')

    # Another one of that name takes its place only after a question.
    app.find('push button', 'Save Plan…').click()
    dialog = app.dialog('Save Plan')
    admin.enter(session, dialog.find('text', 'Name of the plan'), 'Friday: "EU"')
    with app.closing(dialog):
        dialog.find('push button', 'Save').click()
    question = app.dialog('Replace “Friday: "EU"”?')
    question.find('label', 'A plan of 6 datasets with this name was saved just now. It would be lost.')
    with app.closing(question):
        question.find('push button', 'Cancel').click()
    dialog = app.dialog('Save Plan')
    same(dialog.find('text', 'Name of the plan').text, 'Friday: "EU"', 'the name that was typed')
    with app.closing(dialog):
        dialog.find('push button', 'Cancel').click()
    app.terminate()

    # Opened after a restart it is the same.
    app = session.start('--page', 'cloud-amplifier')
    admin.enlarge(app)
    app.find('push button', re.compile('^To Move [0-9]'), deadline=30)
    menu(app, 'Open Plan')
    chooser = app.dialog('Open Plan')
    chooser.find('label', re.compile('^6 datasets to My BigQuery · saved (just now|[0-9]+ minutes? ago)$'))
    with app.closing(chooser):
        chooser.find('list item', 'Friday: "EU"').point(x=.2)
    looks_as_chosen(app, len(ids))
    same(export(session, app, session.path('plans', 'second.json')), first, 'the plan that was opened')
    app.find('push button', 'Back').click()

    # Imported too; and what it says is what is sent.
    menu(app, 'Import Plan')
    admin.open_file(session, app, 'Import Plan', session.path('plans', 'first.json'))
    looks_as_chosen(app, len(ids))
    same(export(session, app, session.path('plans', 'third.json')), first, 'the plan that was imported')
    same(server.requests('POST', '/federated/'), [], 'what was moved by looking')
    app.find('push button', f'Move {len(ids)} Datasets').click()
    app.find('label', re.compile('^Paused after the first ones'), deadline=30)
    same(set(admin.server_rows(server, admin.MIGRATE)), set(ids[:2]), 'those moved before the pause')
    app.find('push button', 'Continue', where=lambda node: node.sensitive).click()
    app.find('push button', 'Done', deadline=30)
    admin.agree(app, server, world, 1, admin.MIGRATE, [], scroll=False)
    same(set(admin.server_rows(server, admin.MIGRATE)), set(ids), 'what was moved')

    # Deleted, it is gone.
    app.find('push button', 'Done').click()
    admin.page(app, 'Cloud Amplifier')
    menu(app, 'Open Plan')
    chooser = app.dialog('Open Plan')
    chooser.find('push button', 'Delete “Friday: "EU"”').click()
    question = app.dialog(re.compile('^Delete “'))
    with app.closing(question):
        question.find('push button', 'Delete Plan').click()
    chooser.find('label', 'No saved plans')
    ui.until(lambda: not saved(), 'the plan to be gone from the journal')


BROKEN = (
    ('{"format": "steward-plan", "version": 1, "items": [', 'not'),
    ('{"datasets": 3}', 'The file is not a plan of Steward.'),
    ('[' * 100000, 'not'),
)


def test_a_broken_plan_is_told_and_nothing_is_lost(session):
    server = session.practice(datasets=240, latency=5)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    ids = [row['id'] for row in admin.ready(world)][:3]
    admin.choose(session, app, world, ids)
    app.find('push button', 'Review…').click()
    path = session.path('plans', 'good.json')
    plan = export(session, app, path)
    app.find('push button', 'Back').click()
    other = json.loads(json.dumps(plan))
    other['instance'] = {'origin': 'https://other.domo.com', 'name': 'Other Company'}
    for number, (text, sentence) in enumerate((
            *BROKEN, (json.dumps(other), 'This plan was made for another page or instance: Other Company.'))):
        broken = session.path('plans', f'broken-{number}.json')
        with open(broken, 'w', encoding='latin-1') as file:
            file.write(text)
        menu(app, 'Import Plan')
        admin.open_file(session, app, 'Import Plan', broken)
        dialog = ui.until(lambda: next((frame for frame in app.frames()[1:] if frame.find_all('push button', 'Close')),
                                       None), lambda: f'a complaint about {text[:60]!r}')
        said = ' '.join(dialog.words())
        check(sentence in said, f'{text[:60]!r}: {said}')
        with app.closing(dialog):
            dialog.find('push button', 'Close').click()
        app.find('label', re.compile('^3 of '))
    same({name for name, box in admin.boxes(app).items() if box.checked},
         {admin.squeeze(world[identifier]['name']) for identifier in ids}, 'what is selected')
    menu(app, 'Import Plan')
    admin.open_file(session, app, 'Import Plan', path)
    app.find('label', f'Move 3 datasets to {admin.DESTINATION}')
    same(server.requests('POST', '/federated/'), [], 'what was moved')


if __name__ == '__main__':
    ui.main(globals())
