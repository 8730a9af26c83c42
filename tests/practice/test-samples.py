#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Each example request of the documents is accepted and answered in the shape of its sample."""

import json
import re

import practice_server as practice
import tap

# Replies that real instances were seen to give in another shape: see test_observed_differs.
OTHER_SHAPE = {'activity.types', 'search.query', 'groups.create', 'users.get'}
# Members of a sample that real instances leave out when they are null.
ABSENT_WHEN_NULL = {'errorMessage'}


def table_of(server, dataset):
    """The true source table of a dataset."""
    return next(row for row in server.fates() if row['id'] == dataset)


def prepare(server, fixture):
    """What the placeholders of an example stand for in this world."""
    values = dict(fixture['with'])
    for name, value in values.items():
        if value == 'GROUP':
            groups = server.get('/api/content/v2/groups/grouplist?limit=100')
            values[name] = str(next(group['groupId'] for group in groups if group['groupType'] == 'closed'))
        elif value == 'CARDS':
            values[name] = next(row['id'] for row in server.fates() if row['cards'] > 3)
        elif value == 'TABLE':
            values[name] = table_of(server, values['datasource-id'])['table']
        elif value == 'NEW_USER':
            values[name] = str(server.post('/api/identity/v1/users', {
                'displayName': 'Soon Gone', 'emailAddress': 'soon.gone@acme.example', 'roleId': 4})['id'])
        elif value == 'NEW_ROLE':
            values[name] = str(server.post('/api/authorization/v1/roles', {
                'name': 'Soon Gone', 'description': '', 'fromRoleId': 4})['id'])
    return values


def fill(text, values):
    if text is None:
        return None
    for name, value in values.items():
        for form in ('{' + name + '}', '<' + name + '>', name if name.isdigit() else None):
            if form:
                text = text.replace(form, value)
    return text


def body_of(fixture, values):
    body = fill(fixture['request']['body'], values)
    if body and fixture['operation'] in ('users.create', 'roles.create'):
        # The documents give kinds instead of values here.
        given = json.loads(body)
        for name in given:
            if given[name] == 'string':
                given[name] = 'new.person@acme.example' if name == 'emailAddress' else 'New One'
        body = json.dumps(given)
    return body


def send(server, fixture):
    request = fixture['request']
    values = prepare(server, fixture)
    headers = {name: server.token if name == 'X-DOMO-Developer-Token' else value
               for name, value in request['headers'].items()}
    headers.setdefault('X-DOMO-Developer-Token', server.token)
    path = fill(request['path'], values)
    if re.search('[{}<>]', path):
        raise AssertionError(f'a part of {path} is not filled in')
    if fixture['operation'] in ('federated.reverse', 'amplifier.reverse'):
        move_first(server, fixture, values)
    query = '?' + request['query'] if request['query'] else ''
    return server.call(request['method'], path + query, body_of(fixture, values), headers)


def move_first(server, fixture, values):
    dataset = values['datasource-id']
    if fixture['operation'] == 'amplifier.reverse':
        server.post(practice.migrate(dataset))
        return
    place = table_of(server, dataset)
    server.post(f'/api/query/migration/federated/v1/to/v2/{dataset}/accounts/1',
                {name: place[name] for name in ('catalog', 'schema', 'table')})


def compare(fixture, reply, exact):
    if reply.status != fixture['status']:
        yield f"{reply.status} instead of {fixture['status']}: {reply.body!r}"
        return
    if 'sample' not in fixture:
        if reply.body:
            yield f'a body: {reply.body!r}'
        return
    sample = fixture['sample']
    if isinstance(sample, dict) and not exact:
        sample = {name: value for name, value in sample.items()
                  if value is not None or name not in ABSENT_WHEN_NULL}
    if not re.match('application/json', reply.headers['Content-Type'] or ''):
        yield f"content type {reply.headers['Content-Type']}"
    yield from practice.differences(sample, reply.json, exact)
    if exact and isinstance(sample, dict) and 'errorMessage' in sample:
        if 'errorMessage' not in reply.json:
            yield 'errorMessage: missing'


def all_problems(dialect, exact, skip=()):
    count = 0
    for name, fixture in practice.fixtures():
        if fixture['operation'] in skip:
            continue
        with practice.Server('--dialect', dialect) as server:
            for problem in compare(fixture, send(server, fixture), exact):
                yield f'{name}: {problem}'
            line = server.record()[-1]
            if line['operation'] != fixture['operation']:
                yield f"{name}: taken for {line['operation']}"
        count += 1
    if count < 25:
        yield f'only {count} examples were found'


def test_documented_answers_are_the_samples():
    tap.no(all_problems('documented', True), 'Not as documented:')


def test_observed_answers_hold_the_samples():
    tap.no(all_problems('observed', False, OTHER_SHAPE), 'As observed, but without what is documented:')


def test_a_difference_would_be_found():
    sample = {'id': 'a', 'list': [{'n': 1}], 'flag': True}
    for wrong in ({'id': 1, 'list': [], 'flag': True}, {'id': 'a', 'list': [{'n': '1'}], 'flag': True},
                  {'id': 'a', 'list': [{}], 'flag': True}, {'id': 'a', 'list': [], 'flag': 1},
                  {'id': 'a', 'list': [], 'flag': True, 'more': 1}, []):
        tap.check(list(practice.differences(sample, wrong, True)), f'{wrong} passed')


def test_observed_differs():
    with practice.Server() as server:
        types = server.get('/api/audit/v1/user-audits/objectTypes')
        tap.check(all(set(row) == {'type', 'translation'} for row in types), f'object types: {types}')
        rows = server.get('/api/audit/v1/user-audits?start=0&end=1900000000000&limit=5')
        tap.check(len(rows) == 5 and all({'actorId', 'actorName', 'objectId', 'objectName'} <= set(row)
                                         for row in rows), f'activity: {rows}')
        tap.check(len(server.get('/api/audit/v1/user-audits?start=0&end=1900000000000&limit=5000')) == 1000,
                  'more than 1,000 rows of activity at once')
        group = server.post('/api/content/v2/groups', {'name': 'N', 'type': 'open'})
        tap.check(isinstance(group['id'], int), f'a group has the id {group}')
        user = server.get('/api/identity/v1/users/1893952720?parts=detailed')
        tap.check(user['users'][0]['displayName'] == 'Jae Wilson', f'user: {user}')
        found = server.post('/api/search/v1/query', {'query': '*', 'entityList': [['account']], 'count': 50})
        tap.check(len(found['searchObjects']) == 4 and len(found['searchResultsMap']['account']) == 4,
                  f'accounts: {found}')
        row = found['searchObjects'][0]
        tap.check({'entityType', 'databaseId', 'searchId', 'createDate', 'lastModified', 'owners'} <= set(row),
                  f'a row: {row}')
        moved = server.post(practice.migrate())
        tap.check('errorMessage' not in moved, f'errorMessage: {moved}')
        changed = server.call('PATCH', '/api/identity/v1/users/587894148',
                              {'attributes': [{'key': 'roleId', 'values': [5]}]}).json
        tap.check(changed['roleId'] == 5, f'role: {changed}')
        auth = [row['authMethod'] for row in server.get('/api/query/migration/integrations/snowflake')]
        tap.check('PERSONAL_ACCESS_TOKEN' in auth, f'methods: {auth}')
        data = server.get(f'/api/data/v3/datasources/{practice.DATASET}?part=core')
        tap.check(isinstance(json.loads(data['tags']), list), f'tags: {data["tags"]}')


def test_observed_lists():
    with practice.Server() as server:
        me = server.get('/api/content/v2/users/me')
        tap.check(me['displayName'] == 'Jane Doe' and isinstance(me['id'], int) and 'roleId' not in me
                  and me['active'] is True and me['created'] < 10 ** 10, f'me: {me}')
        user = server.get(f"/api/identity/v1/users/{me['id']}?parts=DETAILED")['users'][0]
        rights = server.get(f"/api/authorization/v1/roles/{user['roleId']}/authorities")
        tap.check(rights and all(isinstance(right, str) for right in rights), f'rights: {rights}')
        page = server.get('/api/data/v3/datasources?limit=7&offset=5&nameLike=orders')
        tap.check(len(page['dataSources']) == 7 and page['_metadata']['totalCount'] > 7, f'list: {page}')
        search = {'entities': ['DATASET'], 'combineResults': True, 'query': '*', 'count': 5, 'offset': 0,
                  'filters': [{'field': 'name_sort', 'filterType': 'wildcard', 'query': '*ÜRÜN*'}],
                  'sort': {'isRelevance': False, 'fieldSorts': [{'field': 'create_date', 'sortOrder': 'DESC'}]}}
        found = server.post('/api/data/ui/v3/datasources/search', search)
        tap.check(found['_metaData']['totalCount'] == len(found['dataSources']), f'search: {found}')
        search['filters'][0]['query'] = '*größe*'
        found = server.post('/api/data/ui/v3/datasources/search', search)
        tap.check(found['dataSources'] and all('Größe' in row['name'] for row in found['dataSources']),
                  f'search: {found}')
        groups = server.get('/api/content/v2/groups/grouplist?limit=100&offset=0&ascending=true&search=')
        big = next(group for group in groups if group['name'] == 'Everyone in Operations')
        tap.check(big['memberCount'] == 130 and len(big['groupMembers']) == 50
                  and re.fullmatch(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.0', big['created']), f'group: {big}')
        members = server.get(f"/api/content/v2/groups/users?group={big['groupId']}")['groupUserList']
        tap.check(len(members) == 130 and {'userId', 'role', 'roleId', 'lastSignIn'} <= set(members[0]),
                  f'{len(members)} members')
        people = server.post('/api/identity/v1/users/search', {
            'showCount': True, 'includeDeleted': False, 'includeSupport': False, 'limit': 3, 'offset': 0,
            'sort': {'field': 'displayName', 'order': 'ASC'}, 'filters': [{'filterType': 'text', 'text': 'jae'}],
            'attributes': ['title', 'department'], 'parts': ['MINIMAL']})
        tap.check(people['count'] >= 1 and people['users'][0]['displayName'] == 'Jae Wilson', f'people: {people}')


if __name__ == '__main__':
    tap.main(globals())
