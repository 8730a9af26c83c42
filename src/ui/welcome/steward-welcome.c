/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/welcome/steward-welcome.h"

#include "ui/common/steward-a11y.h"
#include "ui/window/steward-main-menu.h"

struct _StewardWelcome
{
  AdwBin parent_instance;

  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (StewardWelcome, steward_welcome, ADW_TYPE_BIN)

static void
steward_welcome_class_init (StewardWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/welcome/steward-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardWelcome, menu);
}

static void
steward_welcome_init (StewardWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_main_menu_attach (self->menu);
  steward_a11y_skip_scrolled (GTK_WIDGET (self));
}

/**
 * steward_welcome_new:
 *
 * Returns: (transfer floating): a welcome
 */
GtkWidget *
steward_welcome_new (void)
{
  return g_object_new (STEWARD_TYPE_WELCOME, NULL);
}
