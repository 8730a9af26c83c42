/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-exchange.h"

PracticeExchange *
practice_exchange_new (PracticeServer *server, SoupServerMessage *message)
{
  PracticeExchange *self = g_new0 (PracticeExchange, 1);
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_atomic_ref_count_init (&self->refs);
  self->server = server;
  self->message = g_object_ref (message);
  self->request = practice_request_new (soup_server_message_get_method (message),
                                        g_uri_get_path (uri),
                                        g_uri_get_query (uri),
                                        soup_message_headers_get_one (headers, "Content-Type"));
  self->reply = practice_reply_new ();
  self->begun = g_get_monotonic_time ();
  return self;
}

PracticeExchange *
practice_exchange_ref (PracticeExchange *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
practice_exchange_unref (PracticeExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->fault, practice_fault_unref);
  practice_request_free (self->request);
  practice_reply_free (self->reply);
  g_object_unref (self->message);
  g_free (self->allow);
  g_free (self);
}
