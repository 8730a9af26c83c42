/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "accounts/steward-practice.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "accounts/steward-folder.h"
#include "accounts/steward-keyring.h"

#define PROGRAM "steward-practice"
#define STATE_NAME "practice.db"
#define LIST_NAME "rehearsal.json"

/* What a move takes in a rehearsal: long enough to see it happen, short enough not to bore. */
#define LATENCY_MS "800"

/* A first start fills the state with a whole company. */
#define START_SECONDS 60

struct _StewardPractice
{
  GObject parent_instance;

  GFile *folder;
  GFile *list;
  GSubprocess *process; /* NULL while it does not run */
  DomoAddress *address;
  char *token;
};

enum
{
  STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardPractice, steward_practice, G_TYPE_OBJECT)

static void
forget_process (StewardPractice *self)
{
  g_clear_object (&self->process);
  g_clear_object (&self->address);
  g_clear_pointer (&self->token, steward_token_free);
}

static void
steward_practice_dispose (GObject *object)
{
  StewardPractice *self = STEWARD_PRACTICE (object);

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  forget_process (self);

  G_OBJECT_CLASS (steward_practice_parent_class)->dispose (object);
}

static void
steward_practice_finalize (GObject *object)
{
  StewardPractice *self = STEWARD_PRACTICE (object);

  g_clear_object (&self->folder);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (steward_practice_parent_class)->finalize (object);
}

static void
steward_practice_class_init (StewardPracticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = steward_practice_dispose;
  object_class->finalize = steward_practice_finalize;

  /**
   * StewardPractice::stopped:
   * @self: the practice instance
   *
   * The process ended without having been asked to. It may be started again; its address is a new one then.
   */
  signals[STOPPED] = g_signal_new ("stopped", STEWARD_TYPE_PRACTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_practice_init (StewardPractice *self)
{
}

/**
 * steward_practice_new:
 * @folder: the data folder, where its state is kept
 *
 * Returns: (transfer full): a practice instance that does not run yet
 */
StewardPractice *
steward_practice_new (GFile *folder)
{
  StewardPractice *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (STEWARD_TYPE_PRACTICE, NULL);
  self->folder = g_object_ref (folder);
  self->list = g_file_get_child (folder, LIST_NAME);

  return self;
}


/* What one start works with; the task owns it. */
typedef struct
{
  GSubprocess *process;
  gboolean reset;
  gboolean listed;
  guint deadline_id;
} Start;

static void
start_free (Start *start)
{
  g_clear_handle_id (&start->deadline_id, g_source_remove);
  g_clear_object (&start->process);
  g_free (start);
}

static void
weak_ref_free (GWeakRef *weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

static void
on_exited (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (StewardPractice) self = g_weak_ref_get (weak);

  weak_ref_free (weak);
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (self == NULL || self->process != G_SUBPROCESS (source))
    return;

  forget_process (self);
  g_signal_emit (self, signals[STOPPED], 0);
}

static gboolean
read_greeting (StewardPractice  *self,
               const char       *line,
               GError          **error)
{
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *url = object != NULL ? json_object_get_string_member_with_default (object, "url", NULL) : NULL;
  const char *token = object != NULL ? json_object_get_string_member_with_default (object, "token", NULL) : NULL;

  if (url == NULL || token == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The practice instance did not say where it is."));
      return FALSE;
    }

  self->address = domo_address_parse (url, error);
  if (self->address == NULL)
    return FALSE;

  self->token = g_strdup (token);

  return TRUE;
}

static void
on_greeting (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardPractice *self = g_task_get_source_object (task);
  Start *start = g_task_get_task_data (task);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  GWeakRef *weak;

  g_clear_handle_id (&start->deadline_id, g_source_remove);
  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (line == NULL && error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The practice instance did not start. Another Steward may have it open: close it there, then try again."));

  if (error != NULL || !read_greeting (self, line, &error))
    {
      g_subprocess_force_exit (start->process);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->process = g_steal_pointer (&start->process);
  weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_subprocess_wait_async (self->process, NULL, on_exited, weak);
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_start_deadline (gpointer user_data)
{
  Start *start = user_data;

  /* The end of its output ends the read, which reports it. */
  start->deadline_id = 0;
  g_subprocess_force_exit (start->process);

  return G_SOURCE_REMOVE;
}

static char *
find_program (void)
{
  const char *named = g_getenv ("STEWARD_PRACTICE");
  g_autofree char *installed = NULL;

  if (named != NULL)
    return g_strdup (named);

  installed = g_build_filename (STEWARD_LIBEXECDIR, PROGRAM, NULL);

  return g_steal_pointer (&installed);
}

static GSubprocess *
spawn (StewardPractice  *self,
       const Start      *start,
       GError          **error)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFile) state = g_file_get_child (self->folder, STATE_NAME);
  const char *more = g_getenv ("STEWARD_PRACTICE_ARGUMENTS");

  g_ptr_array_add (argv, find_program ());
  g_ptr_array_add (argv, g_strdup ("--state"));
  g_ptr_array_add (argv, g_file_get_path (state));
  g_ptr_array_add (argv, g_strdup ("--latency"));
  g_ptr_array_add (argv, g_strdup (LATENCY_MS));
  if (start->reset)
    g_ptr_array_add (argv, g_strdup ("--reset"));
  if (start->listed)
    {
      g_ptr_array_add (argv, g_strdup ("--list"));
      g_ptr_array_add (argv, g_file_get_path (self->list));
    }
  if (more != NULL)
    {
      g_auto (GStrv) words = NULL;

      if (!g_shell_parse_argv (more, NULL, &words, error))
        return NULL;
      for (guint i = 0; words[i] != NULL; i++)
        g_ptr_array_add (argv, g_strdup (words[i]));
    }
  g_ptr_array_add (argv, NULL);

  return g_subprocess_newv ((const char *const *) argv->pdata,
                            G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
}

static void
on_folder_made (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardPractice *self = g_task_get_source_object (task);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  Start *start = g_task_get_task_data (task);

  if (!steward_folder_make_finish (G_FILE (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  start->process = spawn (self, start, &error);
  if (start->process == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  start->deadline_id = g_timeout_add_seconds (START_SECONDS, on_start_deadline, start);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (start->process));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_greeting,
                                       g_object_ref (task));
}

static void
start_process (GTask *task)
{
  StewardPractice *self = g_task_get_source_object (task);

  steward_folder_make_async (self->folder, NULL, on_folder_made, g_object_ref (task));
}

/**
 * steward_practice_start_async:
 * @self: a practice instance
 * @cancellable: (nullable): cancels
 * @callback: called when it can be connected to
 * @user_data: for @callback
 *
 * Starts the process, unless it runs. `STEWARD_PRACTICE` names another program, and
 * `STEWARD_PRACTICE_ARGUMENTS` holds further arguments for it, quoted as in a shell.
 */
void
steward_practice_start_async (StewardPractice     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_PRACTICE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_practice_start_async);
  g_task_set_task_data (task, g_new0 (Start, 1), (GDestroyNotify) start_free);
  if (self->process != NULL)
    g_task_return_boolean (task, TRUE);
  else
    start_process (task);
}

/**
 * steward_practice_start_finish:
 * @self: a practice instance
 * @result: as given to the callback of start or reset
 * @error: place for an error
 *
 * Returns: whether it runs
 */
gboolean
steward_practice_start_finish (StewardPractice  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * steward_practice_get_address:
 * @self: a practice instance
 *
 * Returns: (transfer none) (nullable): where it is, %NULL while it does not run
 */
DomoAddress *
steward_practice_get_address (StewardPractice *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE (self), NULL);

  return self->address;
}

/**
 * steward_practice_get_token:
 * @self: a practice instance
 *
 * Returns: (transfer none) (nullable): its token, %NULL while it does not run
 */
const char *
steward_practice_get_token (StewardPractice *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE (self), NULL);

  return self->token;
}

/**
 * steward_practice_get_list:
 * @self: a practice instance
 *
 * Returns: (transfer none): the file with what another instance lists; it need not exist
 */
GFile *
steward_practice_get_list (StewardPractice *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE (self), NULL);

  return self->list;
}

/**
 * steward_practice_dup_world:
 * @self: a practice instance
 *
 * The process keeps its token as long as its state, so a digest of it names the state. It tells nothing of the
 * token.
 *
 * Returns: (transfer full) (nullable): a name for its state, %NULL while it does not run
 */
char *
steward_practice_dup_world (StewardPractice *self)
{
  char *digest;

  g_return_val_if_fail (STEWARD_IS_PRACTICE (self), NULL);

  if (self->token == NULL)
    return NULL;

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->token, -1);
  digest[16] = '\0';

  return digest;
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  start_process (task);
}

/**
 * steward_practice_reset_async:
 * @self: a practice instance
 * @listed: whether to make it of the file that steward_practice_get_list() names
 * @cancellable: (nullable): cancels the start that follows
 * @callback: called when it can be connected to again
 * @user_data: for @callback
 *
 * Ends the process, removes all that was rehearsed and starts it anew: address and token are new ones.
 * Finish with steward_practice_start_finish().
 */
void
steward_practice_reset_async (StewardPractice     *self,
                              gboolean             listed,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSubprocess) process = NULL;
  Start *start;

  g_return_if_fail (STEWARD_IS_PRACTICE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_practice_reset_async);
  start = g_new0 (Start, 1);
  start->reset = TRUE;
  start->listed = listed;
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  if (self->process != NULL)
    {
      process = g_object_ref (self->process);
      forget_process (self);
      g_subprocess_force_exit (process);
      g_subprocess_wait_async (process, NULL, on_ended, g_object_ref (task));
      return;
    }

  start_process (task);
}
