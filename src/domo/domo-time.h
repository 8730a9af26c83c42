/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 domo_time_from_text    (const char *text);
gint64 domo_time_from_integer (gint64      value);
gint64 domo_time_from_double  (double      value);

G_END_DECLS
