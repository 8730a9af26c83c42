/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-affected-group.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/common/steward-files.h"
#include "ui/common/steward-lines.h"

#define SHOWN_TITLES 3

struct _StewardAffectedGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *summary_row;
  GtkProgressBar *progress_bar;
  GtkButton *cancel_button;
  GtkButton *load_button;
  AdwExpanderRow *datasets_row;
  AdwExpanderRow *owners_row;
  GtkButton *save_button;
  StewardLines *dataset_lines;
  StewardLines *owner_lines;

  StewardPlan *plan;
  StewardAffected *affected;
  GPtrArray *owners;            /* what the lines show */
  GCancellable *cancellable;    /* of the load under way */
  guint update_id;
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardAffectedGroup, steward_affected_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
make_dataset_line (guint      position,
                   char     **subtitle,
                   gpointer   user_data)
{
  StewardAffectedGroup *self = user_data;
  StewardPlanItem *item = steward_plan_get_item (self->plan, position);
  GPtrArray *cards = steward_affected_get_cards (self->affected, steward_plan_item_get_dataset_id (item));
  g_autoptr (GString) text = NULL;

  if (cards == NULL)
    {
      *subtitle = g_strdup (_("Cards not known"));
    }
  else if (cards->len == 0)
    {
      *subtitle = g_strdup (_("No cards"));
    }
  else
    {
      text = g_string_new (NULL);
      g_string_append_printf (text, ngettext ("%'u card", "%'u cards", cards->len), cards->len);
      for (guint i = 0; i < MIN (cards->len, SHOWN_TITLES); i++)
        {
          StewardAffectedCard *card = cards->pdata[i];

          g_string_append (text, i == 0 ? ": " : ", ");
          g_string_append (text, card->title != NULL ? card->title : card->id);
        }
      if (cards->len > SHOWN_TITLES)
        g_string_append (text, "…");
      *subtitle = g_string_free (g_steal_pointer (&text), FALSE);
    }

  return g_strdup (steward_plan_item_get_name (item));
}

static char *
make_owner_line (guint      position,
                 char     **subtitle,
                 gpointer   user_data)
{
  StewardAffectedGroup *self = user_data;
  StewardAffectedOwner *owner = self->owners->pdata[position];
  g_autofree char *cards = NULL;
  const char *contact = owner->email;

  if (contact == NULL)
    /* Translators: “group” stands where an owner's e-mail would: the owner is a group of people */
    contact = g_strcmp0 (owner->type, "GROUP") == 0 ? _("group") : _("e-mail not known");
  cards = g_strdup_printf (ngettext ("%'u card", "%'u cards", owner->n_cards), owner->n_cards);
  *subtitle = g_strdup_printf ("%s · %s", contact, cards);

  return g_strdup (owner->name != NULL ? owner->name : owner->id);
}

/* (transfer container): the ids of the plan's datasets, borrowed from it. */
static const char **
list_ids (StewardAffectedGroup *self)
{
  guint n = steward_plan_get_n_items (self->plan);
  const char **ids = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    ids[i] = steward_plan_item_get_dataset_id (steward_plan_get_item (self->plan, i));

  return ids;
}

static gboolean
update (gpointer user_data)
{
  StewardAffectedGroup *self = user_data;
  guint n_items = steward_plan_get_n_items (self->plan);
  gboolean loading = self->cancellable != NULL;
  guint n_known, n_cards;
  g_autofree const char **ids = list_ids (self);
  g_autofree char *cards = NULL;
  g_autofree char *owners = NULL;
  g_autofree char *title = NULL;

  self->update_id = 0;
  n_cards = steward_affected_count (self->affected, ids, &n_known);
  g_clear_pointer (&self->owners, g_ptr_array_unref);
  self->owners = steward_affected_dup_owners (self->affected, ids);

  cards = g_strdup_printf (ngettext ("%'u card", "%'u cards", n_cards), n_cards);
  owners = g_strdup_printf (ngettext ("%'u owner", "%'u owners", self->owners->len), self->owners->len);
  if (n_known == n_items)
    title = g_strdup_printf ("%s, %s", cards, owners);
  else if (loading)
    /* Translators: "96 cards, 11 owners so far" */
    title = g_strdup_printf (_("%s, %s so far"), cards, owners);
  else
    /* Translators: "96 cards, 11 owners; not known for 3 datasets" */
    title = g_strdup_printf (ngettext ("%s, %s; not known for %'u dataset", "%s, %s; not known for %'u datasets",
                                       n_items - n_known),
                             cards, owners, n_items - n_known);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->summary_row), title);

  gtk_progress_bar_set_fraction (self->progress_bar, n_items > 0 ? (double) n_known / n_items : 1);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), loading);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), loading);
  gtk_widget_set_visible (GTK_WIDGET (self->load_button), !loading && n_known < n_items);
  /* While it loads, owners and e-mails would be missing without a word. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), !loading && self->owners->len > 0);

  adw_expander_row_set_subtitle (self->owners_row, owners);
  steward_lines_set (self->dataset_lines, n_items, make_dataset_line, self, NULL);
  steward_lines_set (self->owner_lines, self->owners->len, make_owner_line, self, NULL);

  return G_SOURCE_REMOVE;
}

static void
update_soon (StewardAffectedGroup *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (100, update, self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardAffectedGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What could not be loaded is said dataset by dataset. */
  steward_affected_load_finish (STEWARD_AFFECTED (source), result, &error);
  if (self->affected == NULL)
    return;

  g_clear_object (&self->cancellable);
  update_soon (self);
}

static void
on_load (StewardAffectedGroup *self)
{
  g_autofree const char **ids = NULL;

  if (self->cancellable != NULL)
    return;

  ids = list_ids (self);
  self->cancellable = g_cancellable_new ();
  update_soon (self);
  steward_affected_load_async (self->affected, ids, self->cancellable, on_loaded,
                               g_object_ref (self));
}

static void
on_cancel (StewardAffectedGroup *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (source), result, &error);

  if (error != NULL)
    steward_error_dialog_present (GTK_WIDGET (source), error, NULL);
  else if (file != NULL)
    g_signal_emit (source, signals[SAVED], 0);
}

static void
on_save (StewardAffectedGroup *self)
{
  g_autoptr (GBytes) csv = steward_affected_owners_to_csv (self->affected, self->plan, self->owners);

  steward_files_save_bytes_async (GTK_WIDGET (self), _("Save List of Owners"), _("owners.csv"), csv, on_saved, NULL);
}

static void
steward_affected_group_dispose (GObject *object)
{
  StewardAffectedGroup *self = STEWARD_AFFECTED_GROUP (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->dataset_lines != NULL)
    {
      steward_lines_set (self->dataset_lines, 0, NULL, NULL, NULL);
      steward_lines_set (self->owner_lines, 0, NULL, NULL, NULL);
      self->dataset_lines = NULL;
    }
  if (self->affected != NULL)
    g_signal_handlers_disconnect_by_data (self->affected, self);
  g_clear_object (&self->affected);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_AFFECTED_GROUP);

  G_OBJECT_CLASS (steward_affected_group_parent_class)->dispose (object);
}

static void
steward_affected_group_finalize (GObject *object)
{
  StewardAffectedGroup *self = STEWARD_AFFECTED_GROUP (object);

  g_clear_object (&self->plan);
  g_clear_pointer (&self->owners, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_affected_group_parent_class)->finalize (object);
}

static void
steward_affected_group_class_init (StewardAffectedGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_affected_group_dispose;
  object_class->finalize = steward_affected_group_finalize;

  /**
   * StewardAffectedGroup::saved:
   * @self: the group
   *
   * The list of owners is in its file.
   */
  signals[SAVED] = g_signal_new ("saved", STEWARD_TYPE_AFFECTED_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/review/steward-affected-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, summary_row);
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, load_button);
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, datasets_row);
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, owners_row);
  gtk_widget_class_bind_template_child (widget_class, StewardAffectedGroup, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_load);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
steward_affected_group_init (StewardAffectedGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  steward_a11y_name_expander_row (self->datasets_row, _("By dataset"));
  steward_a11y_name_expander_row (self->owners_row, _("Owners to tell"));
  self->dataset_lines = STEWARD_LINES (steward_lines_new (_("Cards by dataset"), FALSE));
  steward_lines_add_to (self->dataset_lines, self->datasets_row);
  self->owner_lines = STEWARD_LINES (steward_lines_new (_("Owners to tell"), FALSE));
  steward_lines_add_to (self->owner_lines, self->owners_row);
}

/**
 * steward_affected_group_set_plan:
 * @self: a group
 * @plan: the plan, with all its items
 * @affected: what is known of cards
 *
 * Shows what @plan hits and loads what is not known yet. Called once.
 */
void
steward_affected_group_set_plan (StewardAffectedGroup *self,
                                 StewardPlan          *plan,
                                 StewardAffected      *affected)
{
  g_return_if_fail (STEWARD_IS_AFFECTED_GROUP (self));
  g_return_if_fail (self->plan == NULL);

  self->plan = g_object_ref (plan);
  self->affected = g_object_ref (affected);
  g_signal_connect_swapped (affected, "progress", G_CALLBACK (update_soon), self);
  on_load (self);
}
