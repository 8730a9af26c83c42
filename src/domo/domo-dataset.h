/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoDataset:
 *
 * What an instance tells of a dataset: its metadata, or a row of a search. What it does not tell is
 * NULL or -1. (004…txt, line 1410, "Get Metadata"; the lists are observed)
 */
struct _DomoDataset
{
  DomoRecord parent_instance;

  char *id;
  char *name;                   /* nullable */
  const char *type;             /* interned, nullable */
  const char *provider_type;    /* interned, nullable */
  char *owner_id;               /* nullable */
  char *owner_name;             /* nullable */
  const char *owner_type;       /* interned, nullable: "USER" or "GROUP" */
  gint64 card_count;            /* -1 if not known */
  gint64 card_view_count;       /* -1 if not known */
  gint64 row_count;             /* -1 if not known */
  gint64 column_count;          /* -1 if not known */
  int valid_account;            /* 1, 0, or -1 if not known */
  int valid_configuration;      /* 1, 0, or -1 if not known */
  const char *status;           /* interned, nullable */
  const char *state;            /* interned, nullable */
  char *stream_id;              /* nullable */
  gint64 created;               /* microseconds since 1970, -1 if not known */
  gint64 last_updated;          /* microseconds since 1970, -1 if not known */
  char **tags;                  /* nullable */
};

#define DOMO_TYPE_DATASET (domo_dataset_get_type ())
G_DECLARE_FINAL_TYPE (DomoDataset, domo_dataset, DOMO, DATASET, DomoRecord)

G_END_DECLS
