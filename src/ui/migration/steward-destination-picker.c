/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-destination-picker.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-wrap.h"

struct _StewardDestinationPicker
{
  AdwBin parent_instance;

  GtkLabel *type_label;
  GtkDropDown *type_drop_down;
  GtkLabel *destination_label;
  GtkDropDown *destination_drop_down;

  StewardRoute *route;
  DomoSession *session;
  GtkStringList *types;
  GtkStringList *labels;        /* one a destination */
  GPtrArray *destinations;
  StewardPickerState state;
  GError *error;
  GCancellable *cancellable;
  gboolean filling;             /* the drop-downs change by our hand */
  GtkSizeGroup *labels_group;
  char *wanted_type;            /* nullable: to be chosen once listed */
  char *wanted_id;              /* nullable */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardDestinationPicker, steward_destination_picker, ADW_TYPE_BIN)

static void
set_state (StewardDestinationPicker *self,
           StewardPickerState        state,
           const GError             *error)
{
  self->state = state;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->type_drop_down),
                            g_list_model_get_n_items (G_LIST_MODEL (self->types)) > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->destination_drop_down), self->destinations->len > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Words for an authMethod; the enumeration is open, an unknown one is shown as it came. */
static char *
describe_auth_method (const char *method)
{
  if (g_strcmp0 (method, "SERVICE_ACCOUNT") == 0)
    return g_strdup (_("service account"));
  if (g_strcmp0 (method, "OAUTH") == 0)
    return g_strdup (_("OAuth"));
  if (g_strcmp0 (method, "PERSONAL_ACCESS_TOKEN") == 0)
    return g_strdup (_("personal access token"));

  return g_strdup (method);
}

/* Whether two names differ only in case, and in what stands between words. */
static gboolean
is_same_name (const char *one,
              const char *other)
{
  while (TRUE)
    {
      while (*one == ' ' || *one == '_' || *one == '-')
        one++;
      while (*other == ' ')
        other++;
      if (g_ascii_tolower (*one) != g_ascii_tolower (*other))
        return FALSE;
      if (*one == '\0')
        return TRUE;
      one++;
      other++;
    }
}

/* Warehouses as they write themselves; any other type is shown as it came. */
static const char *
name_type (const char *type)
{
  static const char *const names[] = { "BigQuery",   "Databricks", "Snowflake", "Redshift",   "PostgreSQL",
                                       "MySQL",      "Oracle",     "Trino",     "Dremio",     "Athena",
                                       "ClickHouse", "SAP HANA",   "Synapse",   "SQL Server", "MongoDB" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_same_name (type, names[i]))
      return names[i];

  return type;
}

static void
clear_destinations (StewardDestinationPicker *self)
{
  g_ptr_array_set_size (self->destinations, 0);
  gtk_string_list_splice (self->labels, 0, g_list_model_get_n_items (G_LIST_MODEL (self->labels)), NULL);
}

static void
on_destinations (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  StewardDestinationPicker *self;
  g_autoptr (GPtrArray) destinations = NULL;
  g_autoptr (GError) error = NULL;
  guint selected = 0;

  destinations = steward_route_list_destinations_finish (STEWARD_ROUTE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (destinations == NULL)
    {
      set_state (self, STEWARD_PICKER_FAILED, error);
      return;
    }

  self->filling = TRUE;
  clear_destinations (self);
  for (guint i = 0; i < destinations->len; i++)
    {
      DomoDestination *destination = destinations->pdata[i];
      g_autofree char *method = describe_auth_method (destination->auth_method);
      g_autofree char *label = NULL;

      label = method != NULL ? g_strdup_printf ("%s · %s", destination->name, method)
                             : g_strdup (destination->name);
      g_ptr_array_add (self->destinations, g_object_ref (destination));
      gtk_string_list_append (self->labels, label);
      if (g_strcmp0 (destination->id, self->wanted_id) == 0)
        selected = i;
    }
  gtk_drop_down_set_selected (self->destination_drop_down, selected);
  self->filling = FALSE;
  g_clear_pointer (&self->wanted_id, g_free);

  set_state (self, self->destinations->len > 0 ? STEWARD_PICKER_READY : STEWARD_PICKER_NO_DESTINATIONS, NULL);
}

static void
load_destinations (StewardDestinationPicker *self)
{
  const char *type = steward_destination_picker_get_type_name (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (type == NULL || self->session == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->filling = TRUE;
  clear_destinations (self);
  self->filling = FALSE;
  set_state (self, STEWARD_PICKER_LOADING, NULL);
  steward_route_list_destinations_async (self->route, self->session, type, self->cancellable, on_destinations,
                                         self);
}

static void
on_types (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  StewardDestinationPicker *self;
  g_auto (GStrv) types = NULL;
  g_autoptr (GError) error = NULL;
  guint selected = 0;

  types = steward_route_list_types_finish (STEWARD_ROUTE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (types == NULL)
    {
      set_state (self, STEWARD_PICKER_FAILED, error);
      return;
    }

  self->filling = TRUE;
  gtk_string_list_splice (self->types, 0, g_list_model_get_n_items (G_LIST_MODEL (self->types)),
                          (const char *const *) types);
  for (guint i = 0; types[i] != NULL; i++)
    /* Types are not case-sensitive (002…txt, "List Cloud Amplifier Integrations by Type"). */
    if (self->wanted_type != NULL && g_ascii_strcasecmp (types[i], self->wanted_type) == 0)
      selected = i;
  if (types[0] != NULL)
    gtk_drop_down_set_selected (self->type_drop_down, selected);
  self->filling = FALSE;
  g_clear_pointer (&self->wanted_type, g_free);

  if (types[0] != NULL)
    load_destinations (self);
  else
    set_state (self, STEWARD_PICKER_NO_TYPES, NULL);
}

static void
on_type_selected (StewardDestinationPicker *self)
{
  if (!self->filling)
    load_destinations (self);
}

static void
on_destination_selected (StewardDestinationPicker *self)
{
  if (!self->filling && self->state == STEWARD_PICKER_READY)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
steward_destination_picker_dispose (GObject *object)
{
  StewardDestinationPicker *self = STEWARD_DESTINATION_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_DESTINATION_PICKER);

  G_OBJECT_CLASS (steward_destination_picker_parent_class)->dispose (object);
}

static void
steward_destination_picker_finalize (GObject *object)
{
  StewardDestinationPicker *self = STEWARD_DESTINATION_PICKER (object);

  g_clear_object (&self->route);
  g_clear_object (&self->session);
  g_clear_object (&self->labels_group);
  g_clear_object (&self->types);
  g_clear_object (&self->labels);
  g_clear_pointer (&self->destinations, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->wanted_type, g_free);
  g_clear_pointer (&self->wanted_id, g_free);

  G_OBJECT_CLASS (steward_destination_picker_parent_class)->finalize (object);
}

static void
steward_destination_picker_class_init (StewardDestinationPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_destination_picker_dispose;
  object_class->finalize = steward_destination_picker_finalize;

  /**
   * StewardDestinationPicker::changed:
   * @self: the picker
   */
  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_DESTINATION_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  g_type_ensure (STEWARD_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/migration/steward-destination-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardDestinationPicker, type_label);
  gtk_widget_class_bind_template_child (widget_class, StewardDestinationPicker, type_drop_down);
  gtk_widget_class_bind_template_child (widget_class, StewardDestinationPicker, destination_label);
  gtk_widget_class_bind_template_child (widget_class, StewardDestinationPicker, destination_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, on_type_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_destination_selected);
}

static char *
get_type_label (GtkStringObject *item,
                gpointer         user_data)
{
  return g_strdup (name_type (gtk_string_object_get_string (item)));
}

static char *
get_label (GtkStringObject *item,
           gpointer         user_data)
{
  return g_strdup (gtk_string_object_get_string (item));
}

static void
on_setup_chosen (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_chosen (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                GtkExpression            *expression)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (gtk_expression_evaluate (expression, gtk_list_item_get_item (item), &value))
    gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), g_value_get_string (&value));
}

/* A drop-down asks for as much room as its longest text, and a destination's name may be any length: what is chosen
 * is shortened, the list that drops down has the names in full. */
static void
shorten_chosen (GtkDropDown *drop_down,
                GCallback    get_text)
{
  GtkExpression *expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, get_text, NULL, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_drop_down_set_expression (drop_down, expression);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_chosen), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (on_bind_chosen), expression,
                         (GClosureNotify) (void (*) (void)) gtk_expression_unref, 0);
  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, factory);
}

static void
steward_destination_picker_init (StewardDestinationPicker *self)
{
  self->types = gtk_string_list_new (NULL);
  self->labels = gtk_string_list_new (NULL);
  self->destinations = g_ptr_array_new_with_free_func (g_object_unref);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->labels_group = gtk_size_group_new (GTK_SIZE_GROUP_NONE);
  gtk_size_group_add_widget (self->labels_group, GTK_WIDGET (self->type_label));
  gtk_size_group_add_widget (self->labels_group, GTK_WIDGET (self->destination_label));
  shorten_chosen (self->type_drop_down, G_CALLBACK (get_type_label));
  shorten_chosen (self->destination_drop_down, G_CALLBACK (get_label));
  gtk_drop_down_set_model (self->type_drop_down, G_LIST_MODEL (self->types));
  gtk_drop_down_set_model (self->destination_drop_down, G_LIST_MODEL (self->labels));
}

/**
 * steward_destination_picker_set_route:
 * @self: a picker
 * @route: the route whose destinations are offered
 */
void
steward_destination_picker_set_route (StewardDestinationPicker *self,
                                      StewardRoute             *route)
{
  g_return_if_fail (STEWARD_IS_DESTINATION_PICKER (self));
  g_return_if_fail (STEWARD_IS_ROUTE (route));

  g_set_object (&self->route, route);
  gtk_label_set_label (self->type_label, steward_route_get_type_label (route));
  gtk_label_set_label (self->destination_label, steward_route_get_destination_label (route));
  steward_a11y_set_name (GTK_WIDGET (self->type_drop_down), steward_route_get_type_label (route));
  steward_a11y_set_name (GTK_WIDGET (self->destination_drop_down), steward_route_get_destination_label (route));
}

/**
 * steward_destination_picker_set_narrow:
 * @self: a picker
 * @narrow: whether the drop-downs stand one below the other; they begin at the same place then
 */
void
steward_destination_picker_set_narrow (StewardDestinationPicker *self,
                                       gboolean                  narrow)
{
  g_return_if_fail (STEWARD_IS_DESTINATION_PICKER (self));

  gtk_size_group_set_mode (self->labels_group, narrow ? GTK_SIZE_GROUP_HORIZONTAL : GTK_SIZE_GROUP_NONE);
}

/**
 * steward_destination_picker_load:
 * @self: a picker
 * @session: (nullable): the session with the instance, %NULL to clear
 *
 * Asks the instance anew. What is chosen stays chosen where it is still listed.
 */
void
steward_destination_picker_load (StewardDestinationPicker *self,
                                 DomoSession              *session)
{
  DomoDestination *destination;

  g_return_if_fail (STEWARD_IS_DESTINATION_PICKER (self));
  g_return_if_fail (self->route != NULL);

  destination = steward_destination_picker_get_destination (self);
  if (destination != NULL && self->wanted_id == NULL && session == self->session)
    steward_destination_picker_choose (self, steward_destination_picker_get_type_name (self), destination->id);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->session, session);

  self->filling = TRUE;
  gtk_string_list_splice (self->types, 0, g_list_model_get_n_items (G_LIST_MODEL (self->types)), NULL);
  clear_destinations (self);
  self->filling = FALSE;

  if (session == NULL)
    {
      set_state (self, STEWARD_PICKER_IDLE, NULL);
      return;
    }

  self->cancellable = g_cancellable_new ();
  set_state (self, STEWARD_PICKER_LOADING, NULL);
  steward_route_list_types_async (self->route, session, self->cancellable, on_types, self);
}

/**
 * steward_destination_picker_get_state:
 * @self: a picker
 *
 * Returns: how far it is
 */
StewardPickerState
steward_destination_picker_get_state (StewardDestinationPicker *self)
{
  g_return_val_if_fail (STEWARD_IS_DESTINATION_PICKER (self), STEWARD_PICKER_IDLE);

  return self->state;
}

/**
 * steward_destination_picker_get_error:
 * @self: a picker
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
steward_destination_picker_get_error (StewardDestinationPicker *self)
{
  g_return_val_if_fail (STEWARD_IS_DESTINATION_PICKER (self), NULL);

  return self->error;
}

/**
 * steward_destination_picker_get_type_name:
 * @self: a picker
 *
 * Returns: (transfer none) (nullable): the chosen type, as the instance spells it
 */
const char *
steward_destination_picker_get_type_name (StewardDestinationPicker *self)
{
  GtkStringObject *object;

  g_return_val_if_fail (STEWARD_IS_DESTINATION_PICKER (self), NULL);

  object = gtk_drop_down_get_selected_item (self->type_drop_down);

  return object != NULL ? gtk_string_object_get_string (object) : NULL;
}

/**
 * steward_destination_picker_get_destination:
 * @self: a picker
 *
 * Returns: (transfer none) (nullable): the chosen destination
 */
DomoDestination *
steward_destination_picker_get_destination (StewardDestinationPicker *self)
{
  guint selected;

  g_return_val_if_fail (STEWARD_IS_DESTINATION_PICKER (self), NULL);

  selected = gtk_drop_down_get_selected (self->destination_drop_down);

  return selected < self->destinations->len ? self->destinations->pdata[selected] : NULL;
}

/**
 * steward_destination_picker_choose:
 * @self: a picker
 * @type: a type, compared without regard to case
 * @destination_id: a destination
 *
 * Chooses it as soon as the next load has listed it.
 */
void
steward_destination_picker_choose (StewardDestinationPicker *self,
                                   const char               *type,
                                   const char               *destination_id)
{
  g_autofree char *copied_type = g_strdup (type);
  g_autofree char *copied_id = g_strdup (destination_id);

  g_return_if_fail (STEWARD_IS_DESTINATION_PICKER (self));

  g_free (self->wanted_type);
  self->wanted_type = g_steal_pointer (&copied_type);
  g_free (self->wanted_id);
  self->wanted_id = g_steal_pointer (&copied_id);
}
