#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The pretend company: what is in it, and what happens when its datasets are moved."""

import re
import unicodedata

import practice_server as practice
import tap

V1 = '/api/query/migration/federated/v1/to/v2'
TOE = re.compile(r'[A-Z0-9]{10}-[A-Z0-9]{5}-[A-Z0-9]{5}')
TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00')


def state(reply, expected, direction='FEDERATED_TO_CLOUD_AMPLIFIER'):
    tap.check(reply['state'] == expected and reply['direction'] == direction, f'{expected} expected: {reply}')
    tap.check(bool(reply.get('errorMessage')) == (expected != 'COMPLETE'), f'message of {reply}')
    tap.check(TOE.fullmatch(reply['toe']), f"toe {reply['toe']}")
    tap.check(TIME.fullmatch(reply['startTime']) and TIME.fullmatch(reply['endTime']), f'times of {reply}')
    return reply


def of_bigquery(server, **wanted):
    return [row for row in server.fates() if row['integration'] == practice.BIGQUERY and row['arch'] == 'v2'
            and all(row[name] == value for name, value in wanted.items())]


def plain(server):
    rows = server.candidates()
    return [row for row in of_bigquery(server, moved=False, failsForward=0, failsBack=0)
            if not rows[row['id']]['collision']]


def test_numbers():
    with practice.Server() as server:
        rows = server.candidates().values()
        back = server.get(practice.REVERSE_CANDIDATES)
        tap.check((len(rows), sum(row['migrated'] for row in rows), sum(row['collision'] for row in rows))
                  == (240, 28, 10), 'not 240 with 28 moved and 10 colliding')
        tap.check(sorted(row['id'] for row in rows if row['migrated']) == sorted(row['id'] for row in back),
                  'the reverse list does not hold what has moved')
        tap.check(all(row['migrated'] and row['migrationDate'] for row in back), 'not moved, but in the reverse list')
        fates = of_bigquery(server)
        tap.check(len([row for row in fates if row['failsForward'] > 0]) == 12, 'incomplete ones')
        tap.check(len([row for row in fates if row['failsForward'] == 2]) >= 2, 'those that need two retries')
        tap.check(len([row for row in fates if row['failsForward'] < 0]) == 7, 'aborting ones')
        tap.check(any(row['failsBack'] > 0 for row in fates) and any(row['failsBack'] < 0 for row in fates),
                  'none is difficult on its way back')
        places = [(row['catalog'], row['schema'], row['table']) for row in fates]
        tap.check(len(places) - len(set(places)) == 5, 'those that name one table')


def test_names_have_every_difficulty():
    with practice.Server() as server:
        names = [row['name'] for row in server.candidates().values()]
    scripts = {unicodedata.name(char).split()[0] for name in names for char in name if char.isalpha()}
    missing = {'LATIN', 'CYRILLIC', 'GREEK', 'ARABIC', 'HEBREW', 'DEVANAGARI', 'THAI', 'HANGUL', 'HIRAGANA',
               'CJK'} - scripts
    tap.no(missing, 'Scripts that are missing:')
    for what, found in {'300 characters': any(len(name) == 300 for name in names),
                        'a formula': any(name.startswith('=') for name in names),
                        'a plus': any(name.startswith('+') for name in names),
                        'markup': any('<b>' in name for name in names),
                        'quotes': any('"' in name for name in names),
                        'emoji': any('\U0001f6d2' in name for name in names),
                        'a leading space': any(name.startswith(' ') for name in names)}.items():
        tap.check(found, f'no name with {what}')
    tap.check(not any('\n' in name for name in names), 'a name with a line end')


def test_a_world_follows_from_its_seed():
    def world(*arguments):
        with practice.Server(*arguments) as server:
            return server.fates(), server.get('/api/identity/v1/users')
    tap.check(world() == world(), 'the same seed gave two worlds')
    tap.check(world()[0] != world('--seed', '2')[0], 'another seed gave the same world')


def test_move_and_back():
    with practice.Server() as server:
        reply = state(server.post(practice.migrate()), 'COMPLETE')
        tap.check(reply['datasourceId'] == practice.DATASET, f'dataset of {reply}')
        row = server.candidates()[practice.DATASET]
        tap.check(row['migrated'] and TIME.fullmatch(row['migrationDate']), f'after the move: {row}')
        tap.check(practice.DATASET in [row['id'] for row in server.get(practice.REVERSE_CANDIDATES)], 'reverse list')
        again = state(server.post(practice.migrate(), {}), 'ABORTED')
        tap.check(again['toe'] != reply['toe'], 'a toe twice')
        state(server.post(practice.reverse()), 'COMPLETE', 'CLOUD_AMPLIFIER_TO_FEDERATED')
        row = server.candidates()[practice.DATASET]
        tap.check(not row['migrated'] and row['migrationDate'] is None, f'after the way back: {row}')
        state(server.post(practice.reverse()), 'ABORTED', 'CLOUD_AMPLIFIER_TO_FEDERATED')
        effects = [line['effect'] for line in server.record() if line['method'] == 'POST']
        tap.check(effects == ['moved', None, 'moved back', None], f'effects {effects}')
        told = server.get('/api/audit/v1/user-audits?start=0&end=9000000000000&limit=2&objectType=DATA_SOURCE')
        tap.check([row['objectId'] for row in told] == [practice.DATASET] * 2, f'activity: {told}')


QUERY = ('SELECT COUNT(*) AS `n`, COUNT(`order id`) AS `c`, MIN(`order id`) AS `lo`, MAX(`order id`) AS `hi`, '
         'SUM(`order id`) AS `s` FROM table')


def seen(server, dataset):
    """Columns, row count and what a query finds, as both dialects tell them."""
    schema = server.get(f'/api/data/v2/datasources/{dataset}/schemas/latest')['schema']['columns']
    reply = server.post(f'/api/query/v1/execute/{dataset}', {'sql': QUERY.replace(', SUM(`order id`) AS `s`', '')
                                                             if schema[0]['type'] == 'STRING' else QUERY})
    found = reply[0] if isinstance(reply, list) else dict(zip(reply['columns'], reply['rows'][0]))
    rows = server.get(f'/api/data/v3/datasources/{dataset}?part=core')['rowCount']
    tap.check(found.pop('n') == rows, f'a count that is not the row count of {dataset}')
    return [(column['name'], column['type']) for column in schema], rows, found


def copies(server, kind):
    return [row for row in plain(server) if row['copy'] == kind]


def moved_and_back(server, row):
    before = seen(server, row['id'])
    tap.check(seen(server, row['id']) == before, 'two looks at one dataset')
    state(server.post(practice.migrate(row['id'])), 'COMPLETE')
    after = seen(server, row['id'])
    state(server.post(practice.reverse(row['id'])), 'COMPLETE', 'CLOUD_AMPLIFIER_TO_FEDERATED')
    tap.check(seen(server, row['id']) == before, 'not the same after the way back')
    return before, after


def test_data_is_the_same_after_a_move():
    for dialect in ('observed', 'documented'):
        with practice.Server('--dialect', dialect) as server:
            before, after = moved_and_back(server, copies(server, 'true')[0])
            tap.check(before == after, f'{before} became {after}')


def test_staging_copies():
    for dialect in ('observed', 'documented'):
        with practice.Server('--dialect', dialect) as server:
            before, after = moved_and_back(server, copies(server, 'fewer rows')[0])
            tap.check(before[0] == after[0] and before[1] > after[1] and before[2] != after[2], f'{before} {after}')
            before, after = moved_and_back(server, copies(server, 'other values')[0])
            tap.check(before[:2] == after[:2] and before[2] != after[2], f'{before} {after}')
            before, after = moved_and_back(server, copies(server, 'other type')[0])
            tap.check(before[0][1:] == after[0][1:] and before[0][0] != after[0][0], f'{before} {after}')


def test_collision_aborts():
    with practice.Server() as server:
        row = next(row for row in server.candidates().values() if row['collision'])
        tap.check(row['collidingDatasourceId'] and row['collidingDatasourceName'], f'row {row}')
        reply = state(server.post(practice.migrate(row['id'])), 'ABORTED')
        tap.check(row['collidingDatasourceId'] in reply['errorMessage'], f'message {reply}')
        tap.check(not server.candidates()[row['id']]['migrated'], 'it moved')
        found = server.get(f"/api/data/v3/datasources/{row['collidingDatasourceId']}")
        tap.check(found['name'] == row['collidingDatasourceName'], f'the other: {found}')


def test_incomplete_needs_the_same_direction_again():
    with practice.Server() as server:
        looks_moved = set()
        for row in of_bigquery(server, moved=False):
            if row['failsForward'] <= 0:
                continue
            for _ in range(row['failsForward']):
                state(server.post(practice.migrate(row['id'])), 'INCOMPLETE')
                looks_moved.add(server.candidates()[row['id']]['migrated'])
                state(server.post(practice.reverse(row['id'])), 'ABORTED', 'CLOUD_AMPLIFIER_TO_FEDERATED')
            state(server.post(practice.migrate(row['id'])), 'COMPLETE')
            tap.check(server.candidates()[row['id']]['migrated'], 'complete, but not moved')
            state(server.post(practice.reverse(row['id'])), 'COMPLETE', 'CLOUD_AMPLIFIER_TO_FEDERATED')
            state(server.post(practice.migrate(row['id'])), 'COMPLETE')
        tap.check(looks_moved == {True, False}, f'incomplete ones look moved: {looks_moved}')


def test_incomplete_on_the_way_back():
    with practice.Server() as server:
        row = next(row for row in of_bigquery(server, moved=True) if row['failsBack'] > 0)
        state(server.post(practice.reverse(row['id'])), 'INCOMPLETE', 'CLOUD_AMPLIFIER_TO_FEDERATED')
        state(server.post(practice.migrate(row['id'])), 'ABORTED')
        state(server.post(practice.reverse(row['id'])), 'COMPLETE', 'CLOUD_AMPLIFIER_TO_FEDERATED')
        tap.check(not server.candidates()[row['id']]['migrated'], 'still moved')


def test_aborting_ones_always_abort():
    with practice.Server() as server:
        for row in of_bigquery(server, failsForward=-1):
            for _ in range(2):
                state(server.post(practice.migrate(row['id'])), 'ABORTED')
            tap.check(not server.candidates()[row['id']]['migrated'], 'aborted, but moved')


def test_one_of_two_for_a_table():
    with practice.Server() as server:
        seen = {}
        rows = {row['id']: row for row in plain(server)}
        for row in rows.values():
            seen.setdefault((row['catalog'], row['schema'], row['table']), []).append(row['id'])
        first, second = next(ids for ids in seen.values() if len(ids) > 1)[:2]
        state(server.post(practice.migrate(first)), 'COMPLETE')
        row = server.candidates()[second]
        tap.check(row['collision'] and row['collidingDatasourceId'] == first, f'no collision: {row}')
        state(server.post(practice.migrate(second)), 'ABORTED')
        state(server.post(practice.reverse(first)), 'COMPLETE', 'CLOUD_AMPLIFIER_TO_FEDERATED')
        tap.check(not server.candidates()[second]['collision'], 'still collides')
        state(server.post(practice.migrate(second)), 'COMPLETE')


def test_wrong_places():
    with practice.Server() as server:
        other = next(row['id'] for row in server.fates() if row['arch'] == 'v1')
        snowflake = server.get('/api/query/migration/integrations/SnowFlake')
        state(server.post(practice.migrate(other)), 'ABORTED')
        state(server.post(practice.migrate(practice.DATASET, snowflake[0]['id'])), 'ABORTED')
        for path in (practice.migrate('nix'), practice.migrate(practice.DATASET, 'nix'), practice.reverse('nix'),
                     f'{V1}/nix/accounts/1', f'{V1}/{other}/accounts/nix', f'{V1}/nix/reverse'):
            body = {'catalog': 'a', 'schema': 'b', 'table': 'c'} if 'accounts' in path else None
            reply = server.call('POST', path, body)
            tap.check(reply.status == 404 and TOE.fullmatch(reply.json['toe']), f'{path}: {reply.status}')
        for path in ('/api/query/migration/candidates/federated/to/amplifier/integrations/nix',
                     f'{V1}/candidates/nix', '/api/data/v3/datasources/nix'):
            tap.check(server.call('GET', path).status == 404, path)
        tap.check(server.get(practice.CANDIDATES.replace(practice.BIGQUERY, snowflake[2]['id'])) == [],
                  'the integration that is not shared lists something')
        bricks = server.get('/api/query/migration/integrations/databricks')[0]['id']
        reply = server.call('GET', practice.CANDIDATES.replace(practice.BIGQUERY, bricks))
        tap.check(reply.status == 400 and 'not supported for that migration path' in reply.json['message'],
                  f'no migration path: {reply.status} {reply.body}')


def federated_v1_to_v2(dialect):
    with practice.Server('--dialect', dialect) as server:
        types = server.get(V1 + '/types')
        tap.check({'mysql-federated', 'snowflake-federated', 'postgres-federated'} == set(types), f'types {types}')
        tap.check(server.get(V1 + '/accounts/postgres-federated') == [], 'postgres has accounts')
        tap.check([row['id'] for row in server.get(V1 + '/accounts/mysql-federated')] == ['2', '1'], 'accounts')
        rows = {row['id']: row for row in server.get(V1 + '/candidates/1')}
        tap.check('F495e28ec-6c07-41fc-99ed-b2dce9a5f569' in rows, 'the id that is no UUID')
        tap.check(any(row['migrated'] for row in rows.values()), 'none has moved')
        fates = {row['id']: row for row in server.fates()}
        tap.check(all(fates[dataset]['schema'] == 'NULL' for dataset in rows), 'a schema in MySQL')
        for dataset in ('495e28ec-6c07-41fc-99ed-b2dce9a5f569', 'F495e28ec-6c07-41fc-99ed-b2dce9a5f569'):
            place = {name: fates[dataset][name] for name in ('catalog', 'schema', 'table')}
            path = f'{V1}/{dataset}/accounts/1'
            for wrong in (dict(place, table=place['table'].lower()), dict(place, catalog=place['catalog'].upper()),
                          dict(place, schema='null'), dict(place, schema=''), dict(place, table=place['table'] + ' ')):
                reply = state(server.post(path, wrong), 'ABORTED', 'V1_TO_V2')
                tap.check('.'.join(wrong.values()) in reply['errorMessage'], f'the table is not named: {reply}')
            state(server.post(path.replace('accounts/1', 'accounts/17'), place), 'ABORTED', 'V1_TO_V2')
            state(server.post(f'{V1}/{dataset}/reverse'), 'ABORTED', 'V2_TO_V1')
            told = state(server.post(path, place), 'COMPLETE', 'V1_TO_V2')
            tap.check(('errorMessage' in told) == (dialect == 'documented'), f'errorMessage in {told}')
            state(server.post(path, place), 'ABORTED', 'V1_TO_V2')
            moved = {row['id']: row for row in server.get(V1 + '/candidates/1')}[dataset]
            tap.check(moved['migrated'] and TIME.fullmatch(moved['migrationDate']), f'after the move: {moved}')
            state(server.post(f'{V1}/{dataset}/reverse'), 'COMPLETE', 'V2_TO_V1')


def test_federated_v1_to_v2_as_documented():
    federated_v1_to_v2('documented')


def test_federated_v1_to_v2_as_observed():
    federated_v1_to_v2('observed')


def test_schemas_are_compared_by_case():
    with practice.Server() as server:
        row = next(row for row in server.fates() if row['arch'] == 'v1' and row['failsForward'] == 0
                   and row['v1Type'] == 'snowflake-federated')
        place = {name: row[name] for name in ('catalog', 'schema', 'table')}
        path = f"{V1}/{row['id']}/accounts/17"
        state(server.post(path, dict(place, schema=place['schema'].upper())), 'ABORTED', 'V1_TO_V2')
        state(server.post(path, dict(place, schema='NULL')), 'ABORTED', 'V1_TO_V2')
        state(server.post(path, place), 'COMPLETE', 'V1_TO_V2')


def test_as_many_v1_as_wanted():
    with practice.Server('--v1', '90', '--datasets', '10') as server:
        tap.check(len(server.get(V1 + '/candidates/2')) == 90, 'not 90 in MySQL')
        tap.check(len(server.get(V1 + '/candidates/17')) == 60, 'not 60 in Snowflake')


def test_incomplete_between_v1_and_v2():
    with practice.Server() as server:
        rows = [row for row in server.fates() if row['arch'] == 'v1' and row['failsForward'] > 0
                and row['v1Type'] == 'snowflake-federated']
        tap.check(rows, 'none comes out incomplete')
        for row in rows:
            path = f"{V1}/{row['id']}/accounts/17"
            place = {name: row[name] for name in ('catalog', 'schema', 'table')}
            for _ in range(row['failsForward']):
                state(server.post(path, place), 'INCOMPLETE', 'V1_TO_V2')
                state(server.post(f"{V1}/{row['id']}/reverse"), 'ABORTED', 'V2_TO_V1')
                state(server.post(practice.migrate(row['id'], row['integration'])), 'ABORTED')
            state(server.post(path, place), 'COMPLETE', 'V1_TO_V2')
            state(server.post(practice.migrate(row['id'], row['integration'])), 'COMPLETE')


def test_v1_becomes_a_candidate():
    with practice.Server() as server:
        integration = server.get('/api/query/migration/integrations/snowflake')[0]['id']
        path = practice.CANDIDATES.replace(practice.BIGQUERY, integration)
        row = next(row for row in server.fates() if row['arch'] == 'v1' and row['integration'] == integration
                   and row['failsForward'] == 0)
        tap.check(row['id'] not in [row['id'] for row in server.get(path)], 'V1, but a candidate')
        server.post(f"{V1}/{row['id']}/accounts/17", {name: row[name] for name in ('catalog', 'schema', 'table')})
        tap.check(row['id'] in [row['id'] for row in server.get(path)], 'V2, but no candidate')
        state(server.post(practice.migrate(row['id'], integration)), 'COMPLETE')
        state(server.post(f"{V1}/{row['id']}/reverse"), 'ABORTED', 'V2_TO_V1')


def test_source_tables():
    with practice.Server() as server:
        known = 0
        rows = [row for row in server.fates() if row['arch'] == 'v1']
        for row in rows:
            reply = server.call('GET', f"/api/federated/v1/config/datasources/{row['id']}")
            tap.check(reply.status in (200, 404), f'{reply.status}')
            if reply.status == 200:
                known += 1
                tap.check(all(reply.json[name] == row[name] for name in ('catalog', 'schema', 'table')), reply.json)
        tap.check(0 < known < len(rows), f'{known} of {len(rows)} are known')


def test_cards():
    with practice.Server() as server:
        counts, owners, shared = {}, set(), {}
        for row in of_bigquery(server):
            cards = server.get(f"/api/content/v1/datasources/{row['id']}/cards?drill=false")
            counts[row['id']] = len(cards)
            tap.check(len(cards) == row['cards'], f"{len(cards)} cards instead of {row['cards']}")
            for card in cards:
                shared.setdefault(card['id'], set()).add(row['id'])
                owners |= {owner['type'] for owner in card['owners']}
                tap.check(card['ownerId'] == int(card['owners'][0]['id']), f'owner of {card}')
        tap.check(0 in counts.values() and max(counts.values()) > 50, f'cards: {sorted(counts.values())}')
        tap.check(owners == {'USER', 'GROUP'}, f'owners: {owners}')
        tap.check(any(len(datasets) > 1 for datasets in shared.values()), 'no card on two datasets')
        most = max(counts, key=counts.get)
        data = server.get(f'/api/data/v3/datasources/{most}?part=core,permission')
        tap.check(data['cardInfo']['cardCount'] == counts[most], f'metadata: {data["cardInfo"]}')
        with_drill = server.get(f'/api/content/v1/datasources/{most}/cards')
        tap.check(len(with_drill) > counts[most] and any(card['urn'].startswith('dr:') for card in with_drill),
                  'no drill paths')


def test_access_lists():
    with practice.Server() as server:
        groups = 0
        for row in of_bigquery(server)[:40]:
            access = server.get(f"/api/data/v3/datasources/{row['id']}/permissions")
            kinds = [entry['type'] for entry in access['list']]
            tap.check((kinds.count('USER'), kinds.count('GROUP'))
                      == (access['totalUserCount'], access['totalGroupCount']), f'totals of {access}')
            tap.check([entry['accessLevel'] for entry in access['list']].count('OWNER') == 1, f'owner of {access}')
            groups += access['totalGroupCount']
        tap.check(groups > 0, 'no group has access to anything')


def test_groups_and_roles_change():
    with practice.Server() as server:
        group = server.post('/api/content/v2/groups', {'name': 'Team', 'type': 'closed'})['id']
        one, two = 1893952720, 587894148
        path = f'/api/content/v2/groups/{group}'
        server.call('PUT', f'{path}/user/{one}')
        server.call('PUT', '/api/content/v2/groups/access', [
            {'groupId': str(group), 'addMembers': [{'type': 'USER', 'id': str(two)}],
             'addOwners': [{'type': 'USER', 'id': str(two)}]}])
        tap.check(sorted(server.get(path)['userIds']) == [two, one], 'members')
        server.call('DELETE', f'{path}/removeuser/{two}')
        tap.check(server.get(path)['userIds'] == [one] and server.get(path)['memberCount'] == 1, 'one left')
        dynamic = next(row['groupId'] for row in server.get('/api/content/v2/groups/grouplist')
                       if row['groupType'] == 'dynamic')
        for method, path, body in (
                ('PUT', f'/api/content/v2/groups/{dynamic}/user/{one}', None),
                ('POST', '/api/content/v2/groups', {'name': 'Team', 'type': 'open'}),
                ('POST', '/api/content/v2/groups', {'name': 'Other', 'type': 'secret'}),
                ('POST', '/api/identity/v1/users',
                 {'displayName': 'X', 'emailAddress': 'Jane.Doe@acme.example', 'roleId': 1}),
                ('PATCH', '/api/identity/v1/users/587894148', {'roleId': 987}),
                ('PATCH', '/api/identity/v1/users/587894148', {}),
                ('PATCH', '/api/authorization/v1/roles/3/authorities', ['no.such.right'])):
            tap.check(server.call(method, path, body).status == 400, f'{method} {path} {body} was taken')
        role = server.post('/api/authorization/v1/roles', {'name': 'R', 'description': 'd', 'fromRoleId': 3})['id']
        path = f'/api/authorization/v1/roles/{role}'
        before = server.get(path + '/authorities')
        tap.check(before and server.get(path)['authorityCount'] == len(before), 'authorities of a new role')
        tap.check(server.call('PATCH', path + '/authorities', ['card.create']).status == 200, 'set')
        tap.check(server.get(path + '/authorities') == ['card.create'], 'authorities are not replaced')
        tap.check(server.call('DELETE', path).status == 204 and server.call('GET', path).status == 404, 'delete')


if __name__ == '__main__':
    tap.main(globals())
