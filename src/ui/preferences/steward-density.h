/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-page.h"

G_BEGIN_DECLS

/* Lets the rows of @page be as high as the setting says, now and whenever it changes. */
void steward_density_follow (StewardListPage *page,
                             GSettings       *settings);

G_END_DECLS
