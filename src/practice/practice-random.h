/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that depend on nothing but their arguments, so that a world is the same each time it is
 * made and a part of it (a card, an id) can be computed when it is asked for. */

/* Returns 64 well-mixed bits for thing number @n of kind @kind in the world of @seed. */
guint64 practice_random (guint64 seed, const char *kind, guint64 n);

/* Returns: (transfer full): a version 4 UUID in lower case */
char *practice_random_uuid (guint64 seed, const char *kind, guint64 n);

/* Returns: (transfer full): a support id in the style of the documents: 10-5-5 of A–Z and 0–9
 * (002, "toe") */
char *practice_random_toe (guint64 seed, guint64 n);

G_END_DECLS
