/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

#include "domo/domo-session.h"
#include "gap-probe.h"

G_BEGIN_DECLS

/* What is done to a list with rows, in this order. */
typedef enum
{
  CANDIDATES_LOAD,
  CANDIDATES_SORT,
  CANDIDATES_FILTER,
  CANDIDATES_CLEAR,
  CANDIDATES_SCROLL,
  CANDIDATES_N_PHASES
} CandidatesPhase;

#define CANDIDATES_SEARCH "canada weekly"
#define CANDIDATES_N_SCROLLS 90
#define CANDIDATES_SCROLL_PIXELS 700.0

extern const char *const candidates_phase_names[CANDIDATES_N_PHASES];

/* One measured process; what it prints begins with @mode. */
typedef struct
{
  const char *mode;
  DomoSession *session;
  GapProbe *probe;
  GtkWidget *window;
  gint64 start;
  double memory;
} Candidates;

void candidates_begin (Candidates      *self);
void candidates_end   (Candidates      *self,
                       CandidatesPhase  phase);
void candidates_print (Candidates      *self,
                       const char      *name,
                       double           value);

/* The page of Steward, GTK's own, and no page at all. */
void candidates_run_page     (Candidates *self);
void candidates_run_stock    (Candidates *self);
void candidates_run_download (Candidates *self);
void candidates_run_document (Candidates *self);

G_END_DECLS
