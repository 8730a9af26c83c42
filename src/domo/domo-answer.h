/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a query gave, whichever of its two shapes it came in: a list of objects, as documented (004…txt,
 * line 1345), or columns and rows, as observed. */

/* The value of @column in the first row; %NULL if there is no row or no such column. */
JsonNode *domo_answer_get_first (JsonNode    *reply,
                                 const char  *column);

G_END_DECLS
