/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-judge.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "domo/domo-blocked-page.h"
#include "domo/domo-json.h"

/* Longest piece of the server's own words that is kept. */
#define MAX_MESSAGE 300

/* What the instance's JSON error object said. */
typedef struct
{
  gboolean found;
  guint status;
  char *toe;
  char *message;
} OwnError;

static void
own_error_clear (OwnError *own)
{
  g_clear_pointer (&own->toe, g_free);
  g_clear_pointer (&own->message, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OwnError, own_error_clear)

/**
 * domo_judge_tidy_text:
 * @text: what a server wrote
 * @secret: (nullable): the token
 *
 * Returns: (transfer full): one line of readable text, not too long, without the token even if the server
 *   repeats it
 */
char *
domo_judge_tidy_text (const char *text,
                      const char *secret)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) tidy = NULL;
  gboolean space = TRUE;
  glong length = 0;

  if (secret != NULL && *secret != '\0')
    {
      g_auto (GStrv) parts = g_strsplit (valid, secret, -1);

      g_free (valid);
      valid = g_strjoinv ("…", parts);
    }

  tidy = g_string_new (NULL);
  for (const char *at = valid; *at != '\0' && length < MAX_MESSAGE; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_space = g_unichar_isspace (c) || !g_unichar_isprint (c);

      if (is_space && space)
        continue;
      g_string_append_unichar (tidy, is_space ? ' ' : c);
      space = is_space;
      length++;
    }

  return g_strchomp (g_string_free (g_steal_pointer (&tidy), FALSE));
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static guint
get_status (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "status");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;

  return (guint) CLAMP (json_node_get_int (node), 0, 999);
}

/* Reads {"status":401,"statusReason":"Unauthorized","path":…,"message":…,"toe":…}. A gateway or proxy on
 * the way answers in JSON too, but hardly in these members, with the status it has sent. */
static void
read_own_error (JsonNode *json,
                guint status,
                const char *secret,
                OwnError *own)
{
  JsonObject *object;
  const char *reason;
  const char *message;
  const char *toe;

  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json))
    return;

  object = json_node_get_object (json);
  reason = get_string (object, "statusReason");
  message = get_string (object, "message");
  toe = get_string (object, "toe");
  own->status = get_status (object);

  if (toe != NULL && *toe != '\0')
    own->toe = domo_judge_tidy_text (toe, secret);
  if (message != NULL && *message != '\0')
    own->message = domo_judge_tidy_text (message, secret);
  else if (reason != NULL && *reason != '\0')
    own->message = domo_judge_tidy_text (reason, secret);

  own->found = own->status == status && (reason != NULL || message != NULL || toe != NULL);
}

static gboolean
is_html (const char *content_type)
{
  return content_type != NULL && (g_ascii_strcasecmp (content_type, "text/html") == 0 ||
                                  g_ascii_strcasecmp (content_type, "application/xhtml+xml") == 0);
}

/* A write whose answer is missing may have been done; the sentence has to say so. */
static const char *
what_now (const DomoOperation *operation)
{
  if (operation->effect == DOMO_EFFECT_READS)
    return _ ("Check the network and try again.");

  return _ ("Domo may have done what was asked: look before you try again.");
}

static GError *
judge_certificate (const DomoJourney *journey,
                   DomoErrorDetails *details)
{
  const char *host = domo_address_get_host (journey->address);
  GTlsCertificateFlags flags = journey->certificate_flags;
  const char *format;

  details->certificate_flags = flags;

  /* An unknown signer makes everything else in the certificate hearsay, so it is told first. */
  if (journey->self_signed && (flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    format = _ ("%s made its own certificate, so nobody vouches that it is Domo. Nothing was sent. "
                "Check the address; if it is right, ask whoever runs your network.");
  else if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    format = _ ("The certificate of %s comes from an authority this computer does not know. Nothing was "
                "sent. If your company inspects secure connections, ask whoever runs your network to "
                "install its authority.");
  else if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    format = _ ("The certificate that was shown does not belong to %s. Nothing was sent. Check the "
                "address; if it is right, someone may be in between: ask whoever runs your network.");
  else if ((flags & G_TLS_CERTIFICATE_REVOKED) != 0)
    format = _ ("The certificate of %s has been revoked. Nothing was sent. Tell whoever runs the "
                "instance.");
  else if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    format = _ ("The certificate of %s has expired. Nothing was sent. Check this computer's date and "
                "time; if they are right, tell whoever runs the instance.");
  else if ((flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    format = _ ("The certificate of %s is not valid yet. Nothing was sent. Check this computer's date "
                "and time.");
  else
    format = _ ("The certificate of %s was not accepted. Nothing was sent. Ask whoever runs your "
                "network.");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return domo_error_new (DOMO_ERROR_CERTIFICATE, details, format, host);
#pragma GCC diagnostic pop
}

/* No byte of the request left this computer. */
static GError *
judge_unsent (const GError *cause,
              const DomoJourney *journey,
              const DomoErrorDetails *details)
{
  const char *host = domo_address_get_host (journey->address);

  if (cause->domain == G_RESOLVER_ERROR)
    return domo_error_new (DOMO_ERROR_OFFLINE,
                           details,
                           _ ("%s could not be found. This computer may be offline, or the address may be "
                              "misspelt. Check both and try again."),
                           host);

  if (cause->domain == G_TLS_ERROR)
    return domo_error_new (DOMO_ERROR_OFFLINE,
                           details,
                           _ ("No secure connection to %s could be made. Nothing was sent. A proxy or "
                              "firewall may be in the way: ask whoever runs your network."),
                           host);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return domo_error_new (DOMO_ERROR_OFFLINE,
                           details,
                           _ ("%s did not accept a connection. Nothing was sent. Check the address, or "
                              "try again later."),
                           host);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return domo_error_new (DOMO_ERROR_OFFLINE,
                           details,
                           _ ("%s did not answer when it was called. Nothing was sent. Check the network "
                              "and try again."),
                           host);

  return domo_error_new (DOMO_ERROR_OFFLINE,
                         details,
                         _ ("%s could not be reached. Nothing was sent. This computer may be offline: "
                            "check the network and try again."),
                         host);
}

/**
 * domo_judge_transport:
 * @cause: what GIO or libsoup reported
 * @journey: how far the request got
 *
 * Names a failure below HTTP. A cancelled request stays %G_IO_ERROR_CANCELLED. A status that was read
 * before the connection broke is kept, but proves nothing about a write.
 *
 * Returns: (transfer full): the error
 */
GError *
domo_judge_transport (const GError *cause,
                      const DomoJourney *journey)
{
  DomoErrorDetails details = { .retry_after = -1 };
  const char *host;

  g_return_val_if_fail (cause != NULL, NULL);
  g_return_val_if_fail (journey != NULL, NULL);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);

  host = domo_address_get_host (journey->address);
  details.status = journey->status;
  details.delivery = journey->started ? DOMO_DELIVERY_UNKNOWN : DOMO_DELIVERY_NOT_SENT;

  if (!journey->started)
    {
      if (journey->certificate_flags != 0 ||
          g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
        return judge_certificate (journey, &details);

      return judge_unsent (cause, journey, &details);
    }

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return domo_error_new (DOMO_ERROR_TIMED_OUT,
                           &details,
                           _ ("%s took too long to answer. %s"),
                           host,
                           what_now (journey->operation));

  if (cause->domain == SOUP_SESSION_ERROR ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return domo_error_new (DOMO_ERROR_BAD_REPLY,
                           &details,
                           _ ("The answer of %s could not be read. %s"),
                           host,
                           what_now (journey->operation));

  return domo_error_new (DOMO_ERROR_CONNECTION_LOST,
                         &details,
                         _ ("The connection to %s was lost before the whole answer arrived. %s"),
                         host,
                         what_now (journey->operation));
}

static gboolean
is_success (const DomoAnswer *answer)
{
  /* 200, 201 and 204 mean "done" whatever the documents list; other successes do not: 202 is not done
   * yet, 206 is a part. */
  return answer->status == 200 || answer->status == 201 || answer->status == 204 ||
         domo_operation_accepts_status (answer->operation, answer->status);
}

/**
 * domo_judge_head:
 * @answer: the head of an answer
 *
 * Returns: whether status and content type leave the body to be read as what was asked for
 */
gboolean
domo_judge_head (const DomoAnswer *answer)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  return is_success (answer) && !is_html (answer->content_type);
}

/* The status decides the code; the sentence says what it means and what to do. */
static GError *
judge_status (const DomoAnswer *answer,
              guint status,
              const DomoErrorDetails *details)
{
  const char *name = domo_address_get_name (answer->address);
  const char *message = details->server_message;

  switch (status)
    {
    case 401:
      return domo_error_new (DOMO_ERROR_TOKEN_REFUSED,
                             details,
                             _ ("Domo did not accept the access token. It may have expired or been "
                                "revoked."));
    case 403:
      return domo_error_new (DOMO_ERROR_NOT_ALLOWED,
                             details,
                             _ ("Domo does not allow this. The person the access token belongs to lacks a "
                                "right for it: ask an admin of %s to grant it."),
                             name);
    case 404:
    case 410:
      return domo_error_new (DOMO_ERROR_NOT_FOUND,
                             details,
                             _ ("Domo did not find this. It may have been deleted, or it is not shared "
                                "with you. Refresh and look again."));
    case 409:
      if (message != NULL)
        return domo_error_new (DOMO_ERROR_CONFLICT,
                               details,
                               _ ("This conflicts with something else in Domo: %s"),
                               message);
      return domo_error_new (DOMO_ERROR_CONFLICT,
                             details,
                             _ ("This conflicts with something else in Domo. Refresh and look again."));
    case 429:
      return domo_error_new (DOMO_ERROR_TOO_MANY_REQUESTS,
                             details,
                             _ ("Domo was asked too often in a short time. Wait a minute and try "
                                "again."));
    default:
      break;
    }

  if (status == 408 || status >= 500)
    {
      if (answer->operation->effect == DOMO_EFFECT_READS)
        return domo_error_new (DOMO_ERROR_SERVER_FAILED,
                               details,
                               _ ("Domo had a problem of its own. Try again in a few minutes."));
      return domo_error_new (DOMO_ERROR_SERVER_FAILED,
                             details,
                             _ ("Domo had a problem of its own. It may have done what was asked all the "
                                "same: look before you try again."));
    }

  if (message != NULL)
    return domo_error_new (DOMO_ERROR_REFUSED, details, _ ("Domo declined this: %s"), message);

  return domo_error_new (DOMO_ERROR_REFUSED,
                         details,
                         _ ("Domo declined this without saying why. Check what was entered."));
}

static GError *
judge_redirect (const DomoAnswer *answer,
                const DomoErrorDetails *details)
{
  return domo_error_new (DOMO_ERROR_REDIRECTED,
                         details,
                         _ ("%s points to another address. Steward does not follow, to keep your access "
                            "token safe. Check the address of the instance."),
                         domo_address_get_host (answer->address));
}

static GError *
judge_blocked (const DomoAnswer *answer,
               const DomoErrorDetails *details)
{
  const char *name = domo_address_get_name (answer->address);

  if (details->address != NULL)
    return domo_error_new (DOMO_ERROR_ADDRESS_BLOCKED,
                           details,
                           _ ("This computer's address (%s) is not on %s's allow-list. An admin can add it "
                              "under Security, IP Allowlist."),
                           details->address,
                           name);

  return domo_error_new (DOMO_ERROR_ADDRESS_BLOCKED,
                         details,
                         _ ("This computer's address is not on %s's allow-list. An admin can add it under "
                            "Security, IP Allowlist."),
                         name);
}

/**
 * domo_judge_body:
 * @answer: the head of the answer
 * @body: what was read of the body, decoded
 * @overflow: whether the body went on behind what was read
 *
 * Judges a whole answer by status, then content type, then what can be said of the body without reading
 * it as JSON.
 *
 * Returns: (transfer full) (nullable): an error, %NULL if the answer may be used
 */
GError *
domo_judge_body (const DomoAnswer *answer,
                 GBytes *body,
                 gboolean overflow)
{
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_ANSWERED };
  g_autofree char *address = NULL;
  gsize size;
  const char *data;

  g_return_val_if_fail (answer != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  data = g_bytes_get_data (body, &size);
  details.status = answer->status;
  details.retry_after = answer->retry_after;

  if ((is_html (answer->content_type) || answer->status / 100 == 3) &&
      domo_blocked_page_recognise (data, size, answer->location, &address))
    {
      details.address = address;
      return judge_blocked (answer, &details);
    }

  if (answer->status / 100 == 3)
    return judge_redirect (answer, &details);

  if (answer->status >= 400)
    {
      g_auto (OwnError) own = { 0 };
      g_autoptr (JsonNode) json = NULL;

      if (size > 0 && !overflow && !is_html (answer->content_type))
        json = domo_json_parse (data, size, NULL);
      read_own_error (json, answer->status, answer->secret, &own);
      details.own_error = own.found;
      details.toe = own.toe;
      details.server_message = own.message;

      return judge_status (answer, answer->status, &details);
    }

  if (!is_success (answer))
    return domo_error_new (DOMO_ERROR_BAD_REPLY,
                           &details,
                           _ ("Domo answered in a way Steward does not know (status %u)."),
                           answer->status);

  if (is_html (answer->content_type))
    return domo_error_new (DOMO_ERROR_BAD_REPLY,
                           &details,
                           _ ("%s answered with a web page instead of data. A sign-in page of your network "
                              "may be in the way. Try again later."),
                           domo_address_get_host (answer->address));

  if (overflow)
    return domo_error_new (DOMO_ERROR_BAD_REPLY,
                           &details,
                           _ ("The reply is too long to be read."));

  if (size == 0 && answer->status != 204 && answer->operation->effect == DOMO_EFFECT_READS)
    return domo_error_new (DOMO_ERROR_BAD_REPLY,
                           &details,
                           _ ("The reply is empty."));

  return NULL;
}

/**
 * domo_judge_json:
 * @answer: the head of an answer with a success status
 * @json: its body
 *
 * Some failures come with the status 200 and say so in the body alone.
 *
 * Returns: (transfer full) (nullable): an error, %NULL if the body is no error object
 */
GError *
domo_judge_json (const DomoAnswer *answer,
                 JsonNode *json)
{
  g_auto (OwnError) own = { 0 };
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_ANSWERED };
  JsonObject *object;

  g_return_val_if_fail (answer != NULL, NULL);

  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json))
    return NULL;

  object = json_node_get_object (json);
  if (get_status (object) < 400 || get_status (object) > 599 ||
      get_string (object, "statusReason") == NULL)
    return NULL;

  read_own_error (json, get_status (object), answer->secret, &own);
  details.status = own.status;
  details.own_error = TRUE;
  details.toe = own.toe;
  details.server_message = own.message;
  details.retry_after = answer->retry_after;

  return judge_status (answer, own.status, &details);
}

/**
 * domo_judge_is_json:
 * @content_type: (nullable): media type without parameters
 *
 * Returns: whether a body of this type is to be read as JSON; one without a type is
 */
gboolean
domo_judge_is_json (const char *content_type)
{
  g_autofree char *lower = NULL;

  if (content_type == NULL || *content_type == '\0')
    return TRUE;

  lower = g_ascii_strdown (content_type, -1);

  return strcmp (lower, "application/json") == 0 || strcmp (lower, "text/json") == 0 ||
         g_str_has_suffix (lower, "+json");
}

/**
 * domo_judge_retry_after:
 * @header: (nullable): the Retry-After header: seconds or a date
 *
 * Returns: seconds from now, -1 if there is none or it says nothing readable
 */
int
domo_judge_retry_after (const char *header)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (header == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (header, 10, 0, G_MAXINT, &seconds, NULL))
    return (int) seconds;

  date = soup_date_time_new_from_http_string (header);
  if (date != NULL)
    {
      gint64 wait = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;

      return (int) CLAMP (wait, 0, G_MAXINT);
    }

  return -1;
}
