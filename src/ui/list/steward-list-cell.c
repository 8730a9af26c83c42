/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-cell.h"

#include "ui/common/steward-a11y.h"
#include "ui/list/steward-cell-text.h"
#include "ui/list/steward-list-status.h"

#define ICON_SIZE 16
#define SPACING 6

/**
 * StewardListCell:
 *
 * One cell of a list: a text, before it an icon or a spinner where the column has marks, below it a second line in
 * the name column of a narrow page.
 */
struct _StewardListCell
{
  GtkWidget parent_instance;

  const StewardListColumn *column;
  StewardListPosition *position;   /* nullable, owned while bound */
  gulong changed_id;
  gboolean narrow;

  StewardCellText *text;
  GtkWidget *icon;                 /* nullable: made with the first mark */
  GtkWidget *spinner;              /* nullable: made with the first busy mark */
  GtkWidget *subtitle;             /* nullable: made with the first narrow page */
  const char *tone;                /* nullable, interned */
};

G_DEFINE_FINAL_TYPE (StewardListCell, steward_list_cell, GTK_TYPE_WIDGET)

static void
set_tone (StewardListCell *self,
          const char *tone)
{
  if (tone == self->tone || g_strcmp0 (tone, self->tone) == 0)
    return;

  if (self->tone != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->tone);
  self->tone = g_intern_string (tone);
  if (self->tone != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->tone);
}

static void
set_mark (StewardListCell *self,
          const StewardListMark *mark)
{
  gboolean has_icon = mark->icon_name != NULL && !mark->busy;

  if (has_icon && self->icon == NULL)
    {
      self->icon = gtk_image_new ();
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
    }
  if (mark->busy && self->spinner == NULL)
    {
      self->spinner = gtk_spinner_new ();
      gtk_widget_set_parent (self->spinner, GTK_WIDGET (self));
    }

  if (self->icon != NULL)
    {
      if (has_icon && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (self->icon)), mark->icon_name) != 0)
        gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), mark->icon_name);
      gtk_widget_set_visible (self->icon, has_icon);
    }
  if (self->spinner != NULL)
    {
      gtk_widget_set_visible (self->spinner, mark->busy);
      gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), mark->busy);
    }
  set_tone (self, mark->tone);
}

/* The row takes the focus and would be called after its type. */
static void
name_row (StewardListCell *self,
          const char *name)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (row != NULL)
    steward_a11y_set_name (row, name != NULL ? name : "");
}

static void
show_row (StewardListCell *self)
{
  gpointer row = steward_list_position_get_row (self->position);
  g_autofree char *text = row != NULL ? self->column->text (row, self->column) : NULL;

  steward_cell_text_set (self->text, text != NULL ? text : "");
  steward_a11y_set_name (GTK_WIDGET (self), text != NULL ? text : "");
  if (self->column->flags & STEWARD_LIST_COLUMN_NAME)
    name_row (self, text);

  if (self->subtitle != NULL && self->narrow)
    {
      const StewardListColumn *column = self->column;
      g_autofree char *state = row != NULL && column->state != NULL ? column->state (row, column) : NULL;
      g_autofree char *subtitle = row != NULL && column->subtitle != NULL ? column->subtitle (row, column) : NULL;
      StewardListMark mark = { NULL };

      if (state != NULL && column->state_mark != NULL)
        column->state_mark (row, column, &mark);
      steward_list_status_set (STEWARD_LIST_STATUS (self->subtitle), state, &mark, subtitle);
    }

  if (self->column->mark != NULL)
    {
      StewardListMark mark = { NULL };

      if (row != NULL)
        self->column->mark (row, self->column, &mark);
      set_mark (self, &mark);
    }
}

static int
lead_width (StewardListCell *self)
{
  return self->column->mark != NULL ? ICON_SIZE + SPACING : 0;
}

static gboolean
has_subtitle (StewardListCell *self)
{
  return self->subtitle != NULL && self->narrow;
}

static void
steward_list_cell_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  StewardListCell *self = STEWARD_LIST_CELL (widget);

  *minimum_baseline = *natural_baseline = -1;
  steward_cell_text_measure (self->text, orientation, minimum, natural);
  if (has_subtitle (self))
    {
      int subtitle_minimum;
      int subtitle_natural;

      gtk_widget_measure (
        self->subtitle, orientation, -1, &subtitle_minimum, &subtitle_natural, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        {
          *minimum += subtitle_minimum;
          *natural += subtitle_natural;
        }
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += lead_width (self);
      *natural += lead_width (self);
    }
  else if (self->column->mark != NULL)
    {
      *minimum = MAX (*minimum, ICON_SIZE);
      *natural = MAX (*natural, ICON_SIZE);
    }
}

static void
allocate_lead (GtkWidget *lead,
               gboolean rtl,
               int width,
               int height)
{
  GtkAllocation allocation = {
    rtl ? width - ICON_SIZE : 0, (height - ICON_SIZE) / 2, ICON_SIZE, ICON_SIZE
  };

  if (lead != NULL && gtk_widget_get_visible (lead))
    {
      /* GTK wants to be asked before it is told. */
      gtk_widget_measure (lead, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (lead, &allocation, -1);
    }
}

/* Where the text stands: in the middle, or above the second line. */
static void
get_text_area (StewardListCell *self,
               GdkRectangle *area)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int lead = MIN (lead_width (self), width);

  area->x = rtl ? 0 : lead;
  area->y = 0;
  area->width = width - lead;
  area->height = gtk_widget_get_height (GTK_WIDGET (self));
  if (has_subtitle (self))
    {
      int above;
      int below;

      steward_cell_text_measure (self->text, GTK_ORIENTATION_VERTICAL, &above, &above);
      gtk_widget_measure (self->subtitle, GTK_ORIENTATION_VERTICAL, -1, NULL, &below, NULL, NULL);
      area->y = MAX ((area->height - above - below) / 2, 0);
      area->height = above;
    }
}

static void
steward_list_cell_size_allocate (GtkWidget *widget,
                                 int width,
                                 int height,
                                 int baseline)
{
  StewardListCell *self = STEWARD_LIST_CELL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  allocate_lead (self->icon, rtl, width, height);
  allocate_lead (self->spinner, rtl, width, height);
  if (has_subtitle (self))
    {
      GdkRectangle area;

      get_text_area (self, &area);
      area.y += area.height;
      gtk_widget_measure (self->subtitle, GTK_ORIENTATION_VERTICAL, -1, NULL, &area.height, NULL, NULL);
      gtk_widget_size_allocate (self->subtitle, &area, -1);
    }
}

static void
steward_list_cell_snapshot (GtkWidget *widget,
                            GtkSnapshot *snapshot)
{
  StewardListCell *self = STEWARD_LIST_CELL (widget);
  GdkRectangle area;

  get_text_area (self, &area);
  steward_cell_text_snapshot (self->text, snapshot, &area);
  GTK_WIDGET_CLASS (steward_list_cell_parent_class)->snapshot (widget, snapshot);
}

static void
steward_list_cell_css_changed (GtkWidget *widget,
                               GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (steward_list_cell_parent_class)->css_changed (widget, change);
  if (STEWARD_LIST_CELL (widget)->text != NULL)
    steward_cell_text_restyle (STEWARD_LIST_CELL (widget)->text);
}

static void
steward_list_cell_system_setting_changed (GtkWidget *widget,
                                          GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (steward_list_cell_parent_class)->system_setting_changed (widget, setting);
  steward_cell_text_restyle (STEWARD_LIST_CELL (widget)->text);
}

/* Whether the text shows less than it says; asked when a pointer rests on it only. */
static gboolean
is_cut (StewardListCell *self)
{
  GdkRectangle area;

  get_text_area (self, &area);

  return steward_cell_text_is_cut (self->text, area.width);
}

static gboolean
steward_list_cell_query_tooltip (GtkWidget *widget,
                                 int x,
                                 int y,
                                 gboolean keyboard,
                                 GtkTooltip *tooltip)
{
  StewardListCell *self = STEWARD_LIST_CELL (widget);
  gpointer row = self->position != NULL ? steward_list_position_get_row (self->position) : NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return FALSE;

  if (self->column->tooltip != NULL)
    text = self->column->tooltip (row, self->column);
  else if (is_cut (self))
    text = self->column->text (row, self->column);
  if (text == NULL || *text == '\0')
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
steward_list_cell_direction_changed (GtkWidget *widget,
                                     GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (steward_list_cell_parent_class)->direction_changed (widget, previous);
  if (STEWARD_LIST_CELL (widget)->position != NULL)
    show_row (STEWARD_LIST_CELL (widget));
}

static void
steward_list_cell_dispose (GObject *object)
{
  StewardListCell *self = STEWARD_LIST_CELL (object);

  steward_list_cell_bind (self, NULL);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->spinner, gtk_widget_unparent);
  g_clear_pointer (&self->subtitle, gtk_widget_unparent);

  G_OBJECT_CLASS (steward_list_cell_parent_class)->dispose (object);
}

static void
steward_list_cell_finalize (GObject *object)
{
  g_clear_pointer (&STEWARD_LIST_CELL (object)->text, steward_cell_text_free);

  G_OBJECT_CLASS (steward_list_cell_parent_class)->finalize (object);
}

static void
steward_list_cell_class_init (StewardListCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_list_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = steward_list_cell_finalize;
  widget_class->measure = steward_list_cell_measure;
  widget_class->size_allocate = steward_list_cell_size_allocate;
  widget_class->snapshot = steward_list_cell_snapshot;
  widget_class->css_changed = steward_list_cell_css_changed;
  widget_class->system_setting_changed = steward_list_cell_system_setting_changed;
  widget_class->direction_changed = steward_list_cell_direction_changed;
  widget_class->query_tooltip = steward_list_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "listcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
steward_list_cell_init (StewardListCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * steward_list_cell_new:
 * @column: what it shows of a row
 *
 * Returns: (transfer floating): a cell
 */
GtkWidget *
steward_list_cell_new (const StewardListColumn *column)
{
  StewardListCell *self;

  g_return_val_if_fail (column != NULL, NULL);

  self = g_object_new (STEWARD_TYPE_LIST_CELL, NULL);
  self->column = column;
  self->text = steward_cell_text_new (GTK_WIDGET (self), column);

  return GTK_WIDGET (self);
}

/**
 * steward_list_cell_bind:
 * @self: a cell
 * @position: (nullable): the place whose row it shows from now on
 *
 * Shows the row at @position, and follows it when another one comes there.
 */
void
steward_list_cell_bind (StewardListCell *self,
                        StewardListPosition *position)
{
  g_return_if_fail (STEWARD_IS_LIST_CELL (self));

  if (self->position != NULL)
    g_clear_signal_handler (&self->changed_id, self->position);
  g_set_object (&self->position, position);
  if (position != NULL)
    {
      self->changed_id = g_signal_connect_swapped (position, "changed", G_CALLBACK (show_row), self);
      show_row (self);
    }
}

/**
 * steward_list_cell_get_position:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): the place it shows
 */
StewardListPosition *
steward_list_cell_get_position (StewardListCell *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_CELL (self), NULL);

  return self->position;
}

/**
 * steward_list_cell_get_text:
 * @self: a cell
 *
 * Returns: (transfer none): what it says
 */
const char *
steward_list_cell_get_text (StewardListCell *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_CELL (self), NULL);

  return steward_cell_text_get (self->text);
}

/**
 * steward_list_cell_set_narrow:
 * @self: a cell
 * @narrow: whether there is room for one column only
 *
 * Shows the second line, if the column has one.
 */
void
steward_list_cell_set_narrow (StewardListCell *self,
                              gboolean narrow)
{
  g_return_if_fail (STEWARD_IS_LIST_CELL (self));

  if (narrow == self->narrow || (self->column->subtitle == NULL && self->column->state == NULL))
    return;

  self->narrow = narrow;
  if (narrow && self->subtitle == NULL)
    {
      self->subtitle = steward_list_status_new ();
      gtk_widget_set_parent (self->subtitle, GTK_WIDGET (self));
    }
  if (self->subtitle != NULL)
    gtk_widget_set_visible (self->subtitle, narrow);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (self->position != NULL)
    show_row (self);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem *item,
               gpointer user_data)
{
  gtk_list_item_set_child (item, steward_list_cell_new (user_data));
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              gpointer user_data)
{
  steward_list_cell_bind (STEWARD_LIST_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory,
                GtkListItem *item,
                gpointer user_data)
{
  steward_list_cell_bind (STEWARD_LIST_CELL (gtk_list_item_get_child (item)), NULL);
}

/**
 * steward_list_cell_factory_new:
 * @column: a column
 *
 * Returns: (transfer full): makes the cells of @column
 */
GtkListItemFactory *
steward_list_cell_factory_new (const StewardListColumn *column)
{
  GtkListItemFactory *factory;

  g_return_val_if_fail (column != NULL, NULL);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), NULL);

  return factory;
}
