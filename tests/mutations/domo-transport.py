# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Mistakes on the way to the instance and back."""

MUTATIONS = [
    {
        'name': 'follow-redirects',
        'why': 'the token would go wherever an answer points',
        'file': 'src/domo/domo-call.c',
        'old': '  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);\n',
        'new': '',
        'tests': ['redirects'],
    },
    {
        'name': 'reuse-connection-for-writes',
        'why': 'libsoup would send some writes a second time by itself',
        'file': 'src/domo/domo-call.c',
        'old': 'soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION)',
        'new': 'soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT)',
        'tests': ['writes'],
    },
    {
        'name': 'retry-writes',
        'why': 'a move that was done would be asked for again',
        'file': 'src/domo/domo-retry.c',
        'old': 'if (operation->effect != DOMO_EFFECT_READS)',
        'new': 'if (operation->effect == DOMO_EFFECT_DESTROYS)',
        'tests': ['writes'],
    },
    {
        'name': 'token-to-other-origin',
        'why': 'the token belongs to one instance',
        'file': 'src/domo/domo-flight.c',
        'old': 'if (token != NULL && domo_address_owns_uri (address, soup_message_get_uri (message)))',
        'new': 'if (token != NULL)',
        'tests': ['redirects'],
    },
    {
        'name': 'call-every-failure-not-sent',
        'why': 'a write that may have been processed would be sent again',
        'file': 'src/domo/domo-judge.c',
        'old': 'details.delivery = journey->started ? DOMO_DELIVERY_UNKNOWN : DOMO_DELIVERY_NOT_SENT;',
        'new': 'details.delivery = DOMO_DELIVERY_NOT_SENT;',
        'tests': ['delivery'],
    },
    {
        'name': 'take-broken-chunks-for-whole',
        'why': 'half an answer would pass as a whole one',
        'file': 'src/domo/domo-body-stream.c',
        'old': 'if (n_read == 0 && !self->ended && has_lost_chunks (self))',
        'new': 'if (n_read == 0 && self->ended && has_lost_chunks (self))',
        'tests': ['delivery'],
    },
    {
        'name': 'accept-any-certificate',
        'why': 'anyone in between could read the token',
        'file': 'src/domo/domo-flight.c',
        'old': 'g_strcmp0 (subject, issuer) == 0;\n\n  return FALSE;',
        'new': 'g_strcmp0 (subject, issuer) == 0;\n\n  return TRUE;',
        'tests': ['certificates'],
    },
    {
        'name': 'believe-any-json-error',
        'why': 'a gateway in between would speak for the instance',
        'file': 'src/domo/domo-judge.c',
        'old': 'own->found = own->status == status && (',
        'new': 'own->found = (',
        'tests': ['errors'],
    },
    {
        'name': 'search-without-pace',
        'why': 'the instance allows 120 searches a minute',
        'file': 'src/domo/domo-session.c',
        'old': 'if ((operation->flags & DOMO_OPERATION_SEARCH) == 0)',
        'new': 'if ((operation->flags & DOMO_OPERATION_SEARCH) != 0)',
        'tests': ['retries'],
    },
]
