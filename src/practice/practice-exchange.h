/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <libsoup/soup.h>

#include "practice/practice-fault.h"
#include "practice/practice-operation.h"

G_BEGIN_DECLS

typedef struct _PracticeServer PracticeServer;

/* One request and its answer, from the moment its head was read. */
typedef struct
{
  gatomicrefcount refs;
  PracticeServer *server; /* unowned: outlives all of them */
  SoupServerMessage *message;
  guint64 seq;
  guint64 connection;         /* which connection, counted from 1 */
  guint64 connection_request; /* which request on it, counted from 1 */
  PracticeRequest *request;
  PracticeReply *reply;
  const PracticeOperation *operation; /* (nullable) */
  const char *token;                  /* "ok", "missing" or "wrong" */
  char *allow;                        /* (nullable) methods there are, where this is none */
  PracticeFault *fault;               /* (nullable) */
  gint64 begun;                       /* monotonic microseconds */
} PracticeExchange;

PracticeExchange *practice_exchange_new (PracticeServer *server, SoupServerMessage *message);
PracticeExchange *practice_exchange_ref (PracticeExchange *self);
void practice_exchange_unref (PracticeExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeExchange, practice_exchange_unref)

G_END_DECLS
