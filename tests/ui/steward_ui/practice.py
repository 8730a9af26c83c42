# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The practice server, started beside the program so that a test can give it faults and read its record."""

import json
import os
import subprocess

from .waiting import until


class Practice:
    """A practice server of the test's own."""

    def __init__(self, session, program, datasets=240, dialect='observed', latency=0, tls=None, arguments=()):
        number = len(session.practices)
        self.state = session.path('practice', f'state-{number}.sqlite')
        self.faults_file = session.path('practice', f'faults-{number}.json')
        self.record = session.path('practice', f'record-{number}.jsonl')
        self.faults([])
        command = [program, '--port', '0', '--datasets', str(datasets), '--dialect', dialect, '--latency',
                   str(latency), '--state', self.state, '--faults', self.faults_file, '--record', self.record]
        if tls:
            command += ['--tls', ','.join(tls)]
        self.log = session.path('logs', f'practice-{number}.stderr')
        with open(self.log, 'wb') as log:
            self.process = subprocess.Popen(command + list(arguments), stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if not line:
            with open(self.log, encoding='utf-8', errors='replace') as log:
                raise AssertionError(f'the practice server did not start:\n{log.read()}')
        hello = json.loads(line)
        self.url = hello['url']
        self.token = hello['token']

    def faults(self, faults):
        """Replaces the faults. The server reads the file again when it changes."""
        part = self.faults_file + '.part'
        with open(part, 'w', encoding='utf-8') as file:
            json.dump(faults, file)
        os.replace(part, self.faults_file)

    def lines(self):
        """The record as it is now; src/practice/README.md tells what is in a line."""
        if not os.path.exists(self.record):
            return []
        with open(self.record, encoding='utf-8') as file:
            return [json.loads(line) for line in file if line.endswith('\n')]

    def requests(self, method=None, containing=None, operation=None):
        """What arrived, in order: one dictionary a request. CONTAINING is a part of the path."""
        return [line for line in self.lines() if line['kind'] == 'request'
                and (method is None or line['method'] == method)
                and (containing is None or containing in line['path'])
                and (operation is None or line['operation'] == operation)]

    def wait_request(self, method=None, containing=None, operation=None, count=1, deadline=20):
        """Waits until at least COUNT such requests have arrived; returns them."""
        chosen = method, containing, operation
        until(lambda: len(self.requests(*chosen)) >= count,
              lambda: f'{count} requests {chosen}; {len(self.requests(*chosen))} came', deadline)
        return self.requests(*chosen)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait()
