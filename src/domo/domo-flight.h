/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <libsoup/soup.h>

#include "domo/domo-judge.h"

G_BEGIN_DECLS

/**
 * DomoFlight:
 *
 * One try of one request on its way: watches the message and can prove whether anything of it was sent.
 * Reference counted, of one thread.
 */
typedef struct _DomoFlight DomoFlight;

DomoFlight   *domo_flight_new             (const DomoOperation *operation,
                                           DomoAddress         *address,
                                           const char          *token,
                                           SoupMessage         *message,
                                           guint                connect_timeout,
                                           GCancellable        *cancellable);
DomoFlight   *domo_flight_ref             (DomoFlight          *self);
void          domo_flight_unref           (DomoFlight          *self);
SoupMessage  *domo_flight_get_message     (DomoFlight          *self);
GCancellable *domo_flight_get_cancellable (DomoFlight          *self);
gint64        domo_flight_get_age         (DomoFlight          *self);
void          domo_flight_abort           (DomoFlight          *self);
GError       *domo_flight_judge           (DomoFlight          *self,
                                           const GError        *cause);

void          domo_flight_attach_token    (SoupMessage         *message,
                                           DomoAddress         *address,
                                           const char          *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DomoFlight, domo_flight_unref)

G_END_DECLS
