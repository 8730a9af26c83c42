/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-world-row.h"

#include "practice/practice-cards.h"
#include "practice/practice-clock.h"
#include "practice/practice-data.h"
#include "practice/practice-random.h"

void
practice_world_row_clear (PracticeWorldRow *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->schema);
  g_free (self->table);
}

void
practice_world_insert (PracticeWorld *self, const PracticeWorldRow *row)
{
  guint64 bits = practice_random (self->seed, "dataset", row->pos);
  gint64 created = PRACTICE_WORLD_NOW - (gint64) (bits % 1000 + 40) * 86400000;
  gint64 updated = PRACTICE_WORLD_NOW - (gint64) ((bits >> 10) % (40 * 86400)) * 1000;
  gint64 moved = PRACTICE_WORLD_NOW - (gint64) ((bits >> 30) % (20 * 86400)) * 1000;
  g_autofree char *date = practice_clock_date (moved);
  gboolean group = (bits >> 50) % 10 == 0;

  practice_db_run (
    self->db,
    "INSERT INTO dataset (pos, id, name, type, arch, integration, v1_type, catalog, schema, tbl,"
    " amplified, amplified_date, upgraded_date, fails_forward, fails_back, owner_type, owner_id,"
    " created, updated, rows, columns, cards, flows)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "isssssssssissiisiiiiiii",
    row->pos,
    row->id,
    row->name,
    row->type,
    row->arch,
    row->integration,
    row->v1_type,
    row->catalog,
    row->schema,
    row->table,
    (gint64) row->amplified,
    row->amplified ? date : NULL,
    row->upgraded ? date : NULL,
    (gint64) row->fails_forward,
    (gint64) row->fails_back,
    group ? "GROUP" : "USER",
    group ? practice_cards_group (bits) : practice_cards_user (bits),
    created,
    updated,
    practice_data_rows (self->seed, row->pos, row->amplified || row->upgraded),
    (gint64) ((bits >> 40) % 60 + 1),
    (gint64) practice_cards_count (self->seed, row->pos),
    (gint64) ((bits >> 55) % 4));
}
