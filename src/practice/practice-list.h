/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a world is made of instead of made-up candidates: the integrations of an instance and what it lists for
 * each, in the shapes of 002:
 *
 *   {"integrations": [{"id": …, "name": …, "type": …, "authMethod": …, "candidates": [{"id": …, "name": …,
 *     "type": …, "catalogName": …, "schemaName": …, "tableName": …, "collision": …,
 *     "collidingDatasourceId": …, "collidingDatasourceName": …, "migrated": …}, …]}, …]} */
typedef struct
{
  JsonNode *root;
  JsonArray *integrations; /* of objects; belongs to @root */
  guint n_candidates;
} PracticeList;

/**
 * practice_list_read:
 * @file: a JSON file
 *
 * Reads @file and checks that every integration and every candidate has what it needs.
 *
 * Returns: (transfer full) (nullable): the list, or NULL with @error set
 */
PracticeList *practice_list_read (const char *file, GError **error);

void practice_list_free (PracticeList *self);

/* Returns: (transfer none): a text member, @fallback where there is none */
const char *practice_list_text (JsonObject *object, const char *member, const char *fallback);

/* Returns whether a member is true. */
gboolean practice_list_is (JsonObject *object, const char *member);

/* Returns: (transfer none): the candidates of an integration */
JsonArray *practice_list_candidates (JsonObject *integration);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeList, practice_list_free)

G_END_DECLS
