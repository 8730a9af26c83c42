/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* One instance as the admin knows it. */

#include "config.h"

#include "accounts/steward-account.h"

static void
on_notify (StewardAccount *account,
           GParamSpec     *pspec,
           GString        *told)
{
  g_string_append_printf (told, "%s ", pspec->name);
}

static void
assert_told (GString    *told,
             const char *expected)
{
  g_assert_cmpstr (told->str, ==, expected);
  g_string_truncate (told, 0);
}

/* A name that is none gives way to that of the address; what is no change is not told. */
static void
test_name (void)
{
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);
  g_autoptr (StewardAccount) account = steward_account_new (address, NULL, NULL, FALSE);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (account, "notify", G_CALLBACK (on_notify), told);
  g_assert_cmpstr (steward_account_get_name (account), ==, domo_address_get_name (address));
  steward_account_set_name (account, "  Production \n");
  g_assert_cmpstr (steward_account_get_name (account), ==, "Production");
  assert_told (told, "name ");
  steward_account_set_name (account, "Production ");
  assert_told (told, "");
  steward_account_set_name (account, " \t");
  g_assert_cmpstr (steward_account_get_name (account), ==, domo_address_get_name (address));
  assert_told (told, "name ");
  steward_account_set_name (account, NULL);
  steward_account_set_name (account, "");
  assert_told (told, "");
}

/* A colour that there is not, for instance from a file that somebody edited, is the first one. */
static void
test_colour (void)
{
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);
  const char *const *colours = steward_account_get_colours ();
  g_autoptr (StewardAccount) account = steward_account_new (address, "Acme", "no such colour", FALSE);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (account, "notify", G_CALLBACK (on_notify), told);
  g_assert_cmpstr (steward_account_get_colour (account), ==, colours[0]);
  steward_account_set_colour (account, colours[1]);
  g_assert_cmpstr (steward_account_get_colour (account), ==, colours[1]);
  assert_told (told, "colour ");
  steward_account_set_colour (account, colours[1]);
  assert_told (told, "");
  steward_account_set_colour (account, "javascript:");
  g_assert_cmpstr (steward_account_get_colour (account), ==, colours[0]);
  assert_told (told, "colour ");
}

/* What is rehearsed is kept apart from every instance, and from what was rehearsed in an earlier world. */
static void
test_world (void)
{
  g_autoptr (DomoAddress) address = domo_address_parse ("http://127.0.0.1:4711", NULL);
  g_autoptr (StewardAccount) account = steward_account_new (address, "Practice", NULL, TRUE);
  g_autofree char *first = NULL;

  g_assert_true (steward_account_is_practice (account));
  g_assert_cmpstr (steward_account_get_origin (account), ==, domo_address_get_origin (address));
  steward_account_set_world (account, "one");
  first = g_strdup (steward_account_get_origin (account));
  g_assert_cmpstr (first, !=, domo_address_get_origin (address));
  steward_account_set_world (account, "two");
  g_assert_cmpstr (steward_account_get_origin (account), !=, first);
}

static void
test_properties (void)
{
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);
  const char *const *colours = steward_account_get_colours ();
  g_autoptr (StewardAccount) account = steward_account_new (address, "Acme", colours[2], FALSE);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (DomoAddress) shown_address = NULL;
  g_autofree char *name = NULL;
  g_autofree char *colour = NULL;
  StewardTokenPlace place;
  gboolean practice;

  g_object_get (account, "address", &shown_address, "name", &name, "colour", &colour, "practice", &practice,
                "token-place", &place, NULL);
  g_assert_true (shown_address == address);
  g_assert_cmpstr (name, ==, "Acme");
  g_assert_cmpstr (colour, ==, colours[2]);
  g_assert_false (practice);
  g_assert_cmpint (place, ==, steward_account_get_token_place (account));

  g_signal_connect (account, "notify", G_CALLBACK (on_notify), told);
  steward_account_set_token_place (account, STEWARD_TOKEN_IN_KEYRING);
  assert_told (told, "token-place ");
  steward_account_set_token_place (account, STEWARD_TOKEN_IN_KEYRING);
  assert_told (told, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/name", test_name);
  g_test_add_func ("/account/colour", test_colour);
  g_test_add_func ("/account/world", test_world);
  g_test_add_func ("/account/properties", test_properties);

  return g_test_run ();
}
