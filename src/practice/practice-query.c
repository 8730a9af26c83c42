/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Query with SQL: document 004, line 1328; the reply as observed where the dialect asks for it. Of SQL
 * it takes what counts and measures the columns of the one table there is:
 * SELECT COUNT(*), MIN(`a`) AS `b`, … FROM table. */

#include "practice/practice-data.h"
#include "practice/practice-error.h"
#include "practice/practice-handlers.h"
#include "practice/practice-random.h"

#include <string.h>

typedef enum
{
  MEASURE_COUNT,
  MEASURE_MIN,
  MEASURE_MAX,
  MEASURE_SUM,
} Measure;

typedef struct
{
  Measure measure;
  char *column; /* NULL for all of a row */
  char *title;  /* what the reply calls it */
} Term;

static void
term_free (gpointer data)
{
  Term *term = data;

  g_free (term->column);
  g_free (term->title);
  g_free (term);
}

static void
skip_space (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

/* Takes @word, in any case, where it stands by itself. */
static gboolean
take_word (const char **at, const char *word)
{
  gsize length = strlen (word);

  skip_space (at);
  if (g_ascii_strncasecmp (*at, word, length) != 0 || g_ascii_isalnum ((*at)[length]) ||
      (*at)[length] == '_')
    return FALSE;
  *at += length;
  return TRUE;
}

static gboolean
take_char (const char **at, char wanted)
{
  skip_space (at);
  if (**at != wanted)
    return FALSE;
  (*at)++;
  return TRUE;
}

/* Returns: (transfer full) (nullable): a name in backticks, two of which stand for one */
static char *
take_name (const char **at)
{
  GString *name;

  if (!take_char (at, '`'))
    return NULL;
  name = g_string_new (NULL);
  for (; **at != '\0'; (*at)++)
    {
      if (**at == '`' && (*at)[1] != '`')
        {
          (*at)++;
          return g_string_free (name, FALSE);
        }
      if (**at == '`')
        (*at)++;
      g_string_append_c (name, **at);
    }
  g_string_free (name, TRUE);
  return NULL;
}

static Term *
take_term (const char **at)
{
  static const char *const words[] = { "COUNT", "MIN", "MAX", "SUM" };
  Term *term = g_new0 (Term, 1);
  gboolean good = FALSE;
  const char *start;

  skip_space (at);
  start = *at;
  for (guint i = 0; i < G_N_ELEMENTS (words) && !good; i++)
    {
      good = take_word (at, words[i]);
      term->measure = (Measure) i;
    }
  if (good)
    good = take_char (at, '(');
  if (good && !(term->measure == MEASURE_COUNT && take_char (at, '*')))
    {
      term->column = take_name (at);
      good = term->column != NULL;
    }
  if (good)
    good = take_char (at, ')');
  if (good)
    term->title = g_strndup (start, *at - start);
  if (good && take_word (at, "AS"))
    {
      g_free (term->title);
      term->title = take_name (at);
      good = term->title != NULL;
    }
  if (good)
    return term;
  term_free (term);
  return NULL;
}

/* Returns: (transfer full) (nullable) (element-type Term): what is asked for */
static GPtrArray *
parse (const char *sql)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (term_free);

  if (!take_word (&sql, "SELECT"))
    return NULL;
  do
    {
      Term *term = take_term (&sql);

      if (term == NULL)
        return NULL;
      g_ptr_array_add (terms, term);
    }
  while (take_char (&sql, ','));
  if (!take_word (&sql, "FROM") || !take_word (&sql, "table"))
    return NULL;
  skip_space (&sql);
  return *sql == '\0' ? g_steal_pointer (&terms) : NULL;
}

/* What is in the column, by the table it is in. */
static void
measure (JsonBuilder *json,
         const Term *term,
         const PracticeColumn *column,
         guint64 bits,
         gint64 rows)
{
  gint64 nulls = MIN (rows, (gint64) (bits % 90));
  gint64 low = (gint64) ((bits >> 7) % 1000);
  gint64 high = low + (gint64) ((bits >> 17) % 1000000);
  gboolean whole = g_str_equal (column->type, "LONG");
  gboolean text = g_str_equal (column->type, "STRING");
  gint64 value = term->measure == MEASURE_MIN ? low : high;
  g_autofree char *words = NULL;

  if (term->measure == MEASURE_COUNT)
    json_builder_add_int_value (json, rows - nulls);
  else if (rows == nulls)
    json_builder_add_null_value (json);
  else if (term->measure == MEASURE_SUM && whole)
    json_builder_add_int_value (json, rows * low + (gint64) ((bits >> 30) % 1000));
  else if (term->measure == MEASURE_SUM)
    json_builder_add_double_value (json, (double) rows * (double) low + (double) (bits >> 60) / 4);
  else if (whole)
    json_builder_add_int_value (json, value);
  else if (text)
    words = g_strdup_printf ("%c-%05" G_GINT64_FORMAT, (char) ('A' + value % 26), value % 100000);
  else if (g_str_equal (column->type, "DATETIME"))
    words = g_strdup_printf ("20%02d-%02d-%02dT%02d:00:00",
                             (int) (20 + value % 6),
                             (int) (1 + value % 12),
                             (int) (1 + value % 28),
                             (int) (value % 24));
  else
    json_builder_add_double_value (json, (double) value + 0.25);
  if (words != NULL)
    json_builder_add_string_value (json, words);
}

static const PracticeColumn *
find_column (GPtrArray *columns, const char *name, guint *number)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const PracticeColumn *column = columns->pdata[i];

      *number = i;
      if (g_str_equal (column->name, name))
        return column;
    }
  return NULL;
}

static gboolean
has_numbers (const PracticeColumn *column)
{
  return !g_str_equal (column->type, "STRING") && !g_str_equal (column->type, "DATETIME");
}

/* Returns: (transfer full) (nullable): why the query cannot be carried out */
static char *
check (GPtrArray *terms, GPtrArray *columns)
{
  for (guint i = 0; terms != NULL && i < terms->len; i++)
    {
      const Term *term = terms->pdata[i];
      const PracticeColumn *column;
      guint number;

      if (term->column == NULL)
        continue;
      column = find_column (columns, term->column, &number);
      if (column == NULL)
        return g_strdup_printf ("Column '%s' does not exist", term->column);
      if (term->measure == MEASURE_SUM && !has_numbers (column))
        return g_strdup_printf ("Column '%s' has no numbers", term->column);
    }
  return terms == NULL ? g_strdup ("The SQL statement cannot be read") : NULL;
}

static void
add_values (PracticeWorld *world,
            JsonBuilder *json,
            GPtrArray *terms,
            GPtrArray *columns,
            gint64 pos,
            gboolean titled)
{
  gboolean moved = practice_data_moved (world, pos);
  PracticeCopy copy = practice_data_copy (world->seed, pos);
  gboolean staging =
    moved && (copy == PRACTICE_COPY_FEWER_ROWS || copy == PRACTICE_COPY_OTHER_VALUES);
  gint64 rows = practice_data_rows (world->seed, pos, moved);

  for (guint i = 0; i < terms->len; i++)
    {
      const Term *term = terms->pdata[i];
      guint number = 0;

      if (titled)
        json_builder_set_member_name (json, term->title);
      if (term->column == NULL)
        json_builder_add_int_value (json, rows);
      else
        {
          const PracticeColumn *column = find_column (columns, term->column, &number);

          measure (json,
                   term,
                   column,
                   practice_random (world->seed ^ (staging ? 0x57a9 : 0),
                                    column->name,
                                    (guint64) pos),
                   rows);
        }
    }
}

void
practice_query_execute (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  const char *sql = json_object_get_string_member (practice_request_object (q), "sql");
  g_autoptr (GPtrArray) terms = parse (sql);
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *message = NULL;
  gint64 pos =
    practice_db_int (c->world->db, 0, "SELECT pos FROM dataset WHERE id = ?", "s", q->args[0]);

  if (pos == 0)
    {
      practice_error_reply (c, q, r, 404, "Datasource not found");
      return;
    }
  columns = practice_data_columns (c->world, pos);
  message = check (terms, columns);
  if (message != NULL)
    {
      practice_error_reply (c, q, r, 400, message);
      return;
    }
  if (c->dialect == PRACTICE_DIALECT_DOCUMENTED)
    {
      json_builder_begin_array (json);
      json_builder_begin_object (json);
      add_values (c->world, json, terms, columns, pos, TRUE);
      json_builder_end_object (json);
      json_builder_end_array (json);
    }
  else
    {
      json_builder_begin_object (json);
      json_builder_set_member_name (json, "datasource");
      json_builder_add_string_value (json, q->args[0]);
      json_builder_set_member_name (json, "columns");
      json_builder_begin_array (json);
      for (guint i = 0; i < terms->len; i++)
        json_builder_add_string_value (json, ((const Term *) terms->pdata[i])->title);
      json_builder_end_array (json);
      json_builder_set_member_name (json, "rows");
      json_builder_begin_array (json);
      json_builder_begin_array (json);
      add_values (c->world, json, terms, columns, pos, FALSE);
      json_builder_end_array (json);
      json_builder_end_array (json);
      json_builder_set_member_name (json, "numRows");
      json_builder_add_int_value (json, 1);
      json_builder_set_member_name (json, "numColumns");
      json_builder_add_int_value (json, terms->len);
      json_builder_end_object (json);
    }
  root = json_builder_get_root (json);
  practice_reply_json (r, 200, json_to_string (root, FALSE));
}
