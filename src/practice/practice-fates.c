/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Not part of the API: what is in store for each dataset, so that a test can choose. */

#include "practice/practice-data.h"
#include "practice/practice-handlers.h"

void
practice_fates_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new ("[");
  g_autoptr (sqlite3_stmt) stmt = practice_db_query (
    c->world->db,
    "SELECT pos, json_object('id', id, 'name', name, 'arch', arch, 'v1Type', v1_type, 'integration',"
    " integration, 'catalog', catalog, 'schema', schema, 'table', tbl,"
    " 'moved', json(iif(amplified, 'true', 'false')), 'upgraded',"
    " json(iif(upgraded_date IS NULL, 'false', 'true')), 'unfinished', unfinished,"
    " 'failsForward', fails_forward, 'failsBack', fails_back, 'cards', cards, 'rows', rows)"
    " FROM dataset WHERE arch <> 'other' ORDER BY pos",
    "");

  while (practice_db_step (stmt))
    {
      PracticeCopy copy = practice_data_copy (c->world->seed, sqlite3_column_int64 (stmt, 0));

      g_string_append (json, json->len > 1 ? "," : "");
      g_string_append (json, (const char *) sqlite3_column_text (stmt, 1));
      /* Into the object. */
      g_string_truncate (json, json->len - 1);
      g_string_append_printf (json, ",\"copy\":\"%s\"}", practice_data_copy_name (copy));
    }
  g_string_append_c (json, ']');
  practice_reply_take (r, 200, &json);
}
