/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-wrap.h"

#define COLUMN_SPACING 12
#define ROW_SPACING 6

struct _StewardWrap
{
  GtkWidget parent_instance;
};

static void steward_wrap_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable_iface;

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardWrap, steward_wrap, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, steward_wrap_buildable_init))

/* The first child from @child on that takes room. */
static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static int
get_natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* The child that begins the line after the one @first begins; tells how much of @width is left, and how many
 * children want of it. */
static GtkWidget *
break_line (GtkWidget *first,
            int        width,
            int       *left,
            int       *n_expand)
{
  GtkWidget *child = first;
  int used = 0;

  *n_expand = 0;
  do
    {
      int more = (child != first ? COLUMN_SPACING : 0) + get_natural_width (child);

      if (child != first && used + more > width)
        break;
      used += more;
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        (*n_expand)++;
      child = get_next (child);
    }
  while (child != NULL);
  *left = width - used;

  return child;
}

/* How wide @child is in a line with @left to share out among @n_expand; what is alone and too wide has to do
 * with less. */
static int
share_out (GtkWidget *child,
           int       *left,
           int       *n_expand)
{
  int width = get_natural_width (child);
  int share = 0;

  if (*left < 0)
    {
      share = *left;
    }
  else if (*n_expand > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    {
      share = *left / *n_expand;
      (*n_expand)--;
    }
  *left -= share;

  return width + share;
}

/* Lays the children out in @width, really if @allocate; returns the height. */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   allocate)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean at_end = gtk_widget_get_halign (widget) == GTK_ALIGN_END;
  GtkWidget *first = skip_hidden (gtk_widget_get_first_child (widget));
  int y = 0;

  while (first != NULL)
    {
      int left, n_expand, left_again, n_expand_again;
      int height = 0;
      int x = 0;
      GtkWidget *next = break_line (first, width, &left, &n_expand);

      left_again = left;
      n_expand_again = n_expand;
      /* What stands at the end of a line stands there in each of several. */
      if (at_end && n_expand == 0 && left > 0)
        x = left;
      for (GtkWidget *child = first; child != next; child = get_next (child))
        {
          int natural;

          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, share_out (child, &left, &n_expand), NULL, &natural,
                              NULL, NULL);
          height = MAX (height, natural);
        }
      for (GtkWidget *child = first; allocate && child != next; child = get_next (child))
        {
          int child_width = share_out (child, &left_again, &n_expand_again);
          GtkAllocation allocation = { rtl ? width - x - child_width : x, y, child_width, height };

          gtk_widget_size_allocate (child, &allocation, -1);
          x += child_width + COLUMN_SPACING;
        }
      y += height + (next != NULL ? ROW_SPACING : 0);
      first = next;
    }

  return y;
}

static GtkSizeRequestMode
steward_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
steward_wrap_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  int widest = 0;
  int all = 0;

  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL; child = get_next (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      widest = MAX (widest, child_minimum);
      all += (all > 0 ? COLUMN_SPACING : 0) + child_natural;
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = all;
    }
  else
    {
      *minimum = *natural = lay_out (widget, for_size >= 0 ? MAX (for_size, widest) : all, FALSE);
    }
}

static void
steward_wrap_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  lay_out (widget, width, TRUE);
}

static void
steward_wrap_compute_expand (GtkWidget *widget,
                             gboolean  *hexpand,
                             gboolean  *vexpand)
{
  /* What children do with the room is a matter of this widget alone. */
  *hexpand = *vexpand = FALSE;
}

static void
steward_wrap_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
steward_wrap_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = steward_wrap_add_child;
}

static void
steward_wrap_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (steward_wrap_parent_class)->dispose (object);
}

static void
steward_wrap_class_init (StewardWrapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_wrap_dispose;
  widget_class->get_request_mode = steward_wrap_get_request_mode;
  widget_class->measure = steward_wrap_measure;
  widget_class->size_allocate = steward_wrap_size_allocate;
  widget_class->compute_expand = steward_wrap_compute_expand;
  gtk_widget_class_set_css_name (widget_class, "wrap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
steward_wrap_init (StewardWrap *self)
{
}
