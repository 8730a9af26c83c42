#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The program itself: its options, its state, its record, how it ends, HTTPS, and a big world."""

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time

import practice_server as practice
import tap


class Folder:
    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix='practice-')
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def file(self, name):
        return os.path.join(self.path, name)


def fails(*arguments):
    done = subprocess.run([practice.PROGRAM, *arguments], capture_output=True, text=True, timeout=30, check=False)
    tap.check(done.returncode in (1, 2), f'{arguments}: ended with {done.returncode}: {done.stderr}')
    tap.check(done.stderr.startswith('steward-practice: ') and done.stdout == '', f'{arguments}: {done}')
    return done.stderr


def test_help_tells_everything():
    done = subprocess.run([practice.PROGRAM, '--help'], capture_output=True, text=True, timeout=30, check=True)
    for word in ('--port', '--datasets', '--latency', '--state', '--faults', '--record', '--tls', '--seed', '--dialect',
                 '--list', '--v1', '--reset', '--stay', 'reset-after', 'effect_after_ms', 'probability'):
        tap.check(word in done.stdout, f'--help does not name {word}')


def test_bad_options():
    with Folder() as folder:
        bad = folder.file('faults')
        with open(bad, 'w', encoding='utf-8') as file:
            file.write('{')
        for arguments in (['--port', '70000'], ['--datasets', '0'], ['--v1', '1'], ['--latency', '-1'], ['--dialect', 'klingon'],
                          ['--tls', 'one'], ['--reset'], ['more'], ['--odd'], ['--faults', bad],
                          ['--record', '/nonexistent/x'], ['--state', '/nonexistent/x'], ['--tls', 'a,b']):
            fails(*arguments)


def test_listens_on_loopback_only():
    with practice.Server() as server:
        tap.check(server.url == f'http://127.0.0.1:{server.port}' and server.instance, server.url)
        with open(f'/proc/{server.process.pid}/net/tcp', encoding='ascii') as file:
            local = [line.split()[1] for line in file if line.split()[1].endswith(f':{server.port:04X}')
                     and line.split()[3] == '0A']
        tap.check(local == [f'0100007F:{server.port:04X}'], f'listens on {local}')


def test_state_lasts():
    with Folder() as folder:
        state = folder.file('state')
        with practice.Server('--state', state, '--datasets', '60') as server:
            token, toe = server.token, server.post(practice.migrate())['toe']
            incomplete = next(row for row in server.fates() if row['failsForward'] == 1
                              and row['integration'] == practice.BIGQUERY)
            tap.check(server.post(practice.migrate(incomplete['id']))['state'] == 'INCOMPLETE', 'not incomplete')
            fates = server.fates()
            tap.check(any(name.startswith('state') for name in os.listdir(folder.path)), 'no state file')
            for name in os.listdir(folder.path):
                with open(folder.file(name), 'rb') as file:
                    tap.check(token.encode() not in file.read(), f'the token is in {name}')
        with practice.Server('--state', state, '--dialect', 'documented', '--datasets', '7') as server:
            tap.check(server.token == token, 'another token')
            tap.check(server.fates() == fates, 'another world')
            tap.check(server.post(practice.migrate())['toe'] != toe, 'a toe for the second time')
            tap.check(server.post(practice.migrate(incomplete['id']))['state'] == 'COMPLETE', 'not complete')
        with practice.Server('--state', state, '--datasets', '60', '--reset') as server:
            tap.check(server.token != token and not server.candidates()[practice.DATASET]['migrated'], 'not reset')
        with practice.Server() as first, practice.Server() as second:
            tap.check(first.token != second.token, 'two worlds with one token')


def test_state_survives_a_kill():
    with Folder() as folder:
        state = folder.file('state')
        with practice.Server('--state', state) as server:
            server.post(practice.migrate())
            server.kill()
        with practice.Server('--state', state) as server:
            tap.check(server.candidates()[practice.DATASET]['migrated'], 'the move is forgotten')


def test_other_files_are_left_alone():
    with Folder() as folder:
        letter, other = folder.file('letter'), folder.file('other')
        with open(letter, 'w', encoding='utf-8') as file:
            file.write('Dear Jane, ' * 1000)
        database = sqlite3.connect(other)
        database.execute('CREATE TABLE mine (a)')
        database.commit()
        database.close()
        for path in (letter, other):
            with open(path, 'rb') as file:
                before = file.read()
            fails('--state', path)
            fails('--state', path, '--reset')
            with open(path, 'rb') as file:
                tap.check(file.read() == before, f'{path} was changed')


def test_one_server_a_state():
    with Folder() as folder:
        with practice.Server('--state', folder.file('state')):
            fails('--state', folder.file('state'))


def test_ends_with_its_parent():
    script = '''
import subprocess, sys
child = subprocess.Popen([sys.argv[1]], stdout=subprocess.PIPE, text=True)
print(child.pid, child.stdout.readline(), flush=True)
sys.stdin.read()
'''
    for ending in (signal.SIGKILL, signal.SIGTERM):
        parent = subprocess.Popen([sys.executable, '-c', script, practice.PROGRAM], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True)
        pid, line = parent.stdout.readline().split(' ', 1)
        port = int(json.loads(line)['url'].rsplit(':', 1)[1])
        socket.create_connection(('127.0.0.1', port)).close()
        parent.send_signal(ending)
        parent.wait()
        practice.until(lambda: gone(int(pid)), 'the end of the server')
        parent.stdin.close()
        parent.stdout.close()


def gone(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii') as file:
            return file.read().rsplit(')', 1)[1].split()[0] in 'ZX'
    except OSError:
        return True


def test_outlives_the_thread_that_started_it():
    servers = []
    thread = threading.Thread(target=lambda: servers.append(practice.Server()))
    thread.start()
    thread.join()
    with servers[0] as server:
        # The kernel sends its signal at the end of the thread; two requests later it has arrived.
        for _ in range(2):
            server.get(practice.TYPES)
        tap.check(server.process.poll() is None, 'it ended with a thread')


def test_the_record():
    with practice.Server() as server:
        headers = dict(server.headers('{}'), Accept='application/json,*/*;q=0.8', **{'User-Agent': 'Tester/1'})
        server.call('POST', practice.migrate() + '?', '{}', headers)
        server.call('GET', f'{practice.TYPES}?a={server.token}&b=%C3%BC', token='wrong')
        server.call('POST', '/nix', f'my token is {server.token}')
        move, query, body = server.record()
        for name, value in {'seq': 1, 'kind': 'request', 'method': 'POST', 'path': practice.migrate(), 'body': '{}',
                            'token': 'ok', 'operation': 'amplifier.migrate', 'status': 200, 'fault': None,
                            'effect': 'moved', 'state': 'COMPLETE', 'connection_request': 1}.items():
            tap.check(move[name] == value, f'{name}: {move[name]!r}')
        for name, value in {'content-type': 'application/json', 'user-agent': 'Tester/1',
                            'accept': 'application/json,*/*;q=0.8'}.items():
            tap.check(move['headers'][name] == value, f'{name}: {move["headers"]}')
        tap.check(move['toe'] and move['time'].startswith('20') and move['took_ms'] >= 0, f'{move}')
        tap.check(query['query'] == 'a=<token>&b=%C3%BC' and query['token'] == 'wrong' and query['token_leaked'],
                  f'{query}')
        tap.check(body['body'] == 'my token is <token>' and body['token_leaked'] and body['operation'] is None, f'{body}')
        tap.check('token_leaked' not in move, f'{move}')
        with open(server.record_file, encoding='utf-8') as file:
            tap.check(server.token not in file.read(), 'the token is in the record')


def test_the_record_comes_before_the_reply():
    with practice.Server() as server:
        connection = http.client.HTTPConnection('127.0.0.1', server.port)
        for number in range(200):
            server.call('GET', practice.TYPES, connection=connection)
            tap.check(len(server.record()) == number + 1, f'{len(server.record())} lines after {number + 1} replies')
        connection.close()


def test_latency_is_for_moves_and_holds_up_nobody():
    with practice.Server('--latency', '3000') as server:
        rows = [row['id'] for row in server.fates() if row['integration'] == practice.BIGQUERY and not row['moved']
                and row['arch'] == 'v2'][:8]
        begun = time.monotonic()
        threads = [threading.Thread(target=server.post, args=(practice.migrate(row),)) for row in rows]
        for thread in threads:
            thread.start()
        practice.until(lambda: len(server.get(practice.TYPES)) == 3 and time.monotonic() - begun, 'another call')
        quick = time.monotonic() - begun
        for thread in threads:
            thread.join()
        took = time.monotonic() - begun
        tap.check(quick < 3, f'another call took {quick:.2f} s')
        tap.check(3 <= took < 12, f'8 moves of 3 s took {took:.2f} s')
        moves = [line for line in server.record() if line['operation'] == 'amplifier.migrate']
        tap.check(len(moves) == 8 and all(line['took_ms'] >= 2999 for line in moves), f'{moves}')


def test_a_move_goes_on_without_its_client():
    with practice.Server('--latency', '1500') as server:
        with server.connect() as sock:
            sock.sendall(server.text('POST', practice.migrate()))
            practice.until(lambda: server.post(practice.migrate())['state'] == 'ABORTED', 'the call being under way')
        practice.until(lambda: server.candidates()[practice.DATASET]['migrated'], 'the move')


def test_ends_while_calls_are_under_way():
    with practice.Server('--latency', '60000') as server:
        server.faults({'fault': 'hang', 'path': '*/types'}, {'fault': 'drip', 'path': '*/to/federated/integrations/*'},
                      {'fault': 'close', 'path': '*/me', 'effect_after_ms': 60000},
                      {'fault': 'big', 'path': '*/to/amplifier/integrations/*'})
        sockets = []
        for method, path in (('POST', practice.migrate()), ('GET', practice.TYPES), ('GET', practice.CANDIDATES),
                             ('GET', practice.REVERSE_CANDIDATES), ('GET', '/api/content/v2/users/me')):
            sockets.append(server.connect())
            sockets[-1].sendall(server.text(method, path))
        practice.until(lambda: len(server.record()) == 4, 'the calls being under way')
        server.post('/api/search/v1/query', {'query': '*', 'entityList': [['user']]})
        tap.check(server.stop() == 0, 'not in order')
        for sock in sockets:
            sock.close()


def openssl(*arguments, cwd):
    subprocess.run(['openssl', *arguments], cwd=cwd, check=True, capture_output=True)


def test_https():
    with Folder() as folder:
        openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext',
                'subjectAltName=IP:127.0.0.1', '-keyout', 'key.pem', '-out', 'cert.pem', cwd=folder.path)
        with practice.Server('--tls', f"{folder.file('cert.pem')},{folder.file('key.pem')}") as server:
            tap.check(server.url == f'https://127.0.0.1:{server.port}', server.url)
            trusting = practice.secure(folder.file('cert.pem'))
            connection = http.client.HTTPSConnection('127.0.0.1', server.port, context=trusting)
            tap.check(server.call('POST', practice.migrate(), connection=connection).json['state'] == 'COMPLETE', 'TLS')
            tap.check(len(server.call('GET', practice.CANDIDATES, connection=connection).json) == 240, 'a list')
            for fault, error in (('reset-after', ConnectionResetError), ('truncate', http.client.IncompleteRead),
                                 ('close', (ConnectionError, http.client.BadStatusLine, ssl.SSLError))):
                server.faults({'fault': fault})
                try:
                    server.call('GET', practice.CANDIDATES, connection=connection)
                    raise AssertionError(f'{fault} was not seen')
                except error:
                    connection.close()
            server.faults()
            try:
                server.call('GET', practice.TYPES, connection=http.client.HTTPSConnection(
                    '127.0.0.1', server.port, context=ssl.create_default_context()))
                raise AssertionError('an unknown authority was accepted')
            except ssl.SSLCertVerificationError:
                pass


def test_a_hundred_thousand():
    with Folder() as folder:
        begun = time.monotonic()
        with practice.Server('--datasets', '100000', '--state', folder.file('state')) as server:
            tap.explain(f'a world of 100,000 made and started in {time.monotonic() - begun:.2f} s')
            connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=120)
            begun = time.monotonic()
            connection.request('GET', practice.CANDIDATES, headers=server.headers())
            reply = connection.getresponse()
            reply.read(1)
            first = time.monotonic() - begun
            body = b'[' + reply.read()
            tap.explain(f'{len(body)} bytes in {time.monotonic() - begun:.2f} s, the first after {first * 1000:.1f} ms')
            connection.close()
            rows = json.loads(body)
            tap.check(len(rows) == len({row['id'] for row in rows}) == 100000, f'{len(rows)} rows')
            tap.check(sum(row['migrated'] for row in rows) == 11667, 'those that have moved')
            tap.check(len({(row['schemaName'], row['tableName']) for row in rows}) == 98000, 'source tables')
            begun = time.monotonic()
            server.post(practice.migrate())
            tap.explain(f'a move in {(time.monotonic() - begun) * 1000:.1f} ms')
            with open(f'/proc/{server.process.pid}/status', encoding='ascii') as file:
                memory = next(line for line in file if line.startswith('VmHWM')).split()[1]
            tap.explain(f'at most {int(memory) // 1024} MB of memory')
        begun = time.monotonic()
        with practice.Server('--state', folder.file('state')):
            tap.explain(f'started again in {time.monotonic() - begun:.2f} s')


if __name__ == '__main__':
    tap.main(globals())
