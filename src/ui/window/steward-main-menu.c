/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-main-menu.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/io/github/steward_domo/Steward/ui/window/steward-main-menu.ui");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}

/**
 * steward_main_menu_attach:
 * @button: a button in a header bar
 */
void
steward_main_menu_attach (GtkMenuButton *button)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));

  gtk_menu_button_set_icon_name (button, "open-menu-symbolic");
  gtk_menu_button_set_primary (button, TRUE);
  gtk_menu_button_set_create_popup_func (button, make_menu, NULL, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _("Main Menu"));
  steward_a11y_set_name (GTK_WIDGET (button), _("Main Menu"));
}
