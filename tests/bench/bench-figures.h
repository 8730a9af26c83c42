/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "gap-probe.h"

G_BEGIN_DECLS

/* What several processes measured: each prints lines of a name and a number. */
typedef struct _BenchFigures BenchFigures;

BenchFigures *bench_figures_new     (void);
void          bench_figures_free    (BenchFigures *self);
void          bench_figures_take    (BenchFigures *self,
                                     const char   *text);
void          bench_figures_add     (BenchFigures *self,
                                     const char   *name,
                                     double        value);
double        bench_figures_last    (BenchFigures *self,
                                     const char   *name);
GapSummary    bench_figures_summary (BenchFigures *self,
                                     const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchFigures, bench_figures_free)

/* Rows of the one table that build-aux/bench puts together from all benchmarks. @at_rest may be %NULL and is the
 * processor time of the main thread; a @limit of 0 is none; @n_digits stand after the point. */
void          bench_table_row       (const char       *what,
                                     const char       *unit,
                                     guint             n_digits,
                                     GapSummary        wall,
                                     const GapSummary *at_rest,
                                     double            limit);

/* A row that tells as well how much of a gap was painting, and how much of it others had the processors. */
void          bench_table_gap_row   (const char       *what,
                                     GapSummary        wall,
                                     const GapSummary *at_rest,
                                     double            painting,
                                     double            waiting,
                                     double            limit);

G_END_DECLS
