/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "accounts/steward-account.h"

#include "steward-accounts-enums.h"

struct _StewardAccount
{
  GObject parent_instance;

  DomoAddress *address;
  char *world_origin;   /* nullable: of the practice instance */
  char *name;
  char *colour;
  gboolean practice;
  StewardTokenPlace token_place;
};

enum
{
  PROP_0,
  PROP_ADDRESS,
  PROP_NAME,
  PROP_COLOUR,
  PROP_PRACTICE,
  PROP_TOKEN_PLACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const colours[] = { "blue", "green", "yellow", "orange", "red", "purple", "brown", NULL };

G_DEFINE_FINAL_TYPE (StewardAccount, steward_account, G_TYPE_OBJECT)

static void
steward_account_finalize (GObject *object)
{
  StewardAccount *self = STEWARD_ACCOUNT (object);

  g_clear_object (&self->address);
  g_clear_pointer (&self->world_origin, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (steward_account_parent_class)->finalize (object);
}

static void
steward_account_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  StewardAccount *self = STEWARD_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_ADDRESS:
      g_value_set_object (value, self->address);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_COLOUR:
      g_value_set_string (value, self->colour);
      break;
    case PROP_PRACTICE:
      g_value_set_boolean (value, self->practice);
      break;
    case PROP_TOKEN_PLACE:
      g_value_set_enum (value, self->token_place);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_account_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  StewardAccount *self = STEWARD_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_ADDRESS:
      self->address = g_value_dup_object (value);
      break;
    case PROP_NAME:
      steward_account_set_name (self, g_value_get_string (value));
      break;
    case PROP_COLOUR:
      steward_account_set_colour (self, g_value_get_string (value));
      break;
    case PROP_PRACTICE:
      self->practice = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_account_class_init (StewardAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags kept = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = steward_account_finalize;
  object_class->get_property = steward_account_get_property;
  object_class->set_property = steward_account_set_property;

  properties[PROP_ADDRESS] = g_param_spec_object ("address", NULL, NULL, DOMO_TYPE_ADDRESS, once);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, kept);
  properties[PROP_COLOUR] = g_param_spec_string ("colour", NULL, NULL, NULL, kept);
  properties[PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, once);
  properties[PROP_TOKEN_PLACE] =
    g_param_spec_enum ("token-place", NULL, NULL, STEWARD_TYPE_TOKEN_PLACE, STEWARD_TOKEN_NOT_KNOWN,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
steward_account_init (StewardAccount *self)
{
  self->colour = g_strdup (colours[0]);
}

/**
 * steward_account_new:
 * @address: where the instance is
 * @name: (nullable): its name on screen, NULL for the address's own
 * @colour: (nullable): one of steward_account_get_colours(), NULL or unknown for the first
 * @practice: whether it is the practice instance
 *
 * Returns: (transfer full): a new account
 */
StewardAccount *
steward_account_new (DomoAddress *address,
                     const char  *name,
                     const char  *colour,
                     gboolean     practice)
{
  g_return_val_if_fail (DOMO_IS_ADDRESS (address), NULL);

  return g_object_new (STEWARD_TYPE_ACCOUNT,
                       "address", address,
                       "name", name != NULL ? name : domo_address_get_name (address),
                       "colour", colour,
                       "practice", practice,
                       NULL);
}

/**
 * steward_account_get_address:
 * @self: an account
 *
 * Returns: (transfer none): where the instance is
 */
DomoAddress *
steward_account_get_address (StewardAccount *self)
{
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (self), NULL);

  return self->address;
}

/**
 * steward_account_get_origin:
 * @self: an account
 *
 * Returns: (transfer none): by which the journal knows the instance
 */
const char *
steward_account_get_origin (StewardAccount *self)
{
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (self), NULL);

  return self->world_origin != NULL ? self->world_origin : domo_address_get_origin (self->address);
}

/**
 * steward_account_set_world:
 * @self: the practice instance's account
 * @world: which of its worlds it is, as steward_practice_dup_world() gives it
 */
void
steward_account_set_world (StewardAccount *self,
                           const char     *world)
{
  g_return_if_fail (STEWARD_IS_ACCOUNT (self));
  g_return_if_fail (self->practice);

  g_free (self->world_origin);
  self->world_origin = g_strconcat ("practice:", world, NULL);
}

/**
 * steward_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none): the name on screen, never empty
 */
const char *
steward_account_get_name (StewardAccount *self)
{
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (self), NULL);

  return self->name != NULL ? self->name : domo_address_get_name (self->address);
}

/**
 * steward_account_set_name:
 * @self: an account
 * @name: (nullable): the name on screen; empty or NULL takes the address's own
 */
void
steward_account_set_name (StewardAccount *self,
                          const char     *name)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (STEWARD_IS_ACCOUNT (self));

  if (name != NULL)
    stripped = g_strstrip (g_strdup (name));
  if (stripped != NULL && *stripped == '\0')
    g_clear_pointer (&stripped, g_free);
  if (g_strcmp0 (stripped, self->name) == 0)
    return;

  g_free (self->name);
  self->name = g_steal_pointer (&stripped);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * steward_account_get_colour:
 * @self: an account
 *
 * Returns: (transfer none): one of steward_account_get_colours()
 */
const char *
steward_account_get_colour (StewardAccount *self)
{
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (self), NULL);

  return self->colour;
}

/**
 * steward_account_set_colour:
 * @self: an account
 * @colour: (nullable): one of steward_account_get_colours(); anything else takes the first
 */
void
steward_account_set_colour (StewardAccount *self,
                            const char     *colour)
{
  g_return_if_fail (STEWARD_IS_ACCOUNT (self));

  if (colour == NULL || !g_strv_contains (colours, colour))
    colour = colours[0];
  if (g_strcmp0 (colour, self->colour) == 0)
    return;

  g_free (self->colour);
  self->colour = g_strdup (colour);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}

/**
 * steward_account_is_practice:
 * @self: an account
 *
 * Returns: whether it is the practice instance
 */
gboolean
steward_account_is_practice (StewardAccount *self)
{
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (self), FALSE);

  return self->practice;
}

/**
 * steward_account_get_token_place:
 * @self: an account
 *
 * Returns: where its token is, as far as it was looked up
 */
StewardTokenPlace
steward_account_get_token_place (StewardAccount *self)
{
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (self), STEWARD_TOKEN_NOT_KNOWN);

  return self->token_place;
}

/**
 * steward_account_set_token_place:
 * @self: an account
 * @place: where its token is
 *
 * For whoever looked the token up, stored or forgot it.
 */
void
steward_account_set_token_place (StewardAccount    *self,
                                 StewardTokenPlace  place)
{
  g_return_if_fail (STEWARD_IS_ACCOUNT (self));

  if (self->token_place == place)
    return;

  self->token_place = place;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN_PLACE]);
}

/**
 * steward_account_get_colours:
 *
 * The colours that an account may have.
 *
 * Returns: (transfer none) (array zero-terminated=1): their names, the first is the default
 */
const char *const *
steward_account_get_colours (void)
{
  return colours;
}
