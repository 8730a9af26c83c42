/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-page.h"

#include "ui/common/steward-banner.h"
#include "ui/common/steward-error-view.h"
#include "ui/list/steward-list-table.h"
#include "ui/list/steward-sort-button.h"

G_BEGIN_DECLS

/**
 * StewardListPage:
 *
 * The page of every list: search, filters of the caller, Sort By, the table, what is said while loading, when
 * there is nothing and when something failed, the count, and a bar that comes with the first
 * checked row.
 *
 * Signals: `activate-row (row)` for Enter and double click, `retry ()`, `refused (reason)` when Space met a row
 * that cannot be checked, `narrowed (narrow)` when the page has room for one column only, or for all again.
 */
struct _StewardListPage
{
  AdwBin parent_instance;

  StewardListModel *model;       /* nullable */
  StewardCheckedSet *checked;    /* nullable: nothing can be checked */
  StewardListCountFunc count_func;
  char *instance;                /* nullable */
  gboolean narrow;
  guint narrow_id;
  guint patience_id;

  GtkBox *toolbar;
  GtkBox *start_box;
  GtkBox *end_box;
  GtkSearchEntry *search;
  StewardSortButton *sort_button;
  StewardBanner *notice;
  GtkStack *stack;
  GtkSpinner *spinner;
  StewardListTable *table;
  AdwStatusPage *empty;
  AdwStatusPage *nothing;
  GtkButton *clear_search;
  StewardErrorView *error;
  GtkBox *footer;
  GtkLabel *count;
  GtkRevealer *bottom;
};

/* What the page says of its list: the rows, or in place of them why there are none; how many. */
void steward_list_page_update       (StewardListPage *self);
/* The same when the list has begun, ended or failed. */
void steward_list_page_update_state (StewardListPage *self);

G_END_DECLS
