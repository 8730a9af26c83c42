/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-context.h"
#include "practice/practice-reply.h"
#include "practice/practice-request.h"

G_BEGIN_DECLS

/**
 * practice_error_reply:
 * @message: what is wrong, for people
 *
 * Answers with @status and the dialect's error body: as observed
 * `{status, statusReason, path, message, toe}`; the documents show no body for errors, there it is
 * `{status, message}`, the least a client can be given.
 */
void practice_error_reply (PracticeContext *context,
                           PracticeRequest *request,
                           PracticeReply *reply,
                           guint status,
                           const char *message);

G_END_DECLS
