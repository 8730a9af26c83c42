# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes in the journal, the lock and the reports."""

MUTATIONS = [
    {
        'name': 'synchronous-normal',
        'file': 'src/migration/steward-journal-open.c',
        'old': '''"PRAGMA synchronous = FULL"
                                                                 : "PRAGMA synchronous = EXTRA",
                                      error) ||
      !query_number (self, "PRAGMA synchronous", &synchronous, error))
    return FALSE;

  if (synchronous < wanted)''',
        'new': '''"PRAGMA synchronous = NORMAL"
                                                                 : "PRAGMA synchronous = EXTRA",
                                      error) ||
      !query_number (self, "PRAGMA synchronous", &synchronous, error))
    return FALSE;

  if (synchronous < 0)''',
        'tests': ['journal-storage'],
        'why': 'A power cut would take back an intent after its call was sent.',
    },
    {
        'name': 'failed-commit-told-as-done',
        'file': 'src/migration/steward-journal.c',
        'old': 'steward_journal_database_commit (worker->database, &error);',
        'new': 'steward_journal_database_commit (worker->database, NULL);',
        'tests': ['journal-storage'],
        'why': 'With a full disk a call would be sent without a durable intent.',
    },
    {
        'name': 'damaged-file-overwritten',
        'file': 'src/migration/steward-journal-open.c',
        'old': 'if (g_strcmp0 (verdict, "ok") == 0)',
        'new': 'if (verdict != NULL)',
        'tests': ['journal-files'],
        'why': 'Writing into a damaged journal would destroy what could be saved of it.',
    },
    {
        'name': 'foreign-file-overwritten',
        'file': 'src/migration/steward-journal-open.c',
        'old': 'if (is_foreign (path))',
        'new': 'if (FALSE && is_foreign (path))',
        'tests': ['journal-files'],
        'why': 'SQLite takes a short file for an empty one, whatever is in it.',
    },
    {
        'name': 'newer-file-written',
        'file': 'src/migration/steward-journal-open.c',
        'old': 'if (version > steward_journal_schema_get_version ())',
        'new': 'if (version < 0)',
        'tests': ['journal-files'],
        'why': 'What a newer Steward keeps in its tables would be lost.',
    },
    {
        'name': 'lock-shared',
        'file': 'src/migration/steward-run-lock.c',
        'old': 'lock = { .l_type = F_WRLCK',
        'new': 'lock = { .l_type = F_RDLCK',
        'tests': ['run-lock'],
        'why': 'Two Stewards would move datasets of one instance.',
    },
    {
        'name': 'csv-guard-off',
        'file': 'src/migration/steward-csv.c',
        'old': 'guard = needs_guard (text);',
        'new': 'guard = FALSE;',
        'tests': ['csv', 'report'],
        'why': 'A spreadsheet would compute the name of a dataset.',
    },
    {
        'name': 'toe-missing-in-report',
        'file': 'src/migration/steward-report-row.c',
        'old': 'self->toe = dup_valid (steward_run_item_get_toe (item));',
        'new': 'self->toe = dup_valid (NULL);',
        'tests': ['report'],
        'why': 'Nobody could ask support about a dataset.',
    },
    {
        'name': 'names-not-escaped',
        'file': 'src/migration/steward-report-html.c',
        'old': 'g_markup_escape_text (valid, -1)',
        'new': 'g_strdup (valid)',
        'tests': ['report'],
        'why': 'The name of a dataset could be a script in the report.',
    },
    {
        'name': 'wave-follows-anything',
        'file': 'src/migration/steward-journal-waves.c',
        'old': 'n_done + steward_run_record_count (record, STEWARD_ITEM_SKIPPED) == steward_run_record_get_n_items (record)',
        'new': 'TRUE',
        'tests': ['waves'],
        'why': 'The next wave would begin although datasets of the one before are broken or not known.',
    },
    {
        'name': 'wave-before-its-turn',
        'file': 'src/migration/steward-journal-waves.c',
        'old': 'if (steward_run_record_get_state (before) != STEWARD_RUN_ENDED)',
        'new': 'if (steward_run_record_get_state (before) == STEWARD_RUN_READY)',
        'tests': ['waves'],
        'why': 'Two waves would run at the same time.',
    },
]
