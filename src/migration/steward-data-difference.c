/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-data-difference.h"

#include <glib/gi18n-lib.h>

/* So many columns are named; the others are counted. */
#define MOST_NAMES 5

/* The identifiers are in journals: they never change. */
static const struct
{
  const char *id;
  const char *name;
} verdicts[STEWARD_N_DATA_VERDICTS] = {
  [STEWARD_DATA_NOT_COMPARED] = { "not-compared", "–" },
  [STEWARD_DATA_NOT_KNOWN] = { "not-known", N_("Not known") },
  [STEWARD_DATA_SAME_COLUMNS] = { "same-columns", N_("Same columns") },
  [STEWARD_DATA_SAME_COUNT] = { "same-count", N_("Same row count") },
  [STEWARD_DATA_SAME] = { "same", N_("Same") },
  [STEWARD_DATA_DIFFERENT] = { "different", N_("Different") },
  [STEWARD_DATA_ACCEPTED] = { "accepted", N_("Resolved") },
};

static const char *const compare_ids[] = { NULL, "counts", "values" };

/**
 * steward_data_compare_to_id:
 * @compare: what to look at
 *
 * Returns: (transfer none) (nullable): the name that plans keep, %NULL for nothing
 */
const char *
steward_data_compare_to_id (StewardDataCompare compare)
{
  g_return_val_if_fail ((guint) compare < G_N_ELEMENTS (compare_ids), NULL);

  return compare_ids[compare];
}

/**
 * steward_data_compare_from_id:
 * @id: (nullable): a name of steward_data_compare_to_id()
 * @compare: (out): what to look at
 *
 * Returns: whether @id is such a name; @compare is unchanged if not
 */
gboolean
steward_data_compare_from_id (const char         *id,
                              StewardDataCompare *compare)
{
  for (guint i = 0; i < G_N_ELEMENTS (compare_ids); i++)
    if (g_strcmp0 (compare_ids[i], id) == 0)
      {
        *compare = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * steward_data_verdict_to_id:
 * @verdict: a verdict
 *
 * Returns: (transfer none): the name that journal and reports keep
 */
const char *
steward_data_verdict_to_id (StewardDataVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < STEWARD_N_DATA_VERDICTS, NULL);

  return verdicts[verdict].id;
}

/**
 * steward_data_verdict_from_id:
 * @id: (nullable): a name of steward_data_verdict_to_id()
 *
 * Returns: the verdict; without a name nothing was compared, and what a newer Steward wrote is not known
 */
StewardDataVerdict
steward_data_verdict_from_id (const char *id)
{
  if (id == NULL)
    return STEWARD_DATA_NOT_COMPARED;

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_strcmp0 (verdicts[i].id, id) == 0)
      return i;

  return STEWARD_DATA_NOT_KNOWN;
}

/**
 * steward_data_verdict_get_name:
 * @verdict: a verdict
 *
 * Returns: (transfer none): a word or two for people
 */
const char *
steward_data_verdict_get_name (StewardDataVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < STEWARD_N_DATA_VERDICTS, NULL);

  return _(verdicts[verdict].name);
}

static void
add_part (GString *words,
          char    *part)
{
  /* Translators: between two differences */
  g_string_append_printf (words, "%s%s", words->len > 0 ? _("; ") : "", part);
  g_free (part);
}

static void
add_name (GString    *names,
          guint      *n,
          const char *name)
{
  if (++*n <= MOST_NAMES)
    /* Translators: between two names of columns, then one name */
    g_string_append_printf (names, "%s“%s”", *n > 1 ? _(", ") : "", name);
}

static char *
finish_names (GString *names,
              guint    n)
{
  if (n > MOST_NAMES)
    {
      g_string_append_c (names, ' ');
      g_string_append_printf (names, ngettext ("and %'u more", "and %'u more", n - MOST_NAMES), n - MOST_NAMES);
    }

  return g_string_free (names, FALSE);
}

/* The columns of one look that the other does not have. */
static char *
list_missing (StewardDataFacts *from,
              StewardDataFacts *in,
              guint            *n)
{
  GPtrArray *columns = steward_data_facts_get_columns (from);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const StewardDataColumn *column = columns->pdata[i];

      if (steward_data_facts_find (in, column->name) == NULL)
        add_name (names, n, column->name);
    }

  return finish_names (names, *n);
}

static void
compare_columns (StewardDataFacts *before,
                 StewardDataFacts *after,
                 GString          *words)
{
  GPtrArray *columns = steward_data_facts_get_columns (before);
  g_autofree char *gone = NULL;
  g_autofree char *added = NULL;
  guint n_gone = 0;
  guint n_added = 0;
  guint n_types = 0;

  gone = list_missing (before, after, &n_gone);
  added = list_missing (after, before, &n_added);
  if (n_gone > 0)
    add_part (words, g_strdup_printf (ngettext ("a column is gone: %s", "columns are gone: %s", n_gone), gone));
  if (n_added > 0)
    add_part (words, g_strdup_printf (ngettext ("a column is new: %s", "columns are new: %s", n_added), added));
  if (n_gone == 0 && n_added == 0 && columns->len != steward_data_facts_get_columns (after)->len)
    add_part (words, g_strdup_printf (_("%'u columns before, %'u now"), columns->len,
                                      steward_data_facts_get_columns (after)->len));

  for (guint i = 0; i < columns->len; i++)
    {
      const StewardDataColumn *one = columns->pdata[i];
      const StewardDataColumn *other = steward_data_facts_find (after, one->name);

      if (other == NULL || one->type == NULL || other->type == NULL || g_str_equal (one->type, other->type))
        continue;
      if (++n_types <= MOST_NAMES)
        /* Translators: name of a column, its type before, its type now */
        add_part (words, g_strdup_printf (_("the column “%s” was %s and is %s"), one->name, one->type, other->type));
    }
  if (n_types > MOST_NAMES)
    add_part (words, g_strdup_printf (ngettext ("%'u more column has another type", "%'u more columns have another type",
                                                n_types - MOST_NAMES), n_types - MOST_NAMES));
}

/* What was counted is compared with what was counted: what is listed may be old. Returns whether both are
 * known. */
static gboolean
compare_rows (StewardDataFacts *before,
              StewardDataFacts *after,
              GString          *words)
{
  gint64 one = steward_data_facts_get_counted (before);
  gint64 other = steward_data_facts_get_counted (after);

  if (one < 0 || other < 0)
    {
      one = steward_data_facts_get_rows (before);
      other = steward_data_facts_get_rows (after);
    }
  if (one < 0 || other < 0)
    return FALSE;

  if (one != other)
    {
      g_autofree char *then = g_strdup_printf ("%'" G_GINT64_FORMAT, one);
      g_autofree char *now = g_strdup_printf ("%'" G_GINT64_FORMAT, other);

      /* Translators: two numbers */
      add_part (words, g_strdup_printf (_("%s rows before, %s now"), then, now));
    }

  return TRUE;
}

static void
compare_cards (StewardDataFacts *before,
               StewardDataFacts *after,
               GString          *words)
{
  const gint64 one = steward_data_facts_get_cards (before);
  const gint64 other = steward_data_facts_get_cards (after);

  if (one >= 0 && other >= 0 && one != other)
    {
      g_autofree char *then = g_strdup_printf ("%'" G_GINT64_FORMAT, one);
      g_autofree char *now = g_strdup_printf ("%'" G_GINT64_FORMAT, other);

      /* Translators: two numbers */
      add_part (words, g_strdup_printf (_("%s cards before, %s now"), then, now));
    }
}

/* Returns whether all values that were asked for are known both times. */
static gboolean
compare_values (StewardDataFacts *before,
                StewardDataFacts *after,
                GString          *words)
{
  GPtrArray *columns = steward_data_facts_get_columns (before);
  g_autofree char *differ = NULL;
  GString *names = g_string_new (NULL);
  gboolean known = TRUE;
  guint n_compared = 0;
  guint n = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const StewardDataColumn *one = columns->pdata[i];
      const StewardDataColumn *other = steward_data_facts_find (after, one->name);

      if (other == NULL || (one->digest == NULL && other->digest == NULL))
        continue;
      if (one->digest == NULL || other->digest == NULL)
        {
          known = FALSE;
          continue;
        }
      n_compared++;
      if (!g_str_equal (one->digest, other->digest))
        add_name (names, &n, one->name);
    }

  differ = finish_names (names, n);
  if (n > 0)
    add_part (words, g_strdup_printf (ngettext ("other values in the column %s", "other values in the columns %s", n),
                                      differ));

  return known && n_compared > 0 && steward_data_facts_get_counted (before) >= 0 &&
         steward_data_facts_get_counted (after) >= 0;
}

static char *
explain_not_known (StewardDataFacts *before,
                   StewardDataFacts *after)
{
  const char *problem = before != NULL ? steward_data_facts_get_problem (before) : NULL;

  if (before == NULL)
    return g_strdup (_("Its data was not looked at before the move"));
  if (problem == NULL && after != NULL)
    problem = steward_data_facts_get_problem (after);
  if (problem == NULL)
    return g_strdup (_("Its columns could not be read"));

  /* Translators: %s is a sentence that says what went wrong */
  return g_strdup_printf (_("Its data could not be read: %s"), problem);
}

/**
 * steward_data_difference_find:
 * @before: (nullable): what was seen before the move
 * @after: (nullable): what was seen after it
 * @words: (out) (transfer full): what differs, or how far they were compared
 *
 * Compares two looks at a dataset. Columns may come in another order.
 *
 * Returns: the verdict
 */
StewardDataVerdict
steward_data_difference_find (StewardDataFacts  *before,
                              StewardDataFacts  *after,
                              char             **words)
{
  g_autoptr (GString) found = g_string_new (NULL);
  gboolean columns_known = FALSE;
  gboolean rows_known = FALSE;
  gboolean values_known = FALSE;

  g_return_val_if_fail (words != NULL, STEWARD_DATA_NOT_KNOWN);

  if (before != NULL && after != NULL)
    {
      columns_known = steward_data_facts_get_columns (before) != NULL && steward_data_facts_get_columns (after) != NULL;
      if (columns_known)
        compare_columns (before, after, found);
      rows_known = compare_rows (before, after, found);
      if (columns_known)
        values_known = compare_values (before, after, found);
      compare_cards (before, after, found);
    }

  if (found->len > 0)
    {
      *words = g_string_free (g_steal_pointer (&found), FALSE);
      return STEWARD_DATA_DIFFERENT;
    }
  if (!columns_known)
    {
      *words = explain_not_known (before, after);
      return STEWARD_DATA_NOT_KNOWN;
    }
  if (!rows_known)
    {
      *words = g_strdup (_("Same columns; rows not compared"));
      return STEWARD_DATA_SAME_COLUMNS;
    }
  if (!values_known)
    {
      *words = g_strdup (_("Same columns and row count; values not compared"));
      return STEWARD_DATA_SAME_COUNT;
    }

  *words = g_strdup (_("Same columns and row count, and the same values in a sample query"));
  return STEWARD_DATA_SAME;
}
