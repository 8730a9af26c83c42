/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-splitter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-error.h"
#include "domo/domo-json.h"

/* Where in the reply the next byte stands. */
typedef enum
{
  STATE_START,                  /* nothing but blanks so far */
  STATE_FIRST_ELEMENT,          /* behind the bracket of the list */
  STATE_ELEMENT,                /* behind a comma in the list */
  STATE_BEHIND_ELEMENT,
  STATE_FIRST_KEY,              /* behind the brace of the object around the list */
  STATE_KEY,                    /* behind a comma in that object */
  STATE_BEHIND_KEY,
  STATE_MEMBER,                 /* behind the colon */
  STATE_BEHIND_MEMBER,
  STATE_END,                    /* all is there */
} State;

/* What the value that is being taken is for. */
typedef enum
{
  ROLE_ELEMENT,
  ROLE_KEY,
  ROLE_SIBLING,
} Role;

struct _DomoSplitter
{
  char **array_members;         /* NULL: the reply itself is the list */
  DomoSplitterFunc func;
  gpointer user_data;

  State state;
  guint bom;                    /* bytes of a byte order mark that were seen */
  gboolean in_object;           /* the list is a member */
  gboolean found;               /* the list was met */
  gboolean is_null;             /* null stands in its place */
  gboolean is_other;            /* something else stands in its place */

  /* The value that is being taken. Only what an earlier chunk brought of it is copied. */
  gboolean taking;
  Role role;
  guint depth;
  gboolean in_string;
  gboolean in_escape;
  gboolean is_literal;          /* a number or a word: ends where something else begins */
  GString *held;

  char *key;                    /* with its quotes */
  char *member;                 /* name of the list */
  GString *siblings;            /* the object around the list, without the list */
  guint64 n_elements;
};

enum
{
  PLAIN,
  QUOTE,
  OPEN,
  CLOSE,
};

static const guint8 classes[256] = {
  ['"'] = QUOTE, ['{'] = OPEN, ['['] = OPEN, ['}'] = CLOSE, [']'] = CLOSE,
};

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static gboolean
is_literal_part (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '+' || c == '.';
}

static gboolean
fail (DomoSplitter *self,
      GError **error,
      const char *problem)
{
  g_autofree char *place = NULL;

  if (self->found && self->state != STATE_END && self->role == ROLE_ELEMENT)
    place = g_strdup_printf ("%s[%" G_GUINT64_FORMAT "]: ", self->member, self->n_elements);

  g_propagate_error (error,
                     domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, "%s%s",
                                     place != NULL ? place : "", _ (problem)));

  return FALSE;
}

/* Whether the key names the list. A name may be spelled with escapes. */
static gboolean
key_is_list (DomoSplitter *self)
{
  g_autoptr (JsonNode) node = domo_json_parse (self->key, strlen (self->key), NULL);
  const char *name = node != NULL ? json_node_get_string (node) : NULL;

  if (name == NULL || self->found ||
      !g_strv_contains ((const char *const *) self->array_members, name))
    return FALSE;

  g_free (self->member);
  self->member = g_strdup (name);

  return TRUE;
}

static gboolean
take_sibling (DomoSplitter *self,
              const char *text,
              gsize length,
              GError **error)
{
  if (key_is_list (self))
    {
      self->is_null = length == 4 && strncmp (text, "null", 4) == 0;
      self->is_other = !self->is_null;
    }
  if (self->siblings->len + length + strlen (self->key) > DOMO_SPLITTER_MAX_ELEMENT)
    return fail (self, error, N_ ("the reply is too large"));

  g_string_append_printf (self->siblings, "%s%s:", self->siblings->len > 0 ? "," : "", self->key);
  g_string_append_len (self->siblings, text, length);

  return TRUE;
}

/* A value is whole: from @start to @end, behind what is held of it. */
static gboolean
finish_value (DomoSplitter *self,
              const char *start,
              const char *end,
              GError **error)
{
  const char *text = start;
  gsize length = end - start;
  gboolean ok = TRUE;

  if (self->held->len > 0)
    {
      g_string_append_len (self->held, start, end - start);
      text = self->held->str;
      length = self->held->len;
    }

  switch (self->role)
    {
    case ROLE_ELEMENT:
      self->func (text, length, self->user_data);
      self->n_elements++;
      self->state = STATE_BEHIND_ELEMENT;
      break;

    case ROLE_KEY:
      g_free (self->key);
      self->key = g_strndup (text, length);
      self->state = STATE_BEHIND_KEY;
      break;

    case ROLE_SIBLING:
    default:
      ok = take_sibling (self, text, length, error);
      self->state = STATE_BEHIND_MEMBER;
      break;
    }

  self->taking = FALSE;
  /* One giant among the elements does not keep its memory. */
  if (self->held->allocated_len > 256 * 1024)
    {
      g_string_free (self->held, TRUE);
      self->held = g_string_new (NULL);
    }
  g_string_truncate (self->held, 0);

  return ok;
}

static gboolean
begin_value (DomoSplitter *self,
             Role role,
             char c,
             GError **error)
{
  self->role = role;
  if (c != '"' && c != '{' && c != '[' && !is_literal_part (c))
    return fail (self, error, N_ ("there is something that is no value"));

  self->taking = TRUE;
  self->depth = 0;
  self->in_string = FALSE;
  self->in_escape = FALSE;
  self->is_literal = is_literal_part (c);

  return TRUE;
}

/* Behind the end of the string, or @end if it is not there. */
static const char *
skip_string (DomoSplitter *self,
             const char *at,
             const char *end)
{
  if (self->in_escape && at < end)
    {
      at++;
      self->in_escape = FALSE;
    }

  while (at < end)
    {
      char c = *at++;

      if (c == '"')
        {
          self->in_string = FALSE;
          break;
        }
      if (c == '\\')
        {
          if (at == end)
            {
              self->in_escape = TRUE;
              break;
            }
          at++;
        }
    }

  return at;
}

/* Takes the value on. Sets *@at behind what was used. */
static gboolean
take_value (DomoSplitter *self,
            const char **at,
            const char *end,
            GError **error)
{
  /* The list itself is one level, the object around it another. */
  const guint max_depth = DOMO_JSON_MAX_DEPTH - (self->in_object ? 1 : 0) -
                          (self->role == ROLE_ELEMENT ? 1 : 0);
  const char *start = *at;
  const char *p = start;
  gboolean whole = FALSE;

  if (self->is_literal)
    {
      while (p < end && is_literal_part (*p))
        p++;
      whole = p < end;
    }

  while (!self->is_literal && !whole && p < end)
    {
      if (self->in_string)
        {
          p = skip_string (self, p, end);
          whole = !self->in_string && self->depth == 0;
          continue;
        }

      switch (classes[(guchar) *p++])
        {
        case QUOTE:
          self->in_string = TRUE;
          break;

        case OPEN:
          if (++self->depth > max_depth)
            return fail (self, error, N_ ("it is nested too deeply"));
          break;

        case CLOSE:
          whole = --self->depth == 0;
          break;

        default:
          break;
        }
    }

  *at = p;
  if (self->held->len + (p - start) > DOMO_SPLITTER_MAX_ELEMENT)
    return fail (self, error, N_ ("it is too large"));

  if (whole)
    return finish_value (self, start, p, error);

  g_string_append_len (self->held, start, p - start);

  return TRUE;
}

/* At the first byte that is no blank. */
static gboolean
start_reply (DomoSplitter *self,
             const char **at,
             GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  char c = **at;

  if (self->bom < 3 && c == mark[self->bom])
    {
      self->bom++;
      (*at)++;
      return TRUE;
    }
  if (self->bom != 0 && self->bom != 3)
    return fail (self, error, N_ ("the reply is not JSON"));

  (*at)++;
  /* Replies that are documented with the list inside an object have been seen without it. */
  if (c == '[')
    {
      self->found = TRUE;
      self->role = ROLE_ELEMENT;
      self->state = STATE_FIRST_ELEMENT;
      return TRUE;
    }
  if (c == '{' && self->array_members != NULL)
    {
      self->in_object = TRUE;
      self->state = STATE_FIRST_KEY;
      return TRUE;
    }

  return fail (self, error,
               self->array_members == NULL ? N_ ("expected a list") : N_ ("expected an object with a list"));
}

/* Behind the colon of a member. */
static gboolean
start_member (DomoSplitter *self,
              const char **at,
              GError **error)
{
  if (**at == '[' && key_is_list (self))
    {
      (*at)++;
      self->found = TRUE;
      self->role = ROLE_ELEMENT;
      self->state = STATE_FIRST_ELEMENT;
      return TRUE;
    }

  return begin_value (self, ROLE_SIBLING, **at, error);
}

/* Between values, at a byte that is no blank. */
static gboolean
take_sign (DomoSplitter *self,
           const char **at,
           GError **error)
{
  char c = **at;

  switch (self->state)
    {
    case STATE_START:
      return start_reply (self, at, error);

    case STATE_FIRST_ELEMENT:
    case STATE_BEHIND_ELEMENT:
      if (c == ']')
        {
          self->role = ROLE_SIBLING;
          self->state = self->in_object ? STATE_BEHIND_MEMBER : STATE_END;
          break;
        }
      if (self->state == STATE_FIRST_ELEMENT)
        return begin_value (self, ROLE_ELEMENT, c, error);
      if (c != ',')
        return fail (self, error, N_ ("a comma is missing"));
      self->state = STATE_ELEMENT;
      break;

    case STATE_ELEMENT:
      return begin_value (self, ROLE_ELEMENT, c, error);

    case STATE_FIRST_KEY:
    case STATE_BEHIND_MEMBER:
      if (c == '}')
        {
          self->state = STATE_END;
          break;
        }
      if (self->state == STATE_BEHIND_MEMBER)
        {
          if (c != ',')
            return fail (self, error, N_ ("a comma is missing"));
          self->state = STATE_KEY;
          break;
        }
      G_GNUC_FALLTHROUGH;

    case STATE_KEY:
      if (c != '"')
        return fail (self, error, N_ ("a member has no name"));
      return begin_value (self, ROLE_KEY, c, error);

    case STATE_BEHIND_KEY:
      if (c != ':')
        return fail (self, error, N_ ("a colon is missing"));
      self->state = STATE_MEMBER;
      break;

    case STATE_MEMBER:
      return start_member (self, at, error);

    case STATE_END:
    default:
      return fail (self, error, N_ ("something follows the end of the reply"));
    }

  (*at)++;

  return TRUE;
}

/**
 * domo_splitter_new:
 * @array_member: (nullable): name of the member that is the list, several spellings separated by "|";
 *   %NULL if the reply itself is the list. A reply that is a list is taken in either case.
 * @func: called for each element as soon as it is whole
 * @user_data: for @func
 *
 * Returns: (transfer full): a splitter
 */
DomoSplitter *
domo_splitter_new (const char *array_member,
                   DomoSplitterFunc func,
                   gpointer user_data)
{
  DomoSplitter *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (DomoSplitter, 1);
  self->array_members = array_member != NULL ? g_strsplit (array_member, "|", -1) : NULL;
  self->func = func;
  self->user_data = user_data;
  self->role = ROLE_SIBLING;
  self->held = g_string_new (NULL);
  self->member = g_strdup ("");
  self->siblings = g_string_new (NULL);

  return self;
}

/**
 * domo_splitter_free:
 * @self: (nullable) (transfer full): a splitter
 */
void
domo_splitter_free (DomoSplitter *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->array_members);
  g_string_free (self->held, TRUE);
  g_string_free (self->siblings, TRUE);
  g_free (self->key);
  g_free (self->member);
  g_free (self);
}

/**
 * domo_splitter_feed:
 * @self: a splitter
 * @data: (array length=length): the next bytes of the reply
 * @length: how many
 * @error: return location for a #DomoError, %DOMO_ERROR_BAD_REPLY
 *
 * Takes more of the reply. After an error the splitter takes nothing more.
 *
 * Returns: whether the reply could be read so far
 */
gboolean
domo_splitter_feed (DomoSplitter *self,
                    const char *data,
                    gsize length,
                    GError **error)
{
  const char *at = data;
  const char *end = data + length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  while (at < end)
    {
      gboolean ok;

      if (self->taking)
        ok = take_value (self, &at, end, error);
      else if (is_blank (*at))
        ok = ++at != NULL;
      else
        ok = take_sign (self, &at, error);

      if (!ok)
        return FALSE;
    }

  return TRUE;
}

/**
 * domo_splitter_end:
 * @self: a splitter
 * @error: return location for a #DomoError, %DOMO_ERROR_BAD_REPLY
 *
 * Says that no more bytes come.
 *
 * Returns: whether the whole list was there
 */
gboolean
domo_splitter_end (DomoSplitter *self,
                   GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->state == STATE_START)
    return fail (self, error, N_ ("the reply is empty"));
  if (self->state != STATE_END)
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REPLY, NULL,
                                         _ ("The reply broke off before its end.")));
      return FALSE;
    }
  /* An empty list may be written as null. */
  if (!self->found && !self->is_null)
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, "%s: %s",
                                         self->is_other ? self->member : self->array_members[0],
                                         self->is_other ? _ ("expected a list") : _ ("is missing")));
      return FALSE;
    }

  return TRUE;
}

/**
 * domo_splitter_get_member:
 * @self: a splitter
 *
 * Returns: (transfer none): name of the member that is the list, "" while none was met and if the reply
 *   itself is the list
 */
const char *
domo_splitter_get_member (DomoSplitter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->member;
}

/**
 * domo_splitter_get_siblings:
 * @self: a splitter
 * @length: (out): length of the text in bytes
 *
 * Returns: (transfer none) (nullable): the members beside the list as they were sent, without the
 *   braces around them; %NULL if the reply itself is the list
 */
const char *
domo_splitter_get_siblings (DomoSplitter *self,
                            gsize *length)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  *length = self->siblings->len;

  return self->in_object ? self->siblings->str : NULL;
}
