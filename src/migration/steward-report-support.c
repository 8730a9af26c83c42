/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-report-private.h"

#include <string.h>

/* Shorter words would take other words apart. */
#define SHORTEST_NAME 3

/* One Support ID, or the calls without one, and its calls in the order in which they were made. */
typedef struct
{
  const char *toe;              /* nullable, borrowed */
  GString *calls;
  guint n;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_string_free (group->calls, TRUE);
  g_free (group);
}

/* Longer names first: one may be part of another. */
static int
compare_length (gconstpointer a,
                gconstpointer b)
{
  const gsize one = strlen (*(const char *const *) a);
  const gsize other = strlen (*(const char *const *) b);

  return one < other ? 1 : one > other ? -1 : g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add_name (GHashTable *names,
          const char *name)
{
  if (name != NULL && g_utf8_strlen (name, -1) >= SHORTEST_NAME)
    g_hash_table_add (names, (gpointer) name);
}

/* (element-type utf8): the names of datasets and tables of the run, borrowed from it. */
static GPtrArray *
collect_names (StewardRunRecord *record)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    {
      StewardPlanItem *item = steward_run_item_get_plan_item (steward_run_record_get_item (record, i));

      add_name (names, steward_plan_item_get_name (item));
      add_name (names, steward_plan_item_get_table_key (item));
      add_name (names, steward_plan_item_get_table (item));
      add_name (names, steward_plan_item_get_schema (item));
      add_name (names, steward_plan_item_get_catalog (item));
    }
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (sorted, name);
  g_ptr_array_sort (sorted, compare_length);

  return sorted;
}

/* What the instance wrote may name what it is about, and others that the run does not know: these it quotes. */
static char *
redact_message (const char *message,
                GPtrArray  *names)
{
  g_autoptr (GRegex) others =
    g_regex_new ("[[:alnum:]._%+-]+@[[:alnum:].-]+|\"[^\"]+\"|“[^”]+”|(?<=[ (])'[^']+'", 0, 0, NULL);
  g_autoptr (GString) text = g_string_new (message);
  g_autofree char *known = NULL;

  for (guint i = 0; i < names->len; i++)
    g_string_replace (text, g_ptr_array_index (names, i), "[name]", 0);
  known = g_string_free (g_steal_pointer (&text), FALSE);
  g_strdelimit (known, "\r\n\t", ' ');

  return g_regex_replace_literal (others, known, -1, 0, "[name]", 0, NULL);
}

/* The first line says what was asked; a body may name tables. */
static void
append_request (GString    *text,
                const char *request)
{
  if (request != NULL)
    g_string_append_printf (text, "  %.*s\n", (int) strcspn (request, "\r\n"), request);
}

static void
append_call (GString              *text,
             StewardRunItem       *item,
             const StewardAttempt *attempt,
             GPtrArray            *names)
{
  g_autofree char *sent = steward_report_format_time (attempt->sent_at);

  g_string_append_printf (text, "\n  %s  dataset %s, attempt %u\n", *sent != '\0' ? sent : "time not known",
                          steward_run_item_get_dataset_id (item), attempt->number);
  append_request (text, attempt->request);
  g_string_append_printf (text, "  outcome: %s", steward_item_state_to_id (attempt->outcome));
  if (attempt->status != 0)
    g_string_append_printf (text, ", HTTP %u", attempt->status);
  if (attempt->answer != NULL)
    g_string_append_printf (text, ", answer %s", attempt->answer);
  if (attempt->answered_at > attempt->sent_at && attempt->sent_at > 0)
    {
      g_autofree char *took =
        steward_report_format_took ((attempt->answered_at - attempt->sent_at) / 1000);

      g_string_append_printf (text, ", after %s s", took);
    }
  g_string_append_c (text, '\n');
  if (attempt->message != NULL && *attempt->message != '\0')
    {
      g_autofree char *message = redact_message (attempt->message, names);

      g_string_append_printf (text, "  message: %s\n", message);
    }
}

static Group *
find_group (GPtrArray  *groups,
            const char *toe)
{
  Group *group;

  for (guint i = 0; i < groups->len; i++)
    {
      group = g_ptr_array_index (groups, i);
      if (g_strcmp0 (group->toe, toe) == 0)
        return group;
    }

  group = g_new0 (Group, 1);
  group->toe = toe;
  group->calls = g_string_new (NULL);
  g_ptr_array_add (groups, group);

  return group;
}

static GPtrArray *
collect (StewardRunRecord *record)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GPtrArray) names = collect_names (record);

  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    {
      GPtrArray *attempts = steward_run_record_get_attempts (record, i);

      for (guint j = 0; attempts != NULL && j < attempts->len; j++)
        {
          const StewardAttempt *attempt = g_ptr_array_index (attempts, j);
          Group *group;

          /* What went well is nothing to ask about. */
          if (attempt->outcome == STEWARD_ITEM_COMPLETE || attempt->outcome == STEWARD_ITEM_PLANNED)
            continue;

          group = find_group (groups, attempt->toe);
          append_call (group->calls, steward_run_record_get_item (record, i), attempt, names);
          group->n++;
        }
    }

  return groups;
}

static void
append_head (GString          *text,
             StewardRunRecord *record)
{
  StewardPlan *plan = steward_run_record_get_plan (record);
  g_autofree char *created = steward_report_format_time (steward_run_record_get_created_at (record));
  g_autofree char *ended = steward_report_format_time (steward_run_record_get_ended_at (record));

  g_string_append (text, "Migration calls that did not complete\n"
                         "Names of datasets, tables and people are left out, and so is the access token.\n\n");
  g_string_append_printf (text, "Program:     Steward %s\n", STEWARD_VERSION);
  g_string_append_printf (text, "Instance:    %s\n", steward_plan_get_origin (plan));
  g_string_append_printf (text, "Route:       %s, %s\n", steward_plan_get_route_id (plan),
                          steward_direction_to_id (steward_plan_get_direction (plan)));
  g_string_append_printf (text, "Destination: %s\n", steward_plan_get_destination_id (plan));
  g_string_append_printf (text, "Run:         %s to %s (UTC)\n", created, *ended != '\0' ? ended : "not ended");
  g_string_append_printf (text, "Datasets:    %u\n", steward_run_record_get_n_items (record));
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      if (steward_run_record_count (record, state) > 0)
        g_string_append_printf (text, "             %u %s\n", steward_run_record_count (record, state),
                                steward_item_state_to_id (state));
    }
}

/**
 * steward_report_build_support:
 * @record: a run with its items
 *
 * For Domo's support: every call that did not complete, by Support ID. In English whatever the language
 * of the admin, because others read it. What it leaves out, and what it takes out of the instance's
 * messages, are names of datasets, tables and people.
 *
 * Returns: (transfer full): the file, UTF-8
 */
GBytes *
steward_report_build_support (StewardRunRecord *record)
{
  g_autoptr (GPtrArray) groups = collect (record);
  GString *text = g_string_new (NULL);

  append_head (text, record);
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);

      if (group->toe != NULL)
        g_string_append_printf (text, "\nSupport ID %s", group->toe);
      else
        g_string_append (text, "\nWithout a Support ID");
      g_string_append_printf (text, " (%u %s)\n%s", group->n, group->n == 1 ? "call" : "calls", group->calls->str);
    }
  if (groups->len == 0)
    g_string_append (text, "\nEvery call completed.\n");

  return g_string_free_to_bytes (text);
}
