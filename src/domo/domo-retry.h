/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-operation.h"

G_BEGIN_DECLS

/* Tries in all, the first included. */
#define DOMO_RETRY_MAX_TRIES 4

/* Longest Retry-After that is waited for, in seconds; longer ones are left to the person. */
#define DOMO_RETRY_MAX_WAIT 60

gboolean domo_retry_is_wanted (const DomoOperation *operation,
                               guint                n_tries,
                               const GError        *error);
guint    domo_retry_get_delay (guint                base,
                               guint                n_tries,
                               const GError        *error);

G_END_DECLS
