/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How a run ends, and what becomes of what it did not start. */

#include "config.h"

#include "migration/steward-run-private.h"

static void
leave_item (StewardRun *self,
            guint       position)
{
  RunEntry *entry = &self->entries[position];
  const StewardItemState state = entry->broken ? STEWARD_ITEM_INCOMPLETE
                                 : entry->former != STEWARD_ITEM_PLANNED ? entry->former : STEWARD_ITEM_NOT_STARTED;
  RunWrite *write;

  /* One that was to be tried again is what it was, for the reason that it had. */
  write = steward_run_write (self, RUN_WRITE_NOTE, position, state,
                             state == entry->former ? entry->former_reason : NULL);
  write->settled_at = state == entry->former ? entry->former_at : 0;
}

/* In pieces: a long list of what did not start must not hold up the main loop. */
static void
leave_the_rest (StewardRun *self)
{
  guint n = 0;

  while (self->end_cursor < self->n_entries && n < RUN_MAX_GATHERED)
    {
      const guint position = self->end_cursor++;

      if (self->entries[position].future != STEWARD_ITEM_PLANNED)
        continue;

      leave_item (self, position);
      n++;
    }
}

/* Ends the run when nothing is left to do, @n_busy of it included. */
void
steward_run_end_if_over (StewardRun *self,
                         guint       n_busy)
{
  if (self->state == STEWARD_RUN_READY || self->state == STEWARD_RUN_ENDED ||
      self->wanted_state == STEWARD_RUN_ENDED || n_busy > 0 || self->n_recovering > 0 ||
      self->n_put_back > 0 || steward_run_is_comparing (self) ||
      !steward_run_is_written (self))
    return;

  if (self->state == STEWARD_RUN_STOPPING && self->counts[STEWARD_ITEM_PLANNED] > 0)
    {
      if (self->end_cursor >= self->n_entries)
        self->end_cursor = 0;
      leave_the_rest (self);
      return;
    }

  if (self->counts[STEWARD_ITEM_PLANNED] == 0)
    {
      g_queue_clear (&self->waiting);
      self->n_ahead = 0;
      self->wanted_state = STEWARD_RUN_ENDED;
    }
}
