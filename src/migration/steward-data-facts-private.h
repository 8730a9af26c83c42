/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-data-facts.h"

G_BEGIN_DECLS

struct _StewardDataFacts
{
  gint64 read_at;
  GPtrArray *columns;           /* (nullable) (element-type StewardDataColumn) */
  gint64 rows;
  gint64 counted;
  gint64 cards;
  char *problem;                /* nullable */
};

StewardDataFacts  *steward_data_facts_new  (gint64            read_at);
StewardDataColumn *steward_data_column_new (const char       *name,
                                            const char       *type,
                                            const char       *digest);
void               steward_data_column_free (StewardDataColumn *self);

G_END_DECLS
