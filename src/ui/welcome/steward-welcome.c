/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/welcome/steward-welcome.h"

#include "ui/common/steward-a11y.h"

struct _StewardWelcome
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (StewardWelcome, steward_welcome, ADW_TYPE_BIN)

static void
steward_welcome_class_init (StewardWelcomeClass *klass)
{
  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass), "/io/github/steward_domo/Steward/ui/welcome/steward-welcome.ui");
}

static void
steward_welcome_init (StewardWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_skip_scrolled (GTK_WIDGET (self));
}
