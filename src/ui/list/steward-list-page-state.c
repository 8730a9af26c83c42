/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-page-private.h"

#include "domo/domo-error.h"

#include <glib/gi18n-lib.h>

/* A reload that is faster than this does not blink. */
#define PATIENCE_MSEC 300

static char *
format_number (guint n)
{
  return g_strdup_printf ("%'u", n);
}

static void
update_count (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);
  StewardRowState state = steward_row_store_get_state (store);
  guint n_rows = steward_row_store_get_n_rows (store);
  guint n_matching = steward_list_model_get_n_matching (self->model);
  gboolean narrowed =
    steward_list_model_has_search (self->model) || steward_list_model_has_filter (self->model);
  g_autofree char *text = NULL;

  if (state == STEWARD_ROW_STATE_LOADING)
    {
      g_autofree char *number = format_number (n_rows);

      /* Translators: how many rows have come while the list is still loading, as in "1,200 so far…" */
      text = g_strdup_printf (_("%s so far…"), number);
    }
  else if (narrowed)
    {
      g_autofree char *number = format_number (n_matching);
      g_autofree char *all = self->count_func (n_rows);

      /* Translators: how many rows match a search, as in "36 of 240 datasets" */
      text = g_strdup_printf (_("%s of %s"), number, all);
    }
  else
    {
      text = self->count_func (n_rows);
    }

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->footer), n_rows > 0);
}

static const char *
choose_child (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);

  if (steward_row_store_get_n_rows (store) == 0)
    {
      switch (steward_row_store_get_state (store))
        {
        case STEWARD_ROW_STATE_COMPLETE:
          return "empty";

        case STEWARD_ROW_STATE_PARTIAL:
        case STEWARD_ROW_STATE_FAILED:
          return "error";

        case STEWARD_ROW_STATE_NONE:
        case STEWARD_ROW_STATE_LOADING:
        default:
          return "loading";
        }
    }

  if (steward_list_model_get_n_matching (self->model) == 0 &&
      steward_row_store_get_state (store) != STEWARD_ROW_STATE_LOADING &&
      steward_list_model_is_settled (self->model))
    return "nothing";

  return "table";
}

static void
show_child (StewardListPage *self,
            const char *name)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
patience_cb (gpointer user_data)
{
  StewardListPage *self = user_data;

  self->patience_id = 0;
  show_child (self, choose_child (self));

  return G_SOURCE_REMOVE;
}

static void
update_notice (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);
  StewardRowState state = steward_row_store_get_state (store);
  gboolean broken = state == STEWARD_ROW_STATE_PARTIAL || state == STEWARD_ROW_STATE_FAILED;

  if (broken && steward_row_store_get_n_rows (store) > 0)
    {
      steward_banner_set_error (self->notice, steward_row_store_get_error (store), self->instance);
      steward_banner_set_revealed (self->notice, TRUE);
    }
  else
    {
      steward_banner_set_revealed (self->notice, FALSE);
    }
}

static void
update_error (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);
  const GError *error = steward_row_store_get_error (store);
  g_autoptr (GError) lost =
    g_error_new_literal (DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST, _("The list ended before its first row."));

  steward_error_view_set_error (self->error, error != NULL ? error : lost, self->instance);
}

void
steward_list_page_update (StewardListPage *self)
{
  const char *child = choose_child (self);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  update_count (self);
  update_notice (self);

  if (g_str_equal (child, "loading") && g_strcmp0 (shown, "table") == 0)
    {
      if (self->patience_id == 0)
        self->patience_id = g_timeout_add (PATIENCE_MSEC, patience_cb, self);
      return;
    }

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (g_strcmp0 (shown, child) != 0)
    show_child (self, child);
}

void
steward_list_page_update_state (StewardListPage *self)
{
  if (g_str_equal (choose_child (self), "error"))
    update_error (self);
  steward_list_page_update (self);
}
