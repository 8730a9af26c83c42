/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-problem.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "accounts/steward-token-store.h"
#include "domo/domo-error.h"
#include "migration/steward-journal.h"

/* One row an error code: what happened, what it means and what to do. Where a sentence holds %s, that is
 * the instance's name. */
typedef struct
{
  int code;
  const char *title;
  const char *happened;
  const char *rest;
  gboolean can_retry;
} Words;

static const Words domo_words[] = {
  { DOMO_ERROR_OFFLINE, N_("No Connection"), N_("%s could not be reached."),
    N_("Nothing was sent. Check the network and the instance's address, then try again."), TRUE },
  { DOMO_ERROR_TIMED_OUT, N_("No Answer"), N_("%s did not answer in time."),
    N_("It may be busy. Try again in a moment."), TRUE },
  { DOMO_ERROR_CONNECTION_LOST, N_("Connection Lost"), N_("The connection to %s was lost."),
    N_("Only a part of the answer arrived, so Steward does not use it. Try again."), TRUE },
  { DOMO_ERROR_TOKEN_REFUSED, N_("Access Token Not Accepted"), N_("Domo did not accept the access token."),
    N_("It may have expired or been revoked."), FALSE },
  { DOMO_ERROR_NOT_ALLOWED, N_("Not Allowed"), N_("%s does not allow this."),
    N_("Your role may lack a right, or there is no instance at this address. Ask an admin, or check the address."),
    TRUE },
  { DOMO_ERROR_NOT_FOUND, N_("Not Found"), N_("%s does not know what was asked for."),
    N_("It may have been removed meanwhile. Refresh to see what is there now."), TRUE },
  { DOMO_ERROR_CONFLICT, N_("Changed Meanwhile"), N_("%s refused because something else is in the way."),
    N_("It may have been changed meanwhile. Refresh to see what is there now."), TRUE },
  { DOMO_ERROR_REFUSED, N_("Refused"), N_("%s refused the request."),
    N_("What it said is under Details."), TRUE },
  { DOMO_ERROR_TOO_MANY_REQUESTS, N_("Too Many Requests"), N_("%s asks for a pause."),
    N_("There were too many requests in a short time. Try again in a minute."), TRUE },
  { DOMO_ERROR_SERVER_FAILED, N_("Domo Failed"), N_("%s answered that something went wrong on its side."),
    N_("This is not caused by this computer. Try again; if it lasts, give the Support ID to Domo."), TRUE },
  { DOMO_ERROR_NOT_DOMO, N_("Not a Domo Instance"), N_("What answered at this address is not a Domo instance."),
    N_("A sign-in page of a network or a proxy may be in between. Check the address and the network."), TRUE },
  { DOMO_ERROR_REDIRECTED, N_("Sent Elsewhere"), N_("%s answered with another address."),
    N_("Steward does not follow, so that the access token goes nowhere else. Check the instance's address."),
    TRUE },
  { DOMO_ERROR_BAD_REPLY, N_("Unreadable Answer"), N_("The answer of %s could not be read."),
    N_("Nothing was changed by reading it. Try again; if it lasts, the place is under Details."), TRUE },
  { DOMO_ERROR_BAD_REQUEST, N_("Not Sent"), N_("The request could not be made."),
    N_("Nothing was sent. What was wrong is under Details."), FALSE },
};

static const Words journal_words[] = {
  { STEWARD_JOURNAL_ERROR_STORAGE, N_("Nothing Can Be Recorded"),
    N_("Steward cannot write in its data folder."),
    N_("Nothing is sent while it cannot be recorded. Make room on the disk, or make the folder writable, and start Steward again."),
    FALSE },
  { STEWARD_JOURNAL_ERROR_READ_ONLY, N_("Nothing Can Be Recorded"),
    N_("The record of runs was opened for reading only."),
    N_("Nothing is sent while it cannot be recorded. Make the folder writable and start Steward again."), FALSE },
  { STEWARD_JOURNAL_ERROR_NEWER, N_("Written by a Newer Steward"),
    N_("The record of runs was written by a newer version of Steward."),
    N_("It is left as it is, and nothing is sent. Use the newer version."), FALSE },
  { STEWARD_JOURNAL_ERROR_DAMAGED, N_("Record of Runs Damaged"),
    N_("The record of runs is damaged."),
    N_("It is left as it is, and nothing is sent. Keep a copy, move the file away and start Steward again."),
    FALSE },
  { STEWARD_JOURNAL_ERROR_NOT_FOUND, N_("Not Found"), N_("There is no such run."),
    N_("It may belong to another data folder."), FALSE },
};

static const Words token_words[] = {
  { STEWARD_TOKEN_ERROR_NO_SERVICE, N_("No Keyring"), N_("There is no keyring on this computer."),
    N_("The access token cannot be kept. Use it for this session only."), FALSE },
  { STEWARD_TOKEN_ERROR_LOCKED, N_("Keyring Locked"), N_("The keyring is locked."),
    N_("Unlock it and try again, or use the token for this session only."), TRUE },
  { STEWARD_TOKEN_ERROR_FAILED, N_("Keyring Failed"), N_("The keyring did not do what was asked."),
    N_("What it said is under Details. The token can be used for this session only."), TRUE },
};

static const Words *
find_words (const GError *error)
{
  const Words *table;
  guint n;

  if (error->domain == DOMO_ERROR)
    table = domo_words, n = G_N_ELEMENTS (domo_words);
  else if (error->domain == STEWARD_JOURNAL_ERROR)
    table = journal_words, n = G_N_ELEMENTS (journal_words);
  else if (error->domain == STEWARD_TOKEN_ERROR)
    table = token_words, n = G_N_ELEMENTS (token_words);
  else
    return NULL;

  for (guint i = 0; i < n; i++)
    if (table[i].code == error->code)
      return &table[i];

  return NULL;
}

/* Puts the instance's name for the only %s of a translated sentence, which is no format of ours. */
static char *
with_name (const char *sentence,
           const char *name)
{
  const char *place = strstr (sentence, "%s");

  if (place == NULL)
    return g_strdup (sentence);

  return g_strdup_printf ("%.*s%s%s", (int) (place - sentence), sentence, name, place + 2);
}

static char *
describe_certificate (guint flags)
{
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return g_strdup (_("It has expired. An admin of the instance, or this computer's clock, has to be set right."));
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return g_strdup (_("It is not valid yet. Check this computer's clock."));
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return g_strdup (_("It belongs to another address. Check the instance's address; somebody may be in between."));
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return g_strdup (_("It has been revoked. Do not go on before your network's admin has looked at it."));
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return g_strdup (_("Nobody this computer trusts has signed it. A proxy of your network may be in between; ask its admin."));

  return g_strdup (_("It is not acceptable. Ask your network's admin."));
}

/**
 * steward_problem_new:
 * @error: any error that may reach a person
 * @instance: (nullable): the instance's name
 *
 * Finds the words for @error. What no table knows is said with the error's own message.
 *
 * Returns: (transfer full): the problem
 */
StewardProblem *
steward_problem_new (const GError *error,
                     const char   *instance)
{
  StewardProblem *self;
  const DomoErrorDetails *details = NULL;
  const Words *words;
  const char *name = instance != NULL ? instance : _("The instance");

  g_return_val_if_fail (error != NULL, NULL);

  self = g_new0 (StewardProblem, 1);
  words = find_words (error);
  if (error->domain == DOMO_ERROR)
    details = domo_error_get_details (error);

  if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_CERTIFICATE))
    {
      g_autofree char *why = describe_certificate (details != NULL ? details->certificate_flags : 0);
      g_autofree char *happened = with_name (_("The certificate of %s was not accepted."), name);

      self->title = g_strdup (_("Certificate Not Accepted"));
      self->text = g_strdup_printf ("%s %s %s", happened, _("Nothing was sent."), why);
      self->can_retry = TRUE;
    }
  else if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_ADDRESS_BLOCKED))
    {
      self->title = g_strdup (_("Address Not Allowed"));
      if (details != NULL && details->address != NULL)
        /* Translators: an IP address, then the instance's name. */
        self->text = g_strdup_printf (_("This computer's address (%s) is not on %s's allow-list. An admin can add it under Security, IP Allowlist."),
                                      details->address, name);
      else
        self->text = g_strdup_printf (_("This computer's address is not on %s's allow-list. An admin can add it under Security, IP Allowlist."),
                                      name);
      self->can_retry = TRUE;
    }
  else if (words != NULL)
    {
      g_autofree char *happened = with_name (_(words->happened), name);

      self->title = g_strdup (_(words->title));
      self->text = g_strdup_printf ("%s %s", happened, _(words->rest));
      self->can_retry = words->can_retry;
    }
  else
    {
      self->title = g_strdup (_("Something Went Wrong"));
      self->text = g_strdup (error->message);
      self->can_retry = TRUE;
    }

  self->wants_token = g_error_matches (error, DOMO_ERROR, DOMO_ERROR_TOKEN_REFUSED);
  if (details != NULL)
    {
      if (details->status != 0)
        self->status = g_strdup_printf ("%u", details->status);
      self->toe = g_strdup (details->toe);
      self->message = g_strdup (details->server_message);
    }
  if (self->message == NULL && g_strcmp0 (self->text, error->message) != 0)
    self->message = g_strdup (error->message);

  return self;
}

/**
 * steward_problem_free:
 * @self: (transfer full): a problem
 */
void
steward_problem_free (StewardProblem *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->status);
  g_free (self->message);
  g_free (self->toe);
  g_free (self);
}
