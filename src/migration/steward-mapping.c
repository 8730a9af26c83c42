/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-mapping-private.h"

#include <string.h>

/* As many steps can be undone. */
#define MAX_STEPS 200
/* The warnings of so many changed rows are worked out at once, those of more a little at a time. */
#define MAX_AT_ONCE 100
#define SLICE_USEC 2000

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_WARNED,
  SIGNAL_ROWS_ADDED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardMapping, steward_mapping, G_TYPE_OBJECT)

MappingRow *
steward_mapping_get_row (StewardMapping *self,
                         guint           position)
{
  return &g_array_index (self->rows, MappingRow, position);
}

/* Rows, edits and what workers look at share one text; whoever is last frees it, in whatever thread. It is not kept
 * once for all: GLib's table of such texts may give out one that another thread is just freeing. */
char *
steward_mapping_share (const char *text)
{
  return text != NULL && *text != '\0' ? g_ref_string_new (text) : NULL;
}

static char *
acquire (char *text)
{
  return text != NULL ? g_ref_string_acquire (text) : NULL;
}

void
steward_mapping_assign (char **cell,
                        char  *text)
{
  char *old = *cell;

  *cell = acquire (text);
  if (old != NULL)
    g_ref_string_release (old);
}

static void
row_clear (gpointer data)
{
  MappingRow *row = data;

  steward_mapping_assign (&row->dataset_id, NULL);
  steward_mapping_assign (&row->name, NULL);
  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      steward_mapping_assign (&row->cells[part], NULL);
      steward_mapping_assign (&row->indexed[part], NULL);
    }
}

static void
row_free (gpointer data)
{
  row_clear (data);
  g_free (data);
}

/* --- warnings ------------------------------------------------------------------------------------- */

static void
index_row (StewardMapping *self,
           guint           position)
{
  MappingRow *row = steward_mapping_get_row (self, position);

  steward_mapping_index_remove (self->index, row->indexed);
  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    steward_mapping_assign (&row->indexed[part], (row->suggested & 1u << part) == 0 ? row->cells[part] : NULL);
  steward_mapping_index_add (self->index, row->indexed);
  row->stale = FALSE;
}

static void
index_some (StewardMapping *self,
            gint64          until)
{
  while (self->stale->len > 0 && g_get_monotonic_time () < until)
    {
      index_row (self, g_array_index (self->stale, guint, self->stale->len - 1));
      g_array_set_size (self->stale, self->stale->len - 1);
    }
}

static gboolean
on_idle (gpointer data)
{
  StewardMapping *self = data;

  index_some (self, g_get_monotonic_time () + SLICE_USEC);
  if (self->stale->len > 0)
    return G_SOURCE_CONTINUE;

  self->idle = 0;
  g_signal_emit (self, signals[SIGNAL_WARNED], 0);

  return G_SOURCE_REMOVE;
}

void
steward_mapping_mark_stale (StewardMapping *self,
                            guint           position)
{
  MappingRow *row = steward_mapping_get_row (self, position);

  if (row->stale)
    return;

  row->stale = TRUE;
  g_array_append_val (self->stale, position);
}

static void
index_soon (StewardMapping *self)
{
  if (self->stale->len == 0 || self->idle != 0)
    return;

  if (self->stale->len > MAX_AT_ONCE)
    self->idle = g_idle_add (on_idle, self);
  else
    steward_mapping_settle (self);
}

/* --- edits ---------------------------------------------------------------------------------------- */

static void
change_clear (gpointer data)
{
  MappingChange *change = data;

  steward_mapping_assign (&change->before, NULL);
  steward_mapping_assign (&change->after, NULL);
}

/* @kind is for the label of the step. */
MappingEdit *
steward_mapping_edit_new (MappingEditKind kind)
{
  MappingEdit *self = g_new0 (MappingEdit, 1);

  self->kind = kind;
  self->changes = g_array_new (FALSE, TRUE, sizeof (MappingChange));
  g_array_set_clear_func (self->changes, change_clear);

  return self;
}

void
steward_mapping_edit_free (gpointer edit)
{
  MappingEdit *self = edit;

  g_array_unref (self->changes);
  g_free (self);
}

void
steward_mapping_edit_put_shared (MappingEdit        *edit,
                                   StewardMapping     *self,
                                   guint               position,
                                   StewardMappingPart  part,
                                   char               *text)
{
  MappingRow *row = steward_mapping_get_row (self, position);
  const gboolean suggested = (row->suggested & 1u << part) != 0;
  MappingChange change = { position, part, NULL, NULL, suggested };

  if (!suggested && g_strcmp0 (row->cells[part], text) == 0)
    return;

  change.before = acquire (row->cells[part]);
  change.after = acquire (text);
  g_array_append_val (edit->changes, change);
}

void
steward_mapping_edit_put (MappingEdit        *edit,
                          StewardMapping     *self,
                          guint               position,
                          StewardMappingPart  part,
                          const char         *text)
{
  char *shared = steward_mapping_share (text);

  steward_mapping_edit_put_shared (edit, self, position, part, shared);
  steward_mapping_assign (&shared, NULL);
}

static void
notify_steps (StewardMapping *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
}

void
steward_mapping_tell_changed (StewardMapping *self,
                              const guint    *positions,
                              guint           n_positions)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, positions, n_positions);
  index_soon (self);
}

/* Forwards in order, back in the opposite one: a cell may be there twice. */
static void
apply (StewardMapping *self,
       MappingEdit    *edit,
       gboolean        back)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint n = edit->changes->len;

  for (guint i = 0; i < n; i++)
    {
      const MappingChange *change = &g_array_index (edit->changes, MappingChange, back ? n - 1 - i : i);
      MappingRow *row = steward_mapping_get_row (self, change->position);

      steward_mapping_assign (&row->cells[change->part], back ? change->before : change->after);
      row->suggested &= ~(1u << change->part);
      if (back && change->suggested_before)
        row->suggested |= 1u << change->part;
      steward_mapping_mark_stale (self, change->position);
      if (positions->len == 0 || g_array_index (positions, guint, positions->len - 1) != change->position)
        g_array_append_val (positions, change->position);
    }

  steward_mapping_tell_changed (self, (const guint *) (gpointer) positions->data, positions->len);
}

guint
steward_mapping_take_edit (StewardMapping *self,
                           MappingEdit    *edit)
{
  const guint n = edit->changes->len;

  if (n == 0)
    {
      steward_mapping_edit_free (edit);
      return 0;
    }

  g_ptr_array_set_size (self->redo, 0);
  if (self->undo->len >= MAX_STEPS)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_add (self->undo, edit);
  apply (self, edit, FALSE);
  notify_steps (self);

  return n;
}

gboolean
steward_mapping_step (StewardMapping *self,
                      GPtrArray      *from,
                      GPtrArray      *to,
                      gboolean        back)
{
  MappingEdit *edit;

  if (from->len == 0)
    return FALSE;

  edit = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, edit);
  apply (self, edit, back);
  notify_steps (self);

  return TRUE;
}

/* --- the object ----------------------------------------------------------------------------------- */

static void
steward_mapping_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  StewardMapping *self = STEWARD_MAPPING (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo->len > 0);
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo->len > 0);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_mapping_finalize (GObject *object)
{
  StewardMapping *self = STEWARD_MAPPING (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_array_unref (self->stale);
  steward_mapping_index_free (self->index);
  g_hash_table_unref (self->positions);
  g_hash_table_unref (self->recalled);
  g_array_unref (self->rows);

  G_OBJECT_CLASS (steward_mapping_parent_class)->finalize (object);
}

static void
steward_mapping_class_init (StewardMappingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = steward_mapping_get_property;
  object_class->finalize = steward_mapping_finalize;

  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_WARNED] = g_signal_new ("warned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ROWS_ADDED] = g_signal_new ("rows-added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
steward_mapping_init (StewardMapping *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (MappingRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->positions = g_hash_table_new (g_str_hash, g_str_equal);
  self->recalled = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
  self->index = steward_mapping_index_new ();
  self->stale = g_array_new (FALSE, FALSE, sizeof (guint));
  self->undo = g_ptr_array_new_with_free_func (steward_mapping_edit_free);
  self->redo = g_ptr_array_new_with_free_func (steward_mapping_edit_free);
}

/**
 * steward_mapping_new:
 *
 * Returns: (transfer full): a mapping without rows
 */
StewardMapping *
steward_mapping_new (void)
{
  return g_object_new (STEWARD_TYPE_MAPPING, NULL);
}

/* What was typed counts more than what was remembered. */
static void
take_recalled (StewardMapping *self,
               guint           position,
               MappingRow     *recalled)
{
  MappingRow *row = steward_mapping_get_row (self, position);

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      if (row->cells[part] != NULL && (row->suggested & 1u << part) == 0)
        return;
    }

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      if (recalled->cells[part] == NULL)
        continue;
      steward_mapping_assign (&row->cells[part], recalled->cells[part]);
      row->suggested &= ~(1u << part);
    }
  steward_mapping_mark_stale (self, position);
}

/**
 * steward_mapping_add:
 * @self: a mapping
 * @dataset_id: a dataset's id
 * @name: (nullable): its name
 *
 * Adds a row at the end, with what is remembered of the dataset.
 *
 * Returns: its position, or that of the row which the dataset has already
 */
guint
steward_mapping_add (StewardMapping *self,
                     const char     *dataset_id,
                     const char     *name)
{
  gpointer known;
  gpointer recalled;
  guint position;
  MappingRow row = { 0, };

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);
  g_return_val_if_fail (dataset_id != NULL && *dataset_id != '\0', 0);

  known = g_hash_table_lookup (self->positions, dataset_id);
  if (known != NULL)
    {
      char *shared = steward_mapping_share (name);

      position = GPOINTER_TO_UINT (known) - 1;
      steward_mapping_assign (&steward_mapping_get_row (self, position)->name, shared);
      steward_mapping_assign (&shared, NULL);
      return position;
    }

  position = self->rows->len;
  row.dataset_id = steward_mapping_share (dataset_id);
  row.name = steward_mapping_share (name);
  g_array_append_val (self->rows, row);
  g_hash_table_insert (self->positions, row.dataset_id, GUINT_TO_POINTER (position + 1));

  if (g_hash_table_steal_extended (self->recalled, dataset_id, NULL, &recalled))
    {
      take_recalled (self, position, recalled);
      row_free (recalled);
    }
  g_signal_emit (self, signals[SIGNAL_ROWS_ADDED], 0, position, 1);
  index_soon (self);

  return position;
}

void
steward_mapping_recall_keys (StewardMapping *self,
                             GArray         *keys)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < keys->len; i++)
    {
      const MappingKey *key = &g_array_index (keys, MappingKey, i);
      MappingRow *recalled = g_new0 (MappingRow, 1);
      guint position;

      steward_mapping_assign (&recalled->dataset_id, key->dataset_id);
      for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        steward_mapping_assign (&recalled->cells[part], key->cells[part]);
      if (!steward_mapping_find (self, key->dataset_id, &position))
        {
          g_hash_table_replace (self->recalled, recalled->dataset_id, recalled);
          continue;
        }

      take_recalled (self, position, recalled);
      row_free (recalled);
      g_array_append_val (positions, position);
    }

  if (positions->len > 0)
    steward_mapping_tell_changed (self, (const guint *) (gpointer) positions->data, positions->len);
}

/**
 * steward_mapping_recall:
 * @self: a mapping
 * @dataset_id: a dataset
 * @catalog: (nullable): its catalog
 * @schema: (nullable): its schema
 * @table: (nullable): its table
 *
 * What is remembered of a dataset. A row in which something was filled in already stays as it is.
 */
void
steward_mapping_recall (StewardMapping *self,
                        const char     *dataset_id,
                        const char     *catalog,
                        const char     *schema,
                        const char     *table)
{
  g_autoptr (GArray) keys = NULL;
  MappingKey key = { 0, };

  g_return_if_fail (STEWARD_IS_MAPPING (self));
  g_return_if_fail (dataset_id != NULL && *dataset_id != '\0');

  keys = steward_mapping_keys_new ();
  key.dataset_id = steward_mapping_share (dataset_id);
  key.cells[STEWARD_MAPPING_CATALOG] = steward_mapping_share (catalog);
  key.cells[STEWARD_MAPPING_SCHEMA] = steward_mapping_share (schema);
  key.cells[STEWARD_MAPPING_TABLE] = steward_mapping_share (table);
  g_array_append_val (keys, key);
  steward_mapping_recall_keys (self, keys);
}

/**
 * steward_mapping_get_n_rows:
 * @self: a mapping
 *
 * Returns: how many rows it has
 */
guint
steward_mapping_get_n_rows (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);

  return self->rows->len;
}

/**
 * steward_mapping_find:
 * @self: a mapping
 * @dataset_id: a dataset
 * @position: (out) (optional): where it is
 *
 * Returns: whether it has a row
 */
gboolean
steward_mapping_find (StewardMapping *self,
                      const char     *dataset_id,
                      guint          *position)
{
  gpointer known;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);
  g_return_val_if_fail (dataset_id != NULL, FALSE);

  known = g_hash_table_lookup (self->positions, dataset_id);
  if (known != NULL && position != NULL)
    *position = GPOINTER_TO_UINT (known) - 1;

  return known != NULL;
}

/**
 * steward_mapping_settle:
 * @self: a mapping
 *
 * Works out all warnings now.
 */
void
steward_mapping_settle (StewardMapping *self)
{
  g_return_if_fail (STEWARD_IS_MAPPING (self));

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->stale->len == 0)
    return;

  index_some (self, G_MAXINT64);
  g_signal_emit (self, signals[SIGNAL_WARNED], 0);
}
