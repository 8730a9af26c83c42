/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-operation.h"

G_BEGIN_DECLS

/**
 * practice_validate:
 * @db: reads JSON strictly
 * @message: (out) (transfer full): what is wrong, where something is
 *
 * Checks query, content type and body against what @operation takes: unknown and doubled
 * parameters, missing ones, wrong types, members that are not documented. A good body is left
 * parsed in the request.
 *
 * Returns: 0, or the status to refuse with (400 or 415)
 */
guint practice_validate (PracticeDb *db,
                         const PracticeOperation *operation,
                         PracticeRequest *request,
                         char **message);

G_END_DECLS
