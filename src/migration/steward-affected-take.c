/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-affected-private.h"

#include "domo/domo-card.h"
#include "domo/domo-user.h"

void
steward_affected_owner_free (gpointer data)
{
  StewardAffectedOwner *owner = data;

  g_free (owner->id);
  g_free (owner->type);
  g_free (owner->name);
  g_free (owner->email);
  g_free (owner);
}

void
steward_affected_card_free (gpointer data)
{
  StewardAffectedCard *card = data;

  g_free (card->id);
  g_free (card->title);
  g_free (card->url);
  g_ptr_array_unref (card->owners);
  g_free (card);
}

static char *
dup_text_member (JsonObject *object,
                 const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

/* An owner is {"id", "type", "displayName"} (004…txt, "Get Cards for a Dataset ID"); ids come as text or
 * as numbers. */
static void
take_owner (StewardAffected     *self,
            StewardAffectedCard *card,
            JsonNode            *node)
{
  g_autofree char *id = NULL;
  g_autofree char *type = NULL;
  g_autofree char *key = NULL;
  StewardAffectedOwner *owner;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  object = json_node_get_object (node);
  id = dup_text_member (object, "id");
  if (id == NULL)
    return;

  type = dup_text_member (object, "type");
  if (type == NULL)
    type = g_strdup ("USER");

  key = g_strconcat (type, ":", id, NULL);
  owner = g_hash_table_lookup (self->owners, key);
  if (owner == NULL)
    {
      owner = g_new0 (StewardAffectedOwner, 1);
      owner->id = g_steal_pointer (&id);
      owner->type = g_steal_pointer (&type);
      owner->name = dup_text_member (object, "displayName");
      g_hash_table_insert (self->owners, g_steal_pointer (&key), owner);
    }

  if (!g_ptr_array_find (card->owners, owner, NULL))
    {
      g_ptr_array_add (card->owners, owner);
      owner->n_cards++;
    }
}

static StewardAffectedCard *
take_card (StewardAffected *self,
           DomoCard        *record)
{
  StewardAffectedCard *card = g_hash_table_lookup (self->cards, record->id);

  if (card != NULL)
    return card;

  card = g_new0 (StewardAffectedCard, 1);
  card->id = g_strdup (record->id);
  card->title = g_strdup (record->title);
  card->owners = g_ptr_array_new ();
  card->url = g_strdup_printf ("%s/kpis/details/%s",
                               domo_address_get_origin (domo_session_get_address (self->session)),
                               record->id);

  if (record->owners != NULL && JSON_NODE_HOLDS_ARRAY (record->owners))
    {
      JsonArray *array = json_node_get_array (record->owners);

      for (guint i = 0; i < json_array_get_length (array); i++)
        take_owner (self, card, json_array_get_element (array, i));
    }

  g_hash_table_insert (self->cards, card->id, card);

  return card;
}

/* Takes the cards of one dataset. %FALSE: they could not be read, and nothing was taken. */
gboolean
steward_affected_take_cards (StewardAffected *self,
                             const char      *dataset_id,
                             JsonNode        *json)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) cards = NULL;

  records = domo_record_decode_array (DOMO_TYPE_CARD, json, NULL);
  if (records == NULL)
    return FALSE;

  cards = g_ptr_array_new ();
  for (guint i = 0; i < records->len; i++)
    {
      StewardAffectedCard *card = take_card (self, g_ptr_array_index (records, i));

      if (!g_ptr_array_find (cards, card, NULL))
        g_ptr_array_add (cards, card);
    }
  g_hash_table_replace (self->datasets, g_strdup (dataset_id), g_steal_pointer (&cards));

  return TRUE;
}

/* Takes what is known of one owner. Instances answer with the user, with an array or with {"users": […]} (004…txt, "Get User By Id"). */
void
steward_affected_take_user (StewardAffected *self,
                            const char      *id,
                            JsonNode        *json)
{
  g_autofree char *key = g_strconcat ("USER:", id, NULL);
  g_autoptr (DomoUser) user = NULL;
  StewardAffectedOwner *owner = g_hash_table_lookup (self->owners, key);

  if (json != NULL && JSON_NODE_HOLDS_OBJECT (json) &&
      json_object_has_member (json_node_get_object (json), "users"))
    json = json_object_get_member (json_node_get_object (json), "users");
  if (json != NULL && JSON_NODE_HOLDS_ARRAY (json) &&
      json_array_get_length (json_node_get_array (json)) > 0)
    json = json_array_get_element (json_node_get_array (json), 0);
  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json) || owner == NULL)
    return;

  user = (DomoUser *) domo_record_decode (DOMO_TYPE_USER, json, "", NULL);
  if (user == NULL || g_strcmp0 (user->id, id) != 0)
    return;

  if (user->display_name != NULL)
    {
      g_free (owner->name);
      owner->name = g_strdup (user->display_name);
    }
  g_free (owner->email);
  owner->email = g_strdup (user->email);
}
