/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-blocked-page.h"

#include <gio/gio.h>
#include <string.h>

#define TITLE "Domo - Blocked"
#define BLOCKED_PATH "whitelist/blocked"
/* The page is short; a longer one is another. */
#define MAX_PAGE (64 * 1024)

/* The first word of @text that is an address of @family. A colon parts words ("IP:203.0.113.7") unless it may
 * be part of the address itself. */
static char *
find_address (const char *text,
              GSocketFamily family)
{
  const char *at = text;

  while (*at != '\0')
    {
      const char *begin = at;
      g_autofree char *word = NULL;
      g_autoptr (GInetAddress) address = NULL;

      while (g_ascii_isalnum (*at) || *at == '.' || (*at == ':' && family == G_SOCKET_FAMILY_IPV6))
        at++;
      if (at == begin)
        {
          at++;
          continue;
        }

      word = g_strndup (begin, at - begin);
      if (g_str_has_suffix (word, "."))
        word[strlen (word) - 1] = '\0';

      address = g_inet_address_new_from_string (word);
      if (address != NULL && g_inet_address_get_family (address) == family &&
          !g_inet_address_get_is_any (address))
        return g_inet_address_to_string (address);
    }

  return NULL;
}

static gboolean
has_blocked_title (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *title = g_ascii_strdown (TITLE, -1);
  const char *begin = strstr (lower, "<title");
  const char *end = begin != NULL ? strstr (begin, "</title") : NULL;

  return end != NULL && g_strstr_len (begin, end - begin, title) != NULL;
}

/**
 * domo_blocked_page_recognise:
 * @data: (array length=length): the body of an answer that is HTML or a redirect
 * @length: its length in bytes
 * @location: (nullable): the Location header of a redirect
 * @address: (out) (transfer full) (nullable): this computer's address as the page names it
 *
 * An instance with an allow-list answers callers that are not on it with a page titled "Domo - Blocked", or
 * points to `whitelist/blocked`, and names the caller's address. (Observed)
 *
 * Returns: whether this is that answer
 */
gboolean
domo_blocked_page_recognise (const char *data,
                             gsize length,
                             const char *location,
                             char **address)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  *address = NULL;
  text = g_strndup (data != NULL ? data : "", MIN (length, MAX_PAGE));

  if (!has_blocked_title (text) && strstr (text, BLOCKED_PATH) == NULL &&
      (location == NULL || strstr (location, BLOCKED_PATH) == NULL))
    return FALSE;

  *address = find_address (text, G_SOCKET_FAMILY_IPV4);
  if (*address == NULL)
    *address = find_address (text, G_SOCKET_FAMILY_IPV6);
  if (*address == NULL && location != NULL)
    *address = find_address (location, G_SOCKET_FAMILY_IPV4);

  return TRUE;
}
