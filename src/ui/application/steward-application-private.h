/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/application/steward-application.h"
#include "ui/application/steward-connections.h"
#include "ui/application/steward-practice-host.h"
#include "ui/application/steward-run-watch.h"
#include "ui/application/steward-way-out.h"
#include "ui/window/steward-window.h"

G_BEGIN_DECLS

/* What stands in the setting last-account for the practice instance. */
#define STEWARD_LAST_PRACTICE "practice"

struct _StewardApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  GFile *folder;
  StewardAccountStore *accounts;
  StewardTokenStore *tokens;
  StewardJournal *journal;              /* nullable */
  GError *journal_error;                /* nullable */
  StewardRunKeeper *keeper;
  StewardRunWatch *watch;
  StewardConnections *connections;
  StewardPracticeHost *practice;
  StewardWayOut *way_out;
  StewardWindow *window;                /* weak */
  gboolean accounts_loaded;
  GPtrArray *interrupted;               /* (element-type StewardRun): of which the admin was not asked yet */
  GObject *asking;                      /* weak: the page that asks about one of them */

  /* What the command line, or a plain start, asked for and could not be done before the instances are
   * known. */
  gboolean wanted;
  gboolean wanted_practice;
  char *wanted_instance;
  char *wanted_page;
  gint64 wanted_run;                    /* 0 for none */
};

/* What steward-application.c does for steward-application-opening.c. */
StewardWindow *steward_application_ensure_window   (StewardApplication *self);
void           steward_application_show_connection (StewardApplication *self,
                                                    StewardConnection  *connection);
/* Asks about the interrupted runs of the instance that is shown. */
void           steward_application_ask_interrupted (StewardApplication *self);
void           steward_application_stop_asking     (StewardApplication *self);
void           steward_application_say             (StewardApplication *self,
                                                    const char         *text);

/* What steward-application-opening.c does for steward-application-rehearsal.c. */
void           steward_application_show_practice      (StewardApplication *self);
gboolean       steward_application_may_reset_practice (StewardApplication *self,
                                                       GTask              *task);

G_END_DECLS
