/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are microseconds since 1970. (transfer full): "just now", "5 minutes ago", "yesterday at 14:05",
 * "3 days ago", after a week the date; %NULL for 0. */
char *steward_time_describe (gint64 time,
                             gint64 now);
/* (transfer full): date and time to the second, for a tooltip; %NULL for 0. */
char *steward_time_exact    (gint64 time);
/* Of something that is to come: with the time zone. */
char *steward_time_future   (gint64 time);

G_END_DECLS
