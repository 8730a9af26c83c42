/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal.h"

G_BEGIN_DECLS

/**
 * StewardAttention:
 *
 * The datasets of an instance that need attention, as the journal has them.
 *
 * Signal `changed`.
 */
#define STEWARD_TYPE_ATTENTION (steward_attention_get_type ())
G_DECLARE_FINAL_TYPE (StewardAttention, steward_attention, STEWARD, ATTENTION, GObject)

StewardAttention *steward_attention_new       (void);
/* Reads them anew; a read that is under way is given up. @journal %NULL makes them not known. */
void              steward_attention_load      (StewardAttention *self,
                                               StewardJournal   *journal,
                                               const char       *origin);
/* (nullable) (element-type StewardRunItem): NULL is "not known". */
GPtrArray        *steward_attention_get_items (StewardAttention *self);

G_END_DECLS
