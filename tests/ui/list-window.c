/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A window with a list page and nothing else, for UI tests: list-window [ROWS] */

#include "test-row.h"

#include "ui/list/steward-list-page.h"

#include <locale.h>
#include <stdlib.h>

typedef struct
{
  guint n_rows;
  StewardRowStore *store;
  StewardListModel *model;
  StewardCheckedSet *checked;
  GtkLabel *said;
} Example;

static char *
refuse_collisions (gpointer row,
                   gpointer user_data)
{
  return g_str_equal (TEST_ROW (row)->state, "Collides") ? g_strdup ("It collides.") : NULL;
}

static char *
count_datasets (guint n)
{
  return g_strdup_printf (n == 1 ? "%'u dataset" : "%'u datasets", n);
}

static void
activate_row_cb (Example *example,
                 TestRow *row)
{
  g_autofree char *text = g_strdup_printf ("Opened %s", row->name);

  gtk_label_set_label (example->said, text);
}

static void
refused_cb (Example *example,
            const char *reason)
{
  gtk_label_set_label (example->said, reason);
}

static void
checked_cb (Example *example)
{
  g_autofree char *text =
    g_strdup_printf ("%u selected", steward_checked_set_get_n_checked (example->checked));

  gtk_label_set_label (example->said, text);
}

static void
fill (Example *example)
{
  steward_row_store_begin (example->store);
  test_store_fill (example->store, 0, example->n_rows);
  steward_row_store_finish (example->store, FALSE);
}

static gboolean
focus_search_cb (GtkWidget *widget,
                 GVariant *arguments,
                 gpointer user_data)
{
  steward_list_page_focus_search (user_data);

  return TRUE;
}

static void
activate (GtkApplication *application,
          Example *example)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *page = steward_list_page_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  example->store = test_store_new ();
  example->model = steward_list_model_new (example->store);
  example->checked = steward_checked_set_new (example->store, refuse_collisions, NULL, NULL);
  example->said = GTK_LABEL (gtk_label_new ("Nothing yet"));
  g_signal_connect_swapped (example->checked, "changed", G_CALLBACK (checked_cb), example);
  g_signal_connect_swapped (page, "activate-row", G_CALLBACK (activate_row_cb), example);
  g_signal_connect_swapped (page, "refused", G_CALLBACK (refused_cb), example);
  g_signal_connect_swapped (page, "retry", G_CALLBACK (fill), example);
  steward_list_page_set_names (STEWARD_LIST_PAGE (page), "Datasets", "Search datasets");
  steward_list_page_set_count_func (STEWARD_LIST_PAGE (page), count_datasets);
  steward_list_page_set_model (STEWARD_LIST_PAGE (page), example->model, example->checked);

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                      gtk_callback_action_new (focus_search_cb, page, NULL)));
  gtk_widget_add_controller (window, shortcuts);

  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), page);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (example->said));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "List");
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  fill (example);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  Example example = { .n_rows = argc > 1 ? (guint) atoi (argv[1]) : 240 };
  int status;

  setlocale (LC_ALL, "");
  application = adw_application_new ("io.github.steward_domo.ListWindow", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate), &example);
  status = g_application_run (G_APPLICATION (application), 0, NULL);
  g_clear_object (&example.checked);
  g_clear_object (&example.model);
  g_clear_object (&example.store);

  return status;
}
