# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Stand-ins for parts of the desktop, by python3-dbusmock."""

import copy
import sys

from .waiting import until

MOCK = 'org.freedesktop.DBus.Mock'


class Mock:
    """A service on the session bus that keeps what it was called with."""

    def __init__(self, session, name, path, interface, arguments=()):
        self.session, self.name, self.path, self.interface = session, name, path, interface
        session.launch([sys.executable, '-m', 'dbusmock', '--session', *(arguments or (name, path, interface))],
                       'mock-' + name)
        session.wait_owner(name)

    def at(self, path, interface):
        """Another object of the same service."""
        other = copy.copy(self)
        other.path, other.interface = path, interface
        return other

    def call(self, method, signature, *arguments, interface=MOCK):
        from gi.repository import GLib
        return self.session.bus.call_sync(self.name, self.path, interface, method,
                                          GLib.Variant(signature, arguments) if arguments else None,
                                          None, 0, 10000, None).unpack()

    def add_method(self, name, taken, given, code):
        self.call('AddMethod', '(sssss)', self.interface, name, taken, given, code)

    def calls(self, method=None):
        """(method, arguments) of every call so far, oldest first."""
        found = [(name, list(arguments)) for _, name, arguments in self.call('GetCalls', '()')[0]]
        return [call for call in found if method is None or call[0] == method]

    def wait_call(self, method, count=1, deadline=15):
        until(lambda: len(self.calls(method)) >= count, f'{count} calls of {method}', deadline)
        return self.calls(method)

    def emit(self, signal, signature, *arguments):
        """Sends SIGNAL; SIGNATURE names the types of its arguments."""
        from gi.repository import GLib
        variants = [GLib.Variant(kind, value) for kind, value in zip(signature, arguments)]
        self.call('EmitSignal', '(sssav)', self.interface, signal, signature, variants)


CLIENT = '/org/gnome/SessionManager/Client1'
CLIENT_INTERFACE = 'org.gnome.SessionManager.ClientPrivate'


def session_manager(session):
    """org.gnome.SessionManager: counts Inhibit and Uninhibit; one client may register."""
    mock = Mock(session, 'org.gnome.SessionManager', '/org/gnome/SessionManager', 'org.gnome.SessionManager')
    mock.add_method('Inhibit', 'susu', 'u',
                    'self.cookie = getattr(self, "cookie", 0) + 1; ret = self.cookie')
    mock.add_method('Uninhibit', 'u', '', '')
    mock.add_method('IsInhibited', 'u', 'b', 'ret = False')
    mock.add_method('RegisterClient', 'ss', 'o', f'ret = dbus.ObjectPath("{CLIENT}")')
    mock.add_method('UnregisterClient', 'o', '', '')
    mock.call('AddObject', '(ssa{sv}a(ssss))', CLIENT, CLIENT_INTERFACE, {}, [('EndSessionResponse', 'bs', '', '')])
    return mock


def end_session(mock):
    """Tells the client that the session is about to end; returns the client, which keeps its answer."""
    client = mock.at(CLIENT, CLIENT_INTERFACE)
    client.emit('QueryEndSession', 'u', 0)
    return client


def inhibitions(mock):
    """How many inhibitions of a session manager's stand-in are held now."""
    return len(mock.calls('Inhibit')) - len(mock.calls('Uninhibit'))


def notifications(session):
    """org.freedesktop.Notifications."""
    return Mock(session, 'org.freedesktop.Notifications', '/org/freedesktop/Notifications',
                'org.freedesktop.Notifications', ('--template', 'notification_daemon'))
