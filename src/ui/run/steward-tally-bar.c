/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-tally-bar.h"

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-tone.h"
#include "ui/common/steward-wrap.h"

struct _StewardTallyBar
{
  AdwBin parent_instance;

  GtkToggleButton *buttons[STEWARD_N_ITEM_STATES];
  gboolean updating;
};

enum
{
  FILTER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardTallyBar, steward_tally_bar, ADW_TYPE_BIN)

static void
on_toggled (GtkToggleButton *button,
            StewardTallyBar *self)
{
  if (self->updating)
    return;

  /* One at a time, or none: toggle buttons in a group could not all be off. */
  if (gtk_toggle_button_get_active (button))
    {
      self->updating = TRUE;
      for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
        if (self->buttons[i] != button)
          gtk_toggle_button_set_active (self->buttons[i], FALSE);
      self->updating = FALSE;
    }
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

static void
steward_tally_bar_class_init (StewardTallyBarClass *klass)
{
  /**
   * StewardTallyBar::filter-changed:
   * @self: the bar
   */
  signals[FILTER_CHANGED] = g_signal_new ("filter-changed", STEWARD_TYPE_TALLY_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
steward_tally_bar_init (StewardTallyBar *self)
{
  /* A narrow window has them in several lines: none is out of sight. */
  GtkWidget *box = g_object_new (STEWARD_TYPE_WRAP, NULL);

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_widget_add_css_class (button, "steward-tally");
      gtk_widget_add_css_class (button, steward_tone_get_style_class (steward_item_state_get_tone (i)));
      gtk_widget_set_visible (button, FALSE);
      g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
      gtk_widget_set_parent (button, box);
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * steward_tally_bar_set:
 * @self: a bar
 * @tally: how many items are in each state
 * @direction: which way, for the words
 */
void
steward_tally_bar_set (StewardTallyBar       *self,
                       const StewardRunTally *tally,
                       StewardDirection       direction)
{
  g_return_if_fail (STEWARD_IS_TALLY_BAR (self));

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    {
      gboolean shown = tally->counts[i] > 0 || gtk_toggle_button_get_active (self->buttons[i]);
      g_autofree char *label = NULL;

      label = g_strdup_printf ("%s %'u", steward_item_state_get_name (i, direction), tally->counts[i]);
      if (g_strcmp0 (label, gtk_button_get_label (GTK_BUTTON (self->buttons[i]))) != 0)
        gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), shown);
    }
}

/**
 * steward_tally_bar_get_filter:
 * @self: a bar
 *
 * Returns: the state to show, %STEWARD_N_ITEM_STATES for all
 */
StewardItemState
steward_tally_bar_get_filter (StewardTallyBar *self)
{
  g_return_val_if_fail (STEWARD_IS_TALLY_BAR (self), STEWARD_N_ITEM_STATES);

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return i;

  return STEWARD_N_ITEM_STATES;
}
