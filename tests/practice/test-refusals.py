#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What the server does not take: wrong tokens, paths, methods, parameters and bodies; the documented limits."""

import http.client

import practice_server as practice
import tap

SEARCH = '/api/search/v1/query'
GOOD_SEARCH = {'query': '*', 'entityList': [['dataset']]}


def refused(server, status, method, path, body=None, headers=None, token=None):
    reply = server.call(method, path, body, headers, token)
    if reply.status != status:
        yield f'{method} {path} {body}: {reply.status} instead of {status}: {reply.body[:200]!r}'
    elif reply.json['status'] != status or not reply.json['message']:
        yield f'{method} {path} {body}: {reply.body!r}'
    elif server.record()[-1]['status'] != status or server.record()[-1]['effect']:
        yield f'{method} {path}: recorded as {server.record()[-1]}'


def test_tokens():
    with practice.Server() as server:
        for token in ('', 'x', server.token[:-1], server.token + 'x', server.token.upper()):
            tap.no(refused(server, 401, 'POST', practice.migrate(), token=token, headers=server.headers(None, token)
                           or {'Accept': '*/*'}), 'Taken:')
        tap.check([line['token'] for line in server.record()] == ['missing'] + ['wrong'] * 4, 'recorded')
        reply = server.call('GET', '/api/content/v2/users/me', headers={'Accept': '*/*'})
        error = reply.json
        tap.check(list(error) == ['status', 'statusReason', 'path', 'message', 'toe']
                  and error['statusReason'] == 'Unauthorized' and error['path'] == '/api/content/v2/users/me'
                  and error['message'] == 'Full authentication is required to access this resource', f'{error}')
        tap.check(not server.candidates()[practice.DATASET]['migrated'], 'moved without a token')


def test_documented_errors_are_short():
    with practice.Server('--dialect', 'documented') as server:
        tap.check(set(server.call('GET', '/nix').json) == {'status', 'message'}, 'members of an error')


def test_paths_and_methods():
    with practice.Server() as server:
        problems = []
        for path in ('/', '/nix', '/api', practice.TYPES + '/', '//api/query/migration/integrations/types',
                     '/api/query/migration/integrations/', '/api/content/v2/groups/', '/api/Content/v2/users/me'):
            problems += refused(server, 404, 'GET', path)
        problems += refused(server, 404, 'POST', practice.migrate(''))
        for method, path, allowed in (('POST', practice.TYPES, 'GET'), ('DELETE', practice.CANDIDATES, 'GET'),
                                      ('GET', practice.migrate(), 'POST'), ('PUT', practice.reverse(), 'POST'),
                                      ('GET', '/api/content/v2/groups/access', 'PUT'),
                                      ('PUT', '/api/authorization/v1/roles/1', 'GET, DELETE'),
                                      ('POST', '/api/content/v2/groups/grouplist', 'GET')):
            problems += refused(server, 405, method, path)
            allow = server.call(method, path).headers['Allow']
            if allow != allowed:
                problems.append(f'{method} {path}: Allow {allow}')
        tap.no(problems, 'Taken:')


def test_literal_segments_win():
    with practice.Server() as server:
        for method, path, body, operation in (
                ('GET', practice.TYPES, None, 'amplifier.types'),
                ('GET', '/api/query/migration/integrations/Types', None, 'amplifier.integrations'),
                ('PUT', '/api/content/v2/groups/access', [], 'groups.access'),
                ('GET', '/api/content/v2/groups/grouplist', None, 'groups.list'),
                ('GET', '/api/content/v2/groups/users?group=1324037627', None, 'groups.users'),
                ('GET', '/api/audit/v1/user-audits/objectTypes', None, 'activity.types')):
            server.call(method, path, body)
            tap.check(server.record()[-1]['operation'] == operation,
                      f"{path} was taken for {server.record()[-1]['operation']}")


def test_queries():
    with practice.Server() as server:
        audits = '/api/audit/v1/user-audits'
        problems = []
        for path in (practice.TYPES + '?limit=1', audits, audits + '?start=1', audits + '?start=1&end=x',
                     audits + '?start=1&end=2&limt=3', audits + '?start=1&end=2&start=3', audits + '?start=1&end=2&%ff=1',
                     audits + '?start=1&end=2&limit=-1', audits + '?start=&end=2',
                     f'/api/content/v1/datasources/{practice.DATASET}/cards?drill=yes',
                     f'/api/data/v3/datasources/{practice.DATASET}?parts=core',
                     '/api/identity/v1/users?parts=EVERYTHING', '/api/content/v2/groups/users',
                     '/api/content/v2/groups/grouplist?offset=-1'):
            problems += refused(server, 400, 'GET', path)
        problems += refused(server, 400, 'POST', practice.migrate() + '?force=true')
        tap.no(problems, 'Taken:')


def test_bodies():
    v1 = '/api/query/migration/federated/v1/to/v2/495e28ec-6c07-41fc-99ed-b2dce9a5f569/accounts/1'
    place = {'catalog': 'a', 'schema': 'NULL', 'table': 'c'}
    users = '/api/identity/v1/users'
    with practice.Server() as server:
        problems = []
        for method, path, body in (
                ('POST', practice.migrate(), '[]'), ('POST', practice.migrate(), '{"force":true}'),
                ('POST', practice.migrate(), '{'), ('POST', practice.migrate(), '{} {}'),
                ('POST', practice.reverse(), '{}'), ('GET', practice.TYPES, '{}'),
                ('POST', v1, ''), ('POST', v1, '{}'), ('POST', v1, dict(place, schema=None)),
                ('POST', v1, dict(place, table=7)), ('POST', v1, dict(place, more='x')),
                ('POST', v1, {'catalog': 'a', 'schema': 'b'}), ('POST', v1, [place]),
                ('POST', SEARCH, {'query': '*'}), ('POST', SEARCH, dict(GOOD_SEARCH, entityList=['dataset'])),
                ('POST', SEARCH, dict(GOOD_SEARCH, count='5')), ('POST', SEARCH, dict(GOOD_SEARCH, page=1)),
                ('POST', SEARCH, dict(GOOD_SEARCH, filters=[{'filterType': 'odd', 'field': 'name'}])),
                ('POST', SEARCH, dict(GOOD_SEARCH, filters=[{'filterType': 'term', 'field': 'name'}])),
                ('POST', SEARCH, dict(GOOD_SEARCH, count=10001)),
                ('POST', SEARCH, dict(GOOD_SEARCH, count=100, offset=9901)),
                ('POST', users, {'displayName': 'A', 'emailAddress': 'a@b', 'roleId': '1'}),
                ('POST', users, {'displayName': 'A', 'emailAddress': 'a@b'}),
                ('PATCH', users + '/587894148', {'attributes': [{'key': 'roleId'}]}),
                ('PUT', '/api/content/v2/groups/access', {'groupId': '1'}),
                ('PUT', '/api/content/v2/groups/access', [{'groupId': 'x'}]),
                ('PATCH', '/api/authorization/v1/roles/3/authorities', ['a', 1]),
                ('POST', SEARCH, '[' * 100000), ('POST', SEARCH, b'{"query":"\xff","entityList":[]}')):
            problems += refused(server, 400, method, path, body)
        for kind in (None, 'text/plain', 'application/jsonp', 'application/x-www-form-urlencoded'):
            headers = {'X-DOMO-Developer-Token': server.token}
            if kind:
                headers['Content-Type'] = kind
            problems += refused(server, 415, 'POST', v1, place, headers)
        tap.no(problems, 'Taken:')
        good = {'X-DOMO-Developer-Token': server.token, 'content-type': 'Application/JSON; charset=utf-8'}
        tap.check(server.call('POST', v1, place, good).status == 200, 'a content type with its character set')


def test_sql():
    path = f'/api/query/v1/execute/{practice.DATASET}'
    with practice.Server() as server:
        problems = []
        for sql in ('', 'SELECT', 'SELECT * FROM table', 'SELECT COUNT(*)', 'SELECT COUNT(*) FROM other',
                    'SELECT COUNT(*) FROM table; DROP TABLE dataset', 'SELECT COUNT(*) FROM table WHERE 1 = 1',
                    'SELECT COUNT(*), FROM table', 'SELECT AVG(`Amount`) FROM table', 'SELECT MIN(*) FROM table',
                    'SELECT MIN(Amount) FROM table', 'SELECT MIN(`Amount) FROM table', 'SELECT MIN(`nix`) FROM table',
                    'SELECT SUM(`Region`) FROM table', 'DELETE FROM table', 'SELECTCOUNT(*) FROM table',
                    'SELECT COUNT(*) AS n FROM table', 'SELECT COUNT(*) FROM tables'):
            problems += refused(server, 400, 'POST', path, {'sql': sql})
        problems += refused(server, 400, 'POST', path, {'sql': 7})
        problems += refused(server, 400, 'POST', path, {})
        problems += refused(server, 400, 'POST', path, {'sql': 'SELECT COUNT(*) FROM table', 'limit': 1})
        problems += refused(server, 404, 'POST', '/api/query/v1/execute/nix', {'sql': 'SELECT COUNT(*) FROM table'})
        problems += refused(server, 405, 'GET', path)
        tap.no(problems, 'Taken:')
        reply = server.post(path, {'sql': ' select count ( * ) , max(`Amount`)\tfrom TABLE '})
        tap.check(reply['columns'] == ['count ( * )', 'max(`Amount`)'] and reply['numRows'] == 1, f'{reply}')


def test_search_limits():
    with practice.Server() as server:
        connection = http.client.HTTPConnection('127.0.0.1', server.port)
        for number in range(120):
            reply = server.call('POST', SEARCH, GOOD_SEARCH, connection=connection)
            tap.check(reply.status == 200, f'search {number + 1}: {reply.status}')
        reply = server.call('POST', SEARCH, GOOD_SEARCH, connection=connection)
        tap.check(reply.status == 429, f'the 121st: {reply.status}')
        tap.check(1 <= int(reply.headers['Retry-After']) <= 60, f"Retry-After {reply.headers['Retry-After']}")
        tap.check(server.call('GET', practice.TYPES, connection=connection).status == 200, 'only searches are limited')
        connection.close()


def test_search_pages_and_filters():
    with practice.Server() as server:
        def search(**more):
            return server.post(SEARCH, dict(GOOD_SEARCH, **more))
        total = search()['totalResultCount']
        tap.check(len(search()['searchObjects']) == 10, 'ten by default')
        tap.check(len(search(count=1000)['searchObjects']) == 100, 'as observed 100 at most')
        pages = [search(count=100, offset=offset)['searchObjects'] for offset in range(0, 500, 100)]
        found = [row['databaseId'] for page in pages for row in page]
        tap.check(len(set(found)) == len(found) == total, f'{len(found)} rows of {total}')
        one = {'filterType': 'term', 'field': 'databaseId', 'value': practice.DATASET}
        for more, expected in (({'filters': [one]}, 1), ({'filters': [dict(one, **{'not': True})]}, total - 1),
                               ({'notFilters': [one]}, total - 1), ({'orFilters': [one]}, 1),
                               ({'filters': [{'filterType': 'term', 'field': 'databaseId',
                                              'values': [practice.DATASET, 'x']}]}, 1),
                               ({'query': '*fifty_row*'}, 1), ({'query': "'; DROP TABLE dataset; --"}, 0),
                               ({'filters': [{'filterType': 'wildcard', 'field': "name", 'query': "*' OR 1=1*"}]}, 0),
                               ({'filters': [{'filterType': 'numeric', 'field': 'createDate', 'longNumber': 0,
                                              'operator': 'LT'}]}, 0)):
            reply = search(**more)
            tap.check(reply['totalResultCount'] == expected, f"{more}: {reply['totalResultCount']}")
        tap.check(search()['totalResultCount'] == total, 'the table is gone')
    with practice.Server('--dialect', 'documented', '--datasets', '11000') as server:
        reply = server.post(SEARCH, dict(GOOD_SEARCH, count=10000))
        tap.check(len(reply['searchObjects']) == 10000, 'as documented 10,000 at most')


if __name__ == '__main__':
    tap.main(globals())
