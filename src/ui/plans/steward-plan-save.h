/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/connection/steward-connection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for a name and saves @plan with it in the connection's journal, or exports it to a file. */
void steward_plan_save (GtkWidget         *parent,
                        StewardConnection *connection,
                        StewardPlan       *plan);

G_END_DECLS
