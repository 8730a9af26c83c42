/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "bench-figures.h"

#include <stdio.h>
#include <string.h>

struct _BenchFigures
{
  GHashTable *values;           /* name → GArray of double */
};

BenchFigures *
bench_figures_new (void)
{
  BenchFigures *self = g_new0 (BenchFigures, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  return self;
}

void
bench_figures_free (BenchFigures *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

void
bench_figures_add (BenchFigures *self,
                   const char *name,
                   double value)
{
  GArray *values = g_hash_table_lookup (self->values, name);

  if (values == NULL)
    {
      values = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (self->values, g_strdup (name), values);
    }
  g_array_append_val (values, value);
}

/* Takes what a process printed: "page.load.gap 12.3". */
void
bench_figures_take (BenchFigures *self,
                    const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *space = strchr (lines[i], ' ');

      if (space == NULL)
        continue;
      *space = '\0';
      bench_figures_add (self, lines[i], g_ascii_strtod (space + 1, NULL));
    }
}

static GArray *
get_values (BenchFigures *self,
            const char *name)
{
  GArray *values = g_hash_table_lookup (self->values, name);

  if (values == NULL)
    g_error ("Nothing was measured for %s", name);

  return values;
}

double
bench_figures_last (BenchFigures *self,
                    const char *name)
{
  GArray *values = get_values (self, name);

  return g_array_index (values, double, values->len - 1);
}

GapSummary
bench_figures_summary (BenchFigures *self,
                       const char *name)
{
  GArray *values = get_values (self, name);

  return gap_summarise ((const double *) (gpointer) values->data, values->len);
}

static const char *
judge (GapSummary wall,
       const GapSummary *at_rest,
       double limit)
{
  if (limit <= 0)
    return "";
  if (wall.median <= limit)
    return "held";
  if (at_rest != NULL && at_rest->median <= limit)
    return "at rest only";

  return "NOT HELD";
}

static void
print_row (const char *what,
           const char *unit,
           guint n_digits,
           GapSummary wall,
           const GapSummary *at_rest,
           const char *painting,
           const char *waiting,
           double limit)
{
  char rest[2][32] = { "", "" };
  char most[32] = "";

  if (at_rest != NULL)
    {
      g_snprintf (rest[0], sizeof rest[0], "%.*f", (int) n_digits, at_rest->median);
      g_snprintf (rest[1], sizeof rest[1], "%.*f", (int) n_digits, at_rest->worst);
    }
  if (limit > 0)
    g_snprintf (most, sizeof most, "%.*f", (int) n_digits, limit);
  printf ("| %-50s | %-4s | %8.*f | %8.*f | %8s | %8s | %8s | %8s | %7s | %-12s |\n", what, unit, (int) n_digits,
          wall.median, (int) n_digits, wall.worst, rest[0], rest[1], painting, waiting, most,
          judge (wall, at_rest, limit));
  fflush (stdout);
}

void
bench_table_row (const char *what,
                 const char *unit,
                 guint n_digits,
                 GapSummary wall,
                 const GapSummary *at_rest,
                 double limit)
{
  print_row (what, unit, n_digits, wall, at_rest, "", "", limit);
}

void
bench_table_gap_row (const char *what,
                     GapSummary wall,
                     const GapSummary *at_rest,
                     double painting,
                     double waiting,
                     double limit)
{
  char texts[2][32];

  g_snprintf (texts[0], sizeof texts[0], "%.1f", painting);
  g_snprintf (texts[1], sizeof texts[1], "%.1f", waiting);
  print_row (what, "ms", 1, wall, at_rest, texts[0], texts[1], limit);
}
