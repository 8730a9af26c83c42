/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-schema.h"

/* Each entry leads from the version of its index to the next. An entry that was released is never
 * changed: a new one is added, and a fixture of the schema it starts from.
 *
 * `items` and `attempts` are what is true now, `events` is how it came about; both are written in one
 * transaction, and only what is true now is counted. Times are microseconds since 1970 and inform
 * only: the order is that of `events.seq` and `runs.id`. `runs.uid` names a run on any machine.
 * `runs.plan` is the plan without its items. */
static const char *const upgrades[] = {
  "CREATE TABLE runs ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  origin TEXT NOT NULL,"
  "  plan TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  started_by TEXT NOT NULL,"
  "  created_at INTEGER NOT NULL,"
  "  ended_at INTEGER NOT NULL DEFAULT 0"
  ");"
  "CREATE INDEX runs_by_origin ON runs (origin);"
  "CREATE TABLE items ("
  "  run_id INTEGER NOT NULL REFERENCES runs (id),"
  "  position INTEGER NOT NULL,"
  "  dataset_id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  catalog_name TEXT,"
  "  schema_name TEXT,"
  "  table_name TEXT,"
  "  direction TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  reason TEXT,"
  "  settled_at INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (run_id, position),"
  "  UNIQUE (run_id, dataset_id)"
  ");"
  "CREATE INDEX items_by_state ON items (state, run_id);"
  "CREATE TABLE attempts ("
  "  run_id INTEGER NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  number INTEGER NOT NULL,"
  "  direction TEXT NOT NULL,"
  "  request TEXT,"
  "  baseline_migrated INTEGER NOT NULL,"
  "  baseline_date INTEGER NOT NULL,"
  "  sent_at INTEGER NOT NULL,"
  "  answered_at INTEGER NOT NULL,"
  "  outcome TEXT NOT NULL,"
  "  status INTEGER NOT NULL,"
  "  answer TEXT,"
  "  message TEXT,"
  "  toe TEXT,"
  "  PRIMARY KEY (run_id, position, number),"
  "  FOREIGN KEY (run_id, position) REFERENCES items (run_id, position)"
  ");"
  "CREATE TABLE events ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  at INTEGER NOT NULL,"
  "  run_id INTEGER NOT NULL REFERENCES runs (id),"
  "  position INTEGER,"
  "  what TEXT NOT NULL,"
  "  direction TEXT,"
  "  state TEXT,"
  "  reason TEXT,"
  "  attempt INTEGER"
  ");"
  "CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events"
  "  BEGIN SELECT RAISE (ABORT, 'events are only added'); END;"
  "CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events"
  "  BEGIN SELECT RAISE (ABORT, 'events are only added'); END;"
  "CREATE TABLE plans ("
  "  origin TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  plan TEXT NOT NULL,"
  "  saved_at INTEGER NOT NULL,"
  "  PRIMARY KEY (origin, name)"
  ");"
  "CREATE TABLE ticks ("
  "  origin TEXT NOT NULL,"
  "  dataset_id TEXT NOT NULL,"
  "  card_id TEXT NOT NULL,"
  "  done_at INTEGER NOT NULL,"
  "  PRIMARY KEY (origin, dataset_id, card_id)"
  ");",

  /* Which table each dataset reads, as far as somebody has said so. */
  "CREATE TABLE source_tables ("
  "  origin TEXT NOT NULL,"
  "  dataset_id TEXT NOT NULL,"
  "  catalog_name TEXT,"
  "  schema_name TEXT,"
  "  table_name TEXT,"
  "  changed_at INTEGER NOT NULL,"
  "  PRIMARY KEY (origin, dataset_id)"
  ") WITHOUT ROWID;",

  /* What was seen of a dataset's data around a move, and what that says. */
  "ALTER TABLE items ADD COLUMN data TEXT;"
  "ALTER TABLE items ADD COLUMN data_words TEXT;"
  "CREATE INDEX items_by_data ON items (data) WHERE data IS NOT NULL;"
  "CREATE TABLE facts ("
  "  run_id INTEGER NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  moment TEXT NOT NULL,"
  "  seen TEXT NOT NULL,"
  "  PRIMARY KEY (run_id, position, moment),"
  "  FOREIGN KEY (run_id, position) REFERENCES items (run_id, position)"
  ");",
};

/**
 * steward_journal_schema_get_version:
 *
 * Returns: the `user_version` that this Steward writes
 */
guint
steward_journal_schema_get_version (void)
{
  return G_N_ELEMENTS (upgrades);
}

/**
 * steward_journal_schema_get_upgrade:
 * @from_version: a version below the present one; 0 is an empty file
 *
 * Returns: (transfer none): the SQL that leads to the version after it
 */
const char *
steward_journal_schema_get_upgrade (guint from_version)
{
  g_return_val_if_fail (from_version < G_N_ELEMENTS (upgrades), NULL);

  return upgrades[from_version];
}
