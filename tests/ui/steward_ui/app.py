# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A running program."""

import os
import re
import signal
import subprocess
import time

from . import atspi
from .access import ROWS, Node
from .waiting import Late, until

# What GLib prints for a warning or worse, and what the sanitizers print.
COMPLAINT = re.compile(r'(-(WARNING|CRITICAL|ERROR) \*\*|\*\* \((process|[\w.-]+):\d+\): (WARNING|CRITICAL|ERROR)|'
                       r'\*\* (WARNING|CRITICAL|ERROR) \*\*|AddressSanitizer|LeakSanitizer|runtime error:)')


class App:
    """The program, its windows and its widgets."""

    def __init__(self, session, command, environment, title):
        self.session = session
        self.command = command
        self.title = title
        self.expected = []
        self.said = session.path('logs', f'{title}-{len(session.apps)}.stderr')
        with open(self.said, 'wb') as err, open(self.said.replace('.stderr', '.stdout'), 'wb') as out:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                            env=environment)
        self.bus = session.accessibility
        self.bus_name = None
        self.parents = {}
        self.root = Node(self, atspi.ROOT)

    # life

    @property
    def running(self):
        return self.process.poll() is None

    def wait_ready(self, deadline=60):
        """Waits for the first window."""
        def look():
            if not self.running:
                raise AssertionError(f'{self.title} ended with status {self.process.returncode} before it '
                                     f'showed a window:\n{self.errors()}')
            self.bus_name = self.bus.program(self.process.pid)
            return self.bus_name and self.frames()
        until(look, f'a window of {self.title}', deadline, 0.05)
        return self

    def errors(self):
        with open(self.said, encoding='utf-8', errors='replace') as file:
            return file.read()

    def output(self):
        with open(self.said.replace('.stderr', '.stdout'), encoding='utf-8', errors='replace') as file:
            return file.read()

    def complaints(self):
        """The lines of the program's error output that no test may leave unexplained."""
        return [line for line in self.errors().splitlines() if COMPLAINT.search(line)
                and not any(re.search(pattern, line) for pattern in self.expected)]

    def expect(self, pattern):
        """Says that a complaint matching PATTERN belongs to this test."""
        self.expected.append(pattern)

    def wait_end(self, deadline=20):
        """Waits for the program's end; returns its status."""
        until(lambda: not self.running, f'{self.title} to end', deadline)
        return self.process.returncode

    def terminate(self, deadline=20):
        """Ends the program as log-out does; returns its status."""
        if self.running:
            self.process.send_signal(signal.SIGTERM)
        return self.wait_end(deadline)

    def kill(self):
        """Ends the program as a power cut does."""
        self.process.kill()
        return self.process.wait()

    def judge(self):
        """Fails on every warning that was not expected."""
        found = self.complaints()
        if found:
            raise AssertionError(f'{self.title} complained:\n  ' + '\n  '.join(found[:20]))

    # explaining a failure

    def print_errors(self, most=40):
        said = self.errors().splitlines()
        if said:
            print(f'{self.title} wrote:', *said[-most:], sep='\n  ')

    def print_tree(self, most=200):
        """Prints what the program shows. One that hangs is ended so that the sanitizer tells where."""
        if self.root._call(atspi.ACCESSIBLE, 'GetChildren') is None and self.running:
            print(f'{self.title} does not answer; it ends now, and stood here:')
            self.process.send_signal(signal.SIGSEGV)
            self.process.send_signal(signal.SIGCONT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                print('(it does not end either)')
            self.print_errors(80)
            return
        try:
            print(f'{self.title} showed:', *self.dump().splitlines()[:most], sep='\n  ')
        except Exception as error:
            print('no tree:', error)

    # widgets: those of all windows

    def frames(self):
        """The windows, oldest first."""
        reply = self.root._call(atspi.ACCESSIBLE, 'GetChildren')
        nodes = [Node(self, path) for _, path in reply[0]] if reply else []
        # GTK says of plain windows only whether they show.
        return [node for node in nodes if node.has('showing') or node.role in ('dialog', 'alert')]

    def find(self, role=None, name=None, **how):
        """See Node.find."""
        return self.root.find(role, name, **how)

    def find_all(self, role=None, name=None, **how):
        return self.root.find_all(role, name, **how)

    def wait_gone(self, role=None, name=None, **how):
        self.root.wait_gone(role, name, **how)

    def focused(self):
        """The node with the keyboard focus, or None."""
        for frame in self.frames():
            if frame.has('active'):
                # The rows of tables are many: they come last.
                for skip in (ROWS, ()):
                    nodes = [node for node in frame.walk(skip) if node != frame]
                    replies = self.bus.ask([(self.bus_name, node.path, atspi.ACCESSIBLE, 'GetState', None)
                                            for node in nodes])
                    bit = atspi.state_bit('focused')
                    for node, reply in zip(nodes, replies):
                        if reply and (reply[0][0] | reply[0][1] << 32) >> bit & 1:
                            return node
        return None

    def dump(self):
        return '\n'.join(line for frame in self.frames() for line in frame.dump())

    def unnamed(self, allowed=()):
        return [node for frame in self.frames() for node in frame.unnamed(allowed)]

    # windows

    def windows(self):
        return self.session.screen.windows(self.process.pid)

    def window(self, frame=None):
        """The X11 window that FRAME, or the program's first window, is shown in."""
        frame = frame or self.frames()[0]
        title = frame.name
        _, _, width, height = frame.extents()

        def look():
            best = None
            for window in self.windows():
                box = window.geometry()
                if box and window.title() == title and box[2] >= width and box[3] >= height:
                    spare = box[2] - width + box[3] - height
                    if best is None or spare < best[0]:
                        best = spare, window
            return best and best[1]
        return until(look, f'the window of {frame}')

    def content_origin(self, frame):
        """Where on the screen the content of FRAME begins: its window has an even shadow around it."""
        x, y, width, height = self.window(frame).geometry()
        _, _, inner_width, inner_height = frame.extents()
        return x + (width - inner_width) / 2, y + (height - inner_height) / 2

    def size(self, frame=None):
        """(width, height) of a window without its shadow."""
        return (frame or self.frames()[0]).extents()[2:]

    def resize(self, width, height, frame=None, deadline=10):
        """Gives a window's content the size, or as near to it as the window allows; returns what it got."""
        frame = frame or self.frames()[0]
        window = self.window(frame)
        outer = window.geometry()
        inner = self.size(frame)
        window.resize(width + outer[2] - inner[0], height + outer[3] - inner[1])
        self.settle(lambda: (window.geometry(), self.size(frame)), deadline)
        return self.size(frame)

    def settle(self, measure, deadline=10, quiet=0.3):
        """Waits until MEASURE () has been the same for QUIET seconds; returns it."""
        end = time.monotonic() + deadline
        last, since = measure(), time.monotonic()
        while time.monotonic() - since < quiet:
            if time.monotonic() > end:
                raise Late('the window did not come to rest')
            time.sleep(0.05)
            now = measure()
            if now != last:
                last, since = now, time.monotonic()
        return last

    def rest(self, frame=None, deadline=10):
        """Waits until what a window shows does not change any more, spinners aside."""
        x, y, width, height = self.window(frame).geometry()
        self.session.screen.still((max(x, 0), max(y, 0), width, height), deadline)

    def closing(self, frame):
        """With app.closing (dialog): click. Waits until the dialog's window is unmapped, or the next
        click would be swallowed."""
        return Closing(self, frame)

    def dialog(self, name=None, deadline=10):
        """The newest window beside the first, by its title, a text or a pattern, if NAME is given."""
        def look():
            for frame in reversed(self.frames() if isinstance(name, str) else self.frames()[1:]):
                if name is None or (name.search(frame.name) if isinstance(name, re.Pattern) else frame.name == name):
                    return frame
            return None
        return until(look, f'a dialog {name or ""!r}', deadline)

    def picture(self, name, frame=None):
        """Takes a picture of a window, or of the first one, and of what lies on it; returns its path."""
        x, y, width, height = self.window(frame).geometry()
        return self.session.picture(name, (max(x, 0), max(y, 0), width, height))


class Started:
    """A process that somebody else has started, as far as App needs one."""

    returncode = None

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        """As that of Popen; how it ended is known to its parent only."""
        try:
            with open(f'/proc/{self.pid}/stat', encoding='utf-8', errors='replace') as file:
                if file.read().rsplit(')', 1)[1].split()[0] != 'Z':
                    return None
        except OSError:
            pass
        self.returncode = 0
        return self.returncode

    def send_signal(self, number):
        os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout=20):
        until(lambda: self.poll() is not None, f'the end of process {self.pid}', timeout)
        return self.returncode


class Activated(App):
    """A program that the session bus has started: what it writes is in the log of the bus."""

    def __init__(self, session, pid, title):
        self.session = session
        self.title = title
        self.expected = []
        self.process = Started(pid)
        self.said = session.path('logs', 'bus.log')
        self.bus = session.accessibility
        self.bus_name = None
        self.parents = {}
        self.root = Node(self, atspi.ROOT)


class Closing:
    """Waits at its end for a window to be gone."""

    def __init__(self, app, frame):
        self.window = app.window(frame)
        self.frame = frame

    def __enter__(self):
        return self.frame

    def __exit__(self, kind, *_):
        if kind is None:
            until(lambda: not self.window.shown(), f'the window of {self.frame} to close')


def environment_of(process):
    """The environment of a process as the system tells it."""
    with open(f'/proc/{process.pid}/environ', 'rb') as file:
        return dict(entry.split('=', 1) for entry in os.fsdecode(file.read()).split('\0') if '=' in entry)
