/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-error-view.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-details.h"

struct _StewardErrorView
{
  AdwBin parent_instance;

  AdwStatusPage *status_page;
  GtkButton *retry;
  GtkButton *replace;
  StewardErrorDetails *details;
};

enum
{
  RETRY,
  REPLACE_TOKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardErrorView, steward_error_view, ADW_TYPE_BIN)

static void
on_retry_clicked (StewardErrorView *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
on_replace_clicked (StewardErrorView *self)
{
  g_signal_emit (self, signals[REPLACE_TOKEN], 0);
}

static void
replace_token (StewardErrorView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.replace-token", NULL);
}

static void
steward_error_view_class_init (StewardErrorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[RETRY] = g_signal_new ("retry", STEWARD_TYPE_ERROR_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[REPLACE_TOKEN] = g_signal_new_class_handler ("replace-token", STEWARD_TYPE_ERROR_VIEW,
                                                       G_SIGNAL_RUN_LAST, G_CALLBACK (replace_token), NULL,
                                                       NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STEWARD_TYPE_ERROR_DETAILS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/common/steward-error-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardErrorView, status_page);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorView, retry);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorView, replace);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorView, details);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_replace_clicked);
}

static void
steward_error_view_init (StewardErrorView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_skip_scrolled (GTK_WIDGET (self));
}

/**
 * steward_error_view_new:
 *
 * Returns: (transfer floating): an error view that tells nothing yet
 */
GtkWidget *
steward_error_view_new (void)
{
  return g_object_new (STEWARD_TYPE_ERROR_VIEW, NULL);
}

/**
 * steward_error_view_set_error:
 * @self: an error view
 * @error: (nullable): what happened
 * @instance: (nullable): the instance's name
 */
void
steward_error_view_set_error (StewardErrorView *self,
                              const GError     *error,
                              const char       *instance)
{
  g_autoptr (StewardProblem) problem = NULL;

  g_return_if_fail (STEWARD_IS_ERROR_VIEW (self));

  if (error != NULL)
    {
      g_autofree char *escaped = NULL;

      problem = steward_problem_new (error, instance);
      escaped = g_markup_escape_text (problem->text, -1);
      adw_status_page_set_title (self->status_page, problem->title);
      /* The description is markup. */
      adw_status_page_set_description (self->status_page, escaped);
    }
  else
    {
      adw_status_page_set_title (self->status_page, "");
      adw_status_page_set_description (self->status_page, "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->retry), problem != NULL && problem->can_retry);
  gtk_widget_set_visible (GTK_WIDGET (self->replace), problem != NULL && problem->wants_token);
  steward_error_details_set_problem (self->details, problem);
}

/**
 * steward_error_dialog_present:
 * @parent: a widget in the window that it belongs to
 * @error: what happened
 * @instance: (nullable): the instance's name
 */
void
steward_error_dialog_present (GtkWidget    *parent,
                              const GError *error,
                              const char   *instance)
{
  g_autoptr (StewardProblem) problem = NULL;
  GtkRoot *root;
  GtkWidget *dialog;
  GtkWidget *details;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (error != NULL);

  problem = steward_problem_new (error, instance);
  root = gtk_widget_get_root (parent);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, problem->title,
                                   problem->text);
  details = steward_error_details_new ();
  steward_error_details_set_problem (STEWARD_ERROR_DETAILS (details), problem);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), details);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
