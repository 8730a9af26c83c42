/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-index.h"

#include "ui/list/steward-text-fold.h"

#include <math.h>
#include <string.h>

/* Strings live in blocks: a malloc a string would cost more than the strings. */
#define BLOCK_SIZE (64 * 1024)
#define CHECK_EVERY 1024
#define MOST_UNSORTED 256

/* What one column sorts by. A row's entry is made when the column is first sorted by. */
typedef struct
{
  guint n;           /* slots that have an entry */
  char **texts;      /* collation keys, in the blocks; NULL: comes last */
  double *numbers;   /* NaN: comes last */
} Keys;

/**
 * StewardListIndex:
 *
 * The worker's side of a list: its own references to the rows, the keys to sort and the folded texts to
 * search, each computed once a row, and the last sorted order. It is used by one thread at a time and shares
 * nothing with the main thread but the rows, which do not change.
 */
struct _StewardListIndex
{
  const StewardListColumn *columns;
  guint n_columns;

  GPtrArray *rows;
  Keys *keys;           /* one a column */
  char **folded;        /* texts to search, in the blocks */
  guint n_folded;
  guint capacity;       /* of the arrays above that exist */

  GSList *blocks;
  char *block;
  gsize block_left;

  /* The order of all rows by the last column, the empty slots included. */
  guint32 *sorted;
  guint n_sorted;
  int sorted_column;
  gboolean sorted_descending;
};

/* One row in a sort: most comparisons are decided by the prefix, without touching the key. */
typedef struct
{
  guint64 prefix;
  guint32 slot;
  guint32 last;     /* 1: has nothing to sort by */
} Item;

typedef struct
{
  const Keys *keys;
  gboolean descending;
} Comparison;

static char *
keep (StewardListIndex *self,
      const char *text)
{
  gsize size = strlen (text) + 1;
  char *kept;

  if (size > BLOCK_SIZE / 4)
    {
      kept = g_memdup2 (text, size);
      self->blocks = g_slist_prepend (self->blocks, kept);
      return kept;
    }

  if (size > self->block_left)
    {
      self->block = g_malloc (BLOCK_SIZE);
      self->block_left = BLOCK_SIZE;
      self->blocks = g_slist_prepend (self->blocks, self->block);
    }

  kept = memcpy (self->block, text, size);
  self->block += size;
  self->block_left -= size;

  return kept;
}

static void
grow (StewardListIndex *self)
{
  guint capacity = MAX (self->capacity, 1024);

  if (self->rows->len <= self->capacity)
    return;

  while (capacity < self->rows->len)
    capacity += capacity / 2;
  self->capacity = capacity;

  if (self->folded != NULL)
    self->folded = g_renew (char *, self->folded, capacity);
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->keys[i].texts != NULL)
        self->keys[i].texts = g_renew (char *, self->keys[i].texts, capacity);
      if (self->keys[i].numbers != NULL)
        self->keys[i].numbers = g_renew (double, self->keys[i].numbers, capacity);
    }
}

static char *
make_folded (StewardListIndex *self,
             gpointer row)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      const StewardListColumn *column = &self->columns[i];

      if (column->flags & STEWARD_LIST_COLUMN_SEARCH)
        {
          g_autofree char *text = column->text (row, column);
          g_autofree char *folded = steward_text_fold (text);

          /* A word never runs over from one column into the next. */
          g_string_append (all, folded);
          g_string_append_c (all, '\n');
        }
    }

  return keep (self, all->str);
}

static void
make_key (StewardListIndex *self,
          guint column_index,
          guint slot)
{
  const StewardListColumn *column = &self->columns[column_index];
  gpointer row = g_ptr_array_index (self->rows, slot);
  Keys *keys = &self->keys[column_index];

  if (column->sort_number != NULL)
    {
      keys->numbers[slot] = row != NULL ? column->sort_number (row, column) : (double) NAN;
    }
  else
    {
      g_autofree char *text = row != NULL ? column->sort_text (row, column) : NULL;

      keys->texts[slot] = NULL;
      if (text != NULL && *text != '\0')
        {
          g_autofree char *valid = g_utf8_make_valid (text, -1);
          g_autofree char *lower = g_utf8_casefold (valid, -1);
          g_autofree char *key = g_utf8_collate_key (lower, -1);

          keys->texts[slot] = keep (self, key);
        }
    }
}

static gboolean
ensure_keys (StewardListIndex *self,
             guint column_index,
             GCancellable *cancellable)
{
  Keys *keys = &self->keys[column_index];

  if (self->columns[column_index].sort_number != NULL)
    {
      if (keys->numbers == NULL)
        keys->numbers = g_new (double, self->capacity);
    }
  else if (keys->texts == NULL)
    {
      keys->texts = g_new (char *, self->capacity);
    }

  for (; keys->n < self->rows->len; keys->n++)
    {
      if (keys->n % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      make_key (self, column_index, keys->n);
    }

  return TRUE;
}

static gboolean
ensure_folded (StewardListIndex *self,
               GCancellable *cancellable)
{
  if (self->folded == NULL)
    self->folded = g_new (char *, self->capacity);

  for (; self->n_folded < self->rows->len; self->n_folded++)
    {
      gpointer row = g_ptr_array_index (self->rows, self->n_folded);

      if (self->n_folded % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      self->folded[self->n_folded] = row != NULL ? make_folded (self, row) : NULL;
    }

  return TRUE;
}

static void
forget_order (StewardListIndex *self)
{
  g_clear_pointer (&self->sorted, g_free);
  self->n_sorted = 0;
  self->sorted_column = -1;
}

/* A row whose content changed has its place in the order no longer. */
static void
unsort (StewardListIndex *self,
        guint slot)
{
  for (guint i = 0; i < self->n_sorted; i++)
    {
      if (self->sorted[i] == slot)
        {
          self->n_sorted--;
          memmove (&self->sorted[i], &self->sorted[i + 1], (self->n_sorted - i) * sizeof (guint32));
          return;
        }
    }
}

static void
apply (StewardListIndex *self,
       StewardListChange *change,
       GArray *unsorted)
{
  if (change->rows != NULL)
    {
      for (guint i = 0; i < change->rows->len; i++)
        g_ptr_array_add (self->rows, g_object_ref (g_ptr_array_index (change->rows, i)));
      grow (self);
      return;
    }

  g_return_if_fail (change->slot < self->rows->len);

  g_clear_object ((GObject **) &self->rows->pdata[change->slot]);
  self->rows->pdata[change->slot] = g_steal_pointer (&change->row);
  if (change->slot < self->n_folded)
    {
      gpointer row = self->rows->pdata[change->slot];

      self->folded[change->slot] = row != NULL ? make_folded (self, row) : NULL;
    }
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (change->slot < self->keys[i].n)
        make_key (self, i, change->slot);
    }
  /* Taking rows out one by one pays off for a few of them only. */
  if (unsorted->len >= MOST_UNSORTED)
    forget_order (self);
  else
    unsort (self, change->slot);
  g_array_append_val (unsorted, change->slot);
}

static guint64
text_prefix (const char *key)
{
  guint64 prefix = 0;
  guint i;

  for (i = 0; i < 8 && key[i] != '\0'; i++)
    prefix = prefix << 8 | (guchar) key[i];

  return i == 0 ? 0 : prefix << (8 * (8 - i));
}

/* Orders doubles as unsigned integers. */
static guint64
number_prefix (double number)
{
  guint64 bits;

  number += 0.0; /* -0.0 is no other number than 0.0 */
  memcpy (&bits, &number, sizeof bits);

  return bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
}

static Item
make_item (const Keys *keys,
           guint32 slot)
{
  Item item = { .slot = slot };

  if (keys->numbers != NULL)
    {
      item.last = isnan (keys->numbers[slot]) ? 1 : 0;
      item.prefix = item.last ? 0 : number_prefix (keys->numbers[slot]);
    }
  else
    {
      item.last = keys->texts[slot] == NULL ? 1 : 0;
      item.prefix = item.last ? 0 : text_prefix (keys->texts[slot]);
    }

  return item;
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer user_data)
{
  const Item *one = a;
  const Item *two = b;
  const Comparison *comparison = user_data;
  int order = 0;

  if (one->last != two->last)
    return one->last < two->last ? -1 : 1;

  if (one->prefix != two->prefix)
    order = one->prefix < two->prefix ? -1 : 1;
  else if (!one->last && comparison->keys->texts != NULL)
    order = strcmp (comparison->keys->texts[one->slot], comparison->keys->texts[two->slot]);

  if (order != 0)
    return comparison->descending ? -order : order;

  /* Equal rows stay as they came, whatever the direction. */
  return one->slot < two->slot ? -1 : one->slot > two->slot;
}

/* Merges the order so far with the few rows that are new in it. */
static void
merge (StewardListIndex *self,
       const Item *fresh,
       guint n_fresh,
       Comparison *comparison)
{
  guint32 *merged = g_new (guint32, (gsize) self->n_sorted + n_fresh);
  guint i = 0;
  guint j = 0;
  guint n = 0;

  while (i < self->n_sorted && j < n_fresh)
    {
      Item old = make_item (comparison->keys, self->sorted[i]);

      if (compare_items (&old, &fresh[j], comparison) <= 0)
        merged[n++] = self->sorted[i++];
      else
        merged[n++] = fresh[j++].slot;
    }
  while (i < self->n_sorted)
    merged[n++] = self->sorted[i++];
  while (j < n_fresh)
    merged[n++] = fresh[j++].slot;

  g_free (self->sorted);
  self->sorted = merged;
  self->n_sorted = n;
}

static gboolean
sort (StewardListIndex *self,
      guint n_before,
      GArray *unsorted,
      const StewardListQuery *query,
      GCancellable *cancellable)
{
  Comparison comparison;
  g_autofree Item *items = NULL;
  gboolean afresh;
  guint n = 0;

  if (query->sort_column < 0)
    {
      forget_order (self);
      return TRUE;
    }

  if (!ensure_keys (self, query->sort_column, cancellable))
    {
      /* What is new is lost with this call: the order has to be made from the start next time. */
      forget_order (self);
      return FALSE;
    }

  comparison.keys = &self->keys[query->sort_column];
  comparison.descending = query->descending;
  afresh = self->sorted_column != query->sort_column || self->sorted_descending != query->descending;
  if (afresh)
    forget_order (self);
  else if (self->n_sorted == self->rows->len)
    return TRUE;

  items = g_new (Item, self->rows->len - self->n_sorted);
  if (afresh)
    {
      for (guint slot = 0; slot < self->rows->len; slot++)
        items[n++] = make_item (comparison.keys, slot);
    }
  else
    {
      for (guint i = 0; i < unsorted->len; i++)
        items[n++] = make_item (comparison.keys, g_array_index (unsorted, guint, i));
      for (guint slot = n_before; slot < self->rows->len; slot++)
        items[n++] = make_item (comparison.keys, slot);
    }

  g_qsort_with_data (items, (int) n, sizeof (Item), compare_items, &comparison);
  merge (self, items, n, &comparison);
  self->sorted_column = query->sort_column;
  self->sorted_descending = query->descending;

  return TRUE;
}

static gboolean
is_shown (StewardListIndex *self,
          const StewardListQuery *query,
          guint slot)
{
  gpointer row = g_ptr_array_index (self->rows, slot);

  return row != NULL &&
         (query->terms == NULL || query->terms[0] == NULL ||
          steward_text_matches (self->folded[slot], (const char *const *) query->terms)) &&
         (query->filter == NULL || query->filter->func (row, query->filter->user_data));
}

static void
unref_row (gpointer row)
{
  if (row != NULL)
    g_object_unref (row);
}

/**
 * steward_list_index_new:
 * @columns: the columns, which outlive the index
 * @n_columns: how many
 *
 * Returns: (transfer full): an index of no rows
 */
StewardListIndex *
steward_list_index_new (const StewardListColumn *columns,
                        guint n_columns)
{
  StewardListIndex *self = g_new0 (StewardListIndex, 1);

  self->columns = columns;
  self->n_columns = n_columns;
  self->rows = g_ptr_array_new_with_free_func (unref_row);
  self->keys = g_new0 (Keys, n_columns);
  self->sorted_column = -1;

  return self;
}

/**
 * steward_list_index_free:
 * @self: (transfer full): an index
 *
 * Frees @self, in any thread.
 */
void
steward_list_index_free (StewardListIndex *self)
{
  forget_order (self);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_free (self->keys[i].texts);
      g_free (self->keys[i].numbers);
    }
  g_free (self->keys);
  g_free (self->folded);
  g_slist_free_full (self->blocks, g_free);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * steward_list_index_run:
 * @self: an index
 * @changes: (element-type StewardListChange): what happened to the rows since the last call; all of it is
 *   taken in, also when the call is cancelled
 * @query: what to show
 * @cancellable: (nullable): to give up early
 *
 * Filters and sorts. Rows that sort the same stay as they came, those with nothing to sort by come
 * last.
 *
 * Returns: (transfer full) (nullable): the slots to show, to be freed with g_free(); %NULL when cancelled
 */
StewardListOrder *
steward_list_index_run (StewardListIndex *self,
                        GPtrArray *changes,
                        const StewardListQuery *query,
                        GCancellable *cancellable)
{
  g_autoptr (GArray) unsorted = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree StewardListOrder *order = NULL;
  guint n_before = self->rows->len;

  for (guint i = 0; i < changes->len; i++)
    apply (self, g_ptr_array_index (changes, i), unsorted);

  /* A row that came and changed in one go is new once only. */
  for (guint i = self->sorted != NULL ? unsorted->len : 0; i > 0; i--)
    {
      guint slot = g_array_index (unsorted, guint, i - 1);
      gboolean again = slot >= n_before;

      for (guint j = 0; j < i - 1 && !again; j++)
        again = g_array_index (unsorted, guint, j) == slot;
      if (again)
        g_array_remove_index_fast (unsorted, i - 1);
    }

  if (!sort (self, n_before, unsorted, query, cancellable))
    return NULL;
  if (query->terms != NULL && query->terms[0] != NULL && !ensure_folded (self, cancellable))
    return NULL;

  order = g_malloc (sizeof (StewardListOrder) + sizeof (guint32) * (gsize) self->rows->len);
  order->n = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint slot = self->sorted != NULL ? self->sorted[i] : i;

      if (i % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (is_shown (self, query, slot))
        order->slots[order->n++] = slot;
    }

  return g_steal_pointer (&order);
}
