/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How long a list of 100,000 candidates takes to load, beside what it could be compared with. Each figure is
 * the median of five, each run a process of its own, so that no run sees memory of another. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench-server.h"
#include "domo/domo-candidate.h"
#include "domo/domo-list.h"

#define N_CANDIDATES 100000
#define N_RUNS 5

typedef struct
{
  double first_rows;            /* ms from the head of the answer to 100 records */
  double total;                 /* ms from the request */
  double longest;               /* ms of the longest turn of the main loop */
  double longest_cpu;           /* ms of it that the main thread was working and not waiting for a processor */
  double cpu;                   /* ms of all threads */
  double grown;                 /* MB of memory kept with the records */
  double peak;                  /* MB of memory at most */
} Figures;

#define N_FIGURES (sizeof (Figures) / sizeof (double))

typedef struct
{
  DomoSession *session;
  GInputStream *stream;
  GPtrArray *records;
  GByteArray *bytes;
  char *chunk;
  gint64 opened;
  gint64 first_rows;
  gboolean done;
} Run;

static double
cpu_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* Of /proc/self/status, in MB. */
static double
memory (const char *what)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, what);

  return line != NULL ? strtol (line + strlen (what) + 1, NULL, 10) / 1024.0 : 0;
}

static double
thread_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Runs the main loop until @done, and notes how long its longest turn was, waiting left out. */
static void
run_loop (const gboolean *done,
          Figures *figures)
{
  GMainContext *context = g_main_context_default ();
  g_autofree GPollFD *fds = g_new (GPollFD, 64);

  g_main_context_acquire (context);
  while (!*done)
    {
      int priority, timeout, n;
      gint64 start;
      double start_cpu;

      g_main_context_prepare (context, &priority);
      n = g_main_context_query (context, priority, &timeout, fds, 64);
      g_poll (fds, n, timeout);
      start = g_get_monotonic_time ();
      start_cpu = thread_ms ();
      g_main_context_check (context, priority, fds, n);
      g_main_context_dispatch (context);
      figures->longest = MAX (figures->longest, (g_get_monotonic_time () - start) / 1e3);
      figures->longest_cpu = MAX (figures->longest_cpu, thread_ms () - start_cpu);
    }
  g_main_context_release (context);
}

static void
on_records (GPtrArray *records,
            gpointer user_data)
{
  Run *run = user_data;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (run->records, g_object_ref (records->pdata[i]));
  if (run->first_rows == 0 && run->records->len >= 100)
    run->first_rows = g_get_monotonic_time ();
}

static void
on_list (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  if (!domo_list_read_finish (G_INPUT_STREAM (source), result, NULL, &error))
    g_error ("%s", error->message);
  run->done = TRUE;
}

static void
on_bytes (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (run->stream, result, &error);

  if (n < 0)
    g_error ("%s", error->message);
  if (run->bytes != NULL)
    g_byte_array_append (run->bytes, (const guint8 *) run->chunk, n);
  run->done = n == 0;
  if (n > 0)
    g_input_stream_read_async (run->stream, run->chunk, 65536, G_PRIORITY_DEFAULT, NULL, on_bytes, run);
}

static void
on_opened (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  run->stream = domo_session_open_finish (run->session, result, &error);
  if (run->stream == NULL)
    g_error ("%s", error->message);
  run->opened = g_get_monotonic_time ();

  if (run->chunk != NULL)
    g_input_stream_read_async (run->stream, run->chunk, 65536, G_PRIORITY_DEFAULT, NULL, on_bytes, run);
  else
    domo_list_read_async (run->stream, NULL, DOMO_TYPE_CANDIDATE, on_records, run, NULL, on_list, run);
}

static void
read_document (Run *run)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  if (json_parser_load_from_data (parser, (const char *) run->bytes->data, run->bytes->len, &error))
    run->records = domo_record_decode_array (DOMO_TYPE_CANDIDATE, json_parser_get_root (parser), &error);
  if (error != NULL)
    g_error ("%s", error->message);
  g_clear_pointer (&run->bytes, g_byte_array_unref);
}

/* One run, in a process of its own: prints its figures. */
static int
run_once (const char *mode,
          const char *url)
{
  g_autoptr (DomoAddress) address = domo_address_parse (url, NULL);
  g_autoptr (DomoSession) session = domo_session_new (address, NULL);
  g_autoptr (DomoRequest) request = domo_request_new ("cloud-amplifier/list-candidates", "x", NULL);
  Run run = { .session = session };
  gboolean whole = strcmp (mode, "document") == 0;
  double memory_before, cpu_before;
  gint64 start;
  Figures figures = { 0 };

  domo_session_set_token (session, "benchmark");
  if (strcmp (mode, "ours") != 0)
    run.chunk = g_malloc (65536);
  if (whole)
    run.bytes = g_byte_array_new ();
  else
    run.records = g_ptr_array_new_with_free_func (g_object_unref);

  memory_before = memory ("VmRSS:");
  cpu_before = cpu_ms ();
  start = g_get_monotonic_time ();
  domo_session_open_async (session, request, NULL, on_opened, &run);
  run_loop (&run.done, &figures);
  if (whole)
    {
      gint64 parse_start = g_get_monotonic_time ();
      double parse_start_cpu = thread_ms ();

      read_document (&run);
      run.first_rows = g_get_monotonic_time ();
      figures.longest = (run.first_rows - parse_start) / 1e3;
      figures.longest_cpu = thread_ms () - parse_start_cpu;
    }
  figures.total = (g_get_monotonic_time () - start) / 1e3;
  figures.first_rows = run.first_rows != 0 ? (run.first_rows - run.opened) / 1e3 : 0;
  figures.cpu = cpu_ms () - cpu_before;
  figures.grown = memory ("VmRSS:") - memory_before;
  figures.peak = memory ("VmHWM:") - memory_before;

  if (run.chunk == NULL || whole)
    g_assert_cmpuint (run.records->len, ==, N_CANDIDATES);
  for (gsize i = 0; i < N_FIGURES; i++)
    printf ("%f ", ((double *) &figures)[i]);
  printf ("\n");

  g_clear_pointer (&run.records, g_ptr_array_unref);
  g_clear_object (&run.stream);
  g_free (run.chunk);

  return 0;
}

static const char python[] =
  "import json, resource, sys, time, urllib.request\n"
  "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
  "before, start = peak(), time.monotonic()\n"
  "rows = json.loads(urllib.request.urlopen(sys.argv[1]).read())\n"
  "total = (time.monotonic() - start) * 1e3\n"
  "usage = resource.getrusage(resource.RUSAGE_SELF)\n"
  "print(total, total, total, total, (usage.ru_utime + usage.ru_stime) * 1e3, peak() - before, peak() - before)\n";

static Figures
spawn_run (const char *self,
           const char *mode,
           const char *url)
{
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *const ours[] = { self, "--run", mode, url, NULL };
  const char *const theirs[] = { "/usr/bin/python3", "-c", python, url, NULL };
  gboolean is_python = strcmp (mode, "python") == 0;
  Figures figures = { 0 };
  const char *at;

  if (!g_spawn_sync (NULL, (char **) (is_python ? theirs : ours), NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                     NULL, NULL, &error))
    g_error ("%s", error->message);

  at = output;
  for (gsize i = 0; i < N_FIGURES; i++)
    {
      char *end = NULL;

      ((double *) &figures)[i] = g_ascii_strtod (at, &end);
      at = end;
    }

  return figures;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The median of each figure for itself. */
static Figures
medians (const Figures *runs)
{
  Figures result;

  for (gsize i = 0; i < N_FIGURES; i++)
    {
      double values[N_RUNS];

      for (gsize j = 0; j < N_RUNS; j++)
        values[j] = ((const double *) &runs[j])[i];
      qsort (values, N_RUNS, sizeof values[0], compare);
      ((double *) &result)[i] = values[N_RUNS / 2];
    }

  return result;
}

int
main (int argc,
      char *argv[])
{
  static const char *const modes[] = { "ours", "download", "document", "python" };
  static const char *const names[] = { "streamed list", "plain download", "one document", "Python's json" };
  Figures runs[G_N_ELEMENTS (modes)][N_RUNS];
  Figures middle[G_N_ELEMENTS (modes)];
  g_autofree char *url = NULL;
  BenchServer server;

  if (argc == 4 && strcmp (argv[1], "--run") == 0)
    return run_once (argv[2], argv[3]);

  server = bench_server_start (N_CANDIDATES);
  url = g_strdup_printf ("http://127.0.0.1:%u", server.port);

  /* Turn and turn about, so that a busy moment of the machine does not hit one of them only. */
  for (gsize j = 0; j < N_RUNS; j++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
        runs[i][j] = spawn_run (argv[0], modes[i], url);
    }
  bench_server_stop (&server);

  printf ("%u candidates, %.1f MB, median of %d\n\n", N_CANDIDATES, server.n_bytes / 1e6, N_RUNS);
  printf ("%-16s %12s %10s %12s %12s %10s %10s %10s\n", "", "first 100", "total", "longest turn", "its own CPU",
          "CPU in all", "kept", "peak");
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      middle[i] = medians (runs[i]);
      printf ("%-16s %9.1f ms %7.0f ms %9.1f ms %9.1f ms %7.0f ms %7.1f MB %7.1f MB\n", names[i],
              middle[i].first_rows, middle[i].total, middle[i].longest, middle[i].longest_cpu, middle[i].cpu, middle[i].grown, middle[i].peak);
    }
  printf ("\nstreamed list / (download + one document): %.2f\n",
          middle[0].total / (middle[1].total + middle[2].total));
  printf ("streamed list / one document, download in it: %.2f\n", middle[0].total / middle[2].total);

  return 0;
}
