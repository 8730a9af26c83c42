/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>

#include "accounts/steward-token-store.h"

/* Run by keyring-session.py, a real keyring in the condition that the path names. */

typedef struct
{
  StewardTokenStore *store;
  DomoAddress *acme;
  DomoAddress *globex;
  guint n_waiting;
  GAsyncResult *result;
} Fixture;

static void
on_waiting (StewardTokenStore *store,
            Fixture           *fixture)
{
  fixture->n_waiting++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = steward_token_store_new ();
  fixture->acme = domo_address_parse ("acme", NULL);
  fixture->globex = domo_address_parse ("globex.domo.com", NULL);
  g_signal_connect (fixture->store, "waiting", G_CALLBACK (on_waiting), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->acme);
  g_clear_object (&fixture->globex);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&fixture->result);
}

static gboolean
store (Fixture      *fixture,
       DomoAddress  *address,
       const char   *token,
       GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_token_store_store_async (fixture->store, address, "Steward: test", token, on_result, fixture);
  result = wait (fixture);

  return steward_token_store_store_finish (fixture->store, result, error);
}

static char *
look_up (Fixture      *fixture,
         DomoAddress  *address,
         GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_token_store_lookup_async (fixture->store, address, on_result, fixture);
  result = wait (fixture);

  return steward_token_store_lookup_finish (fixture->store, result, error);
}

static gboolean
forget (Fixture      *fixture,
        DomoAddress  *address,
        GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_token_store_forget_async (fixture->store, address, on_result, fixture);
  result = wait (fixture);

  return steward_token_store_forget_finish (fixture->store, result, error);
}

static void
assert_token (Fixture     *fixture,
              DomoAddress *address,
              const char  *expected)
{
  g_autoptr (GError) error = NULL;
  char *token = look_up (fixture, address, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
  steward_token_free (token);
}

/* Reads past our code, so that a mistake of ours cannot hide. (secret_password_lookup_sync() leaks.) */
static GList *
find_items (const char *origin)
{
  const SecretSchema schema = { "io.github.steward_domo.Steward.Token", SECRET_SCHEMA_NONE,
                                { { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } } };
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, "origin", origin, NULL);
  g_autoptr (GError) error = NULL;
  GList *items;

  items = secret_service_search_sync (NULL, &schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, NULL,
                                      &error);
  g_assert_no_error (error);

  return items;
}

static char *
read_item (const char *origin)
{
  g_autolist (SecretItem) items = find_items (origin);
  g_autoptr (SecretValue) value = NULL;

  g_assert_cmpuint (g_list_length (items), ==, 1);
  value = secret_item_get_secret (items->data);

  return g_strdup (secret_value_get_text (value));
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *item = NULL;

  assert_token (fixture, fixture->acme, NULL);

  g_assert_true (store (fixture, fixture->acme, "first", &error));
  g_assert_no_error (error);
  g_assert_true (store (fixture, fixture->globex, "other", &error));
  g_assert_no_error (error);
  assert_token (fixture, fixture->acme, "first");

  /* Replacing keeps one item an instance. */
  g_assert_true (store (fixture, fixture->acme, "second", &error));
  g_assert_no_error (error);
  assert_token (fixture, fixture->acme, "second");
  assert_token (fixture, fixture->globex, "other");
  item = read_item ("https://acme.domo.com");
  g_assert_cmpstr (item, ==, "second");

  /* What is kept for the session goes first, and is not written. */
  steward_token_store_keep (fixture->store, fixture->acme, "third");
  g_assert_true (steward_token_store_is_kept (fixture->store, fixture->acme));
  assert_token (fixture, fixture->acme, "third");
  steward_token_store_keep (fixture->store, fixture->acme, NULL);
  assert_token (fixture, fixture->acme, "second");

  /* One that is stored takes its place. */
  steward_token_store_keep (fixture->store, fixture->acme, "fourth");
  g_assert_true (store (fixture, fixture->acme, "fifth", &error));
  g_assert_no_error (error);
  g_assert_false (steward_token_store_is_kept (fixture->store, fixture->acme));
  assert_token (fixture, fixture->acme, "fifth");

  g_assert_true (forget (fixture, fixture->acme, &error));
  g_assert_no_error (error);
  assert_token (fixture, fixture->acme, NULL);
  assert_token (fixture, fixture->globex, "other");
  g_assert_true (forget (fixture, fixture->acme, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_waiting, ==, 0);
}

/* The admin decides for this session only while the token is on its way to the keyring: it does not stay there. */
static void
test_session_only (Fixture       *fixture,
                   gconstpointer  data)
{
  const gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GList *items;

  g_assert_true (store (fixture, fixture->globex, "other", &error));
  steward_token_store_store_async (fixture->store, fixture->acme, "Steward: test", "first", on_result, fixture);
  steward_token_store_keep (fixture->store, fixture->globex, "another matter");
  g_assert_null (fixture->result);
  steward_token_store_keep (fixture->store, fixture->acme, "first");
  result = wait (fixture);
  g_assert_false (steward_token_store_store_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&result);

  /* The call lives until the keyring has answered it. */
  while (G_OBJECT (fixture->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  while ((items = find_items ("https://acme.domo.com")) != NULL)
    {
      g_list_free_full (items, g_object_unref);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  assert_token (fixture, fixture->acme, "first");

  /* What another instance keeps is left alone. */
  g_free (read_item ("https://globex.domo.com"));
}

/* As in a sandbox: libsecret's own file, with a password that it takes from the environment for tests. */
static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("steward-secrets-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "secrets", NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_no_error (error);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "for this test", TRUE);

  assert_token (fixture, fixture->acme, NULL);
  g_assert_true (store (fixture, fixture->acme, "token-in-a-file", &error));
  g_assert_no_error (error);
  g_assert_true (store (fixture, fixture->globex, "other", &error));
  g_assert_no_error (error);
  assert_token (fixture, fixture->acme, "token-in-a-file");
  assert_token (fixture, fixture->globex, "other");

  /* It is in that file, and cannot be read there. */
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  g_assert_no_error (error);
  g_assert_null (g_strstr_len (content, (gssize) length, "token-in-a-file"));

  g_assert_true (forget (fixture, fixture->acme, &error));
  g_assert_no_error (error);
  assert_token (fixture, fixture->acme, NULL);
  assert_token (fixture, fixture->globex, "other");
  g_remove (path);
  g_rmdir (folder);
}

static void
test_never_made (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  assert_token (fixture, fixture->acme, NULL);

  /* A keyring has to be made first, which asks for a password that nobody types. */
  steward_token_store_set_patience (fixture->store, 50, 1000);
  g_assert_false (store (fixture, fixture->acme, "first", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == STEWARD_TOKEN_ERROR ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
}

static void
test_no_service (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  char *token = look_up (fixture, fixture->acme, &error);

  g_assert_null (token);
  g_assert_error (error, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_NO_SERVICE);
  g_clear_error (&error);
  g_assert_false (store (fixture, fixture->acme, "first", &error));
  g_assert_error (error, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_NO_SERVICE);
  /* It is said at once, not after the time-out of the bus, which is 25 seconds a call. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  g_assert_cmpuint (fixture->n_waiting, ==, 0);

  steward_token_store_keep (fixture->store, fixture->acme, "kept");
  assert_token (fixture, fixture->acme, "kept");
}

static void
lock_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  GList *collections;

  g_assert_no_error (error);
  collections = secret_service_get_collections (service);
  g_assert_nonnull (collections);
  g_assert_cmpint (secret_service_lock_sync (service, collections, NULL, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_list_free_full (collections, g_object_unref);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  char *token;

  g_assert_true (store (fixture, fixture->acme, "first", &error));
  g_assert_no_error (error);
  lock_all ();

  /* Locked is an error, never "there is none". */
  steward_token_store_set_patience (fixture->store, 50, 1000);
  token = look_up (fixture, fixture->acme, &error);
  g_assert_null (token);
  g_assert_nonnull (error);
  g_assert_true (g_error_matches (error, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_LOCKED) ||
                 g_error_matches (error, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_FAILED) ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  g_clear_error (&error);

  /* "This session only" ends a store that waits. */
  steward_token_store_set_patience (fixture->store, 50, 60 * 1000);
  steward_token_store_store_async (fixture->store, fixture->acme, "Steward: test", "second", on_result, fixture);
  steward_token_store_keep (fixture->store, fixture->acme, "second");
  result = wait (fixture);
  g_assert_false (steward_token_store_store_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_token (fixture, fixture->acme, "second");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/keyring/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/keyring/session-only", Fixture, NULL, set_up, test_session_only, tear_down);
  g_test_add ("/keyring/locked", Fixture, NULL, set_up, test_locked, tear_down);
  g_test_add ("/keyring/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/keyring/never-made", Fixture, NULL, set_up, test_never_made, tear_down);
  g_test_add ("/keyring/no-service", Fixture, NULL, set_up, test_no_service, tear_down);

  return g_test_run ();
}
