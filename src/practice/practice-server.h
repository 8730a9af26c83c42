/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-exchange.h"
#include "practice/practice-options.h"

G_BEGIN_DECLS

/**
 * practice_server_new:
 *
 * Opens the world, the fault file and the record, and listens.
 *
 * Returns: (transfer full) (nullable): the server, or NULL with @error set
 */
PracticeServer *practice_server_new (const PracticeOptions *options, GError **error);

/* Ends all that is under way and closes the world. */
void practice_server_free (PracticeServer *self);

/* Returns: (transfer full): where it listens, "http://127.0.0.1:PORT" */
char *practice_server_get_url (PracticeServer *self);

const char *practice_server_get_token (PracticeServer *self);
const char *practice_server_get_instance (PracticeServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeServer, practice_server_free)

G_END_DECLS
