/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-tone.h"

/**
 * steward_tone_get_style_class:
 * @tone: a tone
 *
 * Returns: (transfer none): its style class
 */
const char *
steward_tone_get_style_class (StewardTone tone)
{
  static const char *const classes[] = {
    [STEWARD_TONE_DIM] = "dim-label",
    [STEWARD_TONE_ACCENT] = "accent",
    [STEWARD_TONE_SUCCESS] = "success",
    [STEWARD_TONE_WARNING] = "warning",
    [STEWARD_TONE_ERROR] = "error",
  };

  g_return_val_if_fail (tone < G_N_ELEMENTS (classes), "");

  return classes[tone];
}
