/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardJournalStates:
 *
 * What the journal and the run under way know of an instance's datasets and no list tells: which are
 * moving, which need another try, of which nobody knows. Follows the connection, a few times a second
 * at most.
 *
 * Signal `changed`.
 */
#define STEWARD_TYPE_JOURNAL_STATES (steward_journal_states_get_type ())
G_DECLARE_FINAL_TYPE (StewardJournalStates, steward_journal_states, STEWARD, JOURNAL_STATES, GObject)

StewardJournalStates *steward_journal_states_new            (void);
void                  steward_journal_states_set_connection (StewardJournalStates *self,
                                                             StewardConnection    *connection);
/* (transfer full): dataset id → StewardItemState + 1. */
GHashTable           *steward_journal_states_dup            (StewardJournalStates *self);
/* Whether a run ended or came to rest since this was asked last: the instance's lists are others now. */
gboolean              steward_journal_states_has_settled    (StewardJournalStates *self);

G_END_DECLS
