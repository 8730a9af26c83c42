/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What can be done to a mapping. */

#include "config.h"

#include "migration/steward-mapping-private.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-mapping-block.h"

static gboolean
has_row (StewardMapping *self,
         guint           position)
{
  return position < self->rows->len;
}

/**
 * steward_mapping_set_cell:
 * @self: a mapping
 * @position: a row
 * @part: a column
 * @text: (nullable): what was typed, as it is; "" or %NULL empties the cell
 *
 * A suggestion that is typed again is accepted by that.
 *
 * Returns: how many cells changed
 */
guint
steward_mapping_set_cell (StewardMapping     *self,
                          guint               position,
                          StewardMappingPart  part,
                          const char         *text)
{
  g_autoptr (MappingEdit) edit = NULL;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, 0);

  edit = steward_mapping_edit_new (MAPPING_EDIT_CELL);
  if (has_row (self, position))
    steward_mapping_edit_put (edit, self, position, part, text);

  return steward_mapping_take_edit (self, g_steal_pointer (&edit));
}

/**
 * steward_mapping_fill:
 * @self: a mapping
 * @positions: (array length=n_positions): rows
 * @n_positions: how many
 * @part: a column
 * @text: (nullable): what each of them is to have there
 *
 * Returns: how many cells changed
 */
guint
steward_mapping_fill (StewardMapping     *self,
                      const guint        *positions,
                      guint               n_positions,
                      StewardMappingPart  part,
                      const char         *text)
{
  g_autoptr (MappingEdit) edit = NULL;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, 0);

  edit = steward_mapping_edit_new (MAPPING_EDIT_FILL);
  for (guint i = 0; i < n_positions; i++)
    {
      if (has_row (self, positions[i]))
        steward_mapping_edit_put (edit, self, positions[i], part, text);
    }

  return steward_mapping_take_edit (self, g_steal_pointer (&edit));
}

/**
 * steward_mapping_paste:
 * @self: a mapping
 * @positions: (array length=n_positions): the rows from the focused one on, in the order in which they are shown
 * @n_positions: how many
 * @part: the focused column
 * @block: a block of text as a spreadsheet copies it
 * @n_left_out: (out) (optional): cells of the block that had no row or column left
 *
 * The block's first cell goes into the focused one. Its empty cells empty what they fall on.
 *
 * Returns: how many cells changed
 */
guint
steward_mapping_paste (StewardMapping     *self,
                       const guint        *positions,
                       guint               n_positions,
                       StewardMappingPart  part,
                       const char         *block,
                       guint              *n_left_out)
{
  g_autoptr (MappingEdit) edit = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint n_lost = 0;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, 0);
  g_return_val_if_fail (block != NULL, 0);

  edit = steward_mapping_edit_new (MAPPING_EDIT_PASTE);
  lines = steward_mapping_block_parse (block);
  for (guint i = 0; i < lines->len; i++)
    {
      char **cells = g_ptr_array_index (lines, i);

      for (guint j = 0; cells[j] != NULL; j++)
        {
          if (i >= n_positions || !has_row (self, positions[i]) || part + j >= STEWARD_MAPPING_N_PARTS)
            n_lost++;
          else
            steward_mapping_edit_put (edit, self, positions[i], part + j, cells[j]);
        }
    }
  if (n_left_out != NULL)
    *n_left_out = n_lost;

  return steward_mapping_take_edit (self, g_steal_pointer (&edit));
}

/**
 * steward_mapping_copy:
 * @self: a mapping
 * @positions: (array length=n_positions): rows
 * @n_positions: how many
 *
 * Returns: (transfer full): catalog, schema and table of each, a line a row, with tabs between
 */
char *
steward_mapping_copy (StewardMapping *self,
                      const guint    *positions,
                      guint           n_positions)
{
  GString *block;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), NULL);

  block = g_string_new (NULL);
  for (guint i = 0; i < n_positions; i++)
    {
      for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        {
          if (part > 0)
            g_string_append_c (block, '\t');
          steward_mapping_block_append (block, steward_mapping_get_cell (self, positions[i], part));
        }
      g_string_append_c (block, '\n');
    }

  return g_string_free (block, FALSE);
}

/**
 * steward_mapping_replace:
 * @self: a mapping
 * @positions: (array length=n_positions): rows
 * @n_positions: how many
 * @part: a column, or -1 for all three
 * @text: what to look for, plain text
 * @replacement: (nullable): what to put in its place
 * @match_case: whether capitals count
 *
 * Replaces each occurrence within the cells.
 *
 * Returns: how many cells changed
 */
guint
steward_mapping_replace (StewardMapping *self,
                         const guint    *positions,
                         guint           n_positions,
                         int             part,
                         const char     *text,
                         const char     *replacement,
                         gboolean        match_case)
{
  g_autoptr (MappingEdit) edit = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, 0);
  g_return_val_if_fail (text != NULL, 0);

  if (*text == '\0')
    return 0;

  pattern = g_regex_escape_string (text, -1);
  regex = g_regex_new (pattern, match_case ? 0 : G_REGEX_CASELESS, 0, NULL);
  if (regex == NULL)
    return 0;

  edit = steward_mapping_edit_new (MAPPING_EDIT_REPLACE);
  for (guint i = 0; i < n_positions; i++)
    {
      for (int column = MAX (part, 0); column < (part < 0 ? STEWARD_MAPPING_N_PARTS : part + 1); column++)
        {
          const char *before = steward_mapping_get_cell (self, positions[i], column);
          g_autofree char *after = NULL;

          if (!g_regex_match (regex, before, 0, NULL))
            continue;
          after = g_regex_replace_literal (regex, before, -1, 0, replacement != NULL ? replacement : "", 0, NULL);
          if (after != NULL)
            steward_mapping_edit_put (edit, self, positions[i], column, after);
        }
    }

  return steward_mapping_take_edit (self, g_steal_pointer (&edit));
}

/**
 * steward_mapping_accept:
 * @self: a mapping
 * @positions: (array length=n_positions): rows
 * @n_positions: how many
 *
 * Accepts all suggestions in these rows.
 *
 * Returns: how many cells changed
 */
guint
steward_mapping_accept (StewardMapping *self,
                        const guint    *positions,
                        guint           n_positions)
{
  g_autoptr (MappingEdit) edit = NULL;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), 0);

  edit = steward_mapping_edit_new (MAPPING_EDIT_ACCEPT);
  for (guint i = 0; i < n_positions; i++)
    {
      for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        {
          if (steward_mapping_is_suggestion (self, positions[i], part))
            steward_mapping_edit_put (edit, self, positions[i], part,
                                      steward_mapping_get_cell (self, positions[i], part));
        }
    }

  return steward_mapping_take_edit (self, g_steal_pointer (&edit));
}

/**
 * steward_mapping_suggest:
 * @self: a mapping
 * @position: a row
 * @part: a column
 * @text: (nullable): what it may be
 *
 * Puts a suggestion into a cell that is empty, or takes the place of an earlier one.
 *
 * Returns: whether it is there now
 */
gboolean
steward_mapping_suggest (StewardMapping     *self,
                         guint               position,
                         StewardMappingPart  part,
                         const char         *text)
{
  char *shared;
  MappingRow *row;

  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);
  g_return_val_if_fail (part < STEWARD_MAPPING_N_PARTS, FALSE);

  if (!has_row (self, position) || text == NULL || *text == '\0')
    return FALSE;

  row = steward_mapping_get_row (self, position);
  if (row->cells[part] != NULL && (row->suggested & 1u << part) == 0)
    return FALSE;

  shared = steward_mapping_share (text);
  steward_mapping_assign (&row->cells[part], shared);
  steward_mapping_assign (&shared, NULL);
  row->suggested |= 1u << part;
  steward_mapping_tell_changed (self, &position, 1);

  return TRUE;
}

/* --- undo ----------------------------------------------------------------------------------------- */

static const char *
get_label (GPtrArray *edits)
{
  MappingEdit *edit;

  if (edits->len == 0)
    return NULL;

  edit = g_ptr_array_index (edits, edits->len - 1);
  switch (edit->kind)
    {
    case MAPPING_EDIT_FILL:
      return _("Fill");

    case MAPPING_EDIT_PASTE:
      return _("Paste");

    case MAPPING_EDIT_REPLACE:
      return _("Replace");

    case MAPPING_EDIT_ACCEPT:
      return _("Accept Suggestions");

    case MAPPING_EDIT_IMPORT:
      return _("Import");

    case MAPPING_EDIT_CELL:
    default:
      return _("Typing");
    }
}

/**
 * steward_mapping_can_undo:
 * @self: a mapping
 *
 * Returns: whether there is an edit to take back
 */
gboolean
steward_mapping_can_undo (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);

  return self->undo->len > 0;
}

/**
 * steward_mapping_can_redo:
 * @self: a mapping
 *
 * Returns: whether there is an edit that was taken back
 */
gboolean
steward_mapping_can_redo (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);

  return self->redo->len > 0;
}

/**
 * steward_mapping_get_undo_label:
 * @self: a mapping
 *
 * Returns: (transfer none) (nullable): what would be taken back, translated
 */
const char *
steward_mapping_get_undo_label (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), NULL);

  return get_label (self->undo);
}

/**
 * steward_mapping_get_redo_label:
 * @self: a mapping
 *
 * Returns: (transfer none) (nullable): what would be done again, translated
 */
const char *
steward_mapping_get_redo_label (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), NULL);

  return get_label (self->redo);
}

/**
 * steward_mapping_undo:
 * @self: a mapping
 *
 * Takes back the last edit.
 *
 * Returns: whether there was one
 */
gboolean
steward_mapping_undo (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);

  return steward_mapping_step (self, self->undo, self->redo, TRUE);
}

/**
 * steward_mapping_redo:
 * @self: a mapping
 *
 * Makes the edit again that was taken back last.
 *
 * Returns: whether there was one
 */
gboolean
steward_mapping_redo (StewardMapping *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);

  return steward_mapping_step (self, self->redo, self->undo, FALSE);
}
