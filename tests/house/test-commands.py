#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The commands of build-aux: what check counts, what mutate catches, what install-packages says."""

import json
import os
import subprocess
import tempfile

import tap
import tree

TOOLS = os.path.join(tree.TOP, 'build-aux')


def run(*command, **how):
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)


def count(*tests, **further):
    """The last line and the status of sum-tests for TESTS, each (name, result, output)."""
    done = sum_up(*tests, **further)
    return done.stdout.splitlines()[-1], done.returncode


def write_log(path, tests):
    with open(path, 'w', encoding='utf-8') as file:
        for name, result, output in tests:
            file.write(json.dumps({'name': name, 'result': result, 'stdout': output}) + '\n')


def sum_up(*tests, mutations=None, again=None, list_failed=False):
    with tempfile.TemporaryDirectory() as folder:
        log, table, second = (os.path.join(folder, name) for name in ('log', 'mutations', 'again'))
        write_log(log, tests)
        if again is not None:
            write_log(second, again)
        if mutations is not None:
            with open(table, 'w', encoding='utf-8') as file:
                json.dump(mutations, file)
        if list_failed:
            return run(os.path.join(TOOLS, 'sum-tests'), '--list-failed', log)
        return run(os.path.join(TOOLS, 'sum-tests'), log, table, second)


def expect(passed, failed, *tests, **further):
    line, status = count(*tests, **further)
    tap.check(line == f'{passed} passed, {failed} failed', f'it counts {line}')
    tap.check((status == 0) == (passed > 0 and failed == 0), f'its status is {status}')


def test_every_line_counts():
    expect(4, 0, ('a', 'OK', '1..3\nok 1 - x\nok 2 - y\nok 3 - z\n'), ('b', 'OK', 'no lines'))


def test_a_failed_line_counts():
    expect(1, 1, ('a', 'FAIL', 'ok 1 - x\nnot ok 2 - y\n1..2\n'))


def test_a_crash_counts():
    expect(1, 2, ('a', 'ERROR', '1..3\nok 1 - x\n'))
    expect(0, 1, ('a', 'ERROR', ''))
    expect(2, 1, ('a', 'ERROR', '1..2\nok 1 - x\nok 2 - y\n'))


def test_a_time_out_counts():
    expect(0, 1, ('a', 'TIMEOUT', 'nothing'))


def test_a_bail_out_counts():
    expect(1, 1, ('a', 'ERROR', 'ok 1 - x\nBail out! broken\n'))


def test_what_is_skipped_has_not_passed():
    expect(1, 1, ('a', 'OK', '1..2\nok 1 - x\nok 2 - y # SKIP no reason\n'))
    expect(0, 1, ('a', 'SKIP', ''))
    expect(0, 1, ('a', 'OK', '1..0 # skip all\n'))


def test_nothing_is_not_a_success():
    expect(0, 1)


def test_lines_below_lines_count_once():
    expect(2, 1, ('a', 'FAIL', '# Subtest: s\n    ok 1 x\n    not ok 2 y\n    1..2\nnot ok 1 s\nok 2 t\n1..2\n'))


def test_mutations_count():
    expect(2, 1, ('a', 'OK', ''), mutations=[
        {'name': 'm', 'caught': True, 'result': 'caught'}, {'name': 'n', 'caught': False, 'result': 'NOT CAUGHT'}])


def test_a_second_try_counts_and_is_named():
    tests = (('house / a', 'OK', 'ok 1 - x\n1..1\n'), ('house / b', 'FAIL', 'ok 1 - y\nnot ok 2 - z\n1..2\n'),
             ('house / c', 'TIMEOUT', ''))
    again = [('house / b', 'OK', 'ok 1 - y\nok 2 - z\n1..2\n'), ('house / c', 'TIMEOUT', '')]
    expect(3, 1, *tests, again=again)
    said = sum_up(*tests, again=again).stdout
    tap.check('passed only at the second try: house / b (first fail, 1)' in said, said)
    tap.check('failed: house / c' in said and 'failed: house / b' not in said, said)
    tap.check('b: not ok 2 - z' in said, f'what failed first is not explained:\n{said}')
    listed = sum_up(*tests, list_failed=True).stdout
    tap.check(listed == 'b\nc\n', f'it lists {listed!r}')


def test_what_failed_is_explained():
    said = sum_up(('a', 'FAIL', '1..3\n# fine so far\nok 1 - x\n# the label is missing\n# picture: p.png\nnot ok 2 - y\n'
                                '# took 2 s\nok 3 - z\n'),
                  ('b', 'TIMEOUT', '1..2\nok 1 - v\n# it stood here\n'),
                  ('c', 'OK', '1..1\n# all is well\nok 1 - w\n')).stdout
    for part in ('a: not ok 2 - y', 'the label is missing', 'picture: p.png', 'b: the last it said', 'it stood here'):
        tap.check(part in said, f'“{part}” is not in:\n{said}')
    for part in ('fine so far', 'took 2 s', 'all is well'):
        tap.check(part not in said, f'“{part}” is in:\n{said}')


def mutate(folder, *mutations):
    """What mutate prints and returns for a small project with MUTATIONS."""
    files = {
        'meson.build': "project('small', 'c')\n"
                       "test('sum', executable('sum', 'sum.c'))\ntest('weak', executable('weak', 'weak.c'))\n"
                       "test('bad', executable('bad', 'bad.c'))\n",
        'add.h': 'static int add (int a, int b)\n{\n  return a + b;\n}\n',
        'sum.c': '#include "add.h"\nint main (void)\n{\n  return add (2, 3) == 5 ? 0 : 1;\n}\n',
        'weak.c': '#include "add.h"\nint main (void)\n{\n  return add (0, 0) == 0 ? 0 : 1;\n}\n',
        'bad.c': 'int main (void)\n{\n  return 1;\n}\n',
        'tests/mutations/small.py': f'MUTATIONS = {list(mutations)!r}\n',
    }
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
    result = os.path.join(folder, 'result.json')
    done = run(os.path.join(TOOLS, 'mutate'), '--source', folder, '--result', result)
    with open(result, encoding='utf-8') as file:
        return done, {entry['name']: entry for entry in json.load(file)}


def mutation(name, **changes):
    return {'name': name, 'why': 'to try', 'file': 'add.h', 'old': 'a + b', 'new': 'a - b', 'tests': ['sum'], **changes}


def test_mutations_are_caught_or_not():
    with tempfile.TemporaryDirectory() as folder:
        done, results = mutate(folder, mutation('caught'), mutation('by one of two', tests=['weak', 'sum']),
                               mutation('survives', tests=['weak']), mutation('again'))
        tap.check(done.returncode == 1, f'its status is {done.returncode}')
        for name, caught in (('caught', True), ('by one of two', True), ('survives', False), ('again', True)):
            tap.check(results[name]['caught'] == caught, f'{name}: {results[name]["result"]}')
        with open(os.path.join(folder, 'add.h'), encoding='utf-8') as file:
            tap.check('a + b' in file.read(), 'the tree itself was changed')


def test_mutations_that_prove_nothing_are_refused():
    with tempfile.TemporaryDirectory() as folder:
        done, results = mutate(folder, mutation('gone', old='a * b'), mutation('twice', old='int'),
                               mutation('same', new='a + b'), mutation('no file', file='none.h'),
                               mutation('no test', tests=['none']), mutation('fails anyway', tests=['bad']),
                               mutation('no code', new='a +'))
        tap.check(done.returncode == 1, f'its status is {done.returncode}')
        tap.no((f'{name}: {entry["result"]}' for name, entry in results.items() if entry['caught']), 'These were taken:')
        tap.check('0 times' in results['gone']['result'] and '2 times' not in results['gone']['result'],
                  results['gone']['result'])
        tap.check('not compile' in results['no code']['result'], results['no code']['result'])


def test_no_mutation_is_no_failure():
    with tempfile.TemporaryDirectory() as folder:
        done, results = mutate(folder)
        tap.check(done.returncode == 0 and not results, done.stdout + done.stderr)


def fake(folder, name, script):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('#!/bin/sh\n' + script)
    os.chmod(path, 0o755)


def install(folder, installed):
    """What install-packages does where dpkg-query answers INSTALLED and apt-get writes down its calls."""
    fake(folder, 'dpkg-query', f'echo {installed}\n')
    fake(folder, 'apt-get', f'echo "$@" >>{folder}/calls\n')
    fake(folder, 'id', 'echo 0\n')
    done = run(os.path.join(TOOLS, 'install-packages'), env=dict(os.environ, PATH=folder + ':' + os.environ['PATH']))
    calls = os.path.join(folder, 'calls')
    return done, open(calls, encoding='utf-8').read().splitlines() if os.path.exists(calls) else []


def test_nothing_is_installed_twice():
    with tempfile.TemporaryDirectory() as folder:
        done, calls = install(folder, 'installed')
        tap.check(done.returncode == 0 and not done.stdout and not calls, done.stdout + done.stderr)


def test_what_is_missing_is_said_in_one_line():
    with tempfile.TemporaryDirectory() as folder:
        done, calls = install(folder, 'not-installed')
        tap.check(done.returncode == 0 and len(done.stdout.splitlines()) == 1 and ' meson ' in done.stdout,
                  done.stdout + done.stderr)
        tap.check(len(calls) == 2 and calls[0].endswith('update') and ' meson ' in calls[1], str(calls))


def test_failing_to_install_is_said():
    with tempfile.TemporaryDirectory() as folder:
        fake(folder, 'dpkg-query', 'echo not-installed\n')
        fake(folder, 'apt-get', 'echo no network >&2; exit 100\n')
        fake(folder, 'id', 'echo 0\n')
        done = run(os.path.join(TOOLS, 'install-packages'), env=dict(os.environ, PATH=folder + ':' + os.environ['PATH']))
        tap.check(done.returncode != 0 and 'no network' in done.stderr and
                  'install-packages: ' in done.stderr.splitlines()[-1], done.stderr)


if __name__ == '__main__':
    tap.main(globals())
