/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-model-private.h"

/**
 * StewardListPosition:
 *
 * A place in a list: "the fifth row from the top", whichever row that is. It is what #StewardListModel
 * has for items, because a view rebuilds nothing when an item stays the same. `changed` says that
 * another row stands here now, or that the row has new content.
 */
struct _StewardListPosition
{
  GObject parent_instance;

  StewardListModel *model;   /* owned; the model knows its positions without owning them */
  guint index;
};

G_DEFINE_FINAL_TYPE (StewardListPosition, steward_list_position, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
steward_list_position_finalize (GObject *object)
{
  StewardListPosition *self = STEWARD_LIST_POSITION (object);

  steward_list_model_forget (self->model, self->index);
  g_object_unref (self->model);

  G_OBJECT_CLASS (steward_list_position_parent_class)->finalize (object);
}

static void
steward_list_position_class_init (StewardListPositionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_list_position_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STEWARD_TYPE_LIST_POSITION, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
steward_list_position_init (StewardListPosition *self)
{
}

/**
 * steward_list_position_new:
 * @model: the list
 * @index: which place, from 0
 *
 * Returns: (transfer full): the place
 */
StewardListPosition *
steward_list_position_new (StewardListModel *model,
                           guint index)
{
  StewardListPosition *self = g_object_new (STEWARD_TYPE_LIST_POSITION, NULL);

  self->model = g_object_ref (model);
  self->index = index;

  return self;
}

/**
 * steward_list_position_changed:
 * @self: a place
 *
 * Tells those who show it.
 */
void
steward_list_position_changed (StewardListPosition *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * steward_list_position_get_index:
 * @self: a place
 *
 * Returns: which one, from 0
 */
guint
steward_list_position_get_index (StewardListPosition *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_POSITION (self), 0);

  return self->index;
}

/**
 * steward_list_position_get_row:
 * @self: a place
 *
 * Returns: (transfer none) (nullable): the row that stands here now; %NULL for the moment in which the list
 *   is getting shorter
 */
gpointer
steward_list_position_get_row (StewardListPosition *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_POSITION (self), NULL);

  return steward_list_model_get_row (self->model, self->index);
}
