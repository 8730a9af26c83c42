/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Cards and owners in every shape in which instances were seen to send them, and in some that make no sense. */

#include "migration/steward-affected-private.h"

static StewardAffected *
new_affected (void)
{
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);
  g_autoptr (DomoSession) session = domo_session_new (address, NULL);

  return steward_affected_new (session);
}

static gboolean
take (StewardAffected *affected,
      const char      *dataset,
      const char      *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = json_from_string (text, &error);

  g_assert_no_error (error);

  return steward_affected_take_cards (affected, dataset, json);
}

static void
take_user (StewardAffected *affected,
           const char      *id,
           const char      *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = text != NULL ? json_from_string (text, &error) : NULL;

  g_assert_no_error (error);
  steward_affected_take_user (affected, id, json);
}

static const StewardAffectedOwner *
look_up (StewardAffected *affected,
         const char      *key)
{
  return g_hash_table_lookup (affected->owners, key);
}

static void
test_owners (void)
{
  g_autoptr (StewardAffected) affected = new_affected ();

  g_assert_true (take (affected, "d1",
                       "[{\"id\":1,\"title\":\"A\",\"owners\":["
                       "{\"id\":\"7\",\"type\":\"USER\",\"displayName\":\"Ann\"},"
                       "{\"id\":7,\"type\":\"USER\",\"displayName\":\"Ann again\"},"
                       "{\"id\":8,\"displayName\":\"no type\"},"
                       "{\"id\":9,\"type\":\"GROUP\",\"displayName\":5},"
                       "{\"id\":true,\"type\":\"USER\"},"
                       "{\"id\":null},{\"type\":\"USER\"},\"text\",null]}]"));
  g_assert_cmpuint (g_hash_table_size (affected->owners), ==, 3);
  g_assert_cmpstr (look_up (affected, "USER:7")->name, ==, "Ann");
  g_assert_cmpuint (look_up (affected, "USER:7")->n_cards, ==, 1);
  g_assert_cmpstr (look_up (affected, "USER:8")->name, ==, "no type");
  g_assert_cmpstr (look_up (affected, "GROUP:9")->name, ==, "5");

  /* The same card below two datasets is one card. */
  g_assert_true (take (affected, "d2", "[{\"id\":\"1\",\"title\":\"A\"},{\"id\":\"1\",\"title\":\"A\"},"
                                       "{\"id\":\"2\",\"title\":\"B\",\"owners\":{}},"
                                       "{\"id\":\"3\",\"title\":\"C\",\"owners\":null}]"));
  g_assert_cmpuint (g_hash_table_size (affected->cards), ==, 3);
  g_assert_cmpuint (((GPtrArray *) g_hash_table_lookup (affected->datasets, "d2"))->len, ==, 3);
}

/* Those with most cards first, then by name; one without a name goes by its id. */
static void
test_order (void)
{
  static const char *const all[] = { "d1", "d2", "unknown", NULL };
  g_autoptr (StewardAffected) affected = new_affected ();
  g_autoptr (GPtrArray) owners = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *text = NULL;

  g_assert_true (take (affected, "d1",
                       "[{\"id\":1,\"owners\":[{\"id\":4,\"displayName\":\"Bo\"},{\"id\":3,\"displayName\":\"Al\"},"
                       "{\"id\":2,\"displayName\":\"Al\"},{\"id\":1}]},{\"id\":2,\"owners\":[{\"id\":5}]},"
                       "{\"id\":3}]"));
  g_assert_true (take (affected, "d2", "[{\"id\":4,\"owners\":[{\"id\":5}]}]"));
  g_assert_cmpuint (steward_affected_count (affected, all, NULL), ==, 4);

  owners = steward_affected_dup_owners (affected, all);
  g_assert_cmpuint (owners->len, ==, 5);
  g_assert_cmpstr (((StewardAffectedOwner *) g_ptr_array_index (owners, 0))->id, ==, "5");
  plan = steward_plan_new ("cloud-amplifier", "https://acme.domo.com", "acme", STEWARD_DIRECTION_MOVE);
  csv = steward_affected_owners_to_csv (affected, plan, owners);
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_nonnull (strstr (text, "\n5,"));
  g_assert_true (strstr (text, "Al") < strstr (text, "Bo"));
}

/* What cannot be read leaves everything as it was: the dataset is not known, not without cards. */
static void
test_unreadable (void)
{
  g_autoptr (StewardAffected) affected = new_affected ();

  g_assert_false (take (affected, "d1", "{\"cards\":[]}"));
  g_assert_false (take (affected, "d1", "[{\"title\":\"without id\"}]"));
  g_assert_false (take (affected, "d1", "[7]"));
  g_assert_false (g_hash_table_contains (affected->datasets, "d1"));
  g_assert_cmpuint (g_hash_table_size (affected->cards), ==, 0);
}

/* A user, an array of one, {"users": […]}, and answers about somebody else. */
static void
test_users (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    const char *email;
  } rows[] = {
    { "{\"id\":7,\"displayName\":\"Ann B\",\"emailAddress\":\"ann@acme.example\"}", "Ann B", "ann@acme.example" },
    { "[{\"id\":\"7\",\"displayName\":\"Ann C\"}]", "Ann C", NULL },
    { "{\"users\":[{\"id\":7,\"displayName\":\"Ann D\"},{\"id\":8}]}", "Ann D", NULL },
    { "{\"users\":[{\"id\":7}]}", "Ann", NULL },
    { "{\"id\":8,\"displayName\":\"Bob\"}", "Ann", NULL },
    { "{\"users\":[]}", "Ann", NULL },
    { "{\"users\":null}", "Ann", NULL },
    { "[]", "Ann", NULL },
    { "[null]", "Ann", NULL },
    { "{}", "Ann", NULL },
    { NULL, "Ann", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StewardAffected) affected = new_affected ();

      g_assert_true (take (affected, "d1", "[{\"id\":1,\"owners\":[{\"id\":7,\"displayName\":\"Ann\"}]}]"));
      take_user (affected, "7", rows[i].text);
      g_assert_cmpstr (look_up (affected, "USER:7")->name, ==, rows[i].name);
      g_assert_cmpstr (look_up (affected, "USER:7")->email, ==, rows[i].email);

      /* Nobody asked about them. */
      take_user (affected, "99", rows[i].text);
      g_assert_null (look_up (affected, "USER:99"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/affected-shapes/owners", test_owners);
  g_test_add_func ("/affected-shapes/order", test_order);
  g_test_add_func ("/affected-shapes/unreadable", test_unreadable);
  g_test_add_func ("/affected-shapes/users", test_users);

  return g_test_run ();
}
