/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoDestination:
 *
 * Where a route moves datasets to: a Cloud Amplifier integration or a Federated V2 account.
 * (002…txt, "List Cloud Amplifier Integrations by Type"; 001…txt, "List Federated V2 Accounts")
 */
struct _DomoDestination
{
  DomoRecord parent_instance;

  char *id;
  char *name;
  const char *type;             /* interned */
  const char *auth_method;      /* interned, nullable; open enumeration */
};

#define DOMO_TYPE_DESTINATION (domo_destination_get_type ())
G_DECLARE_FINAL_TYPE (DomoDestination, domo_destination, DOMO, DESTINATION, DomoRecord)

G_END_DECLS
