/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *steward_text_fold        (const char         *text);
char **steward_text_fold_terms  (const char         *text);
gboolean steward_text_matches   (const char         *folded,
                                 const char * const *terms);

G_END_DECLS
