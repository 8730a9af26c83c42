/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-item-state.h"

G_BEGIN_DECLS

/* The style class that colours a tone; colour never stands without a word. */
const char *steward_tone_get_style_class (StewardTone tone);

G_END_DECLS
