# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Starts the practice program and talks to it, well-behaved or on a bare socket."""

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

PROGRAM = os.path.join(os.environ['STEWARD_BUILD'], 'src', 'practice', 'steward-practice')
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'fixtures')

BIGQUERY = '31e0307a-cb31-4018-b824-eb04b15827e1'
DATASET = '8c487fef-b62d-486f-af7a-90c7d6ee0347'
CANDIDATES = f'/api/query/migration/candidates/federated/to/amplifier/integrations/{BIGQUERY}'
REVERSE_CANDIDATES = f'/api/query/migration/candidates/amplifier/to/federated/integrations/{BIGQUERY}'
TYPES = '/api/query/migration/integrations/types'


def migrate(dataset=DATASET, integration=BIGQUERY):
    return f'/api/query/migration/federated/to/amplifier/{dataset}/integrations/{integration}'


def reverse(dataset=DATASET):
    return f'/api/query/migration/amplifier/to/federated/{dataset}'


def until(condition, what, deadline=10):
    """Waits until CONDITION () is true and returns what it gave."""
    end = time.monotonic() + deadline
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f'waited {deadline} s for {what}')
        time.sleep(0.01)


class Reply:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    """A practice server; as a context manager it is ended, and has to end without a complaint."""

    def __init__(self, *arguments, folder=None, stderr_has=None):
        self.own_folder = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix='practice-')
        self.record_file = os.path.join(self.folder, 'record')
        self.faults_file = os.path.join(self.folder, 'faults.json')
        self.stderr_file = os.path.join(self.folder, 'stderr')
        self.stderr_has = stderr_has
        self.killed = False
        if not os.path.exists(self.faults_file):
            self.faults()
        with open(self.stderr_file, 'w', encoding='utf-8') as stderr:
            self.process = subprocess.Popen(
                [PROGRAM, '--record', self.record_file, '--faults', self.faults_file, *arguments],
                stdout=subprocess.PIPE, stderr=stderr, text=True)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise AssertionError('the server did not start: ' + self.stderr())
        info = json.loads(line)
        self.url, self.token, self.instance = info['url'], info['token'], info['instance']
        self.port = int(self.url.rsplit(':', 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        code = self.stop()
        said = self.stderr()
        if self.own_folder:
            shutil.rmtree(self.folder)
        if kind is None:
            if code != 0 and not self.killed:
                raise AssertionError(f'the server ended with {code}: {said}')
            if (self.stderr_has or '') not in said or (said and not self.stderr_has):
                raise AssertionError('the server complained: ' + said)

    def stderr(self):
        with open(self.stderr_file, encoding='utf-8', errors='replace') as file:
            return file.read()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        return self.process.wait(30)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.killed = True

    def faults(self, *rules):
        part = self.faults_file + '.part'
        with open(part, 'w', encoding='utf-8') as file:
            json.dump(rules, file)
        os.replace(part, self.faults_file)

    def record(self, kind='request'):
        with open(self.record_file, encoding='utf-8') as file:
            lines = [json.loads(line) for line in file]
        return [line for line in lines if kind is None or line['kind'] == kind]

    def headers(self, body=None, token=None):
        headers = {'X-DOMO-Developer-Token': self.token if token is None else token}
        if body is not None:
            headers['Content-Type'] = 'application/json'
        return {name: value for name, value in headers.items() if value}

    def call(self, method, path, body=None, headers=None, token=None, connection=None, timeout=30):
        """Sends one request; BODY is text, or anything else as JSON."""
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        own = connection or http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            own.request(method, path, body=body, headers=headers or self.headers(body, token))
            reply = own.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            if connection is None:
                own.close()

    def get(self, path):
        reply = self.call('GET', path)
        if reply.status != 200:
            raise AssertionError(f'GET {path}: {reply.status} {reply.body!r}')
        return reply.json

    def post(self, path, body=None):
        reply = self.call('POST', path, body)
        if reply.status != 200:
            raise AssertionError(f'POST {path}: {reply.status} {reply.body!r}')
        return reply.json

    def fates(self):
        return self.get('/practice/fates')

    def candidates(self):
        return {row['id']: row for row in self.get(CANDIDATES)}

    def text(self, method, path, body=b'', close=True, headers=''):
        """A request as bytes."""
        head = f'{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-DOMO-Developer-Token: {self.token}\r\n'
        head += 'Connection: close\r\n' if close else ''
        head += headers
        head += f'Content-Length: {len(body)}\r\n\r\n' if body or method != 'GET' else '\r\n'
        return head.encode() + body

    def connect(self):
        return socket.create_connection(('127.0.0.1', self.port), timeout=10)

    def wire(self, *request, timeout=10, **how):
        """Sends a request on a bare socket. Returns what came and how it ended: closed, reset or silent."""
        with self.connect() as sock:
            return listen(sock, self.text(*request, **how), timeout)


def listen(sock, data, timeout=10):
    """Sends DATA and reads to the end."""
    sock.settimeout(timeout)
    got = b''
    try:
        sock.sendall(data)
        while True:
            part = sock.recv(65536)
            if not part:
                return got, 'closed'
            got += part
    except ConnectionResetError:
        return got, 'reset'
    except TimeoutError:
        return got, 'silent'


def split(data):
    """Head and body of a reply's bytes."""
    head, _, body = data.partition(b'\r\n\r\n')
    return head.decode(), body


def secure(authority, host='127.0.0.1'):
    """An SSL context that trusts AUTHORITY alone."""
    return ssl.create_default_context(cafile=authority)


def fixtures():
    """(file name, content) of each example of the documents."""
    for name in sorted(os.listdir(FIXTURES)):
        with open(os.path.join(FIXTURES, name), encoding='utf-8') as file:
            yield name, json.load(file)


def differences(sample, actual, exact, path='reply'):
    """Where the shape of ACTUAL (member names and kinds) is not that of SAMPLE."""
    if sample is None or (actual is None and path.rsplit('.', 1)[-1] in NULLABLE):
        return
    if isinstance(sample, bool) or isinstance(actual, bool):
        if not (isinstance(sample, bool) and isinstance(actual, bool)):
            yield f'{path}: {actual!r} instead of a boolean'
    elif isinstance(sample, (int, float)):
        if not isinstance(actual, (int, float)):
            yield f'{path}: {actual!r} instead of a number'
    elif isinstance(sample, str):
        if not isinstance(actual, str):
            yield f'{path}: {actual!r} instead of text'
    elif isinstance(sample, list):
        if not isinstance(actual, list):
            yield f'{path}: {actual!r} instead of an array'
        elif sample and not path.endswith('.values'):
            for number, element in enumerate(actual):
                yield from differences(sample[0], element, exact, f'{path}[{number}]')
    elif isinstance(sample, dict):
        if not isinstance(actual, dict):
            yield f'{path}: {actual!r} instead of an object'
            return
        if path.endswith(('searchResultsMap', 'facetMap')):
            return
        yield from (f'{path}.{name}: missing' for name in sample if name not in actual)
        if exact:
            yield from (f'{path}.{name}: not in the sample' for name in actual if name not in sample)
        for name in sample:
            if name in actual:
                yield from differences(sample[name], actual[name], exact, f'{path}.{name}')


# Members that the documents call "usually null", and the date of what has not moved.
NULLABLE = {'migrationDate', 'collidingDatasourceId', 'collidingDatasourceName'}
