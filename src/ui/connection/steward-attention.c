/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/connection/steward-attention.h"

struct _StewardAttention
{
  GObject parent_instance;

  GPtrArray *items;             /* nullable */
  GCancellable *cancellable;    /* nullable */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardAttention, steward_attention, G_TYPE_OBJECT)

static void
give_up (StewardAttention *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
take_items (StewardAttention *self,
            GPtrArray        *items)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = items;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardAttention) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;

  items = steward_journal_list_attention_finish (STEWARD_JOURNAL (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  take_items (self, g_steal_pointer (&items));
}

static void
steward_attention_finalize (GObject *object)
{
  StewardAttention *self = STEWARD_ATTENTION (object);

  give_up (self);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_attention_parent_class)->finalize (object);
}

static void
steward_attention_class_init (StewardAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_attention_finalize;

  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_ATTENTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_attention_init (StewardAttention *self)
{
}

/**
 * steward_attention_new:
 *
 * Returns: (transfer full): not known yet
 */
StewardAttention *
steward_attention_new (void)
{
  return g_object_new (STEWARD_TYPE_ATTENTION, NULL);
}

/**
 * steward_attention_load:
 * @self: what needs attention
 * @journal: (nullable): the memory of runs
 * @origin: the instance
 */
void
steward_attention_load (StewardAttention *self,
                        StewardJournal   *journal,
                        const char       *origin)
{
  g_return_if_fail (STEWARD_IS_ATTENTION (self));
  g_return_if_fail (origin != NULL);

  give_up (self);
  if (journal == NULL)
    {
      take_items (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  steward_journal_list_attention_async (journal, origin, self->cancellable, on_listed, g_object_ref (self));
}

/**
 * steward_attention_get_items:
 * @self: what needs attention
 *
 * Returns: (transfer none) (nullable) (element-type StewardRunItem): the datasets, %NULL while not known
 */
GPtrArray *
steward_attention_get_items (StewardAttention *self)
{
  g_return_val_if_fail (STEWARD_IS_ATTENTION (self), NULL);

  return self->items;
}
