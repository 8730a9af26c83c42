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

/* What is taken out of messages. A run may have ten thousand names and as many messages: each place of a message is
 * looked up, instead of each name being looked for. */
typedef struct
{
  GHashTable *names;            /* set of utf8, borrowed from the run */
  GHashTable *beginnings;       /* set of their first bytes, see get_beginning() */
  GArray *lengths;              /* (element-type gsize): of the names, bytes, longest first */
  GRegex *others;               /* what the instance quotes, and addresses */
} Names;

static void
names_free (Names *self)
{
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->beginnings);
  g_array_unref (self->lengths);
  g_regex_unref (self->others);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Names, names_free)

/* Of at least SHORTEST_NAME bytes; most places of a message begin no name. */
static gpointer
get_beginning (const char *text)
{
  return GUINT_TO_POINTER (((guint) (guchar) text[0] << 16) | ((guint) (guchar) text[1] << 8) | (guchar) text[2]);
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const gsize one = *(const gsize *) a;
  const gsize other = *(const gsize *) b;

  return one < other ? 1 : one > other ? -1 : 0;
}

static void
add_name (Names      *self,
          const char *name)
{
  if (name == NULL || g_utf8_strlen (name, -1) < SHORTEST_NAME)
    return;

  g_hash_table_add (self->names, (gpointer) name);
  g_hash_table_add (self->beginnings, get_beginning (name));
}

/* The names of datasets and tables of the run. */
static Names *
collect_names (StewardRunRecord *record)
{
  Names *self = g_new0 (Names, 1);
  g_autoptr (GHashTable) lengths = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer name;

  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->beginnings = g_hash_table_new (NULL, NULL);
  self->lengths = g_array_new (FALSE, FALSE, sizeof (gsize));
  /* Others that the run does not know the instance quotes. */
  self->others = g_regex_new ("[[:alnum:]._%+-]+@[[:alnum:].-]+|\"[^\"]+\"|“[^”]+”|(?<=[ (])'[^']+'",
                              G_REGEX_OPTIMIZE, 0, NULL);
  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    {
      StewardPlanItem *item = steward_run_item_get_plan_item (steward_run_record_get_item (record, i));

      add_name (self, steward_plan_item_get_name (item));
      add_name (self, steward_plan_item_get_table_key (item));
      add_name (self, steward_plan_item_get_table (item));
      add_name (self, steward_plan_item_get_schema (item));
      add_name (self, steward_plan_item_get_catalog (item));
    }
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const gsize length = strlen (name);

      if (g_hash_table_add (lengths, GSIZE_TO_POINTER (length)))
        g_array_append_val (self->lengths, length);
    }
  g_array_sort (self->lengths, compare_lengths);

  return self;
}

/* Bytes of the longest name that @text begins with, 0 if with none. @left is how long @text is. */
static gsize
find_name (Names *self,
           char  *text,
           gsize  left)
{
  if (left < SHORTEST_NAME || !g_hash_table_contains (self->beginnings, get_beginning (text)))
    return 0;

  for (guint i = 0; i < self->lengths->len; i++)
    {
      const gsize length = g_array_index (self->lengths, gsize, i);
      gboolean found;
      char after;

      if (length > left)
        continue;

      after = text[length];
      text[length] = '\0';
      found = g_hash_table_contains (self->names, text);
      text[length] = after;
      if (found)
        return length;
    }

  return 0;
}

/* What the instance wrote may name what it is about, and others. */
static char *
redact_message (const char *message,
                Names      *names)
{
  g_autofree char *text = g_strdup (message);
  const gsize length = strlen (text);
  g_autoptr (GString) known = g_string_sized_new (length);
  gsize at = 0;

  while (at < length)
    {
      const gsize name = find_name (names, text + at, length - at);

      if (name > 0)
        g_string_append (known, "[name]");
      else
        g_string_append_c (known, text[at]);
      at += name > 0 ? name : 1;
    }
  g_strdelimit (known->str, "\r\n\t", ' ');

  return g_regex_replace_literal (names->others, known->str, -1, 0, "[name]", 0, NULL);
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
             Names                *names)
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

/* @found: toe or "" → Group. */
static Group *
find_group (GPtrArray  *groups,
            GHashTable *found,
            const char *toe)
{
  const char *key = toe != NULL ? toe : "";
  Group *group = g_hash_table_lookup (found, key);

  if (group != NULL)
    return group;

  group = g_new0 (Group, 1);
  group->toe = *key != '\0' ? toe : NULL;
  group->calls = g_string_new (NULL);
  g_ptr_array_add (groups, group);
  g_hash_table_insert (found, (gpointer) key, group);

  return group;
}

static GPtrArray *
collect (StewardRunRecord *record)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (Names) names = collect_names (record);

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

          group = find_group (groups, found, attempt->toe);
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
