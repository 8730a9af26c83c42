# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The files of the tree, as the tests of the house read them."""

import os
import re

import tap

TOP = os.environ.get('STEWARD_SOURCE', tap.source())
SKIPPED = {'build', '.git', '__pycache__', '.cache', '.flatpak-builder'}


def files(*folders, ends=('',)):
    """Paths, relative to the top, of the files below FOLDERS that end in one of ENDS."""
    found = []
    for folder in folders or ('',):
        for where, below, names in os.walk(os.path.join(TOP, folder)):
            below[:] = sorted(name for name in below if name not in SKIPPED)
            found += [os.path.relpath(os.path.join(where, name), TOP) for name in sorted(names)
                      if name.endswith(tuple(ends)) and name not in SKIPPED]
    return found


def read(path):
    """The text of PATH, relative to the top."""
    with open(os.path.join(TOP, path), encoding='utf-8') as file:
        return file.read()


COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')', re.DOTALL)


def without_comments(text):
    """C source TEXT with its comments blanked; lines keep their numbers, strings are kept."""
    return COMMENT.sub(lambda m: m.group(1) or re.sub(r'[^\n]', ' ', m.group(0)), text)


def find(pattern, text):
    """(line number, match) for each place in TEXT where PATTERN matches."""
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield text.count('\n', 0, match.start()) + 1, match
