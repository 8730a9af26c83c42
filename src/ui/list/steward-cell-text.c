/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-cell-text.h"

struct _StewardCellText
{
  GtkWidget *cell;                  /* not owned: it owns this */
  const StewardListColumn *column;
  char *text;
  PangoLayout *layout;              /* nullable: made when it is painted first */
  int char_width;                   /* in Pango's units; 0: not known yet */
  int line_height;                  /* in pixels */
};

/**
 * steward_cell_text_new:
 * @cell: the cell, which outlives it
 * @column: says how wide it is, and where it is cut
 *
 * Returns: (transfer full): an empty text
 */
StewardCellText *
steward_cell_text_new (GtkWidget *cell,
                       const StewardListColumn *column)
{
  StewardCellText *self = g_new0 (StewardCellText, 1);

  self->cell = cell;
  self->column = column;
  self->text = g_strdup ("");

  return self;
}

/**
 * steward_cell_text_free:
 * @self: a text
 */
void
steward_cell_text_free (StewardCellText *self)
{
  g_clear_object (&self->layout);
  g_free (self->text);
  g_free (self);
}

/**
 * steward_cell_text_set:
 * @self: a text
 * @text: what it says from now on
 */
void
steward_cell_text_set (StewardCellText *self,
                       const char *text)
{
  if (g_str_equal (self->text, text))
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  if (self->layout != NULL)
    pango_layout_set_text (self->layout, text, -1);
  gtk_widget_queue_draw (self->cell);
}

/**
 * steward_cell_text_get:
 * @self: a text
 *
 * Returns: (transfer none): what it says
 */
const char *
steward_cell_text_get (StewardCellText *self)
{
  return self->text;
}

/**
 * steward_cell_text_restyle:
 * @self: a text whose cell has another style
 */
void
steward_cell_text_restyle (StewardCellText *self)
{
  self->char_width = 0;
}

static void
ensure_metrics (StewardCellText *self)
{
  PangoContext *context;
  PangoFontMetrics *metrics;

  if (self->char_width != 0)
    return;

  context = gtk_widget_get_pango_context (self->cell);
  metrics = pango_context_get_metrics (context, NULL, NULL);
  self->char_width = MAX (1, MAX (pango_font_metrics_get_approximate_char_width (metrics),
                                  pango_font_metrics_get_approximate_digit_width (metrics)));
  self->line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
}

/**
 * steward_cell_text_measure:
 * @self: a text
 * @orientation: which of its sizes
 * @minimum: (out): in pixels, the width that its column asks for, whatever it says, or the height of a line
 * @natural: (out): the same, or the width that the column wishes
 */
void
steward_cell_text_measure (StewardCellText *self,
                           GtkOrientation orientation,
                           int *minimum,
                           int *natural)
{
  int width = MAX (self->column->width_chars, 0);

  ensure_metrics (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PANGO_PIXELS_CEIL (width * self->char_width);
      *natural = PANGO_PIXELS_CEIL (MAX (width, self->column->wish_chars) * self->char_width);
    }
  else
    {
      *minimum = *natural = self->line_height;
    }
}

static void
ensure_layout (StewardCellText *self)
{
  gboolean middle = (self->column->flags & STEWARD_LIST_COLUMN_MIDDLE) != 0;

  if (self->layout != NULL)
    return;

  self->layout = gtk_widget_create_pango_layout (self->cell, self->text);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, middle ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
  if (self->column->flags & STEWARD_LIST_COLUMN_NUMBER)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (self->layout, attributes);
      pango_attr_list_unref (attributes);
    }
}

/**
 * steward_cell_text_is_cut:
 * @self: a text
 * @width: how much room there is, in pixels
 *
 * Returns: whether less can be seen than it says
 */
gboolean
steward_cell_text_is_cut (StewardCellText *self,
                          int width)
{
  ensure_layout (self);
  pango_layout_set_width (self->layout, width * PANGO_SCALE);

  return pango_layout_is_ellipsized (self->layout);
}

/**
 * steward_cell_text_snapshot:
 * @self: a text
 * @snapshot: where to
 * @area: the room for it
 */
void
steward_cell_text_snapshot (StewardCellText *self,
                            GtkSnapshot *snapshot,
                            const GdkRectangle *area)
{
  gboolean rtl = gtk_widget_get_direction (self->cell) == GTK_TEXT_DIR_RTL;
  gboolean right = rtl || (self->column->flags & STEWARD_LIST_COLUMN_NUMBER) != 0;
  PangoRectangle logical;

  if (*self->text == '\0' || area->width <= 0)
    return;

  ensure_layout (self);
  pango_layout_set_width (self->layout, area->width * PANGO_SCALE);
  pango_layout_get_pixel_extents (self->layout, NULL, &logical);
  /* Texts begin where the page begins, numbers have their units below each other. Pango would align a text by the
   * direction of its letters, so that a Hebrew name stood at the far end. */
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (self->cell),
                              area->x - logical.x + (right ? area->width - logical.width : 0),
                              area->y - logical.y + (area->height - logical.height) / 2, self->layout);
}
