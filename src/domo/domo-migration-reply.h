/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoMigrationReply:
 *
 * What an instance answers to a move or move back. @state is kept as text: the enumeration is open.
 * Every member is NULL or -1 where the reply does not have it.
 * (002…txt, "Migrate Datasource to Amplifier Integration")
 */
struct _DomoMigrationReply
{
  DomoRecord parent_instance;

  char *toe;                    /* nullable: Support ID */
  char *dataset_id;             /* nullable */
  const char *direction;        /* interned, nullable */
  const char *state;            /* interned, nullable */
  char *error_message;          /* nullable */
  gint64 start_time;            /* microseconds since 1970, -1 if not known */
  gint64 end_time;              /* microseconds since 1970, -1 if not known */
};

#define DOMO_TYPE_MIGRATION_REPLY (domo_migration_reply_get_type ())
G_DECLARE_FINAL_TYPE (DomoMigrationReply, domo_migration_reply, DOMO, MIGRATION_REPLY, DomoRecord)

G_END_DECLS
