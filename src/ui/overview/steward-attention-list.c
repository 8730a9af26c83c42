/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-attention-list.h"

#include "ui/overview/steward-attention-row.h"

static gboolean
is_the_same (StewardRunItem *one,
             StewardRunItem *other)
{
  return steward_run_item_get_run_id (one) == steward_run_item_get_run_id (other) &&
         steward_run_item_get_position (one) == steward_run_item_get_position (other);
}

static gboolean
says_the_same (StewardRunItem *one,
               StewardRunItem *other)
{
  return is_the_same (one, other) && steward_run_item_get_state (one) == steward_run_item_get_state (other) &&
         steward_run_item_get_n_attempts (one) == steward_run_item_get_n_attempts (other) &&
         g_strcmp0 (steward_run_item_get_toe (one), steward_run_item_get_toe (other)) == 0 &&
         g_strcmp0 (steward_run_item_get_data_words (one), steward_run_item_get_data_words (other)) == 0;
}

/* The row at @position, if it is one of a dataset. */
static StewardAttentionRow *
get_row (GtkListBox *list,
         guint       position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) position);

  return STEWARD_IS_ATTENTION_ROW (row) ? STEWARD_ATTENTION_ROW (row) : NULL;
}

static gboolean
is_among (StewardRunItem *item,
          GPtrArray      *items,
          guint           n_items)
{
  for (guint i = 0; i < n_items; i++)
    if (says_the_same (item, items->pdata[i]))
      return TRUE;

  return FALSE;
}

/* Takes out what is not among the @items any more; returns those of it that were open. */
static GPtrArray *
take_out (GtkListBox *list,
          GPtrArray  *items,
          guint       n_items)
{
  GPtrArray *open = g_ptr_array_new_with_free_func (g_object_unref);
  StewardAttentionRow *row;

  for (guint i = 0; (row = get_row (list, i)) != NULL;)
    {
      StewardRunItem *item = steward_attention_row_get_item (row);

      if (is_among (item, items, n_items))
        {
          i++;
          continue;
        }
      if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
        g_ptr_array_add (open, g_object_ref (item));
      gtk_list_box_remove (list, GTK_WIDGET (row));
    }

  return open;
}

/**
 * steward_attention_list_show:
 * @list: a list; what follows the rows of datasets in it is left alone
 * @page: where it stands
 * @items: (element-type StewardRunItem): what needs attention
 * @n_shown: how many of them, from the first on, have a row
 *
 * While runs write, this is called many times: rows that say the same as before stay the widgets they are, so that
 * nothing goes from under the pointer, and one that says something else stays open if it was.
 */
void
steward_attention_list_show (GtkListBox  *list,
                             StewardPage *page,
                             GPtrArray   *items,
                             guint        n_shown)
{
  g_autoptr (GPtrArray) open = NULL;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (STEWARD_IS_PAGE (page));
  g_return_if_fail (items != NULL && n_shown <= items->len);

  open = take_out (list, items, n_shown);
  for (guint i = 0; i < n_shown; i++)
    {
      StewardRunItem *item = items->pdata[i];
      StewardAttentionRow *there = get_row (list, i);
      GtkWidget *row;

      /* Those that are left are in the order of the list: one that is another one comes later. */
      if (there != NULL && says_the_same (steward_attention_row_get_item (there), item))
        continue;

      row = steward_attention_row_new (page, item);
      for (guint j = 0; j < open->len; j++)
        if (is_the_same (open->pdata[j], item))
          adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      gtk_list_box_insert (list, row, (int) i);
    }
}

/**
 * steward_attention_list_clear:
 * @list: a list
 *
 * Takes out the rows of datasets.
 */
void
steward_attention_list_clear (GtkListBox *list)
{
  StewardAttentionRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  while ((row = get_row (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
