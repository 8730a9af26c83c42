/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Most bytes of one element, and of all that stands beside the list. */
#define DOMO_SPLITTER_MAX_ELEMENT (8 * 1024 * 1024)

/**
 * DomoSplitter:
 *
 * Takes a JSON list apart into the text of its elements while its bytes arrive, wherever the borders of
 * the chunks fall. Each element is to be read with domo_json_parse(), which judges its inside.
 */
typedef struct _DomoSplitter DomoSplitter;

/**
 * DomoSplitterFunc:
 * @element: (array length=length): text of one element, valid during the call
 * @length: its length in bytes
 * @user_data: as given
 */
typedef void (*DomoSplitterFunc) (const char *element,
                                  gsize       length,
                                  gpointer    user_data);

DomoSplitter *domo_splitter_new            (const char        *array_member,
                                            DomoSplitterFunc   func,
                                            gpointer           user_data);
void          domo_splitter_free           (DomoSplitter      *self);
gboolean      domo_splitter_feed           (DomoSplitter      *self,
                                            const char        *data,
                                            gsize              length,
                                            GError           **error);
gboolean      domo_splitter_end            (DomoSplitter      *self,
                                            GError           **error);
const char   *domo_splitter_get_member     (DomoSplitter      *self);
const char   *domo_splitter_get_siblings   (DomoSplitter      *self,
                                            gsize             *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DomoSplitter, domo_splitter_free)

G_END_DECLS
