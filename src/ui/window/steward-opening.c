/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-opening.h"

struct _StewardOpening
{
  AdwBin parent_instance;

  GtkSpinner *spinner;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (StewardOpening, steward_opening, ADW_TYPE_BIN)

static void
steward_opening_class_init (StewardOpeningClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/window/steward-opening.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardOpening, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardOpening, label);
}

static void
steward_opening_init (StewardOpening *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * steward_opening_new:
 *
 * Returns: (transfer floating): one at rest
 */
GtkWidget *
steward_opening_new (void)
{
  return g_object_new (STEWARD_TYPE_OPENING, NULL);
}

/**
 * steward_opening_set_text:
 * @self: an opening
 * @text: (nullable): what is being opened, %NULL when that has ended
 */
void
steward_opening_set_text (StewardOpening *self,
                          const char     *text)
{
  g_return_if_fail (STEWARD_IS_OPENING (self));

  gtk_spinner_set_spinning (self->spinner, text != NULL);
  gtk_label_set_text (self->label, text != NULL ? text : "");
}
