/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "bench-row.h"

G_DEFINE_FINAL_TYPE (BenchRow, bench_row, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_TABLE,
  PROP_KIND,
  PROP_CARDS,
  PROP_UPDATED,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
name_text (gpointer row,
           const StewardListColumn *column)
{
  return g_strdup (BENCH_ROW (row)->name);
}

static char *
table_text (gpointer row,
            const StewardListColumn *column)
{
  return g_strdup (BENCH_ROW (row)->table);
}

static char *
type_text (gpointer row,
           const StewardListColumn *column)
{
  return g_strdup (BENCH_ROW (row)->type);
}

static char *
cards_text (gpointer row,
            const StewardListColumn *column)
{
  return g_strdup_printf ("%'d", BENCH_ROW (row)->n_cards);
}

static double
cards_number (gpointer row,
              const StewardListColumn *column)
{
  return BENCH_ROW (row)->n_cards;
}

static char *
updated_text (gpointer row,
              const StewardListColumn *column)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (BENCH_ROW (row)->updated);

  return g_date_time_format (time, "%x %H:%M");
}

static double
updated_number (gpointer row,
                const StewardListColumn *column)
{
  return (double) BENCH_ROW (row)->updated;
}

static char *
state_text (gpointer row,
            const StewardListColumn *column)
{
  return g_strdup (BENCH_ROW (row)->state);
}

static void
state_mark (gpointer row,
            const StewardListColumn *column,
            StewardListMark *mark)
{
  gboolean ready = g_str_equal (BENCH_ROW (row)->state, "Ready");

  mark->icon_name = ready ? "emblem-ok-symbolic" : "dialog-warning-symbolic";
  mark->tone = ready ? "success" : "warning";
}

const StewardListColumn bench_columns[BENCH_N_COLUMNS] = {
  { .id = "name", .title = "Name", .width_chars = 20, .text = name_text, .sort_text = name_text,
    .subtitle = table_text,
    .flags = STEWARD_LIST_COLUMN_NAME | STEWARD_LIST_COLUMN_MIDDLE | STEWARD_LIST_COLUMN_SEARCH },
  { .id = "table", .title = "Source table", .width_chars = 20, .text = table_text, .sort_text = table_text,
    .flags = STEWARD_LIST_COLUMN_EXPAND | STEWARD_LIST_COLUMN_MIDDLE | STEWARD_LIST_COLUMN_SEARCH },
  { .id = "type", .title = "Type", .width_chars = 10, .text = type_text, .sort_text = type_text },
  { .id = "cards", .title = "Cards", .width_chars = 6, .text = cards_text, .sort_number = cards_number,
    .flags = STEWARD_LIST_COLUMN_NUMBER },
  { .id = "updated", .title = "Updated", .width_chars = 14, .text = updated_text,
    .sort_number = updated_number },
  { .id = "state", .title = "State", .width_chars = 12, .text = state_text, .sort_text = state_text,
    .mark = state_mark },
};

const char *
bench_row_get_id (gpointer row)
{
  return BENCH_ROW (row)->id;
}

static void
bench_row_finalize (GObject *object)
{
  BenchRow *self = BENCH_ROW (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->table);

  G_OBJECT_CLASS (bench_row_parent_class)->finalize (object);
}

static void
bench_row_get_property (GObject *object,
                        guint prop_id,
                        GValue *value,
                        GParamSpec *pspec)
{
  BenchRow *self = BENCH_ROW (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TABLE:
      g_value_set_string (value, self->table);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->type);
      break;
    case PROP_CARDS:
      g_value_set_int (value, self->n_cards);
      break;
    case PROP_UPDATED:
      g_value_take_string (value, updated_text (self, NULL));
      break;
    case PROP_STATE:
      g_value_set_string (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bench_row_class_init (BenchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = { NULL, "name", "table", "kind", "cards", "updated", "state" };

  object_class->finalize = bench_row_finalize;
  object_class->get_property = bench_row_get_property;
  for (guint i = 1; i < N_PROPS; i++)
    {
      if (i == PROP_CARDS)
        properties[i] = g_param_spec_int (names[i], NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READABLE);
      else
        properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE);
    }
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bench_row_init (BenchRow *self)
{
}

/* Returns: (transfer full): row @number, always the same. */
BenchRow *
bench_row_new (guint number)
{
  static const char *const things[] = { "Orders", "Returns", "Größen", "Customers", "売上", "Inventory" };
  static const char *const types[] = { "BigQuery", "Snowflake", "Redshift" };
  BenchRow *row = g_object_new (BENCH_TYPE_ROW, NULL);
  guint mixed = number * 2654435761u;

  row->id = g_strdup_printf ("%08x-1d2c-4d3e-9f00-%012u", mixed, number);
  row->name = g_strdup_printf ("%s %s %05u", things[mixed % 6], mixed % 2 ? "Europe" : "America", mixed >> 15);
  row->table = g_strdup_printf ("acme-prod.sales.%s_%u", things[mixed % 6], number);
  row->type = types[mixed / 7 % 3];
  row->n_cards = (int) (mixed % 2000);
  row->updated = 1700000000 + mixed % 40000000;
  row->state = mixed % 11 == 0 ? "Collides" : "Ready";

  return row;
}
