/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DomoRecordKind:
 * @DOMO_RECORD_STRING: char *, owned
 * @DOMO_RECORD_INTERNED: const char *, interned: for values that many records share
 * @DOMO_RECORD_ID: char *, owned; a JSON string or number, long numbers keep their text
 * @DOMO_RECORD_BOOLEAN: gboolean, FALSE when absent
 * @DOMO_RECORD_MAYBE: int, 1 or 0, -1 when absent: for what must not be taken as "no" if it is not told
 * @DOMO_RECORD_INT64: gint64, -1 when absent
 * @DOMO_RECORD_DOUBLE: double, NaN when absent
 * @DOMO_RECORD_TIME: gint64, microseconds since 1970, -1 when absent; any spelling that instances use
 * @DOMO_RECORD_STRINGS: char **, owned
 * @DOMO_RECORD_JSON: JsonNode *, owned: what has no type of its own
 */
typedef enum
{
  DOMO_RECORD_STRING,
  DOMO_RECORD_INTERNED,
  DOMO_RECORD_ID,
  DOMO_RECORD_BOOLEAN,
  DOMO_RECORD_MAYBE,
  DOMO_RECORD_INT64,
  DOMO_RECORD_DOUBLE,
  DOMO_RECORD_TIME,
  DOMO_RECORD_STRINGS,
  DOMO_RECORD_JSON,
} DomoRecordKind;

/**
 * DomoRecordMember:
 * @property: name of the GObject property
 * @json: name of the JSON member; a dotted path reaches into objects ("cardInfo.cardCount"); several
 *   spellings are separated by "|"
 * @kind: kind of the struct member
 * @required: whether a record without it is refused
 * @offset: G_STRUCT_OFFSET of the struct member
 *
 * One member of a record: the only place that knows it.
 */
typedef struct
{
  const char *property;
  const char *json;
  DomoRecordKind kind;
  gboolean required;
  gsize offset;
} DomoRecordMember;

#define DOMO_TYPE_RECORD (domo_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (DomoRecord, domo_record, DOMO, RECORD, GObject)

struct _DomoRecordClass
{
  GObjectClass parent_class;

  const DomoRecordMember *members;
  guint n_members;

  /*< private >*/
  struct _DomoRecordName *names;
  guint n_names;
};

/* Defines the record type @TypeName (declared with G_DECLARE_FINAL_TYPE) whose table is the array @table. */
#define DOMO_DEFINE_RECORD(TypeName, type_name, table)                                              \
  G_DEFINE_FINAL_TYPE (TypeName, type_name, DOMO_TYPE_RECORD)                                       \
  static void type_name##_class_init (TypeName##Class *klass)                                       \
  {                                                                                                 \
    domo_record_class_set_members (DOMO_RECORD_CLASS (klass), table, G_N_ELEMENTS (table));         \
  }                                                                                                 \
  static void type_name##_init (TypeName *self)                                                     \
  {                                                                                                 \
    domo_record_set_unknown ((DomoRecord *) self);                                                  \
  }

void        domo_record_class_set_members (DomoRecordClass         *klass,
                                           const DomoRecordMember  *members,
                                           guint                    n_members);
void        domo_record_set_unknown       (DomoRecord              *self);
DomoRecord *domo_record_decode            (GType                    type,
                                           JsonNode                *node,
                                           const char              *path,
                                           GError                 **error);
GPtrArray  *domo_record_decode_array      (GType                    type,
                                           JsonNode                *node,
                                           GError                 **error);

G_END_DECLS
