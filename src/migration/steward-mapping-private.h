/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-mapping-index.h"
#include "migration/steward-mapping.h"

G_BEGIN_DECLS

typedef struct
{
  char *dataset_id;                             /* this and all below: shared */
  char *name;
  char *cells[STEWARD_MAPPING_N_PARTS];         /* nullable */
  char *indexed[STEWARD_MAPPING_N_PARTS];       /* nullable: as the index has them */
  guint suggested;                              /* a bit for each part */
  gboolean stale;                               /* the index has something else */
} MappingRow;

struct _StewardMapping
{
  GObject parent_instance;

  GArray *rows;                 /* (element-type MappingRow) */
  GHashTable *positions;        /* dataset id → position + 1; the rows own the ids */
  GHashTable *recalled;         /* dataset id → MappingRow without a position */
  StewardMappingIndex *index;
  GArray *stale;                /* (element-type guint) */
  guint idle;
  GPtrArray *undo;              /* (element-type MappingEdit) */
  GPtrArray *redo;
};

/* What made an edit, for its label. */
typedef enum
{
  MAPPING_EDIT_CELL,
  MAPPING_EDIT_FILL,
  MAPPING_EDIT_PASTE,
  MAPPING_EDIT_REPLACE,
  MAPPING_EDIT_ACCEPT,
  MAPPING_EDIT_IMPORT,
} MappingEditKind;

/* One cell of an edit. Texts are shared, NULL for an empty cell. */
typedef struct
{
  guint position;
  StewardMappingPart part;
  char *before;
  char *after;
  gboolean suggested_before;
} MappingChange;

typedef struct
{
  MappingEditKind kind;
  GArray *changes;              /* (element-type MappingChange) */
} MappingEdit;

MappingRow  *steward_mapping_get_row   (StewardMapping      *self,
                                        guint                position);
/* (nullable): %NULL for an empty text. From any thread. */
char        *steward_mapping_share     (const char          *text);
/* Puts an shared text, or %NULL, into a cell. */
void         steward_mapping_assign    (char               **cell,
                                        char                *text);
void         steward_mapping_mark_stale (StewardMapping     *self,
                                        guint                position);
void         steward_mapping_tell_changed (StewardMapping   *self,
                                        const guint         *positions,
                                        guint                n_positions);
gboolean     steward_mapping_step      (StewardMapping      *self,
                                        GPtrArray           *from,
                                        GPtrArray           *to,
                                        gboolean             back);

MappingEdit *steward_mapping_edit_new  (MappingEditKind      kind);
void         steward_mapping_edit_free (gpointer             edit);
/* Notes what a cell becomes; nothing if it is that already. */
void         steward_mapping_edit_put  (MappingEdit         *edit,
                                        StewardMapping      *self,
                                        guint                position,
                                        StewardMappingPart   part,
                                        const char          *text);
void         steward_mapping_edit_put_shared (MappingEdit *edit,
                                        StewardMapping      *self,
                                        guint                position,
                                        StewardMappingPart   part,
                                        char                *text);
/* Carries it out; takes @edit. Returns how many cells changed. */
guint        steward_mapping_take_edit (StewardMapping      *self,
                                        MappingEdit         *edit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MappingEdit, steward_mapping_edit_free)

/* What a worker may know of a row. All shared. */
typedef struct
{
  char *dataset_id;
  char *name;                                   /* nullable */
  char *cells[STEWARD_MAPPING_N_PARTS];         /* nullable; suggestions are left out */
  guint position;
} MappingKey;

/* (element-type MappingKey) (transfer full): the rows @positions, or all of them with %NULL. */
GArray      *steward_mapping_dup_keys  (StewardMapping      *self,
                                        const guint         *positions,
                                        guint                n_positions);
/* steward_mapping_recall() for each of them. */
void         steward_mapping_recall_keys (StewardMapping    *self,
                                        GArray              *keys);
/* (element-type MappingKey) (transfer full): an empty one, that frees its texts. */
GArray      *steward_mapping_keys_new  (void);

G_END_DECLS
