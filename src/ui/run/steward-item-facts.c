/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-item-facts.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-affected.h"
#include "migration/steward-precheck.h"
#include "ui/application/steward-application.h"

/* So many cards are named; the others are counted. */
#define MOST_CARDS 5

struct _StewardItemFacts
{
  GObject parent_instance;

  StewardConnection *connection;
  StewardRunItem *item;
  StewardAffected *affected;    /* nullable: not asked yet */
  GCancellable *cancellable;
  gboolean asking;
  gboolean can_move_back;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardItemFacts, steward_item_facts, G_TYPE_OBJECT)

/* ---- the way back ---- */

static void
on_sighted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardItemFacts) self = user_data;
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  seen = steward_sighting_read_finish (STEWARD_ROUTE (source), result, &error);
  if (seen == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  self->can_move_back =
    steward_precheck_decide (g_hash_table_lookup (seen, steward_run_item_get_dataset_id (self->item)),
                             steward_run_item_get_plan_item (self->item), STEWARD_DIRECTION_MOVE_BACK,
                             &reason) == STEWARD_PRECHECK_GO;
  if (self->can_move_back)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardItemFacts) self = user_data;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRoute) route = NULL;
  g_autoptr (GHashTable) wanted = NULL;
  StewardPlan *plan;

  run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, NULL);
  if (run == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  plan = steward_run_get_plan (run);
  route = steward_route_new_for_id (steward_plan_get_route_id (plan));
  if (route == NULL)
    return;

  wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (wanted, g_strdup (steward_run_item_get_dataset_id (self->item)));
  steward_sighting_read_async (route, steward_connection_get_session (self->connection),
                               steward_plan_get_destination_id (plan), STEWARD_DIRECTION_MOVE_BACK, wanted,
                               self->cancellable, on_sighted, g_object_ref (self));
}

/* ---- the cards ---- */

static void
on_cards (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardItemFacts) self = user_data;

  steward_affected_load_finish (STEWARD_AFFECTED (source), result, NULL);
  self->asking = FALSE;
  if (!g_cancellable_is_cancelled (self->cancellable))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
steward_item_facts_dispose (GObject *object)
{
  StewardItemFacts *self = STEWARD_ITEM_FACTS (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->item);
  g_clear_object (&self->affected);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (steward_item_facts_parent_class)->dispose (object);
}

static void
steward_item_facts_class_init (StewardItemFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_item_facts_dispose;

  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_ITEM_FACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_item_facts_init (StewardItemFacts *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * steward_item_facts_new:
 * @connection: with its instance
 * @item: a dataset of a run
 *
 * Returns: (transfer full): facts that were not asked for yet
 */
StewardItemFacts *
steward_item_facts_new (StewardConnection *connection,
                        StewardRunItem    *item)
{
  StewardItemFacts *self;

  g_return_val_if_fail (STEWARD_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (item), NULL);

  self = g_object_new (STEWARD_TYPE_ITEM_FACTS, NULL);
  self->connection = g_object_ref (connection);
  self->item = g_object_ref (item);

  return self;
}

/**
 * steward_item_facts_load:
 * @self: facts
 *
 * Asks the instance, unless it was asked already or is not connected.
 */
void
steward_item_facts_load (StewardItemFacts *self)
{
  const char *ids[2] = { NULL, NULL };

  g_return_if_fail (STEWARD_IS_ITEM_FACTS (self));

  if (self->affected != NULL || !steward_connection_is_connected (self->connection))
    return;

  ids[0] = steward_run_item_get_dataset_id (self->item);
  self->asking = TRUE;
  self->affected = steward_affected_new (steward_connection_get_session (self->connection));
  steward_affected_load_async (self->affected, ids, self->cancellable, on_cards, g_object_ref (self));
  if (steward_run_item_get_direction (self->item) == STEWARD_DIRECTION_MOVE)
    steward_run_keeper_open_async (steward_application_get_run_keeper (steward_application_get ()), self->connection,
                                   steward_run_item_get_run_id (self->item), on_opened, g_object_ref (self));
}

/**
 * steward_item_facts_cancel:
 * @self: facts
 *
 * Asks no more, because nobody looks any more.
 */
void
steward_item_facts_cancel (StewardItemFacts *self)
{
  g_return_if_fail (STEWARD_IS_ITEM_FACTS (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * steward_item_facts_describe_cards:
 * @self: facts
 *
 * Returns: (transfer full): which cards depend on the dataset
 */
char *
steward_item_facts_describe_cards (StewardItemFacts *self)
{
  g_autoptr (GString) text = NULL;
  GPtrArray *cards;

  g_return_val_if_fail (STEWARD_IS_ITEM_FACTS (self), NULL);

  if (self->asking)
    return g_strdup (_("Asking…"));
  cards = self->affected != NULL ? steward_affected_get_cards (self->affected,
                                                              steward_run_item_get_dataset_id (self->item)) : NULL;
  if (cards == NULL)
    return g_strdup (_("not known"));
  if (cards->len == 0)
    return g_strdup (_("No card depends on it"));

  text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%'u card:", "%'u cards:", cards->len), cards->len);
  for (guint i = 0; i < MIN (cards->len, MOST_CARDS); i++)
    {
      const StewardAffectedCard *card = cards->pdata[i];

      g_string_append_printf (text, "%s %s", i > 0 ? "," : "", card->title != NULL ? card->title : card->id);
    }
  if (cards->len > MOST_CARDS)
    {
      const guint more = cards->len - MOST_CARDS;

      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("and %'u more", "and %'u more", more), more);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * steward_item_facts_can_move_back:
 * @self: facts
 *
 * Returns: whether the instance listed it as one that can be moved back
 */
gboolean
steward_item_facts_can_move_back (StewardItemFacts *self)
{
  g_return_val_if_fail (STEWARD_IS_ITEM_FACTS (self), FALSE);

  return self->can_move_back;
}
