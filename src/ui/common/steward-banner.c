/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-banner.h"

#include "ui/common/steward-error-view.h"

struct _StewardBanner
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *title;
  GtkButton *details;
  GtkButton *button;

  GError *error;
  char *instance;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_REVEALED,
  N_PROPS
};

enum
{
  BUTTON_CLICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardBanner, steward_banner, ADW_TYPE_BIN)

static void
on_details_clicked (StewardBanner *self)
{
  if (self->error != NULL)
    steward_error_dialog_present (GTK_WIDGET (self), self->error, self->instance);
}

static void
on_button_clicked (StewardBanner *self)
{
  g_signal_emit (self, signals[BUTTON_CLICKED], 0);
}

static void
steward_banner_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  StewardBanner *self = STEWARD_BANNER (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title));
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->button));
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, steward_banner_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_banner_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  StewardBanner *self = STEWARD_BANNER (object);

  switch (property_id)
    {
    case PROP_TITLE:
      steward_banner_set_title (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      steward_banner_set_button_label (self, g_value_get_string (value));
      break;
    case PROP_REVEALED:
      steward_banner_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_banner_finalize (GObject *object)
{
  StewardBanner *self = STEWARD_BANNER (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->instance, g_free);

  G_OBJECT_CLASS (steward_banner_parent_class)->finalize (object);
}

static void
steward_banner_class_init (StewardBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = steward_banner_finalize;
  object_class->get_property = steward_banner_get_property;
  object_class->set_property = steward_banner_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BUTTON_CLICKED] = g_signal_new ("button-clicked", STEWARD_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/common/steward-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, StewardBanner, title);
  gtk_widget_class_bind_template_child (widget_class, StewardBanner, details);
  gtk_widget_class_bind_template_child (widget_class, StewardBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, on_details_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
}

static void
steward_banner_init (StewardBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * steward_banner_new:
 *
 * Returns: (transfer floating): a banner that is not revealed
 */
GtkWidget *
steward_banner_new (void)
{
  return g_object_new (STEWARD_TYPE_BANNER, NULL);
}

/**
 * steward_banner_set_title:
 * @self: a banner
 * @title: (nullable): what it says
 */
void
steward_banner_set_title (StewardBanner *self,
                          const char    *title)
{
  g_return_if_fail (STEWARD_IS_BANNER (self));

  gtk_label_set_text (self->title, title != NULL ? title : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * steward_banner_set_button_label:
 * @self: a banner
 * @label: (nullable): what its button says, %NULL for no button
 */
void
steward_banner_set_button_label (StewardBanner *self,
                                 const char    *label)
{
  g_return_if_fail (STEWARD_IS_BANNER (self));

  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUTTON_LABEL]);
}

/**
 * steward_banner_set_error:
 * @self: a banner
 * @error: (nullable): what Details tells of
 * @instance: (nullable): the instance's name
 */
void
steward_banner_set_error (StewardBanner *self,
                          const GError  *error,
                          const char    *instance)
{
  g_return_if_fail (STEWARD_IS_BANNER (self));

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_free (self->instance);
  self->instance = g_strdup (instance);
  gtk_widget_set_visible (GTK_WIDGET (self->details), error != NULL);
}

/**
 * steward_banner_set_revealed:
 * @self: a banner
 * @revealed: whether it is shown
 */
void
steward_banner_set_revealed (StewardBanner *self,
                             gboolean       revealed)
{
  g_return_if_fail (STEWARD_IS_BANNER (self));

  if (gtk_revealer_get_reveal_child (self->revealer) == !!revealed)
    return;
  gtk_revealer_set_reveal_child (self->revealer, revealed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

/**
 * steward_banner_get_revealed:
 * @self: a banner
 *
 * Returns: whether it is shown
 */
gboolean
steward_banner_get_revealed (StewardBanner *self)
{
  g_return_val_if_fail (STEWARD_IS_BANNER (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}
