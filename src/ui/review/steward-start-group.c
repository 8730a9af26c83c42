/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-start-group.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-route.h"
#include "ui/common/steward-tone.h"

/* The right that moving needs, as authorities name it: document 004, line 4662. */
#define RIGHT "dataset.manage"

/* From here on it is said what may come between. */
#define LONG_SECONDS (60 * 60)

struct _StewardStartGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *rights_row;
  GtkImage *rights_image;
  AdwActionRow *destination_row;
  GtkImage *destination_image;
  AdwActionRow *time_row;
  GtkImage *time_image;

  StewardPlan *plan;
  GPtrArray *waves;                     /* (element-type StewardPlan): with destinations of their own */
  GString *missing;                     /* names of destinations that are not listed */
  guint n_asked;
  gboolean failed;
  StewardConnection *connection;        /* nullable */
  GSignalGroup *connection_signals;
  GCancellable *cancellable;            /* nullable: of what is being asked */
  guint at_once;
  gint64 median;                        /* microseconds a dataset, 0: none was moved yet, -1: not known yet */
};

G_DEFINE_FINAL_TYPE (StewardStartGroup, steward_start_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (AdwActionRow *row,
     GtkImage     *image,
     StewardTone   tone,
     const char   *text)
{
  const char *icon_name = "content-loading-symbolic";

  if (tone == STEWARD_TONE_SUCCESS)
    icon_name = "emblem-ok-symbolic";
  else if (tone == STEWARD_TONE_WARNING)
    icon_name = "dialog-warning-symbolic";

  adw_action_row_set_subtitle (row, text);
  gtk_image_set_from_icon_name (image, icon_name);
  for (guint i = STEWARD_TONE_DIM; i <= STEWARD_TONE_ERROR; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), steward_tone_get_style_class (i));
  gtk_widget_add_css_class (GTK_WIDGET (image), steward_tone_get_style_class (tone));
}

/* ---- rights ---- */

static void
update_rights (StewardStartGroup *self)
{
  DomoIdentity *identity = self->connection != NULL ? steward_connection_get_identity (self->connection) : NULL;
  const char *const *authorities = identity != NULL ? domo_identity_get_authorities (identity) : NULL;
  const char *role = identity != NULL ? domo_identity_get_role_name (identity) : NULL;
  g_autofree char *text = NULL;

  if (authorities == NULL)
    {
      say (self->rights_row, self->rights_image, STEWARD_TONE_DIM,
           _("The instance does not say what this access token may do."));
      return;
    }

  if (role == NULL)
    role = _("not known");
  if (g_strv_contains (authorities, RIGHT))
    {
      /* Translators: %s is the name of a role in Domo. */
      text = g_strdup_printf (_("Role “%s”: may manage datasets."), role);
      say (self->rights_row, self->rights_image, STEWARD_TONE_SUCCESS, text);
      return;
    }

  /* Translators: the first %s is the name of a role in Domo, the second one the name of a right. */
  text = g_strdup_printf (_("Role “%s” is not given the right to manage datasets (%s). Domo may refuse to move them. "
                            "An admin can add it in Domo under Roles."), role, RIGHT);
  say (self->rights_row, self->rights_image, STEWARD_TONE_WARNING, text);
}

/* ---- the destination ---- */

/* One destination that is asked about. */
typedef struct
{
  StewardStartGroup *self;
  StewardPlan *wave;
  GCancellable *cancellable;
} Asking;

static void
asking_free (Asking *asking)
{
  g_clear_object (&asking->self);
  g_clear_object (&asking->wave);
  g_clear_object (&asking->cancellable);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
tell_destinations (StewardStartGroup *self)
{
  g_autofree char *text = NULL;

  if (self->missing->len > 0)
    text = g_strdup_printf (_("“%s” is not listed for you any more. It may have been removed, or is no longer shared with "
                              "you."), self->missing->str);
  else if (!self->failed && self->waves->len > 1)
    text = g_strdup (_("All of them are shared with you."));
  else if (!self->failed)
    /* Translators: %s is the name of a destination. */
    text = g_strdup_printf (_("“%s” is shared with you."), steward_plan_get_destination_name (self->plan));
  else
    text = g_strdup (_("Whether it can be used could not be asked."));
  say (self->destination_row, self->destination_image,
       self->missing->len > 0 || self->failed ? STEWARD_TONE_WARNING : STEWARD_TONE_SUCCESS, text);
}

static void
on_destinations (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Asking) asking = user_data;
  StewardStartGroup *self = asking->self;
  g_autoptr (GPtrArray) destinations = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  destinations = steward_route_list_destinations_finish (STEWARD_ROUTE (source), result, &error);
  if (asking->cancellable != self->cancellable || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; destinations != NULL && i < destinations->len; i++)
    {
      const DomoDestination *destination = destinations->pdata[i];

      found |= g_str_equal (destination->id, steward_plan_get_destination_id (asking->wave));
    }
  if (destinations == NULL)
    self->failed = TRUE;
  else if (!found)
    g_string_append_printf (self->missing, "%s%s", self->missing->len > 0 ? "”, “" : "",
                            steward_plan_get_destination_name (asking->wave));

  if (--self->n_asked == 0)
    tell_destinations (self);
}

static void
ask_destinations (StewardStartGroup *self,
                  StewardRoute      *route)
{
  g_string_truncate (self->missing, 0);
  self->failed = FALSE;
  self->n_asked = self->waves->len;
  for (guint i = 0; i < self->waves->len; i++)
    {
      Asking *asking = g_new0 (Asking, 1);

      asking->self = g_object_ref (self);
      asking->wave = g_object_ref (self->waves->pdata[i]);
      asking->cancellable = g_object_ref (self->cancellable);
      steward_route_list_destinations_async (route, steward_connection_get_session (self->connection),
                                             steward_plan_get_destination_type (asking->wave), self->cancellable,
                                             on_destinations, asking);
    }
}

/* ---- how long ---- */

static char *
describe_time (gint64 seconds)
{
  guint minutes = (guint) MAX (1, (seconds + 30) / 60);
  guint hours = (guint) ((seconds + 1800) / 3600);

  if (minutes < 60)
    return g_strdup_printf (ngettext ("About %'u minute", "About %'u minutes", minutes), minutes);

  return g_strdup_printf (ngettext ("About %'u hour", "About %'u hours", hours), hours);
}

static void
update_time (StewardStartGroup *self)
{
  gint64 seconds;
  g_autofree char *text = NULL;
  g_autofree char *how_long = NULL;

  if (self->plan == NULL || self->median <= 0)
    {
      say (self->time_row, self->time_image, STEWARD_TONE_DIM,
           _("Not known: no dataset of this instance was moved with Steward yet."));
      return;
    }

  seconds = self->median * steward_plan_get_n_items (self->plan) / MAX (1, self->at_once) / G_USEC_PER_SEC;
  how_long = describe_time (seconds);
  if (seconds < LONG_SECONDS)
    {
      /* Translators: %s is for instance "About 5 minutes". */
      text = g_strdup_printf (_("%s, by what datasets of this instance took lately."), how_long);
      say (self->time_row, self->time_image, STEWARD_TONE_SUCCESS, text);
      return;
    }

  text = g_strdup_printf (_("%s, by what datasets of this instance took lately. It stops when the access token expires "
                            "(Steward cannot see when), when the network is lost, or when a laptop is closed; Steward "
                            "only keeps this computer from suspending by itself. It can always go on later."),
                          how_long);
  say (self->time_row, self->time_image, STEWARD_TONE_WARNING, text);
}

static void
on_median (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardStartGroup) self = user_data;

  self->median = steward_journal_median_call_finish (STEWARD_JOURNAL (source), result, NULL);
  if (self->connection != NULL)
    update_time (self);
}

/* ---- the type's virtual functions ---- */

static AdwActionRow *
add_row (StewardStartGroup  *self,
         const char         *title,
         GtkImage          **image)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE, "subtitle-lines", 0,
                                 "focusable", FALSE, NULL);

  *image = GTK_IMAGE (gtk_image_new ());
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (*image));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return ADW_ACTION_ROW (row);
}

static void
stop_asking (StewardStartGroup *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
steward_start_group_dispose (GObject *object)
{
  StewardStartGroup *self = STEWARD_START_GROUP (object);

  stop_asking (self);
  g_clear_object (&self->connection_signals);
  g_clear_object (&self->connection);
  g_clear_object (&self->plan);

  G_OBJECT_CLASS (steward_start_group_parent_class)->dispose (object);
}

static void
steward_start_group_finalize (GObject *object)
{
  StewardStartGroup *self = STEWARD_START_GROUP (object);

  g_ptr_array_unref (self->waves);
  g_string_free (self->missing, TRUE);

  G_OBJECT_CLASS (steward_start_group_parent_class)->finalize (object);
}

static void
steward_start_group_class_init (StewardStartGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_start_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = steward_start_group_finalize;
}

static void
steward_start_group_init (StewardStartGroup *self)
{
  self->waves = g_ptr_array_new_with_free_func (g_object_unref);
  self->missing = g_string_new (NULL);
  self->at_once = 1;
  self->median = -1;
  self->connection_signals = g_signal_group_new (STEWARD_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "notify::identity", G_CALLBACK (update_rights), self);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Before it starts"));
  self->rights_row = add_row (self, _("What you may do"), &self->rights_image);
  self->destination_row = add_row (self, _("Destination"), &self->destination_image);
  self->time_row = add_row (self, _("How long it takes"), &self->time_image);
}

/**
 * steward_start_group_set_plan:
 * @self: a group
 * @plan: what is to be moved
 */
void
steward_start_group_set_plan (StewardStartGroup *self,
                              StewardPlan       *plan)
{
  g_return_if_fail (STEWARD_IS_START_GROUP (self));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  g_set_object (&self->plan, plan);
  g_ptr_array_set_size (self->waves, 0);
  g_ptr_array_add (self->waves, g_object_ref (plan));
  self->at_once = steward_plan_get_at_once (plan);
  update_rights (self);
  update_time (self);
}

/**
 * steward_start_group_add_wave:
 * @self: a group with a plan
 * @wave: a further wave; its destination is looked for as well, unless an earlier one has it
 */
void
steward_start_group_add_wave (StewardStartGroup *self,
                              StewardPlan       *wave)
{
  g_return_if_fail (STEWARD_IS_START_GROUP (self));
  g_return_if_fail (STEWARD_IS_PLAN (wave));

  for (guint i = 0; i < self->waves->len; i++)
    if (g_str_equal (steward_plan_get_destination_id (self->waves->pdata[i]), steward_plan_get_destination_id (wave)))
      return;

  g_ptr_array_add (self->waves, g_object_ref (wave));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->destination_row), _("Destinations"));
}

/**
 * steward_start_group_set_connection:
 * @self: a group with a plan
 * @connection: (nullable): with the plan's instance
 */
void
steward_start_group_set_connection (StewardStartGroup *self,
                                    StewardConnection *connection)
{
  g_autoptr (StewardRoute) route = NULL;
  StewardJournal *journal;

  g_return_if_fail (STEWARD_IS_START_GROUP (self));

  stop_asking (self);
  g_set_object (&self->connection, connection);
  g_signal_group_set_target (self->connection_signals, connection);
  update_rights (self);
  say (self->destination_row, self->destination_image, STEWARD_TONE_DIM, _("Asking…"));
  if (connection == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  route = steward_route_new_for_id (steward_plan_get_route_id (self->plan));
  if (route != NULL && steward_plan_get_destination_type (self->plan) != NULL)
    ask_destinations (self, route);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->destination_row), FALSE);

  journal = steward_connection_get_journal (connection);
  if (journal != NULL)
    steward_journal_median_call_async (journal, steward_connection_get_origin (connection), on_median,
                                       g_object_ref (self));
}

/**
 * steward_start_group_set_at_once:
 * @self: a group
 * @at_once: how many datasets move at the same time
 */
void
steward_start_group_set_at_once (StewardStartGroup *self,
                                 guint              at_once)
{
  g_return_if_fail (STEWARD_IS_START_GROUP (self));

  self->at_once = at_once;
  update_time (self);
}
