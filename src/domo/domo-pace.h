/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DomoPace:
 *
 * Hands out turns so that no window of time holds more of them than allowed.
 */
typedef struct _DomoPace DomoPace;

/* Microseconds of a clock that never goes back. */
typedef gint64 (*DomoClockFunc) (gpointer user_data);

DomoPace *domo_pace_new  (guint          limit,
                          gint64         window,
                          DomoClockFunc  clock,
                          gpointer       clock_data);
void      domo_pace_free (DomoPace      *self);
gint64    domo_pace_take (DomoPace      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DomoPace, domo_pace_free)

G_END_DECLS
