/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardTimeRow:
 *
 * A row with a switch, an hour and a minute: the next moment at which the local clock shows that time. Its
 * subtitle says which day that is.
 *
 * Properties: #hint, the subtitle while no time is wanted; #hour, until another is chosen. Signal `changed`: another time, or none.
 */
#define STEWARD_TYPE_TIME_ROW (steward_time_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardTimeRow, steward_time_row, STEWARD, TIME_ROW, AdwActionRow)

/* Microseconds since 1970, 0 if no time is wanted. */
gint64  steward_time_row_get_time   (StewardTimeRow *self);
/* Shows the hour and minute of @time; 0 turns it off. */
void    steward_time_row_set_time   (StewardTimeRow *self,
                                     gint64          time);
/* The time shown is the next one after that of @first, or after now, whichever is later. */
void    steward_time_row_set_first  (StewardTimeRow *self,
                                     StewardTimeRow *first);

G_END_DECLS
