#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Each kind of fault does on the wire what it says, to the call and to the record."""

import http.client
import json
import os
import re
import time

import practice_server as practice
import tap

MIGRATE = ('POST', practice.migrate())


def moved(server):
    return server.candidates()[practice.DATASET]['migrated']


def with_fault(server, request=MIGRATE, timeout=10, **rule):
    """Sends REQUEST under RULE alone. Returns what came, how it ended, the line of the record."""
    server.faults(rule)
    before = len(server.record())
    got, end = server.wire(*request, timeout=timeout)
    line = practice.until(lambda: server.record()[before:], 'the line of the record')[0]
    server.faults()
    return got, end, line


def check(outcome, end, fault, status, effect, start=None):
    got, how, line = outcome
    tap.check(how == end, f'{fault}: {how} instead of {end}')
    tap.check((line['fault'], line['status'], line['effect']) == (fault, status, effect), f'recorded as {line}')
    if start is not None:
        tap.check(got.startswith(start) if start else got == b'', f'{fault}: came {got[:200]!r}')
    return practice.split(got)


def test_nothing_is_sent():
    with practice.Server() as server:
        check(with_fault(server, fault='reset-before'), 'reset', 'reset-before', None, None, b'')
        tap.check(not moved(server), 'moved')
        check(with_fault(server, fault='close'), 'closed', 'close', None, None, b'')
        tap.check(not moved(server), 'moved')
        check(with_fault(server, fault='hang', timeout=0.3), 'silent', 'hang', None, None, b'')
        tap.check(not moved(server), 'moved')
        check(with_fault(server, fault='reset-after'), 'reset', 'reset-after', None, 'moved', b'')
        tap.check(moved(server), 'not moved')


def test_reset_before_the_body_is_read():
    with practice.Server() as server:
        server.faults({'fault': 'reset-before'})
        with server.connect() as sock:
            head = server.text(*MIGRATE, body=b'{}')[:-2]
            tap.check(practice.listen(sock, head) == (b'', 'reset'), 'the server waited for the body')


def test_effect_can_be_turned_round():
    with practice.Server() as server:
        check(with_fault(server, fault='reset-after', effect=False), 'reset', 'reset-after', None, None, b'')
        tap.check(not moved(server), 'moved')
        check(with_fault(server, fault='status', status=502, effect=True), 'closed', 'status', 502, 'moved')
        tap.check(moved(server), 'not moved')


def test_effect_comes_later():
    for fault, timeout in (('reset-after', 10), ('hang', 0.05), ('status', 10), ('close', 10)):
        with practice.Server() as server:
            outcome = with_fault(server, fault=fault, effect_after_ms=1500, timeout=timeout)
            tap.check(outcome[2]['effect'] is None, f'{fault}: already carried out')
            tap.check(not moved(server), f'{fault}: already moved')
            second = server.post(practice.migrate())
            tap.check(second['state'] == 'ABORTED' and 'in progress' in second['errorMessage'], f'{second}')
            practice.until(lambda: moved(server), f'{fault}: the effect')
            late = server.record('effect')
            tap.check([(line['seq'], line['effect'], line['state']) for line in late]
                      == [(outcome[2]['seq'], 'moved', 'COMPLETE')], f'{fault}: recorded as {late}')


def test_truncated():
    with practice.Server() as server:
        head, body = check(with_fault(server, fault='truncate'), 'closed', 'truncate', 200, 'moved')
        length = int(re.search(r'Content-Length: (\d+)', head)[1])
        tap.check(0 < len(body) == length // 2, f'{len(body)} of {length} bytes')
        outcome = with_fault(server, ('GET', practice.CANDIDATES), fault='truncate', at=5000)
        head, body = check(outcome, 'closed', 'truncate', 200, None)
        tap.check(len(body) == 5000 and body.startswith(b'[{"id":'), f'{len(body)} bytes')


def test_truncated_chunks():
    with practice.Server() as server:
        outcome = with_fault(server, ('GET', practice.CANDIDATES), fault='truncate', chunked=True, at=9000)
        head, body = check(outcome, 'closed', 'truncate', 200, None)
        tap.check('Transfer-Encoding: chunked' in head and 'Content-Length' not in head, head)
        size, _, chunk = body.partition(b'\r\n')
        tap.check(int(size, 16) > len(chunk) == 9000 - len(size) - 2, f'{len(chunk)} of {size} bytes')


def test_drip():
    with practice.Server() as server:
        begun = time.monotonic()
        head, body = check(with_fault(server, ('GET', practice.TYPES), fault='drip', rate=300), 'closed', 'drip',
                           200, None)
        took = time.monotonic() - begun
        json.loads(body)
        tap.check(took > 0.8 * (len(head) + len(body)) / 300 - 0.2, f'{len(head) + len(body)} bytes in {took:.2f} s')


def test_bodies_that_are_not_what_was_asked():
    with practice.Server() as server:
        candidates = ('GET', practice.CANDIDATES)
        head, body = check(with_fault(server, candidates, fault='broken-json'), 'closed', 'broken-json', 200, None)
        tap.check(int(re.search(r'Content-Length: (\d+)', head)[1]) == len(body) and b'json' in head.encode(), head)
        try:
            json.loads(body)
            raise AssertionError('the JSON is whole')
        except json.JSONDecodeError:
            pass
        head, body = check(with_fault(server, candidates, fault='empty'), 'closed', 'empty', 200, None)
        tap.check(body == b'' and 'application/json' in head, head)
        head, body = check(with_fault(server, candidates, fault='wrong-shape'), 'closed', 'wrong-shape', 200, None)
        tap.check(isinstance(json.loads(body), dict), 'still an array')
        head, body = check(with_fault(server, fault='wrong-shape'), 'closed', 'wrong-shape', 200, 'moved')
        tap.check(isinstance(json.loads(body), list), 'still an object')
        head, body = check(with_fault(server, candidates, fault='nested', depth=100000), 'closed', 'nested', 200, None)
        tap.check(body == b'[' * 100000 + b']' * 100000, 'the nesting')
        head, body = check(with_fault(server, candidates, fault='html'), 'closed', 'html', 200, None)
        tap.check('text/html' in head and b'<html>' in body, head)
        server.faults({'fault': 'big', 'mb': 12})
        big = server.get(practice.CANDIDATES)
        size = len(json.dumps(big))
        tap.check(11 << 20 < size < 13 << 20, f'{size} bytes')


def test_blocked():
    with practice.Server() as server:
        head, body = check(with_fault(server, fault='blocked', ip='198.51.100.9'), 'closed', 'blocked', 200, None)
        tap.check('text/html' in head and b'<title>Domo - Blocked</title>' in body and b'198.51.100.9' in body, body)
        head, body = check(with_fault(server, fault='blocked', status=303), 'closed', 'blocked', 303, None)
        tap.check(b'whitelist/blocked' in body and 'Location: /auth/whitelist/blocked' in head, head)


def test_status_and_redirect():
    with practice.Server() as server:
        head, body = check(with_fault(server, fault='status', status=429, body='{"status":429}',
                                      headers={'Retry-After': '7', 'X-Odd': 'yes'}), 'closed', 'status', 429, None)
        tap.check(head.startswith('HTTP/1.1 429 ') and 'Retry-After: 7\r\n' in head and 'X-Odd: yes' in head, head)
        tap.check('Content-Type: application/json' in head and body == b'{"status":429}', head)
        head, body = check(with_fault(server, fault='status'), 'closed', 'status', 503, None)
        tap.check(head.startswith('HTTP/1.1 503 ') and body == b'', head)
        for status in (301, 302, 303, 307, 308):
            head, body = check(with_fault(server, fault='redirect', status=status,
                                          location='https://other.example:8443/x'),
                               'closed', 'redirect', status, None)
            tap.check(f'HTTP/1.1 {status} ' in head and 'Location: https://other.example:8443/x' in head, head)
        tap.check(not moved(server), 'moved')


def test_replies_are_patched():
    with practice.Server() as server:
        head, body = check(with_fault(server, fault='reply', remove=['toe', 'endTime'],
                                      set={'state': 'HALFWAY', 'datasourceId': 7, 'direction': None, 'more': {}}),
                           'closed', 'reply', 200, 'moved')
        reply = json.loads(body)
        tap.check((reply['state'], reply['datasourceId'], reply['direction'], reply['more']) == ('HALFWAY', 7, None, {})
                  and 'toe' not in reply and 'startTime' in reply, f'{reply}')
        head, body = with_fault(server, ('GET', practice.REVERSE_CANDIDATES), fault='reply', set={'name': 5})[:2]
        server.faults({'fault': 'reply', 'path': '*/candidates/*', 'set': {'id': 5}, 'remove': ['name']})
        rows = server.get(practice.CANDIDATES)
        tap.check(len(rows) == 240 and all(row['id'] == 5 and 'name' not in row for row in rows), f'{rows[0]}')


def test_a_reused_connection_is_closed():
    with practice.Server() as server:
        server.faults({'fault': 'close-reused', 'method': 'POST'})
        connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=10)
        tap.check(server.call('GET', practice.TYPES, connection=connection).status == 200, 'the first request')
        got, end = practice.listen(connection.sock, server.text(*MIGRATE, close=False))
        tap.check((got, end) == (b'', 'closed'), f'{got} {end}')
        connection.close()
        tap.check(server.wire(*MIGRATE)[0].startswith(b'HTTP/1.1 200'), 'a fresh connection')
        lines = server.record()
        tap.check([line['connection_request'] for line in lines] == [1, 2, 1], f'{lines}')
        tap.check(lines[0]['connection'] == lines[1]['connection'] != lines[2]['connection'], f'{lines}')
        tap.check([line['effect'] for line in lines] == [None, None, 'moved'], f'{lines}')


def test_delay_holds_up_nobody_else():
    with practice.Server() as server:
        server.faults({'fault': 'delay', 'delay_ms': 3000, 'operation': 'amplifier.migrate'})
        slow = http.client.HTTPConnection('127.0.0.1', server.port)
        begun = time.monotonic()
        slow.request('POST', practice.migrate(), headers=server.headers())
        practice.until(lambda: not moved(server) and len(server.record()) > 2, 'others being served')
        tap.check(time.monotonic() - begun < 3, 'others waited')
        reply = slow.getresponse()
        tap.check(reply.status == 200 and time.monotonic() - begun >= 3, 'no delay')
        slow.close()
        tap.check(moved(server), 'not moved')


def test_waits_until_it_is_told():
    with practice.Server() as server:
        server.faults({'fault': 'delay', 'until': 'go', 'operation': 'amplifier.migrate', 'times': 1})
        slow = http.client.HTTPConnection('127.0.0.1', server.port)
        slow.request('POST', practice.migrate(), headers=server.headers())
        go = os.path.join(os.path.dirname(server.faults_file), 'go')
        practice.until(lambda: os.path.exists(go + '.waiting'), 'the sign that it waits')
        tap.check(not moved(server), 'it did not wait')
        with open(go, 'w', encoding='utf-8'):
            pass
        tap.check(slow.getresponse().status == 200 and moved(server), 'it was not told')
        slow.close()


def test_which_requests():
    def statuses(server, *rules):
        server.faults(*(dict(rule, fault='status') for rule in rules))
        paths = [practice.TYPES, '/api/content/v2/users/me', practice.TYPES, practice.CANDIDATES, practice.TYPES]
        return ''.join('x' if server.call('GET', path).status == 503 else '.' for path in paths)
    with practice.Server() as server:
        for rule, expected in (({}, 'xxxxx'), ({'method': 'post'}, '.....'), ({'method': 'get'}, 'xxxxx'),
                               ({'path': '*/types'}, 'x.x.x'), ({'operation': 'users.*'}, '.x...'),
                               ({'path': '*/types', 'nth': 2}, '..x.x'), ({'path': '*/types', 'times': 1}, 'x....'),
                               ({'nth': 2, 'times': 2}, '.xx..'), ({'times': 0}, '.....'),
                               ({'probability': 0}, '.....'), ({'dataset': practice.BIGQUERY}, '...x.')):
            tap.check(statuses(server, rule) == expected, f'{rule}: {statuses(server, rule)} instead of {expected}')
        tap.check(statuses(server, {'path': '*me'}, {'nth': 2, 'path': '*types'}) == '.xx.x', 'two rules')
        server.faults({'fault': 'status', 'probability': 0.5})
        hits = sum(server.call('GET', practice.TYPES).status == 503 for _ in range(100))
        tap.check(25 < hits < 75, f'{hits} of 100 at a half')
        server.faults({'fault': 'status', 'dataset': practice.DATASET})
        tap.check(server.call(*MIGRATE).status == 503, 'the dataset is in the path')
        tap.check(server.call('POST', practice.migrate('x')).status == 404, 'another dataset')


def test_the_file_counts_at_once():
    with practice.Server() as server:
        for number in range(20):
            server.faults({'fault': 'status', 'status': 500 + number})
            status = server.call('GET', practice.TYPES).status
            tap.check(status == 500 + number, f'{status} instead of {500 + number}')
        with open(server.faults_file, 'w', encoding='utf-8') as file:
            file.write('[]')
        tap.check(server.call('GET', practice.TYPES).status == 200, 'written in place')


def test_a_bad_file_is_told():
    with practice.Server(stderr_has='the fault file was not taken') as server:
        server.faults({'fault': 'status', 'status': 500})
        tap.check(server.call('GET', practice.TYPES).status == 500, 'before')
        for rules in ([{'fault': 'odd'}], [{'fault': 'status', 'statsu': 3}], [{'fault': 'delay', 'delay_ms': 'x'}],
                      [7], [{'fault': 'reset-before', 'effect': True}], [{}]):
            said = len(server.stderr())
            server.faults(*rules)
            tap.check(server.call('GET', practice.TYPES).status == 500, f'{rules}: the rules before it are gone')
            tap.check(len(server.stderr()) > said, f'{rules}: nothing was said')


if __name__ == '__main__':
    tap.main(globals())
