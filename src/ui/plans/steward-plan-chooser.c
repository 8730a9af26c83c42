/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/plans/steward-plan-chooser.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/plans/steward-plan-row.h"

struct _StewardPlanChooser
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListBox *list_box;

  StewardConnection *connection;
  char *route_id;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardPlanChooser, steward_plan_chooser, ADW_TYPE_WINDOW)

static void
update_stack (StewardPlanChooser *self)
{
  gboolean empty = gtk_list_box_get_row_at_index (self->list_box, 0) == NULL;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardPlanChooser) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

static void
on_delete_answered (AdwMessageDialog *dialog,
                    const char       *response,
                    StewardPlanRow   *row)
{
  StewardPlanChooser *self = STEWARD_PLAN_CHOOSER (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  StewardJournal *journal = steward_connection_get_journal (self->connection);

  if (!g_str_equal (response, "delete") || journal == NULL)
    return;

  steward_journal_delete_plan_async (journal, steward_connection_get_origin (self->connection),
                                     steward_plan_row_get_plan_name (row), on_deleted, g_object_ref (self));
  gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  update_stack (self);
}

static void
on_delete_asked (StewardPlanRow     *row,
                 StewardPlanChooser *self)
{
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), steward_plan_row_get_plan_name (row));
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                   _("The plan is removed from this computer. Datasets and runs stay as they are."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete Plan"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_answered), row, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_row_activated (StewardPlanChooser *self,
                  StewardPlanRow     *row)
{
  g_autoptr (StewardPlan) plan = g_object_ref (steward_plan_row_get_plan (row));

  g_signal_emit (self, signals[CHOSEN], 0, plan);
  gtk_window_destroy (GTK_WINDOW (self));
}

static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       user_data)
{
  return g_utf8_collate (steward_plan_row_get_plan_name (STEWARD_PLAN_ROW (a)),
                         steward_plan_row_get_plan_name (STEWARD_PLAN_ROW (b)));
}

static void
on_plans (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardPlanChooser) self = user_data;
  g_autoptr (GHashTable) plans = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer name, plan;

  plans = steward_journal_list_plans_finish (STEWARD_JOURNAL (source), result, &error);
  if (plans == NULL)
    {
      steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
      return;
    }

  g_hash_table_iter_init (&iter, plans);
  while (g_hash_table_iter_next (&iter, &name, &plan))
    {
      GtkWidget *row;

      if (g_strcmp0 (steward_plan_get_route_id (plan), self->route_id) != 0)
        continue;
      row = steward_plan_row_new (name, plan);
      g_signal_connect (row, "delete-asked", G_CALLBACK (on_delete_asked), self);
      gtk_list_box_append (self->list_box, row);
    }
  update_stack (self);
}

static void
steward_plan_chooser_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STEWARD_TYPE_PLAN_CHOOSER);

  G_OBJECT_CLASS (steward_plan_chooser_parent_class)->dispose (object);
}

static void
steward_plan_chooser_finalize (GObject *object)
{
  StewardPlanChooser *self = STEWARD_PLAN_CHOOSER (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->route_id, g_free);

  G_OBJECT_CLASS (steward_plan_chooser_parent_class)->finalize (object);
}

static void
steward_plan_chooser_class_init (StewardPlanChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_plan_chooser_dispose;
  object_class->finalize = steward_plan_chooser_finalize;

  /**
   * StewardPlanChooser::chosen:
   * @self: the window
   * @plan: the plan to open
   */
  signals[CHOSEN] = g_signal_new ("chosen", STEWARD_TYPE_PLAN_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, STEWARD_TYPE_PLAN);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/plans/steward-plan-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardPlanChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardPlanChooser, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
steward_plan_chooser_init (StewardPlanChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  steward_a11y_skip_scrolled (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list_box, compare_rows, NULL, NULL);
  steward_a11y_set_name (GTK_WIDGET (self->list_box), _("Saved plans"));
}

/**
 * steward_plan_chooser_new:
 * @parent: the window above which it stands
 * @connection: the instance
 * @route_id: whose plans are shown
 *
 * Returns: a window; present it
 */
GtkWidget *
steward_plan_chooser_new (GtkWindow         *parent,
                          StewardConnection *connection,
                          const char        *route_id)
{
  StewardPlanChooser *self;
  StewardJournal *journal;

  g_return_val_if_fail (STEWARD_IS_CONNECTION (connection), NULL);

  self = g_object_new (STEWARD_TYPE_PLAN_CHOOSER, "transient-for", parent, NULL);
  self->connection = g_object_ref (connection);
  self->route_id = g_strdup (route_id);
  journal = steward_connection_get_journal (connection);
  if (journal != NULL)
    steward_journal_list_plans_async (journal, steward_connection_get_origin (connection), on_plans,
                                      g_object_ref (self));

  return GTK_WIDGET (self);
}
