/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "dead-end.h"

G_BEGIN_DECLS

typedef enum
{
  FAULT_NOTHING_MORE = 0,
  FAULT_STOP_WAITING = 1 << 0,  /* nothing comes: the admin stops waiting */
  FAULT_SHORT_PATIENCE = 1 << 1, /* nothing comes: the connection is given up after some seconds */
} FaultFlags;

/**
 * FaultCase:
 * @name: as expected.tsv has it
 * @rule: (nullable): members of a rule of the practice instance, for the calls that move
 * @dead_end: where the call goes instead of the practice instance, %DEAD_END_NONE if it does not
 * @flags: what else happens
 *
 * One thing that can go wrong with a move or a move back. What is expected of it is in expected.tsv.
 */
typedef struct
{
  const char *name;
  const char *rule;
  DeadEndKind dead_end;
  FaultFlags flags;
} FaultCase;

/* The last one has no name. */
extern const FaultCase fault_cases[];

G_END_DECLS
