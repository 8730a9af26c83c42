/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Makes the windows light, dark, or as the system is, now and whenever the setting changes. */
void steward_appearance_follow (AdwStyleManager *manager,
                                GSettings       *settings);

G_END_DECLS
