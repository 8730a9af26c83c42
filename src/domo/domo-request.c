/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-error.h"

#define JSON_CONTENT_TYPE "application/json"

typedef struct
{
  char *name;
  char *value;
} Parameter;

struct _DomoRequest
{
  gatomicrefcount ref_count;
  const DomoOperation *operation;
  GPtrArray *arguments; /* of char * */
  GArray *query;        /* of Parameter */
  char *content_type;
  GBytes *body;
  gboolean is_json;
  JsonNodeType json_type;
  GType json_value_type;
};

G_DEFINE_BOXED_TYPE (DomoRequest, domo_request, domo_request_ref, domo_request_unref)

static void
parameter_clear (gpointer data)
{
  Parameter *parameter = data;

  g_free (parameter->name);
  g_free (parameter->value);
}

static DomoRequest *
request_new (const DomoOperation *operation)
{
  DomoRequest *self = g_new0 (DomoRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->operation = operation;
  self->arguments = g_ptr_array_new_with_free_func (g_free);
  self->query = g_array_new (FALSE, FALSE, sizeof (Parameter));
  g_array_set_clear_func (self->query, parameter_clear);

  return self;
}

/* Every failure here means the same: the request was not built, nothing was sent. */
static gboolean G_GNUC_PRINTF (2, 3)
refuse (GError **error,
        const char *format,
        ...)
{
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_NOT_SENT, .retry_after = -1 };
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_propagate_error (error, domo_error_new (DOMO_ERROR_BAD_REQUEST, &details, "%s", sentence));

  return FALSE;
}

/* A segment that is empty or made of dots would name another path than the table's. */
static gboolean
append_argument (GString *path,
                 const char *argument,
                 GError **error)
{
  g_autofree char *escaped = NULL;

  if (*argument == '\0' || strcmp (argument, ".") == 0 || strcmp (argument, "..") == 0)
    return refuse (error, _ ("The request cannot be made: “%s” is not a usable id."), argument);
  if (!g_utf8_validate (argument, -1, NULL))
    return refuse (error, _ ("The request cannot be made: an id is not readable text."));

  escaped = g_uri_escape_string (argument, NULL, FALSE);
  g_string_append (path, escaped);

  return TRUE;
}

static gboolean
append_path (DomoRequest *self,
             GString *path,
             GError **error)
{
  const char *at = self->operation->path;
  guint n_expected = domo_operation_count_arguments (self->operation);
  guint n_used = 0;

  if (self->arguments->len != n_expected)
    return refuse (error,
                   _ ("The request cannot be made: %u ids are needed, %u were given."),
                   n_expected,
                   self->arguments->len);

  while (*at != '\0')
    {
      const char *open = strchr (at, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;

      if (close == NULL)
        {
          g_string_append (path, at);
          break;
        }

      g_string_append_len (path, at, open - at);
      if (!append_argument (path, self->arguments->pdata[n_used++], error))
        return FALSE;
      at = close + 1;
    }

  return TRUE;
}

static gboolean
has_parameter (DomoRequest *self,
               const char *name,
               gsize length)
{
  for (guint i = 0; i < self->query->len; i++)
    {
      const Parameter *parameter = &g_array_index (self->query, Parameter, i);

      if (strlen (parameter->name) == length && strncmp (parameter->name, name, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_required_parameters (DomoRequest *self,
                           GError **error)
{
  g_auto (GStrv) names = g_strsplit (self->operation->query, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      gsize length = strlen (names[i]);

      if (length < 2 || names[i][length - 1] != '!')
        continue;
      if (!has_parameter (self, names[i], length - 1))
        {
          names[i][length - 1] = '\0';
          return refuse (error, _ ("The request cannot be made: “%s” is missing."), names[i]);
        }
    }

  return TRUE;
}

static gboolean
append_query (DomoRequest *self,
              GString *path,
              GError **error)
{
  if (!check_required_parameters (self, error))
    return FALSE;

  for (guint i = 0; i < self->query->len; i++)
    {
      const Parameter *parameter = &g_array_index (self->query, Parameter, i);
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!domo_operation_has_query (self->operation, parameter->name))
        return refuse (error,
                       _ ("The request cannot be made: “%s” does not belong to it."),
                       parameter->name);
      if (!g_utf8_validate (parameter->value, -1, NULL))
        return refuse (error,
                       _ ("The request cannot be made: “%s” is not readable text."),
                       parameter->name);

      /* The documents write lists as "core,permission": a comma may stand as it is. */
      name = g_uri_escape_string (parameter->name, NULL, FALSE);
      value = g_uri_escape_string (parameter->value, ",", FALSE);
      g_string_append_printf (path, "%c%s=%s", i == 0 ? '?' : '&', name, value);
    }

  return TRUE;
}

/* Whether the JSON given is of the kind that the table says; no body at all is left to the caller. */
static gboolean
check_body (DomoRequest *self,
            GError **error)
{
  gboolean fits = TRUE;

  if (self->body == NULL)
    return TRUE;

  switch (self->operation->body)
    {
    case DOMO_BODY_NONE:
      fits = FALSE;
      break;
    case DOMO_BODY_OBJECT:
      fits = !self->is_json || self->json_type == JSON_NODE_OBJECT;
      break;
    case DOMO_BODY_ARRAY:
      fits = !self->is_json || self->json_type == JSON_NODE_ARRAY;
      break;
    case DOMO_BODY_BOOLEAN:
      fits = !self->is_json || self->json_value_type == G_TYPE_BOOLEAN;
      break;
    case DOMO_BODY_CSV:
    case DOMO_BODY_BINARY:
    case DOMO_BODY_MULTIPART:
      fits = !self->is_json;
      break;
    default:
      break;
    }

  if (!fits)
    return refuse (error, _ ("The request cannot be made: its content is of the wrong kind."));

  return TRUE;
}

/**
 * domo_request_new:
 * @operation_id: name of a row of the table of operations
 * @...: the path arguments in the order of the template, then %NULL
 *
 * Returns: (transfer full): a request
 */
DomoRequest *
domo_request_new (const char *operation_id,
                  ...)
{
  const DomoOperation *operation;
  DomoRequest *self;
  const char *argument;
  va_list arguments;

  g_return_val_if_fail (operation_id != NULL, NULL);
  operation = domo_operation_find (operation_id);
  g_return_val_if_fail (operation != NULL, NULL);

  self = request_new (operation);
  va_start (arguments, operation_id);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_ptr_array_add (self->arguments, g_strdup (argument));
  va_end (arguments);

  return self;
}

/**
 * domo_request_new_strv:
 * @operation_id: name of a row of the table of operations
 * @arguments: (nullable) (array zero-terminated=1): the path arguments in the order of the template
 *
 * Returns: (transfer full): a request
 */
DomoRequest *
domo_request_new_strv (const char *operation_id,
                       const char *const *arguments)
{
  const DomoOperation *operation;
  DomoRequest *self;

  g_return_val_if_fail (operation_id != NULL, NULL);
  operation = domo_operation_find (operation_id);
  g_return_val_if_fail (operation != NULL, NULL);

  self = request_new (operation);
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (self->arguments, g_strdup (arguments[i]));

  return self;
}

/**
 * domo_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
DomoRequest *
domo_request_ref (DomoRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * domo_request_unref:
 * @self: (transfer full): a request
 */
void
domo_request_unref (DomoRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->arguments);
  g_array_unref (self->query);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

/**
 * domo_request_set_query:
 * @self: a request
 * @name: name of a query parameter of the operation
 * @value: (nullable): its value, not escaped; %NULL takes the parameter out
 *
 * Sets one query parameter in place of what it was. Names the operation does not have are refused when
 * the request is built.
 */
void
domo_request_set_query (DomoRequest *self,
                        const char *name,
                        const char *value)
{
  Parameter added;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  for (guint i = 0; i < self->query->len; i++)
    {
      Parameter *parameter = &g_array_index (self->query, Parameter, i);

      if (strcmp (parameter->name, name) != 0)
        continue;

      if (value == NULL)
        {
          g_array_remove_index (self->query, i);
        }
      else
        {
          g_free (parameter->value);
          parameter->value = g_strdup (value);
        }
      return;
    }

  if (value == NULL)
    return;

  added.name = g_strdup (name);
  added.value = g_strdup (value);
  g_array_append_val (self->query, added);
}

/**
 * domo_request_set_json:
 * @self: a request
 * @body: (transfer none): the body, written out at once
 *
 * Sets a JSON body.
 */
void
domo_request_set_json (DomoRequest *self,
                       JsonNode *body)
{
  char *text;

  g_return_if_fail (self != NULL);
  g_return_if_fail (body != NULL);

  text = json_to_string (body, FALSE);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
  g_free (self->content_type);
  self->content_type = g_strdup (JSON_CONTENT_TYPE);
  self->is_json = TRUE;
  self->json_type = json_node_get_node_type (body);
  self->json_value_type = json_node_get_value_type (body);
}

/**
 * domo_request_set_bytes:
 * @self: a request
 * @content_type: media type of @body, as "text/csv"
 * @body: (transfer none): the body, sent as it is
 *
 * Sets a body that is not JSON.
 */
void
domo_request_set_bytes (DomoRequest *self,
                        const char *content_type,
                        GBytes *body)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (content_type != NULL);
  g_return_if_fail (body != NULL);

  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  self->is_json = FALSE;
}

/**
 * domo_request_get_operation:
 * @self: a request
 *
 * Returns: (transfer none): its row in the table
 */
const DomoOperation *
domo_request_get_operation (DomoRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->operation;
}

/**
 * domo_request_get_body:
 * @self: a request
 * @content_type: (out) (optional) (transfer none) (nullable): media type, %NULL without a body
 *
 * Returns: (transfer none) (nullable): the bytes that would be sent
 */
GBytes *
domo_request_get_body (DomoRequest *self,
                       const char **content_type)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (content_type != NULL)
    *content_type = self->content_type;

  return self->body;
}

/**
 * domo_request_build_path:
 * @self: a request
 * @error: return location
 *
 * Fills the template with the escaped arguments and appends the query. Empty arguments, "." and ".." are
 * refused, so are query parameters that the operation does not have, required ones that are missing,
 * and a body of the wrong kind: %DOMO_ERROR_BAD_REQUEST.
 *
 * Returns: (transfer full): path and query, ready for the wire; %NULL on failure
 */
char *
domo_request_build_path (DomoRequest *self,
                         GError **error)
{
  g_autoptr (GString) path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  path = g_string_new (NULL);
  if (!append_path (self, path, error) || !append_query (self, path, error) ||
      !check_body (self, error))
    return NULL;

  return g_string_free (g_steal_pointer (&path), FALSE);
}

/**
 * domo_request_to_text:
 * @self: a request
 * @address: where it would go
 *
 * The request as it would go over the wire, for people to read. The access token is not in it: a note
 * stands in its place. A body that is not text is named by its size.
 *
 * Returns: (transfer full): the text; for a request that cannot be built, the reason
 */
char *
domo_request_to_text (DomoRequest *self,
                      DomoAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GString *text;
  const char *data;
  gsize size;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (DOMO_IS_ADDRESS (address), NULL);

  path = domo_request_build_path (self, &error);
  if (path == NULL)
    return g_strdup (error->message);

  text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s HTTP/1.1\n", self->operation->method, path);
  g_string_append_printf (text, "Host: %s\n", strstr (domo_address_get_origin (address), "://") + 3);
  g_string_append (text, "Accept: application/json\n");
  if (self->body != NULL)
    g_string_append_printf (text, "Content-Type: %s\n", self->content_type);
  g_string_append_printf (text, "X-DOMO-Developer-Token: %s\n", _ ("(your access token, not shown)"));

  if (self->body == NULL)
    return g_string_free (text, FALSE);

  g_string_append_c (text, '\n');
  data = g_bytes_get_data (self->body, &size);
  if (self->operation->body == DOMO_BODY_BINARY || !g_utf8_validate (data, size, NULL))
    {
      g_autofree char *amount = g_format_size (size);

      g_string_append (text, amount);
    }
  else
    {
      g_string_append_len (text, data, size);
    }
  g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}
