# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Working with the keyboard alone: where the focus is, and how to get elsewhere."""

import re

import steward_ui as ui
from steward_ui.access import Node


class Keyboard:
    """Follows the focus as a screen reader does, by what the program tells of it."""

    def __init__(self, session, app):
        from gi.repository import GLib
        self.session, self.app = session, app
        self.context = GLib.MainContext.default()
        self.path = None
        self.count = 0
        app.bus.connection.signal_subscribe(app.bus_name, 'org.a11y.atspi.Event.Object', 'StateChanged', None,
                                            None, 0, self.changed)

    def changed(self, _connection, _sender, path, _interface, _signal, arguments):
        if arguments[0] == 'focused' and arguments[1]:
            self.path = path
            self.count += 1

    def focused(self):
        """The node that has the focus, as far as it was told."""
        while self.context.pending():
            self.context.iteration(False)
        return Node(self.app, self.path) if self.path else None

    def press(self, key):
        """Presses KEY and waits until the focus is elsewhere; False if it stays."""
        self.focused()
        before = self.count
        self.session.key(key)
        try:
            ui.until(lambda: self.focused() and self.count > before, 'the focus to move', 1)
            return True
        except AssertionError:
            return False

    def go(self, name, key='Tab', most=60):
        """Moves the focus by KEY until it is on something called NAME, a text or a compiled pattern."""
        seen = []
        # Only of widgets that were asked for once does the program tell anything.
        self.app.find_all('nothing')
        for _ in range(most):
            node = self.focused()
            here = node.name if node else ''
            if name.search(here) if isinstance(name, re.Pattern) else here == name:
                return node
            seen.append(here)
            if not self.press(key):
                node = self.app.focused()
                self.path = node.path if node else None
        raise AssertionError(f'{name} is not reached by {key}; the focus went over {seen}')

    def use(self, name, key='Tab', with_key='Return'):
        """Goes there and presses it."""
        node = self.go(name, key)
        self.session.key(with_key)
        return node
