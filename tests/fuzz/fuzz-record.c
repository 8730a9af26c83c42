/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The record decoder: every record type on every JSON, alone and as an array. */

#include "fuzz.h"

#include <string.h>

#include "domo/domo-candidate.h"
#include "domo/domo-card.h"
#include "domo/domo-dataset.h"
#include "domo/domo-destination.h"
#include "domo/domo-error.h"
#include "domo/domo-json.h"
#include "domo/domo-migration-reply.h"
#include "domo/domo-role.h"
#include "domo/domo-user.h"

/* Everything that was decoded can be read, and every text is one. */
static void
look_at (DomoRecord *record)
{
  g_autofree GParamSpec **specs = NULL;
  guint n;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (record), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (record), specs[i]->name, &value);
      if (G_VALUE_HOLDS_STRING (&value) && g_value_get_string (&value) != NULL)
        g_assert_true (g_utf8_validate (g_value_get_string (&value), -1, NULL));
    }
}

static void
check_error (const GError *error)
{
  g_assert_true (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const GType types[] = {
    DOMO_TYPE_CANDIDATE, DOMO_TYPE_CARD, DOMO_TYPE_DATASET, DOMO_TYPE_DESTINATION, DOMO_TYPE_MIGRATION_REPLY,
    DOMO_TYPE_ROLE, DOMO_TYPE_USER,
  };
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse ((const char *) data, size, &parse_error);

  if (node == NULL)
    {
      check_error (parse_error);
      return 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) array_error = NULL;
      g_autoptr (DomoRecord) record = domo_record_decode (types[i], node, "", &error);
      g_autoptr (GPtrArray) array = domo_record_decode_array (types[i], node, &array_error);

      if (record != NULL)
        look_at (record);
      else
        check_error (error);

      if (array == NULL)
        check_error (array_error);
      for (guint j = 0; array != NULL && j < array->len; j++)
        look_at (array->pdata[j]);
    }

  return 0;
}
