/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* A small window that has one of everything the UI tests rely on, by which they are tested themselves. */
#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

static GtkWidget *
named (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return widget;
}

static void
say_hello (GtkButton *button, GtkLabel *label)
{
  gtk_label_set_label (label, "Hello");
}

static void
complain (GtkButton *button, gpointer unused)
{
  g_warning ("The probe complains");
}

static void
leak (GtkButton *button, gpointer unused)
{
  gpointer *lost = g_new0 (gpointer, 64);

  lost[0] = g_strdup ("planted");
  lost = NULL;
}

static void
open_dialog (GtkButton *button, GtkLabel *label)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))),
                                              "Really?", "This is a question.");

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", "Cancel", "yes", "Yes", NULL);
  gtk_window_set_title (GTK_WINDOW (dialog), "Question");
  g_signal_connect_swapped (dialog, "response::yes", G_CALLBACK (gtk_label_set_label), label);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
check_toggled (GtkCheckButton *check, GtkLabel *label)
{
  gtk_label_set_label (label, gtk_check_button_get_active (check) ? "Checked" : "Not checked");
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, GtkLabel *label)
{
  g_autofree char *text = g_strdup_printf ("Row %d", gtk_list_box_row_get_index (row) + 1);

  gtk_label_set_label (label, text);
}

static void
cell_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
cell_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
make_table (void)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view = gtk_column_view_new (NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (G_LIST_MODEL (strings));
  g_autoptr (GtkColumnViewColumn) column = NULL;

  for (int i = 1; i <= 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("Item %d", i);

      gtk_string_list_append (strings, text);
    }
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), GTK_SELECTION_MODEL (selection));
  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), NULL);
  column = gtk_column_view_column_new ("Name", factory);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), named (view, "Items"));
  gtk_widget_set_size_request (scrolled, 200, 140);
  return scrolled;
}

static void
next_page (GtkButton *button, AdwViewStack *stack)
{
  gboolean first = g_str_equal (adw_view_stack_get_visible_child_name (stack), "first");

  adw_view_stack_set_visible_child_name (stack, first ? "second" : "first");
}

static GtkWidget *
make_pages (void)
{
  GtkWidget *stack = adw_view_stack_new ();

  adw_view_stack_add_named (ADW_VIEW_STACK (stack), gtk_button_new_with_label ("On the first page"), "first");
  adw_view_stack_add_named (ADW_VIEW_STACK (stack), gtk_button_new_with_label ("On the second page"), "second");
  return stack;
}

static GtkWidget *
make_button (const char *label, GCallback clicked, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", clicked, data);
  return button;
}

static void
activate (GtkApplication *application, gpointer unused)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new ("Nothing yet");
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *check = gtk_check_button_new_with_label ("Check me");
  GtkWidget *pages = make_pages ();
  GtkWidget *children[] = {
    adw_header_bar_new (),
    label,
    make_button ("Say Hello", G_CALLBACK (say_hello), label),
    make_button ("Complain", G_CALLBACK (complain), NULL),
    make_button ("Leak", G_CALLBACK (leak), NULL),
    make_button ("Next Page", G_CALLBACK (next_page), pages),
    pages,
    make_button ("Open Dialog", G_CALLBACK (open_dialog), label),
    gtk_button_new_from_icon_name ("steward-move-symbolic"),
    named (gtk_entry_new (), "Your name"),
    named (gtk_password_entry_new (), "Secret"),
    check,
    named (gtk_drop_down_new_from_strings ((const char *[]) { "One", "Two", "Three", NULL }), "Number"),
    list,
    make_table (),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_box_append (GTK_BOX (page), children[i]);
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("Row %d", i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  g_signal_connect (check, "toggled", G_CALLBACK (check_toggled), label);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated), label);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_set_title (GTK_WINDOW (window), "Probe");
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 700);
  gtk_application_inhibit (application, GTK_WINDOW (window), GTK_APPLICATION_INHIBIT_SUSPEND, "Probing");
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain ("steward", g_getenv ("STEWARD_LOCALEDIR"));
  bind_textdomain_codeset ("steward", "UTF-8");
  textdomain ("steward");
  application = adw_application_new ("io.github.steward_domo.Probe", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
