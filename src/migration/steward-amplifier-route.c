/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-amplifier-route.h"

#include <glib/gi18n-lib.h>

struct _StewardAmplifierRoute
{
  GObject parent_instance;
};

static void route_init (StewardRouteInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardAmplifierRoute,
                               steward_amplifier_route,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STEWARD_TYPE_ROUTE, route_init)
                               steward_route_register (g_define_type_id, STEWARD_AMPLIFIER_ROUTE_ID))

static const char *
get_id (StewardRoute *route)
{
  return STEWARD_AMPLIFIER_ROUTE_ID;
}

static const char *
get_title (StewardRoute *route)
{
  return _("Cloud Amplifier");
}

static const char *
get_explanation (StewardRoute *route)
{
  return _("Cloud Amplifier reads your data where it is, in a warehouse such as BigQuery or Snowflake, "
           "through one integration for many datasets. Choose it for federated datasets whose "
           "warehouse has a Cloud Amplifier integration here. Datasets that are missing in the list may "
           "still be Federated V1: they move to Federated V2 first.");
}

static const char *
get_type_label (StewardRoute *route)
{
  return _("Integration type");
}

static const char *
get_destination_label (StewardRoute *route)
{
  return _("Destination");
}

static gboolean
needs_table (StewardRoute *route)
{
  return FALSE;
}

static DomoRequest *
build_types (StewardRoute *route)
{
  return domo_request_new ("cloud-amplifier/list-integration-types", NULL);
}

static DomoRequest *
build_destinations (StewardRoute *route,
                    const char   *type)
{
  return domo_request_new ("cloud-amplifier/list-integrations-by-type", type, NULL);
}

static DomoRequest *
build_candidates (StewardRoute     *route,
                  const char       *destination_id,
                  StewardDirection  direction)
{
  if (direction == STEWARD_DIRECTION_MOVE)
    return domo_request_new ("cloud-amplifier/list-candidates", destination_id, NULL);

  return domo_request_new ("cloud-amplifier/list-reverse-candidates", destination_id, NULL);
}

static gboolean
lists (StewardRoute     *route,
       DomoCandidate    *candidate,
       StewardDirection  direction)
{
  return direction == STEWARD_DIRECTION_MOVE ? !candidate->migrated : candidate->migrated;
}

static DomoRequest *
build_migrate (StewardRoute     *route,
               const char       *destination_id,
               StewardPlanItem  *item,
               StewardDirection  direction)
{
  const char *dataset_id = steward_plan_item_get_dataset_id (item);

  if (direction == STEWARD_DIRECTION_MOVE)
    return domo_request_new ("cloud-amplifier/migrate", dataset_id, destination_id, NULL);

  return domo_request_new ("cloud-amplifier/reverse", dataset_id, NULL);
}

static const char *
get_expected_direction (StewardRoute     *route,
                        StewardDirection  direction)
{
  return direction == STEWARD_DIRECTION_MOVE ? "FEDERATED_TO_CLOUD_AMPLIFIER"
                                             : "CLOUD_AMPLIFIER_TO_FEDERATED";
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
steward_amplifier_route_class_init (StewardAmplifierRouteClass *klass)
{
}

static void
steward_amplifier_route_init (StewardAmplifierRoute *self)
{
}

/**
 * steward_amplifier_route_new:
 *
 * Returns: (transfer full): the route to Cloud Amplifier
 */
StewardRoute *
steward_amplifier_route_new (void)
{
  return g_object_new (STEWARD_TYPE_AMPLIFIER_ROUTE, NULL);
}
