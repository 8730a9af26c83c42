#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Every file: licence lines, length, no leftovers, nothing of the machine it was written on."""

import os
import re

import tap
import tree

LIMIT = 600
SPDX = 'SPDX-License-Identifier: GPL-3.0-or-later'
COPYRIGHT = 'Copyright The Steward authors'
TOP_LEVEL = {'meson.build', 'README.md', 'LICENSE', 'src', 'data', 'po', 'tests', 'build-aux', 'build'}
# Split, so that this file does not find itself.
LEFTOVERS = r'\b(' + '|'.join(['TO' 'DO', 'FIX' 'ME', 'XX' 'X', 'HA' 'CK']) + r')\b'
MACHINE = r'(?<![\w.])/(home|Users|root|work|mnt|media)/[A-Za-z0-9_.-]+'
BINARY = ('.bin', '.png', '.sqlite', '.db', '.gresource', '.mo', '.p12', '.der')


def texts():
    for path in tree.files():
        if not path.endswith(BINARY) and path != 'LICENSE':
            yield path, tree.read(path)


def scripts():
    """Programs without an ending, by their first line."""
    for path in tree.files('build-aux', '.ci', 'tests'):
        if '.' not in os.path.basename(path):
            text = tree.read(path)
            if text.startswith('#!'):
                yield path, text


def test_c_files_say_whose_they_are():
    wrong = []
    for path in tree.files('src', 'tests', ends=('.c', '.h')):
        lines = tree.read(path).splitlines()[:2] + ['', '']
        if lines[0] != f'/* {SPDX} */' or not lines[1].startswith(f'/* {COPYRIGHT}'):
            wrong.append(path)
    tap.no(wrong, f'These do not begin with /* {SPDX} */ and /* {COPYRIGHT} */:')


def test_no_merge_is_left_undone():
    wrong = [f'{path}:{line}' for path, text in texts()
             for line, _ in tree.find(r'^(<{7}|>{7}|={7})( |$)', text)]
    tap.no(wrong, 'Marks of a merge:')


def test_scripts_say_whose_they_are():
    wrong = []
    for path, text in [(path, tree.read(path)) for path in tree.files(ends=('.py',))] + list(scripts()):
        head = [line for line in text.splitlines()[:4] if not line.startswith('#!')]
        if not head or head[0] != f'# {SPDX}':
            wrong.append(path)
        elif path.endswith('.py') and head[1] != f'# {COPYRIGHT}':
            wrong.append(path)
    tap.no(wrong, f'These do not begin with # {SPDX} and # {COPYRIGHT}:')


def test_build_files_say_whose_they_are():
    wrong = [path for path in tree.files(ends=('meson.build',)) if not tree.read(path).startswith(f'# {SPDX}')]
    tap.no(wrong, f'These do not begin with # {SPDX}:')


def test_files_are_short():
    wrong = []
    for path in tree.files('src', 'tests', ends=('.c', '.h', '.py')):
        length = tree.read(path).count('\n')
        if length > LIMIT:
            wrong.append(f'{path}: {length}')
    tap.no(wrong, f'Past {LIMIT} lines a file is two things:')


def test_headers_use_pragma_once():
    wrong = [path for path in tree.files('src', 'tests', ends=('.h',))
             if not re.search(r'^#pragma once$', tree.read(path), re.MULTILINE)]
    tap.no(wrong, 'These have no #pragma once:')


def test_the_top_level_is_tidy():
    names = {name for name in os.listdir(tree.TOP) if not name.startswith('.')}
    tap.no(sorted(names - TOP_LEVEL), 'These do not belong to the top level:')


def test_no_leftovers():
    wrong = []
    for path, text in texts():
        if 'fixtures' not in path.split(os.sep):
            wrong += [f'{path}:{line}: {match.group(0)}' for line, match in tree.find(LEFTOVERS, text)]
    tap.no(wrong, 'Finish it, or leave it out:')


def test_nothing_names_a_machine():
    wrong = []
    for path, text in texts():
        wrong += [f'{path}:{line}: {match.group(0)}' for line, match in tree.find(MACHINE, text)]
    tap.no(wrong, 'These are paths of one machine:')


def test_text_is_tidy():
    wrong = []
    for path, text in texts():
        if 'fixtures' in path.split(os.sep) or path.endswith(('.md', '.po', '.supp')):
            continue
        if '\r' in text:
            wrong.append(f'{path}: carriage returns')
        if text and not text.endswith('\n'):
            wrong.append(f'{path}: no line end at its end')
        wrong += [f'{path}:{line}: blanks at the end' for line, _ in tree.find(r'[ \t]+$', text)]
        if path.endswith(('.c', '.h', '.py', '.ui')):
            wrong += [f'{path}:{line}: a tab' for line, _ in tree.find('\t', text)]
    tap.no(wrong, 'Untidy:')


if __name__ == '__main__':
    tap.main(globals())
