/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-time-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-time.h"

struct _StewardTimeRow
{
  AdwActionRow parent_instance;

  GtkWidget *fields;            /* hour and minute; without a time they would take the title's place */
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkSwitch *wanted;

  char *hint;                   /* nullable: the subtitle while no time is wanted */
  StewardTimeRow *first;        /* nullable: whose time comes before */
  guint tick_id;                /* while it is on the screen */
  gint64 exact;                 /* one that was set, until another one is chosen; it may be days away */
};

/* What is the next day's once its hour has come must say so. */
#define TICK_SECONDS 5

G_DEFINE_FINAL_TYPE (StewardTimeRow, steward_time_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_HINT,
  PROP_HOUR,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* The next moment after @after at which clocks here show @hour and @minute. */
static GDateTime *
find_next (gint64 after,
           int    hour,
           int    minute)
{
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_local (after / G_USEC_PER_SEC);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (since), g_date_time_get_month (since),
                                                     g_date_time_get_day_of_month (since), hour, minute, 0);

  if (g_date_time_compare (day, since) > 0)
    return g_steal_pointer (&day);

  return g_date_time_add_days (day, 1);
}

static GDateTime *
find_time (StewardTimeRow *self)
{
  const gint64 first = self->first != NULL ? steward_time_row_get_time (self->first) : 0;
  const gint64 after = MAX (first, g_get_real_time ());

  if (self->exact > after)
    return g_date_time_new_from_unix_local (self->exact / G_USEC_PER_SEC);

  return find_next (after, gtk_spin_button_get_value_as_int (self->hour),
                    gtk_spin_button_get_value_as_int (self->minute));
}

static void
update (StewardTimeRow *self)
{
  g_autoptr (GDateTime) time = find_time (self);
  g_autofree char *text = NULL;

  text = steward_time_future (g_date_time_to_unix (time) * G_USEC_PER_SEC);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), gtk_switch_get_active (self->wanted) ? text : self->hint);
  gtk_widget_set_visible (self->fields, gtk_switch_get_active (self->wanted));
}

static gboolean
on_tick (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
steward_time_row_map (GtkWidget *widget)
{
  StewardTimeRow *self = STEWARD_TIME_ROW (widget);

  GTK_WIDGET_CLASS (steward_time_row_parent_class)->map (widget);
  update (self);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
}

static void
steward_time_row_unmap (GtkWidget *widget)
{
  StewardTimeRow *self = STEWARD_TIME_ROW (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (steward_time_row_parent_class)->unmap (widget);
}

static void
on_changed (StewardTimeRow *self)
{
  self->exact = 0;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* "07", not "7". */
static gboolean
on_output (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);

  return TRUE;
}

static GtkSpinButton *
add_number (StewardTimeRow *self,
            int             most)
{
  GtkWidget *button = gtk_spin_button_new_with_range (0, most, 1);

  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (button), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (button), 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "output", G_CALLBACK (on_output), NULL);
  g_signal_connect_swapped (button, "value-changed", G_CALLBACK (on_changed), self);
  gtk_box_append (GTK_BOX (self->fields), button);

  return GTK_SPIN_BUTTON (button);
}

static void
on_title_changed (StewardTimeRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  /* Translators: %s is “Start at” or “Start nothing after” */
  g_autofree char *hour = g_strdup_printf (_("%s, hour"), title);
  g_autofree char *minute = g_strdup_printf (_("%s, minute"), title);

  steward_a11y_set_name (GTK_WIDGET (self->hour), hour);
  steward_a11y_set_name (GTK_WIDGET (self->minute), minute);
  steward_a11y_set_name (GTK_WIDGET (self->wanted), title);
}

static void
steward_time_row_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  StewardTimeRow *self = STEWARD_TIME_ROW (object);

  switch (property_id)
    {
    case PROP_HINT:
      g_free (self->hint);
      self->hint = g_value_dup_string (value);
      update (self);
      break;

    case PROP_HOUR:
      gtk_spin_button_set_value (self->hour, g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_time_row_dispose (GObject *object)
{
  g_clear_handle_id (&STEWARD_TIME_ROW (object)->tick_id, g_source_remove);
  g_clear_object (&STEWARD_TIME_ROW (object)->first);

  G_OBJECT_CLASS (steward_time_row_parent_class)->dispose (object);
}

static void
steward_time_row_finalize (GObject *object)
{
  g_free (STEWARD_TIME_ROW (object)->hint);

  G_OBJECT_CLASS (steward_time_row_parent_class)->finalize (object);
}

static void
steward_time_row_class_init (StewardTimeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = steward_time_row_set_property;
  object_class->dispose = steward_time_row_dispose;
  object_class->finalize = steward_time_row_finalize;
  GTK_WIDGET_CLASS (klass)->map = steward_time_row_map;
  GTK_WIDGET_CLASS (klass)->unmap = steward_time_row_unmap;

  /**
   * StewardTimeRow:hint:
   *
   * What the subtitle says while no time is wanted.
   */
  props[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * StewardTimeRow:hour:
   *
   * What stands there until another time is chosen.
   */
  props[PROP_HOUR] = g_param_spec_uint ("hour", NULL, NULL, 0, 23, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_TIME_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_time_row_init (StewardTimeRow *self)
{
  self->wanted = GTK_SWITCH (gtk_switch_new ());
  self->fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->fields);
  self->hour = add_number (self, 23);
  gtk_box_append (GTK_BOX (self->fields), gtk_label_new (":"));
  self->minute = add_number (self, 59);
  gtk_widget_set_valign (GTK_WIDGET (self->wanted), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->wanted));
  g_signal_connect_swapped (self->wanted, "notify::active", G_CALLBACK (on_changed), self);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
  update (self);
}

/**
 * steward_time_row_get_time:
 * @self: a row
 *
 * Returns: the moment, microseconds since 1970, or 0 if none is wanted
 */
gint64
steward_time_row_get_time (StewardTimeRow *self)
{
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (STEWARD_IS_TIME_ROW (self), 0);

  if (!gtk_switch_get_active (self->wanted))
    return 0;

  time = find_time (self);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/**
 * steward_time_row_set_time:
 * @self: a row
 * @time: microseconds since 1970; of one in the past the hour and minute are taken. 0 for none
 */
void
steward_time_row_set_time (StewardTimeRow *self,
                           gint64          time)
{
  g_return_if_fail (STEWARD_IS_TIME_ROW (self));

  if (time > 0)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

      gtk_spin_button_set_value (self->hour, g_date_time_get_hour (date));
      gtk_spin_button_set_value (self->minute, g_date_time_get_minute (date));
    }
  gtk_switch_set_active (self->wanted, time > 0);
  self->exact = time;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * steward_time_row_set_first:
 * @self: a row
 * @first: another row, with the time that comes before
 *
 * The time shown is from now on the next one after that of @first, whatever becomes of that.
 */
void
steward_time_row_set_first (StewardTimeRow *self,
                            StewardTimeRow *first)
{
  g_return_if_fail (STEWARD_IS_TIME_ROW (self));
  g_return_if_fail (STEWARD_IS_TIME_ROW (first) && first != self);
  g_return_if_fail (self->first == NULL);

  self->first = g_object_ref (first);
  g_signal_connect_object (first, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
