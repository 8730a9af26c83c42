/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What the rows of a mapping say. */

#include "config.h"

#include "migration/steward-mapping-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* (nullable): the row, NULL behind the last. */
static MappingRow *
look (StewardMapping *self,
      guint           position)
{
  return position < self->rows->len ? steward_mapping_get_row (self, position) : NULL;
}

static gboolean
is_filled_in (const MappingRow *row,
              guint             part)
{
  return row->cells[part] != NULL && (row->suggested & 1u << part) == 0;
}

/**
 * steward_mapping_get_dataset_id:
 * @self: a mapping
 * @position: a row
 *
 * Returns: (transfer none) (nullable): the dataset's id, %NULL behind the last row
 */
const char *
steward_mapping_get_dataset_id (StewardMapping *self,
                                guint           position)
{
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), NULL);

  row = look (self, position);

  return row != NULL ? row->dataset_id : NULL;
}

/**
 * steward_mapping_get_name:
 * @self: a mapping
 * @position: a row
 *
 * Returns: (transfer none): the dataset's name, "" if it is not known
 */
const char *
steward_mapping_get_name (StewardMapping *self,
                          guint           position)
{
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), "");

  row = look (self, position);

  return row != NULL && row->name != NULL ? row->name : "";
}

/**
 * steward_mapping_get_cell:
 * @self: a mapping
 * @position: a row
 * @part: a column
 *
 * Returns: (transfer none): what is in the cell, typed or suggested; "" if nothing
 */
const char *
steward_mapping_get_cell (StewardMapping     *self,
                          guint               position,
                          StewardMappingPart  part)
{
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), "");
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, "");

  row = look (self, position);

  return row != NULL && row->cells[part] != NULL ? row->cells[part] : "";
}

/**
 * steward_mapping_is_suggestion:
 * @self: a mapping
 * @position: a row
 * @part: a column
 *
 * Returns: whether what is in the cell was suggested and nobody has accepted it yet
 */
gboolean
steward_mapping_is_suggestion (StewardMapping     *self,
                               guint               position,
                               StewardMappingPart  part)
{
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, FALSE);

  row = look (self, position);

  return row != NULL && (row->suggested & 1u << part) != 0;
}

/**
 * steward_mapping_is_complete:
 * @self: a mapping
 * @position: a row
 *
 * Returns: whether all three cells are filled in and none of them is a suggestion
 */
gboolean
steward_mapping_is_complete (StewardMapping *self,
                             guint           position)
{
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);

  row = look (self, position);
  if (row == NULL)
    return FALSE;

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      if (!is_filled_in (row, part))
        return FALSE;
    }

  return TRUE;
}

/**
 * steward_mapping_dup_item:
 * @self: a mapping
 * @position: a row
 *
 * Returns: (transfer full) (nullable): the dataset with what is filled in, %NULL behind the last row
 */
StewardPlanItem *
steward_mapping_dup_item (StewardMapping *self,
                          guint           position)
{
  const char *cells[STEWARD_MAPPING_N_PARTS];
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), NULL);

  row = look (self, position);
  if (row == NULL)
    return NULL;

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    cells[part] = is_filled_in (row, part) ? row->cells[part] : NULL;

  return steward_plan_item_new (row->dataset_id, row->name, cells[STEWARD_MAPPING_CATALOG],
                                cells[STEWARD_MAPPING_SCHEMA], cells[STEWARD_MAPPING_TABLE]);
}

/* --- warnings ------------------------------------------------------------------------------------- */

static gboolean
has_outer_space (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return g_unichar_isspace (g_utf8_get_char (text)) ||
         (last != NULL && g_unichar_isspace (g_utf8_get_char (last)));
}

/* Any other spelling of it is a schema of that name, which nobody means. */
static gboolean
is_nearly_no_schema (const char *text)
{
  return g_ascii_strcasecmp (text, STEWARD_MAPPING_NO_SCHEMA) == 0 &&
         strcmp (text, STEWARD_MAPPING_NO_SCHEMA) != 0;
}

/**
 * steward_mapping_get_warnings:
 * @self: a mapping
 * @position: a row
 * @part: a column
 *
 * Returns: what may be wrong with the cell, %STEWARD_MAPPING_FINE if nothing is known
 */
StewardMappingWarning
steward_mapping_get_warnings (StewardMapping     *self,
                              guint               position,
                              StewardMappingPart  part)
{
  StewardMappingWarning warnings = STEWARD_MAPPING_FINE;
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), STEWARD_MAPPING_FINE);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, STEWARD_MAPPING_FINE);

  row = look (self, position);
  if (row == NULL)
    return STEWARD_MAPPING_FINE;
  if (!is_filled_in (row, part))
    return STEWARD_MAPPING_EMPTY;

  if (has_outer_space (row->cells[part]))
    warnings |= STEWARD_MAPPING_SPACES;
  if (part == STEWARD_MAPPING_SCHEMA && is_nearly_no_schema (row->cells[part]))
    warnings |= STEWARD_MAPPING_CASE;

  /* Of a row that is not worked out yet, the others are not compared yet. */
  if (row->stale)
    return warnings;

  if (steward_mapping_index_is_odd (self->index, row->cells, part))
    warnings |= STEWARD_MAPPING_CASE;
  if (part == STEWARD_MAPPING_TABLE && steward_mapping_is_complete (self, position) &&
      steward_mapping_index_is_duplicate (self->index, row->cells))
    warnings |= STEWARD_MAPPING_DUPLICATE;

  return warnings;
}

/**
 * steward_mapping_describe:
 * @self: a mapping
 * @position: a row
 * @part: a column
 *
 * Returns: (transfer full) (nullable): what may be wrong with the cell, a sentence a line, translated; %NULL if
 *   nothing
 */
char *
steward_mapping_describe (StewardMapping     *self,
                          guint               position,
                          StewardMappingPart  part)
{
  const StewardMappingWarning warnings = steward_mapping_get_warnings (self, position, part);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  if ((warnings & STEWARD_MAPPING_EMPTY) != 0)
    g_ptr_array_add (lines, (gpointer) (steward_mapping_is_suggestion (self, position, part)
                                          ? _("This is a suggestion. Accept it, or type something else.")
                                          : _("This is empty.")));
  if ((warnings & STEWARD_MAPPING_SPACES) != 0)
    g_ptr_array_add (lines, (gpointer) _("This begins or ends with a space."));
  if ((warnings & STEWARD_MAPPING_CASE) != 0)
    g_ptr_array_add (lines, (gpointer) _("Other rows spell this with other capitals. Domo compares them exactly."));
  if ((warnings & STEWARD_MAPPING_DUPLICATE) != 0)
    g_ptr_array_add (lines, (gpointer) _("Another row names the same table. Only the first of them is moved."));

  if (lines->len == 0)
    return NULL;

  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/**
 * steward_mapping_is_meant_by:
 * @item: a dataset with its table
 * @message: (nullable): what the instance says about it
 *
 * Returns: whether that tells of the table
 */
gboolean
steward_mapping_is_meant_by (StewardPlanItem *item,
                             const char      *message)
{
  const char *table;
  g_autofree char *folded_table = NULL;
  g_autofree char *folded_message = NULL;

  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (item), FALSE);

  table = steward_plan_item_get_table (item);
  if (table == NULL || message == NULL)
    return FALSE;

  folded_table = g_utf8_casefold (table, -1);
  folded_message = g_utf8_casefold (message, -1);

  return strstr (folded_message, folded_table) != NULL;
}

/* --- for workers ---------------------------------------------------------------------------------- */

static void
key_clear (gpointer data)
{
  MappingKey *key = data;

  steward_mapping_assign (&key->dataset_id, NULL);
  steward_mapping_assign (&key->name, NULL);
  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    steward_mapping_assign (&key->cells[part], NULL);
}

GArray *
steward_mapping_keys_new (void)
{
  GArray *keys = g_array_new (FALSE, TRUE, sizeof (MappingKey));

  g_array_set_clear_func (keys, key_clear);

  return keys;
}

GArray *
steward_mapping_dup_keys (StewardMapping *self,
                          const guint    *positions,
                          guint           n_positions)
{
  const guint n = positions != NULL ? n_positions : self->rows->len;
  GArray *keys = steward_mapping_keys_new ();

  for (guint i = 0; i < n; i++)
    {
      MappingRow *row = look (self, positions != NULL ? positions[i] : i);
      MappingKey key = { 0, };

      if (row == NULL)
        continue;

      key.position = positions != NULL ? positions[i] : i;
      steward_mapping_assign (&key.dataset_id, row->dataset_id);
      steward_mapping_assign (&key.name, row->name);
      for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        {
          if (is_filled_in (row, part))
            steward_mapping_assign (&key.cells[part], row->cells[part]);
        }
      g_array_append_val (keys, key);
    }

  return keys;
}
