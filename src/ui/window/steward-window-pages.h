/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardPageEntry:
 * @id: name for --page and the setting that remembers it
 * @title: untranslated title
 * @section: (nullable): untranslated heading in the sidebar
 * @icon_name: symbolic icon
 * @create: makes the page (floating), when it is first shown
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *section;
  const char *icon_name;
  StewardPage *(*create) (void);
} StewardPageEntry;

/* The pages of the sidebar in their order: one line a page, and only once it works. */
const StewardPageEntry *steward_window_pages_get (guint *n_entries);

G_END_DECLS
