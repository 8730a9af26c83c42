/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-operation.h"

G_BEGIN_DECLS

/* The handlers of all areas, named in practice-operations.c; each area has its file. A handler
 * finds a request that was validated, and gives the reply its status. */

/* practice-amplifier.c (002) */
void practice_amplifier_types (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_amplifier_integrations (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_amplifier_candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void
practice_amplifier_reverse_candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_amplifier_check_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_amplifier_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_amplifier_check_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_amplifier_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-federated.c (001, 000) */
void practice_federated_types (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_accounts (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_check_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_check_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_federated_config (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-datasets.c */
void practice_datasets_metadata (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_datasets_permissions (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_datasets_schema (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_datasets_cards (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_datasets_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_datasets_search (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-search.c */
void practice_search_query (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-users.c */
void practice_users_me (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_users_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_users_get (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_users_create (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_users_update (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_users_delete (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_users_search (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-query.c */
void practice_query_execute (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-groups.c */
void practice_groups_get (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_groups_create (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_groups_add (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_groups_remove (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_groups_access (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_groups_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_groups_users (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-roles.c */
void practice_roles_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_roles_get (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_roles_create (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_roles_delete (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_roles_authorities (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_roles_set_authorities (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-activity.c */
void practice_activity_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r);
void practice_activity_types (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

/* practice-fates.c: not part of the API */
void practice_fates_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r);

G_END_DECLS
