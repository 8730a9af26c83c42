/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean domo_blocked_page_recognise (const char  *data,
                                      gsize        length,
                                      const char  *location,
                                      char       **address);

G_END_DECLS
