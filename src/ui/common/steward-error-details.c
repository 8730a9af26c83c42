/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-error-details.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

struct _StewardErrorDetails
{
  AdwBin parent_instance;

  GtkExpander *expander;
  GtkGrid *grid;
  GtkLabel *status_heading;
  GtkLabel *status;
  GtkLabel *message_heading;
  GtkLabel *message;
  GtkLabel *toe_heading;
  GtkWidget *toe_box;
  GtkLabel *toe;
  GtkButton *copy;
};

G_DEFINE_FINAL_TYPE (StewardErrorDetails, steward_error_details, ADW_TYPE_BIN)

static void
on_copy_clicked (StewardErrorDetails *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->toe));
  gtk_button_set_label (self->copy, _("Copied"));
}

static void
steward_error_details_class_init (StewardErrorDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/common/steward-error-details.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, expander);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, grid);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, status_heading);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, status);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, message_heading);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, message);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, toe_heading);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, toe_box);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, toe);
  gtk_widget_class_bind_template_child (widget_class, StewardErrorDetails, copy);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
steward_error_details_init (StewardErrorDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_name_expander (self->expander, _("Details"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * steward_error_details_new:
 *
 * Returns: (transfer floating): details of nothing, hidden
 */
GtkWidget *
steward_error_details_new (void)
{
  return g_object_new (STEWARD_TYPE_ERROR_DETAILS, NULL);
}

static void
set_line (GtkLabel   *heading,
          GtkWidget  *line,
          GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (heading), text != NULL);
  gtk_widget_set_visible (line, text != NULL);
}

/**
 * steward_error_details_set_problem:
 * @self: the details
 * @problem: (nullable): what to tell of
 */
void
steward_error_details_set_problem (StewardErrorDetails  *self,
                                   const StewardProblem *problem)
{
  const char *status = problem != NULL ? problem->status : NULL;
  const char *message = problem != NULL ? problem->message : NULL;
  const char *toe = problem != NULL ? problem->toe : NULL;

  g_return_if_fail (STEWARD_IS_ERROR_DETAILS (self));

  set_line (self->status_heading, GTK_WIDGET (self->status), self->status, status);
  set_line (self->message_heading, GTK_WIDGET (self->message), self->message, message);
  set_line (self->toe_heading, self->toe_box, self->toe, toe);
  gtk_button_set_label (self->copy, _("Copy"));
  gtk_expander_set_expanded (self->expander, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), status != NULL || message != NULL || toe != NULL);
}
