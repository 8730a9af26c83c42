/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-context.h"
#include "practice/practice-reply.h"
#include "practice/practice-request.h"

G_BEGIN_DECLS

/* What a member of a body has to be. */
typedef enum
{
  PRACTICE_STRING,
  PRACTICE_INTEGER,
  PRACTICE_NUMBER,
  PRACTICE_BOOLEAN,
  PRACTICE_ID,      /* a string of digits or an integer: both are in use */
  PRACTICE_STRINGS, /* an array of strings */
  PRACTICE_LISTS,   /* an array of arrays of strings */
  PRACTICE_VALUES,  /* an array of strings and numbers */
  PRACTICE_OBJECT,
  PRACTICE_OBJECTS, /* an array of objects */
  PRACTICE_ANY,
} PracticeKind;

typedef struct _PracticeMember PracticeMember;

struct _PracticeMember
{
  const char *name; /* NULL ends a list */
  PracticeKind kind;
  gboolean required;
  const PracticeMember
    *members; /* of an object or of each object in an array; NULL: not looked at */
};

typedef enum
{
  PRACTICE_BODY_NONE,
  PRACTICE_BODY_EMPTY, /* none, or an object without members */
  PRACTICE_BODY_OBJECT,
  PRACTICE_BODY_STRINGS, /* an array of strings */
  PRACTICE_BODY_OBJECTS, /* an array of objects */
} PracticeBody;

typedef void (*PracticeHandler) (PracticeContext *context,
                                 PracticeRequest *request,
                                 PracticeReply *reply);

/* One call of the API. */
typedef struct
{
  const char *name;   /* "amplifier.migrate": for the record and for faults */
  const char *method; /* upper case */
  const char *path;   /* template: parts in braces stand for any one segment */
  const char *query;  /* "start!:int,objectType": "!" required; kinds text (default), int, bool */
  PracticeBody body;
  const PracticeMember *members; /* of the body */
  gboolean slow;                 /* takes --latency: a migration call */
  PracticeHandler check; /* (nullable) at arrival; may refuse by giving the reply a status */
  PracticeHandler run;   /* carries it out and answers */
} PracticeOperation;

/* All calls that are answered, in a constant table ended by a row without a name. */
const PracticeOperation *practice_operations (void);

G_END_DECLS
