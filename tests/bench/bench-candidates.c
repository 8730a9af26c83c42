/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A hundred thousand candidates from the wire to the painted page, beside what that could be compared with. The
 * bytes are the practice instance's own, sent again as fast as a socket takes them. Each measurement is a process
 * of its own, so that no run sees memory of another; turn and turn about, so that a busy moment of the machine
 * does not hit one of them only. bench-candidates [DATASETS [ROUNDS [MODE]]] */

#include "bench-candidates.h"
#include "bench-figures.h"
#include "bench-screen.h"
#include "bench-server.h"

#include <adwaita.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of so many datasets of the practice instance, a hundred thousand have not moved. */
#define N_DATASETS 113210
#define N_ROUNDS 5
#define MOST_ROUNDS 15
#define LIMIT_FRAME 16.7

const char *const candidates_phase_names[CANDIDATES_N_PHASES] = {
  "load", "sort", "filter", "clear", "scroll"
};

/* --- one measured process ------------------------------------------------------------------------- */

/* MB of memory that is resident. */
static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");

  return line != NULL ? (double) strtol (line + strlen ("VmRSS:"), NULL, 10) / 1024.0 : 0;
}

void
candidates_print (Candidates *self,
                  const char *name,
                  double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("%s.%s %s\n", self->mode, name, g_ascii_dtostr (text, sizeof text, value));
}

static void
print_phase (Candidates *self,
             CandidatesPhase phase,
             const char *what,
             double value)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", candidates_phase_names[phase], what);

  candidates_print (self, name, value);
}

void
candidates_begin (Candidates *self)
{
  self->memory = get_memory ();
  gap_probe_start (self->probe);
  self->start = g_get_monotonic_time ();
}

/* Without a window there is nothing to paint. */
void
candidates_end (Candidates *self,
                CandidatesPhase phase)
{
  double seconds;
  GapFigures figures;

  if (self->window != NULL)
    bench_screen_wait_painted (self->window);
  seconds = (double) (g_get_monotonic_time () - self->start) / 1e6;
  figures = gap_probe_stop (self->probe);

  print_phase (self, phase, "seconds", seconds);
  print_phase (self, phase, "gap", figures.gap);
  print_phase (self, phase, "painting", figures.painting);
  print_phase (self, phase, "waiting", figures.waiting);
  print_phase (self, phase, "work", figures.work);
  print_phase (self, phase, "busy", figures.busy / 1000.0);
  print_phase (self, phase, "callback", figures.callback);
  print_phase (self, phase, "callback-work", figures.callback_work);
  print_phase (self, phase, "memory", get_memory () - self->memory);
  if (g_getenv ("BENCH_WHERE") != NULL)
    fprintf (stderr, "%s.%s: the longest callback is at %#zx\n", self->mode, candidates_phase_names[phase],
             figures.callback_at);
}

static const struct
{
  const char *mode;
  void (*run) (Candidates *self);
} modes[] = {
  { "page", candidates_run_page },
  { "download", candidates_run_download },
  { "document", candidates_run_document },
  { "stock", candidates_run_stock },
};

static int
run_once (const char *mode,
          const char *url)
{
  g_autoptr (DomoAddress) address = domo_address_parse (url, NULL);
  g_autoptr (DomoSession) session = domo_session_new (address, NULL);
  g_autoptr (GapProbe) probe = NULL;
  Candidates self = { .mode = mode, .session = session };

  adw_init ();
  domo_session_set_token (session, "benchmark");
  self.probe = probe = gap_probe_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (modes[i].mode, mode))
      modes[i].run (&self);

  return EXIT_SUCCESS;
}

/* --- all of them ---------------------------------------------------------------------------------- */

/* Asks the practice instance once: it builds its answers as it sends them. */
static const char fetch[] =
  "import json, subprocess, sys, urllib.request\n"
  "practice = subprocess.Popen([sys.argv[1], '--latency', '0', '--datasets', sys.argv[2]], stdout=subprocess.PIPE)\n"
  "world = json.loads(practice.stdout.readline())\n"
  "path = '/api/query/migration/candidates/federated/to/amplifier/integrations/'\n"
  "request = urllib.request.Request(world['url'] + path + '31e0307a-cb31-4018-b824-eb04b15827e1',\n"
  "                                 headers={'X-DOMO-Developer-Token': world['token']})\n"
  "sys.stdout.buffer.write(urllib.request.urlopen(request).read())\n"
  "sys.stdout.flush()\n"
  "practice.terminate()\n";

static const char python[] =
  "import json, resource, sys, time, urllib.request\n"
  "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
  "before, start = peak(), time.monotonic()\n"
  "body = urllib.request.urlopen(sys.argv[1]).read()\n"
  "read = time.monotonic()\n"
  "rows = json.loads(body)\n"
  "print('python.load.seconds', time.monotonic() - start)\n"
  "print('python.parse', time.monotonic() - read)\n"
  "print('python.load.memory', peak() - before)\n";

static GString *
spawn (const char *const *argv)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (process == NULL || !g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error))
    g_error ("%s", error->message);
  if (!g_subprocess_get_successful (process))
    g_error ("%s did not end well", argv[0]);

  return g_string_new_len (g_bytes_get_data (output, NULL), (gssize) g_bytes_get_size (output));
}

static void
measure (BenchFigures *figures,
         const char *self,
         const char *mode,
         const BenchServer *server)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", server->port);
  const char *const ours[] = { self, "--run", mode, url, NULL };
  const char *const theirs[] = { "/usr/bin/python3", "-c", python, url, NULL };
  GString *output = spawn (g_str_equal (mode, "python") ? theirs : ours);

  bench_figures_take (figures, output->str);
  if (g_str_equal (mode, "page"))
    {
      double first_byte = (double) *server->first_byte;

      bench_figures_add (figures, "page.first-known", (bench_figures_last (figures, "page.known") - first_byte) / 1e3);
      bench_figures_add (figures, "page.first-painted",
                         (bench_figures_last (figures, "page.painted") - first_byte) / 1e3);
      bench_figures_add (figures, "page.first-built", (bench_figures_last (figures, "page.built") - first_byte) / 1e3);
    }
  g_string_free (output, TRUE);
}

static GapSummary
get (BenchFigures *figures,
     const char *mode,
     const char *phase,
     const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s.%s.%s", mode, phase, what);

  return bench_figures_summary (figures, name);
}

static void
print_phases (BenchFigures *figures,
              const char *mode,
              const char *title,
              gboolean is_ours)
{
  for (guint i = 0; i < CANDIDATES_N_PHASES; i++)
    {
      const char *phase = candidates_phase_names[i];
      gboolean has_limit = is_ours && (i == CANDIDATES_SORT || i == CANDIDATES_FILTER || i == CANDIDATES_CLEAR);
      GapSummary busy = get (figures, mode, phase, "busy");
      g_autofree char *what = g_strdup_printf ("%s, %s", title, phase);

      if (i != CANDIDATES_SCROLL && (i != CANDIDATES_LOAD || !is_ours))
        bench_table_row (what, "s", 3, get (figures, mode, phase, "seconds"), &busy, has_limit ? 0.3 : 0);
    }
  for (guint i = 0; i < CANDIDATES_N_PHASES; i++)
    {
      const char *phase = candidates_phase_names[i];
      GapSummary work = get (figures, mode, phase, "work");
      g_autofree char *what = g_strdup_printf ("%s, %s: longest gap", title, phase);

      bench_table_gap_row (what, get (figures, mode, phase, "gap"), &work,
                           get (figures, mode, phase, "painting").median,
                           get (figures, mode, phase, "waiting").median, is_ours ? LIMIT_FRAME : 0);
    }
  for (guint i = 0; i < CANDIDATES_N_PHASES && is_ours; i++)
    {
      const char *phase = candidates_phase_names[i];
      GapSummary work = get (figures, mode, phase, "callback-work");
      g_autofree char *what = g_strdup_printf ("%s, %s: longest callback of ours", title, phase);

      bench_table_row (what, "ms", 1, get (figures, mode, phase, "callback"), &work, 5);
    }
}

static void
print_first (BenchFigures *figures)
{
  bench_table_row ("page: first 100 rows in the model", "ms", 1, bench_figures_summary (figures, "page.first-known"),
                   NULL, 50);
  bench_table_row ("page: first 100 rows with widgets in the view", "ms", 1,
                   bench_figures_summary (figures, "page.first-built"), NULL, 0);
  bench_table_row ("page: first rows painted", "ms", 1, bench_figures_summary (figures, "page.first-painted"), NULL, 50);
}

static void
print_table (BenchFigures *figures)
{
  GapSummary total = get (figures, "page", "load", "seconds");
  GapSummary busy = get (figures, "page", "load", "busy");
  GapSummary downloaded = get (figures, "download", "load", "seconds");
  GapSummary parsed = bench_figures_summary (figures, "document.parse");
  double most = downloaded.median + parsed.median;
  GapSummary ratio = { total.median / most, total.worst / most };

  print_first (figures);
  bench_table_row ("page: total, painted", "s", 3, total, &busy, 0);
  bench_table_row ("plain download of the same bytes", "s", 3, downloaded, NULL, 0);
  bench_table_row ("one json-glib document into the same records", "s", 3, parsed, NULL, 0);
  bench_table_row ("Python's json", "s", 3, bench_figures_summary (figures, "python.parse"), NULL, 0);
  bench_table_row ("page: total / (download + one document)", "", 2, ratio, NULL, 1.0);
  bench_table_row ("page: growth of resident memory", "MB", 1, get (figures, "page", "load", "memory"), NULL, 60);
  bench_table_row ("one document: growth of resident memory", "MB", 1, get (figures, "document", "load", "memory"),
                   NULL, 0);
  bench_table_row ("Python's json: growth of resident memory", "MB", 1, get (figures, "python", "load", "memory"),
                   NULL, 0);
  print_phases (figures, "page", "page", TRUE);
  print_phases (figures, "stock", "GTK's models", FALSE);
}

int
main (int argc,
      char *argv[])
{
  static const char *const names[] = { "page", "download", "document", "python", "stock" };
  g_autoptr (BenchFigures) figures = NULL;
  g_autofree char *n_datasets = g_strdup_printf ("%d", argc > 1 ? atoi (argv[1]) : N_DATASETS);
  guint n_rounds = CLAMP (argc > 2 ? atoi (argv[2]) : N_ROUNDS, 1, MOST_ROUNDS);
  const char *only = argc > 3 ? argv[3] : NULL;
  const char *practice = g_getenv ("STEWARD_PRACTICE");
  GString *body;
  BenchServer server;

  setlocale (LC_ALL, "");
  if (argc == 4 && strcmp (argv[1], "--run") == 0)
    return run_once (argv[2], argv[3]);
  if (practice == NULL)
    g_error ("STEWARD_PRACTICE does not name the practice instance");

  body = spawn ((const char *const[]) { "/usr/bin/python3", "-c", fetch, practice, n_datasets, NULL });
  server = bench_server_start_with (body);
  g_string_free (body, TRUE);

  figures = bench_figures_new ();
  for (guint round = 0; round < n_rounds; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      if (only == NULL || g_str_equal (only, names[i]))
        measure (figures, argv[0], names[i], &server);
  bench_server_stop (&server);

  if (only == NULL || g_str_equal (only, "page"))
    printf ("# %.0f rows of %s candidates, %.1f MB; the search leaves %.0f; %u rounds\n",
            bench_figures_last (figures, "page.rows"), n_datasets, (double) server.n_bytes / 1e6,
            bench_figures_last (figures, "page.found"), n_rounds);
  if (only == NULL)
    {
      print_table (figures);
      return EXIT_SUCCESS;
    }
  if (g_str_equal (only, "page"))
    print_first (figures);
  print_phases (figures, only, only, g_str_equal (only, "page"));

  return EXIT_SUCCESS;
}
