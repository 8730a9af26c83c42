/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-selection-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-wrap.h"

/* Cards are asked for, dataset by dataset, only for a selection that is soon done. */
#define MOST_DATASETS 200
/* Counting more than these after each click would be felt. */
#define MOST_COUNTED 5000
#define DELAY_MS 300

struct _StewardSelectionBar
{
  AdwBin parent_instance;

  GtkLabel *label;
  GtkButton *clear_button;
  GtkButton *all_button;
  GtkButton *review_button;

  StewardCandidateList *list;   /* nullable */
  StewardListModel *model;      /* nullable: with list */
  StewardAffected *affected;    /* nullable */
  GCancellable *cancellable;    /* of the cards being loaded */
  guint delay_id;
};

enum
{
  REVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardSelectionBar, steward_selection_bar, ADW_TYPE_BIN)

/* (transfer container): the ids of @rows, borrowed from them. */
static const char **
list_ids (GPtrArray *rows)
{
  const char **ids = g_new0 (const char *, rows->len + 1);

  for (guint i = 0; i < rows->len; i++)
    ids[i] = steward_candidate_row_get_id (rows->pdata[i]);

  return ids;
}

/* What depends on the checked rows, in words that claim no more than is known: distinct cards where each
 * dataset was asked; else the sum of what the instance counts, which counts a card once a dataset and leaves out cards
 * that only show it when one drills down. */
static char *
describe_cards (StewardSelectionBar *self)
{
  StewardCheckedSet *checked = steward_candidate_list_get_checked (self->list);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree const char **ids = NULL;
  gboolean counted = TRUE;
  guint n_counted = 0;
  guint n_known = 0;
  guint n_cards = 0;

  if (steward_checked_set_is_checking (checked) || steward_checked_set_get_n_checked (checked) > MOST_COUNTED)
    return g_strdup (_("Review counts their cards"));

  rows = steward_checked_set_dup_rows (checked);
  ids = list_ids (rows);
  if (self->affected != NULL)
    n_cards = steward_affected_count (self->affected, ids, &n_known);
  if (self->affected != NULL && n_known == rows->len)
    {
      if (n_cards == 0)
        return g_strdup (_("no cards depend on them"));
      return g_strdup_printf (ngettext ("%'u card depends on them", "%'u cards depend on them", n_cards), n_cards);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      int n = steward_candidate_row_get_n_cards (rows->pdata[i]);

      if (n < 0)
        counted = FALSE;
      else
        n_counted += (guint) n;
    }
  if (counted)
    return g_strdup_printf (ngettext ("about %'u card depends on them", "about %'u cards depend on them", n_counted),
                            n_counted);

  return g_strdup (_("their cards are not known yet"));
}

static void
update (StewardSelectionBar *self)
{
  StewardCheckedSet *checked;
  g_autofree char *cards = NULL;
  g_autofree char *text = NULL;
  guint n_checked, n_rows;
  gboolean back;

  if (self->list == NULL)
    return;

  checked = steward_candidate_list_get_checked (self->list);
  n_checked = steward_checked_set_get_n_checked (checked);
  n_rows = steward_row_store_get_n_rows (steward_candidate_list_get_store (self->list));
  cards = describe_cards (self);
  /* Translators: how many are selected of how many, and what depends on them ("96 cards depend on them") */
  text = g_strdup_printf (_("%'u of %'u selected · %s"), n_checked, n_rows, cards);
  gtk_label_set_label (self->label, text);

  back = steward_candidate_list_get_direction (self->list) == STEWARD_DIRECTION_MOVE_BACK;
  gtk_button_set_label (self->review_button, back ? _("Move Back…") : _("Review…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_button), steward_checked_set_can_check_all (checked));
  gtk_widget_set_sensitive (GTK_WIDGET (self->review_button), n_checked > 0);
}

static void
on_cards_loaded (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  steward_affected_load_finish (STEWARD_AFFECTED (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  update (user_data);
}

static gboolean
load_cards (gpointer user_data)
{
  StewardSelectionBar *self = user_data;
  StewardCheckedSet *checked;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree const char **ids = NULL;

  self->delay_id = 0;
  if (self->list == NULL || self->affected == NULL)
    return G_SOURCE_REMOVE;

  checked = steward_candidate_list_get_checked (self->list);
  if (steward_checked_set_get_n_checked (checked) == 0 ||
      steward_checked_set_get_n_checked (checked) > MOST_DATASETS)
    return G_SOURCE_REMOVE;
  rows = steward_checked_set_dup_rows (checked);
  ids = list_ids (rows);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  steward_affected_load_async (self->affected, ids, self->cancellable,
                               on_cards_loaded, self);

  return G_SOURCE_REMOVE;
}

static void
on_checked_changed (StewardSelectionBar *self)
{
  update (self);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (DELAY_MS, load_cards, self);
}

static void
on_clear (StewardSelectionBar *self)
{
  steward_checked_set_clear (steward_candidate_list_get_checked (self->list));
}

static void
on_select_all (StewardSelectionBar *self)
{
  steward_checked_set_check_shown (steward_candidate_list_get_checked (self->list), self->model);
}

static void
on_review (StewardSelectionBar *self)
{
  g_signal_emit (self, signals[REVIEW], 0);
}

static void
steward_selection_bar_dispose (GObject *object)
{
  StewardSelectionBar *self = STEWARD_SELECTION_BAR (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    steward_selection_bar_set_list (self, NULL, NULL);
  g_clear_object (&self->affected);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_SELECTION_BAR);

  G_OBJECT_CLASS (steward_selection_bar_parent_class)->dispose (object);
}

static void
steward_selection_bar_class_init (StewardSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_selection_bar_dispose;

  /**
   * StewardSelectionBar::review:
   * @self: the bar
   *
   * The admin goes on with what is checked.
   */
  signals[REVIEW] = g_signal_new ("review", STEWARD_TYPE_SELECTION_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  g_type_ensure (STEWARD_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/migration/steward-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardSelectionBar, label);
  gtk_widget_class_bind_template_child (widget_class, StewardSelectionBar, clear_button);
  gtk_widget_class_bind_template_child (widget_class, StewardSelectionBar, all_button);
  gtk_widget_class_bind_template_child (widget_class, StewardSelectionBar, review_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_select_all);
  gtk_widget_class_bind_template_callback (widget_class, on_review);
}

static void
steward_selection_bar_init (StewardSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_set_name (GTK_WIDGET (self->clear_button), _("Clear Selection"));
}

/**
 * steward_selection_bar_set_list:
 * @self: a bar
 * @list: (nullable): the list that is shown now
 * @model: (nullable): what search and filter leave of it; with @list
 */
void
steward_selection_bar_set_list (StewardSelectionBar  *self,
                                StewardCandidateList *list,
                                StewardListModel     *model)
{
  g_return_if_fail (STEWARD_IS_SELECTION_BAR (self));

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (steward_candidate_list_get_checked (self->list), self);
      g_signal_handlers_disconnect_by_data (self->list, self);
    }
  g_set_object (&self->list, list);
  g_set_object (&self->model, model);
  if (list == NULL)
    return;

  g_signal_connect_swapped (steward_candidate_list_get_checked (list), "changed",
                            G_CALLBACK (on_checked_changed), self);
  g_signal_connect_swapped (list, "changed", G_CALLBACK (update), self);
  on_checked_changed (self);
}

/**
 * steward_selection_bar_set_affected:
 * @self: a bar
 * @affected: (nullable): what is known of cards
 */
void
steward_selection_bar_set_affected (StewardSelectionBar *self,
                                    StewardAffected     *affected)
{
  g_return_if_fail (STEWARD_IS_SELECTION_BAR (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->affected, affected);
  on_checked_changed (self);
}
