/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many names practice_names_odd () knows. */
guint practice_names_n_odd (void);

/* Returns: (transfer full): a name that is hard to show, sort or save: every script, emoji, 300
 * characters, formulas, markup, right to left, spaces at its ends */
char *practice_names_odd (guint n);

/* Returns: (transfer full): the everyday name of dataset number @n, different for every @n */
char *practice_names_dataset (guint n);

/* Returns: (transfer full): the table of dataset number @n, different for every @n */
char *practice_names_table (guint n);

/* Returns the schema of dataset number @n. */
const char *practice_names_schema (guint n);

/* Returns: (transfer full): the name of person number @n, different for every @n below 600 */
char *practice_names_person (guint n);

/* Returns a chart's title for card number @n. */
const char *practice_names_card (guint n);

G_END_DECLS
