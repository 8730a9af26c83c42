/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns the wall clock in microseconds since 1970. */
gint64 practice_clock_now (void);

/* Returns: (transfer full): @usec (microseconds since 1970) as "2024-03-26T14:55:40.496+00:00",
 * the form of the migration replies (002). */
char *practice_clock_stamp (gint64 usec);

/* Returns: (transfer full): @msec (milliseconds since 1970) as "2024-03-26T16:08:27.000+00:00":
 * migration dates have no fraction (002). */
char *practice_clock_date (gint64 msec);

/* Returns: (transfer full): @msec (milliseconds since 1970) as "2023-06-08 20:59:05.0", the form of
 * group lists as observed. */
char *practice_clock_group (gint64 msec);

G_END_DECLS
