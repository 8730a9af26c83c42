/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What one run makes of those before it. */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

/* The journal has them resolved: what a run here remembers must not say otherwise. */
static void
resolve_earlier (StewardRun *earlier,
                 StewardRun *later)
{
  const gboolean back = steward_plan_get_direction (steward_run_get_plan (later)) == STEWARD_DIRECTION_MOVE_BACK;
  g_autoptr (GHashTable) arrived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (later)); i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (later), i);

      if (steward_run_item_get_state (item) == STEWARD_ITEM_COMPLETE)
        g_hash_table_add (arrived, g_strdup (steward_run_item_get_dataset_id (item)));
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (earlier)); i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (earlier), i);

      if (steward_item_state_needs_attention (steward_run_item_get_state (item)) &&
          g_hash_table_contains (arrived, steward_run_item_get_dataset_id (item)))
        steward_run_resolve (earlier, i, back ? _("Moved back in a later run") : _("Moved in a later run"));
    }
}

/* What the journal says of earlier runs since @later has ended. */
void
steward_run_keeper_look_at_earlier (StewardRunKeeper *self,
                                    StewardKeptRun   *later)
{
  GPtrArray *runs = steward_run_keeper_get_all (self);
  const gint64 id = steward_run_get_id (steward_kept_run_get_run (later));

  for (guint i = 0; i < runs->len; i++)
    {
      StewardKeptRun *kept = runs->pdata[i];
      StewardRun *run = steward_kept_run_get_run (kept);

      if (steward_run_get_id (run) >= id ||
          !g_str_equal (steward_kept_run_get_origin (kept), steward_kept_run_get_origin (later)))
        continue;
      if (steward_run_is_live (run))
        resolve_earlier (run, steward_kept_run_get_run (later));
      else
        steward_kept_run_read_again (kept);
    }
}
