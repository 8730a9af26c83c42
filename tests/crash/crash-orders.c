/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "crash-orders.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static JsonObject *orders;
static int log_fd = -1;

JsonObject *
crash_orders_read (void)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  gssize n;

  if (orders != NULL)
    return orders;

  text = g_string_new (NULL);
  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  node = json_from_string (text->str, &error);
  g_assert_no_error (error);

  orders = json_object_ref (json_node_get_object (node));
  log_fd = open (crash_order_text ("log", ""), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (log_fd, >=, 0);

  return orders;
}

void
crash_orders_free (void)
{
  g_clear_pointer (&orders, json_object_unref);
  close (log_fd);
}

const char *
crash_order_text (const char *name,
                  const char *otherwise)
{
  return json_object_get_string_member_with_default (orders, name, otherwise);
}

guint
crash_order_number (const char *name,
                    guint       otherwise)
{
  return (guint) json_object_get_int_member_with_default (orders, name, otherwise);
}

gboolean
crash_order_flag (const char *name)
{
  return json_object_get_boolean_member_with_default (orders, name, FALSE);
}

DomoSession *
crash_orders_make_session (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoAddress) address = domo_address_parse (crash_order_text ("url", ""), &error);
  DomoSession *session;

  g_assert_no_error (error);
  session = domo_session_new (address, NULL);
  domo_session_set_token (session, crash_order_text ("token", ""));

  return session;
}

StewardPlan *
crash_orders_make_plan (void)
{
  JsonArray *items = json_object_get_array_member (orders, "items");
  const gboolean back = g_str_equal (crash_order_text ("direction", "move"), "back");
  StewardPlan *plan = steward_plan_new (crash_order_text ("route", "cloud-amplifier"), crash_order_text ("url", ""),
                                        "practice", back ? STEWARD_DIRECTION_MOVE_BACK : STEWARD_DIRECTION_MOVE);

  steward_plan_set_destination (plan, crash_order_text ("destination", ""), "Destination", "TYPE");
  steward_plan_set_options (plan, crash_order_number ("at_once", 1), crash_order_number ("pause_after", 0),
                            crash_order_flag ("stop_on_incomplete"));
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *row = json_array_get_object_element (items, i);
      g_autoptr (StewardPlanItem) item = NULL;

      item = steward_plan_item_new (json_object_get_string_member (row, "id"),
                                    json_object_get_string_member (row, "name"),
                                    json_object_get_string_member_with_default (row, "catalog", NULL),
                                    json_object_get_string_member_with_default (row, "schema", NULL),
                                    json_object_get_string_member_with_default (row, "table", NULL));
      steward_plan_add_item (plan, item);
    }

  return plan;
}

JsonObject *
crash_line_new (const char *kind)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "kind", kind);
  json_object_set_int_member (line, "at", g_get_real_time ());

  return line;
}

void
crash_say (JsonObject *line)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), line);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *whole = g_strconcat (text, "\n", NULL);

  g_assert_cmpint (write (log_fd, whole, strlen (whole)), ==, (gssize) strlen (whole));
  json_object_unref (line);
}
