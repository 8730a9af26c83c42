/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-instance-dot.h"

struct _StewardInstanceDot
{
  GtkWidget parent_instance;

  char *colour;
};

enum
{
  PROP_0,
  PROP_COLOUR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StewardInstanceDot, steward_instance_dot, GTK_TYPE_WIDGET)

static void
steward_instance_dot_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COLOUR:
      g_value_set_string (value, STEWARD_INSTANCE_DOT (object)->colour);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_instance_dot_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_COLOUR:
      steward_instance_dot_set_colour (STEWARD_INSTANCE_DOT (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_instance_dot_finalize (GObject *object)
{
  g_clear_pointer (&STEWARD_INSTANCE_DOT (object)->colour, g_free);

  G_OBJECT_CLASS (steward_instance_dot_parent_class)->finalize (object);
}

static void
steward_instance_dot_class_init (StewardInstanceDotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = steward_instance_dot_get_property;
  object_class->set_property = steward_instance_dot_set_property;
  object_class->finalize = steward_instance_dot_finalize;

  properties[PROP_COLOUR] =
    g_param_spec_string ("colour", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "instancedot");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
steward_instance_dot_init (StewardInstanceDot *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * steward_instance_dot_new:
 * @colour: (nullable): a colour's name
 *
 * Returns: (transfer floating): a dot
 */
GtkWidget *
steward_instance_dot_new (const char *colour)
{
  return g_object_new (STEWARD_TYPE_INSTANCE_DOT, "colour", colour, NULL);
}

/**
 * steward_instance_dot_set_colour:
 * @self: a dot
 * @colour: (nullable): a colour's name
 */
void
steward_instance_dot_set_colour (StewardInstanceDot *self,
                                 const char         *colour)
{
  g_return_if_fail (STEWARD_IS_INSTANCE_DOT (self));

  if (g_strcmp0 (self->colour, colour) == 0)
    return;

  if (self->colour != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->colour);
  g_free (self->colour);
  self->colour = g_strdup (colour);
  if (colour != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), colour);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}
