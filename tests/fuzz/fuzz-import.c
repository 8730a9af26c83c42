/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The importer of tables: what it takes is one edit that can be undone, and what it refuses has a line and a reason. */

#include "fuzz.h"

#include <string.h>

#include "migration/steward-csv-reader.h"
#include "migration/steward-mapping-import.h"

static StewardMapping *
new_mapping (void)
{
  StewardMapping *mapping = steward_mapping_new ();

  steward_mapping_add (mapping, "a", "One");
  steward_mapping_add (mapping, "b", "Two");
  steward_mapping_add (mapping, "c", "Two");
  steward_mapping_add (mapping, "=d", "@Four");
  steward_mapping_set_cell (mapping, 1, STEWARD_MAPPING_TABLE, "kept");

  return mapping;
}

static void
check_rows (StewardMappingImport *import,
            StewardMapping       *mapping)
{
  for (guint i = 0; i < steward_mapping_import_get_n_rows (import); i++)
    {
      const StewardMappingImportRow *row = steward_mapping_import_get_row (import, i);

      g_assert_cmpuint (row->line, >, 1);
      g_assert_true (steward_mapping_is_complete (mapping, row->position));
      for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        g_assert_cmpstr (steward_mapping_get_cell (mapping, row->position, part), ==, row->cells[part]);
    }
  for (guint i = 0; i < steward_mapping_import_get_n_errors (import); i++)
    {
      const StewardMappingImportError *error = steward_mapping_import_get_error (import, i);

      g_assert_cmpuint (error->line, >, 1);
      g_assert_true (g_utf8_validate (error->message, -1, NULL) && error->message[0] != '\0');
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (StewardMapping) mapping = new_mapping ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardMappingImport) import = steward_mapping_import_new (mapping, bytes, &error);
  g_autofree char *block = NULL;
  const guint all[] = { 0, 1, 2, 3 };
  guint n_changed;

  if (import == NULL)
    {
      g_assert_true (error->domain == STEWARD_CSV_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  else
    {
      g_assert_no_error (error);
      n_changed = steward_mapping_import_apply (import, mapping);
      check_rows (import, mapping);
      g_assert_true ((n_changed > 0) == (steward_mapping_import_get_n_changes (import) > 0));
      if (n_changed > 0)
        g_assert_true (steward_mapping_undo (mapping));
      g_assert_cmpstr (steward_mapping_get_cell (mapping, 0, STEWARD_MAPPING_TABLE), ==, "");
      g_assert_cmpstr (steward_mapping_get_cell (mapping, 1, STEWARD_MAPPING_TABLE), ==, "kept");
    }

  /* The same bytes as a pasted block: what is copied again comes back the same. */
  block = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  steward_mapping_paste (mapping, all, G_N_ELEMENTS (all), STEWARD_MAPPING_CATALOG, block, NULL);
  g_clear_pointer (&block, g_free);
  block = steward_mapping_copy (mapping, all, G_N_ELEMENTS (all));
  g_assert_true (g_utf8_validate (block, -1, NULL));
  g_assert_cmpuint (steward_mapping_paste (mapping, all, G_N_ELEMENTS (all), STEWARD_MAPPING_CATALOG, block, NULL), ==,
                    0);

  return 0;
}
