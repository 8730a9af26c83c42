/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-error.h"

#include <libsoup/soup.h>

void
practice_error_reply (PracticeContext *context,
                      PracticeRequest *request,
                      PracticeReply *reply,
                      guint status,
                      const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, status);
  if (context->dialect == PRACTICE_DIALECT_OBSERVED)
    {
      json_builder_set_member_name (builder, "statusReason");
      json_builder_add_string_value (builder, soup_status_get_phrase (status));
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, request->path);
    }
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  if (context->dialect == PRACTICE_DIALECT_OBSERVED)
    {
      g_free (reply->toe);
      reply->toe = practice_world_toe (context->world);
      json_builder_set_member_name (builder, "toe");
      json_builder_add_string_value (builder, reply->toe);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  practice_reply_json (reply, status, json_to_string (root, FALSE));
}
