# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes that only a kill or a power cut brings to light: the crash tests have to find them by themselves."""

MUTATIONS = [
    {
        'name': 'crash-commit-not-synced',
        'file': 'src/migration/steward-journal-open.c',
        'old': '''  if (synchronous < wanted)
    {''',
        'new': '''  if (!steward_journal_database_exec (self, "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  if (synchronous < wanted)
    {''',
        'tests': ['crash-power'],
        'why': 'A power cut would take back what was told to be written.',
    },
    {
        'name': 'crash-send-before-intent',
        'file': 'src/migration/steward-run-pump.c',
        'old': '  entry->compared = FALSE;\n  self->n_intents++;\n',
        'new': '  entry->compared = FALSE;\n  write->kind = RUN_WRITE_NOTE;\n'
               '  steward_run_call (self, write);\n',
        'tests': ['crash-power'],
        'why': 'A call that has left would be forgotten, and sent again.',
    },
    {
        'name': 'left-unsynced-is-read',
        'file': 'src/migration/steward-journal-open.c',
        'old': ' && sync_what_was_left (self, error);',
        'new': ' && (sync_what_was_left != NULL);',
        'tests': ['journal-storage'],
        'why': 'What a killed Steward left would be shown, and taken back by a power cut.',
    },
    {
        'name': 'crash-unknown-goes-again',
        'file': 'src/migration/steward-run-recovery.c',
        'old': 'if (entry->future == STEWARD_ITEM_CHECKING)',
        'new': 'if (entry->future == STEWARD_ITEM_CHECKING || entry->future == STEWARD_ITEM_SENT)',
        'tests': ['crash-kills'],
        'why': 'What was out at a kill would be sent again without being asked about.',
    },
]
