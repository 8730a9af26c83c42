/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-status.h"

#define ICON_SIZE 16
#define SPACING 6
/* Of what follows the state, less than this tells nobody anything. */
#define LEAST_REST 60

/**
 * StewardListStatus:
 *
 * The second line of a row on a narrow page: icon and words of its state in their tone, then, dim, what there is room
 * for. The state is never shortened for what follows it.
 */
struct _StewardListStatus
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *spinner;
  GtkWidget *state;
  GtkWidget *rest;
  gboolean has_state;
  int state_width;              /* of all its words, -1 if it is not measured yet */
  const char *tone;             /* nullable, interned */
};

G_DEFINE_FINAL_TYPE (StewardListStatus, steward_list_status, GTK_TYPE_WIDGET)

static GtkWidget *
new_inscription (StewardListStatus *self,
                 GtkInscriptionOverflow overflow)
{
  GtkWidget *inscription = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), overflow);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (inscription), 0);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_widget_add_css_class (inscription, "caption");
  gtk_widget_set_parent (inscription, GTK_WIDGET (self));

  return inscription;
}

static int
measure_text (GtkWidget *inscription)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  layout = gtk_widget_create_pango_layout (inscription, gtk_inscription_get_text (GTK_INSCRIPTION (inscription)));
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* An inscription begins where its text does, not where the page does. */
static void
set_text (StewardListStatus *self,
          GtkWidget *inscription,
          const char *text)
{
  gboolean page_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), page_rtl != steward_list_text_is_rtl (text, page_rtl) ? 1.0 : 0.0);
}

static void
set_tone (StewardListStatus *self,
          const char *tone)
{
  GtkWidget *toned[] = { self->icon, self->spinner, self->state };

  if (g_strcmp0 (tone, self->tone) == 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (toned); i++)
    {
      if (self->tone != NULL)
        gtk_widget_remove_css_class (toned[i], self->tone);
      if (tone != NULL)
        gtk_widget_add_css_class (toned[i], tone);
    }
  self->tone = g_intern_string (tone);
}

static void
steward_list_status_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  StewardListStatus *self = STEWARD_LIST_STATUS (widget);

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  /* Rows are as high as each other, whatever stands in them. */
  gtk_widget_measure (self->state, orientation, -1, minimum, natural, NULL, NULL);
  *minimum = MAX (*minimum, ICON_SIZE);
  *natural = MAX (*natural, ICON_SIZE);
}

static void
place (StewardListStatus *self,
       GtkWidget *child,
       int start,
       int child_width,
       int child_height,
       int width,
       int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation allocation = {
    rtl ? width - start - child_width : start, (height - child_height) / 2, child_width, child_height
  };

  /* GTK wants to be asked before it is told. */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
steward_list_status_size_allocate (GtkWidget *widget,
                                   int width,
                                   int height,
                                   int baseline)
{
  StewardListStatus *self = STEWARD_LIST_STATUS (widget);
  gboolean has_rest = gtk_widget_get_visible (self->rest);
  int line;
  int x = 0;
  int left;

  gtk_widget_measure (self->state, GTK_ORIENTATION_VERTICAL, -1, NULL, &line, NULL, NULL);
  line = MIN (line, height);
  if (gtk_widget_get_visible (self->icon) || gtk_widget_get_visible (self->spinner))
    {
      if (gtk_widget_get_visible (self->icon))
        place (self, self->icon, 0, ICON_SIZE, ICON_SIZE, width, height);
      else
        place (self, self->spinner, 0, ICON_SIZE, ICON_SIZE, width, height);
      x = ICON_SIZE + SPACING;
    }

  left = MAX (width - x, 0);
  gtk_widget_set_child_visible (self->state, self->has_state);
  if (self->has_state)
    {
      int wanted;

      /* Only now are its styles known. */
      if (self->state_width < 0)
        self->state_width = measure_text (self->state);
      wanted = MIN (self->state_width, left);

      /* A last bit of the rest would only be dots. */
      if (left - wanted - SPACING < LEAST_REST)
        has_rest = FALSE;
      place (self, self->state, x, has_rest ? wanted : left, line, width, height);
      x += wanted + SPACING;
      left = MAX (width - x, 0);
    }
  gtk_widget_set_child_visible (self->rest, has_rest);
  if (has_rest)
    place (self, self->rest, x, left, line, width, height);
}

static void
steward_list_status_dispose (GObject *object)
{
  StewardListStatus *self = STEWARD_LIST_STATUS (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->spinner, gtk_widget_unparent);
  g_clear_pointer (&self->state, gtk_widget_unparent);
  g_clear_pointer (&self->rest, gtk_widget_unparent);

  G_OBJECT_CLASS (steward_list_status_parent_class)->dispose (object);
}

static void
steward_list_status_class_init (StewardListStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_list_status_dispose;
  widget_class->measure = steward_list_status_measure;
  widget_class->size_allocate = steward_list_status_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "liststatus");
}

static void
steward_list_status_init (StewardListStatus *self)
{
  self->icon = gtk_image_new ();
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_parent (self->spinner, GTK_WIDGET (self));
  self->state = new_inscription (self, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  self->rest = new_inscription (self, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (self->rest, "dim-label");
}

/**
 * steward_list_status_new:
 *
 * Returns: (transfer floating): an empty line
 */
GtkWidget *
steward_list_status_new (void)
{
  return g_object_new (STEWARD_TYPE_LIST_STATUS, NULL);
}

/**
 * steward_list_status_set:
 * @self: a line
 * @state: (nullable): words of a state, shown first
 * @mark: icon and tone of it
 * @rest: (nullable): what follows, as far as there is room
 *
 * Sets what is shown.
 */
void
steward_list_status_set (StewardListStatus *self,
                         const char *state,
                         const StewardListMark *mark,
                         const char *rest)
{
  gboolean has_state = state != NULL && *state != '\0';
  gboolean has_icon = mark->icon_name != NULL && !mark->busy;

  g_return_if_fail (STEWARD_IS_LIST_STATUS (self));

  if (has_icon)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), mark->icon_name);
  gtk_widget_set_visible (self->icon, has_icon);
  gtk_widget_set_visible (self->spinner, mark->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), mark->busy);
  set_tone (self, mark->tone);
  set_text (self, self->state, has_state ? state : "");
  self->has_state = has_state;
  self->state_width = -1;
  set_text (self, self->rest, rest != NULL ? rest : "");
  gtk_widget_set_visible (self->rest, rest != NULL && *rest != '\0');
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * steward_list_text_is_rtl:
 * @text: a text
 * @page_rtl: whether the page is read from right to left
 *
 * Returns: whether @text is read from right to left, by its first letter; without letters it is read as the page is
 */
gboolean
steward_list_text_is_rtl (const char *text,
                          gboolean page_rtl)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c))
        continue;

      switch (g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
        case G_UNICODE_SCRIPT_NKO:
        case G_UNICODE_SCRIPT_ADLAM:
          return TRUE;

        default:
          return FALSE;
        }
    }

  return page_rtl;
}
