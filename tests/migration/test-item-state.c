/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "migration/steward-item-state.h"

/* The words that were agreed on, with a reason "R" and settled today at TODAY. */
static const struct
{
  StewardItemState state;
  const char *id;
  const char *words;
  const char *words_back;
  const char *bare;             /* without a reason */
  StewardTone tone;
} rows[] = {
  { STEWARD_ITEM_PLANNED, "planned", "Waiting", "Waiting", "Waiting", STEWARD_TONE_DIM },
  { STEWARD_ITEM_CHECKING, "checking", "Moving…", "Moving…", "Moving…", STEWARD_TONE_ACCENT },
  { STEWARD_ITEM_SENT, "sent", "Moving…", "Moving…", "Moving…", STEWARD_TONE_ACCENT },
  { STEWARD_ITEM_COMPLETE, "complete", "Moved", "Moved back", "Moved", STEWARD_TONE_SUCCESS },
  { STEWARD_ITEM_INCOMPLETE, "incomplete", "Needs another try: its cards may be broken",
    "Needs another try: its cards may be broken", "Needs another try: its cards may be broken",
    STEWARD_TONE_ERROR },
  { STEWARD_ITEM_ABORTED, "aborted", "Not changed: R", "Not changed: R", "Not changed",
    STEWARD_TONE_WARNING },
  { STEWARD_ITEM_REFUSED, "refused", "Not changed: Domo refused (R)", "Not changed: Domo refused (R)",
    "Not changed: Domo refused", STEWARD_TONE_WARNING },
  { STEWARD_ITEM_UNKNOWN, "unknown", "Not known yet, checking", "Not known yet, checking",
    "Not known yet, checking", STEWARD_TONE_WARNING },
  { STEWARD_ITEM_MOVED_UNCONFIRMED, "moved-unconfirmed", "Moved, not confirmed",
    "Moved back, not confirmed", "Moved, not confirmed", STEWARD_TONE_WARNING },
  { STEWARD_ITEM_NOT_MOVED, "not-moved", "Not moved as of TODAY", "Not moved back as of TODAY",
    "Not moved as of TODAY", STEWARD_TONE_WARNING },
  { STEWARD_ITEM_SKIPPED, "skipped", "Skipped: R", "Skipped: R", "Skipped", STEWARD_TONE_DIM },
  { STEWARD_ITEM_NOT_STARTED, "not-started", "Not started", "Not started", "Not started",
    STEWARD_TONE_DIM },
  { STEWARD_ITEM_RESOLVED, "resolved", "Resolved: R", "Resolved: R", "Resolved", STEWARD_TONE_DIM },
};

static void
assert_words (StewardItemState state,
              StewardDirection direction,
              const char *reason,
              const char *expected)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const gint64 moment = g_date_time_to_unix (now) * G_USEC_PER_SEC;
  g_autofree char *today = g_date_time_format (now, "%H:%M");
  g_autoptr (GString) wanted = g_string_new (expected);
  g_autofree char *words = steward_item_state_describe (state, direction, reason, moment);

  g_string_replace (wanted, "TODAY", today, 0);
  g_assert_cmpstr (words, ==, wanted->str);
}

static void
test_words (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, STEWARD_N_ITEM_STATES);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      StewardItemState state = rows[i].state;

      g_test_message ("%s", rows[i].id);
      g_assert_cmpstr (steward_item_state_to_id (state), ==, rows[i].id);
      g_assert_cmpint (steward_item_state_get_tone (state), ==, rows[i].tone);
      g_assert_true (g_str_has_suffix (steward_item_state_get_icon_name (state), "-symbolic"));
      assert_words (state, STEWARD_DIRECTION_MOVE, "R", rows[i].words);
      assert_words (state, STEWARD_DIRECTION_MOVE_BACK, "R", rows[i].words_back);
      assert_words (state, STEWARD_DIRECTION_MOVE, NULL, rows[i].bare);
      assert_words (state, STEWARD_DIRECTION_MOVE, "", rows[i].bare);
    }
}

static void
test_names (void)
{
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      g_assert_nonnull (steward_item_state_get_name (state, STEWARD_DIRECTION_MOVE));
      g_assert_nonnull (steward_item_state_get_name (state, STEWARD_DIRECTION_MOVE_BACK));
    }

  g_assert_cmpstr (steward_item_state_get_name (STEWARD_ITEM_COMPLETE, STEWARD_DIRECTION_MOVE_BACK), ==,
                   "Moved back");
  g_assert_cmpstr (steward_item_state_get_name (STEWARD_ITEM_INCOMPLETE, STEWARD_DIRECTION_MOVE), ==,
                   "Needs another try");
}

static void
test_another_day_has_its_date (void)
{
  g_autoptr (GDateTime) then = g_date_time_new_local (2021, 3, 4, 5, 6, 7);
  g_autofree char *expected = g_date_time_format (then, "Not moved as of %-d %b %Y, 05:06");
  g_autofree char *words = NULL;

  words = steward_item_state_describe (STEWARD_ITEM_NOT_MOVED, STEWARD_DIRECTION_MOVE, NULL,
                                       g_date_time_to_unix (then) * G_USEC_PER_SEC);
  g_assert_cmpstr (words, ==, expected);

  g_clear_pointer (&words, g_free);
  words = steward_item_state_describe (STEWARD_ITEM_NOT_MOVED, STEWARD_DIRECTION_MOVE, NULL, 0);
  g_assert_cmpstr (words, ==, "Not moved");

  /* No clock says this; it must not crash all the same. */
  g_clear_pointer (&words, g_free);
  words = steward_item_state_describe (STEWARD_ITEM_NOT_MOVED, STEWARD_DIRECTION_MOVE, NULL, G_MAXINT64);
  g_assert_nonnull (words);
}

static void
test_identifiers (void)
{
  StewardItemState state = STEWARD_ITEM_SENT;
  StewardDirection direction = STEWARD_DIRECTION_MOVE_BACK;

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    {
      g_assert_true (steward_item_state_from_id (steward_item_state_to_id (i), &state));
      g_assert_cmpint (state, ==, i);
    }
  state = STEWARD_ITEM_SENT;
  g_assert_false (steward_item_state_from_id ("moved", &state));
  g_assert_false (steward_item_state_from_id (NULL, &state));
  g_assert_false (steward_item_state_from_id ("", &state));
  g_assert_cmpint (state, ==, STEWARD_ITEM_SENT);

  g_assert_true (steward_direction_from_id ("move", &direction));
  g_assert_cmpint (direction, ==, STEWARD_DIRECTION_MOVE);
  g_assert_true (steward_direction_from_id ("move-back", &direction));
  g_assert_cmpint (direction, ==, STEWARD_DIRECTION_MOVE_BACK);
  g_assert_false (steward_direction_from_id ("back", &direction));
  g_assert_cmpstr (steward_direction_to_id (STEWARD_DIRECTION_MOVE), ==, "move");
  g_assert_cmpstr (steward_direction_to_id (STEWARD_DIRECTION_MOVE_BACK), ==, "move-back");
}

static gboolean
is_one_of (StewardItemState state,
           const char *ids)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);

  return g_strv_contains ((const char *const *) list, steward_item_state_to_id (state));
}

static void
test_what_follows (void)
{
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      g_test_message ("%s", steward_item_state_to_id (state));
      g_assert_cmpint (steward_item_state_is_under_way (state), ==, is_one_of (state, "checking sent"));
      g_assert_cmpint (steward_item_state_needs_attention (state), ==,
                       is_one_of (state, "incomplete unknown moved-unconfirmed"));
      g_assert_cmpint (steward_item_state_can_retry (state), ==,
                       is_one_of (state, "incomplete aborted refused not-moved"));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/item-state/words", test_words);
  g_test_add_func ("/item-state/names", test_names);
  g_test_add_func ("/item-state/another-day-has-its-date", test_another_day_has_its_date);
  g_test_add_func ("/item-state/identifiers", test_identifiers);
  g_test_add_func ("/item-state/what-follows", test_what_follows);

  return g_test_run ();
}
