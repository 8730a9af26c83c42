/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/instances/steward-removal.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"

/* What Undo needs: the instance and, until the toast is gone, its token in memory. */
typedef struct
{
  gatomicrefcount refs;
  StewardAccount *account;
  StewardTokenPlace place;
  char *token;                  /* nullable */
  gboolean undone;
} Removal;

static void
removal_unref (Removal *removal)
{
  if (!g_atomic_ref_count_dec (&removal->refs))
    return;
  steward_token_free (removal->token);
  g_object_unref (removal->account);
  g_free (removal);
}

static Removal *
removal_ref (Removal *removal)
{
  g_atomic_ref_count_inc (&removal->refs);

  return removal;
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Removal *removal = user_data;
  StewardTokenStore *tokens = STEWARD_TOKEN_STORE (source);

  if (steward_token_store_store_finish (tokens, result, NULL))
    steward_account_set_token_place (removal->account, STEWARD_TOKEN_IN_KEYRING);
  else
    {
      steward_token_store_keep (tokens, steward_account_get_address (removal->account), removal->token);
      steward_account_set_token_place (removal->account, STEWARD_TOKEN_SESSION_ONLY);
    }
  removal_unref (removal);
}

static void
on_undo (AdwToast *toast,
         Removal  *removal)
{
  StewardApplication *application = steward_application_get ();
  StewardTokenStore *tokens = steward_application_get_tokens (application);
  DomoAddress *address = steward_account_get_address (removal->account);

  if (removal->undone)
    return;
  removal->undone = TRUE;
  steward_account_store_add (steward_application_get_accounts (application), removal->account);
  if (removal->token == NULL)
    return;

  if (removal->place == STEWARD_TOKEN_IN_KEYRING)
    {
      g_autofree char *label = g_strdup_printf (_("Steward access token for %s"), domo_address_get_host (address));

      steward_token_store_store_async (tokens, address, label, removal->token, on_stored, removal_ref (removal));
    }
  else
    {
      steward_token_store_keep (tokens, address, removal->token);
      steward_account_set_token_place (removal->account, STEWARD_TOKEN_SESSION_ONLY);
    }
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Removal *removal = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_token_store_forget_finish (STEWARD_TOKEN_STORE (source), result, &error))
    g_debug ("The token was not removed from the keyring: %s", error->message);
  removal_unref (removal);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Removal *removal = user_data;
  StewardTokenStore *tokens = STEWARD_TOKEN_STORE (source);

  removal->token = steward_token_store_lookup_finish (tokens, result, NULL);
  if (!removal->undone)
    steward_token_store_forget_async (tokens, steward_account_get_address (removal->account), on_forgotten,
                                      removal_ref (removal));
  removal_unref (removal);
}

/**
 * steward_removal_begin:
 * @account: an instance of the store
 * @toasts: where to say so
 */
void
steward_removal_begin (StewardAccount  *account,
                       AdwToastOverlay *toasts)
{
  StewardApplication *application = steward_application_get ();
  StewardTokenStore *tokens = steward_application_get_tokens (application);
  Removal *removal = g_new0 (Removal, 1);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_atomic_ref_count_init (&removal->refs);
  removal->account = g_object_ref (account);
  removal->place = steward_token_store_is_kept (tokens, steward_account_get_address (account)) ?
                   STEWARD_TOKEN_SESSION_ONLY : STEWARD_TOKEN_IN_KEYRING;
  steward_token_store_lookup_async (tokens, steward_account_get_address (account), on_looked_up,
                                    removal_ref (removal));
  steward_account_store_remove (steward_application_get_accounts (application), account);
  steward_application_close_account (application, account);

  text = g_strdup_printf (_("%s was removed"), steward_account_get_name (account));
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_undo), removal);
  g_object_weak_ref (G_OBJECT (toast), (GWeakNotify) removal_unref, removal);
  adw_toast_overlay_add_toast (toasts, toast);
}
