/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-data-facts.h"

G_BEGIN_DECLS

/**
 * StewardDataCompare:
 * @STEWARD_DATA_COMPARE_NOTHING: do not look
 * @STEWARD_DATA_COMPARE_COUNTS: columns, rows and cards as the instance lists them
 * @STEWARD_DATA_COMPARE_VALUES: also rows and values as a sample query finds them
 */
typedef enum
{
  STEWARD_DATA_COMPARE_NOTHING,
  STEWARD_DATA_COMPARE_COUNTS,
  STEWARD_DATA_COMPARE_VALUES,
} StewardDataCompare;

/**
 * StewardDataVerdict:
 * @STEWARD_DATA_NOT_COMPARED: nobody asked, or it is still to be done
 * @STEWARD_DATA_NOT_KNOWN: too little could be read
 * @STEWARD_DATA_SAME_COLUMNS: the rows were not compared
 * @STEWARD_DATA_SAME_COUNT: columns and row count; the values were not compared
 * @STEWARD_DATA_SAME: columns, counted rows and the values of the sample
 * @STEWARD_DATA_DIFFERENT: something differs
 * @STEWARD_DATA_ACCEPTED: it differs, and the admin has dealt with it
 *
 * What two looks at a dataset, before and after a move, say of its data. Only what was compared is claimed:
 * a copy with the same columns is never "the same".
 */
typedef enum
{
  STEWARD_DATA_NOT_COMPARED,
  STEWARD_DATA_NOT_KNOWN,
  STEWARD_DATA_SAME_COLUMNS,
  STEWARD_DATA_SAME_COUNT,
  STEWARD_DATA_SAME,
  STEWARD_DATA_DIFFERENT,
  STEWARD_DATA_ACCEPTED,
} StewardDataVerdict;

#define STEWARD_N_DATA_VERDICTS (STEWARD_DATA_ACCEPTED + 1)

/* (nullable): what plans keep; nothing for nothing. */
const char         *steward_data_compare_to_id    (StewardDataCompare   compare);
gboolean            steward_data_compare_from_id  (const char          *id,
                                                   StewardDataCompare  *compare);
const char         *steward_data_verdict_to_id    (StewardDataVerdict   verdict);
StewardDataVerdict  steward_data_verdict_from_id  (const char          *id);
/* A word or two for a table's cell. */
const char         *steward_data_verdict_get_name (StewardDataVerdict   verdict);

StewardDataVerdict  steward_data_difference_find  (StewardDataFacts    *before,
                                                   StewardDataFacts    *after,
                                                   char               **words);

G_END_DECLS
