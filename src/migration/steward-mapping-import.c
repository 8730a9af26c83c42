/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-mapping-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "migration/steward-csv-reader.h"
#include "migration/steward-csv.h"
#include "migration/steward-mapping-private.h"

#define MAX_CELL 1024
#define BY_NAME_TWICE G_MAXUINT

/* The columns keep their names in every language. */
enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_CATALOG,
  COLUMN_SCHEMA,
  COLUMN_TABLE,
  N_COLUMNS,
};

static const char *const column_names[N_COLUMNS] = { "dataset_id", "name", "catalog", "schema", "table" };

struct _StewardMappingImport
{
  GObject parent_instance;

  GArray *rows;                 /* (element-type StewardMappingImportRow) */
  GArray *errors;               /* (element-type StewardMappingImportError) */
  guint n_blank;
  const char *encoding;
  char separator;
};

G_DEFINE_FINAL_TYPE (StewardMappingImport, steward_mapping_import, G_TYPE_OBJECT)

/* What the worker looks things up in. */
typedef struct
{
  GArray *keys;                 /* (element-type MappingKey) */
  GHashTable *by_id;            /* id → index + 1 */
  GHashTable *by_name;          /* name → index + 1, BY_NAME_TWICE */
  GHashTable *lines;            /* index + 1 → line of the file that filled it in */
  int columns[N_COLUMNS];       /* where each is, -1 if nowhere */
} Matcher;

static void
row_clear (gpointer data)
{
  StewardMappingImportRow *row = data;

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    steward_mapping_assign (&row->cells[part], NULL);
}

static void
error_clear (gpointer data)
{
  StewardMappingImportError *error = data;

  g_free (error->message);
}

static void
steward_mapping_import_finalize (GObject *object)
{
  StewardMappingImport *self = STEWARD_MAPPING_IMPORT (object);

  g_array_unref (self->rows);
  g_array_unref (self->errors);

  G_OBJECT_CLASS (steward_mapping_import_parent_class)->finalize (object);
}

static void
steward_mapping_import_class_init (StewardMappingImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_mapping_import_finalize;
}

static void
steward_mapping_import_init (StewardMappingImport *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (StewardMappingImportRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->errors = g_array_new (FALSE, TRUE, sizeof (StewardMappingImportError));
  g_array_set_clear_func (self->errors, error_clear);
}

/* --- matching ------------------------------------------------------------------------------------- */

static void
matcher_clear (Matcher *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->lines);
}

static void
matcher_init (Matcher *self,
              GArray  *keys)
{
  self->keys = keys;
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->lines = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < keys->len; i++)
    {
      MappingKey *key = &g_array_index (keys, MappingKey, i);
      guint value = i + 1;

      g_hash_table_insert (self->by_id, key->dataset_id, GUINT_TO_POINTER (value));
      if (key->name == NULL)
        continue;
      if (g_hash_table_contains (self->by_name, key->name))
        value = BY_NAME_TWICE;
      g_hash_table_insert (self->by_name, key->name, GUINT_TO_POINTER (value));
    }
}

static gboolean
is_column (const char *title,
           const char *name)
{
  g_autofree char *tidy = g_ascii_strdown (title, -1);

  g_strdelimit (g_strstrip (tidy), " -", '_');

  return g_str_equal (tidy, name);
}

static gboolean
find_columns (Matcher          *self,
              StewardCsvRecord *header,
              GError          **error)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      self->columns[column] = -1;
      for (int i = 0; header != NULL && header->cells[i] != NULL; i++)
        {
          if (self->columns[column] < 0 && is_column (header->cells[i], column_names[column]))
            self->columns[column] = i;
        }
    }

  if ((self->columns[COLUMN_ID] >= 0 || self->columns[COLUMN_NAME] >= 0) && self->columns[COLUMN_CATALOG] >= 0 &&
      self->columns[COLUMN_SCHEMA] >= 0 && self->columns[COLUMN_TABLE] >= 0)
    return TRUE;

  g_set_error_literal (error, STEWARD_CSV_ERROR, STEWARD_CSV_ERROR_COLUMNS,
                       _("The first row has to name the columns: dataset_id or name, and catalog, schema and table. "
                         "Export the list, fill in that file, and import it."));
  return FALSE;
}

/* (transfer full): a cell without the guard that keeps spreadsheets from computing it; "" where there is none. */
static char *
dup_cell (Matcher          *self,
          StewardCsvRecord *record,
          guint             column)
{
  const int at = self->columns[column];

  if (at < 0 || (guint) at >= g_strv_length (record->cells))
    return g_strdup ("");

  return steward_csv_unguard (record->cells[at]);
}

/* Returns the index + 1 of the dataset that is meant, 0 with a message if none is. */
static guint
match (Matcher     *self,
       const char  *id,
       const char  *name,
       gboolean    *by_name,
       char       **message)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));

  *by_name = FALSE;
  if (found != 0)
    return found;

  found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, name));
  *by_name = TRUE;
  if (found == BY_NAME_TWICE)
    {
      /* Translators: %s is the name of a dataset */
      *message = g_strdup_printf (_("More than one dataset is called “%s”: give its id."), name);
      return 0;
    }
  if (found == 0)
    /* Translators: %s is an id or a name */
    *message = g_strdup_printf (_("No dataset of the list is called “%s”."), *id != '\0' ? id : name);

  return found;
}

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (text)))
        return TRUE;
    }

  return FALSE;
}

/* (nullable) (transfer full): what is wrong with what is filled in. */
static char *
check_cells (char *const *cells)
{
  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      /* Translators: %s is catalog, schema or table, the name of a column in a file */
      if (cells[part][0] == '\0' && part == STEWARD_MAPPING_SCHEMA)
        return g_strdup (_("The schema is empty. Write NULL if the database has none."));
      if (cells[part][0] == '\0')
        return g_strdup_printf (_("The column %s is empty."), column_names[COLUMN_CATALOG + part]);
      if (has_control (cells[part]))
        return g_strdup_printf (_("The column %s has a line end or another invisible character."),
                                column_names[COLUMN_CATALOG + part]);
      if (strlen (cells[part]) > MAX_CELL)
        return g_strdup_printf (_("The column %s is too long for a name."), column_names[COLUMN_CATALOG + part]);
    }

  return NULL;
}

static void
refuse (StewardMappingImport *self,
        guint                 line,
        char                 *message)
{
  StewardMappingImportError error = { line, message };

  g_array_append_val (self->errors, error);
}

static void
take_cells (StewardMappingImport *self,
            MappingKey           *key,
            guint                 line,
            char *const          *cells,
            gboolean              by_name)
{
  StewardMappingImportRow row = { .line = line, .position = key->position, .by_name = by_name };

  for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    {
      row.cells[part] = steward_mapping_share (cells[part]);
      row.changes |= g_strcmp0 (row.cells[part], key->cells[part]) != 0;
    }
  g_array_append_val (self->rows, row);
}

static void
take_record (StewardMappingImport *self,
             Matcher              *matcher,
             StewardCsvRecord     *record)
{
  g_autofree char *id = dup_cell (matcher, record, COLUMN_ID);
  g_autofree char *name = dup_cell (matcher, record, COLUMN_NAME);
  g_autofree char *catalog = dup_cell (matcher, record, COLUMN_CATALOG);
  g_autofree char *schema = dup_cell (matcher, record, COLUMN_SCHEMA);
  g_autofree char *table = dup_cell (matcher, record, COLUMN_TABLE);
  char *const cells[STEWARD_MAPPING_N_PARTS] = { catalog, schema, table };
  g_autofree char *message = NULL;
  gboolean by_name;
  guint found;
  guint before;

  /* Nobody has got to it yet. */
  if (*catalog == '\0' && *schema == '\0' && *table == '\0')
    {
      self->n_blank++;
      return;
    }

  found = match (matcher, id, name, &by_name, &message);
  if (found == 0)
    {
      refuse (self, record->line, g_steal_pointer (&message));
      return;
    }

  before = GPOINTER_TO_UINT (g_hash_table_lookup (matcher->lines, GUINT_TO_POINTER (found)));
  message = before == 0 ? check_cells (cells)
                        /* Translators: %u is the number of a line */
                        : g_strdup_printf (_("Line %u is about the same dataset."), before);
  if (message != NULL)
    {
      refuse (self, record->line, g_steal_pointer (&message));
      return;
    }

  g_hash_table_insert (matcher->lines, GUINT_TO_POINTER (found), GUINT_TO_POINTER (record->line));
  take_cells (self, &g_array_index (matcher->keys, MappingKey, found - 1), record->line, cells, by_name);
}

static StewardMappingImport *
read_bytes (GArray  *keys,
            GBytes  *bytes,
            GError **error)
{
  g_autoptr (StewardMappingImport) self = NULL;
  g_autoptr (StewardCsvFile) file = NULL;
  Matcher matcher;
  gboolean done;

  file = steward_csv_file_read (bytes, error);
  if (file == NULL)
    return NULL;

  matcher_init (&matcher, keys);
  done = find_columns (&matcher, file->records->len > 0 ? file->records->pdata[0] : NULL, error);
  if (done)
    {
      self = g_object_new (STEWARD_TYPE_MAPPING_IMPORT, NULL);
      self->encoding = file->encoding;
      self->separator = file->separator;
      for (guint i = 1; i < file->records->len; i++)
        take_record (self, &matcher, file->records->pdata[i]);
    }
  matcher_clear (&matcher);

  return g_steal_pointer (&self);
}

/**
 * steward_mapping_import_new:
 * @mapping: what to fill in
 * @bytes: a file
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what it would change, %NULL with a #StewardCsvError
 */
StewardMappingImport *
steward_mapping_import_new (StewardMapping *mapping,
                            GBytes         *bytes,
                            GError        **error)
{
  g_autoptr (GArray) keys = NULL;

  g_return_val_if_fail (STEWARD_IS_MAPPING (mapping), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  keys = steward_mapping_dup_keys (mapping, NULL, 0);

  return read_bytes (keys, bytes, error);
}

typedef struct
{
  GFile *file;
  GArray *keys;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->file);
  g_array_unref (job->keys);
  g_free (job);
}

static void
read_in_worker (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;
  StewardMappingImport *import = NULL;

  bytes = g_file_load_bytes (job->file, cancellable, NULL, &error);
  if (bytes != NULL)
    import = read_bytes (job->keys, bytes, &error);

  if (import != NULL)
    g_task_return_pointer (task, import, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * steward_mapping_import_read_async:
 * @mapping: what to fill in
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was read
 * @user_data: for @callback
 */
void
steward_mapping_import_read_async (StewardMapping      *mapping,
                                   GFile               *file,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (STEWARD_IS_MAPPING (mapping));
  g_return_if_fail (G_IS_FILE (file));

  job = g_new0 (Job, 1);
  job->file = g_object_ref (file);
  job->keys = steward_mapping_dup_keys (mapping, NULL, 0);
  task = g_task_new (mapping, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_mapping_import_read_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_in_worker);
}

/**
 * steward_mapping_import_read_finish:
 * @mapping: what to fill in
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the file would change, %NULL with a #StewardCsvError or #GIOErrorEnum
 */
StewardMappingImport *
steward_mapping_import_read_finish (StewardMapping *mapping,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, mapping), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_mapping_import_get_n_rows:
 * @self: an import
 *
 * Returns: how many rows of the file can be taken
 */
guint
steward_mapping_import_get_n_rows (StewardMappingImport *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), 0);

  return self->rows->len;
}

/**
 * steward_mapping_import_get_row:
 * @self: an import
 * @index: counted from 0
 *
 * Returns: (transfer none) (nullable): a row that can be taken, in the order of the file
 */
const StewardMappingImportRow *
steward_mapping_import_get_row (StewardMappingImport *self,
                                guint                 index)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), NULL);

  return index < self->rows->len ? &g_array_index (self->rows, StewardMappingImportRow, index) : NULL;
}

/**
 * steward_mapping_import_get_n_errors:
 * @self: an import
 *
 * Returns: how many rows of the file cannot be taken
 */
guint
steward_mapping_import_get_n_errors (StewardMappingImport *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), 0);

  return self->errors->len;
}

/**
 * steward_mapping_import_get_error:
 * @self: an import
 * @index: counted from 0
 *
 * Returns: (transfer none) (nullable): a row that cannot be taken, in the order of the file
 */
const StewardMappingImportError *
steward_mapping_import_get_error (StewardMappingImport *self,
                                  guint                 index)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), NULL);

  return index < self->errors->len ? &g_array_index (self->errors, StewardMappingImportError, index) : NULL;
}

/**
 * steward_mapping_import_get_n_blank:
 * @self: an import
 *
 * Returns: in how many rows of the file nothing was filled in
 */
guint
steward_mapping_import_get_n_blank (StewardMappingImport *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), 0);

  return self->n_blank;
}

/**
 * steward_mapping_import_get_n_changes:
 * @self: an import
 *
 * Returns: how many rows it would change
 */
guint
steward_mapping_import_get_n_changes (StewardMappingImport *self)
{
  guint n = 0;

  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    n += g_array_index (self->rows, StewardMappingImportRow, i).changes ? 1 : 0;

  return n;
}

/**
 * steward_mapping_import_get_encoding:
 * @self: an import
 *
 * Returns: (transfer none): what the file was written in, as "UTF-16LE"
 */
const char *
steward_mapping_import_get_encoding (StewardMappingImport *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), NULL);

  return self->encoding;
}

/**
 * steward_mapping_import_get_separator:
 * @self: an import
 *
 * Returns: what is between the cells of the file
 */
char
steward_mapping_import_get_separator (StewardMappingImport *self)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), ',');

  return self->separator;
}

/**
 * steward_mapping_import_apply:
 * @self: an import
 * @mapping: the mapping that it was read for
 *
 * Fills in all rows that can be taken, in one step of undo.
 *
 * Returns: how many cells changed
 */
guint
steward_mapping_import_apply (StewardMappingImport *self,
                              StewardMapping       *mapping)
{
  MappingEdit *edit;

  g_return_val_if_fail (STEWARD_IS_MAPPING_IMPORT (self), 0);
  g_return_val_if_fail (STEWARD_IS_MAPPING (mapping), 0);

  edit = steward_mapping_edit_new (MAPPING_EDIT_IMPORT);
  for (guint i = 0; i < self->rows->len; i++)
    {
      StewardMappingImportRow *row = &g_array_index (self->rows, StewardMappingImportRow, i);

      for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        steward_mapping_edit_put_shared (edit, mapping, row->position, part, row->cells[part]);
    }

  return steward_mapping_take_edit (mapping, edit);
}
