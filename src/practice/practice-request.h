/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PRACTICE_REQUEST_MAX_ARGS 4

/* What a client asked, as handlers see it. */
typedef struct
{
  char *method;
  char *path;             /* still percent-encoded, without the query */
  char *query;            /* (nullable) still percent-encoded */
  GPtrArray *segments;    /* (element-type utf8) the path, split and decoded */
  GHashTable *parameters; /* decoded query; NULL when the query is malformed */
  char *content_type;     /* (nullable) */
  GBytes *body;           /* never NULL */
  JsonNode *json;         /* (nullable) the body, once it was accepted */
  const char *args[PRACTICE_REQUEST_MAX_ARGS + 1]; /* the template's parts, from segments */
  gint64 arrived;                                  /* microseconds since 1970 */
} PracticeRequest;

/**
 * practice_request_new:
 * @path: percent-encoded path
 * @query: (nullable): percent-encoded query
 * @content_type: (nullable): the header
 *
 * Returns: (transfer full): the request, its body empty; `parameters` is NULL when the query
 *   names a parameter twice or cannot be decoded, `segments` when the path cannot
 */
PracticeRequest *practice_request_new (const char *method,
                                       const char *path,
                                       const char *query,
                                       const char *content_type);

void practice_request_free (PracticeRequest *self);

/* Returns: (nullable): parameter @name of the query */
const char *practice_request_get (PracticeRequest *self, const char *name);

/* Returns parameter @name as a number, or @fallback when it was not sent. */
gint64 practice_request_get_int (PracticeRequest *self, const char *name, gint64 fallback);

/* Returns parameter @name as a boolean, or @fallback when it was not sent. */
gboolean practice_request_get_bool (PracticeRequest *self, const char *name, gboolean fallback);

/* Returns: (nullable): the body where it is an object */
JsonObject *practice_request_object (PracticeRequest *self);

/* Returns: (nullable): the body where it is an array */
JsonArray *practice_request_array (PracticeRequest *self);

/* Does the path name @segment (decoded) in one of its parts? */
gboolean practice_request_names (PracticeRequest *self, const char *segment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeRequest, practice_request_free)

G_END_DECLS
