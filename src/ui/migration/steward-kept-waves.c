/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-kept-waves.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-banner.h"

struct _StewardKeptWaves
{
  AdwBin parent_instance;

  StewardBanner *banner;
  StewardDraft *draft;          /* nullable */
};

enum
{
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardKeptWaves, steward_kept_waves, ADW_TYPE_BIN)

static void
on_clicked (StewardKeptWaves *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
steward_kept_waves_dispose (GObject *object)
{
  g_clear_object (&STEWARD_KEPT_WAVES (object)->draft);

  G_OBJECT_CLASS (steward_kept_waves_parent_class)->dispose (object);
}

static void
steward_kept_waves_class_init (StewardKeptWavesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_kept_waves_dispose;

  /**
   * StewardKeptWaves::back:
   * @self: the line
   */
  signals[BACK] = g_signal_new ("back", STEWARD_TYPE_KEPT_WAVES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
steward_kept_waves_init (StewardKeptWaves *self)
{
  GtkWidget *banner = steward_banner_new ();

  self->banner = STEWARD_BANNER (banner);
  steward_banner_set_button_label (self->banner, _("Back to Plan"));
  g_signal_connect_swapped (banner, "button-clicked", G_CALLBACK (on_clicked), self);
  adw_bin_set_child (ADW_BIN (self), banner);
}

/**
 * steward_kept_waves_set_draft:
 * @self: the line
 * @draft: (nullable): what is kept, %NULL for nothing
 */
void
steward_kept_waves_set_draft (StewardKeptWaves *self,
                              StewardDraft     *draft)
{
  g_return_if_fail (STEWARD_IS_KEPT_WAVES (self));

  g_set_object (&self->draft, draft);
  if (draft != NULL)
    {
      StewardPlan *plan = steward_draft_get_plan (draft);
      const guint n = steward_plan_get_n_datasets (plan);
      g_autofree char *title = NULL;

      title = g_strdup_printf (ngettext ("Choose the destination and the datasets of wave %u, then review. The plan has "
                                         "%'u dataset so far.",
                                         "Choose the destination and the datasets of wave %u, then review. The plan has "
                                         "%'u datasets so far.", n),
                               steward_plan_get_n_waves (plan) + 1, n);
      steward_banner_set_title (self->banner, title);
    }
  steward_banner_set_revealed (self->banner, draft != NULL);
}

/**
 * steward_kept_waves_get_draft:
 * @self: the line
 *
 * Returns: (transfer none) (nullable): what is kept
 */
StewardDraft *
steward_kept_waves_get_draft (StewardKeptWaves *self)
{
  g_return_val_if_fail (STEWARD_IS_KEPT_WAVES (self), NULL);

  return self->draft;
}
