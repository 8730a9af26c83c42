/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the next part of a long body to @out. Returns FALSE once there is no more. */
typedef gboolean (*PracticeStream) (gpointer data, GString *out);

/* What is answered. */
typedef struct
{
  guint status; /* 0 while nothing was decided */
  char *content_type;
  GPtrArray *headers;    /* (element-type utf8) name, value, name, value */
  GBytes *body;          /* (nullable) */
  PracticeStream stream; /* instead of a body */
  gpointer stream_data;
  GDestroyNotify stream_free;
  /* For the record: what the call did to the world. */
  const char *effect; /* "moved", "moved back", "incomplete" or NULL */
  const char *state;  /* of a migration reply, or NULL */
  char *toe;          /* (nullable) */
} PracticeReply;

PracticeReply *practice_reply_new (void);
void practice_reply_free (PracticeReply *self);

/* Forgets body, headers and stream, so that another answer can be given. */
void practice_reply_clear_body (PracticeReply *self);

void practice_reply_header (PracticeReply *self, const char *name, const char *value);

/* Answers with @json (transfer full). */
void practice_reply_json (PracticeReply *self, guint status, char *json);

/* The same, with the text of @json, which is emptied. */
void practice_reply_take (PracticeReply *self, guint status, GString **json);

/* Answers with JSON that is made while it is sent; @free releases @data. */
void practice_reply_stream (PracticeReply *self,
                            PracticeStream stream,
                            gpointer data,
                            GDestroyNotify free);

/* Returns: (transfer full): the whole body; a stream is run to its end */
GBytes *practice_reply_collect (PracticeReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeReply, practice_reply_free)

G_END_DECLS
