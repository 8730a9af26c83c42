/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-operation.h"

G_BEGIN_DECLS

/**
 * practice_router_find:
 * @request: its `args` are set to the segments that stand for the template's parts
 * @allow: (out) (transfer full) (nullable): where the path is known but the method is not, the
 *   methods there are, for the Allow header
 *
 * A literal segment beats one in braces (004: "groups/access" is not a group's id).
 *
 * Returns: (nullable): the operation
 */
const PracticeOperation *practice_router_find (PracticeRequest *request, char **allow);

G_END_DECLS
