/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/preferences/steward-appearance.h"

static gboolean
get_scheme (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  const char *appearance = g_variant_get_string (variant, NULL);
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (appearance, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (appearance, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  g_value_set_enum (value, scheme);

  return TRUE;
}

/**
 * steward_appearance_follow:
 * @manager: what decides on the style
 * @settings: the settings
 */
void
steward_appearance_follow (AdwStyleManager *manager,
                           GSettings       *settings)
{
  g_settings_bind_with_mapping (settings, "appearance", manager, "color-scheme", G_SETTINGS_BIND_GET, get_scheme,
                                NULL, NULL, NULL);
}
