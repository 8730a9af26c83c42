/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-instance-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/window/steward-instance-dot.h"

struct _StewardInstanceRow
{
  GtkListBoxRow parent_instance;

  StewardInstanceDot *dot;
  GtkLabel *name;
  GtkLabel *address;
  GtkImage *tick;

  StewardAccount *account;      /* nullable */
};

G_DEFINE_FINAL_TYPE (StewardInstanceRow, steward_instance_row, GTK_TYPE_LIST_BOX_ROW)

static void
steward_instance_row_dispose (GObject *object)
{
  g_clear_object (&STEWARD_INSTANCE_ROW (object)->account);

  G_OBJECT_CLASS (steward_instance_row_parent_class)->dispose (object);
}

static void
steward_instance_row_class_init (StewardInstanceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_instance_row_dispose;

  g_type_ensure (STEWARD_TYPE_INSTANCE_DOT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/window/steward-instance-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceRow, dot);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceRow, name);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceRow, address);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceRow, tick);
}

static void
steward_instance_row_init (StewardInstanceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * steward_instance_row_new:
 * @account: (nullable): the instance, %NULL for the practice instance
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_instance_row_new (StewardAccount *account)
{
  StewardInstanceRow *self = g_object_new (STEWARD_TYPE_INSTANCE_ROW, NULL);
  const char *name = account != NULL ? steward_account_get_name (account) : _("Practice Instance");

  g_set_object (&self->account, account);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->address, account != NULL ?
                                     domo_address_get_host (steward_account_get_address (account)) :
                                     _("On this computer"));
  steward_instance_dot_set_colour (self->dot, account != NULL ?
                                              steward_account_get_colour (account) : "practice");
  steward_a11y_set_name (GTK_WIDGET (self), name);

  return GTK_WIDGET (self);
}

/**
 * steward_instance_row_get_account:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): its instance, %NULL for the practice instance
 */
StewardAccount *
steward_instance_row_get_account (StewardInstanceRow *self)
{
  g_return_val_if_fail (STEWARD_IS_INSTANCE_ROW (self), NULL);

  return self->account;
}

/**
 * steward_instance_row_set_current:
 * @self: a row
 * @current: whether the window shows this instance
 */
void
steward_instance_row_set_current (StewardInstanceRow *self,
                                  gboolean            current)
{
  g_return_if_fail (STEWARD_IS_INSTANCE_ROW (self));

  /* Opacity keeps the names of all rows the same width. */
  gtk_widget_set_opacity (GTK_WIDGET (self->tick), current ? 1.0 : 0.0);
  steward_a11y_set_description (GTK_WIDGET (self), current ? _("Shown now") : NULL);
}
