/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-address.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* The longest name that DNS can hold; nothing typed on purpose is longer. */
#define MAX_LENGTH 253
#define DOMAIN_SUFFIX ".domo.com"

struct _DomoAddress
{
  GObject parent_instance;

  char *scheme;
  char *host; /* lower case, without brackets */
  int port;   /* -1: the scheme's own */
  char *origin;
  char *name;
  gboolean loopback;
};

G_DEFINE_FINAL_TYPE (DomoAddress, domo_address, G_TYPE_OBJECT)

G_DEFINE_QUARK (domo-address-error-quark, domo_address_error)

static gboolean
fail (GError **error,
      DomoAddressError code,
      const char *sentence)
{
  g_set_error_literal (error, DOMO_ADDRESS_ERROR, code, sentence);

  return FALSE;
}

static gboolean
check_text (const char *text,
            GError **error)
{
  if (*text == '\0')
    return fail (error,
                 DOMO_ADDRESS_ERROR_EMPTY,
                 _ ("Type the address of your instance, for example acme.domo.com."));

  if (strlen (text) > MAX_LENGTH)
    return fail (error,
                 DOMO_ADDRESS_ERROR_TOO_LONG,
                 _ ("This is too long for an address. It looks like acme.domo.com."));

  if (!g_utf8_validate (text, -1, NULL))
    return fail (error,
                 DOMO_ADDRESS_ERROR_MALFORMED,
                 _ ("This is not an address. It looks like acme.domo.com."));

  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isspace (*at))
        return fail (error,
                     DOMO_ADDRESS_ERROR_MALFORMED,
                     _ ("An address has no spaces. It looks like acme.domo.com."));
      if (g_ascii_iscntrl (*at) || *at == '\\')
        return fail (error,
                     DOMO_ADDRESS_ERROR_MALFORMED,
                     _ ("This is not an address. It looks like acme.domo.com."));
    }

  return TRUE;
}

/* Cuts "https://" off @text. @scheme is NULL if none was typed. */
static gboolean
take_scheme (const char **text,
             char **scheme,
             GError **error)
{
  const char *separator = strstr (*text, "://");

  if (separator == NULL)
    {
      if (g_ascii_strncasecmp (*text, "https:", 6) == 0 || g_ascii_strncasecmp (*text, "http:", 5) == 0)
        return fail (error,
                     DOMO_ADDRESS_ERROR_MALFORMED,
                     _ ("This is not an address. It looks like https://acme.domo.com."));
      return TRUE;
    }

  /* A path that holds an address of its own has "://" too, but behind a slash. */
  if (memchr (*text, '/', separator - *text) != NULL)
    return TRUE;

  *scheme = g_ascii_strdown (*text, separator - *text);
  *text = separator + 3;

  if (strcmp (*scheme, "https") != 0 && strcmp (*scheme, "http") != 0)
    return fail (error,
                 DOMO_ADDRESS_ERROR_NOT_HTTPS,
                 _ ("The address must begin with https://."));

  return TRUE;
}

/* Splits "host:port". */
static gboolean
take_host_and_port (const char *authority,
                    char **host,
                    int *port,
                    GError **error)
{
  const char *rest;
  guint64 number;

  if (*authority == '[')
    {
      const char *bracket = strchr (authority, ']');

      if (bracket == NULL)
        return fail (error,
                     DOMO_ADDRESS_ERROR_MALFORMED,
                     _ ("This is not an address. It looks like acme.domo.com."));
      *host = g_ascii_strdown (authority + 1, bracket - authority - 1);
      rest = bracket + 1;
    }
  else
    {
      rest = strchr (authority, ':');
      if (rest != NULL && strchr (rest + 1, ':') != NULL)
        return fail (error,
                     DOMO_ADDRESS_ERROR_IP_ADDRESS,
                     _ ("Use the name of the instance, not a numeric address."));
      if (rest == NULL)
        rest = authority + strlen (authority);
      *host = g_ascii_strdown (authority, rest - authority);
    }

  *port = -1;
  if (*rest == '\0')
    return TRUE;

  if (*rest != ':' || !g_ascii_string_to_unsigned (rest + 1, 10, 1, 65535, &number, NULL))
    return fail (error,
                 DOMO_ADDRESS_ERROR_PORT,
                 _ ("The number behind the colon is not a port. Leave it out."));
  *port = (int) number;

  return TRUE;
}

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (strcmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* Names such as 2130706433, 0x7f.1 or 10.1 are addresses to the resolver: it goes by the last label. */
static gboolean
is_numeric_host (const char *host)
{
  const char *last;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return TRUE;

  last = strrchr (host, '.');
  if (last == NULL)
    return FALSE;

  last++;
  if (g_str_has_prefix (last, "0x"))
    return TRUE;

  return *last != '\0' && strspn (last, "0123456789") == strlen (last);
}

/* Turns what was typed for a host outside this computer into LABEL.domo.com. */
static gboolean
complete_host (char **host,
               char **name,
               GError **error)
{
  g_autofree char *label = NULL;
  gsize length = strlen (*host);

  if (length > 0 && (*host)[length - 1] == '.')
    (*host)[--length] = '\0';

  if (length == 0)
    return fail (error,
                 DOMO_ADDRESS_ERROR_MALFORMED,
                 _ ("This is not an address. It looks like acme.domo.com."));

  if (is_numeric_host (*host))
    return fail (error,
                 DOMO_ADDRESS_ERROR_IP_ADDRESS,
                 _ ("Use the name of the instance, not a numeric address."));

  for (const char *at = *host; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x80)
        return fail (error,
                     DOMO_ADDRESS_ERROR_NOT_DOMO,
                     _ ("This address has letters that only look like those of Domo's addresses. "
                        "Type it by hand: acme.domo.com."));
    }

  if (strcmp (*host, "domo.com") == 0 || strcmp (*host, "www.domo.com") == 0 ||
      strcmp (*host, "www") == 0)
    return fail (error,
                 DOMO_ADDRESS_ERROR_NOT_DOMO,
                 _ ("This is Domo's own site, not an instance. An instance looks like acme.domo.com."));

  if (strchr (*host, '.') == NULL)
    {
      label = g_strdup (*host);
    }
  else if (g_str_has_suffix (*host, DOMAIN_SUFFIX))
    {
      label = g_strndup (*host, length - strlen (DOMAIN_SUFFIX));
    }
  else
    {
      return fail (error,
                   DOMO_ADDRESS_ERROR_NOT_DOMO,
                   _ ("This is not an address of Domo. Domo's addresses end in .domo.com."));
    }

  if (strchr (label, '.') != NULL || g_str_has_prefix (label, "xn--"))
    return fail (error,
                 DOMO_ADDRESS_ERROR_NOT_DOMO,
                 _ ("This is not the address of an instance. It looks like acme.domo.com."));

  if (!is_label (label))
    return fail (error,
                 DOMO_ADDRESS_ERROR_MALFORMED,
                 _ ("The name of an instance has only letters, digits and hyphens."));

  g_free (*host);
  *host = g_strconcat (label, DOMAIN_SUFFIX, NULL);
  *name = g_steal_pointer (&label);

  return TRUE;
}

static char *
make_origin (const char *scheme,
             const char *host,
             int port)
{
  gboolean bracket = strchr (host, ':') != NULL;
  g_autofree char *suffix = port < 0 ? g_strdup ("") : g_strdup_printf (":%d", port);

  return g_strconcat (scheme, "://", bracket ? "[" : "", host, bracket ? "]" : "", suffix, NULL);
}

static int
default_port (const char *scheme)
{
  return strcmp (scheme, "https") == 0 ? 443 : 80;
}

static void
domo_address_finalize (GObject *object)
{
  DomoAddress *self = DOMO_ADDRESS (object);

  g_free (self->scheme);
  g_free (self->host);
  g_free (self->origin);
  g_free (self->name);

  G_OBJECT_CLASS (domo_address_parent_class)->finalize (object);
}

static void
domo_address_class_init (DomoAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = domo_address_finalize;
}

static void
domo_address_init (DomoAddress *self)
{
}

/**
 * domo_address_parse:
 * @text: what an admin typed: `acme`, `acme.domo.com` or a URL
 * @error: return location; the message is a sentence to show beside the field
 *
 * Checks and completes an address. Space around it is ignored. Fails with #DomoAddressError.
 *
 * Returns: (transfer full): the address, or %NULL
 */
DomoAddress *
domo_address_parse (const char *text,
                    GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *authority = NULL;
  g_autofree char *host = NULL;
  g_autofree char *name = NULL;
  const char *rest;
  gsize length;
  int port;
  gboolean loopback;
  DomoAddress *self;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  rest = trimmed;
  if (!check_text (rest, error) || !take_scheme (&rest, &scheme, error))
    return NULL;

  length = strcspn (rest, "/?#");
  authority = g_strndup (rest, length);
  rest += length;

  if (strchr (authority, '@') != NULL)
    {
      fail (error,
            DOMO_ADDRESS_ERROR_USER_INFO,
            _ ("Leave out the user name and password. Type only the address: acme.domo.com."));
      return NULL;
    }

  if (!take_host_and_port (authority, &host, &port, error))
    return NULL;

  loopback = is_loopback_host (host);
  if (loopback)
    name = g_strdup (host);
  else if (!complete_host (&host, &name, error))
    return NULL;

  /* A loopback address without a scheme is a practice instance's, and those speak plain HTTP. */
  if (scheme == NULL)
    scheme = g_strdup (loopback ? "http" : "https");

  if (!loopback && strcmp (scheme, "https") != 0)
    {
      fail (error,
            DOMO_ADDRESS_ERROR_NOT_HTTPS,
            _ ("The address must begin with https://. With http:// anyone on the way could read "
               "your access token."));
      return NULL;
    }

  if (port == default_port (scheme))
    port = -1;

  if (!loopback && port >= 0)
    {
      fail (error,
            DOMO_ADDRESS_ERROR_PORT,
            _ ("Domo's addresses have no port number. Leave out the colon and the number."));
      return NULL;
    }

  if (*rest != '\0' && strcmp (rest, "/") != 0)
    {
      fail (error,
            DOMO_ADDRESS_ERROR_PATH,
            _ ("Leave out everything behind the address. It ends in .domo.com."));
      return NULL;
    }

  self = g_object_new (DOMO_TYPE_ADDRESS, NULL);
  self->origin = make_origin (scheme, host, port);
  self->scheme = g_steal_pointer (&scheme);
  self->host = g_steal_pointer (&host);
  self->name = g_steal_pointer (&name);
  self->port = port;
  self->loopback = loopback;

  return self;
}

/**
 * domo_address_get_origin:
 * @self: an address
 *
 * Returns: (transfer none): scheme, host and port (left out if it is the scheme's own), without a
 *   slash at the end
 */
const char *
domo_address_get_origin (DomoAddress *self)
{
  g_return_val_if_fail (DOMO_IS_ADDRESS (self), NULL);

  return self->origin;
}

/**
 * domo_address_get_host:
 * @self: an address
 *
 * Returns: (transfer none): the host in lower case, an IPv6 address without brackets
 */
const char *
domo_address_get_host (DomoAddress *self)
{
  g_return_val_if_fail (DOMO_IS_ADDRESS (self), NULL);

  return self->host;
}

/**
 * domo_address_get_name:
 * @self: an address
 *
 * Returns: (transfer none): what people call the instance: "acme" of acme.domo.com, the host of a
 *   loopback address
 */
const char *
domo_address_get_name (DomoAddress *self)
{
  g_return_val_if_fail (DOMO_IS_ADDRESS (self), NULL);

  return self->name;
}

/**
 * domo_address_is_loopback:
 * @self: an address
 *
 * Returns: whether the instance is on this computer
 */
gboolean
domo_address_is_loopback (DomoAddress *self)
{
  g_return_val_if_fail (DOMO_IS_ADDRESS (self), FALSE);

  return self->loopback;
}

/**
 * domo_address_equal:
 * @a: an address
 * @b: another
 *
 * Returns: whether both name the same instance
 */
gboolean
domo_address_equal (DomoAddress *a,
                    DomoAddress *b)
{
  g_return_val_if_fail (DOMO_IS_ADDRESS (a), FALSE);
  g_return_val_if_fail (DOMO_IS_ADDRESS (b), FALSE);

  return strcmp (a->origin, b->origin) == 0;
}

/**
 * domo_address_owns_uri:
 * @self: an address
 * @uri: where a message goes
 *
 * Returns: whether @uri has the scheme, host and port of @self: only then may the token go with it
 */
gboolean
domo_address_owns_uri (DomoAddress *self,
                       GUri *uri)
{
  const char *host;
  int port;

  g_return_val_if_fail (DOMO_IS_ADDRESS (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  host = g_uri_get_host (uri);
  if (host == NULL || g_strcmp0 (g_uri_get_scheme (uri), self->scheme) != 0)
    return FALSE;

  port = g_uri_get_port (uri);
  if (port < 0)
    port = default_port (self->scheme);

  return g_ascii_strcasecmp (host, self->host) == 0 &&
         port == (self->port >= 0 ? self->port : default_port (self->scheme));
}
