/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Makes a widget of every template in the program's resources. Any warning of the toolkit ends the test. */

#include <string.h>

#include "ui/application/steward-application.h"

#define PREFIX "/io/github/steward_domo/Steward/ui"

/* The class that a template is for, or NULL for an interface without one. */
static char *
find_class (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, &error);
  g_autofree char *text = NULL;
  const char *start;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  start = strstr (text, "<template class=\"");
  if (start == NULL)
    return NULL;
  start += strlen ("<template class=\"");

  return g_strndup (start, strcspn (start, "\""));
}

static void
test_template (gconstpointer data)
{
  const char *class_name = data;
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  GtkWidget *widget;
  gpointer seen;
  GType type;

  type = gtk_builder_get_type_from_name (builder, class_name);
  g_assert_cmpuint (type, !=, G_TYPE_INVALID);
  g_assert_true (g_type_is_a (type, GTK_TYPE_WIDGET));
  g_assert_false (G_TYPE_IS_ABSTRACT (type));

  widget = g_object_ref_sink (g_object_new (type, NULL));
  seen = widget;
  g_object_add_weak_pointer (G_OBJECT (widget), &seen);
  g_assert_nonnull (gtk_widget_get_first_child (widget));
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  /* Nothing of a template may keep its widget alive. */
  g_assert_null (seen);
}

static guint
add_tests (GPtrArray *names)
{
  g_auto (GStrv) folders = g_resources_enumerate_children (PREFIX, 0, NULL);

  g_assert_nonnull (folders);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *folder = g_strconcat (PREFIX "/", folders[i], NULL);
      g_auto (GStrv) files = g_resources_enumerate_children (folder, 0, NULL);

      for (guint j = 0; files != NULL && files[j] != NULL; j++)
        {
          g_autofree char *path = g_strconcat (folder, files[j], NULL);
          char *class_name;
          g_autofree char *test = NULL;

          if (!g_str_has_suffix (path, ".ui"))
            continue;
          class_name = find_class (path);
          if (class_name == NULL)
            continue;
          g_ptr_array_add (names, class_name);
          test = g_strconcat ("/templates/", class_name, NULL);
          g_test_add_data_func (test, class_name, test_template);
        }
    }

  return names->len;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StewardApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  /* GTest makes every warning and critical message fatal. */
  g_test_init (&argc, &argv, NULL);
  application = steward_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  g_assert_cmpuint (add_tests (names), >, 10);
  status = g_test_run ();
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);

  return status;
}
