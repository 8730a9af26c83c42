/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Not part of the API: what is in store for each dataset, so that a test can choose. */

#include "practice/practice-handlers.h"

void
practice_fates_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_array (
    c->world->db,
    json,
    "SELECT json_object('id', id, 'name', name, 'arch', arch, 'v1Type', v1_type, 'integration',"
    " integration, 'catalog', catalog, 'schema', schema, 'table', tbl,"
    " 'moved', json(iif(amplified, 'true', 'false')), 'upgraded',"
    " json(iif(upgraded_date IS NULL, 'false', 'true')), 'unfinished', unfinished,"
    " 'failsForward', fails_forward, 'failsBack', fails_back, 'cards', cards)"
    " FROM dataset WHERE arch <> 'other' ORDER BY pos",
    "");
  practice_reply_take (r, 200, &json);
}
