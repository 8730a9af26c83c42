/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-session.h"

G_BEGIN_DECLS

void domo_call_run (GTask       *task,
                    DomoRequest *request,
                    gboolean     wants_stream);

G_END_DECLS
