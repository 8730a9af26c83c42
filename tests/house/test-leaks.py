#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The search for leaks is on and finds a planted one in spite of build-aux/leaks.supp."""

import os
import re
import subprocess

import tap
import tree

PROGRAM = os.path.join(os.environ['STEWARD_BUILD'], 'tests', 'house', 'planted-leak')


def run(*arguments):
    # The whole stack, so that the place is named; GLib's own allocator would hide objects.
    environment = dict(os.environ, G_SLICE='always-malloc',
                       ASAN_OPTIONS=os.environ['ASAN_OPTIONS'] + ':fast_unwind_on_malloc=0')
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


def test_a_program_without_a_leak_is_clean():
    done = run('nothing')
    tap.check(done.returncode == 0 and not done.stderr, done.stderr)


def test_lost_memory_is_found():
    done = run('memory')
    tap.check(done.returncode != 0 and 'LeakSanitizer' in done.stderr and 'lose_memory' in done.stderr,
              f'status {done.returncode}: {done.stderr}')


def test_a_lost_object_is_found():
    done = run('object')
    tap.check(done.returncode != 0 and 'LeakSanitizer' in done.stderr, f'status {done.returncode}: {done.stderr}')


def test_suppressions_spare_the_toolkit():
    wrong = [f'build-aux/leaks.supp:{line}' for line, match in
             tree.find(r'^leak:(.*)$', tree.read('build-aux/leaks.supp'))
             if re.match(r'(\*|lib)?(g_|gtk|gdk|gsk|adw|glib|gobject|gio|steward|domo)', match.group(1))]
    tap.no(wrong, 'These hide leaks of ours:')


if __name__ == '__main__':
    tap.main(globals())
