# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What has to be true after a kill: the journal against what was shown, and both against what the instance
has recorded."""

import collections
import datetime
import glob
import json
import os
import shutil
import sqlite3
import tempfile

WINDOWS = ['planned', 'checking', 'intent written', 'sent', 'result read', 'result written', 'settling']

# What must never be counted.
SECOND = 'unapproved second POSTs'
INTENT = 'POSTs without a durable intent'
LOST = 'acknowledged results lost'
FALSE_MOVED = 'false "Moved"'
FALSE_NOT = 'false "Not moved"'
OTHERS = 'own moves told as moved by others'
STUCK = 'runs that could not be resumed'
WRONGS = [SECOND, INTENT, LOST, FALSE_MOVED, FALSE_NOT, OTHERS, STUCK]

ANSWERS = {'complete', 'incomplete', 'aborted', 'refused'}
# Answers that say, in so many words, that nothing was done: such a call may go again by itself.
UNPROCESSED = {401, 429}


class Journal:
    """The journal as it lies on the disk, read from a copy by another SQLite than the engine's connection."""

    def __init__(self, folder):
        self.runs, self.items, self.attempts = [], {}, {}
        self.states = collections.defaultdict(list)
        self.run_states = []
        with tempfile.TemporaryDirectory(prefix='crash-copy-') as copy:
            for path in glob.glob(os.path.join(folder, 'journal.db*')):
                if not path.endswith(('-shm', '.durable')):
                    shutil.copy(path, copy)
            path = os.path.join(copy, 'journal.db')
            if os.path.exists(path):
                self.read(path)

    def read(self, path):
        database = sqlite3.connect(path)
        try:
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if 'runs' not in tables:
                return
            if database.execute('PRAGMA integrity_check').fetchone()[0] != 'ok':
                raise AssertionError('the journal is damaged')
            self.runs = database.execute('SELECT id, state FROM runs').fetchall()
            for position, dataset, state in database.execute('SELECT position, dataset_id, state FROM items'):
                self.items[position] = (dataset, state)
            for row in database.execute('SELECT position, number, outcome, toe FROM attempts ORDER BY number'):
                self.attempts.setdefault(row[0], []).append(row[1:])
            for position, what, state in database.execute(
                    'SELECT position, what, state FROM events ORDER BY seq'):
                if position is None:
                    self.run_states.append(state)
                else:
                    self.states[position].append(state)
        finally:
            database.close()

    def counts(self):
        return collections.Counter(state for _, state in self.items.values())


class Log:
    """What one life has shown."""

    def __init__(self, lines):
        self.lines = lines
        self.killed = next((line for line in lines if line['kind'] == 'killed'), None)
        self.stuck = next((line for line in lines if line['kind'] == 'stuck'), None)

    def of(self, kind):
        return [line for line in self.lines if line['kind'] == kind]


def milliseconds(stamp):
    """The time of a line of the record."""
    return datetime.datetime.fromisoformat(stamp.replace('Z', '+00:00')).timestamp() * 1000


class Post:
    """A migration call that reached the instance."""

    def __init__(self, line):
        self.at = milliseconds(line['time'])
        self.answered_at = self.at + line['took_ms']
        self.status, self.state, self.effect, self.toe = (line[name] for name in ('status', 'state', 'effect', 'toe'))
        self.path = line['path']


def posts_of(lines, dataset):
    posts = [Post(line) for line in lines
             if line['kind'] == 'request' and line['method'] == 'POST' and f'/{dataset}' in line['path']]
    return sorted(posts, key=lambda post: post.at)


def judge_memory(before, log, after):
    """What was shown and is not in the journal any more. BEFORE and AFTER are journals around one life."""
    lost = []
    shown = collections.defaultdict(list)
    for line in log.of('read'):
        states = before.states[line['position']]
        if line['state'] != (states[-1] if states else 'planned'):
            lost.append(f'item {line["position"]} was read as {line["state"]}, the journal had {states[-1:]}')
        if after.states[line['position']][:len(states)] != states:
            lost.append(f'item {line["position"]} was read with {states}, the journal has '
                        f'{after.states[line["position"]]}')
    for line in log.of('shown'):
        shown[line['position']].append(line)
    for position, lines in shown.items():
        said = [line['state'] for line in lines]
        kept = after.states[position][len(before.states[position]):]
        if kept[:len(said)] != said:
            lost.append(f'item {position} was shown as {said}, the journal has {kept}')
        for line in lines:
            if line['toe'] and line['state'] in ANSWERS and line['toe'] not in [
                    attempt[2] for attempt in after.attempts.get(position, [])]:
                lost.append(f'the Support ID {line["toe"]} of item {position} is gone')
    if log.of('created') and not after.runs:
        lost.append('the run is gone')
    if log.of('ended') and 'ended' not in after.run_states[len(before.run_states):]:
        lost.append('the end of the run is gone')
    return lost


def judge_moved(journal, record):
    """Datasets that count as moved without an answer that says so."""
    wrong = []
    for position, (dataset, state) in journal.items.items():
        if state != 'complete':
            continue
        toes = {attempt[2] for attempt in journal.attempts.get(position, [])}
        if not any(post.state == 'COMPLETE' and post.effect in ('moved', 'moved back') and post.toe in toes
                   for post in posts_of(record, dataset)):
            wrong.append(f'item {position} ({dataset}) is complete without such an answer')
    return wrong


def judge_moved_fast(journal, record):
    """The same for very many datasets: by the Support IDs alone."""
    good = {line['toe'] for line in record if line['state'] == 'COMPLETE' and line['effect'] in ('moved', 'moved back')}
    return [position for position, (_, state) in journal.items.items()
            if state == 'complete' and not good.intersection(toe for _, _, toe in journal.attempts.get(position, []))]


def judge_posts(journal, logs, record):
    """(unapproved second POSTs, POSTs without an intent)."""
    second, bare = [], []
    approvals = collections.defaultdict(list)
    for log in logs:
        for line in log.of('approved'):
            approvals[line['position']].append(line['at'] / 1000)
    for position, (dataset, _) in journal.items.items():
        posts = posts_of(record, dataset)
        for one, other in zip(posts, posts[1:]):
            if one.status not in UNPROCESSED and not any(
                    one.at <= at <= other.at + 1 for at in approvals[position]):
                second.append(f'item {position} ({dataset}) was sent again')
        if len(posts) > len(journal.attempts.get(position, [])):
            bare.append(f'item {position} ({dataset}): {len(posts)} POSTs, '
                        f'{len(journal.attempts.get(position, []))} intents')
    return second, bare


def judge_truth(journal, record, moved, back):
    """(false Not moved, moves of our own that are told as somebody else's, moves that are not known)."""
    false_not, others, false_moved = [], [], []
    for position, (dataset, state) in journal.items.items():
        is_there = moved[dataset] != back
        did = any(post.effect in ('moved', 'moved back') for post in posts_of(record, dataset))
        if state == 'not-moved' and is_there:
            false_not.append(f'item {position} ({dataset}) has moved')
        if state == 'moved-unconfirmed' and not is_there:
            false_moved.append(f'item {position} ({dataset}) has not moved')
        if state in ('skipped', 'not-started') and did:
            others.append(f'item {position} ({dataset}) is {state}, but this run has moved it')
    return false_not, others, false_moved


def window_of(log, journal, record, wanted):
    """In which window a kill fell."""
    killed = log.killed
    lines = [line.split()[:2] for line in killed['what'].splitlines()] if killed['committing'] else []
    sent_here = any(line['state'] == 'sent' for line in log.of('shown'))
    fits = set()
    for kind, state in lines:
        durable = killed['durable']
        if kind == 'result' and (state != 'unknown' or sent_here):
            fits.add('result written' if durable else 'result read')
        elif kind == 'intent':
            fits.add('intent written' if durable else 'checking')
        elif kind == 'item' and state == 'checking':
            fits.add('checking' if durable else 'planned')
        elif kind == 'result' or (kind == 'item' and state in ('moved-unconfirmed', 'not-moved', 'incomplete')):
            fits.add('settling')
        elif kind == 'run' and state == 'ended':
            fits.add('result written')
        else:
            fits.add('planned')
    if fits:
        return wanted if wanted in fits else max(fits, key=WINDOWS.index)

    shown = log.of('shown')
    if killed['sent']:
        return window_of_calls(killed, journal, record)
    if shown and shown[-1]['state'] in ANSWERS and wanted == 'result written':
        return 'result written'
    if killed['unknown']:
        return 'settling'
    if killed['checking']:
        return 'checking'
    return 'result written' if shown and shown[-1]['state'] in ANSWERS else 'planned'


def window_of_calls(killed, journal, record):
    """Whether the calls that were out had left, had arrived, or were answered."""
    best = 'intent written'
    for position in killed['sent']:
        dataset = journal.items[position][0]
        number = len(journal.attempts[position])
        posts = [post for post in posts_of(record, dataset) if post.at <= killed['at'] / 1000]
        # Earlier attempts may not have arrived: then there are fewer calls than attempts.
        if not posts or (len(posts) < number and posts[-1].answered_at < killed['at'] / 1000 - 1000):
            continue
        if posts[-1].answered_at <= killed['at'] / 1000:
            return 'result read'
        best = 'sent'
    return best


def read_lines(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file if line.endswith('\n')]
