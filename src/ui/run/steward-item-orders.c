/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-item-orders.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/review/steward-review-page.h"

typedef struct _Order Order;

struct _Order
{
  StewardPage *page;
  StewardRunItem *item;
  char *note;                   /* nullable */
  StewardRun *run;              /* nullable: until it is open */
  void (* carry_out) (Order *order);    /* takes the order */
};

static void
order_free (Order *order)
{
  g_clear_object (&order->page);
  g_clear_object (&order->item);
  g_clear_object (&order->run);
  g_free (order->note);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static StewardRunKeeper *
get_keeper (void)
{
  return steward_application_get_run_keeper (steward_application_get ());
}

static void
say_error (StewardPage  *page,
           const GError *error)
{
  if (gtk_widget_get_root (GTK_WIDGET (page)) != NULL)
    steward_error_dialog_present (GTK_WIDGET (page), error, NULL);
}

/* ---- the run first ---- */

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Order) order = user_data;
  g_autoptr (GError) error = NULL;

  order->run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, &error);
  if (order->run == NULL)
    say_error (order->page, error);
  else
    order->carry_out (g_steal_pointer (&order));
}

static void
begin (StewardPage    *page,
       StewardRunItem *item,
       const char     *note,
       void         (* carry_out) (Order *order))
{
  StewardConnection *connection = steward_page_get_connection (page);
  Order *order;

  if (connection == NULL)
    return;

  order = g_new0 (Order, 1);
  order->page = g_object_ref (page);
  order->item = g_object_ref (item);
  order->note = g_strdup (note);
  order->carry_out = carry_out;
  steward_run_keeper_open_async (get_keeper (), connection, steward_run_item_get_run_id (item), on_opened, order);
}

/* ---- retry ---- */

static void
on_ordered (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Order) order = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_run_keeper_order_finish (STEWARD_RUN_KEEPER (source), result, &error))
    say_error (order->page, error);
}

static void
retry (Order *order)
{
  steward_run_keeper_retry_async (get_keeper (), order->run, (int) steward_run_item_get_position (order->item),
                                  on_ordered, order);
}

/**
 * steward_item_orders_retry:
 * @page: where it was asked for
 * @item: a dataset that another try can change
 */
void
steward_item_orders_retry (StewardPage    *page,
                           StewardRunItem *item)
{
  g_return_if_fail (STEWARD_IS_PAGE (page));
  g_return_if_fail (STEWARD_IS_RUN_ITEM (item));

  begin (page, item, NULL, retry);
}

/* ---- ask now ---- */

static void
ask_now (Order *order)
{
  steward_run_settle_now (order->run);
  order_free (order);
}

/**
 * steward_item_orders_ask_now:
 * @page: where it was asked for
 * @item: a dataset that is not known
 */
void
steward_item_orders_ask_now (StewardPage    *page,
                             StewardRunItem *item)
{
  g_return_if_fail (STEWARD_IS_PAGE (page));
  g_return_if_fail (STEWARD_IS_RUN_ITEM (item));

  begin (page, item, NULL, ask_now);
}

/* ---- mark as resolved ---- */

static void
restore (Order *order)
{
  steward_run_keeper_restore_async (get_keeper (), order->run, order->item, on_ordered, order);
}

/* The question, and the toast with Undo: each stands for one dataset of one page. */
typedef struct
{
  StewardPage *page;            /* weak */
  StewardRunItem *item;
} Subject;

static Subject *
subject_new (StewardPage    *page,
             StewardRunItem *item)
{
  Subject *subject = g_new0 (Subject, 1);

  g_set_weak_pointer (&subject->page, page);
  subject->item = g_object_ref (item);

  return subject;
}

static void
subject_free (gpointer  data,
              GClosure *closure)
{
  Subject *subject = data;

  g_clear_weak_pointer (&subject->page);
  g_clear_object (&subject->item);
  g_free (subject);
}

static void
on_undo (AdwToast *toast,
         Subject  *subject)
{
  if (subject->page != NULL)
    begin (subject->page, subject->item, NULL, restore);
}

static void
on_resolved (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Order) order = user_data;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (!steward_run_keeper_order_finish (STEWARD_RUN_KEEPER (source), result, &error))
    {
      say_error (order->page, error);
      return;
    }

  toast = adw_toast_new (_("Marked as resolved"));
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), subject_new (order->page, order->item),
                         subject_free, 0);
  steward_page_add_toast (order->page, toast);
}

static void
resolve (Order *order)
{
  steward_run_keeper_resolve_async (get_keeper (), order->run, steward_run_item_get_position (order->item),
                                    order->note, on_resolved, order);
}

static void
on_resolve_answered (AdwMessageDialog *dialog,
                     const char       *response,
                     Subject          *subject)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (g_str_equal (response, "resolve") && subject->page != NULL)
    begin (subject->page, subject->item, note, resolve);
}

static void
on_note_changed (GtkEditable      *entry,
                 AdwMessageDialog *dialog)
{
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "resolve", *note != '\0');
}

/**
 * steward_item_orders_resolve:
 * @page: where it was asked for
 * @item: a dataset that needs attention
 */
void
steward_item_orders_resolve (StewardPage    *page,
                             StewardRunItem *item)
{
  g_autofree char *heading = NULL;
  GtkWidget *dialog;
  GtkWidget *entry = gtk_entry_new ();

  g_return_if_fail (STEWARD_IS_PAGE (page));
  g_return_if_fail (STEWARD_IS_RUN_ITEM (item));

  heading = g_strdup_printf (_("Mark “%s” as resolved?"), steward_run_item_get_name (item));
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), heading,
                                   _("It no longer needs attention then. Steward sends nothing: it keeps your note, "
                                     "in the journal and in reports."));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("What you found or did"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  steward_a11y_set_name (entry, _("Note"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "resolve",
                                    _("_Mark as Resolved"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "resolve", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "resolve", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "resolve");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_note_changed), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_resolve_answered), subject_new (page, item), subject_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- move back ---- */

static void
move_back (Order *taken)
{
  g_autoptr (Order) order = taken;
  StewardConnection *connection = steward_page_get_connection (order->page);
  StewardPlan *plan = steward_run_get_plan (order->run);
  g_autoptr (StewardPlan) back = NULL;
  g_autoptr (StewardDraft) draft = NULL;
  g_autoptr (StewardAffected) affected = NULL;
  StewardPage *review;

  if (connection == NULL || gtk_widget_get_root (GTK_WIDGET (order->page)) == NULL)
    return;

  back = steward_plan_new (steward_plan_get_route_id (plan), steward_plan_get_origin (plan),
                           steward_plan_get_instance_name (plan), STEWARD_DIRECTION_MOVE_BACK);
  steward_plan_set_destination (back, steward_plan_get_destination_id (plan), steward_plan_get_destination_name (plan),
                                steward_plan_get_destination_type (plan));
  steward_plan_set_options (back, 1, 0, TRUE);
  steward_plan_set_compare (back, steward_plan_get_compare (plan));
  steward_plan_add_item (back, steward_run_item_get_plan_item (order->item));

  draft = steward_draft_new (back);
  affected = steward_affected_new (steward_connection_get_session (connection));
  review = steward_review_page_new (draft, affected);
  steward_page_set_connection (review, connection);
  steward_page_push (order->page, review);
}

/**
 * steward_item_orders_move_back:
 * @page: where it was asked for
 * @item: a dataset that the instance lists as one that can be moved back
 */
void
steward_item_orders_move_back (StewardPage    *page,
                               StewardRunItem *item)
{
  g_return_if_fail (STEWARD_IS_PAGE (page));
  g_return_if_fail (STEWARD_IS_RUN_ITEM (item));

  begin (page, item, NULL, move_back);
}
