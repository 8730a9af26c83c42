/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-model.h"

G_BEGIN_DECLS

/**
 * StewardListModel:
 *
 * The rows of a #StewardRowStore as a view shows them: searched, filtered and sorted, with a cursor. Its items are
 * places (#StewardListPosition), not rows: a new order replaces one array of slots and tells the places
 * that a view holds (about two hundred) to look again, whereas a view that is told that every
 * item was replaced rebuilds its rows for a fifth of a second. A worker filters and sorts; the length goes
 * towards what it should be a few rows at a time.
 *
 * As a selection model it has only a cursor, which stays on its row through every order and reload.
 *
 * Properties: `n-matching`, the length it is going to have; `settled`, whether it shows what was asked.
 * Signal: `cursor-moved` when the row of the cursor stands at another place.
 */
struct _StewardListModel
{
  GObject parent_instance;

  StewardRowStore *store;
  StewardListQuery query;

  StewardListOrder *order;     /* nullable: the slots as they are */
  guint n_items;               /* as views know it */
  guint n_matching;            /* as it is going to be */
  GHashTable *live;            /* index → StewardListPosition, not owned */

  GPtrArray *stale;            /* places that are still to be told */
  guint visible_first;
  guint n_visible;
  gboolean shown;              /* a view tells when it was painted */
  guint n_unpainted;           /* how many of its first rows were added since */
  guint tick_id;
  guint step;

  StewardListIndex *index;     /* nullable: the worker has it, or nobody needed it yet */
  GPtrArray *changes;          /* what the index does not know yet */
  GCancellable *running;       /* nullable: the job under way */
  guint loading_id;
  gboolean dirty;              /* another job is needed */
  guint generation;            /* of the rows: an index of older ones is of no use */
  gboolean settled;

  guint cursor;                /* place, or GTK_INVALID_LIST_POSITION */
  guint cursor_slot;           /* or GTK_INVALID_LIST_POSITION */
  char *cursor_id;             /* nullable */
};

/* steward-list-model-views.c: what views are told */
guint                steward_list_model_slot_at        (StewardListModel    *self,
                                                        guint                position);
void                 steward_list_model_update_settled (StewardListModel    *self);
void                 steward_list_model_start_ticking  (StewardListModel    *self);
void                 steward_list_model_tell_all       (StewardListModel    *self);
void                 steward_list_model_tell_slot      (StewardListModel    *self,
                                                        guint                slot);
void                 steward_list_model_move_cursor    (StewardListModel    *self,
                                                        guint                cursor);
void                 steward_list_model_update_cursor  (StewardListModel    *self);
void                 steward_list_model_set_order      (StewardListModel    *self,
                                                        StewardListOrder    *order,
                                                        guint                n_matching);
void                 steward_list_model_forget         (StewardListModel    *self,
                                                        guint                index);

/* steward-list-model-rows.c: what the rows and the worker do */
void                 steward_list_model_connect        (StewardListModel    *self);
void                 steward_list_model_ask_anew       (StewardListModel    *self);

StewardListPosition *steward_list_position_new         (StewardListModel    *model,
                                                        guint                index);
void                 steward_list_position_changed     (StewardListPosition *self);

G_END_DECLS
