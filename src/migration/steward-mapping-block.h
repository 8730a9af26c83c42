/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A block of cells as spreadsheets put it on the clipboard: lines of cells with tabs between them, and in quotes
 * what holds a tab, a line end or a quote. (element-type GStrv) (transfer full): a vector for each line. */
GPtrArray *steward_mapping_block_parse  (const char *text);
/* Appends a cell of such a block. */
void       steward_mapping_block_append (GString    *block,
                                         const char *text);

G_END_DECLS
