/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Roles: document 004 from line 4555; reading authorities as observed. */

#include "practice/practice-error.h"
#include "practice/practice-handlers.h"

static gint64
role_id (PracticeRequest *q)
{
  return g_ascii_strtoll (q->args[0], NULL, 10);
}

static gboolean
known (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (practice_db_int (
        c->world->db, 0, "SELECT count(*) FROM role WHERE id = ?", "i", role_id (q)) > 0)
    return TRUE;
  practice_error_reply (c, q, r, 404, "Role not found");
  return FALSE;
}

#define ROLE                                                                                       \
  "SELECT json_object('id', id, 'name', name, 'description', description, 'authorityCount',"       \
  " (SELECT count(*) FROM authority a WHERE a.role = role.id), 'userCount',"                       \
  " (SELECT count(*) FROM user u WHERE u.role = role.id AND u.active), 'created', created,"        \
  " 'modified', modified) FROM role"

void
practice_roles_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_array (c->world->db, json, ROLE " ORDER BY rowid", "");
  practice_reply_take (r, 200, &json);
}

void
practice_roles_get (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json;

  if (!known (c, q, r))
    return;
  json = g_string_new (NULL);
  practice_db_join (c->world->db, json, ROLE " WHERE id = ?", "i", role_id (q));
  practice_reply_take (r, 200, &json);
}

void
practice_roles_create (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonObject *body = practice_request_object (q);
  const char *name = json_object_get_string_member (body, "name");
  gint64 from = json_object_get_int_member (body, "fromRoleId");
  gint64 now = g_get_real_time () / 1000;
  gint64 id;
  GString *json;

  if (name[0] == '\0' ||
      practice_db_int (c->world->db, 0, "SELECT count(*) FROM role WHERE name = ?", "s", name) > 0)
    {
      practice_error_reply (c, q, r, 400, "A role needs a name that is not in use");
      return;
    }
  if (practice_db_int (c->world->db, 0, "SELECT count(*) FROM role WHERE id = ?", "i", from) == 0)
    {
      practice_error_reply (c, q, r, 404, "Role not found");
      return;
    }
  id = practice_db_int (c->world->db, 0, "SELECT max(id) + 7 FROM role", "");
  practice_db_run (c->world->db,
                   "INSERT INTO role VALUES (?, ?, ?, ?, ?)",
                   "issii",
                   id,
                   name,
                   json_object_get_string_member (body, "description"),
                   now,
                   now);
  practice_db_run (c->world->db,
                   "INSERT INTO authority SELECT ?, name FROM authority WHERE role = ?",
                   "ii",
                   id,
                   from);
  json = g_string_new (NULL);
  practice_db_join (c->world->db,
                    json,
                    "SELECT json_object('id', id, 'name', name, 'description', description)"
                    " FROM role WHERE id = ?",
                    "i",
                    id);
  practice_reply_take (r, 200, &json);
}

void
practice_roles_delete (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (!known (c, q, r))
    return;
  if (role_id (q) <= 5)
    {
      practice_error_reply (c, q, r, 400, "A role of the system cannot be deleted");
      return;
    }
  if (practice_db_int (
        c->world->db, 0, "SELECT count(*) FROM user WHERE role = ?", "i", role_id (q)) > 0)
    {
      practice_error_reply (c, q, r, 409, "The role still has users");
      return;
    }
  practice_db_run (c->world->db, "DELETE FROM authority WHERE role = ?", "i", role_id (q));
  practice_db_run (c->world->db, "DELETE FROM role WHERE id = ?", "i", role_id (q));
  r->status = 204;
}

void
practice_roles_authorities (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json;

  if (!known (c, q, r))
    return;
  json = g_string_new (NULL);
  practice_db_array (c->world->db,
                     json,
                     "SELECT json_quote(name) FROM authority WHERE role = ? ORDER BY name",
                     "i",
                     role_id (q));
  practice_reply_take (r, 200, &json);
}

void
practice_roles_set_authorities (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonArray *names = practice_request_array (q);

  if (!known (c, q, r))
    return;
  /* The role of administrators has every authority there is: what it lacks does not exist. */
  for (guint i = 0; i < json_array_get_length (names); i++)
    if (practice_db_int (c->world->db,
                         0,
                         "SELECT count(*) FROM authority WHERE role = 1 AND name = ?",
                         "s",
                         json_array_get_string_element (names, i)) == 0)
      {
        practice_error_reply (c, q, r, 400, "Unknown authority");
        return;
      }
  if (role_id (q) == PRACTICE_WORLD_ADMIN)
    {
      practice_error_reply (c, q, r, 400, "The role of administrators cannot be changed");
      return;
    }
  practice_db_run (c->world->db, "DELETE FROM authority WHERE role = ?", "i", role_id (q));
  for (guint i = 0; i < json_array_get_length (names); i++)
    practice_db_run (c->world->db,
                     "INSERT OR IGNORE INTO authority VALUES (?, ?)",
                     "is",
                     role_id (q),
                     json_array_get_string_element (names, i));
  practice_db_run (c->world->db,
                   "UPDATE role SET modified = ? WHERE id = ?",
                   "ii",
                   g_get_real_time () / 1000,
                   role_id (q));
  practice_reply_json (r, 200, g_strdup ("{\"status\":\"SUCCESS\",\"message\":\"\"}"));
}
