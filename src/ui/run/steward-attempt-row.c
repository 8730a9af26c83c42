/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-attempt-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-time.h"
#include "ui/run/steward-run-columns.h"

static void
add_fact (AdwExpanderRow *row,
          const char     *title,
          const char     *text,
          GtkWidget      *suffix)
{
  GtkWidget *fact = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", text,
                                  "subtitle-lines", 0, NULL);

  if (suffix != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (fact), suffix);
  adw_expander_row_add_row (row, fact);
}

static void
on_copy (GtkButton  *button,
         const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static GtkWidget *
make_copy_button (const char *toe)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Copy Support ID"));
  steward_a11y_set_name (button, _("Copy Support ID"));
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_copy), g_strdup (toe),
                         (GClosureNotify) (void (*) (void)) g_free, 0);

  return button;
}

/**
 * steward_attempt_row_new:
 * @attempt: an attempt
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_attempt_row_new (const StewardAttempt *attempt)
{
  GtkWidget *row = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, NULL);
  g_autofree char *time = steward_time_exact (attempt->sent_at);
  g_autofree char *outcome = NULL;
  g_autofree char *title = NULL;
  g_autofree char *took = NULL;
  g_autofree char *subtitle = NULL;

  outcome = steward_item_state_describe (attempt->outcome, attempt->direction, attempt->message, 0);
  /* Translators: the number of an attempt, and what became of it */
  title = g_strdup_printf (_("%u: %s"), attempt->number, outcome);
  if (attempt->answered_at > attempt->sent_at && attempt->sent_at > 0)
    {
      took = steward_run_columns_format_took (attempt->answered_at - attempt->sent_at);
      subtitle = g_strdup_printf ("%s · %s", time, took);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  steward_a11y_name_expander_row (ADW_EXPANDER_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle != NULL ? subtitle : time);

  if (attempt->status > 0 || attempt->answer != NULL)
    {
      g_autofree char *status = g_strdup_printf ("%u", attempt->status);
      g_autofree char *answer = NULL;

      answer = g_strdup_printf ("%s %s", attempt->status > 0 ? status : "",
                                attempt->answer != NULL ? attempt->answer : "");
      add_fact (ADW_EXPANDER_ROW (row), _("Answer"), g_strstrip (answer), NULL);
    }
  else
    {
      add_fact (ADW_EXPANDER_ROW (row), _("Answer"),
                /* Translators: no answer of Domo was read */
                _("None was read"), NULL);
    }
  if (attempt->message != NULL)
    add_fact (ADW_EXPANDER_ROW (row), _("Message"), attempt->message, NULL);
  if (attempt->toe != NULL)
    add_fact (ADW_EXPANDER_ROW (row), _("Support ID"), attempt->toe, make_copy_button (attempt->toe));
  if (attempt->request != NULL)
    add_fact (ADW_EXPANDER_ROW (row), _("What was sent"), attempt->request, NULL);

  return row;
}
