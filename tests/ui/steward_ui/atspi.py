# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The accessibility bus, spoken directly: many questions go out at once, and no answer is remembered."""

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ACTION = 'org.a11y.atspi.Action'
COMPONENT = 'org.a11y.atspi.Component'
EDITABLE = 'org.a11y.atspi.EditableText'
TEXT = 'org.a11y.atspi.Text'
VALUE = 'org.a11y.atspi.Value'
PROPERTIES = 'org.freedesktop.DBus.Properties'
ROOT = '/org/a11y/atspi/accessible/root'
NULL = '/org/a11y/atspi/null'
WINDOW = 1
DEADLINE = 15000


def role_name(number):
    try:
        return Atspi.role_get_name(Atspi.Role(number))
    except ValueError:
        return 'unknown'


def state_bit(name):
    return int(getattr(Atspi.StateType, name.upper().replace('-', '_')))


class Bus:
    """The bus on which programs show their widgets."""

    def __init__(self, session_bus):
        address = session_bus.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                        0, DEADLINE, None).unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, interface, method, arguments=None):
        """The reply of one call. Raises GLib.Error."""
        return self.connection.call_sync(name, path, interface, method, arguments, None, 0, DEADLINE, None).unpack()

    def get(self, name, path, interface, property_name):
        return self.call(name, path, PROPERTIES, 'Get', GLib.Variant('(ss)', (interface, property_name)))[0]

    def ask(self, questions):
        """The replies to QUESTIONS, each (name, path, interface, method, arguments); None for an error.
        All are under way at the same time."""
        answers = [None] * len(questions)
        waiting = [len(questions)]

        def answered(connection, result, index):
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass
            waiting[0] -= 1
        for index, (name, path, interface, method, arguments) in enumerate(questions):
            self.connection.call(name, path, interface, method, arguments, None, 0, DEADLINE, None, answered, index)
        context = GLib.MainContext.default()
        while waiting[0]:
            context.iteration(True)
        return answers

    def program(self, pid):
        """The bus name of the program with process id PID, or None."""
        for name, _ in self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]:
            try:
                found = self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]
            except GLib.Error:
                continue
            if found == pid:
                return name
        return None
