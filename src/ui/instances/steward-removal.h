/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "accounts/steward-account.h"

G_BEGIN_DECLS

/* Removes @account and its token, and says so with a toast whose Undo brings both back. */
void steward_removal_begin (StewardAccount  *account,
                            AdwToastOverlay *toasts);

G_END_DECLS
