/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-list-batch.h"

#include <glib/gi18n-lib.h>

#include "domo/domo-error.h"
#include "domo/domo-json.h"
#include "domo/domo-record-private.h"

/* Begins a batch whose first element is the list's element number @first. */
DomoListBatch *
domo_list_batch_new (guint64 first)
{
  DomoListBatch *self = g_new0 (DomoListBatch, 1);

  self->text = g_string_sized_new (DOMO_LIST_BATCH_ELEMENTS * 512);
  self->ends = g_array_sized_new (FALSE, FALSE, sizeof (gsize), DOMO_LIST_BATCH_ELEMENTS);
  self->first = first;
  g_string_append_c (self->text, '[');

  return self;
}

/* A batch for the members beside a list, given without the braces around them. */
DomoListBatch *
domo_list_batch_new_siblings (const char *text,
                              gsize length)
{
  DomoListBatch *self = g_new0 (DomoListBatch, 1);

  self->text = g_string_sized_new (length + 3);
  g_string_append_c (self->text, '{');
  g_string_append_len (self->text, text, length);
  g_string_append_c (self->text, '}');

  return self;
}

void
domo_list_batch_free (DomoListBatch *self)
{
  if (self == NULL)
    return;

  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->ends, g_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_error (&self->error);
  g_free (self);
}

void
domo_list_batch_add (DomoListBatch *self,
                     const char *element,
                     gsize length)
{
  if (self->ends->len > 0)
    g_string_append_c (self->text, ',');
  g_string_append_len (self->text, element, length);
  g_array_append_val (self->ends, self->text->len);
}

gboolean
domo_list_batch_is_full (DomoListBatch *self)
{
  return self->ends->len >= DOMO_LIST_BATCH_ELEMENTS || self->text->len >= DOMO_LIST_BATCH_BYTES;
}

/* "dataSources[3].name: expected a string" */
static GError *
element_error (DomoListBatch *self,
               const char *member,
               guint index,
               const char *place,
               const char *problem)
{
  g_autofree char *path = g_strdup_printf ("%s[%" G_GUINT64_FORMAT "]", member, self->first + index);

  return domo_record_error (path, place, problem);
}

static gboolean
decode_element (DomoListBatch *self,
                DomoRecordClass *klass,
                const char *member,
                guint index,
                JsonNode *node,
                DomoRecordCache *cache)
{
  g_autofree char *place = NULL;
  const char *problem = NULL;
  DomoRecord *record = domo_record_decode_element (klass, node, cache, &place, &problem);

  if (record == NULL)
    {
      self->error = element_error (self, member, index, place, problem);
      return FALSE;
    }

  g_ptr_array_add (self->records, record);

  return TRUE;
}

/* One element of the batch is not JSON: which one, and what stands before it? */
static void
decode_one_by_one (DomoListBatch *self,
                   DomoRecordClass *klass,
                   const char *member,
                   DomoRecordCache *cache)
{
  gsize start = 1;

  for (guint i = 0; i < self->ends->len; i++)
    {
      gsize end = g_array_index (self->ends, gsize, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = domo_json_parse (self->text->str + start, end - start, &error);

      if (node == NULL)
        {
          self->error = domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, "%s[%" G_GUINT64_FORMAT "]: %s",
                                        member, self->first + i, error->message);
          return;
        }
      if (!decode_element (self, klass, member, i, node, cache))
        return;
      start = end + 1;
    }
}

static void
decode_records (DomoListBatch *self,
                DomoRecordClass *klass,
                const char *member)
{
  g_autoptr (JsonNode) root = NULL;
  DomoRecordCache cache = { { NULL } };
  JsonArray *array;

  self->records = g_ptr_array_new_full (self->ends->len, g_object_unref);

  /* Many elements are read as one small document, which is quicker than many documents and needs no more
   * memory to speak of. */
  g_string_append_c (self->text, ']');
  root = domo_json_parse (self->text->str, self->text->len, NULL);
  array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (array == NULL || json_array_get_length (array) != self->ends->len)
    {
      decode_one_by_one (self, klass, member, &cache);
      return;
    }

  for (guint i = 0; i < self->ends->len; i++)
    {
      if (!decode_element (self, klass, member, i, json_array_get_element (array, i), &cache))
        return;
    }
}

/* Turns the text into records, in a worker. @member is the name of the list in the reply, or "". */
void
domo_list_batch_decode (DomoListBatch *self,
                        DomoRecordClass *klass,
                        const char *member)
{
  if (self->ends != NULL)
    decode_records (self, klass, member);
  else
    self->node = domo_json_parse (self->text->str, self->text->len, &self->error);

  g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->ends, g_array_unref);
}
