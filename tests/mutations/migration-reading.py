# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes about runs that another Steward, or another computer, carries out."""

MUTATIONS = [
    {
        'name': 'reader-stops-a-run',
        'file': 'src/migration/steward-run-orders.c',
        'old': 'if (!self->live || self->state == STEWARD_RUN_STOPPING || self->wanted_state == STEWARD_RUN_ENDED)',
        'new': 'if (self->state == STEWARD_RUN_STOPPING || self->wanted_state == STEWARD_RUN_ENDED)',
        'tests': ['run-reading'],
        'why': 'Who only reads would write about a run that another Steward carries out.',
    },
    {
        'name': 'sent-by-what-was-read-before',
        'file': 'src/migration/steward-run-reading.c',
        'old': '  self->live = TRUE;\n  take_again (self, record);\n',
        'new': '  self->live = TRUE;\n',
        'tests': ['run-reading'],
        'why': 'What another Steward has moved meanwhile would be sent again.',
    },
    {
        'name': 'lock-of-others-not-seen',
        'file': 'src/migration/steward-run-lock.c',
        'old': 'asked.l_type != F_UNLCK;',
        'new': 'asked.l_type == F_RDLCK;',
        'tests': ['run-lock'],
        'why': 'Nobody would say that another Steward writes.',
    },
    {
        'name': 'import-over-what-is-newer',
        'file': 'src/migration/steward-journal-import.c',
        'old': 'if (history == HISTORY_NEWER && !is_open (data, here))',
        'new': 'if (history != HISTORY_SAME && !is_open (data, here))',
        'tests': ['journal-transfer'],
        'why': 'What happened here would be replaced by what did not.',
    },
    {
        'name': 'import-under-a-live-run',
        'file': 'src/migration/steward-journal-import.c',
        'old': 'if (history == HISTORY_NEWER && !is_open (data, here))',
        'new': 'if (history == HISTORY_NEWER)',
        'tests': ['journal-transfer'],
        'why': 'A run would go on by what it remembers, and send what is done.',
    },
]
