/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/* Carries the runs of @page's instance to another computer, and those of another one here: asks for the file,
 * and says what became of it. */
void steward_runs_carry_export (StewardPage *page);
void steward_runs_carry_import (StewardPage *page);

G_END_DECLS
