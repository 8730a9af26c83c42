/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-route.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-amplifier-route.h"
#include "migration/steward-federated-route.h"

/* GIO keeps the types that were registered, by their names. */
#define EXTENSION_POINT "io.github.steward_domo.Steward.Route"

G_DEFINE_INTERFACE (StewardRoute, steward_route, G_TYPE_OBJECT)

static void
steward_route_default_init (StewardRouteInterface *iface)
{
}

/**
 * steward_route_get_id:
 * @self: a route
 *
 * Returns: (transfer none): the stable name that plans and the journal keep
 */
const char *
steward_route_get_id (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->get_id (self);
}

/**
 * steward_route_get_title:
 * @self: a route
 *
 * Returns: (transfer none): the name of the page, translated
 */
const char *
steward_route_get_title (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->get_title (self);
}

/**
 * steward_route_get_explanation:
 * @self: a route
 *
 * Returns: (transfer none): a few sentences that help to choose between routes, translated
 */
const char *
steward_route_get_explanation (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->get_explanation (self);
}

/**
 * steward_route_get_type_label:
 * @self: a route
 *
 * Returns: (transfer none): what a type is called here, translated
 */
const char *
steward_route_get_type_label (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->get_type_label (self);
}

/**
 * steward_route_get_destination_label:
 * @self: a route
 *
 * Returns: (transfer none): what a destination is called here, translated
 */
const char *
steward_route_get_destination_label (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->get_destination_label (self);
}

/**
 * steward_route_needs_table:
 * @self: a route
 *
 * Returns: whether each dataset's catalog, schema and table must be known to move it
 */
gboolean
steward_route_needs_table (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), FALSE);

  return STEWARD_ROUTE_GET_IFACE (self)->needs_table (self);
}

/**
 * steward_route_build_types:
 * @self: a route
 *
 * Returns: (transfer full): the request that lists the types
 */
DomoRequest *
steward_route_build_types (StewardRoute *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->build_types (self);
}

/**
 * steward_route_build_destinations:
 * @self: a route
 * @type: one of the types
 *
 * Returns: (transfer full): the request that lists the destinations of a type
 */
DomoRequest *
steward_route_build_destinations (StewardRoute *self,
                                  const char   *type)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->build_destinations (self, type);
}

/**
 * steward_route_build_candidates:
 * @self: a route
 * @destination_id: the destination
 * @direction: what is to be done with what is listed
 *
 * Two directions may share one list; steward_route_lists() then tells whose a row is.
 *
 * Returns: (transfer full): the request that lists what can be moved, or moved back
 */
DomoRequest *
steward_route_build_candidates (StewardRoute     *self,
                                const char       *destination_id,
                                StewardDirection  direction)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);
  g_return_val_if_fail (destination_id != NULL, NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->build_candidates (self, destination_id, direction);
}

/**
 * steward_route_lists:
 * @self: a route
 * @candidate: a row of the list for @direction
 * @direction: what is to be done
 *
 * Returns: whether the row still waits for that direction: not moved yet, or not moved back yet
 */
gboolean
steward_route_lists (StewardRoute     *self,
                     DomoCandidate    *candidate,
                     StewardDirection  direction)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), FALSE);
  g_return_val_if_fail (DOMO_IS_CANDIDATE (candidate), FALSE);

  return STEWARD_ROUTE_GET_IFACE (self)->lists (self, candidate, direction);
}

/**
 * steward_route_build_migrate:
 * @self: a route
 * @destination_id: the destination
 * @item: the dataset
 * @direction: which way
 *
 * Returns: (transfer full): the request that moves, or moves back, one dataset
 */
DomoRequest *
steward_route_build_migrate (StewardRoute     *self,
                             const char       *destination_id,
                             StewardPlanItem  *item,
                             StewardDirection  direction)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);
  g_return_val_if_fail (destination_id != NULL, NULL);
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (item), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->build_migrate (self, destination_id, item, direction);
}

/**
 * steward_route_get_expected_direction:
 * @self: a route
 * @direction: which way
 *
 * Returns: (transfer none): the `direction` that an answer must carry to count
 */
const char *
steward_route_get_expected_direction (StewardRoute     *self,
                                      StewardDirection  direction)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);

  return STEWARD_ROUTE_GET_IFACE (self)->get_expected_direction (self, direction);
}

/**
 * steward_route_dup_obstacle:
 * @self: a route
 * @item: a dataset
 * @direction: which way
 *
 * Moving on a route that needs the table sends catalog, schema and table. Without one of them nothing may be
 * sent, so that nothing is left to what the instance makes of an empty text.
 *
 * Returns: (transfer full) (nullable): why the item cannot be sent as it is, translated, %NULL if it can
 */
char *
steward_route_dup_obstacle (StewardRoute     *self,
                            StewardPlanItem  *item,
                            StewardDirection  direction)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE (self), NULL);
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (item), NULL);

  if (direction != STEWARD_DIRECTION_MOVE || !steward_route_needs_table (self))
    return NULL;

  if (steward_plan_item_get_catalog (item) != NULL && steward_plan_item_get_schema (item) != NULL &&
      steward_plan_item_get_table (item) != NULL)
    return NULL;

  return g_strdup (_("Catalog, schema and table are not all filled in"));
}

/**
 * steward_route_register:
 * @type: a type that is a route
 * @id: what its steward_route_get_id() gives
 *
 * Makes a route known by its name.
 */
void
steward_route_register (GType       type,
                        const char *id)
{
  g_return_if_fail (id != NULL);

  g_io_extension_point_register (EXTENSION_POINT);
  g_io_extension_point_implement (EXTENSION_POINT, type, id, 0);
}

/**
 * steward_route_new_for_id:
 * @id: what steward_route_get_id() gave
 *
 * Returns: (transfer full) (nullable): the route, %NULL if this Steward has none of that name
 */
StewardRoute *
steward_route_new_for_id (const char *id)
{
  GIOExtension *extension;

  if (id == NULL)
    return NULL;

  g_type_ensure (STEWARD_TYPE_AMPLIFIER_ROUTE);
  g_type_ensure (STEWARD_TYPE_FEDERATED_ROUTE);
  extension = g_io_extension_point_get_extension_by_name (g_io_extension_point_lookup (EXTENSION_POINT), id);

  return extension != NULL ? g_object_new (g_io_extension_get_type (extension), NULL) : NULL;
}

/* --- lists ---------------------------------------------------------------------------------------- */

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (DomoReply) reply = NULL;
  GError *error = NULL;

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&reply), g_object_unref);
}

static DomoReply *
propagate_reply (GAsyncResult  *result,
                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GError *
new_bad_reply (const char *place)
{
  const DomoErrorDetails details = {
    .delivery = DOMO_DELIVERY_ANSWERED,
    .status = 200,
    .retry_after = -1,
  };

  return domo_error_new (DOMO_ERROR_BAD_REPLY, &details, "%s: expected a string", place);
}

/**
 * steward_route_list_types_async:
 * @self: a route
 * @session: where to ask
 * @cancellable: (nullable): a cancellable
 * @callback: called when the types are there
 * @user_data: for @callback
 *
 * Asks the instance which types it has destinations for. (002…txt, "List Cloud Amplifier Integration
 * Types"; 001…txt, "List Federated Integration Types")
 */
void
steward_route_list_types_async (StewardRoute        *self,
                                DomoSession         *session,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DomoRequest) request = NULL;

  g_return_if_fail (STEWARD_IS_ROUTE (self));
  g_return_if_fail (DOMO_IS_SESSION (session));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_route_list_types_async);
  request = steward_route_build_types (self);
  domo_session_send_async (session, request, cancellable, send_cb, g_steal_pointer (&task));
}

/**
 * steward_route_list_types_finish:
 * @self: a route
 * @result: the result
 * @error: (nullable): a #DomoError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the types, as the instance spells them
 */
char **
steward_route_list_types_finish (StewardRoute  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GStrvBuilder) types = NULL;
  JsonNode *root;
  JsonArray *array;
  guint n;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  reply = propagate_reply (result, error);
  if (reply == NULL)
    return NULL;

  root = domo_reply_get_json (reply);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_propagate_error (error, new_bad_reply ("$"));
      return NULL;
    }

  types = g_strv_builder_new ();
  array = json_node_get_array (root);
  n = json_array_get_length (array);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          g_autofree char *place = g_strdup_printf ("[%u]", i);

          g_propagate_error (error, new_bad_reply (place));
          return NULL;
        }
      g_strv_builder_add (types, json_node_get_string (node));
    }

  return g_strv_builder_end (types);
}

/**
 * steward_route_list_destinations_async:
 * @self: a route
 * @session: where to ask
 * @type: one of the types
 * @cancellable: (nullable): a cancellable
 * @callback: called when the destinations are there
 * @user_data: for @callback
 *
 * Asks the instance for the destinations of one type. What is listed depends on the rights of the
 * token's user. (002…txt, "List Cloud Amplifier Integrations by Type"; 001…txt, "List Federated V2
 * Accounts by Integration Type")
 */
void
steward_route_list_destinations_async (StewardRoute        *self,
                                       DomoSession         *session,
                                       const char          *type,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DomoRequest) request = NULL;

  g_return_if_fail (STEWARD_IS_ROUTE (self));
  g_return_if_fail (DOMO_IS_SESSION (session));
  g_return_if_fail (type != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_route_list_destinations_async);
  request = steward_route_build_destinations (self, type);
  domo_session_send_async (session, request, cancellable, send_cb, g_steal_pointer (&task));
}

/**
 * steward_route_list_destinations_finish:
 * @self: a route
 * @result: the result
 * @error: (nullable): a #DomoError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer container) (element-type DomoDestination) (nullable): the destinations
 */
GPtrArray *
steward_route_list_destinations_finish (StewardRoute  *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  g_autoptr (DomoReply) reply = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  reply = propagate_reply (result, error);
  if (reply == NULL)
    return NULL;

  return domo_record_decode_array (DOMO_TYPE_DESTINATION, domo_reply_get_json (reply), error);
}
