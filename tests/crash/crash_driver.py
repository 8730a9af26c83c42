# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Kills the engine, over and over, and has it judged.

A round is one run of a few datasets: it is begun, killed at some moment, taken up, killed again, and at last
carried through to its end. What the instance recorded and what the engine showed before each kill are the
oracle (crash_judge.py)."""

import collections
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import crash_judge as judge
import tap

sys.path.insert(0, os.path.join(tap.source(), 'tests', 'practice'))
import practice_server  # noqa: E402  (its folder had to be named first)

PROGRAM = os.path.join(os.environ['STEWARD_BUILD'], 'tests', 'crash', 'crash-run')
LATENCY = 25
DATASETS = 120
V1_DATASETS = 80
V1_ACCOUNT = '2'
DESTINATIONS = {'cloud-amplifier': practice_server.BIGQUERY, 'federated-v2': V1_ACCOUNT}
LIVES = 5
ANSWERED = 'result complete|result incomplete|result aborted|result refused'
SETTLED = 'item moved-unconfirmed|item not-moved|item incomplete'
# The calls that move, of either route.
MOVES = {'path': '/api/query/migration/*', 'method': 'POST'}
FAULTS = [
    [],
    [],
    [{'fault': 'reset-after', **MOVES, 'probability': 0.3},
     {'fault': 'status', 'status': 503, 'path': '*/candidates/*', 'probability': 0.1}],
    [{'fault': 'status', 'status': 500, 'effect': True, **MOVES, 'probability': 0.2},
     {'fault': 'status', 'status': 429, **MOVES, 'probability': 0.1,
      'headers': {'Retry-After': '0'}}],
    [{'fault': 'hang', **MOVES, 'effect_after_ms': 60, 'probability': 0.15}],
]


class Tally:
    """What all rounds together have come to."""

    def __init__(self, kills, seed, survivors, say, patient=True):
        self.lock = threading.Lock()
        self.wanted = kills
        self.seed = seed
        self.survivors = survivors
        self.say = say
        self.patient = patient
        self.turns = collections.Counter()
        self.windows = {window: collections.Counter() for window in judge.WINDOWS}
        self.wrongs = collections.Counter()
        self.kills = self.rounds = self.lives = self.ended = self.border = self.lost_writes = self.posts = 0
        self.resolved = 0
        self.borders = set()

    def blame(self, kind, problems):
        with self.lock:
            for problem in problems:
                self.wrongs[kind] += 1
                self.say(f'{kind}: {problem}')

    def is_done(self):
        return self.kills >= self.wanted or (not self.patient and any(self.wrongs.values()))

    def count(self, window, survivors, killed):
        with self.lock:
            self.kills += 1
            self.windows[window][survivors] += 1
            self.lost_writes += killed['lost']
            if killed['border'] >= 0:
                self.borders.add(killed['border'])
            if self.kills % 100 == 0:
                self.say(f'{self.kills} kills')

    def rarest(self, among, rand):
        """The window that was met least, now and then any."""
        with self.lock:
            among = list(among)
            rand.shuffle(among)
            return min(among, key=lambda window: sum(self.windows[window].values()))

    def next_border(self):
        """Every border has its turn."""
        with self.lock:
            self.border += 1
            return self.border - 1

    def turn(self, window, survivors, choices):
        """Every way to kill in a window has its turn, with each kind of end."""
        with self.lock:
            self.turns[window, survivors] += 1
            return choices[(self.turns[window, survivors] - 1) % len(choices)]

    def table(self):
        columns = [name for name in ('killed', 'none', 'some') if any(row[name] for row in self.windows.values())]
        titles = {'killed': 'SIGKILL', 'none': 'power cut', 'some': 'torn cut'}
        lines = ['| {:<16} |'.format('killed while') + ''.join(' {:>9} |'.format(titles[name]) for name in columns)
                 + '     all |']
        for window, row in self.windows.items():
            lines.append(f'| {window:<16} |' + ''.join(f' {row[name]:>9} |' for name in columns)
                         + f' {sum(row.values()):>7} |')
        lines.append(f'{self.kills} kills in {self.rounds} runs ({self.lives} lives, {len(self.borders)} different '
                     f'write borders, {self.lost_writes} unsynced writes taken away); {self.posts} POSTs; '
                     f'{self.ended} runs carried through, {self.resolved} datasets left to the admin')
        lines += [f'{kind:<36} {self.wrongs[kind]:>4}' for kind in judge.WRONGS]
        return lines


class Record:
    """The practice server's own record, read on where it was left."""

    def __init__(self, path):
        self.path, self.offset, self.lines = path, 0, []

    def read(self):
        with open(self.path, 'rb') as file:
            file.seek(self.offset)
            for line in file:
                if not line.endswith(b'\n'):
                    break
                self.offset += len(line)
                entry = json.loads(line)
                if entry.get('method') == 'POST' or entry['kind'] == 'effect':
                    self.lines.append(entry)
        return self.lines


class World:
    """A practice server and the datasets of it that no round has had yet."""

    def __init__(self, arguments=()):
        self.server = practice_server.Server('--datasets', str(DATASETS), '--v1', str(V1_DATASETS),
                                             '--latency', str(LATENCY), *arguments)
        self.record = Record(self.server.record_file)
        rows = {row['id']: row for row in self.server.fates()}
        listed = {'cloud-amplifier': self.server.get(practice_server.CANDIDATES),
                  'federated-v2': self.server.get(f'/api/query/migration/federated/v1/to/v2/candidates/{V1_ACCOUNT}')}
        self.rows = rows
        self.waiting = {route: [row['id'] for row in list if not row['migrated'] and not row.get('collision')]
                        for route, list in listed.items()}
        self.moved = {route: [row['id'] for row in list if row['migrated']] for route, list in listed.items()}

    def take(self, rand, n):
        """(route, datasets, whether they are to be moved back), or nothing if the world is used up."""
        routes = [route for route in DESTINATIONS if max(len(self.moved[route]), len(self.waiting[route])) >= n]
        if not routes:
            return None
        route = rand.choice(routes)
        moved, waiting = self.moved[route], self.waiting[route]
        back = len(moved) >= n and (len(waiting) < n or rand.random() < 0.25)
        pool = moved if back else waiting
        ids, pool[:n] = pool[:n], []
        return route, ids, back

    def fates(self):
        return {row['id']: row['upgraded'] if row['v1Type'] else row['moved'] for row in self.server.fates()}

    def close(self):
        self.server.stop()
        shutil.rmtree(self.server.folder)


class Round:
    def __init__(self, tally, world, rand, route, ids, back):
        self.tally, self.world, self.rand, self.ids, self.back = tally, world, rand, ids, back
        self.folder = tempfile.mkdtemp(prefix='crash-')
        self.log_file = os.path.join(self.folder, 'log')
        self.first_line = len(world.record.read())
        self.logs = []
        self.n_logged = 0
        self.orders = {
            'url': world.server.url, 'token': world.server.token, 'log': self.log_file,
            'folder': os.path.join(self.folder, 'data'), 'route': route, 'destination': DESTINATIONS[route],
            'direction': 'back' if back else 'move', 'items': [self.item(world.rows[id]) for id in ids],
            'at_once': rand.choice([1, 1, 2, 4]), 'pause_after': rand.choice([0, 0, 2]),
            'stop_on_incomplete': rand.random() < 0.3, 'checkpoint_pages': rand.choice([4, 16, 60, 1000]),
            'check_valid': rand.choice([0, 60, 2000]),
        }

    @staticmethod
    def item(row):
        return {name: row[name] for name in ('id', 'name', 'catalog', 'schema', 'table')}

    def record(self):
        """The migration calls of this round. One that is being carried out has no line yet."""
        return self.world.record.read()[self.first_line:]

    def aim(self, journal, survivors):
        """(window, when to kill)."""
        rand = self.rand
        if rand.random() < 0.15:
            return None, {'on': 'border', 'nth': self.tally.next_border()}
        if rand.random() < 0.1:
            return None, {'on': 'start', 'delay_us': rand.randrange(500000)}
        counts = journal.counts()
        open_items = counts['planned'] + counts['checking'] + (0 if journal.items else len(self.ids))
        among = set(judge.WINDOWS) - {'settling'} if open_items else {'result written'}
        if counts['sent'] or counts['unknown']:
            among.add('settling')
        window = self.tally.rarest(sorted(among), rand)
        nth = rand.randrange(1, 1 + max(1, min(4, open_items)))
        step = rand.randrange(14)
        durable = {'on': 'commit', 'step': -1, 'nth': nth}
        undone = {'on': 'commit', 'step': step, 'nth': nth, 'hold_us': rand.choice([0, 15000])}
        slow = dict(undone, hold_us=15000, step=rand.randrange(3))
        shown = {'on': 'shown', 'nth': nth}
        choices = {
            'planned': [dict(undone, what='item checking')] * 2 + [dict(undone, what='run running', nth=1)]
                       + ([] if journal.runs else [dict(undone, what='created', nth=1),
                                                   dict(shown, what='created', nth=1)]),
            'checking': [dict(slow, what='intent'), dict(durable, what='item checking'), dict(shown, what='checking'),
                         dict(shown, what='checking', delay_us=rand.randrange(4000)), dict(undone, what='intent')],
            'intent written': [dict(durable, what='intent'), dict(shown, what='sent')],
            'sent': [dict(shown, what='sent', delay_us=3000 + rand.randrange(LATENCY * 1000))],
            'result read': [dict(slow, what=ANSWERED), dict(undone, what=ANSWERED)],
            'result written': [dict(durable, what=ANSWERED), dict(shown, what='complete|incomplete|aborted'),
                               dict(shown, what='complete', delay_us=rand.randrange(1000)),
                               dict(undone, what='run ended', nth=1)],
            'settling': [dict(undone, what='result unknown', nth=1), dict(undone, what=SETTLED, nth=1),
                         dict(durable, what=SETTLED, nth=1), {'on': 'start', 'delay_us': rand.randrange(500000)},
                         dict(shown, what='unknown', nth=1, delay_us=rand.randrange(400000))],
        }
        return window, self.tally.turn(window, survivors, choices[window])

    def live(self, kill, survivors):
        """One life; what it showed, and how it ended."""
        orders = dict(self.orders, seed=self.rand.randrange(1 << 31), settle_first=self.rand.random() < 0.4)
        if kill:
            orders.update(kill=kill, survivors=survivors)
        environment = dict(os.environ, G_SLICE='always-malloc')
        result = subprocess.run([PROGRAM], input=json.dumps(orders), text=True, capture_output=True, env=environment,
                                timeout=150)
        lines = judge.read_lines(self.log_file)
        log = judge.Log(lines[self.n_logged:])
        self.n_logged = len(lines)
        self.logs.append(log)
        self.tally.lives += 1
        return log, result

    def play(self):
        before = judge.Journal(self.orders['folder'])
        deaths = self.rand.randrange(2, LIVES + 1)
        while True:
            survivors = self.rand.choice(self.tally.survivors)
            window, kill = (None, None) if deaths == 0 or self.tally.is_done() else self.aim(before, survivors)
            log, result = self.live(kill, survivors)
            after = judge.Journal(self.orders['folder'])
            self.tally.blame(judge.LOST, judge.judge_memory(before, log, after))
            self.tally.blame(judge.FALSE_MOVED, judge.judge_moved(after, self.record()))
            if not log.killed:
                break
            deaths -= 1
            self.settle_record(log, after)
            self.tally.count(judge.window_of(log, after, self.record(), window), survivors, log.killed)
            before = after
        self.finish(result, log, after)

    def settle_record(self, log, journal):
        """A call that was under way at the kill gets its line when the instance is done with it."""
        if log.killed['sent']:
            end = time.monotonic() + 2 * LATENCY / 1000
            while time.monotonic() < end and any(
                    len(judge.posts_of(self.record(), journal.items[position][0])) <
                    len(journal.attempts.get(position, [])) for position in log.killed['sent']):
                time.sleep(0.005)

    def finish(self, result, log, journal):
        tally = self.tally
        states = journal.counts()
        open_states = {state for state in ('planned', 'checking', 'sent', 'unknown') if states[state]}
        if result.returncode != 0 or log.stuck or open_states or [state for _, state in journal.runs] != ['ended']:
            tally.blame(judge.STUCK, [f'status {result.returncode}, {log.stuck and log.stuck["why"]}, '
                                      f'{dict(states)}, {journal.runs} {result.stderr[-1500:]}'])
        else:
            tally.ended += 1
        record = self.record()
        second, bare = judge.judge_posts(journal, self.logs, record)
        false_not, others, false_moved = judge.judge_truth(journal, record, self.world.fates(), self.back)
        tally.blame(judge.SECOND, second)
        tally.blame(judge.INTENT, bare)
        tally.blame(judge.FALSE_NOT, false_not)
        tally.blame(judge.OTHERS, others)
        tally.blame(judge.FALSE_MOVED, false_moved)
        with tally.lock:
            tally.rounds += 1
            tally.posts += sum(len(judge.posts_of(record, id)) for id in self.ids)
            tally.resolved += sum(len(one.of('resolved')) for one in self.logs)
        shutil.rmtree(self.folder)


def work(tally, number):
    """Plays rounds until there have been kills enough."""
    rand = random.Random(tally.seed * 1000 + number)
    world = None
    try:
        while not tally.is_done():
            chosen = world and world.take(rand, rand.randrange(3, 7))
            if not chosen:
                if world:
                    world.close()
                world = World()
                continue
            world.server.faults(*rand.choice(FAULTS))
            Round(tally, world, rand, *chosen).play()
    finally:
        if world:
            world.close()


def run(kills, seed, survivors=('killed', 'killed', 'none', 'some'), jobs=2, say=print, patient=True):
    """Kills so often, or with PATIENT false until something is wrong, and returns the tally."""
    tally = Tally(kills, seed, survivors, say, patient)
    failures = []

    def guarded(number):
        try:
            work(tally, number)
        except BaseException as error:  # noqa: B036  (told below, in the thread that asked)
            failures.append(error)
            tally.wanted = 0

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return tally
