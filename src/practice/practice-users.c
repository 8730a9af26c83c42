/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Users: document 004 from line 6966, and line 4176; "me" and the search as observed. */

#include "practice/practice-error.h"
#include "practice/practice-handlers.h"

/* The attributes of one user, in the form of 004, line 6990. The documents give numbers and
 * strings alike; the manager is a number. */
#define ATTRIBUTES                                                                                 \
  "json_array(json_object('key', 'title', 'values', json_array(title)),"                           \
  " json_object('key', 'department', 'values', json_array(department)),"                           \
  " json_object('key', 'employeeLocation', 'values', json_array(location)),"                       \
  " json_object('key', 'phoneNumber', 'values', json_array(phone)),"                               \
  " json_object('key', 'roleId', 'values', json_array(role)),"                                     \
  " json_object('key', 'reportsTo', 'values', iif(manager IS NULL, json('[]'),"                    \
  " json_array(manager))))"

#define USER                                                                                       \
  "json_object('attributes', " ATTRIBUTES ", 'id', id, 'displayName', display_name, 'userName',"   \
  " email, 'roleId', role, 'emailAddress', email)"

static gint64
user_id (PracticeRequest *q)
{
  return g_ascii_strtoll (q->args[0], NULL, 10);
}

static gboolean
known (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (practice_db_int (
        c->world->db, 0, "SELECT count(*) FROM user WHERE id = ? AND active", "i", user_id (q)) > 0)
    return TRUE;
  practice_error_reply (c, q, r, 404, "User not found");
  return FALSE;
}

/* Line 6999: one of five words, in any case. */
static gboolean
good_parts (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  static const char *const words[] = { "MINIMAL", "SIMPLE", "DETAILED", "GROUPS", "ROLE", NULL };
  const char *parts = practice_request_get (q, "parts");
  g_auto (GStrv) each = g_strsplit (parts != NULL ? parts : "", ",", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strup (each[i], -1);

      if (!g_strv_contains (words, word))
        {
          practice_error_reply (c, q, r, 400, "Unknown value of 'parts'");
          return FALSE;
        }
    }
  return TRUE;
}

/* Who the token belongs to: no role is told here, the time is in seconds. */
void
practice_users_me (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_join (c->world->db,
                    json,
                    "SELECT json_object('id', id, 'displayName', display_name, 'userName', email,"
                    " 'emailAddress', email, 'active', json('true'), 'title', title, 'department',"
                    " department, 'created', created / 1000, 'avatarKey', NULL)"
                    " FROM user WHERE id = ?",
                    "i",
                    PRACTICE_WORLD_OWNER);
  practice_reply_take (r, 200, &json);
}

void
practice_users_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json;

  if (!good_parts (c, q, r))
    return;
  json = g_string_new ("{\"users\":");
  practice_db_array (
    c->world->db, json, "SELECT " USER " FROM user WHERE active ORDER BY rowid", "");
  g_string_append_c (json, '}');
  practice_reply_take (r, 200, &json);
}

void
practice_users_get (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  const char *parts = practice_request_get (q, "parts");
  GString *json;

  if (!good_parts (c, q, r) || !known (c, q, r))
    return;
  json = g_string_new (NULL);
  if (c->dialect == PRACTICE_DIALECT_DOCUMENTED && g_strcmp0 (parts, "detailed") == 0)
    {
      /* Line 4190: with the word in lower case a bare array. */
      practice_db_array (c->world->db,
                         json,
                         "SELECT json_object('name', display_name, 'id', id, 'location', location,"
                         " 'manager', coalesce((SELECT display_name FROM user m WHERE m.id ="
                         " user.manager), ''), 'phoneNumber', phone, 'title', title)"
                         " FROM user WHERE id = ?",
                         "i",
                         user_id (q));
    }
  else
    {
      g_string_append (json, "{\"users\":");
      practice_db_array (
        c->world->db, json, "SELECT " USER " FROM user WHERE id = ?", "i", user_id (q));
      g_string_append_c (json, '}');
    }
  practice_reply_take (r, 200, &json);
}

static void
reply_user (PracticeContext *c, PracticeReply *r, gint64 id)
{
  GString *json = g_string_new (NULL);

  practice_db_join (c->world->db, json, "SELECT " USER " FROM user WHERE id = ?", "i", id);
  practice_reply_take (r, 200, &json);
}

static gboolean
role_exists (PracticeContext *c, PracticeRequest *q, PracticeReply *r, gint64 role)
{
  if (practice_db_int (c->world->db, 0, "SELECT count(*) FROM role WHERE id = ?", "i", role) > 0)
    return TRUE;
  practice_error_reply (c, q, r, 400, "There is no such role");
  return FALSE;
}

void
practice_users_create (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonObject *body = practice_request_object (q);
  const char *name = json_object_get_string_member (body, "displayName");
  const char *email = json_object_get_string_member (body, "emailAddress");
  gint64 role = json_object_get_int_member (body, "roleId");
  gint64 id;

  if (name[0] == '\0' || strchr (email, '@') == NULL)
    {
      practice_error_reply (c, q, r, 400, "A user needs a name and an e-mail address");
      return;
    }
  if (practice_db_int (c->world->db,
                       0,
                       "SELECT count(*) FROM user WHERE lower(email) = lower(?) AND active",
                       "s",
                       email) > 0)
    {
      practice_error_reply (c, q, r, 400, "The e-mail address is already in use");
      return;
    }
  if (!role_exists (c, q, r, role))
    return;
  id = practice_db_int (c->world->db, 0, "SELECT max(id) + 11 FROM user", "");
  practice_db_run (c->world->db,
                   "INSERT INTO user VALUES (?, ?, ?, ?, '', '', '', '', NULL, 1, ?, NULL)",
                   "issii",
                   id,
                   name,
                   email,
                   role,
                   g_get_real_time () / 1000);
  reply_user (c, r, id);
}

/* The columns behind the attributes that can be changed. */
static gboolean
set_attribute (PracticeContext *c, gint64 id, const char *key, JsonArray *values)
{
  JsonNode *first = json_array_get_length (values) > 0 ? json_array_get_element (values, 0) : NULL;
  const char *text = first != NULL ? json_node_get_string (first) : "";
  PracticeDb *db = c->world->db;

  if (g_str_equal (key, "roleId"))
    {
      gint64 role = first == NULL  ? 0
                    : text != NULL ? g_ascii_strtoll (text, NULL, 10)
                                   : json_node_get_int (first);

      return practice_db_run (db,
                              "UPDATE user SET role = ?1 WHERE id = ?2"
                              " AND EXISTS (SELECT 1 FROM role WHERE id = ?1)",
                              "ii",
                              role,
                              id) == 1;
    }
  if (text == NULL)
    return FALSE;
  if (g_str_equal (key, "displayName"))
    return practice_db_run (db, "UPDATE user SET display_name = ? WHERE id = ?", "si", text, id) ==
           1;
  if (g_str_equal (key, "title"))
    return practice_db_run (db, "UPDATE user SET title = ? WHERE id = ?", "si", text, id) == 1;
  if (g_str_equal (key, "department"))
    return practice_db_run (db, "UPDATE user SET department = ? WHERE id = ?", "si", text, id) == 1;
  if (g_str_equal (key, "employeeLocation"))
    return practice_db_run (db, "UPDATE user SET location = ? WHERE id = ?", "si", text, id) == 1;
  if (g_str_equal (key, "phoneNumber"))
    return practice_db_run (db, "UPDATE user SET phone = ? WHERE id = ?", "si", text, id) == 1;
  return FALSE;
}

void
practice_users_update (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonObject *body = practice_request_object (q);

  if (!known (c, q, r))
    return;
  if (json_object_get_size (body) == 0)
    {
      practice_error_reply (c, q, r, 400, "There is nothing to change");
      return;
    }
  if (json_object_has_member (body, "roleId"))
    {
      gint64 role = json_object_get_int_member (body, "roleId");

      if (!role_exists (c, q, r, role))
        return;
      practice_db_run (
        c->world->db, "UPDATE user SET role = ? WHERE id = ?", "ii", role, user_id (q));
    }
  if (json_object_has_member (body, "attributes"))
    {
      JsonArray *list = json_object_get_array_member (body, "attributes");

      practice_db_exec (c->world->db, "BEGIN", NULL);
      for (guint i = 0; i < json_array_get_length (list); i++)
        {
          JsonObject *one = json_array_get_object_element (list, i);

          if (!set_attribute (c,
                              user_id (q),
                              json_object_get_string_member (one, "key"),
                              json_object_get_array_member (one, "values")))
            {
              practice_db_exec (c->world->db, "ROLLBACK", NULL);
              practice_error_reply (c, q, r, 400, "Unknown attribute, or a value it cannot have");
              return;
            }
        }
      practice_db_exec (c->world->db, "COMMIT", NULL);
    }
  reply_user (c, r, user_id (q));
}

void
practice_users_delete (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (!known (c, q, r))
    return;
  if (user_id (q) == PRACTICE_WORLD_OWNER)
    {
      practice_error_reply (c, q, r, 400, "You cannot delete yourself");
      return;
    }
  practice_db_run (c->world->db, "UPDATE user SET active = 0 WHERE id = ?", "i", user_id (q));
  practice_db_run (c->world->db, "DELETE FROM member WHERE user = ?", "i", user_id (q));
  practice_reply_json (r, 200, g_strdup ("1"));
}

static char *
text_filter (JsonObject *body)
{
  JsonArray *filters = json_object_has_member (body, "filters")
                         ? json_object_get_array_member (body, "filters")
                         : NULL;

  for (guint i = 0; filters != NULL && i < json_array_get_length (filters); i++)
    {
      JsonObject *filter = json_array_get_object_element (filters, i);
      const char *type = json_object_get_string_member_with_default (filter, "filterType", "");
      const char *text = json_object_get_string_member_with_default (filter, "text", "");

      if (g_str_equal (type, "text"))
        return g_strdup_printf ("*%s*", text);
    }
  return g_strdup ("*");
}

void
practice_users_search (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonObject *body = practice_request_object (q);
  gint64 limit = json_object_get_int_member_with_default (body, "limit", 50);
  gint64 offset = json_object_get_int_member_with_default (body, "offset", 0);
  gint64 deleted = json_object_get_boolean_member_with_default (body, "includeDeleted", FALSE);
  JsonObject *sort =
    json_object_has_member (body, "sort") ? json_object_get_object_member (body, "sort") : NULL;
  const char *order =
    sort != NULL ? json_object_get_string_member_with_default (sort, "order", "ASC") : "ASC";
  g_autofree char *pattern = text_filter (body);
  GString *json;

  if (limit < 0 || offset < 0)
    {
      practice_error_reply (c, q, r, 400, "Limit and offset cannot be negative");
      return;
    }
  json = g_string_new ("{");
  if (json_object_get_boolean_member_with_default (body, "showCount", FALSE))
    g_string_append_printf (
      json,
      "\"count\":%" G_GINT64_FORMAT ",",
      practice_db_int (c->world->db,
                       0,
                       "SELECT count(*) FROM user WHERE (active OR ?2)"
                       " AND (glob_fold(?1, display_name) OR glob_fold(?1, email))",
                       "si",
                       pattern,
                       deleted));
  g_string_append (json, "\"users\":");
  if (g_ascii_strcasecmp (order, "DESC") == 0)
    practice_db_array (c->world->db,
                       json,
                       "SELECT " USER " FROM user WHERE (active OR ?2)"
                       " AND (glob_fold(?1, display_name) OR glob_fold(?1, email))"
                       " ORDER BY display_name DESC, id LIMIT ?3 OFFSET ?4",
                       "siii",
                       pattern,
                       deleted,
                       MIN (limit, 1000),
                       offset);
  else
    practice_db_array (c->world->db,
                       json,
                       "SELECT " USER " FROM user WHERE (active OR ?2)"
                       " AND (glob_fold(?1, display_name) OR glob_fold(?1, email))"
                       " ORDER BY display_name, id LIMIT ?3 OFFSET ?4",
                       "siii",
                       pattern,
                       deleted,
                       MIN (limit, 1000),
                       offset);
  g_string_append_c (json, '}');
  practice_reply_take (r, 200, &json);
}
