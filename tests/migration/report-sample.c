/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* report-sample FOLDER: writes a journal with a run that has every difficulty, and saves its report in
 * every format beside it. */

#include "journal-fixture.h"
#include "migration/steward-report.h"

#include <string.h>

static const char *const nasty[] = {
  "Orders EU",
  "=HYPERLINK(\"http://evil\",\"x\")",
  "+49 30 1234",
  "-1+1",
  "@SUM(A1:A9)",
  "'=quoted already",
  "a,b;c\td",
  "two\nlines\r\nthree",
  "\"quotes\" and 'apostrophes'",
  "<script>alert(1)</script> & <b>bold</b> &amp;",
  "</td></tr></table>",
  "売上 2024",
  "مبيعات الربع",
  "מכירות",
  "😀👩‍👩‍👧 family",
  "Ünïcode ÉTÉ",
  " leading and trailing ",
  "\u202eright to left override",
  "",
};

static void
write_attempts (StewardJournal *journal,
                gint64 run_id,
                guint position,
                StewardItemState state)
{
  g_autofree char *toe = g_strdup_printf ("TOE-%u-<%u>", position, state);
  const char *reason = position % 3 == 0 ? NULL : nasty[(position * 7) % G_N_ELEMENTS (nasty)];
  const StewardDirection direction = position % 5 == 4 ? STEWARD_DIRECTION_MOVE_BACK : STEWARD_DIRECTION_MOVE;
  const guint n_attempts = position % 4;
  const StewardDataVerdict data = state == STEWARD_ITEM_COMPLETE ? position % STEWARD_N_DATA_VERDICTS
                                                                 : STEWARD_DATA_NOT_COMPARED;
  StewardItemUpdate update = {
    .position = position,
    .direction = direction,
    .state = state,
    .reason = reason,
    .settled_at = state == STEWARD_ITEM_NOT_MOVED ? 1700000900123456 : 0,
    .data = data != STEWARD_DATA_NOT_COMPARED ? steward_data_verdict_to_id (data) : NULL,
    .data_words = data != STEWARD_DATA_NOT_COMPARED ? nasty[position % G_N_ELEMENTS (nasty)] : NULL,
    .facts_before = data != STEWARD_DATA_NOT_COMPARED
                      ? "{\"read_at\":1700000000000001,\"rows\":7,\"counted\":8,\"cards\":2,"
                        "\"columns\":[[\"<id>\",\"LONG\",\"0123456789abcdef\"],[\"顧客\",null]]}"
                      : NULL,
    .facts_after = data != STEWARD_DATA_NOT_COMPARED ? "{\"read_at\":1700000009000000,\"problem\":\"No <b>\"}" : NULL,
  };

  if (n_attempts == 0)
    g_assert_true (fixture_update (journal, run_id, &update, 1, NULL));

  for (guint number = 1; number <= n_attempts; number++)
    {
      StewardAttempt attempt = {
        .number = number,
        .direction = direction,
        .request = (char *) "POST /api/…\n\n{}",
        .baseline_date = -1,
        .sent_at = G_GINT64_CONSTANT (1700000000000000) + position * 1000003 + number,
        .outcome = STEWARD_ITEM_SENT,
      };
      StewardItemUpdate intent = { position, direction, STEWARD_ITEM_SENT, NULL, 0, &attempt };

      g_assert_true (fixture_update (journal, run_id, &intent, 1, NULL));
      if (position % 6 == 5)
        continue;

      attempt.answered_at = attempt.sent_at + 1234567 * number;
      attempt.outcome = state;
      attempt.status = position % 2 == 0 ? 200 : 409;
      attempt.answer = (char *) (position % 2 == 0 ? "COMPLETE" : NULL);
      attempt.message = (char *) reason;
      attempt.toe = toe;
      update.attempt = &attempt;
      /* A result is not an intent: the state of one that was answered is not "sent". */
      update.state = attempt.outcome = state == STEWARD_ITEM_SENT ? STEWARD_ITEM_UNKNOWN : state;
      g_assert_true (fixture_update (journal, run_id, &update, 1, NULL));
    }
}

static void
save (StewardJournal *journal,
      gint64 run_id,
      StewardReportFormat format,
      const char *folder,
      const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_report_save_async (journal, run_id, format, file, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_report_save_finish (result, &error));
  g_assert_no_error (error);
}

int
main (int argc,
      char **argv)
{
  const guint n_items = G_N_ELEMENTS (nasty) * STEWARD_N_ITEM_STATES;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  StewardJournal *journal;
  gint64 run_id;

  g_assert_cmpint (argc, ==, 2);
  plan = steward_plan_new ("cloud-amplifier", TEST_ORIGIN, "acme <&>", STEWARD_DIRECTION_MOVE);
  steward_plan_set_destination (plan, "int-1", "My \"BigQuery\" <&>", "BIGQUERY");
  for (guint i = 0; i < n_items; i++)
    {
      const char *name = nasty[i % G_N_ELEMENTS (nasty)];
      g_autofree char *id = g_strdup_printf ("%s%u", i % 11 == 0 ? "=id-" : "id-", i);
      g_autoptr (StewardPlanItem) item =
        steward_plan_item_new (id, name, i % 2 == 0 ? "acme-prod" : NULL, "sales", i % 5 == 0 ? NULL : name);

      steward_plan_add_item (plan, item);
    }

  journal = fixture_open (argv[1], NULL);
  run_id = fixture_create_run (journal, plan, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_items; i++)
    write_attempts (journal, run_id, i, i / G_N_ELEMENTS (nasty));
  g_assert_true (fixture_set_run_state (journal, run_id, STEWARD_RUN_ENDED, 1700009999000000, &error));

  save (journal, run_id, STEWARD_REPORT_CSV, argv[1], "report.csv");
  save (journal, run_id, STEWARD_REPORT_JSON, argv[1], "report.json");
  save (journal, run_id, STEWARD_REPORT_SUPPORT, argv[1], "report.txt");
  save (journal, run_id, STEWARD_REPORT_HTML, argv[1], "report.html");
  fixture_close (journal);

  return 0;
}
