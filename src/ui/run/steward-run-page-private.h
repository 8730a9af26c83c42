/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/run/steward-run-page.h"

#include "migration/steward-run.h"
#include "ui/common/steward-banner.h"
#include "ui/common/steward-error-view.h"
#include "ui/list/steward-list-page.h"
#include "ui/run/steward-tally-bar.h"

G_BEGIN_DECLS

/* Shared by steward-run-page.c, what it shows, and steward-run-page-actions.c, what its buttons do. */

struct _StewardRunPage
{
  StewardPage parent_instance;

  GtkStack *stack;
  StewardErrorView *error_view;
  StewardBanner *pause_banner;
  StewardBanner *slow_banner;
  StewardBanner *taken_banner;
  StewardBanner *handed_over_banner;
  StewardBanner *settling_banner;
  StewardBanner *wave_banner;
  GtkLabel *heading_label;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  StewardTallyBar *tally_bar;
  StewardListPage *list_page;
  GtkButton *back_button;
  GtkButton *stop_button;
  GtkButton *pause_button;
  GtkButton *retry_button;
  GtkButton *done_button;

  gint64 run_id;
  StewardRun *run;              /* nullable: until it is open */
  StewardRowStore *store;
  StewardListModel *model;
  guint fill_id;                /* rows are still being put into the store */
  guint n_filled;
  guint update_id;
  guint wanted_item;            /* STEWARD_RUN_PAGE_NO_ITEM: none */
  guint tick_id;
  GPtrArray *waves;             /* (element-type StewardWave) (nullable): of the plan that the run is of */
  gboolean listing_waves;
  gboolean waves_changed;       /* since they were asked for */
  gint64 next_wave;             /* that the admin wants to see */
  gboolean taken;               /* another Steward writes about this instance: the run is only read */
};

/* Makes the page say what the run says now. */
void steward_run_page_update                  (StewardRunPage *self);

/* steward-run-page-waves.c */
void steward_run_page_list_waves              (StewardRunPage *self);
void steward_run_page_update_waves            (StewardRunPage *self);
gboolean steward_run_page_must_wait           (StewardRunPage *self);
void steward_run_page_on_wave_banner_clicked  (StewardRunPage *self);

void steward_run_page_on_pause                (StewardRunPage *self);
void steward_run_page_on_pause_banner_clicked (StewardRunPage *self);
void steward_run_page_on_stop                 (StewardRunPage *self);
void steward_run_page_on_stop_waiting         (StewardRunPage *self);
void steward_run_page_on_take_back            (StewardRunPage *self);
void steward_run_page_on_retry                (StewardRunPage *self);
void steward_run_page_on_ask_now              (StewardRunPage *self);
void steward_run_page_on_move_back            (StewardRunPage *self);
void steward_run_page_on_save_report          (GtkWidget      *widget,
                                               const char     *action_name,
                                               GVariant       *parameter);

G_END_DECLS
