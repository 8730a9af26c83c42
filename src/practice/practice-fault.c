/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-fault.h"

#include <gio/gio.h>

static const struct
{
  const char *word;
  PracticeFaultKind kind;
  gboolean effect; /* where the rule does not say */
} kinds[] = {
  { "delay", PRACTICE_FAULT_DELAY, TRUE },
  { "status", PRACTICE_FAULT_STATUS, FALSE },
  { "reset-before", PRACTICE_FAULT_RESET_BEFORE, FALSE },
  { "reset-after", PRACTICE_FAULT_RESET_AFTER, TRUE },
  { "close", PRACTICE_FAULT_CLOSE, FALSE },
  { "close-reused", PRACTICE_FAULT_CLOSE_REUSED, FALSE },
  { "hang", PRACTICE_FAULT_HANG, FALSE },
  { "truncate", PRACTICE_FAULT_TRUNCATE, TRUE },
  { "drip", PRACTICE_FAULT_DRIP, TRUE },
  { "broken-json", PRACTICE_FAULT_BROKEN_JSON, TRUE },
  { "html", PRACTICE_FAULT_HTML, FALSE },
  { "blocked", PRACTICE_FAULT_BLOCKED, FALSE },
  { "redirect", PRACTICE_FAULT_REDIRECT, FALSE },
  { "big", PRACTICE_FAULT_BIG, TRUE },
  { "nested", PRACTICE_FAULT_NESTED, TRUE },
  { "empty", PRACTICE_FAULT_EMPTY, TRUE },
  { "wrong-shape", PRACTICE_FAULT_WRONG_SHAPE, TRUE },
  { "reply", PRACTICE_FAULT_REPLY, TRUE },
};

/* The members a rule may have. */
static const PracticeMember members[] = {
  { "fault", PRACTICE_STRING, TRUE },
  { "note", PRACTICE_STRING },
  { "method", PRACTICE_STRING },
  { "path", PRACTICE_STRING },
  { "operation", PRACTICE_STRING },
  { "dataset", PRACTICE_STRING },
  { "nth", PRACTICE_INTEGER },
  { "times", PRACTICE_INTEGER },
  { "probability", PRACTICE_NUMBER },
  { "delay_ms", PRACTICE_INTEGER },
  { "until", PRACTICE_STRING },
  { "effect", PRACTICE_BOOLEAN },
  { "effect_after_ms", PRACTICE_INTEGER },
  { "status", PRACTICE_INTEGER },
  { "headers", PRACTICE_OBJECT },
  { "body", PRACTICE_STRING },
  { "location", PRACTICE_STRING },
  { "ip", PRACTICE_STRING },
  { "at", PRACTICE_INTEGER },
  { "chunked", PRACTICE_BOOLEAN },
  { "reset", PRACTICE_BOOLEAN },
  { "rate", PRACTICE_INTEGER },
  { "mb", PRACTICE_INTEGER },
  { "depth", PRACTICE_INTEGER },
  { "set", PRACTICE_OBJECT },
  { "remove", PRACTICE_STRINGS },
  { NULL },
};

static const char help[] =
  "The fault file is a JSON array of rules, read again whenever it changes; all rules then count\n"
  "from the start. The first rule that fires for a request wins.\n"
  "\n"
  "Which requests (all that are given have to fit):\n"
  "  \"method\": \"POST\"     \"path\": glob on the path, * and ?     \"operation\": glob on its "
  "name\n"
  "  \"dataset\": id in the path     \"nth\": N from the Nth fitting request on (default 1)\n"
  "  \"times\": N how often it fires (default always)     \"probability\": 0 to 1\n"
  "What happens: \"fault\" is one of\n"
  "  delay         only delay_ms or until\n"
  "  status        \"status\" (default 503), \"headers\": {}, \"body\": text\n"
  "  reset-before  TCP reset before the body is read, nothing carried out\n"
  "  reset-after   TCP reset instead of the reply\n"
  "  close         closed without a reply\n"
  "  close-reused  the same, only on a connection that carried a request before\n"
  "  hang          never answered, the connection stays open\n"
  "  truncate      Content-Length of the whole, closed after \"at\" bytes (default half);\n"
  "                \"chunked\": true: in chunks, the last one missing; \"reset\": true: TCP reset\n"
  "                at that point\n"
  "  drip          \"rate\" bytes a second (default 100), then closed\n"
  "  broken-json   the reply with its end cut off, the length being right\n"
  "  html          an HTML page, \"status\" (default 200), \"body\"\n"
  "  blocked       the page for addresses that are not allowed; \"ip\"; \"status\" 200 or 303\n"
  "  redirect      \"status\" (default 302), \"location\"\n"
  "  big           \"mb\" megabytes of JSON (default 200)\n"
  "  nested        \"depth\" brackets (default 100000)\n"
  "  empty         no body, \"status\" (default 200)\n"
  "  wrong-shape   an object where an array belongs and the other way round\n"
  "  reply         \"set\": {member: value} and \"remove\": [member], in the reply or, where it is "
  "an\n"
  "                array, in each of its elements\n"
  "With any of them:\n"
  "  \"delay_ms\": N wait before answering     \"until\": wait until this file is there, its name being\n"
  "     relative to the fault file; NAME.waiting is there as soon as a request waits for NAME\n"
  "  \"effect\": true or false: is the call carried out? (default: true for delay, reset-after,\n"
  "     truncate, drip, broken-json, big, nested, empty, wrong-shape, reply; else false)\n"
  "  \"effect_after_ms\": N it is carried out that long after the answer\n"
  "  \"note\": text for the reader\n"
  "Example: [{\"fault\": \"reset-after\", \"operation\": \"amplifier.migrate\", \"nth\": 3, "
  "\"times\": 1}]\n";

static gboolean
refuse (GError **error, const char *text, const char *detail)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s '%s'", text, detail);
  return FALSE;
}

static gboolean
known (JsonObject *rule, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, rule);
  while (json_object_iter_next (&iter, &name, &value))
    {
      const PracticeMember *m = members;
      GType type =
        JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;
      gboolean good = TRUE;

      while (m->name != NULL && !g_str_equal (m->name, name))
        m++;
      if (m->name == NULL)
        return refuse (error, "A fault rule has the unknown member", name);
      if (m->kind == PRACTICE_STRING)
        good = type == G_TYPE_STRING;
      else if (m->kind == PRACTICE_BOOLEAN)
        good = type == G_TYPE_BOOLEAN;
      else if (m->kind == PRACTICE_INTEGER)
        good = type == G_TYPE_INT64 && json_node_get_int (value) >= 0;
      else if (m->kind == PRACTICE_NUMBER)
        good = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
      else if (m->kind == PRACTICE_OBJECT)
        good = JSON_NODE_HOLDS_OBJECT (value);
      else if (m->kind == PRACTICE_STRINGS)
        good = JSON_NODE_HOLDS_ARRAY (value);
      if (!good)
        return refuse (error, "A fault rule has the wrong kind of value in", name);
    }
  return TRUE;
}

static GPatternSpec *
pattern (const PracticeFault *self, const char *name)
{
  const char *text = practice_fault_text (self, name, NULL);

  return text != NULL ? g_pattern_spec_new (text) : NULL;
}

PracticeFault *
practice_fault_new (JsonObject *rule, const char *folder, GError **error)
{
  g_autoptr (PracticeFault) self = g_new0 (PracticeFault, 1);
  const char *word;
  const char *until;
  guint k = 0;

  g_atomic_ref_count_init (&self->refs);
  self->rule = json_object_ref (rule);
  if (!known (rule, error))
    return NULL;
  word = practice_fault_text (self, "fault", "");
  while (k < G_N_ELEMENTS (kinds) && !g_str_equal (kinds[k].word, word))
    k++;
  if (k == G_N_ELEMENTS (kinds))
    {
      refuse (error, "There is no fault", word);
      return NULL;
    }
  self->kind = kinds[k].kind;
  self->word = kinds[k].word;
  self->method = g_strdup (practice_fault_text (self, "method", NULL));
  self->path = pattern (self, "path");
  self->operation = pattern (self, "operation");
  self->dataset = g_strdup (practice_fault_text (self, "dataset", NULL));
  self->nth = practice_fault_int (self, "nth", 1);
  self->times = practice_fault_int (self, "times", G_MAXUINT);
  self->probability = json_object_has_member (rule, "probability")
                        ? json_object_get_double_member (rule, "probability")
                        : 1.0;
  self->delay_ms = practice_fault_int (self, "delay_ms", 0);
  until = practice_fault_text (self, "until", NULL);
  self->until = until != NULL ? g_canonicalize_filename (until, folder) : NULL;
  self->effect_after = practice_fault_int (self, "effect_after_ms", -1);
  self->effect = json_object_has_member (rule, "effect")
                   ? json_object_get_boolean_member (rule, "effect")
                   : kinds[k].effect || self->effect_after >= 0;
  if (self->kind == PRACTICE_FAULT_RESET_BEFORE && self->effect)
    {
      refuse (error, "Nothing can be carried out after", word);
      return NULL;
    }
  return g_steal_pointer (&self);
}

PracticeFault *
practice_fault_ref (PracticeFault *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
practice_fault_unref (PracticeFault *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  json_object_unref (self->rule);
  g_free (self->method);
  g_clear_pointer (&self->path, g_pattern_spec_free);
  g_clear_pointer (&self->operation, g_pattern_spec_free);
  g_free (self->dataset);
  g_free (self->until);
  g_free (self);
}

gboolean
practice_fault_fires (PracticeFault *self,
                      PracticeRequest *request,
                      const char *operation,
                      gboolean reused,
                      double random)
{
  if (self->method != NULL && g_ascii_strcasecmp (self->method, request->method) != 0)
    return FALSE;
  if (self->path != NULL && !g_pattern_spec_match_string (self->path, request->path))
    return FALSE;
  if (self->operation != NULL &&
      (operation == NULL || !g_pattern_spec_match_string (self->operation, operation)))
    return FALSE;
  if (self->dataset != NULL && !practice_request_names (request, self->dataset))
    return FALSE;
  if (self->kind == PRACTICE_FAULT_CLOSE_REUSED && !reused)
    return FALSE;
  self->matched++;
  if (self->matched < self->nth || self->fired >= self->times || random >= self->probability)
    return FALSE;
  self->fired++;
  return TRUE;
}

gboolean
practice_fault_is_wire (const PracticeFault *self)
{
  switch (self->kind)
    {
    case PRACTICE_FAULT_RESET_BEFORE:
    case PRACTICE_FAULT_RESET_AFTER:
    case PRACTICE_FAULT_CLOSE:
    case PRACTICE_FAULT_CLOSE_REUSED:
    case PRACTICE_FAULT_HANG:
    case PRACTICE_FAULT_TRUNCATE:
    case PRACTICE_FAULT_DRIP:
      return TRUE;
    case PRACTICE_FAULT_DELAY:
    case PRACTICE_FAULT_STATUS:
    case PRACTICE_FAULT_BROKEN_JSON:
    case PRACTICE_FAULT_HTML:
    case PRACTICE_FAULT_BLOCKED:
    case PRACTICE_FAULT_REDIRECT:
    case PRACTICE_FAULT_BIG:
    case PRACTICE_FAULT_NESTED:
    case PRACTICE_FAULT_EMPTY:
    case PRACTICE_FAULT_WRONG_SHAPE:
    case PRACTICE_FAULT_REPLY:
      break;
    }
  return FALSE;
}

gint64
practice_fault_int (const PracticeFault *self, const char *name, gint64 fallback)
{
  return json_object_get_int_member_with_default (self->rule, name, fallback);
}

const char *
practice_fault_text (const PracticeFault *self, const char *name, const char *fallback)
{
  return json_object_get_string_member_with_default (self->rule, name, fallback);
}

const char *
practice_fault_help (void)
{
  return help;
}
