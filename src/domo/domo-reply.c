/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-reply.h"

#include "domo/domo-reply-private.h"

struct _DomoReply
{
  GObject parent_instance;

  guint status;
  char *content_type;
  GBytes *body;
  JsonNode *json;
  gint64 duration;
};

G_DEFINE_FINAL_TYPE (DomoReply, domo_reply, G_TYPE_OBJECT)

static void
domo_reply_finalize (GObject *object)
{
  DomoReply *self = DOMO_REPLY (object);

  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);

  G_OBJECT_CLASS (domo_reply_parent_class)->finalize (object);
}

static void
domo_reply_class_init (DomoReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = domo_reply_finalize;
}

static void
domo_reply_init (DomoReply *self)
{
}

/**
 * domo_reply_new:
 * @status: HTTP status, a success
 * @content_type: (nullable): media type without parameters
 * @body: (transfer none): what was read, decoded
 * @json: (nullable) (transfer full): @body parsed, if it is JSON
 * @duration: microseconds from the send of this try to the end of the body
 *
 * Returns: (transfer full): a reply
 */
DomoReply *
domo_reply_new (guint status,
                const char *content_type,
                GBytes *body,
                JsonNode *json,
                gint64 duration)
{
  DomoReply *self;

  g_return_val_if_fail (body != NULL, NULL);

  self = g_object_new (DOMO_TYPE_REPLY, NULL);
  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = g_bytes_ref (body);
  self->json = json;
  self->duration = duration;

  return self;
}

/**
 * domo_reply_get_status:
 * @self: a reply
 *
 * Returns: the HTTP status
 */
guint
domo_reply_get_status (DomoReply *self)
{
  g_return_val_if_fail (DOMO_IS_REPLY (self), 0);

  return self->status;
}

/**
 * domo_reply_get_content_type:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): the media type without its parameters, %NULL if none was said
 */
const char *
domo_reply_get_content_type (DomoReply *self)
{
  g_return_val_if_fail (DOMO_IS_REPLY (self), NULL);

  return self->content_type;
}

/**
 * domo_reply_get_json:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): the body as JSON, %NULL if it is empty or of another type
 */
JsonNode *
domo_reply_get_json (DomoReply *self)
{
  g_return_val_if_fail (DOMO_IS_REPLY (self), NULL);

  return self->json;
}

/**
 * domo_reply_get_body:
 * @self: a reply
 *
 * Returns: (transfer none): the body, decoded, perhaps empty
 */
GBytes *
domo_reply_get_body (DomoReply *self)
{
  g_return_val_if_fail (DOMO_IS_REPLY (self), NULL);

  return self->body;
}

/**
 * domo_reply_get_duration:
 * @self: a reply
 *
 * Returns: microseconds from the send of the try that was answered to the end of its body
 */
gint64
domo_reply_get_duration (DomoReply *self)
{
  g_return_val_if_fail (DOMO_IS_REPLY (self), 0);

  return self->duration;
}
