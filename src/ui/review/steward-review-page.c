/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-review-page.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-route.h"
#include "migration/steward-run-summary.h"
#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/common/steward-lines.h"
#include "ui/common/steward-wrap.h"
#include "ui/plans/steward-plan-save.h"
#include "ui/review/steward-affected-group.h"
#include "ui/review/steward-compare-group.h"
#include "ui/review/steward-name-confirmation.h"
#include "ui/review/steward-start-group.h"
#include "ui/review/steward-time-row.h"
#include "ui/review/steward-wave-group.h"
#include "ui/review/steward-wave-split.h"

/* On a real instance more than these want the instance's name typed. */
#define MOST_WITHOUT_NAME 50

struct _StewardReviewPage
{
  StewardPage parent_instance;

  GtkLabel *heading_label;
  AdwPreferencesGroup *datasets_group;
  AdwExpanderRow *moved_row;
  AdwExpanderRow *skipped_row;
  StewardAffectedGroup *affected_group;
  StewardStartGroup *start_group;
  GtkSpinButton *at_once_button;
  GtkSpinButton *pause_button;
  GtkSwitch *pause_switch;
  GtkSwitch *stop_switch;
  StewardTimeRow *start_row;
  StewardTimeRow *end_row;
  GtkBox *waves_box;
  GtkWidget *waves_group;
  GtkWidget *split_button;
  StewardCompareGroup *compare_group;
  GtkWidget *requests_group;
  AdwExpanderRow *requests_row;
  GtkButton *save_button;
  GtkButton *move_button;

  StewardDraft *draft;
  StewardRoute *route;
  GPtrArray *wave_groups;       /* (element-type StewardWaveGroup), borrowed: none for one wave only */
};

enum
{
  BEGUN,
  REPLACED,
  WAVE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardReviewPage, steward_review_page, STEWARD_TYPE_PAGE)

static StewardPlan *
get_plan (StewardReviewPage *self)
{
  return steward_draft_get_plan (self->draft);
}

static gboolean
is_back (StewardReviewPage *self)
{
  return steward_plan_get_direction (get_plan (self)) == STEWARD_DIRECTION_MOVE_BACK;
}

static char *
make_moved_line (guint      position,
                 char     **subtitle,
                 gpointer   user_data)
{
  StewardPlanItem *item = steward_plan_get_item (steward_draft_get_plan (user_data), position);

  *subtitle = g_strdup (steward_plan_item_get_table_key (item));

  return g_strdup (steward_plan_item_get_name (item));
}

static char *
make_skipped_line (guint      position,
                   char     **subtitle,
                   gpointer   user_data)
{
  StewardSkip *skip = steward_draft_get_skipped (user_data)->pdata[position];

  *subtitle = g_strdup (skip->reason);

  return g_strdup (skip->name);
}

static char *
make_request_line (guint      position,
                   char     **subtitle,
                   gpointer   user_data)
{
  StewardReviewPage *self = user_data;
  StewardPlan *wave;
  StewardPlanItem *item = steward_draft_get_item (self->draft, position, &wave);
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  g_autoptr (DomoRequest) request = NULL;
  DomoAddress *address;

  if (connection == NULL)
    return g_strdup ("");

  *subtitle = g_strdup (steward_plan_item_get_name (item));
  address = steward_account_get_address (steward_connection_get_account (connection));
  request = steward_route_build_migrate (self->route, steward_plan_get_destination_id (wave),
                                         item,
                                         steward_plan_get_direction (wave));

  return domo_request_to_text (request, address);
}

static void
apply_options (StewardReviewPage *self)
{
  const guint at_once = (guint) gtk_spin_button_get_value_as_int (self->at_once_button);
  const guint pause_after = !gtk_switch_get_active (self->pause_switch) ? 0
                            : (guint) gtk_spin_button_get_value_as_int (self->pause_button);
  for (guint i = 0; i < steward_plan_get_n_waves (get_plan (self)); i++)
    steward_plan_set_options (steward_plan_get_wave (get_plan (self), i), at_once, pause_after,
                              gtk_switch_get_active (self->stop_switch));
  steward_compare_group_apply (self->compare_group, get_plan (self));
  for (guint i = 0; i < self->wave_groups->len; i++)
    steward_wave_group_apply (self->wave_groups->pdata[i]);
  if (self->wave_groups->len == 0)
    steward_plan_set_window (get_plan (self), steward_time_row_get_time (self->start_row),
                             steward_time_row_get_time (self->end_row));
}

static void
on_begun (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardReviewPage) self = user_data;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GError) error = NULL;
  gint64 run_id;

  run = steward_run_keeper_begin_finish (STEWARD_RUN_KEEPER (source), result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), TRUE);
  if (run == NULL)
    {
      steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
      return;
    }

  run_id = steward_run_get_id (run);
  g_signal_emit (self, signals[BEGUN], 0);
  steward_page_close (STEWARD_PAGE (self));
  steward_application_show_run (steward_application_get (), run_id);
}

static void
begin (StewardReviewPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));

  if (connection == NULL)
    return;

  apply_options (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), FALSE);
  steward_run_keeper_begin_async (steward_application_get_run_keeper (steward_application_get ()), connection,
                                  get_plan (self), on_begun, g_object_ref (self));
}

static void
on_name_typed (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  if (steward_name_confirmation_ask_finish (GTK_WIDGET (source), result))
    begin (STEWARD_REVIEW_PAGE (source));
}

static char *
make_verb (StewardReviewPage *self)
{
  guint n = steward_plan_get_n_datasets (get_plan (self));
  guint n_waves = steward_plan_get_n_waves (get_plan (self));

  if (is_back (self))
    return g_strdup_printf (ngettext ("Move Back %'u Dataset", "Move Back %'u Datasets", n), n);
  if (n_waves > 1)
    return g_strdup_printf (ngettext ("Move %'u Dataset in %u Waves", "Move %'u Datasets in %u Waves", n), n, n_waves);

  return g_strdup_printf (ngettext ("Move %'u Dataset", "Move %'u Datasets", n), n);
}

static void
on_move (StewardReviewPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  g_autofree char *verb = NULL;

  if (connection == NULL)
    return;
  if (steward_account_is_practice (steward_connection_get_account (connection)) ||
      steward_plan_get_n_datasets (get_plan (self)) <= MOST_WITHOUT_NAME)
    {
      begin (self);
      return;
    }

  verb = make_verb (self);
  steward_name_confirmation_ask_async (GTK_WIDGET (self), gtk_label_get_label (self->heading_label),
                                       _("The cards of each dataset are offline while it moves."),
                                       steward_connection_get_name (connection), verb, on_name_typed, NULL);
}

static void
on_save_plan (StewardReviewPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));

  if (connection == NULL)
    return;

  apply_options (self);
  steward_plan_save (GTK_WIDGET (self), connection, get_plan (self));
}

static void
on_owners_saved (StewardReviewPage *self)
{
  steward_page_add_toast (STEWARD_PAGE (self), adw_toast_new (_("List saved")));
}

static char *
make_heading (StewardReviewPage *self)
{
  StewardPlan *plan = get_plan (self);
  guint n = steward_plan_get_n_datasets (plan);

  if (steward_plan_get_n_waves (plan) > 1)
    return g_strdup_printf (ngettext ("Move %'u dataset in %u waves", "Move %'u datasets in %u waves", n), n,
                            steward_plan_get_n_waves (plan));

  return steward_run_summary_make_title (plan, n, TRUE);
}

static void
add_lines (AdwExpanderRow  *row,
           guint            n_lines,
           gboolean         monospace,
           StewardLineFunc  func,
           gpointer         user_data)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkWidget *lines = steward_lines_new (title, monospace);

  steward_a11y_name_expander_row (row, title);
  steward_lines_set (STEWARD_LINES (lines), n_lines, func, user_data, NULL);
  steward_lines_add_to (STEWARD_LINES (lines), row);
  adw_expander_row_set_enable_expansion (row, n_lines > 0);
}

/* What cannot be moved back is what an admin has to know before anything else. */
static void
put_skipped_first (StewardReviewPage *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->skipped_row), _("Cannot be moved back"));
  g_object_ref (self->moved_row);
  adw_preferences_group_remove (self->datasets_group, GTK_WIDGET (self->moved_row));
  adw_preferences_group_add (self->datasets_group, GTK_WIDGET (self->moved_row));
  g_object_unref (self->moved_row);
  adw_expander_row_set_expanded (self->skipped_row, TRUE);
}

static void
replace (StewardReviewPage *self,
         StewardDraft      *draft)
{
  g_signal_emit (self, signals[REPLACED], 0, draft);
}

static void
on_split (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  StewardReviewPage *self = STEWARD_REVIEW_PAGE (source);
  const guint wave = GPOINTER_TO_UINT (user_data);
  const guint n_first = steward_wave_split_ask_finish (GTK_WIDGET (self), result);
  g_autoptr (StewardDraft) draft = NULL;

  if (n_first == 0)
    return;

  apply_options (self);
  draft = steward_draft_split (self->draft, wave, n_first);
  replace (self, draft);
}

static void
ask_split (StewardReviewPage *self,
           guint              wave)
{
  steward_wave_split_ask_async (GTK_WIDGET (self),
                                steward_plan_get_n_items (steward_plan_get_wave (get_plan (self), wave)), on_split,
                                GUINT_TO_POINTER (wave));
}

static void
on_split_clicked (StewardReviewPage *self)
{
  ask_split (self, 0);
}

static void
on_wave_split (StewardReviewPage *self,
               StewardWaveGroup  *group)
{
  ask_split (self, steward_wave_group_get_position (group));
}

static void
on_wave_remove (StewardReviewPage *self,
                StewardWaveGroup  *group)
{
  g_autoptr (StewardDraft) draft = NULL;

  apply_options (self);
  draft = steward_draft_without_wave (self->draft, steward_wave_group_get_position (group));
  replace (self, draft);
}

static void
on_add_wave (StewardReviewPage *self)
{
  apply_options (self);
  g_signal_emit (self, signals[WAVE_WANTED], 0, self->draft);
}

static void
fill_waves (StewardReviewPage *self)
{
  const guint n_waves = steward_plan_get_n_waves (get_plan (self));
  StewardWaveGroup *before = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->waves_box), n_waves > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->moved_row), n_waves == 1);
  gtk_widget_set_visible (GTK_WIDGET (self->datasets_group),
                          n_waves == 1 || steward_draft_get_skipped (self->draft)->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->start_row), n_waves == 1);
  gtk_widget_set_visible (GTK_WIDGET (self->end_row), n_waves == 1);
  gtk_widget_set_visible (self->split_button, n_waves == 1);
  gtk_widget_set_sensitive (self->split_button, steward_plan_get_n_items (get_plan (self)) > 1);
  for (guint i = 0; n_waves > 1 && i < n_waves; i++)
    {
      StewardWaveGroup *group = steward_wave_group_new (steward_plan_get_wave (get_plan (self), i), i, before);

      g_signal_connect_object (group, "split", G_CALLBACK (on_wave_split), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (group, "remove", G_CALLBACK (on_wave_remove), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->waves_box, GTK_WIDGET (group));
      g_ptr_array_add (self->wave_groups, group);
      before = group;
    }
}

static void
fill (StewardReviewPage *self)
{
  StewardPlan *plan = get_plan (self);
  guint n_items = steward_plan_get_n_datasets (plan);
  guint n_skipped = steward_draft_get_skipped (self->draft)->len;
  g_autofree char *heading = make_heading (self);
  g_autofree char *verb = make_verb (self);
  g_autofree char *moved = NULL;
  g_autofree char *skipped = NULL;
  gint64 start, end;

  gtk_label_set_label (self->heading_label, heading);
  gtk_button_set_label (self->move_button, verb);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), n_items > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), n_items > 0);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->moved_row),
                                 is_back (self) ? _("Will be moved back") : _("Will be moved"));
  moved = g_strdup_printf (ngettext ("%'u dataset", "%'u datasets", n_items), n_items);
  /* A run names all that it moved; the page behind has them chosen. */
  if (is_back (self) && n_items > 1)
    {
      g_autofree char *count = g_steal_pointer (&moved);

      moved = g_strdup_printf ("%s · %s", count, _("To leave some out, go back and clear their check marks"));
    }
  adw_expander_row_set_subtitle (self->moved_row, moved);
  skipped = g_strdup_printf (ngettext ("%'u dataset", "%'u datasets", n_skipped), n_skipped);
  adw_expander_row_set_subtitle (self->skipped_row, skipped);
  gtk_widget_set_visible (GTK_WIDGET (self->skipped_row), n_skipped > 0);

  add_lines (self->moved_row, steward_plan_get_n_items (plan), FALSE, make_moved_line, self->draft);
  /* A run names all that it moved: which these are is seen without asking. */
  adw_expander_row_set_expanded (self->moved_row, is_back (self) && n_items > 0);
  add_lines (self->skipped_row, n_skipped, FALSE, make_skipped_line, self->draft);
  add_lines (self->requests_row, n_items, TRUE, make_request_line, self);
  if (is_back (self) && n_skipped > 0)
    put_skipped_first (self);

  fill_waves (self);

  gtk_spin_button_set_value (self->at_once_button, steward_plan_get_at_once (plan));
  gtk_switch_set_active (self->pause_switch, steward_plan_get_pause_after (plan) > 0);
  if (steward_plan_get_pause_after (plan) > 0)
    gtk_spin_button_set_value (self->pause_button, steward_plan_get_pause_after (plan));
  gtk_switch_set_active (self->stop_switch, steward_plan_get_stop_on_incomplete (plan));
  steward_compare_group_set (self->compare_group, steward_plan_get_compare (plan));
  steward_plan_get_window (plan, &start, &end);
  steward_time_row_set_time (self->start_row, start);
  steward_time_row_set_time (self->end_row, end);
}

static void
on_at_once_changed (StewardReviewPage *self)
{
  steward_start_group_set_at_once (self->start_group,
                                   (guint) gtk_spin_button_get_value_as_int (self->at_once_button));
}

static void
steward_review_page_connection_changed (StewardPage *page)
{
  StewardReviewPage *self = STEWARD_REVIEW_PAGE (page);

  if (self->draft != NULL)
    steward_start_group_set_connection (self->start_group, steward_page_get_connection (page));
}

static void
steward_review_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STEWARD_TYPE_REVIEW_PAGE);

  G_OBJECT_CLASS (steward_review_page_parent_class)->dispose (object);
}

static void
steward_review_page_finalize (GObject *object)
{
  StewardReviewPage *self = STEWARD_REVIEW_PAGE (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->route);
  g_ptr_array_unref (self->wave_groups);

  G_OBJECT_CLASS (steward_review_page_parent_class)->finalize (object);
}

static void
steward_review_page_class_init (StewardReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_review_page_dispose;
  STEWARD_PAGE_CLASS (klass)->connection_changed = steward_review_page_connection_changed;
  object_class->finalize = steward_review_page_finalize;

  /**
   * StewardReviewPage::begun:
   * @self: the page
   *
   * The run has begun.
   */
  signals[BEGUN] = g_signal_new ("begun", STEWARD_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  /**
   * StewardReviewPage::replaced:
   * @self: the page
   * @draft: the same datasets in other waves, for a page in place of this one
   */
  signals[REPLACED] = g_signal_new ("replaced", STEWARD_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, STEWARD_TYPE_DRAFT);

  /**
   * StewardReviewPage::wave-wanted:
   * @self: the page
   * @draft: what is to be kept while another wave is chosen
   */
  signals[WAVE_WANTED] = g_signal_new ("wave-wanted", STEWARD_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, STEWARD_TYPE_DRAFT);

  g_type_ensure (STEWARD_TYPE_AFFECTED_GROUP);
  g_type_ensure (STEWARD_TYPE_COMPARE_GROUP);
  g_type_ensure (STEWARD_TYPE_TIME_ROW);
  g_type_ensure (STEWARD_TYPE_START_GROUP);
  g_type_ensure (STEWARD_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/review/steward-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, heading_label);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, datasets_group);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, moved_row);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, skipped_row);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, affected_group);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, start_group);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, at_once_button);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, pause_switch);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, stop_switch);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, start_row);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, end_row);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, waves_box);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, waves_group);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, split_button);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, compare_group);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, requests_group);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, requests_row);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, StewardReviewPage, move_button);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_bind_template_callback (widget_class, on_split_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_add_wave);
  gtk_widget_class_bind_template_callback (widget_class, on_save_plan);
  gtk_widget_class_bind_template_callback (widget_class, on_owners_saved);
  gtk_widget_class_bind_template_callback (widget_class, steward_page_close);
}

static void
steward_review_page_init (StewardReviewPage *self)
{
  self->wave_groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->waves_group, FALSE);
  steward_time_row_set_first (self->end_row, self->start_row);
  g_signal_connect_object (self->at_once_button, "value-changed", G_CALLBACK (on_at_once_changed), self,
                           G_CONNECT_SWAPPED);

  steward_a11y_set_name (GTK_WIDGET (self->at_once_button), _("At once"));
  steward_a11y_set_name (GTK_WIDGET (self->pause_button), _("Pause after the first"));
  steward_a11y_set_name (GTK_WIDGET (self->pause_switch), _("Pause after the first datasets"));
  steward_a11y_set_name (GTK_WIDGET (self->stop_switch), _("Stop when one needs another try"));
  steward_a11y_name_list (GTK_WIDGET (self->datasets_group), _("Datasets"));
  steward_a11y_name_list (self->waves_group, _("Waves"));
  steward_a11y_name_list (self->requests_group, _("What will be sent"));
}

/**
 * steward_review_page_new:
 * @draft: what was chosen; its plan's options are shown and changed
 * @affected: what is known of cards
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_review_page_new (StewardDraft    *draft,
                         StewardAffected *affected)
{
  g_autoptr (StewardPlan) all = NULL;
  StewardReviewPage *self;

  g_return_val_if_fail (STEWARD_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (STEWARD_IS_AFFECTED (affected), NULL);

  self = g_object_new (STEWARD_TYPE_REVIEW_PAGE, NULL);
  self->draft = g_object_ref (draft);
  self->route = steward_route_new_for_id (steward_plan_get_route_id (get_plan (self)));
  all = steward_draft_dup_all (draft);
  steward_start_group_set_plan (self->start_group, all);
  for (guint i = 1; i < steward_plan_get_n_waves (get_plan (self)); i++)
    steward_start_group_add_wave (self->start_group, steward_plan_get_wave (get_plan (self), i));
  fill (self);
  steward_affected_group_set_plan (self->affected_group, all, affected);

  return STEWARD_PAGE (self);
}

/**
 * steward_review_page_allow_waves:
 * @self: a page
 *
 * Offers to make several waves of what is to be moved. Who calls this replaces the page when it says so.
 */
void
steward_review_page_allow_waves (StewardReviewPage *self)
{
  g_return_if_fail (STEWARD_IS_REVIEW_PAGE (self));

  gtk_widget_set_visible (self->waves_group, !is_back (self));
}
