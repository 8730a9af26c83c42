/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-run-watch.h"

#include <glib/gi18n-lib.h>

#define BACKGROUND_ID "background"
#define N_SERVICES 2

struct _StewardRunWatch
{
  GObject parent_instance;

  GtkApplication *application;  /* borrowed */
  StewardRunKeeper *keeper;
  GSettings *settings;
  guint inhibit_cookie;
  gboolean held;
  gboolean waiting;             /* held only by what waits for its time */
  guint name_ids[N_SERVICES];   /* watches of what shows notifications */
  gboolean there[N_SERVICES];
};

/* GNOME's own, and everybody's. */
static const char *const services[N_SERVICES] = { "org.gtk.Notifications", "org.freedesktop.Notifications" };

G_DEFINE_FINAL_TYPE (StewardRunWatch, steward_run_watch, G_TYPE_OBJECT)

static void
set_there (StewardRunWatch *self,
           const char      *name,
           gboolean         there)
{
  for (guint i = 0; i < N_SERVICES; i++)
    if (g_str_equal (services[i], name))
      self->there[i] = there;
}

static void
on_service (GDBusConnection *connection,
            const char      *name,
            const char      *owner,
            gpointer         user_data)
{
  set_there (user_data, name, TRUE);
}

static void
on_service_gone (GDBusConnection *connection,
                 const char      *name,
                 gpointer         user_data)
{
  set_there (user_data, name, FALSE);
}

/* Asked for only when there is something to tell; those that can be started are started. */
static void
watch_services (StewardRunWatch *self)
{
  for (guint i = 0; i < N_SERVICES; i++)
    if (self->name_ids[i] == 0)
      self->name_ids[i] = g_bus_watch_name (G_BUS_TYPE_SESSION, services[i], G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                            on_service, on_service_gone, self, NULL);
}

static gboolean
waits_for_its_time (StewardRun *run)
{
  return steward_run_is_live (run) && steward_run_get_pause (run) == STEWARD_RUN_PAUSE_BEFORE_WINDOW &&
         steward_run_count_under_way (run) == 0;
}

/* Whether nothing moves at present: what the runs wait for is the hour at which they start. */
static gboolean
only_waits (StewardRunWatch *self)
{
  guint n_waiting = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->keeper)); i++)
    {
      g_autoptr (StewardRun) run = g_list_model_get_item (G_LIST_MODEL (self->keeper), i);

      n_waiting += waits_for_its_time (run);
    }

  return n_waiting > 0 && n_waiting == steward_run_keeper_get_n_going (self->keeper);
}

/* The session says why it cannot be left or suspended, and must not say that datasets move when none does. */
static void
inhibit (StewardRunWatch *self)
{
  const guint before = self->inhibit_cookie;

  self->inhibit_cookie =
    gtk_application_inhibit (self->application,
                             gtk_application_get_active_window (self->application),
                             GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_LOGOUT,
                             self->waiting ? _("A run waits for its time") : _("Datasets are being moved"));
  /* In this order nothing comes in between. */
  if (before != 0)
    gtk_application_uninhibit (self->application, before);
}

static void
update (StewardRunWatch *self)
{
  gboolean going = steward_run_keeper_get_n_going (self->keeper) > 0;
  gboolean waiting = going && only_waits (self);

  if (going == self->held && waiting == self->waiting)
    return;

  self->waiting = waiting;
  if (going && self->held)
    {
      inhibit (self);
      return;
    }
  self->held = going;
  if (going)
    {
      watch_services (self);
      g_application_hold (G_APPLICATION (self->application));
      inhibit (self);
    }
  else
    {
      if (self->inhibit_cookie != 0)
        gtk_application_uninhibit (self->application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
      g_application_withdraw_notification (G_APPLICATION (self->application), BACKGROUND_ID);
      g_application_release (G_APPLICATION (self->application));
    }
}

static char *
summarize (StewardRun *run)
{
  guint moved = steward_run_count (run, STEWARD_ITEM_COMPLETE);
  guint total = steward_plan_get_n_items (steward_run_get_plan (run));
  guint retry = steward_run_count (run, STEWARD_ITEM_INCOMPLETE);
  guint unknown = steward_run_count (run, STEWARD_ITEM_UNKNOWN);
  guint different = steward_run_count_different (run);
  GString *text = g_string_new (NULL);

  if (steward_plan_get_direction (steward_run_get_plan (run)) == STEWARD_DIRECTION_MOVE)
    g_string_append_printf (text, ngettext ("%u of %u dataset was moved.", "%u of %u datasets were moved.", total),
                            moved, total);
  else
    g_string_append_printf (text, ngettext ("%u of %u dataset was moved back.",
                                            "%u of %u datasets were moved back.", total),
                            moved, total);
  if (retry > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u needs another try.", "%u need another try.", retry), retry);
    }
  if (different > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u looks different.", "%u look different.", different), different);
    }
  if (unknown > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u is not known yet.", "%u are not known yet.", unknown), unknown);
    }

  return g_string_free (text, FALSE);
}

static void
on_run_ended (StewardRunWatch *self,
              StewardRun      *run)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = summarize (run);
  g_autofree char *id = g_strdup_printf ("run-%" G_GINT64_FORMAT, steward_run_get_id (run));
  const char *destination = steward_plan_get_destination_name (steward_run_get_plan (run));
  GtkWindow *window = gtk_application_get_active_window (self->application);
  gboolean needs_attention = steward_run_count (run, STEWARD_ITEM_INCOMPLETE) > 0 ||
                             steward_run_count (run, STEWARD_ITEM_UNKNOWN) > 0 ||
                             steward_run_count_different (run) > 0;

  /* Whoever looks at the window sees the end there. */
  if (!steward_run_watch_can_tell (self) ||
      (window != NULL && gtk_window_is_active (window)))
    return;

  if (destination != NULL)
    /* Translators: %s is the name of a destination. */
    title = g_strdup_printf (needs_attention ? _("The run to %s needs attention") : _("The run to %s has ended"),
                             destination);
  else
    title = g_strdup (needs_attention ? _("A run needs attention") : _("A run has ended"));
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  if (needs_attention)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.show-run", "x", steward_run_get_id (run));
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

/* Whoever thinks that the whole plan goes on by itself has to know that it does not. */
static void
on_wave_waits (StewardRunWatch *self,
               StewardRun      *run)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *id = g_strdup_printf ("wave-%" G_GINT64_FORMAT, steward_run_get_id (run));
  GtkWindow *window = gtk_application_get_active_window (self->application);
  guint number, n_waves;

  if (!steward_run_watch_can_tell (self) || (window != NULL && gtk_window_is_active (window)))
    return;

  steward_plan_get_place (steward_run_get_plan (run), &number, &n_waves);
  title = g_strdup_printf (_("Wave %u of %u waits for your word"), number + 1, n_waves);
  notification = g_notification_new (title);
  g_notification_set_body (notification, _("Not all went well in the wave before it."));
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.show-run", "x", steward_run_get_id (run));
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

static void
steward_run_watch_dispose (GObject *object)
{
  StewardRunWatch *self = STEWARD_RUN_WATCH (object);

  for (guint i = 0; i < N_SERVICES; i++)
    g_clear_handle_id (&self->name_ids[i], g_bus_unwatch_name);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (steward_run_watch_parent_class)->dispose (object);
}

static void
steward_run_watch_class_init (StewardRunWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_run_watch_dispose;
}

static void
steward_run_watch_init (StewardRunWatch *self)
{
}

/**
 * steward_run_watch_new:
 * @application: the program, which owns the watch
 * @keeper: its runs
 * @settings: its settings
 *
 * Returns: (transfer full): a watch
 */
StewardRunWatch *
steward_run_watch_new (GtkApplication   *application,
                       StewardRunKeeper *keeper,
                       GSettings        *settings)
{
  StewardRunWatch *self = g_object_new (STEWARD_TYPE_RUN_WATCH, NULL);

  self->application = application;
  self->keeper = g_object_ref (keeper);
  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (keeper, "notify::n-going", G_CALLBACK (update), self);
  g_signal_connect_swapped (keeper, "notify::n-under-way", G_CALLBACK (update), self);
  g_signal_connect_swapped (keeper, "run-ended", G_CALLBACK (on_run_ended), self);
  g_signal_connect_swapped (keeper, "wave-waits", G_CALLBACK (on_wave_waits), self);

  return self;
}

/**
 * steward_run_watch_tell_background:
 * @self: a watch
 *
 * Says, when notifications are wanted and a run is going, that it goes on without the window.
 */
void
steward_run_watch_tell_background (StewardRunWatch *self)
{
  g_autoptr (GNotification) notification = NULL;

  g_return_if_fail (STEWARD_IS_RUN_WATCH (self));

  if (!self->held || !steward_run_watch_can_tell (self))
    return;

  notification = g_notification_new (self->waiting ? _("A run waits for its time") :
                                                     _("Datasets are still being moved"));
  g_notification_set_body (notification, _("Steward goes on in the background and tells you when it has ended."));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->keeper)); i++)
    {
      g_autoptr (StewardRun) run = g_list_model_get_item (G_LIST_MODEL (self->keeper), i);

      if (steward_run_get_state (run) == STEWARD_RUN_RUNNING || waits_for_its_time (run))
        g_notification_set_default_action_and_target (notification, "app.show-run", "x",
                                                      steward_run_get_id (run));
    }
  g_application_send_notification (G_APPLICATION (self->application), BACKGROUND_ID, notification);
}

/**
 * steward_run_watch_can_tell:
 * @self: a watch
 *
 * Returns: whether the end of a run can be told when there is no window
 */
gboolean
steward_run_watch_can_tell (StewardRunWatch *self)
{
  /* From inside a sandbox the services cannot be seen; its portal passes notifications on. */
  gboolean there = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);

  g_return_val_if_fail (STEWARD_IS_RUN_WATCH (self), FALSE);

  for (guint i = 0; i < N_SERVICES; i++)
    there |= self->there[i];

  return there && g_settings_get_boolean (self->settings, "notifications");
}
