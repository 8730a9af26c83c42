/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/connection/steward-connection.h"

#include <glib/gi18n-lib.h>

#include "ui/connection/steward-attention.h"
#include "ui/connection/steward-trust.h"

#include "steward-ui-enums.h"

struct _StewardConnection
{
  GObject parent_instance;

  StewardAccount *account;
  StewardTokenStore *tokens;
  StewardJournal *journal;      /* nullable */
  DomoSession *session;
  DomoIdentity *identity;       /* nullable */
  StewardConnectionState state;
  GError *error;                /* nullable */
  gboolean keyring_waiting;
  gboolean looking_up;
  StewardAttention *attention;
  GCancellable *cancellable;    /* of the question who am I */
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_IDENTITY,
  PROP_JOURNAL,
  PROP_KEYRING_WAITING,
  PROP_N_ATTENTION,
  N_PROPS
};

enum
{
  READY,
  RUNS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardConnection, steward_connection, G_TYPE_OBJECT)

/* Takes @error. */
static void
set_state (StewardConnection      *self,
           StewardConnectionState  state,
           GError                 *error)
{
  gboolean changed = self->state != state || self->error != NULL || error != NULL;

  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (changed && state == STEWARD_CONNECTION_CONNECTED)
    g_signal_emit (self, signals[READY], 0);
}

static void
set_keyring_waiting (StewardConnection *self,
                     gboolean           waiting)
{
  if (self->keyring_waiting == waiting)
    return;
  self->keyring_waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_WAITING]);
}

static void
cancel_identify (StewardConnection *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
take_failure (StewardConnection *self,
              GError            *error)
{
  if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_TOKEN_REFUSED))
    set_state (self, STEWARD_CONNECTION_TOKEN_REFUSED, error);
  else
    set_state (self, STEWARD_CONNECTION_FAILED, error);
}

static void
on_identified (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (StewardConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoIdentity) identity = NULL;

  identity = domo_identity_load_finish (DOMO_SESSION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (identity == NULL)
    {
      take_failure (self, g_steal_pointer (&error));
      return;
    }

  g_set_object (&self->identity, identity);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IDENTITY]);
  set_state (self, STEWARD_CONNECTION_CONNECTED, NULL);
}

static void
identify (StewardConnection *self)
{
  cancel_identify (self);
  self->cancellable = g_cancellable_new ();
  set_state (self, STEWARD_CONNECTION_CONNECTING, NULL);
  domo_identity_load_async (self->session, self->cancellable, on_identified, g_object_ref (self));
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (StewardConnection) self = user_data;
  StewardTokenStore *tokens = STEWARD_TOKEN_STORE (source);
  DomoAddress *address = steward_account_get_address (self->account);
  g_autoptr (GError) error = NULL;
  char *token;

  token = steward_token_store_lookup_finish (tokens, result, &error);
  self->looking_up = FALSE;
  set_keyring_waiting (self, FALSE);
  /* Another token came while the keyring waited. */
  if (domo_session_has_token (self->session))
    {
      g_clear_pointer (&token, steward_token_free);
      return;
    }
  if (token == NULL)
    {
      if (error == NULL)
        steward_account_set_token_place (self->account, STEWARD_TOKEN_NONE);
      set_state (self, STEWARD_CONNECTION_TOKEN_MISSING, g_steal_pointer (&error));
      return;
    }

  steward_account_set_token_place (self->account,
                                   steward_token_store_is_kept (tokens, address) ?
                                   STEWARD_TOKEN_SESSION_ONLY : STEWARD_TOKEN_IN_KEYRING);
  domo_session_set_token (self->session, token);
  steward_token_free (token);
  identify (self);
}

static void
on_keyring_waiting (StewardConnection *self)
{
  if (self->looking_up)
    set_keyring_waiting (self, TRUE);
}

static void
on_attention_changed (StewardConnection *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ATTENTION]);
}

static void
steward_connection_dispose (GObject *object)
{
  StewardConnection *self = STEWARD_CONNECTION (object);

  cancel_identify (self);
  g_clear_object (&self->account);
  g_clear_object (&self->tokens);
  g_clear_object (&self->journal);
  g_clear_object (&self->session);
  g_clear_object (&self->identity);
  g_clear_object (&self->attention);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (steward_connection_parent_class)->dispose (object);
}

static void
steward_connection_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StewardConnection *self = STEWARD_CONNECTION (object);
  GPtrArray *attention;

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_IDENTITY:
      g_value_set_object (value, self->identity);
      break;
    case PROP_JOURNAL:
      g_value_set_object (value, self->journal);
      break;
    case PROP_KEYRING_WAITING:
      g_value_set_boolean (value, self->keyring_waiting);
      break;
    case PROP_N_ATTENTION:
      attention = steward_attention_get_items (self->attention);
      g_value_set_uint (value, attention != NULL ? attention->len : 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_connection_class_init (StewardConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = steward_connection_dispose;
  object_class->get_property = steward_connection_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, STEWARD_TYPE_CONNECTION_STATE,
                       STEWARD_CONNECTION_CONNECTING, flags);
  properties[PROP_IDENTITY] = g_param_spec_object ("identity", NULL, NULL, DOMO_TYPE_IDENTITY, flags);
  properties[PROP_JOURNAL] = g_param_spec_object ("journal", NULL, NULL, STEWARD_TYPE_JOURNAL, flags);
  properties[PROP_KEYRING_WAITING] = g_param_spec_boolean ("keyring-waiting", NULL, NULL, FALSE, flags);
  properties[PROP_N_ATTENTION] = g_param_spec_uint ("n-attention", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[READY] = g_signal_new ("ready", STEWARD_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[RUNS_CHANGED] = g_signal_new ("runs-changed", STEWARD_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
steward_connection_init (StewardConnection *self)
{
  self->attention = steward_attention_new ();
  g_signal_connect_object (self->attention, "changed", G_CALLBACK (on_attention_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * steward_connection_new:
 * @account: the instance
 * @tokens: where its token is
 * @journal: (nullable): the memory of runs
 *
 * Returns: (transfer full): a connection that is not open yet
 */
StewardConnection *
steward_connection_new (StewardAccount    *account,
                        StewardTokenStore *tokens,
                        StewardJournal    *journal)
{
  StewardConnection *self;
  DomoAddress *address;
  g_autoptr (GTlsDatabase) trust = NULL;

  g_return_val_if_fail (STEWARD_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (STEWARD_IS_TOKEN_STORE (tokens), NULL);

  self = g_object_new (STEWARD_TYPE_CONNECTION, NULL);
  address = steward_account_get_address (account);
  trust = steward_trust_for_address (address);
  self->account = g_object_ref (account);
  self->tokens = g_object_ref (tokens);
  self->session = domo_session_new (address, trust);
  g_signal_connect_object (tokens, "waiting", G_CALLBACK (on_keyring_waiting), self, G_CONNECT_SWAPPED);
  steward_connection_set_journal (self, journal);

  return self;
}

/**
 * steward_connection_get_account:
 * @self: a connection
 *
 * Returns: (transfer none): the instance
 */
StewardAccount *
steward_connection_get_account (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return self->account;
}

/**
 * steward_connection_get_session:
 * @self: a connection
 *
 * Returns: (transfer none): the session with the instance; it may have no token yet
 */
DomoSession *
steward_connection_get_session (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return self->session;
}

/**
 * steward_connection_get_origin:
 * @self: a connection
 *
 * Returns: (transfer none): the instance's origin, by which the journal knows it
 */
const char *
steward_connection_get_origin (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return steward_account_get_origin (self->account);
}

/**
 * steward_connection_get_name:
 * @self: a connection
 *
 * Returns: (transfer none): the instance's name as the admin calls it
 */
const char *
steward_connection_get_name (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return steward_account_get_name (self->account);
}

/**
 * steward_connection_get_identity:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): whom the token belongs to, %NULL while that is not known
 */
DomoIdentity *
steward_connection_get_identity (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return self->identity;
}

/**
 * steward_connection_get_user_name:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): who is signed in: the name, or else the e-mail or number
 */
const char *
steward_connection_get_user_name (StewardConnection *self)
{
  DomoUser *user;

  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  user = self->identity != NULL ? domo_identity_get_user (self->identity) : NULL;
  if (user == NULL)
    return NULL;
  if (user->display_name != NULL)
    return user->display_name;

  return user->email != NULL ? user->email : user->id;
}

/**
 * steward_connection_get_journal:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the memory of runs
 */
StewardJournal *
steward_connection_get_journal (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return self->journal;
}

/**
 * steward_connection_set_journal:
 * @self: a connection
 * @journal: (nullable): the memory of runs
 */
void
steward_connection_set_journal (StewardConnection *self,
                                StewardJournal    *journal)
{
  g_return_if_fail (STEWARD_IS_CONNECTION (self));

  if (!g_set_object (&self->journal, journal))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOURNAL]);
  steward_connection_runs_changed (self);
}

/**
 * steward_connection_get_state:
 * @self: a connection
 *
 * Returns: whether it stands, and if not, what is in the way
 */
StewardConnectionState
steward_connection_get_state (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), STEWARD_CONNECTION_FAILED);

  return self->state;
}

/**
 * steward_connection_is_connected:
 * @self: a connection
 *
 * Returns: whether the instance accepted the token
 */
gboolean
steward_connection_is_connected (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), FALSE);

  return self->state == STEWARD_CONNECTION_CONNECTED;
}

/**
 * steward_connection_get_error:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): why it does not stand
 */
const GError *
steward_connection_get_error (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return self->error;
}

/**
 * steward_connection_get_keyring_waiting:
 * @self: a connection
 *
 * Returns: whether the keyring has been asked for more than 3 s
 */
gboolean
steward_connection_get_keyring_waiting (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), FALSE);

  return self->keyring_waiting;
}

/**
 * steward_connection_open:
 * @self: a connection
 *
 * Looks the token up, unless the session has one, and asks the instance whom it belongs to.
 */
void
steward_connection_open (StewardConnection *self)
{
  g_return_if_fail (STEWARD_IS_CONNECTION (self));

  if (domo_session_has_token (self->session))
    {
      identify (self);
      return;
    }
  if (self->looking_up)
    return;

  self->looking_up = TRUE;
  set_state (self, STEWARD_CONNECTION_CONNECTING, NULL);
  steward_token_store_lookup_async (self->tokens, steward_account_get_address (self->account), on_looked_up,
                                    g_object_ref (self));
}

/**
 * steward_connection_use_token:
 * @self: a connection
 * @token: the token to use from now on
 * @identity: (nullable): whom it belongs to, if the instance has already said so
 */
void
steward_connection_use_token (StewardConnection *self,
                              const char        *token,
                              DomoIdentity      *identity)
{
  g_return_if_fail (STEWARD_IS_CONNECTION (self));
  g_return_if_fail (token != NULL);

  domo_session_set_token (self->session, token);
  set_keyring_waiting (self, FALSE);
  if (identity == NULL)
    {
      identify (self);
      return;
    }

  cancel_identify (self);
  g_set_object (&self->identity, identity);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IDENTITY]);
  /* Leaving the state first makes "ready" come again for those who wait for another token. */
  set_state (self, STEWARD_CONNECTION_CONNECTING, NULL);
  set_state (self, STEWARD_CONNECTION_CONNECTED, NULL);
}

/**
 * steward_connection_drop_token:
 * @self: a connection
 *
 * Forgets the token in this session.
 */
void
steward_connection_drop_token (StewardConnection *self)
{
  g_return_if_fail (STEWARD_IS_CONNECTION (self));

  cancel_identify (self);
  domo_session_set_token (self->session, NULL);
  set_state (self, STEWARD_CONNECTION_TOKEN_MISSING, NULL);
}

/**
 * steward_connection_report_error:
 * @self: a connection
 * @error: (nullable): how a request failed
 *
 * Returns: whether it was a refused token, which the window then says
 */
gboolean
steward_connection_report_error (StewardConnection *self,
                                 const GError      *error)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), FALSE);

  if (!g_error_matches (error, DOMO_ERROR, DOMO_ERROR_TOKEN_REFUSED))
    return FALSE;

  cancel_identify (self);
  set_state (self, STEWARD_CONNECTION_TOKEN_REFUSED, g_error_copy (error));

  return TRUE;
}

/**
 * steward_connection_get_attention:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable) (element-type StewardRunItem): datasets that need attention, %NULL
 * while that is not known
 */
GPtrArray *
steward_connection_get_attention (StewardConnection *self)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTION (self), NULL);

  return steward_attention_get_items (self->attention);
}

/**
 * steward_connection_runs_changed:
 * @self: a connection
 *
 * To be called when something was written about a run of the instance.
 */
void
steward_connection_runs_changed (StewardConnection *self)
{
  g_return_if_fail (STEWARD_IS_CONNECTION (self));

  steward_attention_load (self->attention, self->journal, steward_connection_get_origin (self));
  g_signal_emit (self, signals[RUNS_CHANGED], 0);
}
