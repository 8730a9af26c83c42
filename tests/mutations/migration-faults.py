# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes that only show when something goes wrong around a run."""

MUTATIONS = [
    {
        'name': 'breaker-ignored',
        'file': 'src/migration/steward-breaker.c',
        'old': 'return self->n >= STEWARD_BREAKER_LIMIT ? kind : STEWARD_RUN_PAUSE_NONE;',
        'new': 'return STEWARD_RUN_PAUSE_NONE;',
        'tests': ['breaker'],
        'why': 'A server that is down would fail all of three hundred datasets.',
    },
    {
        'name': 'breaker-counts-any-kind',
        'file': 'src/migration/steward-breaker.c',
        'old': 'self->n = kind == self->kind ? self->n + 1 : 1;',
        'new': 'self->n++;',
        'tests': ['breaker'],
        'why': 'Three unlucky datasets of a hundred would hold up a run.',
    },
    {
        'name': 'paused-intent-leaves',
        'file': 'src/migration/steward-run-writer.c',
        'old': '  storage_works (self);\n  leave_unsent (self);\n',
        'new': '  storage_works (self);\n  if (FALSE)\n    leave_unsent (self);\n',
        'tests': ['run-unsent'],
        'why': 'A dataset would be moved after the admin said Pause.',
    },
    {
        'name': 'waiting-intent-leaves',
        'file': 'src/migration/steward-run-writer.c',
        'old': '      if (write->kind == RUN_WRITE_INTENT)\n        withdraw (self, write);\n',
        'new': '      if (write->kind == RUN_WRITE_INTENT && self->storage_failed)\n        withdraw (self, write);\n',
        'tests': ['run-unsent'],
        'why': 'What is paused and continued at once would be sent by a list that was read before the pause.',
    },
    {
        'name': 'intent-not-withdrawn',
        'file': 'src/migration/steward-run-writer.c',
        'old': 'updates[i].withdrawn = write->withdrawn;',
        'new': 'updates[i].withdrawn = 0;',
        'tests': ['run-unsent'],
        'why': 'The next intent of the same number could not be written, and the run would never go on.',
    },
    {
        'name': 'longer-wait-ignored',
        'file': 'src/migration/steward-run-pump.c',
        'old': 'if (self->rate_timer != 0 && until <= self->rate_until)',
        'new': 'if (self->rate_timer != 0)',
        'tests': ['run-unsent'],
        'why': 'The instance would be called while it still asks to be left alone.',
    },
    {
        'name': 'no-log-not-synced-enough',
        'file': 'src/migration/steward-journal-open.c',
        'old': 'SYNCHRONOUS_FULL : SYNCHRONOUS_EXTRA;',
        'new': 'SYNCHRONOUS_FULL : SYNCHRONOUS_FULL;',
        'tests': ['journal-storage'],
        'why': 'Where there is no write-ahead log a power cut would undo an intent whose call has left.',
    },
    {
        'name': 'lock-ignored',
        'file': 'src/migration/steward-run-lock.c',
        'old': 'if (fcntl (self->fd, F_OFD_SETLK, &lock) != 0)',
        'new': 'if (fcntl (self->fd, F_OFD_SETLK, &lock) == -2)',
        'tests': ['run-lock'],
        'why': 'Two Stewards would write into one run.',
    },
]
