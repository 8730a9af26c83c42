/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Activity log: document 004 from line 3. */

#include "practice/practice-error.h"
#include "practice/practice-handlers.h"

/* The largest page as observed. */
#define MAX_PAGE 1000

/* Returns: (transfer full): ",A,B," for the types asked, or NULL for all */
static char *
type_list (PracticeRequest *q)
{
  const char *types = practice_request_get (q, "objectType");

  return types != NULL && types[0] != '\0' ? g_strdup_printf (",%s,", types) : NULL;
}

void
practice_activity_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 offset = practice_request_get_int (q, "offset", 0);
  gint64 limit = practice_request_get_int (q, "limit", 300);
  g_autofree char *types = type_list (q);
  GString *json;

  if (offset < 0 || limit < 0)
    {
      practice_error_reply (c, q, r, 400, "Limit and offset cannot be negative");
      return;
    }
  json = g_string_new (NULL);
  /* As observed a row has four more members. */
  practice_db_array (
    c->world->db,
    json,
    "SELECT json_patch(json_object('userName', u.display_name, 'userId', CAST(u.id AS TEXT),"
    " 'userType', 'USER', 'actionType', a.action, 'objectType', a.object_type,"
    " 'additionalComment', u.display_name || ': ' || a.text || '.', 'time', a.time, 'eventText',"
    " a.text), iif(?6, json_object('actorId', u.id, 'actorName', u.display_name, 'objectId',"
    " a.object_id, 'objectName', a.object_name), '{}'))"
    " FROM activity a JOIN user u ON u.id = a.user WHERE a.time BETWEEN ?1 AND ?2"
    " AND (?3 IS NULL OR instr(?3, ',' || a.object_type || ','))"
    " ORDER BY a.time DESC, a.seq DESC LIMIT ?4 OFFSET ?5",
    "iisiii",
    practice_request_get_int (q, "start", 0),
    practice_request_get_int (q, "end", 0),
    types,
    MIN (limit, MAX_PAGE),
    offset,
    (gint64) (c->dialect == PRACTICE_DIALECT_OBSERVED));
  practice_reply_take (r, 200, &json);
}

void
practice_activity_types (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  if (c->dialect == PRACTICE_DIALECT_OBSERVED)
    practice_db_array (c->world->db,
                       json,
                       "SELECT DISTINCT json_object('type', object_type, 'translation',"
                       " upper(substr(object_type, 1, 1)) || replace(lower(substr(object_type, 2)),"
                       " '_', ' ')) FROM activity ORDER BY object_type",
                       "");
  else
    practice_db_array (c->world->db,
                       json,
                       "SELECT DISTINCT json_quote(object_type) FROM activity ORDER BY object_type",
                       "");
  practice_reply_take (r, 200, &json);
}
