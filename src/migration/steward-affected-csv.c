/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-affected.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-csv.h"

/* What an owner is told of. */
typedef struct
{
  GString *datasets;
  GString *cards;
  GHashTable *seen;             /* set of card ids, borrowed: a card may hang on several datasets */
  guint last;                   /* the number of the dataset that was named last, from 1 */
} Share;

static void
share_free (gpointer data)
{
  Share *share = data;

  g_string_free (share->datasets, TRUE);
  g_string_free (share->cards, TRUE);
  g_hash_table_unref (share->seen);
  g_free (share);
}

static void
append_name (GString    *names,
             const char *name)
{
  if (names->len > 0)
    g_string_append (names, "; ");
  g_string_append (names, name);
}

/* A person and a group may have the same number. */
static char *
make_key (const StewardAffectedOwner *owner)
{
  return g_strdup_printf ("%s %s", owner->type, owner->id);
}

static Share *
ensure_share (GHashTable                 *shares,
              const StewardAffectedOwner *owner)
{
  g_autofree char *key = make_key (owner);
  Share *share = g_hash_table_lookup (shares, key);

  if (share == NULL)
    {
      share = g_new0 (Share, 1);
      share->datasets = g_string_new (NULL);
      share->cards = g_string_new (NULL);
      share->seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (shares, g_steal_pointer (&key), share);
    }

  return share;
}

/* (transfer full): an owner's key → Share */
static GHashTable *
share_out (StewardAffected *self,
           StewardPlan     *plan)
{
  GHashTable *shares = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, share_free);

  for (guint i = 0; i < steward_plan_get_n_items (plan); i++)
    {
      StewardPlanItem *item = steward_plan_get_item (plan, i);
      GPtrArray *cards = steward_affected_get_cards (self, steward_plan_item_get_dataset_id (item));

      for (guint j = 0; cards != NULL && j < cards->len; j++)
        {
          StewardAffectedCard *card = cards->pdata[j];

          for (guint k = 0; card->owners != NULL && k < card->owners->len; k++)
            {
              StewardAffectedOwner *owner = card->owners->pdata[k];
              Share *share = ensure_share (shares, owner);

              if (share->last != i + 1)
                append_name (share->datasets, steward_plan_item_get_name (item));
              share->last = i + 1;
              if (g_hash_table_add (share->seen, card->id))
                append_name (share->cards, card->title != NULL ? card->title : card->id);
            }
        }
    }

  return shares;
}

/**
 * steward_affected_owners_to_csv:
 * @self: what is known
 * @plan: whose datasets
 * @owners: (element-type StewardAffectedOwner): owners of these datasets' cards
 *
 * Returns: (transfer full): a table of name, e-mail, number of cards, their titles and the names of the datasets that
 *   they depend on, one owner a row; cells that a spreadsheet would compute are guarded
 */
GBytes *
steward_affected_owners_to_csv (StewardAffected *self,
                                StewardPlan     *plan,
                                GPtrArray       *owners)
{
  g_autoptr (GHashTable) shares = NULL;
  GString *csv;

  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), NULL);
  g_return_val_if_fail (STEWARD_IS_PLAN (plan), NULL);
  g_return_val_if_fail (owners != NULL, NULL);

  shares = share_out (self, plan);
  csv = g_string_new (STEWARD_CSV_BOM);
  steward_csv_append_cell (csv, _("Name"));
  steward_csv_append_cell (csv, _("E-mail"));
  steward_csv_append_cell (csv, _("Cards"));
  steward_csv_append_cell (csv, _("Names of the cards"));
  steward_csv_append_cell (csv, _("Datasets"));
  steward_csv_end_row (csv);

  for (guint i = 0; i < owners->len; i++)
    {
      const StewardAffectedOwner *owner = g_ptr_array_index (owners, i);
      g_autofree char *key = make_key (owner);
      const Share *share = g_hash_table_lookup (shares, key);
      g_autofree char *n_cards = g_strdup_printf ("%u", owner->n_cards);

      steward_csv_append_cell (csv, owner->name != NULL ? owner->name : owner->id);
      steward_csv_append_cell (csv, owner->email);
      steward_csv_append_cell (csv, n_cards);
      steward_csv_append_cell (csv, share != NULL ? share->cards->str : NULL);
      steward_csv_append_cell (csv, share != NULL ? share->datasets->str : NULL);
      steward_csv_end_row (csv);
    }

  return g_string_free_to_bytes (csv);
}
