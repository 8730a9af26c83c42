/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-recovery-page.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-error-view.h"
#include "ui/run/steward-item-orders.h"
#include "ui/run/steward-run-words.h"

/* So many datasets that are not known are named here; all of them are in the run. */
#define MOST_NAMED 10

/* A run that changes is looked at again so often, milliseconds. */
#define UPDATE_MS 100

struct _StewardRecoveryPage
{
  StewardPage parent_instance;

  GtkLabel *left_label;
  GtkLabel *text_label;
  AdwActionRow *resume_row;
  GtkButton *resume_button;
  AdwActionRow *settle_row;
  GtkSpinner *settle_spinner;
  GtkButton *settle_button;
  AdwActionRow *leave_row;
  GtkWidget *open_box;
  GtkListBox *open_list;

  StewardRun *run;
  gboolean settling;            /* the admin asked for it */
  guint update_id;
};

G_DEFINE_FINAL_TYPE (StewardRecoveryPage, steward_recovery_page, STEWARD_TYPE_PAGE)

/* Those that reading may not tell stay with the admin, who may know better. */
typedef struct
{
  StewardPage *page;            /* weak */
  StewardRunItem *item;
} Subject;

static void
subject_free (gpointer  data,
              GClosure *closure)
{
  Subject *subject = data;

  g_clear_weak_pointer (&subject->page);
  g_clear_object (&subject->item);
  g_free (subject);
}

static void
on_resolve (GtkButton *button,
            Subject   *subject)
{
  if (subject->page != NULL)
    steward_item_orders_resolve (subject->page, subject->item);
}

static GtkWidget *
make_open_row (StewardRecoveryPage *self,
               StewardRunItem      *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Mark as Resolved…"));
  Subject *subject = g_new0 (Subject, 1);
  const char *reason = steward_run_item_get_reason (item);

  g_set_weak_pointer (&subject->page, STEWARD_PAGE (self));
  subject->item = g_object_ref (item);
  g_object_set (row, "use-markup", FALSE, "title", steward_run_item_get_name (item), "title-lines", 2,
                "subtitle", reason != NULL ? reason : "", "subtitle-lines", 2, "focusable", FALSE, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_resolve), subject, subject_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
update_open (StewardRecoveryPage *self)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->run));
  guint n_named = 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->open_list))) != NULL)
    gtk_list_box_remove (self->open_list, row);
  for (guint i = 0; i < n_items && n_named < MOST_NAMED && steward_run_count (self->run, STEWARD_ITEM_UNKNOWN) > 0; i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->run), i);

      if (steward_run_item_get_state (item) != STEWARD_ITEM_UNKNOWN)
        continue;
      gtk_list_box_append (self->open_list, make_open_row (self, item));
      n_named++;
    }
  gtk_widget_set_visible (self->open_box, n_named > 0);
}

static gboolean
update (gpointer user_data)
{
  StewardRecoveryPage *self = user_data;
  StewardPlan *plan = steward_run_get_plan (self->run);
  const guint n_waiting = steward_run_count (self->run, STEWARD_ITEM_PLANNED) +
                          steward_run_count (self->run, STEWARD_ITEM_CHECKING);
  const guint n_unknown = steward_run_count (self->run, STEWARD_ITEM_UNKNOWN) +
                          steward_run_count (self->run, STEWARD_ITEM_SENT);
  g_autofree char *left = steward_run_words_make_left (self->run);
  g_autofree char *settling = steward_run_words_make_settling (self->run);
  g_autofree char *text = NULL;
  g_autofree char *resume = NULL;
  g_autofree char *settle = NULL;
  StewardSettling asked;
  gboolean looks;

  self->update_id = 0;
  steward_run_get_settling (self->run, &asked);
  looks = n_unknown > 0 && (self->settling || asked.looking);
  gtk_label_set_label (self->left_label, left);
  /* Translators: %s is the name of a destination. */
  if (steward_run_get_state (self->run) == STEWARD_RUN_READY)
    text = g_strdup (_("Steward ended before this wave began. All went well in the wave before it. Nothing is sent before "
                       "you say so."));
  else
    text = g_strdup_printf (steward_plan_get_direction (plan) == STEWARD_DIRECTION_MOVE
                            ? _("Steward ended while it was moving datasets to %s. Nothing was sent since, and nothing "
                                "is sent before you say so.")
                            : _("Steward ended while it was moving datasets back from %s. Nothing was sent since, and "
                                "nothing is sent before you say so."),
                          steward_plan_get_destination_name (plan));
  gtk_label_set_label (self->text_label, text);

  resume = g_strdup_printf (ngettext ("Goes on with the %'u dataset that was not started.",
                                      "Goes on with the %'u datasets that were not started.", n_waiting), n_waiting);
  adw_action_row_set_subtitle (self->resume_row, resume);
  gtk_widget_set_visible (GTK_WIDGET (self->resume_row), n_waiting > 0);

  if (n_unknown == 0)
    settle = g_strdup (_("What became of every dataset that was sent is known."));
  else if (settling != NULL)
    /* It asks by itself, too: reading harms nothing. */
    settle = g_strdup (settling);
  else
    settle = g_strdup_printf (ngettext ("Asks Domo what became of %'u dataset. Only reads; it may take some minutes.",
                                        "Asks Domo what became of %'u datasets. Only reads; it may take some minutes.",
                                        n_unknown), n_unknown);
  adw_action_row_set_subtitle (self->settle_row, settle);
  gtk_widget_set_sensitive (GTK_WIDGET (self->settle_button), n_unknown > 0);
  gtk_spinner_set_spinning (self->settle_spinner, looks);
  gtk_widget_set_visible (GTK_WIDGET (self->settle_spinner), looks);
  update_open (self);

  return G_SOURCE_REMOVE;
}

static void
update_soon (StewardRecoveryPage *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (UPDATE_MS, update, self);
}

static void
show_run (StewardRecoveryPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.show-run", "x", steward_run_get_id (self->run));
}

static void
on_resumed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardRecoveryPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (steward_run_keeper_order_finish (STEWARD_RUN_KEEPER (source), result, &error))
    show_run (self);
  else
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

static void
on_resume (StewardRecoveryPage *self)
{
  steward_run_keeper_start_async (steward_application_get_run_keeper (steward_application_get ()), self->run,
                                  on_resumed, g_object_ref (self));
}

static void
on_settle (StewardRecoveryPage *self)
{
  self->settling = TRUE;
  steward_run_settle_now (self->run);
  update_soon (self);
}

static void
on_leave (StewardRecoveryPage *self)
{
  /* Also in the journal, so that it is not asked again. */
  if (steward_run_get_state (self->run) == STEWARD_RUN_PAUSED)
    steward_run_pause (self->run);
  steward_page_close (STEWARD_PAGE (self));
}

static void
steward_recovery_page_dispose (GObject *object)
{
  StewardRecoveryPage *self = STEWARD_RECOVERY_PAGE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_RECOVERY_PAGE);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (steward_recovery_page_parent_class)->dispose (object);
}

static void
steward_recovery_page_class_init (StewardRecoveryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_recovery_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/run/steward-recovery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, left_label);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, text_label);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, resume_row);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, resume_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, settle_row);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, settle_spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, settle_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, leave_row);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, open_box);
  gtk_widget_class_bind_template_child (widget_class, StewardRecoveryPage, open_list);
  gtk_widget_class_bind_template_callback (widget_class, on_resume);
  gtk_widget_class_bind_template_callback (widget_class, on_settle);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
}

static void
steward_recovery_page_init (StewardRecoveryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->resume_row), _("Go on"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->settle_row), _("Find out first"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->leave_row), _("Decide later"));
  adw_action_row_set_subtitle (self->leave_row, _("The run stays as it is. It is listed under Runs."));
}

/**
 * steward_recovery_page_new:
 * @run: a run that was interrupted
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_recovery_page_new (StewardRun *run)
{
  StewardRecoveryPage *self;

  g_return_val_if_fail (STEWARD_IS_RUN (run), NULL);

  self = g_object_new (STEWARD_TYPE_RECOVERY_PAGE, NULL);
  self->run = g_object_ref (run);
  g_signal_connect_object (run, "items-changed", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "looked", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  update (self);

  return STEWARD_PAGE (self);
}
