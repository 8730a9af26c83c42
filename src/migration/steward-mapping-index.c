/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-mapping-index.h"

#include <string.h>

#include "migration/steward-mapping.h"

/* The spellings of one text, by how often each is used. */
typedef struct
{
  GHashTable *counts;           /* spelling → number */
  const char *most;             /* nullable: the one that is used most, if no other is used as often; borrowed */
} Spellings;

struct _StewardMappingIndex
{
  GHashTable *groups;           /* folded text, with what it belongs to → Spellings */
  GHashTable *tables;           /* whole reference → number */
};

static void
spellings_free (gpointer data)
{
  Spellings *self = data;

  g_hash_table_unref (self->counts);
  g_free (self);
}

/**
 * steward_mapping_index_new:
 *
 * Returns: (transfer full): an index without rows
 */
StewardMappingIndex *
steward_mapping_index_new (void)
{
  StewardMappingIndex *self = g_new0 (StewardMappingIndex, 1);

  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, spellings_free);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * steward_mapping_index_free:
 * @self: an index
 */
void
steward_mapping_index_free (StewardMappingIndex *self)
{
  g_hash_table_unref (self->groups);
  g_hash_table_unref (self->tables);
  g_free (self);
}

/* Catalogs are compared with all catalogs, schemas with all schemas, but tables within their schema: tables of two
 * schemas have nothing to do with each other. */
static char *
make_group_key (char *const *cells,
                guint        part)
{
  g_autofree char *folded = g_utf8_casefold (cells[part], -1);
  g_autofree char *catalog = NULL;
  g_autofree char *schema = NULL;

  if (part != STEWARD_MAPPING_TABLE)
    return g_strdup_printf ("%u\n%s", part, folded);

  catalog = g_utf8_casefold (cells[STEWARD_MAPPING_CATALOG] != NULL ? cells[STEWARD_MAPPING_CATALOG] : "", -1);
  schema = g_utf8_casefold (cells[STEWARD_MAPPING_SCHEMA] != NULL ? cells[STEWARD_MAPPING_SCHEMA] : "", -1);

  return g_strdup_printf ("%u\n%s\n%s\n%s", part, folded, schema, catalog);
}

/* (nullable): the whole reference, NULL if a part of it is missing. */
static char *
make_table_key (char *const *cells)
{
  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      if (cells[part] == NULL)
        return NULL;
    }

  return g_strjoin ("\n", cells[0], cells[1], cells[2], NULL);
}

static void
change_count (GHashTable *counts,
              const char *key,
              int         by)
{
  const int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, key)) + by;

  if (n > 0)
    g_hash_table_replace (counts, g_strdup (key), GINT_TO_POINTER (n));
  else
    g_hash_table_remove (counts, key);
}

static void
find_most (Spellings *self)
{
  GHashTableIter iter;
  gpointer spelling, number;
  int best = 0;

  self->most = NULL;
  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &spelling, &number))
    {
      const int n = GPOINTER_TO_INT (number);

      if (n > best)
        self->most = spelling;
      else if (n == best)
        self->most = NULL;
      best = MAX (best, n);
    }
}

static void
change_group (StewardMappingIndex *self,
              char *const         *cells,
              guint                part,
              int                  by)
{
  g_autofree char *key = make_group_key (cells, part);
  Spellings *spellings = g_hash_table_lookup (self->groups, key);

  if (spellings == NULL)
    {
      spellings = g_new0 (Spellings, 1);
      spellings->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->groups, g_strdup (key), spellings);
    }

  change_count (spellings->counts, cells[part], by);
  if (g_hash_table_size (spellings->counts) == 0)
    g_hash_table_remove (self->groups, key);
  else
    find_most (spellings);
}

static void
change (StewardMappingIndex *self,
        char *const         *cells,
        int                  by)
{
  g_autofree char *table = make_table_key (cells);

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      if (cells[part] != NULL)
        change_group (self, cells, part, by);
    }
  if (table != NULL)
    change_count (self->tables, table, by);
}

/**
 * steward_mapping_index_add:
 * @self: an index
 * @cells: (array fixed-size=3): the cells of a row
 */
void
steward_mapping_index_add (StewardMappingIndex *self,
                           char *const         *cells)
{
  change (self, cells, 1);
}

/**
 * steward_mapping_index_remove:
 * @self: an index
 * @cells: (array fixed-size=3): the cells of a row that was added
 */
void
steward_mapping_index_remove (StewardMappingIndex *self,
                              char *const         *cells)
{
  change (self, cells, -1);
}

/**
 * steward_mapping_index_is_odd:
 * @self: an index
 * @cells: (array fixed-size=3): the cells of a row that was added
 * @part: one of them
 *
 * Where two spellings are used equally often either may be the right one, so both are odd.
 *
 * Returns: whether another spelling of the same letters is used more, or as often
 */
gboolean
steward_mapping_index_is_odd (StewardMappingIndex *self,
                              char *const         *cells,
                              guint                part)
{
  g_autofree char *key = NULL;
  Spellings *spellings;

  if (cells[part] == NULL)
    return FALSE;

  key = make_group_key (cells, part);
  spellings = g_hash_table_lookup (self->groups, key);

  return spellings != NULL && g_hash_table_size (spellings->counts) > 1 &&
         g_strcmp0 (spellings->most, cells[part]) != 0;
}

/**
 * steward_mapping_index_is_duplicate:
 * @self: an index
 * @cells: (array fixed-size=3): the cells of a row that was added
 *
 * Returns: whether another row names the same table
 */
gboolean
steward_mapping_index_is_duplicate (StewardMappingIndex *self,
                                    char *const         *cells)
{
  g_autofree char *key = make_table_key (cells);

  return key != NULL && GPOINTER_TO_INT (g_hash_table_lookup (self->tables, key)) > 1;
}
