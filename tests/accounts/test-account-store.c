/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "accounts/steward-account-store.h"

typedef struct
{
  char *path;
  GFile *folder;
  char *file;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("steward-accounts-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_file_new_build_filename (fixture->path, "data", NULL);
  fixture->file = g_build_filename (fixture->path, "data", "instances.ini", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *backup = g_strconcat (fixture->file, "~", NULL);

  g_remove (backup);
  g_remove (fixture->file);
  g_rmdir (g_file_peek_path (fixture->folder));
  g_rmdir (fixture->path);
  g_clear_object (&fixture->folder);
  g_free (fixture->file);
  g_free (fixture->path);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
load (StewardAccountStore  *store,
      GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_account_store_load_async (store, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return steward_account_store_load_finish (store, result, error);
}

static gboolean
on_deadline (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until the file holds @text. */
static void
wait_for_text (Fixture    *fixture,
               const char *text)
{
  gboolean late = FALSE;
  guint id = g_timeout_add_seconds (20, on_deadline, &late);
  guint tick = g_timeout_add (10, on_tick, NULL);

  for (;;)
    {
      g_autofree char *content = NULL;

      if (g_file_get_contents (fixture->file, &content, NULL, NULL) && strstr (content, text) != NULL)
        break;
      g_assert_false (late);
      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (tick);
  g_source_remove (id);
}

static StewardAccount *
add (StewardAccountStore *store,
     const char          *address,
     const char          *name,
     const char          *colour,
     gboolean             practice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoAddress) parsed = domo_address_parse (address, &error);
  g_autoptr (StewardAccount) account = NULL;

  g_assert_no_error (error);
  account = steward_account_new (parsed, name, colour, practice);

  return steward_account_store_add (store, account);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (StewardAccountStore) store = steward_account_store_new (fixture->folder);
  g_autoptr (StewardAccountStore) again = steward_account_store_new (fixture->folder);
  g_autoptr (GError) error = NULL;
  StewardAccount *acme, *globex;

  /* Nothing there yet is an empty list, not an error. */
  g_assert_true (load (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);

  acme = add (store, "acme", NULL, NULL, FALSE);
  globex = add (store, "globex.domo.com", "Глобэкс 🌍 = [x]", "purple", FALSE);
  add (store, "http://127.0.0.1:4321", "Practice", "orange", TRUE);
  g_assert_true (add (store, "https://acme.domo.com/", "other", "red", FALSE) == acme);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 3);
  steward_account_set_name (acme, "  Acme Corporation ");
  steward_account_set_colour (acme, "no such colour");
  steward_account_set_colour (globex, "green");
  wait_for_text (fixture, "green");
  wait_for_text (fixture, "Acme Corporation");

  g_assert_true (load (again, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  acme = steward_account_store_find (again, "acme");
  globex = steward_account_store_find (again, "https://globex.domo.com");
  g_assert_nonnull (acme);
  g_assert_nonnull (globex);
  g_assert_cmpstr (steward_account_get_name (acme), ==, "Acme Corporation");
  g_assert_cmpstr (steward_account_get_colour (acme), ==, "blue");
  g_assert_cmpstr (steward_account_get_name (globex), ==, "Глобэкс 🌍 = [x]");
  g_assert_cmpstr (steward_account_get_colour (globex), ==, "green");
  g_assert_true (steward_account_store_find (again, "Глобэкс 🌍 = [x]") == globex);
  g_assert_null (steward_account_store_find (again, "nobody"));

  /* An empty name falls back to the address's own. */
  steward_account_set_name (globex, " ");
  g_assert_cmpstr (steward_account_get_name (globex), ==, "globex");

  steward_account_store_remove (again, acme);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  g_assert_null (steward_account_store_find (again, "acme"));
  wait_for_text (fixture, "name=globex");
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (StewardAccountStore) store = steward_account_store_new (fixture->folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = g_strconcat (fixture->file, "~", NULL);
  g_autofree char *content = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (fixture->folder), 0700), ==, 0);
  g_file_set_contents (fixture->file, "name without a group = 1\n", -1, &error);
  g_assert_no_error (error);

  g_assert_false (load (store, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  /* What could not be read is kept beside what is written now. */
  add (store, "acme", NULL, NULL, FALSE);
  wait_for_text (fixture, "acme");
  g_file_get_contents (backup, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, "name without a group = 1\n");
}

static void
test_refused_address (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (StewardAccountStore) store = steward_account_store_new (fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (fixture->folder), 0700), ==, 0);
  g_file_set_contents (fixture->file,
                       "[https://acme.domo.com.evil.example]\nname=acme\n\n"
                       "[http://acme.domo.com]\nname=plain\n\n"
                       "[https://acme.domo.com]\nname=right\n",
                       -1, &error);
  g_assert_no_error (error);

  g_assert_true (load (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_nonnull (steward_account_store_find (store, "right"));
}

static void
on_write_failed (StewardAccountStore *store,
                 const GError        *error,
                 gboolean            *failed)
{
  g_assert_nonnull (error);
  *failed = TRUE;
}

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *blocker = g_build_filename (fixture->path, "data", NULL);
  g_autoptr (GFile) inside = g_file_new_build_filename (blocker, "below-a-file", NULL);
  g_autoptr (StewardAccountStore) store = steward_account_store_new (inside);
  g_autoptr (GError) error = NULL;
  gboolean failed = FALSE;

  /* A file where the folder should be: even root cannot write below it. */
  g_file_set_contents (blocker, "", 0, &error);
  g_assert_no_error (error);
  g_signal_connect (store, "write-failed", G_CALLBACK (on_write_failed), &failed);

  add (store, "acme", NULL, NULL, FALSE);
  while (!failed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (steward_account_store_find (store, "acme"));
  g_remove (blocker);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/account-store/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/account-store/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/account-store/refused-address", Fixture, NULL, set_up, test_refused_address, tear_down);
  g_test_add ("/account-store/unwritable", Fixture, NULL, set_up, test_unwritable, tear_down);

  return g_test_run ();
}
