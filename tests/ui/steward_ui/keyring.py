# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A real gnome-keyring on the session bus."""

import subprocess

SERVICE = 'org.freedesktop.secrets'
PATH = '/org/freedesktop/secrets'
DEFAULT = PATH + '/aliases/default'


def start(session, password):
    """Starts the daemon and unlocks its login keyring; an empty password would not."""
    done = subprocess.run(['gnome-keyring-daemon', '--unlock', '--components=secrets', '--daemonize'],
                          input=password.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise AssertionError('gnome-keyring-daemon: ' + done.stderr.decode(errors='replace'))
    session.wait_owner(SERVICE)


def call(session, path, interface, method, arguments):
    return session.bus.call_sync(SERVICE, path, interface, method, arguments, None, 0, 10000, None)


def lock(session):
    """Locks the default keyring."""
    from gi.repository import GLib
    call(session, PATH, 'org.freedesktop.Secret.Service', 'Lock', GLib.Variant('(ao)', ([DEFAULT],)))


def locked(session):
    """True if the default keyring is locked."""
    from gi.repository import GLib
    return call(session, DEFAULT, 'org.freedesktop.DBus.Properties', 'Get',
                GLib.Variant('(ss)', ('org.freedesktop.Secret.Collection', 'Locked'))).unpack()[0]


def items(session, attributes):
    """(label, attributes, secret) of each item that has ATTRIBUTES, in an unlocked keyring."""
    import gi
    gi.require_version('Secret', '1')
    from gi.repository import Secret
    service = Secret.Service.get_sync(Secret.ServiceFlags.OPEN_SESSION | Secret.ServiceFlags.LOAD_COLLECTIONS, None)
    found = service.search_sync(None, attributes, Secret.SearchFlags.ALL | Secret.SearchFlags.LOAD_SECRETS, None)
    return [(item.get_label(), item.get_attributes(), item.get_secret().get_text() if item.get_secret() else None)
            for item in found]
