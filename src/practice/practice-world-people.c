/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-world-private.h"

#include "practice/practice-cards.h"
#include "practice/practice-names.h"
#include "practice/practice-random.h"

#define DAY G_GINT64_CONSTANT (86400000)

static const char *const authorities[] = {
  "account.manage",   "alert.manage",   "app.manage",        "authorization.manage",
  "beastmode.manage", "buzz.manage",    "card.create",       "card.export",
  "card.manage",      "certify.manage", "cloud.manage",      "codeengine.manage",
  "connector.manage", "content.admin",  "content.share",     "customlink.manage",
  "dataflow.manage",  "dataset.create", "dataset.delete",    "dataset.export",
  "dataset.manage",   "dataset.share",  "federated.manage",  "fileset.manage",
  "goal.manage",      "group.manage",   "instance.settings", "integration.manage",
  "page.create",      "page.manage",    "pdp.manage",        "people.manage",
  "query.migration",  "report.manage",  "role.manage",       "token.manage",
  "user.edit",        "user.invite",    "user.profile",      "workflow.manage",
};

static const struct
{
  gint64 id;
  const char *name;
  const char *description;
  const char *granted; /* pattern of the authorities it has */
} roles[] = {
  { PRACTICE_WORLD_ADMIN, "Admin", "Full access to everything", "*" },
  { 2, "Privileged", "Edits content and data of others", "[!a]*" },
  { 3, "Editor", "Creates and edits own content", "card.*" },
  { 4, "Participant", "Looks and comments", "user.profile" },
  { 5, "Social", "Takes part in conversations", "buzz.*" },
  { 2097317660, "Data Steward", "Looks after datasets and their owners", "dataset.*" },
  { 1147483648, "Führungskräfte (読み取り専用)", "Liest nur mit", "content.share" },
};

static gboolean
granted (guint role, const char *name)
{
  if (roles[role].id == 2)
    return name[0] != 'a' && !g_str_equal (name, "role.manage") &&
           !g_str_equal (name, "token.manage");
  return g_pattern_match_simple (roles[role].granted, name);
}

static void
make_roles (PracticeWorld *self)
{
  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    {
      practice_db_run (self->db,
                       "INSERT INTO role VALUES (?, ?, ?, ?, ?)",
                       "issii",
                       roles[r].id,
                       roles[r].name,
                       roles[r].description,
                       G_GINT64_CONSTANT (1550093701000) + r * DAY,
                       G_GINT64_CONSTANT (1550093701000) + r * 9 * DAY);
      for (guint a = 0; a < G_N_ELEMENTS (authorities); a++)
        if (granted (r, authorities[a]))
          practice_db_run (
            self->db, "INSERT INTO authority VALUES (?, ?)", "is", roles[r].id, authorities[a]);
    }
}

/* The people named in the samples of 004, and the token's owner; the others are made up. */
static char *
person (guint n)
{
  static const char *const known[] = {
    "Jane Doe", "Jae Wilson", "Bryan Van Kampen", "Scott Thompson"
  };

  return n < G_N_ELEMENTS (known) ? g_strdup (known[n]) : practice_names_person (n - 4);
}

static void
make_users (PracticeWorld *self)
{
  static const char *const titles[] = {
    "Analyst", "Data Engineer", "Controller", "Sales Lead", "Head of Operations", "Werkstudent", ""
  };
  static const char *const departments[] = { "Finance", "Sales",     "Operations",
                                             "IT",      "Marketing", "Human Resources" };
  static const char *const places[] = { "Salt Lake City", "München", "東京", "São Paulo", "" };
  static const guint spread[] = { 3, 3, 2, 4, 2, 3, 4, 5, 6, 3 }; /* index into the roles */

  for (guint i = 0; i < PRACTICE_CARDS_USERS; i++)
    {
      guint64 bits = practice_random (self->seed, "user", i);
      g_autofree char *name = person (i);
      g_autofree char *ascii = g_str_to_ascii (name, "C");
      g_autofree char *lower = g_ascii_strdown (ascii, -1);
      g_autofree char *email = NULL;
      g_autofree char *phone = NULL;

      g_strcanon (lower, "abcdefghijklmnopqrstuvwxyz", '.');
      email = i < 4 ? g_strdup_printf ("%s@acme.example", lower)
                    : g_strdup_printf ("%s.%u@acme.example", lower, i);
      phone = g_strdup_printf ("+1 555 %04u", 100 + i);
      practice_db_run (self->db,
                       "INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       "ississsssiii",
                       practice_cards_user_id (i),
                       name,
                       email,
                       i < 2 ? (gint64) PRACTICE_WORLD_ADMIN
                             : roles[spread[bits % G_N_ELEMENTS (spread)]].id,
                       titles[(bits >> 8) % G_N_ELEMENTS (titles)],
                       departments[(bits >> 16) % G_N_ELEMENTS (departments)],
                       places[(bits >> 24) % G_N_ELEMENTS (places)],
                       phone,
                       NULL,
                       (gint64) (i < 5 || bits % 23 != 0),
                       PRACTICE_WORLD_NOW - (gint64) ((bits >> 32) % 1500 + 30) * DAY,
                       PRACTICE_WORLD_NOW - (gint64) ((bits >> 44) % 30) * DAY);
      if (i > 4)
        practice_db_run (self->db,
                         "UPDATE user SET manager = ? WHERE id = ?",
                         "ii",
                         practice_cards_user_id (i % 5),
                         practice_cards_user_id (i));
    }
}

static void
make_groups (PracticeWorld *self)
{
  static const struct
  {
    const char *name;
    const char *type;
    guint members;
    gboolean is_default;
  } groups[PRACTICE_CARDS_GROUPS] = {
    { "Default", "dynamic", PRACTICE_CARDS_USERS, TRUE },
    { "Everyone in Operations", "closed", 130, FALSE },
    { "Finance", "closed", 12, FALSE },
    { "Sales", "open", 27, FALSE },
    { "Marketing", "open", 9, FALSE },
    { "Data Office", "closed", 5, FALSE },
    { "Board", "closed", 3, FALSE },
    { "New Joiners", "dynamic", 18, FALSE },
    { "Empty on Purpose", "closed", 0, FALSE },
    { "東京オフィス", "open", 7, FALSE },
    { "فريق التقارير", "closed", 4, FALSE },
    { "=Formula Friends", "open", 6, FALSE },
    { "R&D <Lab> \"Quoted\"", "closed", 8, FALSE },
    { "🦄 Special Projects", "open", 2, FALSE },
  };

  for (guint i = 0; i < PRACTICE_CARDS_GROUPS; i++)
    {
      guint64 bits = practice_random (self->seed, "group", i);
      g_autofree char *guid = practice_random_uuid (self->seed, "group", i);
      guint first = i < 2 ? 0 : bits % PRACTICE_CARDS_USERS;

      practice_db_run (self->db,
                       "INSERT INTO grp VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 1)",
                       "isssiisi",
                       practice_cards_group_id (i),
                       groups[i].name,
                       groups[i].type,
                       i % 3 == 0 ? "" : "People who work together",
                       practice_cards_user_id (i % 4),
                       PRACTICE_WORLD_NOW - (gint64) (bits % 900 + 10) * DAY,
                       guid,
                       (gint64) groups[i].is_default);
      for (guint m = 0; m < groups[i].members; m++)
        practice_db_run (self->db,
                         "INSERT INTO member VALUES (?, ?)",
                         "ii",
                         practice_cards_group_id (i),
                         practice_cards_user_id ((first + m) % PRACTICE_CARDS_USERS));
      practice_db_run (self->db,
                       "INSERT INTO group_owner VALUES (?, 'USER', ?)",
                       "ii",
                       practice_cards_group_id (i),
                       practice_cards_user_id (i % 4));
    }
}

void
practice_world_make_people (PracticeWorld *self)
{
  make_roles (self);
  make_users (self);
  make_groups (self);
}

void
practice_world_make_activity (PracticeWorld *self)
{
  static const struct
  {
    const char *action;
    const char *object;
    const char *text;
  } kinds[] = {
    { "VIEWED", "ACTIVITY_LOG", "Viewed activity log" },
    { "VIEWED", "PAGE", "Viewed page" },
    { "UPDATED", "DATA_SOURCE", "Updated dataset" },
    { "CREATED", "ACCOUNT", "Created account" },
    { "UPDATED", "DATAFLOW_TYPE", "Updated dataflow" },
    { "LOGGEDIN", "USER", "Logged in" },
    { "VIEWED", "CARD", "Viewed card" },
  };

  for (guint i = 0; i < 1500; i++)
    {
      guint64 bits = practice_random (self->seed, "activity", i);
      /* Over four years, the more the later. */
      gint64 back = 1500 - (gint64) i;
      guint kind = bits % G_N_ELEMENTS (kinds);
      g_autofree char *object = g_strdup_printf ("%u", (guint) (bits >> 40) % 900 + 100);

      practice_db_run (self->db,
                       "INSERT INTO activity (time, user, action, object_type, object_id,"
                       " object_name, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "iisssss",
                       PRACTICE_WORLD_NOW - back * back * 60000 - (gint64) (bits % 1000),
                       practice_cards_user (bits >> 8),
                       kinds[kind].action,
                       kinds[kind].object,
                       object,
                       practice_names_card (bits >> 20),
                       kinds[kind].text);
    }
}
