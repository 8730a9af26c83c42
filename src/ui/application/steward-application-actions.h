/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/application/steward-application.h"

G_BEGIN_DECLS

/* Adds the app.* actions and their keys. */
void steward_application_add_actions (StewardApplication *self);

G_END_DECLS
