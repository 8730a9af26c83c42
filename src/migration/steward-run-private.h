/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-breaker.h"
#include "migration/steward-judge.h"
#include "migration/steward-precheck.h"
#include "migration/steward-run.h"
#include "migration/steward-settler.h"

G_BEGIN_DECLS

/* A position that is none. */
#define RUN_NOWHERE G_MAXUINT

/* Changes that may gather before the journal has to catch up. */
#define RUN_MAX_GATHERED 256

/**
 * RunWriteKind:
 * @RUN_WRITE_NOTE: nothing follows once it is durable
 * @RUN_WRITE_WAIT: the item waits its turn again once it is durable
 * @RUN_WRITE_AGAIN: the same, behind all others
 * @RUN_WRITE_INTENT: the call leaves once it is durable
 * @RUN_WRITE_RESULT: an answer, or that there was none
 * @RUN_WRITE_RECOVER: what a crash left; nothing starts before it is durable
 */
typedef enum
{
  RUN_WRITE_NOTE,
  RUN_WRITE_WAIT,
  RUN_WRITE_AGAIN,
  RUN_WRITE_INTENT,
  RUN_WRITE_RESULT,
  RUN_WRITE_RECOVER,
} RunWriteKind;

/* A change on its way to the journal. It is shown when it is there. */
typedef struct
{
  RunWriteKind kind;
  guint position;
  StewardItemState state;
  char *reason;
  gint64 settled_at;
  StewardAttempt *attempt;      /* nullable, owned */
  DomoRequest *request;         /* nullable, owned: of an intent */
  guint withdrawn;              /* number of an intent whose call does not leave, 0 if none */
  StewardPlanItem *corrected;   /* nullable, owned: the dataset with another table */
  gboolean attempt_only;        /* of an older call: the item is not touched */
  gint64 sent;                  /* monotonic time of the call behind a result, 0 if unknown */
  char *facts_before;           /* nullable, owned: what was seen of its data */
  char *facts_after;
  const char *data;             /* nullable: id of the verdict on its data, where that is new */
  char *data_words;             /* nullable, owned */
} RunWrite;

/* A call that has left. It keeps the run alive until it comes back. */
typedef struct
{
  StewardRun *run;
  guint position;
  StewardAttempt *attempt;
  gint64 sent;                  /* monotonic */
  guint slow_timer;
  gboolean slow;
  gboolean given_up;            /* the admin waits for it no longer */
} RunCall;

typedef struct
{
  StewardRunItem *item;         /* as the journal has it */
  StewardAttempt *last;         /* nullable: newest attempt while it may have to be asked about, without its request */
  RunCall *call;                /* nullable: the newest call, while it is out */
  gint64 sent;                  /* monotonic time of the newest call of this process, 0 if none */
  guint n_attempts;             /* with those on their way to the journal */
  guint n_writes;               /* on their way to the journal */
  StewardItemState future;      /* the state once they are there */
  guint first_blocked;          /* head of the items that wait for this one, RUN_NOWHERE if none */
  guint next_blocked;
  StewardItemState former;      /* what one that is to be tried again was; PLANNED if nothing came of it before */
  char *former_reason;          /* nullable */
  gint64 former_at;
  StewardDataFacts *before;     /* nullable: what was seen before the move, while somebody needs it */
  gint64 looked_at;             /* monotonic: when it was seen for the next call, 0 if it was not */
  guint compared : 1;           /* what was seen afterwards was compared, or is about to be */
  guint again : 1;              /* somebody asked for another try of it */
  guint broken : 1;             /* INCOMPLETE and not COMPLETE since */
  guint maybe_moved : 1;        /* its last call may have been carried out */
} RunEntry;

struct _StewardRun
{
  GObject parent_instance;

  gint64 id;
  gboolean live;                /* this process may write it and send */
  StewardRunHandOver *hand_over; /* (nullable): another computer carries it out */
  gboolean handed_over;
  gboolean interrupted;         /* the process before ended in the middle, and nobody has decided since */
  StewardPlan *plan;
  StewardDirection direction;
  StewardRoute *route;          /* nullable: a route that this Steward does not know */
  StewardJournal *journal;
  DomoSession *session;         /* nullable: only while live, as route, precheck and settler */
  StewardSchedule schedule;
  StewardSettler *settler;

  RunEntry *entries;
  guint n_entries;
  guint counts[STEWARD_N_ITEM_STATES];

  StewardRunState state;
  StewardRunPause pause;
  StewardRunPause held;         /* what only the admin ends, also while another reason is said first; NONE if nothing */
  GError *pause_error;
  guint rate_timer;
  gint64 rate_until;            /* monotonic: when the timer ends the pause */
  StewardBreaker breaker;
  gint64 window_start;          /* microseconds since 1970, 0 for none */
  gint64 window_end;
  gint64 journal_start;         /* the same as the journal has it, or will when the commit is through */
  gint64 journal_end;
  guint window_timer;

  /* What starts when. */
  GQueue waiting;               /* positions, GUINT_TO_POINTER */
  guint n_ahead;                /* how many at its head go before what was never tried */
  GHashTable *holders;          /* table key, of the plan → position of the item that may take the table */
  StewardPrecheck *precheck;
  GArray *checking;             /* positions that wait for the read */
  guint n_looking;              /* whose data is being looked at before that */
  GCancellable *looking;        /* nullable: of those looks */
  GQueue to_compare;            /* positions whose data is to be looked at after the move */
  guint n_comparing;
  guint n_different;            /* as the journal has it */
  guint n_intents;
  guint n_calls;                /* out and waited for */
  guint n_out;                  /* out, waited for or not */
  guint n_started;
  gboolean cap_lifted;
  guint pump_idle;
  guint end_cursor;
  guint n_recovering;
  gboolean only_again;          /* tries again what it was asked for, and then rests */
  guint n_put_back;             /* items to be tried again that the journal does not have yet: they go first */
  GPtrArray *late;              /* (element-type RunCall): older calls that came back during a newer */

  /* The way to the journal. */
  GPtrArray *pending;           /* (element-type RunWrite) */
  GPtrArray *writing;           /* (element-type RunWrite) (nullable): in a commit */
  gboolean writing_state;
  StewardRunState state_in_commit;
  StewardRunState journal_state;
  StewardRunState wanted_state;
  gboolean storage_failed;
  guint storage_timer;
  guint flush_source;           /* keeps the run alive until it is handed over */

  /* Time left. */
  gint64 active_since;          /* monotonic, 0 while paused */
  gint64 active;                /* microseconds before that */
  guint n_answered;
  guint n_slow;
};

/* steward-run.c */
void      steward_run_leave_table   (StewardRun       *self,
                                     guint             position,
                                     StewardRunItem   *item);
void      steward_run_show           (StewardRun      *self,
                                      RunWrite        *write);
void      steward_run_set_state      (StewardRun      *self,
                                      StewardRunState  state,
                                      StewardRunPause  pause,
                                      const GError    *error);
void      steward_run_set_slow       (StewardRun      *self,
                                      RunCall         *call,
                                      gboolean         slow);
void      steward_run_begin_live     (StewardRun            *self,
                                      DomoSession           *session,
                                      const StewardSchedule *schedule);
void      steward_run_notify_all     (StewardRun      *self);
void      steward_run_clear_entries  (StewardRun      *self);
void      steward_run_set_former     (RunEntry        *entry,
                                      StewardItemState state,
                                      const char      *reason,
                                      gint64           settled_at);

/* steward-run-recovery.c */
void      steward_run_take_record    (StewardRun       *self,
                                      StewardRunRecord *record);
void      steward_run_recover        (StewardRun       *self);

/* steward-run-writer.c */
RunWrite *steward_run_write          (StewardRun       *self,
                                      RunWriteKind      kind,
                                      guint             position,
                                      StewardItemState  state,
                                      const char       *reason);
void      steward_run_flush          (StewardRun       *self);
gboolean  steward_run_is_written     (StewardRun       *self);
void      steward_run_take_back      (StewardRun       *self);
void      steward_run_write_free     (RunWrite         *write);

/* steward-run-pump.c */
void      steward_run_pump           (StewardRun       *self);
void      steward_run_queue_again    (StewardRun       *self,
                                      guint             position);
void      steward_run_written        (StewardRun       *self,
                                      RunWrite         *write);
void      steward_run_pause_for      (StewardRun       *self,
                                      StewardRunPause   pause,
                                      const GError     *error,
                                      int               retry_after);

void      steward_run_decide         (StewardRun       *self,
                                      guint             position);

/* steward-run-data.c */
gboolean  steward_run_look           (StewardRun       *self,
                                      guint             position);
void      steward_run_stop_looking   (StewardRun       *self);
void      steward_run_compare        (StewardRun       *self,
                                      guint             position);
gboolean  steward_run_is_comparing   (StewardRun       *self);
void      steward_run_take_facts     (StewardRun       *self,
                                      StewardRunRecord *record,
                                      guint             position);

/* steward-run-orders.c */
void      steward_run_go_on          (StewardRun       *self);

/* steward-run-window.c */
void      steward_run_watch_window   (StewardRun       *self);
void      steward_run_await_window   (StewardRun       *self);
void      steward_run_leave_window   (StewardRun       *self);

/* steward-run-end.c */
void      steward_run_end_if_over    (StewardRun       *self,
                                      guint             n_busy);

/* steward-run-call.c */
void      steward_run_call           (StewardRun       *self,
                                      RunWrite         *intent);
gboolean  steward_run_give_up        (StewardRun       *self,
                                      guint             position);
RunWrite *steward_run_note           (StewardRun       *self,
                                      guint             position);
void      steward_run_take_late      (StewardRun       *self,
                                      guint             position);
void      steward_run_call_free      (RunCall          *call);

G_END_DECLS
