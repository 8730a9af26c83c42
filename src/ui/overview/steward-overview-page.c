/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-overview-page.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-amplifier-route.h"
#include "ui/application/steward-application.h"
#include "ui/overview/steward-attention-list.h"
#include "ui/overview/steward-overview-rows.h"
#include "ui/overview/steward-route-card.h"

/* Of what needs attention there may be thousands: so many have a row at first, and so many more each time that more
 * are asked for. */
#define FIRST_ATTENTION 8
#define MORE_ATTENTION 50
#define MAX_RUNS 5

/* A run writes many times a second; this page follows a few times. */
#define FOLLOW_MS 400

struct _StewardOverviewPage
{
  StewardPage parent_instance;

  GtkListBox *attention;
  GtkBox *cards;
  GtkListBox *runs;
  GtkListBox *facts;

  GPtrArray *counts;                    /* (element-type StewardRouteCount) */
  GSignalGroup *connection_signals;
  GSignalGroup *account_signals;
  GCancellable *cancellable;            /* nullable: of the list of runs */
  guint follow_id;
  guint n_wanted;                       /* most that are shown of what needs attention */
  GtkWidget *more_row;                  /* nullable: of the list of attention */
  GtkWidget *quiet_row;                 /* nullable: in it instead of datasets */
  gboolean counts_stale;                /* something moved since the routes were counted */
};

G_DEFINE_FINAL_TYPE (StewardOverviewPage, steward_overview_page, STEWARD_TYPE_PAGE)

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static StewardConnection *
get_connection (StewardOverviewPage *self)
{
  return steward_page_get_connection (STEWARD_PAGE (self));
}

/* ---- what needs attention ---- */

static void on_show_more (StewardOverviewPage *self);

/* What follows the datasets: how many more there are. It stays where it is while they come and go. */
static void
update_more_row (StewardOverviewPage *self,
                 guint                more)
{
  g_autofree char *text = g_strdup_printf (ngettext ("And %'u more", "And %'u more", more), more);

  if (self->more_row == NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Show More"));

      self->more_row = steward_overview_row_quiet (NULL, "");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_show_more), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (self->more_row), button);
      gtk_list_box_append (self->attention, self->more_row);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more_row), text);
  gtk_widget_set_visible (self->more_row, more > 0);
}

/* Instead of datasets: that there are none, or that nobody knows. */
static void
update_quiet_row (StewardOverviewPage *self,
                  const char          *icon_name,
                  const char          *text)
{
  if (self->quiet_row != NULL && text != NULL &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->quiet_row)), text))
    return;
  if (self->quiet_row != NULL)
    gtk_list_box_remove (self->attention, self->quiet_row);
  self->quiet_row = text != NULL ? steward_overview_row_quiet (icon_name, text) : NULL;
  if (self->quiet_row != NULL)
    gtk_list_box_append (self->attention, self->quiet_row);
}

/* What came out incomplete has not moved, whatever the list of what can be moved back says. */
static void
count_incomplete (StewardOverviewPage *self,
                  GPtrArray           *items)
{
  g_autoptr (GHashTable) incomplete = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (steward_run_item_get_state (items->pdata[i]) == STEWARD_ITEM_INCOMPLETE)
      g_hash_table_add (incomplete, g_strdup (steward_run_item_get_dataset_id (items->pdata[i])));
  for (guint i = 0; i < self->counts->len; i++)
    steward_route_count_set_incomplete (self->counts->pdata[i], incomplete);
}

static void
update_attention (StewardOverviewPage *self)
{
  StewardConnection *connection = get_connection (self);
  GPtrArray *items = connection != NULL ? steward_connection_get_attention (connection) : NULL;

  steward_page_set_badge (STEWARD_PAGE (self), items != NULL ? items->len : 0);
  count_incomplete (self, items);
  if (items != NULL && items->len > 0)
    {
      const guint n_shown = MIN (items->len, self->n_wanted);

      update_quiet_row (self, NULL, NULL);
      steward_attention_list_show (self->attention, STEWARD_PAGE (self), items, n_shown);
      update_more_row (self, items->len - n_shown);
      return;
    }

  self->n_wanted = FIRST_ATTENTION;
  steward_attention_list_clear (self->attention);
  if (self->more_row != NULL)
    gtk_widget_set_visible (self->more_row, FALSE);
  if (items == NULL)
    update_quiet_row (self, NULL, _("Not known"));
  else
    update_quiet_row (self, "emblem-ok-symbolic", _("All is well"));
}

static void
on_show_more (StewardOverviewPage *self)
{
  self->n_wanted += MORE_ATTENTION;
  update_attention (self);
}

/* ---- the latest runs ---- */

static void
show_runs (StewardOverviewPage *self,
           GPtrArray           *records)
{
  clear (self->runs);
  if (records == NULL || records->len == 0)
    {
      gtk_list_box_append (self->runs, steward_overview_row_quiet (NULL, records != NULL ?
                                                                         _("No runs yet") : _("Not known")));
      return;
    }
  for (guint i = 0; i < MIN (records->len, MAX_RUNS); i++)
    gtk_list_box_append (self->runs, steward_overview_row_for_run (records->pdata[i]));
}

static void
on_runs_listed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (StewardOverviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = steward_journal_list_runs_finish (STEWARD_JOURNAL (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  show_runs (self, records);
}

static void
stop_listing (StewardOverviewPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
list_runs (StewardOverviewPage *self)
{
  StewardConnection *connection = get_connection (self);
  StewardJournal *journal = connection != NULL ? steward_connection_get_journal (connection) : NULL;

  stop_listing (self);
  if (journal == NULL)
    {
      show_runs (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  steward_journal_list_runs_async (journal, steward_connection_get_origin (connection), NULL, self->cancellable,
                                   on_runs_listed, g_object_ref (self));
}

/* ---- the connection ---- */

static const char *
get_token_text (StewardAccount *account)
{
  if (steward_account_is_practice (account))
    return _("Made by the practice instance");
  switch (steward_account_get_token_place (account))
    {
    case STEWARD_TOKEN_IN_KEYRING:
      return _("In your keyring");
    case STEWARD_TOKEN_SESSION_ONLY:
      return _("For this session only");
    case STEWARD_TOKEN_NONE:
      /* Translators: where the access token is kept: there is no token */
      return _("None");
    case STEWARD_TOKEN_NOT_KNOWN:
    default:
      return NULL;
    }
}

static void
update_facts (StewardOverviewPage *self)
{
  StewardConnection *connection = get_connection (self);
  StewardAccount *account;
  DomoIdentity *identity;
  DomoUser *user;
  g_autofree char *who = NULL;

  clear (self->facts);
  if (connection == NULL)
    return;

  account = steward_connection_get_account (connection);
  identity = steward_connection_get_identity (connection);
  user = identity != NULL ? domo_identity_get_user (identity) : NULL;
  if (user != NULL && user->display_name != NULL && user->email != NULL)
    who = g_strdup_printf ("%s · %s", user->display_name, user->email);
  gtk_list_box_append (self->facts,
                       steward_overview_row_fact (_("Instance"), steward_account_is_practice (account) ?
                                                  _("On this computer") :
                                                  domo_address_get_host (steward_account_get_address (account))));
  gtk_list_box_append (self->facts,
                       steward_overview_row_fact (_("Signed in as"), who != NULL ? who :
                                                  steward_connection_get_user_name (connection)));
  gtk_list_box_append (self->facts,
                       steward_overview_row_fact (_("Role"), identity != NULL ?
                                                             domo_identity_get_role_name (identity) : NULL));
  gtk_list_box_append (self->facts, steward_overview_row_fact (_("Access token"), get_token_text (account)));
}

/* ---- the routes ---- */

static void
on_count_changed (StewardOverviewPage *self)
{
  StewardConnection *connection = get_connection (self);
  gboolean busy = FALSE;

  for (guint i = 0; i < self->counts->len; i++)
    {
      StewardRouteCount *count = self->counts->pdata[i];

      busy |= steward_route_count_get_state (count) == STEWARD_ROUTE_COUNT_COUNTING;
      if (connection != NULL && steward_route_count_get_error (count) != NULL)
        steward_connection_report_error (connection, steward_route_count_get_error (count));
    }
  steward_page_set_busy (STEWARD_PAGE (self), busy);
}

static void
count_routes (StewardOverviewPage *self)
{
  StewardConnection *connection = get_connection (self);

  for (guint i = 0; i < self->counts->len; i++)
    steward_route_count_load (self->counts->pdata[i], steward_connection_get_session (connection));
}

static void
add_route (StewardOverviewPage *self,
           StewardRoute        *route)
{
  StewardRouteCount *count = steward_route_count_new (route);

  g_ptr_array_add (self->counts, count);
  g_signal_connect_object (count, "changed", G_CALLBACK (on_count_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->cards, steward_route_card_new (count));
}

/* ---- the type's virtual functions ---- */

/* Counting reads whole lists, so it waits until no run is sending. */
static void
count_if_stale (StewardOverviewPage *self)
{
  StewardConnection *connection = get_connection (self);
  StewardRun *run;

  if (!self->counts_stale || connection == NULL || !steward_connection_is_connected (connection))
    return;
  run = steward_run_keeper_get_active (steward_application_get_run_keeper (steward_application_get ()),
                                       steward_connection_get_origin (connection));
  if (run != NULL && steward_run_count_under_way (run) > 0)
    return;

  self->counts_stale = FALSE;
  count_routes (self);
}

static gboolean
on_follow (gpointer user_data)
{
  StewardOverviewPage *self = user_data;

  self->follow_id = 0;
  list_runs (self);
  count_if_stale (self);

  return G_SOURCE_REMOVE;
}

static void
on_runs_changed (StewardOverviewPage *self)
{
  self->counts_stale = TRUE;
  if (self->follow_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->follow_id = g_timeout_add (FOLLOW_MS, on_follow, self);
}

static void
steward_overview_page_shown (StewardPage *page)
{
  StewardOverviewPage *self = STEWARD_OVERVIEW_PAGE (page);

  list_runs (self);
  count_if_stale (self);
}

static void
steward_overview_page_connection_changed (StewardPage *page)
{
  StewardOverviewPage *self = STEWARD_OVERVIEW_PAGE (page);
  StewardConnection *connection = get_connection (self);

  g_signal_group_set_target (self->connection_signals, connection);
  g_signal_group_set_target (self->account_signals, connection != NULL ?
                                                    steward_connection_get_account (connection) : NULL);
  for (guint i = 0; i < self->counts->len; i++)
    steward_route_count_clear (self->counts->pdata[i]);
  update_attention (self);
  list_runs (self);
  update_facts (self);
}

static void
steward_overview_page_connected (StewardPage *page)
{
  count_routes (STEWARD_OVERVIEW_PAGE (page));
}

static void
steward_overview_page_refresh (StewardPage *page)
{
  StewardOverviewPage *self = STEWARD_OVERVIEW_PAGE (page);
  StewardConnection *connection = get_connection (self);

  if (connection == NULL)
    return;
  steward_connection_runs_changed (connection);
  if (steward_connection_is_connected (connection))
    count_routes (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.retry", NULL);
}

static void
steward_overview_page_dispose (GObject *object)
{
  StewardOverviewPage *self = STEWARD_OVERVIEW_PAGE (object);

  stop_listing (self);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_clear_object (&self->connection_signals);
  g_clear_object (&self->account_signals);
  if (self->counts != NULL)
    for (guint i = 0; i < self->counts->len; i++)
      {
        g_signal_handlers_disconnect_by_data (self->counts->pdata[i], self);
        steward_route_count_clear (self->counts->pdata[i]);
      }
  g_clear_pointer (&self->counts, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_overview_page_parent_class)->dispose (object);
}

static void
steward_overview_page_class_init (StewardOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  StewardPageClass *page_class = STEWARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_overview_page_dispose;
  page_class->connection_changed = steward_overview_page_connection_changed;
  page_class->connected = steward_overview_page_connected;
  page_class->refresh = steward_overview_page_refresh;
  page_class->shown = steward_overview_page_shown;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/overview/steward-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardOverviewPage, attention);
  gtk_widget_class_bind_template_child (widget_class, StewardOverviewPage, cards);
  gtk_widget_class_bind_template_child (widget_class, StewardOverviewPage, runs);
  gtk_widget_class_bind_template_child (widget_class, StewardOverviewPage, facts);
}

static void
steward_overview_page_init (StewardOverviewPage *self)
{
  g_autoptr (StewardRoute) amplifier = steward_amplifier_route_new ();

  self->n_wanted = FIRST_ATTENTION;
  self->counts = g_ptr_array_new_with_free_func (g_object_unref);
  self->connection_signals = g_signal_group_new (STEWARD_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "notify::n-attention",
                                  G_CALLBACK (update_attention), self);
  g_signal_group_connect_swapped (self->connection_signals, "runs-changed", G_CALLBACK (on_runs_changed), self);
  g_signal_group_connect_swapped (self->connection_signals, "notify::identity", G_CALLBACK (update_facts), self);
  self->account_signals = g_signal_group_new (STEWARD_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->account_signals, "notify", G_CALLBACK (update_facts), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  add_route (self, amplifier);
}

/**
 * steward_overview_page_new:
 *
 * Returns: (transfer floating): the page
 */
StewardPage *
steward_overview_page_new (void)
{
  return g_object_new (STEWARD_TYPE_OVERVIEW_PAGE, NULL);
}
