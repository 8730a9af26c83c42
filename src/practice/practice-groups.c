/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Groups: document 004 from line 4143; the two lists as observed. */

#include "practice/practice-clock.h"
#include "practice/practice-error.h"
#include "practice/practice-handlers.h"
#include "practice/practice-random.h"

static gint64
number (const char *text)
{
  return g_ascii_strtoll (text, NULL, 10);
}

static gint64
count (PracticeContext *c, const char *sql, gint64 id)
{
  return practice_db_int (c->world->db, 0, sql, "i", id);
}

static gboolean
known_group (PracticeContext *c, PracticeRequest *q, PracticeReply *r, gint64 id)
{
  if (count (c, "SELECT count(*) FROM grp WHERE id = ?", id) > 0)
    return TRUE;
  practice_error_reply (c, q, r, 404, "Group not found");
  return FALSE;
}

/* The members of a dynamic group follow from its rules. */
static gboolean
open_to_change (PracticeContext *c, PracticeRequest *q, PracticeReply *r, gint64 id)
{
  if (!known_group (c, q, r, id))
    return FALSE;
  if (count (c, "SELECT type <> 'dynamic' FROM grp WHERE id = ?", id))
    return TRUE;
  practice_error_reply (c, q, r, 400, "The members of a dynamic group cannot be set");
  return FALSE;
}

static gboolean
known_user (PracticeContext *c, PracticeRequest *q, PracticeReply *r, gint64 id)
{
  if (count (c, "SELECT count(*) FROM user WHERE id = ? AND active", id) > 0)
    return TRUE;
  practice_error_reply (c, q, r, 404, "User not found");
  return FALSE;
}

void
practice_groups_get (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 id = number (q->args[0]);
  GString *json;

  if (!known_group (c, q, r, id))
    return;
  json = g_string_new (NULL);
  practice_db_join (
    c->world->db,
    json,
    "SELECT json_object('id', id, 'name', name, 'type', type, 'userIds',"
    " (SELECT json_group_array(user) FROM member WHERE grp = grp.id),"
    " 'creatorId', creator, 'memberCount', (SELECT count(*) FROM member WHERE grp = grp.id),"
    " 'guid', guid, 'description', description, 'hidden', json(iif(hidden, 'true', 'false')),"
    " 'default', json(iif(is_default, 'true', 'false')), 'active',"
    " json(iif(active, 'true', 'false'))) FROM grp WHERE id = ?",
    "i",
    id);
  practice_reply_take (r, 200, &json);
}

void
practice_groups_create (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  static const char *const types[] = { "closed", "open", "dynamic", NULL };
  JsonObject *body = practice_request_object (q);
  const char *name = json_object_get_string_member (body, "name");
  const char *type = json_object_get_string_member (body, "type");
  g_autofree char *guid = NULL;
  gint64 id;

  if (name[0] == '\0' || !g_strv_contains (types, type))
    {
      practice_error_reply (c, q, r, 400, "A group needs a name and one of the three types");
      return;
    }
  if (practice_db_int (c->world->db, 0, "SELECT count(*) FROM grp WHERE name = ?", "s", name) > 0)
    {
      practice_error_reply (c, q, r, 400, "The name of the group is already in use");
      return;
    }
  id = practice_db_int (c->world->db, 0, "SELECT max(id) + 13 FROM grp", "");
  guid = practice_random_uuid (c->world->seed, "new-group", id);
  practice_db_run (c->world->db,
                   "INSERT INTO grp VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 1)",
                   "isssiis",
                   id,
                   name,
                   type,
                   json_object_get_string_member_with_default (body, "description", ""),
                   PRACTICE_WORLD_OWNER,
                   practice_clock_now () / 1000,
                   guid);
  practice_db_run (
    c->world->db, "INSERT INTO group_owner VALUES (?, 'USER', ?)", "ii", id, PRACTICE_WORLD_OWNER);
  /* The document shows text here; real instances give numbers for the ids of groups. */
  practice_reply_json (r,
                       200,
                       c->dialect == PRACTICE_DIALECT_DOCUMENTED
                         ? g_strdup_printf ("{\"id\":\"%" G_GINT64_FORMAT "\"}", id)
                         : g_strdup_printf ("{\"id\":%" G_GINT64_FORMAT "}", id));
}

void
practice_groups_add (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 group = number (q->args[0]);
  gint64 user = number (q->args[1]);

  if (!open_to_change (c, q, r, group) || !known_user (c, q, r, user))
    return;
  practice_db_run (c->world->db, "INSERT OR IGNORE INTO member VALUES (?, ?)", "ii", group, user);
  practice_reply_json (r, 200, g_strdup ("true"));
}

void
practice_groups_remove (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 group = number (q->args[0]);
  gint64 user = number (q->args[1]);

  if (!open_to_change (c, q, r, group))
    return;
  practice_db_run (
    c->world->db, "DELETE FROM member WHERE grp = ? AND user = ?", "ii", group, user);
  practice_reply_json (r, 200, g_strdup ("true"));
}

/* An id that may be text or a number. */
static gint64
get_id (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = json_node_get_string (node);

  return text != NULL ? number (text) : json_node_get_int (node);
}

static void
each_principal (PracticeContext *c,
                JsonObject *change,
                const char *name,
                gint64 group,
                const char *user_sql,
                const char *group_sql)
{
  JsonArray *list =
    json_object_has_member (change, name) ? json_object_get_array_member (change, name) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);
      gboolean is_group = g_str_equal (json_object_get_string_member (one, "type"), "GROUP");
      const char *sql = is_group ? group_sql : user_sql;

      if (sql != NULL)
        practice_db_run (c->world->db, sql, "ii", group, get_id (one, "id"));
    }
}

void
practice_groups_access (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonArray *changes = practice_request_array (q);

  for (guint i = 0; i < json_array_get_length (changes); i++)
    if (!open_to_change (c, q, r, get_id (json_array_get_object_element (changes, i), "groupId")))
      return;
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      gint64 group = get_id (change, "groupId");

      each_principal (c,
                      change,
                      "addMembers",
                      group,
                      "INSERT OR IGNORE INTO member SELECT ?, id FROM user WHERE id = ?",
                      NULL);
      each_principal (
        c, change, "removeMembers", group, "DELETE FROM member WHERE grp = ? AND user = ?", NULL);
      each_principal (c,
                      change,
                      "addOwners",
                      group,
                      "INSERT OR IGNORE INTO group_owner VALUES (?, 'USER', ?)",
                      "INSERT OR IGNORE INTO group_owner VALUES (?, 'GROUP', ?)");
      each_principal (c,
                      change,
                      "removeOwners",
                      group,
                      "DELETE FROM group_owner WHERE grp = ? AND type = 'USER' AND id = ?",
                      "DELETE FROM group_owner WHERE grp = ? AND type = 'GROUP' AND id = ?");
    }
  practice_reply_json (r, 200, g_strdup ("true"));
}

/* Observed: a bare array without a total, other names for id and type, members cut short at 50. */
#define LISTED                                                                                     \
  "SELECT json_object('name', name, 'groupId', id, 'groupType', type, 'description', description," \
  " 'created', strftime('%Y-%m-%d %H:%M:%S', created / 1000, 'unixepoch') || '.0', 'memberCount'," \
  " (SELECT count(*) FROM member WHERE grp = grp.id), 'owners',"                                   \
  " (SELECT json_group_array(json_object('type', o.type, 'id', CAST(o.id AS TEXT), 'displayName'," \
  " coalesce(iif(o.type = 'USER', (SELECT display_name FROM user WHERE id = o.id),"                \
  " (SELECT name FROM grp g WHERE g.id = o.id)), ''))) FROM group_owner o WHERE o.grp = grp.id),"  \
  " 'groupMembers', (SELECT json_group_array(json_object('type', 'USER', 'id',"                    \
  " CAST(user AS TEXT))) FROM (SELECT user FROM member WHERE grp = grp.id LIMIT 50)))"             \
  " FROM grp WHERE glob_fold(?1, name)"

void
practice_groups_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  const char *text = practice_request_get (q, "search");
  g_autofree char *pattern = g_strdup_printf ("*%s*", text != NULL ? text : "");
  gint64 limit = practice_request_get_int (q, "limit", 50);
  gint64 offset = practice_request_get_int (q, "offset", 0);
  GString *json;

  if (limit < 0 || offset < 0)
    {
      practice_error_reply (c, q, r, 400, "Limit and offset cannot be negative");
      return;
    }
  json = g_string_new (NULL);
  if (practice_request_get_bool (q, "ascending", TRUE))
    practice_db_array (c->world->db,
                       json,
                       LISTED " ORDER BY name, id LIMIT ?2 OFFSET ?3",
                       "sii",
                       pattern,
                       limit,
                       offset);
  else
    practice_db_array (c->world->db,
                       json,
                       LISTED " ORDER BY name DESC, id LIMIT ?2 OFFSET ?3",
                       "sii",
                       pattern,
                       limit,
                       offset);
  practice_reply_take (r, 200, &json);
}

void
practice_groups_users (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 id = practice_request_get_int (q, "group", 0);
  GString *json;

  if (!known_group (c, q, r, id))
    return;
  json = g_string_new ("{\"groupUserList\":");
  practice_db_array (c->world->db,
                     json,
                     "SELECT json_object('userId', u.id, 'displayName', u.display_name, 'role',"
                     " (SELECT name FROM role WHERE id = u.role), 'roleId', u.role, 'lastSignIn',"
                     " u.seen) FROM member m JOIN user u ON u.id = m.user WHERE m.grp = ?"
                     " ORDER BY u.id",
                     "i",
                     id);
  g_string_append_c (json, '}');
  practice_reply_take (r, 200, &json);
}
