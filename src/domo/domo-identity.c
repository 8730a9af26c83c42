/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-identity.h"

#include <glib/gi18n-lib.h>

struct _DomoIdentity
{
  GObject parent_instance;

  DomoUser *user;
  char *role_name;    /* nullable: not known */
  char **authorities; /* nullable: not known */
};

G_DEFINE_FINAL_TYPE (DomoIdentity, domo_identity, G_TYPE_OBJECT)

static void
domo_identity_finalize (GObject *object)
{
  DomoIdentity *self = DOMO_IDENTITY (object);

  g_clear_object (&self->user);
  g_free (self->role_name);
  g_strfreev (self->authorities);

  G_OBJECT_CLASS (domo_identity_parent_class)->finalize (object);
}

static void
domo_identity_class_init (DomoIdentityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = domo_identity_finalize;
}

static void
domo_identity_init (DomoIdentity *self)
{
}

/* Only a cancelled caller ends the loading here: what else cannot be had is not known. */
static DomoReply *
take_optional_reply (GTask *task,
                     DomoSession *session,
                     GAsyncResult *result,
                     gboolean *cancelled)
{
  g_autoptr (GError) error = NULL;
  DomoReply *reply = domo_session_send_finish (session, result, &error);

  *cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (*cancelled)
    g_task_return_error (task, g_steal_pointer (&error));

  return reply;
}

static void
return_identity (GTask *task)
{
  g_task_return_pointer (task, g_object_ref (g_task_get_task_data (task)), g_object_unref);
}

static void
on_authorities (GObject *object,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DomoIdentity *self = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GStrvBuilder) names = NULL;
  gboolean cancelled;
  JsonNode *json;
  JsonArray *array;

  reply = take_optional_reply (task, DOMO_SESSION (object), result, &cancelled);
  if (cancelled)
    return;

  json = reply != NULL ? domo_reply_get_json (reply) : NULL;
  if (json == NULL || !JSON_NODE_HOLDS_ARRAY (json))
    {
      return_identity (task);
      return;
    }

  names = g_strv_builder_new ();
  array = json_node_get_array (json);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING)
        g_strv_builder_add (names, json_node_get_string (name));
    }
  self->authorities = g_strv_builder_end (names);

  return_identity (task);
}

static void
on_role (GObject *object,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DomoIdentity *self = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoRequest) request = NULL;
  gboolean cancelled;
  JsonNode *json;

  reply = take_optional_reply (task, DOMO_SESSION (object), result, &cancelled);
  if (cancelled)
    return;

  json = reply != NULL ? domo_reply_get_json (reply) : NULL;
  if (json != NULL && JSON_NODE_HOLDS_OBJECT (json))
    {
      JsonNode *name = json_object_get_member (json_node_get_object (json), "name");

      if (name != NULL && JSON_NODE_HOLDS_VALUE (name) &&
          json_node_get_value_type (name) == G_TYPE_STRING)
        self->role_name = json_node_dup_string (name);
    }

  request = domo_request_new ("roles/list-authorities", self->user->role_id, NULL);
  domo_session_send_async (DOMO_SESSION (object),
                           request,
                           g_task_get_cancellable (task),
                           on_authorities,
                           g_object_ref (task));
}

/* Instances answer with the user, a list of one, or an object that holds a list of one. */
static JsonNode *
find_user (JsonNode *json)
{
  if (json != NULL && JSON_NODE_HOLDS_OBJECT (json) &&
      json_object_has_member (json_node_get_object (json), "users"))
    json = json_object_get_member (json_node_get_object (json), "users");

  if (json != NULL && JSON_NODE_HOLDS_ARRAY (json))
    {
      JsonArray *array = json_node_get_array (json);

      if (json_array_get_length (array) != 1)
        return NULL;
      json = json_array_get_element (array, 0);
    }

  return json;
}

static void
on_user (GObject *object,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DomoIdentity *self = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoRecord) detailed = NULL;
  g_autoptr (DomoRequest) request = NULL;
  gboolean cancelled;
  JsonNode *json;

  reply = take_optional_reply (task, DOMO_SESSION (object), result, &cancelled);
  if (cancelled)
    return;

  json = find_user (reply != NULL ? domo_reply_get_json (reply) : NULL);
  if (json != NULL)
    detailed = domo_record_decode (DOMO_TYPE_USER, json, "", NULL);

  if (detailed != NULL && DOMO_USER (detailed)->role_id != NULL)
    {
      g_free (self->user->role_id);
      self->user->role_id = g_strdup (DOMO_USER (detailed)->role_id);
    }

  if (self->user->role_id == NULL)
    {
      return_identity (task);
      return;
    }

  request = domo_request_new ("roles/get-a-role", self->user->role_id, NULL);
  domo_session_send_async (DOMO_SESSION (object),
                           request,
                           g_task_get_cancellable (task),
                           on_role,
                           g_object_ref (task));
}

/* `users/me` is the instance check too: what fails here says something about the address. */
static GError *
explain (DomoSession *session,
         GError *error)
{
  DomoAddress *address = domo_session_get_address (session);
  const DomoErrorDetails *details = domo_error_get_details (error);
  GError *better = NULL;

  if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_NOT_ALLOWED))
    better = domo_error_new (DOMO_ERROR_NOT_DOMO,
                             details,
                             _ ("Domo has no instance called “%s”, or it turns this access token away. Check "
                                "the spelling of the address, then the token."),
                             domo_address_get_name (address));
  else if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_NOT_FOUND) ||
           g_error_matches (error, DOMO_ERROR, DOMO_ERROR_REFUSED) ||
           g_error_matches (error, DOMO_ERROR, DOMO_ERROR_REDIRECTED) ||
           g_error_matches (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY))
    better = domo_error_new (DOMO_ERROR_NOT_DOMO,
                             details,
                             _ ("What answers at %s is not a Domo instance. Check the spelling of the "
                                "address. If it is right, a sign-in page of your network may be in the "
                                "way."),
                             domo_address_get_host (address));

  if (better == NULL)
    return error;

  g_error_free (error);

  return better;
}

static void
on_me (GObject *object,
       GAsyncResult *result,
       gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DomoSession *session = DOMO_SESSION (object);
  DomoIdentity *self = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoRequest) request = NULL;
  GError *error = NULL;
  DomoRecord *user = NULL;
  JsonNode *json;

  reply = domo_session_send_finish (session, result, &error);
  if (reply != NULL)
    {
      json = domo_reply_get_json (reply);
      if (json != NULL)
        user = domo_record_decode (DOMO_TYPE_USER, json, "", &error);
      else
        error = domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, _ ("The reply is empty."));
    }

  if (user == NULL)
    {
      g_task_return_error (task, explain (session, error));
      return;
    }

  self->user = DOMO_USER (user);
  request = domo_request_new ("users/get-a-user", self->user->id, NULL);
  domo_request_set_query (request, "parts", "DETAILED");
  domo_session_send_async (session,
                           request,
                           g_task_get_cancellable (task),
                           on_user,
                           g_object_ref (task));
}

/**
 * domo_identity_get_user:
 * @self: an identity
 *
 * Returns: (transfer none): whose token it is
 */
DomoUser *
domo_identity_get_user (DomoIdentity *self)
{
  g_return_val_if_fail (DOMO_IS_IDENTITY (self), NULL);

  return self->user;
}

/**
 * domo_identity_get_role_name:
 * @self: an identity
 *
 * Returns: (transfer none) (nullable): the name of the user's role, %NULL if the instance did not tell
 */
const char *
domo_identity_get_role_name (DomoIdentity *self)
{
  g_return_val_if_fail (DOMO_IS_IDENTITY (self), NULL);

  return self->role_name;
}

/**
 * domo_identity_get_authorities:
 * @self: an identity
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): what the role may do, %NULL if the instance
 *   did not tell
 */
const char *const *
domo_identity_get_authorities (DomoIdentity *self)
{
  g_return_val_if_fail (DOMO_IS_IDENTITY (self), NULL);

  return (const char *const *) self->authorities;
}

/**
 * domo_identity_load_async:
 * @session: a session with a token
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks who the token belongs to, then for the role and its authorities. (users/me, observed; 004…txt, line
 * 6999; 004…txt, line 4587; authorities, observed)
 */
void
domo_identity_load_async (DomoSession *session,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DomoRequest) request = NULL;

  g_return_if_fail (DOMO_IS_SESSION (session));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, domo_identity_load_async);
  g_task_set_task_data (task, g_object_new (DOMO_TYPE_IDENTITY, NULL), g_object_unref);

  request = domo_request_new ("users/me", NULL);
  domo_session_send_async (session, request, cancellable, on_me, g_steal_pointer (&task));
}

/**
 * domo_identity_load_finish:
 * @session: a session
 * @result: as given to the callback
 * @error: return location: as domo_session_send_finish(), and %DOMO_ERROR_NOT_DOMO where no Domo instance
 *   answered
 *
 * Returns: (transfer full) (nullable): the identity
 */
DomoIdentity *
domo_identity_load_finish (DomoSession *session,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (DOMO_IS_SESSION (session), NULL);
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
