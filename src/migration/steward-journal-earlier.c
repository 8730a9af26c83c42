/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-private.h"
#include "migration/steward-journal-schema.h"

#include <glib/gi18n-lib.h>

/* What needed attention in an earlier run is over once the dataset has arrived, there or back: whoever moved it knew
 * what it was for. */
gboolean
steward_journal_resolve_earlier (StewardJournalDatabase *database,
                                 gint64 run_id,
                                 guint position,
                                 StewardDirection direction,
                                 gint64 now,
                                 GError **error)
{
#define EARLIER \
  "state IN ('incomplete', 'unknown', 'moved-unconfirmed') AND run_id < ?1" \
  " AND dataset_id = (SELECT m.dataset_id FROM items m WHERE m.run_id = ?1 AND m.position = ?2)" \
  " AND run_id IN (SELECT r.id FROM runs r WHERE r.origin = (SELECT origin FROM runs WHERE id = ?1)" \
  "   AND r.state <> '" STEWARD_JOURNAL_HANDED_OVER "')"
  static const char *const sql[] = {
    "INSERT INTO events (at, run_id, position, what, direction, state, reason)"
    " SELECT ?3, run_id, position, 'item', direction, 'resolved', ?4 FROM items WHERE " EARLIER,
    "UPDATE items SET state = 'resolved', reason = ?4, settled_at = ?3 WHERE " EARLIER,
  };
  const char *note = direction == STEWARD_DIRECTION_MOVE ? _ ("Moved in a later run")
                                                                 : _ ("Moved back in a later run");

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autoptr (StewardJournalStatement) write = steward_journal_database_prepare (database, sql[i], error);

      if (write == NULL)
        return FALSE;
      steward_journal_statement_bind (write, "iiit", run_id, (gint64) position, now, note);
      if (!steward_journal_database_run (database, write, error))
        return FALSE;
    }

  return TRUE;
}
