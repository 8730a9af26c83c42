/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-plan-item.h"

G_BEGIN_DECLS

/* What a database without schemas has for one: the text, not nothing (001…txt, line 92). */
#define STEWARD_MAPPING_NO_SCHEMA "NULL"

typedef enum
{
  STEWARD_MAPPING_CATALOG,
  STEWARD_MAPPING_SCHEMA,
  STEWARD_MAPPING_TABLE,
  STEWARD_MAPPING_N_PARTS,
} StewardMappingPart;

/**
 * StewardMappingWarning:
 * @STEWARD_MAPPING_EMPTY: the cell is empty, or a suggestion that nobody has accepted
 * @STEWARD_MAPPING_SPACES: it begins or ends with a space
 * @STEWARD_MAPPING_CASE: most other rows spell it with other capitals
 * @STEWARD_MAPPING_DUPLICATE: another row names the same table
 *
 * What may be wrong with a cell. None of them keeps it from being sent but the first.
 */
typedef enum
{
  STEWARD_MAPPING_FINE = 0,
  STEWARD_MAPPING_EMPTY = 1 << 0,
  STEWARD_MAPPING_SPACES = 1 << 1,
  STEWARD_MAPPING_CASE = 1 << 2,
  STEWARD_MAPPING_DUPLICATE = 1 << 3,
} StewardMappingWarning;

/**
 * StewardMapping:
 *
 * Which table each dataset reads: a row for each dataset with catalog, schema and table, and the edits that
 * were made, so that they can be undone. Rows are only added. Positions count from 0 and stay.
 *
 * Signals: `changed` (positions: pointer to guint, n_positions: guint) after cells changed; `warned` after
 * warnings of any row may have changed; `rows-added` (first: guint, n_rows: guint).
 * Properties (notify): #can-undo, #can-redo.
 */
#define STEWARD_TYPE_MAPPING (steward_mapping_get_type ())
G_DECLARE_FINAL_TYPE (StewardMapping, steward_mapping, STEWARD, MAPPING, GObject)

StewardMapping        *steward_mapping_new             (void);
/* Adds a row; one whose dataset is there already stays, with the newer name. Returns its position. */
guint                  steward_mapping_add             (StewardMapping     *self,
                                                        const char         *dataset_id,
                                                        const char         *name);
guint                  steward_mapping_get_n_rows      (StewardMapping     *self);
gboolean               steward_mapping_find            (StewardMapping     *self,
                                                        const char         *dataset_id,
                                                        guint              *position);
const char            *steward_mapping_get_dataset_id  (StewardMapping     *self,
                                                        guint               position);
const char            *steward_mapping_get_name        (StewardMapping     *self,
                                                        guint               position);
/* Never NULL; "" is an empty cell. */
const char            *steward_mapping_get_cell        (StewardMapping     *self,
                                                        guint               position,
                                                        StewardMappingPart  part);
gboolean               steward_mapping_is_suggestion   (StewardMapping     *self,
                                                        guint               position,
                                                        StewardMappingPart  part);
/* All three cells are filled in, and none is a suggestion. */
gboolean               steward_mapping_is_complete     (StewardMapping     *self,
                                                        guint               position);
/* (transfer full): the dataset with what is filled in; suggestions are left out. */
StewardPlanItem       *steward_mapping_dup_item        (StewardMapping     *self,
                                                        guint               position);

StewardMappingWarning  steward_mapping_get_warnings    (StewardMapping     *self,
                                                        guint               position,
                                                        StewardMappingPart  part);
/* (transfer full) (nullable): the warnings of a cell in words, translated. */
char                  *steward_mapping_describe        (StewardMapping     *self,
                                                        guint               position,
                                                        StewardMappingPart  part);
/* Warnings of many changes are worked out a little at a time; this does it now. */
void                   steward_mapping_settle          (StewardMapping     *self);

/* Edits. Each is one step of undo, and returns how many cells it changed. */
guint                  steward_mapping_set_cell        (StewardMapping     *self,
                                                        guint               position,
                                                        StewardMappingPart  part,
                                                        const char         *text);
guint                  steward_mapping_fill            (StewardMapping     *self,
                                                        const guint        *positions,
                                                        guint               n_positions,
                                                        StewardMappingPart  part,
                                                        const char         *text);
/* A block as a spreadsheet copies it, its first cell at the first position and @part. @n_left_out (nullable): cells
 * that had no place. */
guint                  steward_mapping_paste           (StewardMapping     *self,
                                                        const guint        *positions,
                                                        guint               n_positions,
                                                        StewardMappingPart  part,
                                                        const char         *block,
                                                        guint              *n_left_out);
guint                  steward_mapping_replace         (StewardMapping     *self,
                                                        const guint        *positions,
                                                        guint               n_positions,
                                                        int                 part,
                                                        const char         *text,
                                                        const char         *replacement,
                                                        gboolean            match_case);
guint                  steward_mapping_accept          (StewardMapping     *self,
                                                        const guint        *positions,
                                                        guint               n_positions);
/* (transfer full): the three cells of each row, as a spreadsheet takes them. */
char                  *steward_mapping_copy            (StewardMapping     *self,
                                                        const guint        *positions,
                                                        guint               n_positions);

/* Not edits: neither is undone. A suggestion fills an empty cell only. */
gboolean               steward_mapping_suggest         (StewardMapping     *self,
                                                        guint               position,
                                                        StewardMappingPart  part,
                                                        const char         *text);
/* What is remembered of a dataset, which need not have a row yet. */
void                   steward_mapping_recall          (StewardMapping     *self,
                                                        const char         *dataset_id,
                                                        const char         *catalog,
                                                        const char         *schema,
                                                        const char         *table);

gboolean               steward_mapping_can_undo        (StewardMapping     *self);
gboolean               steward_mapping_can_redo        (StewardMapping     *self);
/* (nullable): what would be undone, in a word, translated. */
const char            *steward_mapping_get_undo_label  (StewardMapping     *self);
const char            *steward_mapping_get_redo_label  (StewardMapping     *self);
gboolean               steward_mapping_undo            (StewardMapping     *self);
gboolean               steward_mapping_redo            (StewardMapping     *self);

/* Whether what the instance says of a dataset tells of its table, so that its cells are what to look at. */
gboolean               steward_mapping_is_meant_by     (StewardPlanItem    *item,
                                                        const char         *message);

G_END_DECLS
