/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <json-glib/json-glib.h>

#include "practice/practice-db.h"

G_BEGIN_DECLS

/* The filters and sorts of a search (004, lines 6147–6222) as SQL over the view `found`. Text from
 * the request only ever enters SQL quoted by SQLite itself. */

/**
 * practice_filter_build:
 * @body: the search
 * @entities: ",dataset,user,": what is asked for
 * @where: (out) (transfer full): the condition
 * @order: (out) (transfer full): what follows ORDER BY
 * @message: (out) (transfer full): what is wrong, where FALSE is returned
 */
gboolean practice_filter_build (
  JsonObject *body, const char *entities, char **where, char **order, char **message);

/* Appends the rows of a made-up statement as a JSON array, or its values with commas. */
void practice_filter_rows (PracticeDb *db, GString *out, const char *sql);
void practice_filter_values (PracticeDb *db, GString *out, const char *sql);

G_END_DECLS
