/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-migration-page-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/application/steward-application.h"
#include "ui/preferences/steward-density.h"
#include "ui/repoint/steward-repoint-page.h"

G_DEFINE_FINAL_TYPE (StewardMigrationPage, steward_migration_page, STEWARD_TYPE_PAGE)

/* (nullable): NULL while the connection does not stand. */
DomoSession *
steward_migration_page_get_session (StewardMigrationPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));

  if (connection == NULL || !steward_connection_is_connected (connection))
    return NULL;

  return steward_connection_get_session (connection);
}

static char *
count_datasets (guint n)
{
  return g_strdup_printf (ngettext ("%'u dataset", "%'u datasets", n), n);
}

static void
update_tabs (StewardMigrationPage *self)
{
  for (guint i = 0; i < N_LISTS; i++)
    {
      StewardRowStore *store = steward_candidate_list_get_store (self->lists[i]);
      const char *name = i == STEWARD_DIRECTION_MOVE ? _("To Move") : _("Moved");
      StewardRowState state = steward_row_store_get_state (store);
      g_autofree char *label = NULL;

      /* A number stands there only when it is the whole one. */
      if (state == STEWARD_ROW_STATE_COMPLETE)
        label = g_strdup_printf ("%s %'u", name, steward_row_store_get_n_rows (store));
      gtk_button_set_label (GTK_BUTTON (self->tabs[i]), label != NULL ? label : name);
    }
}

static void
update_collisions (StewardMigrationPage *self)
{
  guint n = steward_candidate_list_count_collisions (self->lists[STEWARD_DIRECTION_MOVE]);
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%'u dataset collides with another one there and cannot be moved. "
                                    "Its cards can be re-pointed: open it to see them.",
                                    "%'u datasets collide with others there and cannot be moved. "
                                    "Their cards can be re-pointed: open one to see them.", n), n);
  gtk_label_set_label (self->collision_label, text);
  gtk_revealer_set_reveal_child (self->collision_revealer,
                                 n > 0 && self->direction == STEWARD_DIRECTION_MOVE && self->destination_id != NULL);
}

static void
on_list_changed (StewardMigrationPage *self)
{
  update_tabs (self);
  update_collisions (self);
  steward_migration_page_open_waiting_plan (self);
}

static void
show_list (StewardMigrationPage *self,
           StewardDirection      direction)
{
  StewardCandidateList *list = self->lists[direction];

  self->direction = direction;
  steward_list_page_set_model (self->list_page, self->models[direction],
                               steward_candidate_list_get_checked (list));
  if (direction == STEWARD_DIRECTION_MOVE)
    steward_list_page_set_empty (self->list_page, "steward-dataset-symbolic", _("Nothing to move here"),
                                 _("No dataset is listed for this destination. They may not be shared with you, "
                                   "or may still be V1 datasets, which need Federated V2 first."));
  else
    steward_list_page_set_empty (self->list_page, "steward-dataset-symbolic", _("Nothing has moved here yet"),
                                 _("Datasets that moved to this destination are listed here, and can be moved "
                                   "back."));
  steward_selection_bar_set_list (self->bar, list, self->models[direction]);
  /* With its box, which would take room beside Sort By. */
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->state_drop_down)),
                          direction == STEWARD_DIRECTION_MOVE);
  update_collisions (self);
}

static void
on_tab_toggled (GtkToggleButton      *tab,
                StewardMigrationPage *self)
{
  if (!gtk_toggle_button_get_active (tab))
    return;

  show_list (self, tab == self->tabs[STEWARD_DIRECTION_MOVE_BACK] ? STEWARD_DIRECTION_MOVE_BACK
                                                                  : STEWARD_DIRECTION_MOVE);
}

static gboolean
filter_state (gpointer row,
              gpointer user_data)
{
  return steward_candidate_row_get_state (row) == GPOINTER_TO_UINT (user_data);
}

static void
on_state_selected (StewardMigrationPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->state_drop_down);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    steward_list_model_set_filter (self->models[STEWARD_DIRECTION_MOVE], NULL, NULL, NULL);
  else
    steward_list_model_set_filter (self->models[STEWARD_DIRECTION_MOVE], filter_state,
                                   GUINT_TO_POINTER (selected - 1), NULL);
}

static void
on_show_collisions (StewardMigrationPage *self)
{
  gtk_drop_down_set_selected (self->state_drop_down, STEWARD_CANDIDATE_COLLIDES + 1);
}

static void
load_lists (StewardMigrationPage *self)
{
  DomoDestination *destination = steward_destination_picker_get_destination (self->picker);

  g_free (self->destination_id);
  self->destination_id = destination != NULL ? g_strdup (destination->id) : NULL;
  self->stale = FALSE;
  for (guint i = 0; i < N_LISTS; i++)
    {
      if (destination == NULL)
        steward_checked_set_clear (steward_candidate_list_get_checked (self->lists[i]));
      steward_candidate_list_load (self->lists[i], steward_migration_page_get_session (self), self->destination_id);
    }
}

static void
show_empty (StewardMigrationPage *self,
            const char           *title,
            const char           *description)
{
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, description);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
on_picker_changed (StewardMigrationPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  StewardPickerState state = steward_destination_picker_get_state (self->picker);
  const GError *error = steward_destination_picker_get_error (self->picker);

  gtk_spinner_set_spinning (self->spinner, state == STEWARD_PICKER_LOADING);
  steward_page_set_busy (STEWARD_PAGE (self), state == STEWARD_PICKER_LOADING);
  switch (state)
    {
    case STEWARD_PICKER_READY:
      load_lists (self);
      gtk_stack_set_visible_child_name (self->stack, "list");
      break;
    case STEWARD_PICKER_NO_TYPES:
      show_empty (self, _("No destinations yet"),
                  _("This instance lists no integration that datasets could move to. Somebody with the right to "
                    "do so has to make one in Domo first, or share theirs with you."));
      break;
    case STEWARD_PICKER_NO_DESTINATIONS:
      show_empty (self, _("No destination of this type"),
                  _("You see no integration of this type. It may not be shared with you. Choose another type, or "
                    "ask who made it to share it."));
      break;
    case STEWARD_PICKER_FAILED:
      steward_error_view_set_error (self->error_view, error,
                                    connection != NULL ? steward_connection_get_name (connection) : NULL);
      if (connection != NULL)
        steward_connection_report_error (connection, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      break;
    default:
      if (self->destination_id == NULL)
        gtk_stack_set_visible_child_name (self->stack, "loading");
      break;
    }
}

static void
on_counts_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* Without counts the column says "–": the page works all the same. */
  if (!steward_card_counts_load_finish (STEWARD_CARD_COUNTS (source), result, &error))
    g_debug ("Card counts: %s", error->message);
}

/* Asks the instance anew, from the types on. */
void
steward_migration_page_load (StewardMigrationPage *self)
{
  DomoSession *session = steward_migration_page_get_session (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (session == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  if (self->counts == NULL)
    {
      self->counts = steward_card_counts_new (session);
      self->affected = steward_affected_new (session);
      steward_selection_bar_set_affected (self->bar, self->affected);
      for (guint i = 0; i < N_LISTS; i++)
        {
          steward_candidate_list_set_counts (self->lists[i], self->counts);
          steward_candidate_list_set_affected (self->lists[i], self->affected);
        }
    }
  steward_destination_picker_load (self->picker, session);
  steward_card_counts_load_async (self->counts, self->cancellable, on_counts_loaded, NULL);
}

static void
on_retry (StewardMigrationPage *self)
{
  steward_migration_page_load (self);
}

static void
on_journal_states (StewardMigrationPage *self)
{
  for (guint i = 0; i < N_LISTS; i++)
    steward_candidate_list_set_journal (self->lists[i], steward_journal_states_dup (self->journal_states));

  if (steward_journal_states_has_settled (self->journal_states))
    {
      self->stale = TRUE;
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        load_lists (self);
    }
}

/* Opens @page (floating) above this one, with its connection. */
void
steward_migration_page_push (StewardMigrationPage *self,
                             StewardPage          *page)
{
  steward_page_set_connection (page, steward_page_get_connection (STEWARD_PAGE (self)));
  steward_page_push (STEWARD_PAGE (self), page);
}

static StewardCandidateRow *
get_cursor_row (StewardMigrationPage *self)
{
  StewardListModel *model = self->models[self->direction];
  guint cursor = steward_list_model_get_cursor (model);

  return cursor != GTK_INVALID_LIST_POSITION ? steward_list_model_get_row (model, cursor) : NULL;
}

static gboolean
repoint (StewardMigrationPage *self,
         StewardCandidateRow  *row)
{
  if (row == NULL || steward_candidate_row_get_state (row) != STEWARD_CANDIDATE_COLLIDES)
    return FALSE;

  steward_migration_page_push (self, steward_repoint_page_new (steward_candidate_row_get_candidate (row), self->affected));

  return TRUE;
}

static void
on_row_activated (StewardMigrationPage *self,
                  StewardCandidateRow  *row)
{
  StewardCheckedSet *checked = steward_candidate_list_get_checked (self->lists[self->direction]);

  if (!repoint (self, row))
    steward_checked_set_set_checked (checked, row, !steward_checked_set_is_checked (checked, row));
}

static void
on_repoint (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (user_data);

  if (repoint (self, get_cursor_row (self)))
    return;

  on_show_collisions (self);
  steward_page_add_toast (STEWARD_PAGE (self), adw_toast_new (_("Choose a dataset that collides, and open it")));
}

static void
enable_action (StewardMigrationPage *self,
               const char           *name,
               gboolean              enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Where the header bar is too short for all buttons, the menu takes what it can. */
static void
on_narrowed (StewardMigrationPage *self,
             gboolean              narrow)
{
  gtk_widget_set_visible (GTK_WIDGET (self->help_button), !narrow);
  g_object_set (self, "refresh-in-menu", narrow, NULL);
  steward_destination_picker_set_narrow (self->picker, narrow);
  enable_action (self, "explain", narrow);
  enable_action (self, "refresh", narrow);
}

static void
on_refresh (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  steward_page_refresh (user_data);
}

static void
on_explain (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (user_data);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _("Which one do I need?"), gtk_label_get_label (self->explanation_label));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
steward_migration_page_connection_changed (StewardPage *page)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (page);
  StewardConnection *connection = steward_page_get_connection (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->counts);
  g_clear_object (&self->affected);
  g_clear_object (&self->opened_plan);
  steward_kept_waves_set_draft (self->kept_waves, NULL);
  steward_selection_bar_set_affected (self->bar, NULL);
  for (guint i = 0; i < N_LISTS; i++)
    {
      steward_candidate_list_set_counts (self->lists[i], NULL);
      steward_candidate_list_set_affected (self->lists[i], NULL);
      steward_checked_set_clear (steward_candidate_list_get_checked (self->lists[i]));
      steward_candidate_list_load (self->lists[i], NULL, NULL);
    }
  g_clear_pointer (&self->destination_id, g_free);
  steward_destination_picker_load (self->picker, NULL);
  steward_journal_states_set_connection (self->journal_states, connection);
  enable_action (self, "rehearse",
                 connection != NULL && !steward_account_is_practice (steward_connection_get_account (connection)));
  steward_list_page_set_instance (self->list_page, connection != NULL ? steward_connection_get_name (connection) : NULL);
}

static void
steward_migration_page_connected (StewardPage *page)
{
  steward_migration_page_load (STEWARD_MIGRATION_PAGE (page));
}

static void
steward_migration_page_shown (StewardPage *page)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (page);

  if (self->stale)
    load_lists (self);
}

static void
steward_migration_page_refresh (StewardPage *page)
{
  steward_migration_page_load (STEWARD_MIGRATION_PAGE (page));
}

static gboolean
steward_migration_page_focus_search (StewardPage *page)
{
  steward_list_page_focus_search (STEWARD_MIGRATION_PAGE (page)->list_page);

  return TRUE;
}

static void
steward_migration_page_dispose (GObject *object)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < N_LISTS; i++)
    if (self->lists[i] != NULL)
      g_signal_handlers_disconnect_by_data (self->lists[i], self);
  if (self->journal_states != NULL)
    g_signal_handlers_disconnect_by_data (self->journal_states, self);
  if (self->menu_button != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (self->menu_button), "migration", NULL);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_MIGRATION_PAGE);

  G_OBJECT_CLASS (steward_migration_page_parent_class)->dispose (object);
}

static void
steward_migration_page_finalize (GObject *object)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (object);

  for (guint i = 0; i < N_LISTS; i++)
    {
      g_clear_object (&self->models[i]);
      g_clear_object (&self->lists[i]);
    }
  g_clear_object (&self->route);
  g_clear_object (&self->counts);
  g_clear_object (&self->affected);
  g_clear_object (&self->journal_states);
  g_clear_object (&self->opened_plan);
  g_clear_object (&self->opened_draft);
  g_clear_pointer (&self->destination_id, g_free);

  G_OBJECT_CLASS (steward_migration_page_parent_class)->finalize (object);
}

static void
steward_migration_page_class_init (StewardMigrationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  StewardPageClass *page_class = STEWARD_PAGE_CLASS (klass);

  object_class->dispose = steward_migration_page_dispose;
  object_class->finalize = steward_migration_page_finalize;
  page_class->connection_changed = steward_migration_page_connection_changed;
  page_class->connected = steward_migration_page_connected;
  page_class->shown = steward_migration_page_shown;
  page_class->refresh = steward_migration_page_refresh;
  page_class->focus_search = steward_migration_page_focus_search;
  page_class->open = steward_migration_page_open;

  g_type_ensure (STEWARD_TYPE_DESTINATION_PICKER);
  g_type_ensure (STEWARD_TYPE_ERROR_VIEW);
  g_type_ensure (STEWARD_TYPE_KEPT_WAVES);
  g_type_ensure (STEWARD_TYPE_LIST_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/migration/steward-migration-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, help_button);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, picker);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, kept_waves);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, collision_revealer);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, collision_label);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, list_page);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, StewardMigrationPage, error_view);
  gtk_widget_class_bind_template_callback (widget_class, steward_migration_page_on_back_to_plan);
  gtk_widget_class_bind_template_callback (widget_class, on_picker_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_collisions);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_narrowed);

}

/* The menu stands in the window's header bar, where it would not find the page's own actions. */
static void
add_actions (StewardMigrationPage *self)
{
  static const GActionEntry entries[] = {
    { "open-plan", steward_migration_page_on_open_plan, NULL, NULL, NULL, { 0 } },
    { "import-plan", steward_migration_page_on_import_plan, NULL, NULL, NULL, { 0 } },
    { "rehearse", steward_migration_page_on_rehearse, NULL, NULL, NULL, { 0 } },
    { "repoint", on_repoint, NULL, NULL, NULL, { 0 } },
    { "explain", on_explain, NULL, NULL, NULL, { 0 } },
    { "refresh", on_refresh, NULL, NULL, NULL, { 0 } },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->menu_button), "migration", G_ACTION_GROUP (self->actions));
  on_narrowed (self, FALSE);
}

static void
add_tabs (StewardMigrationPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < N_LISTS; i++)
    {
      GtkWidget *tab = gtk_toggle_button_new ();

      self->tabs[i] = GTK_TOGGLE_BUTTON (tab);
      if (i > 0)
        gtk_toggle_button_set_group (self->tabs[i], self->tabs[0]);
      gtk_box_append (GTK_BOX (box), tab);
      g_signal_connect (tab, "toggled", G_CALLBACK (on_tab_toggled), self);
    }
  steward_list_page_add_start (self->list_page, box);
}

static void
add_state_filter (StewardMigrationPage *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("All states"));
  for (guint i = 0; i < STEWARD_N_CANDIDATE_STATES; i++)
    gtk_string_list_append (names, steward_candidate_state_get_name (i));
  self->state_drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  steward_a11y_set_name (GTK_WIDGET (self->state_drop_down), _("State"));
  g_signal_connect_object (self->state_drop_down, "notify::selected", G_CALLBACK (on_state_selected), self,
                           G_CONNECT_SWAPPED);
  steward_list_page_add_end (self->list_page, GTK_WIDGET (self->state_drop_down));
}

static void
steward_migration_page_init (StewardMigrationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);

  steward_a11y_set_name (GTK_WIDGET (self->help_button), _("Which one do I need?"));
  steward_a11y_set_name (GTK_WIDGET (self->menu_button), _("More"));
  add_tabs (self);
  add_state_filter (self);

  self->bar = g_object_new (STEWARD_TYPE_SELECTION_BAR, NULL);
  g_signal_connect_swapped (self->bar, "review", G_CALLBACK (steward_migration_page_review), self);
  steward_list_page_set_bottom (self->list_page, GTK_WIDGET (self->bar));
  steward_list_page_set_names (self->list_page, _("Datasets"), _("Search datasets"));
  steward_list_page_set_count_func (self->list_page, count_datasets);
  steward_density_follow (self->list_page, steward_application_get_settings (steward_application_get ()));
  g_signal_connect_swapped (self->list_page, "activate-row", G_CALLBACK (on_row_activated), self);
  g_signal_connect_swapped (self->list_page, "retry", G_CALLBACK (load_lists), self);

  self->journal_states = steward_journal_states_new ();
  g_signal_connect_swapped (self->journal_states, "changed", G_CALLBACK (on_journal_states), self);
}

/**
 * steward_migration_page_new:
 * @route: the route
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_migration_page_new (StewardRoute *route)
{
  StewardMigrationPage *self;

  g_return_val_if_fail (STEWARD_IS_ROUTE (route), NULL);

  self = g_object_new (STEWARD_TYPE_MIGRATION_PAGE, "title", steward_route_get_title (route), NULL);
  self->route = g_object_ref (route);
  gtk_label_set_label (self->explanation_label, steward_route_get_explanation (route));
  steward_destination_picker_set_route (self->picker, route);
  for (guint i = 0; i < N_LISTS; i++)
    {
      self->lists[i] = steward_candidate_list_new (route, i);
      self->models[i] = steward_list_model_new (steward_candidate_list_get_store (self->lists[i]));
      g_signal_connect_swapped (self->lists[i], "changed", G_CALLBACK (on_list_changed), self);
    }
  gtk_toggle_button_set_active (self->tabs[STEWARD_DIRECTION_MOVE], TRUE);
  update_tabs (self);

  return STEWARD_PAGE (self);
}
