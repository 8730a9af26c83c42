/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Stwd": what makes an SQLite file a journal of Steward. */
#define STEWARD_JOURNAL_APPLICATION_ID 0x53747764

/* What stands for a run's state, and for the event, once another computer carries it out. */
#define STEWARD_JOURNAL_HANDED_OVER "handed-over"

guint       steward_journal_schema_get_version (void);
const char *steward_journal_schema_get_upgrade (guint from_version);

G_END_DECLS
