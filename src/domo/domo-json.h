/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Deepest nesting that is read. json-glib 1.6 descends by recursion and crashes on 100,000 brackets. */
#define DOMO_JSON_MAX_DEPTH 64

JsonNode *domo_json_parse (const char  *data,
                           gsize        length,
                           GError     **error);

G_END_DECLS
