/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/migration/steward-migration-page.h"

#include "migration/steward-affected.h"
#include "migration/steward-card-counts.h"
#include "ui/common/steward-error-view.h"
#include "ui/list/steward-list-page.h"
#include "ui/migration/steward-candidate-list.h"
#include "ui/migration/steward-destination-picker.h"
#include "ui/migration/steward-journal-states.h"
#include "ui/migration/steward-kept-waves.h"
#include "ui/migration/steward-selection-bar.h"
#include "ui/review/steward-draft.h"

G_BEGIN_DECLS

/* Shared by steward-migration-page.c, the page, steward-migration-page-plans.c, what leads from it to Review,
 * steward-migration-page-waves.c, plans with several waves, and
 * steward-migration-page-rehearsal.c, what leads from it to the practice instance. */

#define N_LISTS 2

struct _StewardMigrationPage
{
  StewardPage parent_instance;

  GtkMenuButton *help_button;
  GtkMenuButton *menu_button;
  GtkLabel *explanation_label;
  StewardDestinationPicker *picker;
  GtkRevealer *collision_revealer;
  GtkLabel *collision_label;
  GtkStack *stack;
  GtkSpinner *spinner;
  StewardListPage *list_page;
  AdwStatusPage *empty_page;
  StewardErrorView *error_view;
  GtkToggleButton *tabs[N_LISTS];
  GtkDropDown *state_drop_down;
  StewardKeptWaves *kept_waves;
  StewardSelectionBar *bar;
  GSimpleActionGroup *actions;          /* of the menu */

  StewardRoute *route;
  StewardCandidateList *lists[N_LISTS]; /* by StewardDirection */
  StewardListModel *models[N_LISTS];
  StewardDirection direction;           /* which of them is shown */
  StewardCardCounts *counts;            /* nullable */
  StewardAffected *affected;            /* nullable */
  GCancellable *cancellable;            /* of the card counts */
  StewardJournalStates *journal_states;
  StewardPlan *opened_plan;             /* nullable: waits for its candidates */
  guint opened_wave;                    /* which of its waves waits for them */
  StewardDraft *opened_draft;           /* nullable: the waves before */
  char *destination_id;                 /* nullable: whose candidates are shown */
  gboolean stale;                       /* something moved since the lists were loaded */
};

DomoSession *steward_migration_page_get_session       (StewardMigrationPage *self);
void         steward_migration_page_load              (StewardMigrationPage *self);
void         steward_migration_page_push              (StewardMigrationPage *self,
                                                       StewardPage          *page);

void         steward_migration_page_review            (StewardMigrationPage *self);
void         steward_migration_page_open_waiting_plan (StewardMigrationPage *self);
void         steward_migration_page_on_open_plan      (GSimpleAction        *action,
                                                       GVariant             *parameter,
                                                       gpointer              user_data);
void         steward_migration_page_on_import_plan    (GSimpleAction        *action,
                                                       GVariant             *parameter,
                                                       gpointer              user_data);
/* (transfer full): an empty plan for the destination that is shown. */
StewardPlan *steward_migration_page_dup_plan          (StewardMigrationPage *self);
void         steward_migration_page_on_back_to_plan   (StewardMigrationPage *self);
/* (transfer full): what is checked, for the destination that is shown. */
StewardDraft *steward_migration_page_dup_draft        (StewardMigrationPage *self);
void         steward_migration_page_open              (StewardPage          *page,
                                                       GVariant             *target);

void         steward_migration_page_on_rehearse       (GSimpleAction        *action,
                                                       GVariant             *parameter,
                                                       gpointer              user_data);

G_END_DECLS
