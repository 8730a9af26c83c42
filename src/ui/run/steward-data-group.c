/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-data-group.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-time.h"

struct _StewardDataGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *verdict_row;
  AdwActionRow *note_row;
  AdwActionRow *columns_row;
  AdwActionRow *rows_row;
  AdwActionRow *counted_row;
  AdwActionRow *cards_row;
  AdwActionRow *times_row;
};

G_DEFINE_FINAL_TYPE (StewardDataGroup, steward_data_group, ADW_TYPE_PREFERENCES_GROUP)

static AdwActionRow *
add_row (StewardDataGroup *self,
         const char       *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE, "subtitle-lines", 0, NULL);

  gtk_widget_add_css_class (row, "fact-row");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return ADW_ACTION_ROW (row);
}

static char *
format_number (gint64 number)
{
  return number >= 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, number) : g_strdup (_("not known"));
}

static void
say_both (AdwActionRow *row,
          const char   *before,
          const char   *after)
{
  g_autofree char *text = NULL;

  /* Translators: what was seen before a move, and what after it: "1,204 before, 1,204 after" */
  text = g_strdup_printf (_("%s before, %s after"), before, after);
  adw_action_row_set_subtitle (row, text);
}

static void
say_numbers (AdwActionRow *row,
             gint64        before,
             gint64        after)
{
  g_autofree char *one = format_number (before);
  g_autofree char *other = format_number (after);

  say_both (row, one, other);
}

static gint64
count_columns (StewardDataFacts *facts)
{
  GPtrArray *columns = facts != NULL ? steward_data_facts_get_columns (facts) : NULL;

  return columns != NULL ? (gint64) columns->len : -1;
}

static char *
format_time (StewardDataFacts *facts)
{
  char *time = facts != NULL ? steward_time_exact (steward_data_facts_get_read_at (facts)) : NULL;

  return time != NULL ? time : g_strdup (_("not known"));
}

static void
steward_data_group_class_init (StewardDataGroupClass *klass)
{
}

static void
steward_data_group_init (StewardDataGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Is it the right data?"));
  self->verdict_row = add_row (self, _("Data"));
  self->note_row = add_row (self, _("Note"));
  self->columns_row = add_row (self, _("Columns"));
  self->rows_row = add_row (self, _("Rows, as Domo lists them"));
  self->counted_row = add_row (self, _("Rows, as the sample query counted them"));
  self->cards_row = add_row (self, _("Cards"));
  self->times_row = add_row (self, _("Looked at"));
  steward_a11y_name_list (GTK_WIDGET (self), _("Data"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* What differs is told again, though by now the item's own words are the admin's note. */
static char *
find_words (StewardRunItem   *item,
            StewardDataFacts *before,
            StewardDataFacts *after)
{
  char *words = NULL;

  if (steward_run_item_get_data (item) == STEWARD_DATA_NOT_COMPARED)
    return g_strdup (_("Not compared yet"));
  if (steward_run_item_get_data (item) != STEWARD_DATA_ACCEPTED)
    return g_strdup (steward_run_item_get_data_words (item));

  steward_data_difference_find (before, after, &words);

  return words;
}

/**
 * steward_data_group_set:
 * @self: a group
 * @item: a dataset of a run
 * @before: (nullable): what was seen before its move
 * @after: (nullable): what was seen after it
 */
void
steward_data_group_set (StewardDataGroup *self,
                        StewardRunItem   *item,
                        StewardDataFacts *before,
                        StewardDataFacts *after)
{
  StewardDataVerdict data;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *then = format_time (before);
  g_autofree char *now = format_time (after);
  gint64 counted[2];

  g_return_if_fail (STEWARD_IS_DATA_GROUP (self));
  g_return_if_fail (STEWARD_IS_RUN_ITEM (item));

  data = steward_run_item_get_data (item);
  gtk_widget_set_visible (GTK_WIDGET (self), data != STEWARD_DATA_NOT_COMPARED || before != NULL);
  words = find_words (item, before, after);
  if (data == STEWARD_DATA_DIFFERENT || data == STEWARD_DATA_ACCEPTED)
    /* Translators: what differs follows: "Looks different: 7 rows before, 6 now" */
    text = g_strdup_printf (_("Looks different: %s"), words);
  adw_action_row_set_subtitle (self->verdict_row, text != NULL ? text : words);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         data == STEWARD_DATA_DIFFERENT
                                           ? _("The destination's table may be a copy with other data, or rows may "
                                               "have come in meanwhile. If it is the wrong table, move the dataset back.")
                                           : NULL);
  adw_action_row_set_subtitle (self->note_row, steward_run_item_get_data_words (item));
  gtk_widget_set_visible (GTK_WIDGET (self->note_row), data == STEWARD_DATA_ACCEPTED);

  counted[0] = before != NULL ? steward_data_facts_get_counted (before) : -1;
  counted[1] = after != NULL ? steward_data_facts_get_counted (after) : -1;
  say_numbers (self->columns_row, count_columns (before), count_columns (after));
  say_numbers (self->rows_row, before != NULL ? steward_data_facts_get_rows (before) : -1,
               after != NULL ? steward_data_facts_get_rows (after) : -1);
  say_numbers (self->counted_row, counted[0], counted[1]);
  gtk_widget_set_visible (GTK_WIDGET (self->counted_row), counted[0] >= 0 || counted[1] >= 0);
  say_numbers (self->cards_row, before != NULL ? steward_data_facts_get_cards (before) : -1,
               after != NULL ? steward_data_facts_get_cards (after) : -1);
  say_both (self->times_row, then, now);
}
