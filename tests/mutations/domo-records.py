# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes in the table of operations, in reading JSON, records and lists."""

MUTATIONS = [
    {
        'name': 'wrong-row',
        'file': 'src/domo/domo-operation-rows-e-to-r.inc',
        'old': '"/api/query/migration/amplifier/to/federated/{datasourceId}"',
        'new': '"/api/query/migration/federated/to/amplifier/{datasourceId}"',
        'tests': ['golden'],
        'why': 'Moving back would call the path of moving.',
    },
    {
        'name': 'required-member-ignored',
        'file': 'src/domo/domo-record.c',
        'old': 'if (!member->required)',
        'new': 'if (member != NULL)',
        'tests': ['record', 'list'],
        'why': 'A candidate without an id would become a row that can be chosen.',
    },
    {
        'name': 'depth-limit-off',
        'file': 'src/domo/domo-splitter.c',
        'old': 'if (++self->depth > max_depth)',
        'new': 'if (++self->depth == 0 && max_depth == 0)',
        'tests': ['splitter', 'list'],
        'why': 'A reply nested 100,000 deep would be kept in memory and read.',
    },
    {
        'name': 'escape-forgotten-at-a-border',
        'file': 'src/domo/domo-splitter.c',
        'old': 'self->in_escape = TRUE;',
        'new': 'self->in_escape = FALSE;',
        'tests': ['splitter'],
        'why': 'A quote behind a backslash at the end of a chunk would end the string.',
    },
    {
        'name': 'partial-not-marked',
        'file': 'src/domo/domo-list-job.c',
        'old': 'summary->partial = !ok;',
        'new': 'summary->partial = FALSE;',
        'tests': ['list', 'load'],
        'why': 'Half a list would be acted on as if it were the whole.',
    },
    {
        'name': 'truncated-list-accepted',
        'file': 'src/domo/domo-splitter.c',
        'old': 'if (self->state != STATE_END)\n    {',
        'new': 'if (self->state == STATE_START)\n    {',
        'tests': ['splitter', 'list', 'load'],
        'why': 'A list that broke off would count as complete.',
    },
    {
        'name': 'long-integer-loses-its-digits',
        'file': 'src/domo/domo-json.c',
        'old': 'if (is_integer &&',
        'new': 'if (!is_integer && n_digits == 0 &&',
        'tests': ['json', 'record', 'list'],
        'why': 'Ids past int64 would all be the same.',
    },
    {
        'name': 'half-surrogate-let-through',
        'file': 'src/domo/domo-json.c',
        'old': 'repair (check, from, behind, "\\\\ufffd");',
        'new': 'check->at = behind;',
        'tests': ['json'],
        'why': 'A name would not be valid text and break what shows it.',
    },
]
