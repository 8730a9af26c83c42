/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-federated-route.h"

#include <glib/gi18n-lib.h>

struct _StewardFederatedRoute
{
  GObject parent_instance;
};

static void route_init (StewardRouteInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardFederatedRoute,
                               steward_federated_route,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STEWARD_TYPE_ROUTE, route_init)
                               steward_route_register (g_define_type_id, STEWARD_FEDERATED_ROUTE_ID))

static const char *
get_id (StewardRoute *route)
{
  return STEWARD_FEDERATED_ROUTE_ID;
}

static const char *
get_title (StewardRoute *route)
{
  return _("Federated V2");
}

static const char *
get_explanation (StewardRoute *route)
{
  return _("Federated V2 is the newer way in which Domo reads one table of your own database for each "
           "dataset. Choose it for Federated V1 datasets: each needs the exact catalog, schema and table "
           "that it reads, and an account of the same type. From there, datasets in a warehouse can go "
           "on to Cloud Amplifier.");
}

static const char *
get_type_label (StewardRoute *route)
{
  return _("Integration type");
}

static const char *
get_destination_label (StewardRoute *route)
{
  return _("Account");
}

static gboolean
needs_table (StewardRoute *route)
{
  return TRUE;
}

static DomoRequest *
build_types (StewardRoute *route)
{
  return domo_request_new ("federated-v1-to-v2/list-integration-types", NULL);
}

static DomoRequest *
build_destinations (StewardRoute *route,
                    const char   *type)
{
  return domo_request_new ("federated-v1-to-v2/list-v2-accounts-by-type", type, NULL);
}

/* One list serves both directions: there is none of its own for what can be moved back. */
static DomoRequest *
build_candidates (StewardRoute     *route,
                  const char       *destination_id,
                  StewardDirection  direction)
{
  return domo_request_new ("federated-v1-to-v2/list-candidates-by-account", destination_id, NULL);
}

static gboolean
lists (StewardRoute     *route,
       DomoCandidate    *candidate,
       StewardDirection  direction)
{
  return direction == STEWARD_DIRECTION_MOVE ? !candidate->migrated : candidate->migrated;
}

/* The parts go as they are: the instance compares them by case and does not trim. A database without schemas
 * has the text NULL for one, which is a string and never JSON's null. */
static void
add_part (JsonObject *body,
          const char *member,
          const char *part)
{
  json_object_set_string_member (body, member, part != NULL ? part : "");
}

static DomoRequest *
build_migrate (StewardRoute     *route,
               const char       *destination_id,
               StewardPlanItem  *item,
               StewardDirection  direction)
{
  const char *dataset_id = steward_plan_item_get_dataset_id (item);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonNode) node = NULL;
  DomoRequest *request;

  if (direction == STEWARD_DIRECTION_MOVE_BACK)
    return domo_request_new ("federated-v1-to-v2/reverse", dataset_id, NULL);

  body = json_object_new ();
  add_part (body, "catalog", steward_plan_item_get_catalog (item));
  add_part (body, "schema", steward_plan_item_get_schema (item));
  add_part (body, "table", steward_plan_item_get_table (item));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, body);

  request = domo_request_new ("federated-v1-to-v2/migrate", dataset_id, destination_id, NULL);
  domo_request_set_json (request, node);

  return request;
}

static const char *
get_expected_direction (StewardRoute     *route,
                        StewardDirection  direction)
{
  return direction == STEWARD_DIRECTION_MOVE ? "V1_TO_V2" : "V2_TO_V1";
}

static void
route_init (StewardRouteInterface *iface)
{
  iface->get_id = get_id;
  iface->get_title = get_title;
  iface->get_explanation = get_explanation;
  iface->get_type_label = get_type_label;
  iface->get_destination_label = get_destination_label;
  iface->needs_table = needs_table;
  iface->build_types = build_types;
  iface->build_destinations = build_destinations;
  iface->build_candidates = build_candidates;
  iface->lists = lists;
  iface->build_migrate = build_migrate;
  iface->get_expected_direction = get_expected_direction;
}

static void
steward_federated_route_class_init (StewardFederatedRouteClass *klass)
{
}

static void
steward_federated_route_init (StewardFederatedRoute *self)
{
}

/**
 * steward_federated_route_new:
 *
 * Returns: (transfer full): the route from Federated V1 to V2
 */
StewardRoute *
steward_federated_route_new (void)
{
  return g_object_new (STEWARD_TYPE_FEDERATED_ROUTE, NULL);
}
