/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <string.h>

#include "domo/domo-address.h"

typedef struct
{
  const char *typed;
  const char *origin;
  const char *host;
  const char *name;
  gboolean loopback;
} Good;

static const Good good[] = {
  { "acme", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "  acme\n", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "ACME", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "acme.domo.com", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "acme.domo.com.", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "Acme.Domo.COM/", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "https://acme.domo.com", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "HTTPS://acme.domo.com/", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "https://acme.domo.com:443", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "https://acme", "https://acme.domo.com", "acme.domo.com", "acme", FALSE },
  { "acme-eu2", "https://acme-eu2.domo.com", "acme-eu2.domo.com", "acme-eu2", FALSE },
  { "4711", "https://4711.domo.com", "4711.domo.com", "4711", FALSE },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1", "127.0.0.1", TRUE },
  { "http://127.0.0.1:80/", "http://127.0.0.1", "127.0.0.1", "127.0.0.1", TRUE },
  { "127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1", "127.0.0.1", TRUE },
  { "https://127.0.0.1:8443/", "https://127.0.0.1:8443", "127.0.0.1", "127.0.0.1", TRUE },
  { "http://localhost:1", "http://localhost:1", "localhost", "localhost", TRUE },
  { "http://[::1]:8080", "http://[::1]:8080", "::1", "::1", TRUE },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoAddress) address = domo_address_parse (good[i].typed, &error);

      g_test_message ("%s", good[i].typed);
      g_assert_no_error (error);
      g_assert_cmpstr (domo_address_get_origin (address), ==, good[i].origin);
      g_assert_cmpstr (domo_address_get_host (address), ==, good[i].host);
      g_assert_cmpstr (domo_address_get_name (address), ==, good[i].name);
      g_assert_cmpint (domo_address_is_loopback (address), ==, good[i].loopback);
    }
}

typedef struct
{
  const char *typed;
  DomoAddressError code;
  const char *part; /* of the sentence */
} Bad;

static const Bad bad[] = {
  { "", DOMO_ADDRESS_ERROR_EMPTY, "Type the address" },
  { "   ", DOMO_ADDRESS_ERROR_EMPTY, "Type the address" },
  { "\t\n", DOMO_ADDRESS_ERROR_EMPTY, "Type the address" },
  { "http://acme.domo.com", DOMO_ADDRESS_ERROR_NOT_HTTPS, "must begin with https://" },
  { "http://acme", DOMO_ADDRESS_ERROR_NOT_HTTPS, "must begin with https://" },
  { "ftp://acme.domo.com", DOMO_ADDRESS_ERROR_NOT_HTTPS, "must begin with https://" },
  { "javascript://acme.domo.com", DOMO_ADDRESS_ERROR_NOT_HTTPS, "must begin with https://" },
  { "https://user:pw@acme.domo.com", DOMO_ADDRESS_ERROR_USER_INFO, "user name and password" },
  { "https://acme.domo.com@evil.example", DOMO_ADDRESS_ERROR_USER_INFO, "user name and password" },
  { "jane@acme.domo.com", DOMO_ADDRESS_ERROR_USER_INFO, "user name and password" },
  { "acme.domo.com.evil.example", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "https://acme.domo.com.evil.example/", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "acme-domo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "acmedomo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "acme.d0mo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "acme.domo.co", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "localhost.evil.example", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "127.0.0.1.evil.example", DOMO_ADDRESS_ERROR_NOT_DOMO, "end in .domo.com" },
  { "domo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "Domo's own site" },
  { "www.domo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "Domo's own site" },
  { "https://www.domo.com/", DOMO_ADDRESS_ERROR_NOT_DOMO, "Domo's own site" },
  { "a.b.domo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "not the address of an instance" },
  { "xn--acm-epa.domo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "not the address of an instance" },
  { "acme.d\xd0\xbemo.com", DOMO_ADDRESS_ERROR_NOT_DOMO, "only look like" },       /* Cyrillic o */
  { "acme.domo\xe3\x80\x82" "com", DOMO_ADDRESS_ERROR_NOT_DOMO, "only look like" }, /* ideographic dot */
  { "acm\xc3\xa9", DOMO_ADDRESS_ERROR_NOT_DOMO, "only look like" },
  { "https://acme.domo.com/path", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "acme.domo.com/auth/index", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "https://acme.domo.com//", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "https://acme.domo.com?x=1", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "https://acme.domo.com#top", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "acme.domo.com/https://evil.example", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "http://127.0.0.1:8080/api", DOMO_ADDRESS_ERROR_PATH, "everything behind the address" },
  { "192.168.1.7", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "https://203.0.113.7", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "https://[2001:db8::1]", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "2001:db8::1", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "127.1", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "0x7f.0x1", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "0.0.0.0", DOMO_ADDRESS_ERROR_IP_ADDRESS, "not a numeric address" },
  { "acme.domo.com:8443", DOMO_ADDRESS_ERROR_PORT, "no port number" },
  { "https://acme.domo.com:80", DOMO_ADDRESS_ERROR_PORT, "no port number" },
  { "https://acme.domo.com:", DOMO_ADDRESS_ERROR_PORT, "not a port" },
  { "https://acme.domo.com:99999", DOMO_ADDRESS_ERROR_PORT, "not a port" },
  { "https://acme.domo.com:8a", DOMO_ADDRESS_ERROR_PORT, "not a port" },
  { "http://127.0.0.1:0", DOMO_ADDRESS_ERROR_PORT, "not a port" },
  { "acme domo com", DOMO_ADDRESS_ERROR_MALFORMED, "no spaces" },
  { "acme.domo.com\nevil.example", DOMO_ADDRESS_ERROR_MALFORMED, "no spaces" },
  { "https:acme.domo.com", DOMO_ADDRESS_ERROR_MALFORMED, "https://acme.domo.com" },
  { "https://evil.example\\.domo.com", DOMO_ADDRESS_ERROR_MALFORMED, "not an address" },
  { "https://", DOMO_ADDRESS_ERROR_MALFORMED, "not an address" },
  { "https://[::1", DOMO_ADDRESS_ERROR_MALFORMED, "not an address" },
  { "acme_eu.domo.com", DOMO_ADDRESS_ERROR_MALFORMED, "letters, digits and hyphens" },
  { "-acme", DOMO_ADDRESS_ERROR_MALFORMED, "letters, digits and hyphens" },
  { "acme-.domo.com", DOMO_ADDRESS_ERROR_MALFORMED, "letters, digits and hyphens" },
  { ".domo.com", DOMO_ADDRESS_ERROR_MALFORMED, "letters, digits and hyphens" },
  { "acme%2eevil", DOMO_ADDRESS_ERROR_MALFORMED, "letters, digits and hyphens" },
  { "<acme>", DOMO_ADDRESS_ERROR_MALFORMED, "letters, digits and hyphens" },
  { "acme\xff", DOMO_ADDRESS_ERROR_MALFORMED, "not an address" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = g_strescape (bad[i].typed, NULL);
      g_autoptr (DomoAddress) address = domo_address_parse (bad[i].typed, &error);

      g_test_message ("%s", shown);
      g_assert_null (address);
      g_assert_error (error, DOMO_ADDRESS_ERROR, (int) bad[i].code);
      g_assert_nonnull (strstr (error->message, bad[i].part));
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (300, 'a');
  g_autofree char *label = g_strnfill (64, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (domo_address_parse (text, &error));
  g_assert_error (error, DOMO_ADDRESS_ERROR, DOMO_ADDRESS_ERROR_TOO_LONG);
  g_clear_error (&error);

  g_assert_null (domo_address_parse (label, &error));
  g_assert_error (error, DOMO_ADDRESS_ERROR, DOMO_ADDRESS_ERROR_MALFORMED);
}

static void
test_equal (void)
{
  g_autoptr (DomoAddress) a = domo_address_parse ("acme", NULL);
  g_autoptr (DomoAddress) b = domo_address_parse ("https://ACME.domo.com:443/", NULL);
  g_autoptr (DomoAddress) c = domo_address_parse ("acme2", NULL);

  g_assert_true (domo_address_equal (a, b));
  g_assert_false (domo_address_equal (a, c));
}

static void
test_owns_uri (void)
{
  static const struct
  {
    const char *uri;
    gboolean owned;
  } uris[] = {
    { "https://acme.domo.com/api/x?y=z", TRUE },
    { "https://ACME.domo.com:443/", TRUE },
    { "http://acme.domo.com/", FALSE },
    { "http://acme.domo.com:443/", FALSE },
    { "https://acme.domo.com:8443/", FALSE },
    { "https://acme2.domo.com/", FALSE },
    { "https://acme.domo.com.evil.example/", FALSE },
    { "https://evil.example/acme.domo.com", FALSE },
  };
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (uris[i].uri, G_URI_FLAGS_NONE, NULL);

      g_test_message ("%s", uris[i].uri);
      g_assert_cmpint (domo_address_owns_uri (address, uri), ==, uris[i].owned);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/address/good", test_good);
  g_test_add_func ("/domo/address/bad", test_bad);
  g_test_add_func ("/domo/address/too-long", test_too_long);
  g_test_add_func ("/domo/address/equal", test_equal);
  g_test_add_func ("/domo/address/owns-uri", test_owns_uri);

  return g_test_run ();
}
