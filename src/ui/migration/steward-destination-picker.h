/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "domo/domo-destination.h"
#include "migration/steward-route.h"

G_BEGIN_DECLS

/**
 * StewardPickerState:
 * @STEWARD_PICKER_IDLE: there is no session to ask
 * @STEWARD_PICKER_LOADING: the instance is asked
 * @STEWARD_PICKER_READY: a destination is chosen
 * @STEWARD_PICKER_NO_TYPES: the instance lists no type at all
 * @STEWARD_PICKER_NO_DESTINATIONS: the chosen type has no destination
 * @STEWARD_PICKER_FAILED: see steward_destination_picker_get_error()
 */
typedef enum
{
  STEWARD_PICKER_IDLE,
  STEWARD_PICKER_LOADING,
  STEWARD_PICKER_READY,
  STEWARD_PICKER_NO_TYPES,
  STEWARD_PICKER_NO_DESTINATIONS,
  STEWARD_PICKER_FAILED,
} StewardPickerState;

/**
 * StewardDestinationPicker:
 *
 * Where to: the drop-downs "Integration type" and "Destination", filled from the instance.
 *
 * Signal `changed`, when the state or the chosen destination is another one.
 */
#define STEWARD_TYPE_DESTINATION_PICKER (steward_destination_picker_get_type ())
G_DECLARE_FINAL_TYPE (StewardDestinationPicker, steward_destination_picker, STEWARD, DESTINATION_PICKER, AdwBin)

void                steward_destination_picker_set_route       (StewardDestinationPicker *self,
                                                                StewardRoute             *route);
void                steward_destination_picker_set_narrow      (StewardDestinationPicker *self,
                                                                gboolean                  narrow);
/* Asks anew; the choice is kept where it is still listed. @session (nullable) clears. */
void                steward_destination_picker_load            (StewardDestinationPicker *self,
                                                                DomoSession              *session);
StewardPickerState  steward_destination_picker_get_state       (StewardDestinationPicker *self);
const GError       *steward_destination_picker_get_error       (StewardDestinationPicker *self);
/* (nullable) */
const char         *steward_destination_picker_get_type_name   (StewardDestinationPicker *self);
DomoDestination    *steward_destination_picker_get_destination (StewardDestinationPicker *self);
/* Chooses it with the next load, if it is listed; for a plan that is opened. */
void                steward_destination_picker_choose          (StewardDestinationPicker *self,
                                                                const char               *type,
                                                                const char               *destination_id);

G_END_DECLS
