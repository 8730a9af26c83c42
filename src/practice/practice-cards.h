/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>

#include "practice/practice-world.h"

G_BEGIN_DECLS

/* Cards are not kept: a dataset's cards follow from the seed and its position, so that a world of
 * 100,000 datasets starts fast. Some cards stand on two neighbouring datasets. */

/* Returns how many cards dataset number @pos has, drill paths not counted. */
guint practice_cards_count (guint64 seed, gint64 pos);

/* Returns the id of the user or group that @bits pick as an owner. */
gint64 practice_cards_user (guint64 bits);
gint64 practice_cards_group (guint64 bits);

/* Appends the JSON array of the cards of dataset @id at @pos to @out, as in 004, line 2440; with
 * @drill also those on drill paths. */
void practice_cards_write (
  PracticeWorld *world, GString *out, const char *id, gint64 pos, gboolean drill);

/* How many users and groups a world has. */
#define PRACTICE_CARDS_USERS 160
#define PRACTICE_CARDS_GROUPS 14

/* Returns the id of user or group number @n. */
gint64 practice_cards_user_id (guint n);
gint64 practice_cards_group_id (guint n);

G_END_DECLS
