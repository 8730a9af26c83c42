/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The list of what needs attention changes under the pointer: rows that say the same stay the widgets they are. */

#include <locale.h>

#include "migration/steward-run-item-private.h"
#include "ui/overview/steward-attention-list.h"
#include "ui/overview/steward-attention-row.h"

#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, StewardPage)

struct _TestPage
{
  StewardPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, STEWARD_TYPE_PAGE)

static void
test_page_class_init (TestPageClass *klass)
{
}

static void
test_page_init (TestPage *self)
{
}

typedef struct
{
  StewardPage *page;
  GtkListBox *list;
  GPtrArray *items;
} Case;

static void
set_up (Case          *self,
        gconstpointer  data)
{
  self->page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, NULL));
  self->list = g_object_ref_sink (g_object_new (GTK_TYPE_LIST_BOX, NULL));
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Case          *self,
           gconstpointer  data)
{
  g_ptr_array_unref (self->items);
  g_object_unref (self->list);
  g_object_unref (self->page);
}

/* Puts dataset @position of the run at the place @at of what needs attention. */
static void
insert (Case             *self,
        int               at,
        guint             position,
        StewardItemState  state,
        guint             n_attempts)
{
  g_autofree char *name = g_strdup_printf ("dataset %u", position);
  g_autoptr (StewardPlanItem) item = steward_plan_item_new (name, name, NULL, NULL, NULL);

  g_ptr_array_insert (self->items, at, steward_run_item_new (1, position, item, STEWARD_DIRECTION_MOVE, state, NULL, 0,
                                                            n_attempts, NULL));
}

static void
show (Case  *self,
      guint  n_shown)
{
  steward_attention_list_show (self->list, self->page, self->items, n_shown);
}

static gpointer
get_row (Case *self,
         int   at)
{
  return gtk_list_box_get_row_at_index (self->list, at);
}

/* The first of the list are as they are in it, and nothing else is there. */
static void
assert_shown (Case *self,
              int   n)
{
  for (int i = 0; i < n; i++)
    {
      g_assert_true (STEWARD_IS_ATTENTION_ROW (get_row (self, i)));
      g_assert_cmpuint (steward_run_item_get_position (steward_attention_row_get_item (get_row (self, i))), ==,
                        steward_run_item_get_position (self->items->pdata[i]));
    }
  g_assert_false (STEWARD_IS_ATTENTION_ROW (get_row (self, n)));
}

static void
test_rows_stay (Case          *self,
                gconstpointer  data)
{
  gpointer first, third;

  for (guint i = 0; i < 3; i++)
    insert (self, -1, 10 * i, STEWARD_ITEM_INCOMPLETE, 1);
  show (self, 3);
  assert_shown (self, 3);
  first = get_row (self, 0);
  third = get_row (self, 2);

  /* One is gone, others have come before, between and after. */
  g_ptr_array_remove_index (self->items, 1);
  insert (self, 0, 30, STEWARD_ITEM_INCOMPLETE, 1);
  insert (self, 2, 40, STEWARD_ITEM_INCOMPLETE, 1);
  insert (self, -1, 50, STEWARD_ITEM_INCOMPLETE, 1);
  show (self, 5);
  assert_shown (self, 5);
  g_assert_true (get_row (self, 1) == first);
  g_assert_true (get_row (self, 3) == third);

  /* More are shown, and fewer again. */
  show (self, 2);
  assert_shown (self, 2);
  g_assert_true (get_row (self, 1) == first);
}

static void
test_open_stays_open (Case          *self,
                      gconstpointer  data)
{
  gpointer other;

  insert (self, -1, 0, STEWARD_ITEM_UNKNOWN, 1);
  insert (self, -1, 1, STEWARD_ITEM_UNKNOWN, 1);
  show (self, 2);
  other = get_row (self, 1);
  adw_expander_row_set_expanded (get_row (self, 0), TRUE);

  g_ptr_array_remove_index (self->items, 0);
  insert (self, 0, 0, STEWARD_ITEM_INCOMPLETE, 2);
  show (self, 2);
  assert_shown (self, 2);
  g_assert_cmpint (steward_run_item_get_state (steward_attention_row_get_item (get_row (self, 0))), ==,
                   STEWARD_ITEM_INCOMPLETE);
  g_assert_true (adw_expander_row_get_expanded (get_row (self, 0)));
  g_assert_true (get_row (self, 1) == other);
  g_assert_false (adw_expander_row_get_expanded (other));
}

static void
test_what_follows_stays (Case          *self,
                         gconstpointer  data)
{
  GtkWidget *more = gtk_list_box_row_new ();

  gtk_list_box_append (self->list, more);
  insert (self, -1, 0, STEWARD_ITEM_INCOMPLETE, 1);
  insert (self, -1, 1, STEWARD_ITEM_INCOMPLETE, 1);
  show (self, 2);
  assert_shown (self, 2);
  g_assert_true (get_row (self, 2) == more);

  steward_attention_list_clear (self->list);
  g_assert_true (get_row (self, 0) == more);
  g_assert_null (get_row (self, 1));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();
  adw_init ();

  g_test_add ("/attention-list/rows-stay", Case, NULL, set_up, test_rows_stay, tear_down);
  g_test_add ("/attention-list/open-stays-open", Case, NULL, set_up, test_open_stays_open, tear_down);
  g_test_add ("/attention-list/what-follows-stays", Case, NULL, set_up, test_what_follows_stays, tear_down);

  return g_test_run ();
}
