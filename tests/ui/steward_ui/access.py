# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Widgets as assistive technology sees them."""

import re

from . import atspi
from .atspi import GLib
from .waiting import Late, until

# Tables are what is large. (The boxes of a GtkFlowBox are table cells without a row.)
ROWS = {'table row'}
ENTRIES = {'text', 'entry', 'password text', 'label', 'paragraph'}
WINDOWS = {'frame', 'dialog', 'window', 'alert'}
TYPE_NAME = re.compile(r'^(Gtk|Adw|Steward|Gdk)[A-Z][A-Za-z]*$')
# Where a widget is touched to learn whether another one covers it.
POINTS = ((.5, .5), (.1, .1), (.9, .1), (.1, .9), (.9, .9))


class Missing(Late):
    """A widget was not found in time."""


def once(text):
    """A button's label doubles its name, the first time with the mark of its key: "_Cancel Cancel" is "Cancel"."""
    for first in (text, text.replace('_', '', 1)):
        half, odd = divmod(len(first), 2)
        if odd and first[half] == ' ' and first[:half] == first[half + 1:]:
            return first[:half]
    return text


def overlap(one, other):
    """True if more than half of the smaller of two nodes lies on the other one."""
    return 2 * common(one, other) > min(area(one), area(other)) > 0


def area(node):
    return node.seen_box[2] * node.seen_box[3] if node.seen_box else 0


def common(one, other):
    """How large the part is that lies in both nodes."""
    if not one.seen_box or not other.seen_box:
        return 0
    (x1, y1, w1, h1), (x2, y2, w2, h2) = one.seen_box, other.seen_box
    wide = min(x1 + w1, x2 + w2) - max(x1, x2)
    high = min(y1 + h1, y2 + h2) - max(y1, y2)
    return wide * high if wide > 0 and high > 0 else 0


class Surface:
    """What lies where in one window, asked once for each point while a tree is walked."""

    def __init__(self, frame):
        self.frame = frame
        self.hits = {}
        # A widget keeps its path as long as it lives, and hardly ever moves.
        self.parents = frame.app.parents

    def at(self, x, y):
        """The path of what lies on top there, or None if the program cannot tell."""
        if (x, y) not in self.hits:
            found = self.frame._call(atspi.COMPONENT, 'GetAccessibleAtPoint',
                                     GLib.Variant('(iiu)', (x, y, atspi.WINDOW)))
            self.hits[x, y] = found[0][1] if found and found[0][1] != atspi.NULL else None
        return self.hits[x, y]

    def parent(self, path):
        if path not in self.parents:
            parent = Node(self.frame.app, path).parent
            if not parent:
                return None
            self.parents[path] = parent.path
        return self.parents[path]

    def forget(self):
        """The points that it could not tell may be known now."""
        self.hits = {point: path for point, path in self.hits.items() if path}


class Node:
    """One accessible object of the program."""

    def __init__(self, app, path):
        self.app = app
        self.path = path
        # What the walk that found it saw.
        self.seen_role = self.seen_name = self.seen_box = self.surface = None
        self.seen_children = []

    def __repr__(self):
        return f'<{self.role} "{self.name}">'

    def __eq__(self, other):
        return isinstance(other, Node) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    # questions; objects die while they are asked

    def _call(self, interface, method, arguments=None, otherwise=None):
        try:
            return self.app.bus.call(self.app.bus_name, self.path, interface, method, arguments)
        except GLib.Error:
            return otherwise

    def _get(self, interface, name, otherwise=None):
        try:
            return self.app.bus.get(self.app.bus_name, self.path, interface, name)
        except GLib.Error:
            return otherwise

    @property
    def role(self):
        number = self._call(atspi.ACCESSIBLE, 'GetRole')
        return atspi.role_name(number[0]) if number else 'invalid'

    @property
    def name(self):
        return once(self._get(atspi.ACCESSIBLE, 'Name', ''))

    @property
    def description(self):
        return self._get(atspi.ACCESSIBLE, 'Description', '')

    @property
    def parent(self):
        found = self._get(atspi.ACCESSIBLE, 'Parent')
        return Node(self.app, found[1]) if found and found[1] not in (atspi.NULL, atspi.ROOT) else None

    @property
    def alive(self):
        return self._call(atspi.ACCESSIBLE, 'GetRole') is not None

    def has(self, *states):
        """True if it has every one of STATES, by their names in lower case: 'focused', 'checked' …"""
        reply = self._call(atspi.ACCESSIBLE, 'GetState')
        if not reply:
            return False
        mine = reply[0][0] | reply[0][1] << 32
        return all(mine >> atspi.state_bit(state) & 1 for state in states)

    @property
    def sensitive(self):
        return self.has('sensitive')

    @property
    def checked(self):
        return self.has('checked')

    @property
    def selected(self):
        return self.has('selected')

    @property
    def expanded(self):
        return self.has('expanded')

    @property
    def focused(self):
        return self.has('focused')

    # the tree

    def walk(self, skip=ROWS, hidden=False):
        """This node and all below it, first to last. Those whose role is in SKIP are left out with all
        below them and, unless HIDDEN, so is what has no size or lies behind a sibling: the other pages of a
        stack, rows that are not on the screen, closed pop-ups."""
        self._look(skip, hidden)
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.seen_children))

    def _look(self, skip, hidden):
        """Fills in the tree below, a level at a time."""
        bus, name = self.app.bus, self.app.bus_name
        property_name = GLib.Variant('(ss)', (atspi.ACCESSIBLE, 'Name'))
        window = GLib.Variant('(u)', (atspi.WINDOW,))
        self.seen_role, self.seen_name = self.role, self.name
        self.surface = None if hidden or self.path == atspi.ROOT else Surface(self.frame())
        level = [self]
        while level:
            replies = bus.ask([(name, node.path, atspi.ACCESSIBLE, 'GetChildren', None) for node in level])
            for node, reply in zip(level, replies):
                node.seen_children = [Node(self.app, path) for _, path in reply[0]] if reply else []
                for child in node.seen_children:
                    # Each window is a surface of its own.
                    child.surface = Surface(child) if node.path == atspi.ROOT else node.surface
                    self.app.parents[child.path] = node.path
            below = [child for node in level for child in node.seen_children]
            replies = bus.ask([question for child in below for question in (
                (name, child.path, atspi.ACCESSIBLE, 'GetRole', None),
                (name, child.path, atspi.PROPERTIES, 'Get', property_name),
                (name, child.path, atspi.COMPONENT, 'GetExtents', window))])
            for child, role, title, box in zip(below, replies[0::3], replies[1::3], replies[2::3]):
                child.seen_role = atspi.role_name(role[0]) if role else 'invalid'
                child.seen_name = once(title[0]) if title else ''
                child.seen_box = box[0] if box else None
            for node in level:
                node.seen_children = [child for child in node.seen_children if child.seen_role not in skip]
                if not hidden:
                    node._leave_out_hidden()
            level = [child for node in level for child in node.seen_children]

    def _leave_out_hidden(self):
        children = [child for child in self.seen_children
                    if child.seen_box is None or child.seen_box[2] > 0 and child.seen_box[3] > 0]
        if len(children) > 1 and self.seen_role not in ('list', 'table', 'tree table', 'list box', 'menu'):
            for child in children:
                if child.seen_box is None:
                    # A page of a stack is no widget itself.
                    inner = child._call(atspi.ACCESSIBLE, 'GetChildren')
                    if inner and len(inner[0]) == 1:
                        child.seen_box = Node(self.app, inner[0][0][1]).extents()
                        if child.seen_box[2] <= 0 or child.seen_box[3] <= 0:
                            child.seen_box = ()
            children = [child for child in children if child.seen_box != ()]
            self._leave_out_covered(children)
        self.seen_children = children

    def _leave_out_covered(self, children):
        """Takes those out of CHILDREN that lie behind others. Where the program cannot say who lies on top
        of whom, because it has never shown the inner widgets to anybody, the one that is surely seen counts."""
        rivals = {child: [other for other in children if other is not child and overlap(child, other)]
                  for child in children}
        seen = {}
        for child in children:
            if rivals[child]:
                seen[child] = child._on_top(rivals[child])
                if seen[child] is None:
                    child._wake()
                    seen[child] = child._on_top(rivals[child])
        for child, on_top in seen.items():
            if on_top is False or on_top is None and any(
                    seen[other] and 2 * common(child, other) > area(child) for other in rivals[child]):
                children.remove(child)

    def _wake(self, most=100):
        """Asks for the widgets below, MOST of them, so that the program has them at hand when it is asked what
        lies at a point."""
        level = [self.path]
        while level and most > 0:
            replies = self.app.bus.ask([(self.app.bus_name, path, atspi.ACCESSIBLE, 'GetChildren', None)
                                        for path in level])
            most -= len(level)
            level = [path for reply in replies if reply for _, path in reply[0]]
        self.surface.forget()

    def _on_top(self, rivals):
        """False if every point of this node is covered by one of RIVALS, None if that cannot be told."""
        left, top, width, height = self.seen_box
        covered = False
        others = {rival.path for rival in rivals}
        for across, down in POINTS:
            path = self.surface.at(int(left + width * across), int(top + height * down))
            if path is None:
                continue
            while path and path not in others:
                if path == self.path:
                    return True
                path = self.surface.parent(path)
            if path is None:
                return True
            covered = True
        return False if covered else None

    def matches(self, role, name):
        if role is not None and self.seen_role != role:
            return False
        if name is None:
            return True
        mine = self.seen_name
        return bool(name.search(mine)) if isinstance(name, re.Pattern) else mine == name

    def find_all(self, role=None, name=None, rows=False, hidden=False):
        """Every node below with that role and name, as they are now; NAME may be a compiled pattern.
        ROWS looks into tables as well."""
        skip = () if rows or role in ROWS else ROWS
        return [node for node in self.walk(skip, hidden) if node != self and node.matches(role, name)]

    def find(self, role=None, name=None, deadline=10, rows=False, hidden=False, where=None):
        """The first node below with that role and name for which WHERE (node) holds; waits for it."""
        skip = () if rows or role in ROWS else ROWS

        def look():
            for node in self.walk(skip, hidden):
                if node != self and node.matches(role, name) and (where is None or where(node)):
                    return node
            return None
        wanted = f'{role or "anything"} {name.pattern if isinstance(name, re.Pattern) else name or ""!r}'
        try:
            return until(look, f'{wanted} in {self}', deadline)
        except Late as late:
            raise Missing(str(late)) from None

    def wait_gone(self, role=None, name=None, deadline=10, rows=False):
        """Waits until nothing below has that role and name."""
        until(lambda: not self.find_all(role, name, rows), f'{role} {name!r} to go', deadline)

    def wait(self, condition, what, deadline=10):
        """Waits until CONDITION (this node) holds; returns the node."""
        until(lambda: condition(self), f'{what} of {self}', deadline)
        return self

    # text

    @property
    def text(self):
        """The text inside: of an entry what was typed, of a label what it shows, of others their name."""
        count = self._get(atspi.TEXT, 'CharacterCount')
        if count is None:
            return self.name
        return self._call(atspi.TEXT, 'GetText', GLib.Variant('(ii)', (0, count)), ('',))[0]

    def set_text(self, text):
        """Replaces the text of an entry."""
        done = self._call(atspi.EDITABLE, 'SetTextContents', GLib.Variant('(s)', (text,)))
        if not done or not done[0]:
            raise AssertionError(f'{self} does not take text')
        return self

    def words(self, skip=()):
        """Every text that can be read in and below this node, in order."""
        found = []
        for node in self.walk(skip=skip):
            text = node.text if node.seen_role in ENTRIES else node.seen_name
            if text and not TYPE_NAME.match(text) and (not found or found[-1] != text):
                found.append(text)
        return found

    # actions

    def actions(self):
        count = self._get(atspi.ACTION, 'NActions', 0)
        return [self._call(atspi.ACTION, 'GetName', GLib.Variant('(i)', (index,)), ('',))[0]
                for index in range(count)]

    def act(self, name):
        """Calls the action NAME."""
        actions = self.actions()
        if name not in actions:
            raise AssertionError(f'{self} has no action {name!r}, only {actions}')
        self._call(atspi.ACTION, 'DoAction', GLib.Variant('(i)', (actions.index(name),)))
        return self

    def click(self, deadline=10):
        """Clicks: by the action of a button, by the pointer on anything else."""
        until(lambda: self.sensitive, f'{self} to become sensitive', deadline)
        if 'click' in self.actions():
            return self.act('click')
        return self.point()

    def extents(self):
        """(x, y, width, height) within the content of its window; no size if it has none."""
        reply = self._call(atspi.COMPONENT, 'GetExtents', GLib.Variant('(u)', (atspi.WINDOW,)))
        return reply[0] if reply else (0, 0, 0, 0)

    def frame(self):
        """The window that it is in."""
        node = self
        while node and node.role not in WINDOWS:
            node = node.parent
        return node

    def place(self, x=0.5, y=0.5):
        """The screen point at the given part of its width and height."""
        left, top, width, height = self.extents()
        origin = self.app.content_origin(self.frame())
        return origin[0] + left + width * x, origin[1] + top + height * y

    def point(self, x=0.5, y=0.5, button=1, count=1):
        """Clicks with the pointer at the given part of its width and height."""
        until(lambda: self.extents()[2] > 0 and self.extents()[3] > 0, f'{self} to get a size', 5)
        self.app.session.screen.click(*self.place(x, y), button, count)
        return self

    def focus(self):
        """Takes the keyboard focus: entries by the pointer, everything else by the Tab key."""
        if self.role in ENTRIES:
            self.point()
        else:
            for _ in range(200):
                before = self.app.focused()
                if before == self:
                    return self
                self.app.session.key('Tab')
                until(lambda: self.app.focused() not in (None, before), f'the focus to move on from {before}')
        return self.wait(lambda node: self.app.focused() == node, 'focus')

    @property
    def value(self):
        """The number of a spin button, a bar or a slider; None if it has none."""
        return self._get(atspi.VALUE, 'CurrentValue')

    # judging

    def dump(self, skip=(), hidden=False):
        """The tree from here on, a line a node."""
        self._look(skip, hidden)
        lines = []

        def line(node, level):
            states = [state for state in ('focused', 'focusable', 'checked', 'selected', 'expanded', 'busy')
                      if node.has(state)]
            if not node.sensitive:
                states.append('insensitive')
            lines.append(f'{"  " * level}{node.seen_role} "{node.seen_name}"' +
                         (f' [{" ".join(states)}]' if states else ''))
            for child in node.seen_children:
                line(child, level + 1)
        line(self, 0)
        return lines

    def unnamed(self, allowed=()):
        """What takes the focus and has no name of its own: an empty one, its type's or its role's.
        ALLOWED are functions of the node that excuse the toolkit's own inner widgets."""
        found = []
        for node in self.walk(skip=()):
            name = node.seen_name.strip()
            if (not name or TYPE_NAME.match(name) or name.lower() == node.seen_role) and \
                    node.has('focusable') and not any(excuse(node) for excuse in allowed):
                found.append(node)
        return found
