/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-list.h"
#include "practice/practice-world.h"

G_BEGIN_DECLS

/* The parts a new world is made of; each fills its tables inside the caller's transaction. */
void practice_world_make_people (PracticeWorld *self);
void practice_world_make_places (PracticeWorld *self);
void practice_world_make_datasets (PracticeWorld *self);
/* Integrations and datasets of @list, in place of places and datasets. */
void practice_world_make_list (PracticeWorld *self, PracticeList *list);
void practice_world_make_activity (PracticeWorld *self);

G_END_DECLS
