/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-world-private.h"

#include "practice/practice-clock.h"
#include "practice/practice-random.h"

#include <gio/gio.h>

/* Ids are kept as the type they have in the list replies: users, groups and roles are numbers,
 * datasets, integrations and accounts text.
 *
 * dataset.arch: 'v1' and 'v2' are federated, 'native' was made in an integration by somebody else,
 * 'other' has nothing to do with migrations.
 * dataset.fails_forward, fails_back: how many tries come out INCOMPLETE before one completes;
 * below zero: every try is ABORTED.
 * dataset.unfinished: 'forward' or 'back' after an INCOMPLETE, until the same direction completes.
 */
static const char schema[] =
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
  "CREATE TABLE integration (id TEXT PRIMARY KEY, position INTEGER, name TEXT, type TEXT,"
  "  auth TEXT, observed_auth TEXT, observed_only INTEGER);"
  "CREATE TABLE account (id TEXT PRIMARY KEY, position INTEGER, type TEXT, name TEXT,"
  "  owner INTEGER, created INTEGER);"
  "CREATE TABLE dataset (pos INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL,"
  "  type TEXT NOT NULL, arch TEXT NOT NULL, integration TEXT, v1_type TEXT, account TEXT,"
  "  catalog TEXT, schema TEXT, tbl TEXT, amplified INTEGER NOT NULL DEFAULT 0,"
  "  amplified_date TEXT, upgraded_date TEXT, unfinished TEXT,"
  "  fails_forward INTEGER NOT NULL DEFAULT 0, fails_back INTEGER NOT NULL DEFAULT 0,"
  "  owner_type TEXT NOT NULL, owner_id INTEGER NOT NULL, created INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL,"
  "  cards INTEGER NOT NULL, flows INTEGER NOT NULL);"
  "CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT,"
  "  created INTEGER, modified INTEGER);"
  "CREATE TABLE authority (role INTEGER, name TEXT, PRIMARY KEY (role, name)) WITHOUT ROWID;"
  "CREATE TABLE user (id INTEGER PRIMARY KEY, display_name TEXT NOT NULL, email TEXT NOT NULL,"
  "  role INTEGER NOT NULL, title TEXT, department TEXT, location TEXT, phone TEXT,"
  "  manager INTEGER, active INTEGER NOT NULL, created INTEGER, seen INTEGER);"
  "CREATE TABLE grp (id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL,"
  "  description TEXT, creator INTEGER, created INTEGER, guid TEXT, hidden INTEGER,"
  "  is_default INTEGER, active INTEGER);"
  "CREATE TABLE member (grp INTEGER, user INTEGER, PRIMARY KEY (grp, user)) WITHOUT ROWID;"
  "CREATE TABLE group_owner (grp INTEGER, type TEXT, id INTEGER, PRIMARY KEY (grp, type, id))"
  "  WITHOUT ROWID;"
  "CREATE TABLE activity (seq INTEGER PRIMARY KEY, time INTEGER, user INTEGER, action TEXT,"
  "  object_type TEXT, object_id TEXT, object_name TEXT, text TEXT);";

/* Made after the rows, which is several times faster for many of them. */
static const char indexes[] =
  "CREATE UNIQUE INDEX dataset_id ON dataset (id);"
  "CREATE INDEX dataset_list ON dataset (integration, pos);"
  "CREATE INDEX dataset_place ON dataset (integration, catalog, schema, tbl);"
  "CREATE INDEX dataset_v1 ON dataset (v1_type, pos) WHERE v1_type IS NOT NULL;"
  "CREATE INDEX activity_time ON activity (time);";

static void
set_meta (PracticeWorld *self, const char *key, const char *value)
{
  practice_db_run (self->db, "INSERT OR REPLACE INTO meta VALUES (?, ?)", "ss", key, value);
}

static char *
get_meta (PracticeWorld *self, const char *key)
{
  return practice_db_text (self->db, "SELECT value FROM meta WHERE key = ?", "s", key);
}

static gboolean
make (PracticeWorld *self, PracticeList *list, GError **error)
{
  g_autofree char *secret_a = g_uuid_string_random ();
  g_autofree char *secret_b = g_uuid_string_random ();
  g_autofree char *secret = g_strconcat (secret_a, secret_b, NULL);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->seed);
  g_autofree char *datasets = g_strdup_printf ("%u", self->datasets);

  if (!practice_db_exec (self->db, "BEGIN", error) || !practice_db_exec (self->db, schema, error))
    return FALSE;
  set_meta (self, "secret", secret);
  set_meta (self, "seed", seed);
  set_meta (self, "datasets", datasets);
  set_meta (self, "starts", "0");
  practice_world_make_people (self);
  if (list != NULL)
    {
      practice_world_make_list (self, list);
    }
  else
    {
      practice_world_make_places (self);
      practice_world_make_datasets (self);
    }
  practice_world_make_activity (self);
  return practice_db_exec (self->db, indexes, error) &&
         practice_db_exec (self->db, "COMMIT", error);
}

/* A world that was made earlier keeps its own seed and size. */
static void
take_up (PracticeWorld *self)
{
  g_autofree char *seed = get_meta (self, "seed");
  g_autofree char *datasets = get_meta (self, "datasets");
  g_autofree char *starts = get_meta (self, "starts");
  g_autofree char *secret = get_meta (self, "secret");
  g_autofree char *next = NULL;

  self->seed = g_ascii_strtoull (seed != NULL ? seed : "", NULL, 10);
  self->datasets = (guint) g_ascii_strtoull (datasets != NULL ? datasets : "", NULL, 10);
  self->start = g_ascii_strtoull (starts != NULL ? starts : "", NULL, 10) + 1;
  next = g_strdup_printf ("%" G_GUINT64_FORMAT, self->start);
  set_meta (self, "starts", next);
  self->token = g_compute_hmac_for_string (G_CHECKSUM_SHA256,
                                           (const guchar *) (secret != NULL ? secret : ""),
                                           secret != NULL ? strlen (secret) : 0,
                                           "token",
                                           -1);
}

PracticeWorld *
practice_world_open (const char *file,
                     guint64 seed,
                     guint datasets,
                     guint v1,
                     PracticeList *list,
                     gboolean reset,
                     GError **error)
{
  g_autoptr (PracticeWorld) self = g_new0 (PracticeWorld, 1);

  self->seed = seed;
  self->datasets = list != NULL ? list->n_candidates : datasets;
  self->v1 = v1;
  self->instance = g_strdup ("acme-practice");
  self->moving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->db = practice_db_open (file, reset, error);
  if (self->db == NULL)
    return NULL;
  if (practice_db_int (self->db, 0, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'", "") ==
        0 &&
      !make (self, list, error))
    return NULL;
  take_up (self);
  return g_steal_pointer (&self);
}

void
practice_world_free (PracticeWorld *self)
{
  g_clear_pointer (&self->db, practice_db_free);
  g_clear_pointer (&self->moving, g_hash_table_unref);
  g_free (self->token);
  g_free (self->instance);
  g_free (self);
}

char *
practice_world_toe (PracticeWorld *self)
{
  return practice_random_toe (self->seed, (self->start << 40) + ++self->toes);
}

void
practice_world_note (PracticeWorld *self,
                     const char *action,
                     const char *object_type,
                     const char *object_id,
                     const char *object_name,
                     const char *text)
{
  practice_db_run (self->db,
                   "INSERT INTO activity (time, user, action, object_type, object_id, object_name,"
                   " text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                   "iisssss",
                   practice_clock_now () / 1000,
                   PRACTICE_WORLD_OWNER,
                   action,
                   object_type,
                   object_id,
                   object_name,
                   text);
}
