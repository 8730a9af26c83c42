/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StewardMappingIndex:
 *
 * How often each spelling of a catalog, schema and table is used, so that the warnings of a row do not look at the
 * others. A row is three texts, NULL for an empty one.
 */
typedef struct _StewardMappingIndex StewardMappingIndex;

StewardMappingIndex *steward_mapping_index_new          (void);
void                 steward_mapping_index_free         (StewardMappingIndex *self);
void                 steward_mapping_index_add          (StewardMappingIndex *self,
                                                         char *const         *cells);
void                 steward_mapping_index_remove       (StewardMappingIndex *self,
                                                         char *const         *cells);
/* Whether @part of a row that was added is not spelt as most others spell it. */
gboolean             steward_mapping_index_is_odd       (StewardMappingIndex *self,
                                                         char *const         *cells,
                                                         guint                part);
gboolean             steward_mapping_index_is_duplicate (StewardMappingIndex *self,
                                                         char *const         *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardMappingIndex, steward_mapping_index_free)

G_END_DECLS
