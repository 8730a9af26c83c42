/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-faults.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/stat.h>

struct _PracticeFaults
{
  char *file;
  struct stat seen; /* of the file as it was read last; st_ino 0: there was none */
  GPtrArray *rules; /* (element-type PracticeFault) */
  GRand *random;
};

static gboolean
same (const struct stat *a, const struct stat *b)
{
  return a->st_ino == b->st_ino && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static gboolean
load (PracticeFaults *self, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = g_canonicalize_filename (self->file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) rules =
    g_ptr_array_new_with_free_func ((GDestroyNotify) practice_fault_unref);
  JsonNode *root;
  JsonArray *array;

  if (!json_parser_load_from_file (parser, self->file, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not an array", self->file);
      return FALSE;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      PracticeFault *rule;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Rule %u is not an object", i);
          return FALSE;
        }
      rule = practice_fault_new (json_node_get_object (element), folder, error);
      if (rule == NULL)
        return FALSE;
      g_ptr_array_add (rules, rule);
    }
  g_ptr_array_unref (self->rules);
  self->rules = g_steal_pointer (&rules);
  return TRUE;
}

static gboolean
refresh (PracticeFaults *self, GError **error)
{
  struct stat now = { 0 };

  if (self->file == NULL)
    return TRUE;
  if (stat (self->file, &now) != 0)
    now = (struct stat){ 0 };
  if (same (&now, &self->seen))
    return TRUE;
  self->seen = now;
  if (now.st_ino == 0)
    {
      g_ptr_array_set_size (self->rules, 0);
      return TRUE;
    }
  return load (self, error);
}

PracticeFaults *
practice_faults_new (const char *file, guint64 seed, GError **error)
{
  g_autoptr (PracticeFaults) self = g_new0 (PracticeFaults, 1);

  self->file = g_strdup (file);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_fault_unref);
  self->random = g_rand_new_with_seed ((guint32) seed);
  if (!refresh (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
practice_faults_free (PracticeFaults *self)
{
  g_free (self->file);
  g_ptr_array_unref (self->rules);
  g_rand_free (self->random);
  g_free (self);
}

PracticeFault *
practice_faults_pick (PracticeFaults *self,
                      PracticeRequest *request,
                      const char *operation,
                      gboolean reused)
{
  g_autoptr (GError) error = NULL;

  if (!refresh (self, &error))
    g_printerr ("steward-practice: the fault file was not taken: %s\n", error->message);
  for (guint i = 0; i < self->rules->len; i++)
    {
      PracticeFault *rule = g_ptr_array_index (self->rules, i);

      if (practice_fault_fires (rule, request, operation, reused, g_rand_double (self->random)))
        return practice_fault_ref (rule);
    }
  return NULL;
}
