/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-way-out.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "ui/window/steward-window.h"

/* How often it looks whether the journal has everything, milliseconds, and how often at the most. */
#define WAIT_MS 20
#define MAX_WAITS 250

struct _StewardWayOut
{
  GObject parent_instance;

  GtkApplication *application;  /* borrowed */
  StewardRunKeeper *keeper;
  gboolean taken;
  GtkWidget *dialog;            /* weak: the question before it quits */
  GtkWidget *close_dialog;      /* weak: the question before the window goes */
  guint term_id;
  guint int_id;
  guint wait_id;
  guint n_waits;
};

G_DEFINE_FINAL_TYPE (StewardWayOut, steward_way_out, G_TYPE_OBJECT)

/* What the question says, as long as it stands. */
static char *
describe (StewardWayOut *self)
{
  guint n = steward_run_keeper_get_n_under_way (self->keeper);

  if (steward_run_keeper_get_n_going (self->keeper) == 0)
    return g_strdup (_("What was under way has ended meanwhile. Steward can quit now."));
  /* A run that waits for its time, or that was asked to go slower. */
  if (n == 0)
    return g_strdup (_("Nothing is under way, but a run waits and would go on by itself. It can go on next time."));

  return g_strdup_printf (ngettext ("%u dataset is under way and cannot be called back. Steward can start nothing new, wait until it has ended, and quit then. The run can go on next time.",
                                    "%u datasets are under way and cannot be called back. Steward can start nothing new, wait until they have ended, and quit then. The run can go on next time.",
                                    n),
                          n);
}

static void
update_question (StewardWayOut *self)
{
  g_autofree char *body = NULL;

  if (self->dialog == NULL)
    return;

  body = describe (self);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self->dialog), body);
}

static gboolean
on_wait (gpointer user_data)
{
  StewardWayOut *self = user_data;

  if (steward_run_keeper_is_writing (self->keeper) && ++self->n_waits < MAX_WAITS)
    return G_SOURCE_CONTINUE;

  self->wait_id = 0;
  g_application_quit (G_APPLICATION (self->application));

  return G_SOURCE_REMOVE;
}

static void
quit_if_done (StewardWayOut *self)
{
  if (!self->taken || steward_run_keeper_get_n_under_way (self->keeper) > 0 || self->wait_id != 0)
    return;

  /* The last answer may have told something of an earlier call, too, and the pause has to be written. */
  self->n_waits = 0;
  if (steward_run_keeper_is_writing (self->keeper))
    self->wait_id = g_timeout_add (WAIT_MS, on_wait, self);
  else
    g_application_quit (G_APPLICATION (self->application));
}

static gboolean
on_signal (gpointer user_data)
{
  steward_way_out_take (user_data);

  return G_SOURCE_CONTINUE;
}

static void
on_response (StewardWayOut *self,
             const char    *response)
{
  if (g_str_equal (response, "finish"))
    steward_way_out_take (self);
}

static void
steward_way_out_dispose (GObject *object)
{
  StewardWayOut *self = STEWARD_WAY_OUT (object);

  g_clear_handle_id (&self->term_id, g_source_remove);
  g_clear_handle_id (&self->int_id, g_source_remove);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->close_dialog);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (steward_way_out_parent_class)->dispose (object);
}

static void
steward_way_out_class_init (StewardWayOutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_way_out_dispose;
}

static void
steward_way_out_init (StewardWayOut *self)
{
}

/**
 * steward_way_out_new:
 * @application: the program, which owns it
 * @keeper: its runs
 *
 * Returns: (transfer full): the way out
 */
StewardWayOut *
steward_way_out_new (GtkApplication   *application,
                     StewardRunKeeper *keeper)
{
  StewardWayOut *self = g_object_new (STEWARD_TYPE_WAY_OUT, NULL);

  self->application = application;
  self->keeper = g_object_ref (keeper);
  self->term_id = g_unix_signal_add (SIGTERM, on_signal, self);
  self->int_id = g_unix_signal_add (SIGINT, on_signal, self);
  g_signal_connect_object (keeper, "notify::n-under-way", G_CALLBACK (quit_if_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "notify::n-under-way", G_CALLBACK (update_question), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "notify::n-going", G_CALLBACK (update_question), self, G_CONNECT_SWAPPED);
  /* The session ends: nothing new is started, and the journal knows the rest. */
  g_signal_connect_object (application, "query-end", G_CALLBACK (steward_way_out_take), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * steward_way_out_take:
 * @self: the way out
 *
 * Pauses the runs, so that they can go on next time, and ends the program once nothing is under way.
 */
void
steward_way_out_take (StewardWayOut *self)
{
  GtkWindow *window;

  g_return_if_fail (STEWARD_IS_WAY_OUT (self));

  self->taken = TRUE;
  steward_run_keeper_wind_down (self->keeper);
  window = gtk_application_get_active_window (self->application);
  if (steward_run_keeper_get_n_under_way (self->keeper) > 0 && STEWARD_IS_WINDOW (window))
    steward_window_add_toast (STEWARD_WINDOW (window),
                              adw_toast_new (_("Steward quits when the datasets under way have ended")));
  quit_if_done (self);
}

/**
 * steward_way_out_ask:
 * @self: the way out
 * @parent: the window that the question belongs to
 */
void
steward_way_out_ask (StewardWayOut *self,
                     GtkWindow     *parent)
{
  guint n;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  g_return_if_fail (STEWARD_IS_WAY_OUT (self));

  if (steward_run_keeper_get_n_going (self->keeper) == 0)
    {
      steward_way_out_take (self);
      return;
    }
  if (self->dialog != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->dialog));
      return;
    }

  n = steward_run_keeper_get_n_under_way (self->keeper);
  body = describe (self);
  dialog = adw_message_dialog_new (parent, n > 0 ? _("Datasets Are Being Moved") : _("A Run Is Waiting"), body);
  g_set_weak_pointer (&self->dialog, dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "keep", _("Keep Running"),
                                    "finish", n > 0 ? _("Finish Those Under Way and Quit") : _("Quit"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
close_window (gpointer user_data)
{
  gtk_window_destroy (user_data);

  return G_SOURCE_REMOVE;
}

/* The dialog looks at its parent until it is closed itself. */
static void
on_close_response (GtkWindow  *window,
                   const char *response)
{
  if (g_str_equal (response, "close"))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_window, g_object_ref (window), g_object_unref);
}

/**
 * steward_way_out_ask_close:
 * @self: the way out
 * @window: a window that is to be closed while a run goes on, and of whose end nothing can tell
 */
void
steward_way_out_ask_close (StewardWayOut *self,
                           GtkWindow     *window)
{
  GtkWidget *dialog;

  g_return_if_fail (STEWARD_IS_WAY_OUT (self));
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (self->close_dialog != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->close_dialog));
      return;
    }

  dialog = adw_message_dialog_new (window, _("Close the Window?"),
                                   _("Datasets are still being moved, and Steward goes on without its window. Nothing on this computer can tell you when it has ended: start Steward again to see how it went."));
  g_set_weak_pointer (&self->close_dialog, dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("Keep Open"), "close", _("Close Window"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
