# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes about whether what was moved is the right data."""

MUTATIONS = [
    {
        'name': 'same-columns-pass-as-the-same-data',
        'file': 'src/migration/steward-data-difference.c',
        'old': '  if (!values_known)\n    {\n',
        'new': '  if (FALSE)\n    {\n',
        'tests': ['data-difference', 'run-data'],
        'why': 'A staging copy with the same columns would be called the same.',
    },
    {
        'name': 'failed-look-passes-as-the-same',
        'file': 'src/migration/steward-data-difference.c',
        'old': '  if (!columns_known)\n    {\n',
        'new': '  if (FALSE)\n    {\n',
        'tests': ['data-difference', 'run-data'],
        'why': 'What could not be read would be called the same.',
    },
    {
        'name': 'look-after-the-first-try-taken-for-before',
        'file': 'src/migration/steward-run-data.c',
        'old': ' || entry->broken || entry->maybe_moved)',
        'new': ')',
        'tests': ['run-data'],
        'why': 'Half-moved data would be compared with moved data, and a difference be missed.',
    },
    {
        'name': 'look-not-kept-with-the-intent',
        'file': 'src/migration/steward-run-pump.c',
        'old': '  if (entry->looked_at != 0)\n',
        'new': '  if (FALSE)\n',
        'tests': ['run-data'],
        'why': 'After a crash nothing would be left to compare with.',
    },
]
