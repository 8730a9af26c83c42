/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-cards.h"

#include "practice/practice-names.h"
#include "practice/practice-random.h"

/* Every eleventh dataset also shows the first card of the one before it. */
static gboolean
shares (guint64 seed, gint64 pos)
{
  return pos > 1 && pos % 11 == 5 && practice_cards_count (seed, pos - 1) > 0;
}

static guint
own_count (guint64 seed, gint64 pos)
{
  guint64 bits = practice_random (seed, "cards", pos);

  if (bits % 5 == 0)
    return 0;
  if (bits % 61 == 1)
    return 60 + (bits >> 8) % 90;
  return 1 + (bits >> 8) % 9;
}

guint
practice_cards_count (guint64 seed, gint64 pos)
{
  return own_count (seed, pos) + (shares (seed, pos) ? 1 : 0);
}

gint64
practice_cards_user_id (guint n)
{
  /* The first is the token's owner; the next three are the people in the samples of 004. */
  static const gint64 known[] = { PRACTICE_WORLD_OWNER, 1893952720, 587894148, 966365811 };

  return n < G_N_ELEMENTS (known) ? known[n] : 300000000 + (gint64) n * 7919;
}

gint64
practice_cards_group_id (guint n)
{
  return 1324037627 + (gint64) n * 104729;
}

gint64
practice_cards_user (guint64 bits)
{
  return practice_cards_user_id ((bits >> 3) % PRACTICE_CARDS_USERS);
}

gint64
practice_cards_group (guint64 bits)
{
  return practice_cards_group_id (1 + (bits >> 3) % (PRACTICE_CARDS_GROUPS - 1));
}

/* Appends one owner, with the name it has now. */
static void
write_owner (PracticeWorld *world, GString *out, guint64 bits)
{
  if (bits % 6 == 0)
    practice_db_join (world->db,
                      out,
                      "SELECT json_object('id', CAST(id AS TEXT), 'type', 'GROUP', 'displayName',"
                      " name) FROM grp WHERE id = ?",
                      "i",
                      practice_cards_group (bits));
  else
    practice_db_join (world->db,
                      out,
                      "SELECT json_object('id', CAST(id AS TEXT), 'type', 'USER', 'displayName',"
                      " display_name) FROM user WHERE id = ?",
                      "i",
                      practice_cards_user (bits));
}

static void
write_card (PracticeWorld *world, GString *out, const char *id, gint64 pos, guint n, gboolean drill)
{
  static const char *const charts[] = {
    "badge_vert_bar", "badge_xyscatterplot", "badge_line", "badge_pie", "badge_table"
  };
  gint64 card = 100000000 + pos * 200 + n;
  guint64 bits = practice_random (world->seed, "card", card);
  gint64 owner = bits % 6 == 0 ? practice_cards_group (bits) : practice_cards_user (bits);
  g_autofree char *urn =
    drill ? g_strdup_printf ("dr:%" G_GINT64_FORMAT ":%u", card, (guint) (bits % 900) + 100)
          : g_strdup_printf ("%" G_GINT64_FORMAT, card);
  g_autofree char *name = practice_names_dataset ((guint) (pos > 0 ? pos - 1 : 0));
  g_autofree char *title =
    g_strdup_printf ("%s: %s%s", name, practice_names_card (bits >> 8), drill ? " (drill)" : "");
  g_autoptr (GString) owners = g_string_new ("[");

  /* One owner, or two for every fifth card. */
  write_owner (world, owners, bits);
  if (bits % 5 == 0)
    {
      g_string_append_c (owners, ',');
      write_owner (world, owners, bits >> 7);
    }
  g_string_append_c (owners, ']');
  practice_db_join (world->db,
                    out,
                    "SELECT json_object('id', ?, 'urn', ?, 'type', 'kpi', 'chartType', ?, 'title',"
                    " ?, 'ownerId', ?, 'owners', json(?), 'access', json('true'),"
                    " 'datasourceId', ?)",
                    "isssiss",
                    drill ? card + 500000000 : card,
                    urn,
                    charts[(bits >> 16) % G_N_ELEMENTS (charts)],
                    title,
                    owner,
                    owners->str,
                    id);
}

void
practice_cards_write (
  PracticeWorld *world, GString *out, const char *id, gint64 pos, gboolean drill)
{
  guint own = own_count (world->seed, pos);
  gboolean more = FALSE;

  g_string_append_c (out, '[');
  for (guint n = 0; n < own; n++)
    {
      if (more)
        g_string_append_c (out, ',');
      write_card (world, out, id, pos, n, FALSE);
      more = TRUE;
      if (drill && practice_random (world->seed, "drill", pos * 200 + n) % 7 == 0)
        {
          g_string_append_c (out, ',');
          write_card (world, out, id, pos, n, TRUE);
        }
    }
  if (shares (world->seed, pos))
    {
      if (more)
        g_string_append_c (out, ',');
      write_card (world, out, id, pos - 1, 0, FALSE);
    }
  g_string_append_c (out, ']');
}
