/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What two looks at a dataset say of its data. */

#include <gio/gio.h>

#include "migration/steward-data-difference.h"

#define COLUMNS "\"columns\":[[\"id\",\"LONG\"],[\"name\",\"STRING\"]]"
#define VALUES "\"columns\":[[\"id\",\"LONG\",\"aa\"],[\"name\",\"STRING\",\"bb\"]]"

static void
check (const char         *before,
       const char         *after,
       StewardDataVerdict  expected,
       const char         *expected_words)
{
  g_autoptr (StewardDataFacts) one = steward_data_facts_new_from_json (before);
  g_autoptr (StewardDataFacts) other = steward_data_facts_new_from_json (after);
  g_autofree char *words = NULL;
  StewardDataVerdict verdict;

  g_assert_true ((one == NULL) == (before == NULL));
  verdict = steward_data_difference_find (one, other, &words);
  g_assert_cmpstr (words, ==, expected_words);
  g_assert_cmpint (verdict, ==, expected);
}

/* Only what was compared is claimed. */
static void
test_same (void)
{
  check ("{" COLUMNS "}", "{" COLUMNS "}", STEWARD_DATA_SAME_COLUMNS, "Same columns; rows not compared");
  check ("{" COLUMNS ",\"rows\":7}", "{" COLUMNS "}", STEWARD_DATA_SAME_COLUMNS, "Same columns; rows not compared");
  check ("{" COLUMNS ",\"rows\":7}", "{" COLUMNS ",\"rows\":7}", STEWARD_DATA_SAME_COUNT,
         "Same columns and row count; values not compared");
  check ("{" COLUMNS ",\"rows\":7,\"counted\":7}", "{" COLUMNS ",\"rows\":7,\"counted\":7}", STEWARD_DATA_SAME_COUNT,
         "Same columns and row count; values not compared");
  check ("{" VALUES ",\"rows\":7,\"counted\":7}", "{" VALUES ",\"rows\":7,\"counted\":7}", STEWARD_DATA_SAME,
         "Same columns and row count, and the same values in a sample query");
  /* Known on one side only. */
  check ("{" VALUES ",\"rows\":7,\"counted\":7}", "{" COLUMNS ",\"rows\":7}", STEWARD_DATA_SAME_COUNT,
         "Same columns and row count; values not compared");
  check ("{" VALUES ",\"rows\":7,\"counted\":7}",
         "{\"columns\":[[\"id\",\"LONG\",\"aa\"],[\"name\",\"STRING\"]],\"rows\":7,\"counted\":7}",
         STEWARD_DATA_SAME_COUNT, "Same columns and row count; values not compared");
  /* In another order, and of a type that is not told. */
  check ("{" VALUES ",\"counted\":0}", "{\"columns\":[[\"name\",null,\"bb\"],[\"id\",\"LONG\",\"aa\"]],\"counted\":0}",
         STEWARD_DATA_SAME, "Same columns and row count, and the same values in a sample query");
  /* No rows are rows that are known; a dataset without columns has no values. */
  check ("{\"columns\":[],\"rows\":0,\"counted\":0}", "{\"columns\":[],\"rows\":0,\"counted\":0}",
         STEWARD_DATA_SAME_COUNT, "Same columns and row count; values not compared");
}

static void
test_different (void)
{
  check ("{" COLUMNS ",\"rows\":7}", "{" COLUMNS ",\"rows\":6}", STEWARD_DATA_DIFFERENT, "7 rows before, 6 now");
  check ("{" COLUMNS ",\"rows\":0}", "{" COLUMNS ",\"rows\":1}", STEWARD_DATA_DIFFERENT, "0 rows before, 1 now");
  /* What is listed may be old: what was counted counts. */
  check ("{" VALUES ",\"rows\":7,\"counted\":7}", "{" VALUES ",\"rows\":7,\"counted\":6}", STEWARD_DATA_DIFFERENT,
         "7 rows before, 6 now");
  check ("{" VALUES ",\"rows\":7,\"counted\":7}", "{" VALUES ",\"rows\":6,\"counted\":7}", STEWARD_DATA_SAME,
         "Same columns and row count, and the same values in a sample query");
  /* A staging copy with as many rows. */
  check ("{" VALUES ",\"counted\":7}",
         "{\"columns\":[[\"id\",\"LONG\",\"aa\"],[\"name\",\"STRING\",\"bc\"]],\"counted\":7}",
         STEWARD_DATA_DIFFERENT, "other values in the column “name”");
  check ("{" COLUMNS "}", "{\"columns\":[[\"id\",\"STRING\"],[\"name\",\"STRING\"]]}", STEWARD_DATA_DIFFERENT,
         "the column “id” was LONG and is STRING");
  check ("{" COLUMNS "}", "{\"columns\":[[\"id\",\"LONG\"],[\"more\",\"LONG\"]]}", STEWARD_DATA_DIFFERENT,
         "a column is gone: “name”; a column is new: “more”");
  check ("{" COLUMNS "}", "{\"columns\":[[\"id\",\"LONG\"],[\"name\",\"STRING\"],[\"name\",\"STRING\"]]}",
         STEWARD_DATA_DIFFERENT, "2 columns before, 3 now");
  check ("{" COLUMNS ",\"cards\":7}", "{" COLUMNS ",\"cards\":5}", STEWARD_DATA_DIFFERENT, "7 cards before, 5 now");
  /* Though the columns are not known. */
  check ("{\"rows\":7}", "{" COLUMNS ",\"rows\":6}", STEWARD_DATA_DIFFERENT, "7 rows before, 6 now");
}

static void
test_many_columns (void)
{
  check ("{\"columns\":[[\"a\",\"LONG\"],[\"b\",\"LONG\"],[\"c\",\"LONG\"],[\"d\",\"LONG\"],[\"e\",\"LONG\"],"
         "[\"f\",\"LONG\"],[\"g\",\"LONG\"]]}",
         "{\"columns\":[]}", STEWARD_DATA_DIFFERENT, "columns are gone: “a”, “b”, “c”, “d”, “e” and 2 more");
  check ("{\"columns\":[[\"a\",\"LONG\"],[\"b\",\"LONG\"],[\"c\",\"LONG\"],[\"d\",\"LONG\"],[\"e\",\"LONG\"],"
         "[\"f\",\"LONG\"]]}",
         "{\"columns\":[[\"a\",\"X\"],[\"b\",\"X\"],[\"c\",\"X\"],[\"d\",\"X\"],[\"e\",\"X\"],[\"f\",\"X\"]]}",
         STEWARD_DATA_DIFFERENT,
         "the column “a” was LONG and is X; the column “b” was LONG and is X; the column “c” was LONG and is X; "
         "the column “d” was LONG and is X; the column “e” was LONG and is X; 1 more column has another type");
}

/* What could not be read is never the same. */
static void
test_not_known (void)
{
  check (NULL, NULL, STEWARD_DATA_NOT_KNOWN, "Its data was not looked at before the move");
  check (NULL, "{" COLUMNS "}", STEWARD_DATA_NOT_KNOWN, "Its data was not looked at before the move");
  check ("{" COLUMNS "}", NULL, STEWARD_DATA_NOT_KNOWN, "Its columns could not be read");
  check ("{}", "{}", STEWARD_DATA_NOT_KNOWN, "Its columns could not be read");
  check ("{\"rows\":7}", "{\"rows\":7}", STEWARD_DATA_NOT_KNOWN, "Its columns could not be read");
  check ("{\"problem\":\"No.\"}", "{" COLUMNS "}", STEWARD_DATA_NOT_KNOWN, "Its data could not be read: No.");
  check ("{" COLUMNS "}", "{\"problem\":\"Not now.\"}", STEWARD_DATA_NOT_KNOWN,
         "Its data could not be read: Not now.");
  /* Half a schema is none. */
  check ("{\"columns\":[[\"id\",\"LONG\"],[7]]}", "{\"columns\":[[\"id\",\"LONG\"]]}", STEWARD_DATA_NOT_KNOWN,
         "Its columns could not be read");
  check ("{\"columns\":{},\"rows\":\"7\",\"counted\":-5,\"problem\":7}", "{\"columns\":[7],\"rows\":7}",
         STEWARD_DATA_NOT_KNOWN, "Its columns could not be read");
}

static void
test_json (void)
{
  static const char *const texts[] = {
    "{\"read_at\":1700000000000000,\"rows\":7,\"counted\":6,\"cards\":5,\"columns\":[[\"id\",\"LONG\",\"aa\"],"
    "[\"顧客\",null]],\"problem\":\"No.\"}",
    "{\"read_at\":0}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StewardDataFacts) facts = steward_data_facts_new_from_json (texts[i]);
      g_autofree char *text = steward_data_facts_to_json (facts);

      g_assert_cmpstr (text, ==, texts[i]);
    }

  g_assert_null (steward_data_facts_new_from_json (NULL));
  g_assert_null (steward_data_facts_new_from_json (""));
  g_assert_null (steward_data_facts_new_from_json ("[]"));
}

static void
test_verdicts (void)
{
  for (guint i = 0; i < STEWARD_N_DATA_VERDICTS; i++)
    {
      g_assert_cmpint (steward_data_verdict_from_id (steward_data_verdict_to_id (i)), ==, i);
      g_assert_cmpstr (steward_data_verdict_get_name (i), !=, "");
    }
  g_assert_cmpint (steward_data_verdict_from_id (NULL), ==, STEWARD_DATA_NOT_COMPARED);
  g_assert_cmpint (steward_data_verdict_from_id ("of a newer Steward"), ==, STEWARD_DATA_NOT_KNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-difference/same", test_same);
  g_test_add_func ("/data-difference/different", test_different);
  g_test_add_func ("/data-difference/many-columns", test_many_columns);
  g_test_add_func ("/data-difference/not-known", test_not_known);
  g_test_add_func ("/data-difference/json", test_json);
  g_test_add_func ("/data-difference/verdicts", test_verdicts);

  return g_test_run ();
}
