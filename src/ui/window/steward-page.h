/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardPage:
 *
 * A page of the window, or a sub-page that one of them opened (Review, Run, Help). The window shows its
 * title, its two header widgets, a button for refresh() and, on a sub-page, Back.
 *
 * Properties: #title, #subtitle, #badge (count of what needs attention), #can-refresh, #busy (a spinner
 * stands in for the refresh button), #header-start and #header-end (shown in the window's header bar
 * while the page is), #connection.
 */
#define STEWARD_TYPE_PAGE (steward_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (StewardPage, steward_page, STEWARD, PAGE, AdwBin)

struct _StewardPageClass
{
  AdwBinClass parent_class;

  /* The connection was replaced by another one, or by none: forget what was loaded. */
  void     (* connection_changed) (StewardPage *self);
  /* The connection stands (again): load what is missing. Called once for each time it comes to stand,
   * and when the page is given one that stands. */
  void     (* connected)          (StewardPage *self);
  /* The page comes to the front. */
  void     (* shown)              (StewardPage *self);
  /* Ctrl+R and the refresh button. */
  void     (* refresh)            (StewardPage *self);
  /* Ctrl+F. FALSE if there is nothing to search. */
  gboolean (* focus_search)       (StewardPage *self);
  /* Puts the focus where somebody begins who comes to the page. FALSE: on what comes first. */
  gboolean (* take_focus)         (StewardPage *self);
  /* Opens what @target names, a run's number for the runs page. */
  void     (* open)               (StewardPage *self,
                                   GVariant    *target);
};

const char        *steward_page_get_title      (StewardPage       *self);
void               steward_page_set_title      (StewardPage       *self,
                                                const char        *title);
void               steward_page_set_subtitle   (StewardPage       *self,
                                                const char        *subtitle);
guint              steward_page_get_badge      (StewardPage       *self);
void               steward_page_set_badge      (StewardPage       *self,
                                                guint              badge);
void               steward_page_set_busy       (StewardPage       *self,
                                                gboolean           busy);
GtkWidget         *steward_page_get_header_start (StewardPage     *self);
GtkWidget         *steward_page_get_header_end (StewardPage       *self);
StewardConnection *steward_page_get_connection (StewardPage       *self);
void               steward_page_set_connection (StewardPage       *self,
                                                StewardConnection *connection);
void               steward_page_shown          (StewardPage       *self);
void               steward_page_refresh        (StewardPage       *self);
gboolean           steward_page_focus_search   (StewardPage       *self);
gboolean           steward_page_take_focus     (StewardPage       *self);
void               steward_page_open           (StewardPage       *self,
                                                GVariant          *target);

/* Opens @page above this one, with Back. Takes a floating reference. */
void               steward_page_push           (StewardPage       *self,
                                                StewardPage       *page);
/* Goes back from this page, if it is the one in front. */
void               steward_page_close          (StewardPage       *self);
/* Shows a toast in the page's window. (transfer full) */
void               steward_page_add_toast      (StewardPage       *self,
                                                AdwToast          *toast);

G_END_DECLS
