#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What a move would hit: whose cards, in Review and in its list; and the cards of datasets that collide."""

import csv
import re
import urllib.error

import admin
import steward_ui as ui
from admin import check, same


def cards_of(server, identifier):
    return admin.ask(server, f'/api/content/v1/datasources/{identifier}/cards?drill=true')


def owners_of(server, ids):
    """Name, e-mail and number of cards of everybody behind the cards of IDS, as the instance has them."""
    cards = {card['id']: card for identifier in ids for card in cards_of(server, identifier)}
    owned, names = {}, {}
    for card in cards.values():
        for owner in card['owners']:
            names[owner['type'], owner['id']] = owner['displayName']
        for key in {(owner['type'], owner['id']) for owner in card['owners']}:
            owned[key] = owned.get(key, 0) + 1
    rows = []
    for (kind, identifier), count in owned.items():
        name, mail = names[kind, identifier], ''
        if kind == 'USER':
            try:
                user = admin.ask(server, f'/api/identity/v1/users/{identifier}?parts=DETAILED')['users'][0]
                name, mail = user['displayName'], user['emailAddress']
            except urllib.error.HTTPError as error:
                # Who has left the company still owns cards.
                same(error.code, 404, 'what is answered of one who left')
        rows.append((name, mail, str(count)))
    return cards, sorted(rows)


def read_csv(path):
    """The rows of a list; the guard against spreadsheets is taken off."""
    with open(path, 'rb') as file:
        check(file.read(3) == b'\xef\xbb\xbf', 'spreadsheets would not know that it is UTF-8')
    with open(path, encoding='utf-8-sig', newline='') as file:
        return [[re.sub("^'+(?=[=+@\t\r-])", '', cell) for cell in row] for row in csv.reader(file)]


def test_the_list_of_owners_is_what_the_instance_says(session):
    server = session.practice(datasets=240, latency=5)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    ids = [row['id'] for row in admin.ready(world) if row['cards']][:12]
    kept, skipped = admin.kept_and_skipped(world, ids)
    cards, owners = owners_of(server, kept)
    check(skipped, 'none of them names the table of another one')
    check(any(mail == '' for _, mail, _ in owners) and any(mail for _, mail, _ in owners), 'only people, or only groups')
    admin.choose(session, app, world, ids)
    app.find('push button', 'Review…').click()
    app.find('label', f'{len(cards)} cards, {len(owners)} owners', deadline=30)
    save = app.find('push button', 'Save List of Owners…', where=lambda node: node.sensitive)
    expander = app.find('list item', 'Owners to tell')
    admin.reveal(session, app, expander)
    expander.point(x=.2)
    shown = {node.seen_name for node in app.find('list', 'Owners to tell', where=lambda node: node.find_all('label'))
             .find_all('label', rows=True)}
    check({mail for _, mail, _ in owners if any(mail in text for text in shown)}, f'no e-mail in {shown}')
    save.click()
    path = session.path('lists', 'owners.csv')
    admin.save_as(session, app, 'Save List of Owners', path)
    app.find('label', re.compile('^List .*saved$'))
    rows = read_csv(path)
    same(rows[0], ['Name', 'E-mail', 'Cards', 'Names of the cards', 'Datasets'], 'the head of the list')
    same(sorted(tuple(row[:3]) for row in rows[1:]), owners, 'the list and the instance')
    names = {world[identifier]['name'] for identifier in kept}
    check(all(row[3] and row[4] for row in rows[1:]), 'an owner without cards or datasets')
    check(all(any(name in row[4] for name in names) for row in rows[1:]), 'a dataset that was not chosen')
    same(server.requests('POST', '/federated/'), [], 'what was moved')


def open_collision(session, app, row):
    """Opens Cards to Re-point of the dataset ROW."""
    collide = f'Collides with “{row["collides"]["name"]}”'
    app.find('push button', 'Show Them').click()
    app.wait_gone('label', 'Ready', rows=True)
    app.find('label', collide, rows=True)
    found = app.find('table row', row['name'], rows=True)
    app.settle(found.extents)
    found.point(x=.3, count=2)
    app.find('label', row['collides']['name'])


def ticks(app):
    return {node.seen_name: node for node in app.find_all('check box', re.compile('^Done: '))}


def test_cards_to_repoint_stay_ticked(session):
    server = session.practice(datasets=240, latency=5)
    app = session.start()
    world = admin.list_candidates(session, app, server)
    row = next(row for row in world.values() if row['collides'] and not row['moved'] and row['cards'] >= 6)
    cards = cards_of(server, row['id'])
    open_collision(session, app, row)
    app.find('label', f'0 of {len(cards)} done')
    titles = [card['title'] for card in cards]
    same(set(ticks(app)), {'Done: ' + title for title in titles}, 'the cards')
    done = [card for card in cards if titles.count(card['title']) == 1][:2]
    for number, card in enumerate(done, 1):
        ticks(app)['Done: ' + card['title']].point()
        app.find('label', f'{number} of {len(cards)} done')

    def recorded():
        with admin.journal() as database:
            return sorted(database.execute('SELECT dataset_id, card_id FROM ticks').fetchall())
    ui.until(lambda: recorded() == sorted((row['id'], str(card['id'])) for card in done), 'the ticks in the journal')

    app.find('push button', 'Save List…').click()
    path = session.path('lists', 'cards.csv')
    admin.save_as(session, app, 'Save List of Cards', path)
    app.find('label', 'List saved')
    rows = read_csv(path)
    same(rows[0], ['Card', 'Card ID', 'Owners', 'From', 'To', 'Link', 'Done'], 'the head of the list')
    same(sorted(rows[1:]), sorted(
        [card['title'], str(card['id']), ', '.join(owner['displayName'] for owner in card['owners']), row['name'],
         row['collides']['name'], f'{server.url}/kpis/details/{card["id"]}', 'yes' if card in done else 'no']
        for card in cards), 'the list and the instance')

    app.terminate()
    app = session.start('--page', 'cloud-amplifier')
    admin.enlarge(app)
    app.find('push button', re.compile('^To Move [0-9]'), deadline=30)
    open_collision(session, app, row)
    app.find('label', f'2 of {len(cards)} done')
    same(sorted(name for name, box in ticks(app).items() if box.checked),
         sorted('Done: ' + card['title'] for card in done), 'the ticks after a restart')
    ticks(app)['Done: ' + done[0]['title']].point()
    app.find('label', f'1 of {len(cards)} done')
    ui.until(lambda: recorded() == [(row['id'], str(done[1]['id']))], 'the tick to be gone from the journal')
    same(server.requests('POST', '/federated/'), [], 'what was moved')


if __name__ == '__main__':
    ui.main(globals())
