/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-frames.h"

struct _StewardListFrames
{
  GtkWidget *widget;            /* not owned: it owns this */
  StewardListModel *model;      /* nullable */
  GdkFrameClock *clock;         /* nullable: while the widget is on the screen */
  gulong painted_id;
};

static void
painted_cb (StewardListFrames *self)
{
  if (self->model != NULL)
    steward_list_model_painted (self->model);
}

static void
map_cb (StewardListFrames *self)
{
  if (self->clock != NULL)
    return;

  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->widget));
  self->painted_id = g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (painted_cb), self);
  if (self->model != NULL)
    steward_list_model_set_shown (self->model, TRUE);
}

static void
unmap_cb (StewardListFrames *self)
{
  if (self->clock == NULL)
    return;

  g_clear_signal_handler (&self->painted_id, self->clock);
  g_clear_object (&self->clock);
  if (self->model != NULL)
    steward_list_model_set_shown (self->model, FALSE);
}

/**
 * steward_list_frames_new:
 * @widget: what is painted; it outlives the frames
 *
 * Returns: (transfer full): frames that nobody is told about yet
 */
StewardListFrames *
steward_list_frames_new (GtkWidget *widget)
{
  StewardListFrames *self = g_new0 (StewardListFrames, 1);

  self->widget = widget;
  g_signal_connect_swapped (widget, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (widget, "unmap", G_CALLBACK (unmap_cb), self);

  return self;
}

/**
 * steward_list_frames_free:
 * @self: frames
 */
void
steward_list_frames_free (StewardListFrames *self)
{
  unmap_cb (self);
  g_signal_handlers_disconnect_by_data (self->widget, self);
  g_clear_object (&self->model);
  g_free (self);
}

/**
 * steward_list_frames_set_model:
 * @self: frames
 * @model: (nullable): who is told from now on
 */
void
steward_list_frames_set_model (StewardListFrames *self,
                               StewardListModel *model)
{
  if (self->model == model)
    return;

  if (self->model != NULL)
    steward_list_model_set_shown (self->model, FALSE);
  g_set_object (&self->model, model);
  if (model != NULL)
    steward_list_model_set_shown (model, self->clock != NULL);
}
