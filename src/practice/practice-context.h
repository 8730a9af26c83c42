/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-limiter.h"
#include "practice/practice-world.h"

G_BEGIN_DECLS

/* Which of the two accounts of the API the replies follow. */
typedef enum
{
  PRACTICE_DIALECT_OBSERVED,   /* as public clients have seen real instances answer */
  PRACTICE_DIALECT_DOCUMENTED, /* as the documents show */
} PracticeDialect;

/* What a handler works with; owned by the server, the same for all requests. */
typedef struct
{
  PracticeWorld *world;
  PracticeDialect dialect;
  PracticeLimiter searches; /* of the documented limit of 120 a minute */
} PracticeContext;

G_END_DECLS
