/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

#include "domo/domo-session.h"
#include "migration/steward-plan.h"

/* What a life is told, as one JSON object on standard input, because it holds the token; and the log of what
 * it shows, a JSON line each. */

/* (transfer none): the orders, read when asked for first. The member "log" names the file of the log. */
JsonObject *crash_orders_read  (void);
void        crash_orders_free  (void);
const char *crash_order_text   (const char *name,
                                const char *otherwise);
guint       crash_order_number (const char *name,
                                guint       otherwise);
gboolean    crash_order_flag   (const char *name);

/* What the orders say of the instance and of the plan. (transfer full) */
DomoSession *crash_orders_make_session (void);
StewardPlan *crash_orders_make_plan    (void);

/* A line with its kind and the time. (transfer full) */
JsonObject *crash_line_new     (const char *kind);
/* Takes @line. In one write, so that a kill leaves the line whole or not at all. */
void        crash_say          (JsonObject *line);
