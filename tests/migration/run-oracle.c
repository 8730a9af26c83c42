/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The record of the practice instance, which says what really arrived. */

#include "run-fixture.h"

GPtrArray *
run_fixture_read_record (RunFixture *self)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) texts = NULL;

  if (!g_file_get_contents (self->record_path, &text, NULL, NULL))
    return lines;

  texts = g_strsplit (text, "\n", -1);
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      JsonNode *line = texts[i][0] != '\0' ? json_from_string (texts[i], NULL) : NULL;

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }

  return lines;
}

/* One id may be the end of another. */
static gboolean
is_about (const char *path,
          const char *id)
{
  g_autofree char *part = g_strconcat ("/", id, NULL);

  return strstr (path, part) != NULL;
}

static gboolean
is_post (JsonObject *line,
         const char *id)
{
  const char *path = json_object_get_string_member_with_default (line, "path", "");

  return g_strcmp0 (json_object_get_string_member_with_default (line, "kind", ""), "request") == 0 &&
         g_strcmp0 (json_object_get_string_member_with_default (line, "method", ""), "POST") == 0 &&
         g_str_has_prefix (path, "/api/query/migration/") &&
         (id == NULL || is_about (path, id));
}

guint
run_fixture_count_posts (RunFixture *self,
                         const char *id)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (self);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += is_post (json_node_get_object (g_ptr_array_index (lines, i)), id) ? 1 : 0;

  return n;
}

guint
run_fixture_count_reads (RunFixture *self)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (self);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));

      if (strstr (json_object_get_string_member_with_default (line, "path", ""), "/candidates/"))
        n++;
    }

  return n;
}

guint
run_fixture_overlap (RunFixture *self)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (self);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (gint64[2]));
  guint most = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));
      g_autoptr (GDateTime) time = NULL;
      gint64 span[2];

      if (!is_post (line, NULL))
        continue;

      time = g_date_time_new_from_iso8601 (json_object_get_string_member (line, "time"), NULL);
      span[0] = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
      span[1] = span[0] + json_object_get_int_member (line, "took_ms");
      g_array_append_val (spans, span);
    }

  for (guint i = 0; i < spans->len; i++)
    {
      const gint64 *at = ((gint64 (*)[2]) (void *) spans->data)[i];
      guint n = 0;

      for (guint j = 0; j < spans->len; j++)
        {
          const gint64 *other = ((gint64 (*)[2]) (void *) spans->data)[j];

          if (other[0] <= at[0] && at[0] < other[1])
            n++;
        }
      most = MAX (most, n);
    }

  return most;
}

static int
compare_arrival (gconstpointer a,
                 gconstpointer b)
{
  JsonObject *one = *(JsonObject *const *) a;
  JsonObject *other = *(JsonObject *const *) b;

  return g_strcmp0 (json_object_get_string_member_with_default (one, "time", ""),
                    json_object_get_string_member_with_default (other, "time", ""));
}

/* The Support IDs of a dataset's calls, in the order in which they arrived. */
static GPtrArray *
list_toes (GPtrArray  *lines,
           const char *id)
{
  GPtrArray *toes = g_ptr_array_new ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));

      if (is_post (line, id))
        g_ptr_array_add (posts, line);
    }

  g_ptr_array_sort (posts, compare_arrival);
  for (guint i = 0; i < posts->len; i++)
    g_ptr_array_add (toes, (gpointer) json_object_get_string_member_with_default (
                             g_ptr_array_index (posts, i), "toe", NULL));

  return toes;
}

static gboolean
is_at_rest (gpointer data)
{
  return !steward_run_is_writing (data);
}

void
run_fixture_check (RunFixture *self,
                   StewardRun *run)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint counts[STEWARD_N_ITEM_STATES] = { 0, };
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (run));

  /* The journal is read in its own thread: a commit that is not shown yet must not come between. */
  run_wait (is_at_rest, run);
  lines = run_fixture_read_record (self);
  record = fixture_load_run (self->journal, steward_run_get_id (run), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steward_run_record_get_n_items (record), ==, n);
  g_assert_cmpuint (steward_run_record_get_state (record), ==, steward_run_get_state (run));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StewardRunItem) shown = g_list_model_get_item (G_LIST_MODEL (run), i);
      StewardRunItem *kept = steward_run_record_get_item (record, i);
      GPtrArray *attempts = steward_run_record_get_attempts (record, i);
      const char *id = steward_run_item_get_dataset_id (kept);
      g_autoptr (GPtrArray) toes = list_toes (lines, id);

      counts[steward_run_item_get_state (kept)]++;
      g_assert_cmpstr (steward_run_item_get_dataset_id (shown), ==, id);
      g_assert_cmpuint (steward_run_item_get_state (shown), ==, steward_run_item_get_state (kept));
      g_assert_cmpstr (steward_run_item_get_reason (shown), ==, steward_run_item_get_reason (kept));
      g_assert_cmpuint (steward_run_item_get_n_attempts (shown), ==,
                        steward_run_item_get_n_attempts (kept));
      g_assert_cmpstr (steward_run_item_get_toe (shown), ==, steward_run_item_get_toe (kept));
      g_assert_cmpint (steward_run_item_get_settled_at (shown), ==,
                       steward_run_item_get_settled_at (kept));

      /* Every call that arrived has an attempt, and every attempt its call. */
      g_assert_cmpuint (attempts != NULL ? attempts->len : 0, ==, toes->len);
      for (guint j = 0; j < toes->len; j++)
        {
          const StewardAttempt *attempt = g_ptr_array_index (attempts, j);

          if (attempt->answer != NULL)
            g_assert_cmpstr (attempt->toe, ==, g_ptr_array_index (toes, j));
        }
    }

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    {
      g_assert_cmpuint (steward_run_count (run, i), ==, counts[i]);
      g_assert_cmpuint (steward_run_record_count (record, i), ==, counts[i]);
    }
}
