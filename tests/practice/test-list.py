#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A pretend company with the datasets of another instance."""

import json
import os
import shutil
import subprocess
import tempfile

import practice_server as practice
import tap

PLACE = '7d0c3c8e-25a1-4b1c-9c62-0d3f6a1f2b11'


def candidate(number, **more):
    return dict({'id': f'00000000-0000-4000-8000-{number:012d}', 'name': f'Orders “{number}” 注文',
                 'type': 'snowflake-federated', 'catalogName': 'DWH', 'schemaName': 'SALES',
                 'tableName': f'ORDERS_{number}', 'collision': False, 'collidingDatasourceId': None,
                 'collidingDatasourceName': None, 'migrated': False, 'migrationDate': None}, **more)


def a_list(candidates, **more):
    return {'integrations': [dict({'id': PLACE, 'name': 'Warehouse <EU>', 'type': 'SNOWFLAKE', 'authMethod': 'OAUTH',
                                   'candidates': candidates}, **more)]}


class Listed:
    """A file with a list, and the server that is made of it."""

    def __init__(self, content):
        self.folder = tempfile.mkdtemp(prefix='practice-list-')
        self.file = os.path.join(self.folder, 'list.json')
        with open(self.file, 'w', encoding='utf-8') as file:
            file.write(content if isinstance(content, str) else json.dumps(content))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def refused(self, *more):
        done = subprocess.run([practice.PROGRAM, '--list', self.file, *more], capture_output=True, text=True,
                              timeout=30, check=False)
        tap.check(done.returncode in (1, 2) and done.stderr.startswith('steward-practice: ') and not done.stdout,
                  f'not refused: {done}')
        return done.stderr


def listed(server, way='federated/to/amplifier'):
    return {row['id']: row for row in server.get(f'/api/query/migration/candidates/{way}/integrations/{PLACE}')}


def test_the_list_is_what_was_given():
    rows = [candidate(number) for number in range(300)]
    rows[3].update(collision=True, collidingDatasourceId='made-by-hand', collidingDatasourceName='Orders (CA)')
    rows[5].update(migrated=True, migrationDate='2026-01-02T03:04:05.000+00:00')
    # What has moved is in the way of another one that names its table.
    rows[6].update(collision=True, collidingDatasourceId=rows[5]['id'], collidingDatasourceName=rows[5]['name'],
                   tableName=rows[5]['tableName'])
    with Listed(a_list(rows)) as made, practice.Server('--list', made.file) as server:
        tap.check(server.get('/api/query/migration/integrations/types') == ['SNOWFLAKE'], 'other integration types')
        places = server.get('/api/query/migration/integrations/snowflake')
        tap.check([(row['id'], row['name'], row['authMethod']) for row in places]
                  == [(PLACE, 'Warehouse <EU>', 'OAUTH')], f'other integrations: {places}')
        got = listed(server)
        tap.check(list(got) == [row['id'] for row in rows], 'other datasets, or in another order')
        for row in rows:
            kept = {name: value for name, value in row.items() if name != 'migrationDate'}
            tap.check({name: got[row['id']][name] for name in kept} == kept, f'{got[row["id"]]} is not {row}')
        tap.check(list(listed(server, 'amplifier/to/federated')) == [rows[5]['id']], 'what can go back')
        fates = {row['id']: row for row in server.fates() if row['arch'] == 'v2'}
        failing = [row for row in fates.values() if row['failsForward']]
        tap.check(8 <= len(failing) <= 45, f'{len(failing)} of 300 are difficult')
        plain = next(row for row in rows[10:] if fates[row['id']]['failsForward'] == 0)
        tap.check(server.post(practice.migrate(plain['id'], PLACE))['state'] == 'COMPLETE', 'a plain one does not move')
        tap.check(server.post(practice.migrate(rows[3]['id'], PLACE))['state'] == 'ABORTED', 'a collision is ignored')


def test_it_lasts_and_replaces_what_was_there():
    with Listed(a_list([candidate(1), candidate(2)])) as made:
        state = os.path.join(made.folder, 'state')
        with practice.Server('--state', state) as server:
            first = server.token
            server.post(practice.migrate())
        tap.check('--reset' in made.refused('--state', state), 'a world that was rehearsed in is overwritten unasked')
        with practice.Server('--state', state) as server:
            tap.check(server.token == first and server.candidates()[practice.DATASET]['migrated'], 'the world is lost')
        with practice.Server('--state', state, '--list', made.file, '--reset') as server:
            tap.check(server.token != first and len(listed(server)) == 2, 'no new world')
        with practice.Server('--state', state) as server:
            tap.check(len(listed(server)) == 2, 'the list is gone with the next start')


def test_a_bad_list_is_refused_and_nothing_is_lost():
    twice = [candidate(1), candidate(1)]
    for content in ('', '{', '[]', '{"integrations": {}}', '{"integrations": [1]}', a_list([candidate(1, id=None)]),
                    a_list([candidate(1, name='')]), a_list(['x']), a_list({}), a_list([], type=None), a_list(twice)):
        with Listed(content) as made:
            state = os.path.join(made.folder, 'state')
            with practice.Server('--state', state, '--datasets', '20') as server:
                token = server.token
            made.refused('--state', state, '--reset')
            with practice.Server('--state', state) as server:
                tap.check(server.token == token, f'{content!r}: the world is lost')


if __name__ == '__main__':
    tap.main(globals())
