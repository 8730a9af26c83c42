/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-operation.h"

#include <string.h>

/* The one place of the program that spells a path: every documented operation in the order of the
 * documents' areas, the observed ones behind the last of their area.
 *
 * Effect is by meaning, not by method. What takes something away, puts something else in its place
 * that cannot be had back, or writes to many people at once, destroys. What leaves the instance as it
 * was reads, and may be tried again. */
static const DomoOperation operations[] = {
#include "domo/domo-operation-rows-a-to-d.inc"

#include "domo/domo-operation-rows-e-to-r.inc"

#include "domo/domo-operation-rows-s-to-z.inc"
};

/**
 * domo_operation_get_all:
 * @n_operations: (out): how many there are
 *
 * The whole table.
 *
 * Returns: (array length=n_operations) (transfer none): the first row
 */
const DomoOperation *
domo_operation_get_all (gsize *n_operations)
{
  g_return_val_if_fail (n_operations != NULL, NULL);

  *n_operations = G_N_ELEMENTS (operations);

  return operations;
}

/**
 * domo_operation_find:
 * @id: the operation's stable name
 *
 * Returns: (transfer none) (nullable): the row, or %NULL if there is none of that name
 */
const DomoOperation *
domo_operation_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (strcmp (operations[i].id, id) == 0)
        return &operations[i];
    }

  return NULL;
}

/**
 * domo_operation_accepts_status:
 * @self: a row of the table
 * @status: an HTTP status
 *
 * Returns: whether @status means that the operation was done
 */
gboolean
domo_operation_accepts_status (const DomoOperation *self,
                               guint status)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (self->statuses) && self->statuses[i] != 0; i++)
    {
      if (self->statuses[i] == status)
        return TRUE;
    }

  return FALSE;
}

/* Where @name stands in the comma-separated list, NULL if it does not. */
static const char *
find_query (const DomoOperation *self,
            const char *name)
{
  gsize length = strlen (name);
  const char *at = self->query;

  while (*at != '\0')
    {
      gsize word = strcspn (at, ",");
      gsize bare = word > 0 && at[word - 1] == '!' ? word - 1 : word;

      if (bare == length && strncmp (at, name, length) == 0)
        return at;

      at += word;
      if (*at == ',')
        at++;
    }

  return NULL;
}

/**
 * domo_operation_has_query:
 * @self: a row of the table
 * @name: name of a query parameter
 *
 * Returns: whether the operation takes that parameter
 */
gboolean
domo_operation_has_query (const DomoOperation *self,
                          const char *name)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  return find_query (self, name) != NULL;
}

/**
 * domo_operation_requires_query:
 * @self: a row of the table
 * @name: name of a query parameter
 *
 * Returns: whether the operation cannot be called without that parameter
 */
gboolean
domo_operation_requires_query (const DomoOperation *self,
                               const char *name)
{
  const char *at;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  at = find_query (self, name);

  return at != NULL && at[strlen (name)] == '!';
}

/**
 * domo_operation_count_arguments:
 * @self: a row of the table
 *
 * Returns: how many path arguments the template has
 */
guint
domo_operation_count_arguments (const DomoOperation *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (const char *at = self->path; (at = strchr (at, '{')) != NULL; at++)
    n++;

  return n;
}
