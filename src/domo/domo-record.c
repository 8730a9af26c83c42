/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-record-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-error.h"

/**
 * DomoRecord:
 *
 * Base of all records: what an instance tells of one thing. A type is its struct, its table of members
 * and one line, DOMO_DEFINE_RECORD(). Records are immutable once decoded, so any thread may read them.
 */
G_DEFINE_ABSTRACT_TYPE (DomoRecord, domo_record, G_TYPE_OBJECT)

static void
domo_record_get_property (GObject *object,
                          guint property_id,
                          GValue *value,
                          GParamSpec *pspec)
{
  DomoRecordClass *klass = DOMO_RECORD_GET_CLASS (object);
  const DomoRecordMember *member;
  gconstpointer field;

  if (property_id == 0 || property_id > klass->n_members)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }

  member = &klass->members[property_id - 1];
  field = G_STRUCT_MEMBER_P (object, member->offset);

  switch (member->kind)
    {
    case DOMO_RECORD_STRING:
    case DOMO_RECORD_ID:
      g_value_set_string (value, *(char *const *) field);
      break;

    case DOMO_RECORD_INTERNED:
      g_value_set_static_string (value, *(const char *const *) field);
      break;

    case DOMO_RECORD_BOOLEAN:
      g_value_set_boolean (value, *(const gboolean *) field);
      break;

    case DOMO_RECORD_MAYBE:
      g_value_set_int (value, *(const int *) field);
      break;

    case DOMO_RECORD_INT64:
    case DOMO_RECORD_TIME:
      g_value_set_int64 (value, *(const gint64 *) field);
      break;

    case DOMO_RECORD_DOUBLE:
      g_value_set_double (value, *(const double *) field);
      break;

    case DOMO_RECORD_STRINGS:
      g_value_set_boxed (value, *(char **const *) field);
      break;

    case DOMO_RECORD_JSON:
      g_value_set_boxed (value, *(JsonNode *const *) field);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
domo_record_finalize (GObject *object)
{
  DomoRecordClass *klass = DOMO_RECORD_GET_CLASS (object);

  for (guint i = 0; i < klass->n_members; i++)
    domo_record_clear_member (&klass->members[i],
                              G_STRUCT_MEMBER_P (object, klass->members[i].offset));

  G_OBJECT_CLASS (domo_record_parent_class)->finalize (object);
}

static void
domo_record_class_init (DomoRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = domo_record_finalize;
}

static void
domo_record_init (DomoRecord *self)
{
}

static GParamSpec *
create_pspec (const DomoRecordMember *member)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const char *name = member->property;

  switch (member->kind)
    {
    case DOMO_RECORD_STRING:
    case DOMO_RECORD_INTERNED:
    case DOMO_RECORD_ID:
      return g_param_spec_string (name, NULL, NULL, NULL, flags);

    case DOMO_RECORD_BOOLEAN:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);

    case DOMO_RECORD_MAYBE:
      return g_param_spec_int (name, NULL, NULL, -1, 1, -1, flags);

    case DOMO_RECORD_INT64:
    case DOMO_RECORD_TIME:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, -1, flags);

    case DOMO_RECORD_DOUBLE:
      return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);

    case DOMO_RECORD_STRINGS:
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);

    case DOMO_RECORD_JSON:
      return g_param_spec_boxed (name, NULL, NULL, JSON_TYPE_NODE, flags);

    default:
      g_assert_not_reached ();
    }
}

/* Takes "a|b.c" of each member apart, once a type. */
static void
compile_names (DomoRecordClass *klass)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (struct _DomoRecordName));

  for (guint i = 0; i < klass->n_members; i++)
    {
      g_auto (GStrv) spellings = g_strsplit (klass->members[i].json, "|", -1);

      for (guint j = 0; spellings[j] != NULL; j++)
        {
          /* Kept for as long as the class, which is for ever. */
          char **steps = g_strsplit (spellings[j], ".", -1);
          struct _DomoRecordName name = {
            .first = steps[0],
            .rest = steps[1] != NULL ? (const char *const *) &steps[1] : NULL,
            .member = i,
          };

          g_array_append_val (names, name);
          if (name.rest == NULL)
            g_free (steps);
        }
    }

  klass->n_names = names->len;
  klass->names = (struct _DomoRecordName *) (gpointer) g_array_free (names, FALSE);
}

/**
 * domo_record_class_set_members:
 * @klass: class of a record type
 * @members: (array length=n_members): its table, static
 * @n_members: how many rows it has
 *
 * Called in a type's class_init: installs a readable property a member.
 */
void
domo_record_class_set_members (DomoRecordClass *klass,
                               const DomoRecordMember *members,
                               guint n_members)
{
  g_return_if_fail (DOMO_IS_RECORD_CLASS (klass));
  g_return_if_fail (n_members > 0 && n_members <= DOMO_RECORD_MAX_MEMBERS);

  klass->members = members;
  klass->n_members = n_members;
  compile_names (klass);

  /* GObject does not let a class inherit it. */
  G_OBJECT_CLASS (klass)->get_property = domo_record_get_property;
  for (guint i = 0; i < n_members; i++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, create_pspec (&members[i]));
}

/**
 * domo_record_set_unknown:
 * @self: a record whose members hold nothing yet
 *
 * Called in a type's init: sets times and numbers to "not known".
 */
void
domo_record_set_unknown (DomoRecord *self)
{
  DomoRecordClass *klass;

  g_return_if_fail (DOMO_IS_RECORD (self));

  klass = DOMO_RECORD_GET_CLASS (self);
  for (guint i = 0; i < klass->n_members; i++)
    domo_record_unset_member (&klass->members[i],
                              G_STRUCT_MEMBER_P (self, klass->members[i].offset));
}

/* The value at the end of the way that @name describes, NULL where there is none. */
static JsonNode *
follow (const struct _DomoRecordName *name,
        JsonNode *node)
{
  for (const char *const *step = name->rest; step != NULL && *step != NULL; step++)
    {
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
      node = json_object_get_member (json_node_get_object (node), *step);
      if (node == NULL)
        return NULL;
    }

  return JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/* Walks the members of the element once and notes for each member of the record where its value is.
 * The spelling that stands first in the table wins. */
static void
find_values (DomoRecordClass *klass,
             JsonObject *object,
             JsonNode **values,
             guint *spellings)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    {
      for (guint i = 0; i < klass->n_names; i++)
        {
          const struct _DomoRecordName *name = &klass->names[i];
          JsonNode *value;

          if (name->first[0] != key[0] || strcmp (name->first, key) != 0)
            continue;
          if (values[name->member] != NULL && spellings[name->member] < i)
            continue;

          value = follow (name, node);
          if (value != NULL)
            {
              values[name->member] = value;
              spellings[name->member] = i;
            }
        }
    }
}

/* The spelling to be named in an error. */
static char *
dup_first_spelling (const DomoRecordMember *member)
{
  return g_strndup (member->json, strcspn (member->json, "|"));
}

/* Decodes one element without an error object: it is called for every row of a list, and the path is
 * worth making only if something is wrong. @place gets the member (NULL: the element itself). */
DomoRecord *
domo_record_decode_element (DomoRecordClass *klass,
                            JsonNode *node,
                            DomoRecordCache *cache,
                            char **place,
                            const char **problem)
{
  JsonNode *values[DOMO_RECORD_MAX_MEMBERS] = { NULL };
  guint spellings[DOMO_RECORD_MAX_MEMBERS];
  DomoRecord *self;

  *place = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      *problem = N_ ("expected an object");
      return NULL;
    }

  find_values (klass, json_node_get_object (node), values, spellings);
  self = g_object_new (G_TYPE_FROM_CLASS (klass), NULL);

  for (guint i = 0; i < klass->n_members; i++)
    {
      const DomoRecordMember *member = &klass->members[i];
      gpointer field = G_STRUCT_MEMBER_P (self, member->offset);

      if (values[i] == NULL)
        {
          if (!member->required)
            continue;
          *problem = N_ ("is missing");
        }
      else if (domo_record_read_member (member, values[i], field, &cache->last[i], problem))
        {
          continue;
        }

      *place = dup_first_spelling (member);
      g_object_unref (self);
      return NULL;
    }

  return self;
}

/* "[3].name: expected a string" */
GError *
domo_record_error (const char *path,
                   const char *place,
                   const char *problem)
{
  gboolean has_path = path != NULL && *path != '\0';

  if (!has_path && place == NULL)
    return domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, "%s", _ (problem));

  return domo_error_new (DOMO_ERROR_BAD_REPLY,
                         NULL,
                         "%s%s%s: %s",
                         has_path ? path : "",
                         has_path && place != NULL ? "." : "",
                         place != NULL ? place : "",
                         _ (problem));
}

/**
 * domo_record_decode:
 * @type: a record type
 * @node: (nullable): what the instance sent
 * @path: (nullable): where @node stands in the reply, as `[3]`, for errors
 * @error: return location for a #DomoError, %DOMO_ERROR_BAD_REPLY
 *
 * Reads one record. Unknown members are passed over, `null` is as good as absent, ids may be numbers or
 * strings. A required member that is missing and a value of the wrong shape are errors that name the
 * place: `[3].name: expected a string`.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with @error set
 */
DomoRecord *
domo_record_decode (GType type,
                    JsonNode *node,
                    const char *path,
                    GError **error)
{
  g_autoptr (GTypeClass) klass = NULL;
  g_autofree char *place = NULL;
  const char *problem = NULL;
  DomoRecordCache cache = { { NULL } };
  DomoRecord *self;

  g_return_val_if_fail (g_type_is_a (type, DOMO_TYPE_RECORD), NULL);

  klass = g_type_class_ref (type);
  self = domo_record_decode_element (DOMO_RECORD_CLASS (klass), node, &cache, &place, &problem);
  if (self == NULL)
    g_propagate_error (error, domo_record_error (path, place, problem));

  return self;
}

/**
 * domo_record_decode_array:
 * @type: a record type
 * @node: (nullable): a JSON array
 * @error: return location for a #DomoError, %DOMO_ERROR_BAD_REPLY
 *
 * Reads a short list that was sent as one document; long ones are loaded with domo_list_load_async().
 *
 * Returns: (transfer full) (element-type DomoRecord) (nullable): the records in their order, or %NULL
 *   with @error set
 */
GPtrArray *
domo_record_decode_array (GType type,
                          JsonNode *node,
                          GError **error)
{
  g_autoptr (GTypeClass) klass = NULL;
  g_autoptr (GPtrArray) records = NULL;
  DomoRecordCache cache = { { NULL } };
  JsonArray *array;
  guint n;

  g_return_val_if_fail (g_type_is_a (type, DOMO_TYPE_RECORD), NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_propagate_error (error, domo_record_error (NULL, NULL, N_ ("expected a list")));
      return NULL;
    }

  klass = g_type_class_ref (type);
  array = json_node_get_array (node);
  n = json_array_get_length (array);
  records = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *place = NULL;
      const char *problem = NULL;
      DomoRecord *record = domo_record_decode_element (DOMO_RECORD_CLASS (klass),
                                                       json_array_get_element (array, i),
                                                       &cache, &place, &problem);

      if (record == NULL)
        {
          g_autofree char *path = g_strdup_printf ("[%u]", i);

          g_propagate_error (error, domo_record_error (path, place, problem));
          return NULL;
        }
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}
