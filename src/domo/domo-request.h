/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

#include "domo/domo-address.h"
#include "domo/domo-operation.h"

G_BEGIN_DECLS

/**
 * DomoRequest:
 *
 * One call to be made: an operation, its path arguments, query and body. Reference counted;
 * not changed any more once it was handed to a session.
 */
#define DOMO_TYPE_REQUEST (domo_request_get_type ())
GType        domo_request_get_type      (void) G_GNUC_CONST;
typedef struct _DomoRequest DomoRequest;

DomoRequest *domo_request_new           (const char   *operation_id,
                                         ...) G_GNUC_NULL_TERMINATED;
DomoRequest *domo_request_new_strv      (const char   *operation_id,
                                         const char *const *arguments);
DomoRequest *domo_request_ref           (DomoRequest  *self);
void         domo_request_unref         (DomoRequest  *self);

void         domo_request_set_query     (DomoRequest  *self,
                                         const char   *name,
                                         const char   *value);
void         domo_request_set_json      (DomoRequest  *self,
                                         JsonNode     *body);
void         domo_request_set_bytes     (DomoRequest  *self,
                                         const char   *content_type,
                                         GBytes       *body);

const DomoOperation *domo_request_get_operation (DomoRequest *self);
GBytes      *domo_request_get_body      (DomoRequest  *self,
                                         const char  **content_type);
char        *domo_request_build_path    (DomoRequest  *self,
                                         GError      **error);
char        *domo_request_to_text       (DomoRequest  *self,
                                         DomoAddress  *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DomoRequest, domo_request_unref)

G_END_DECLS
