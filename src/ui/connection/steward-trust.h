/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-address.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): the authorities to trust for @address; %NULL is the system's. The PEM file
 * named by STEWARD_TEST_AUTHORITY counts for an address of this computer only, so that no setting can
 * make Steward trust somebody else's certificate for a real instance. */
GTlsDatabase *steward_trust_for_address (DomoAddress *address);

G_END_DECLS
