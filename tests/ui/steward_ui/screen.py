# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The screen: Xvfb, the window manager, the compositor; pointer, keys, windows, pictures."""

import os
import re
import subprocess
import time

from .waiting import until


def run(*command, check=True, timeout=None):
    """What COMMAND prints."""
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False, timeout=timeout)
    if check and done.returncode != 0:
        raise AssertionError(f'{" ".join(map(str, command))}: {done.stderr.strip() or done.returncode}')
    return done.stdout


class Window:
    """A window of X11."""

    def __init__(self, identifier):
        self.id = str(identifier)

    def __eq__(self, other):
        return isinstance(other, Window) and self.id == other.id

    def __hash__(self):
        return hash(self.id)

    def title(self):
        return run('xdotool', 'getwindowname', self.id, check=False).rstrip('\n')

    def geometry(self):
        """(x, y, width, height) on the screen, shadows included; None if it is gone."""
        text = run('xwininfo', '-id', self.id, check=False)
        found = [re.search(pattern + r':\s*(-?\d+)', text) for pattern in
                 ('Absolute upper-left X', 'Absolute upper-left Y', 'Width', 'Height')]
        return tuple(int(match.group(1)) for match in found) if all(found) else None

    def shown(self):
        return 'Map State: IsViewable' in run('xwininfo', '-id', self.id, check=False)

    def active(self):
        """True if it has the keyboard."""
        return run('xdotool', 'getactivewindow', check=False).strip() == self.id

    def resize(self, width, height):
        run('xdotool', 'windowsize', self.id, width, height)

    def close(self):
        """Asks for its end as the window manager's close button does."""
        run('xdotool', 'windowclose' if not self._polite() else 'windowquit', self.id)

    def _polite(self):
        return 'WM_DELETE_WINDOW' in run('xprop', '-id', self.id, 'WM_PROTOCOLS', check=False)

    def focus(self):
        run('xdotool', 'windowactivate', '--sync', self.id)


class Screen:
    """A display of its own."""

    def __init__(self, start, size, log):
        read, write = os.pipe()
        self.log = log
        start(['Xvfb', '-displayfd', str(write), '-screen', '0', f'{size[0]}x{size[1]}x24', '-noreset',
               '-nolisten', 'tcp'], 'Xvfb', pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise AssertionError('Xvfb did not start')
        self.display = ':' + number
        os.environ['DISPLAY'] = self.display
        start(['openbox', '--sm-disable', '--config-file', self._openbox()], 'openbox')
        start(['xcompmgr', '-n'], 'xcompmgr')
        until(lambda: '_NET_SUPPORTING_WM_CHECK(WINDOW)' in run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK'),
              'the window manager')

    def _openbox(self):
        """Windows appear at one place, take the focus, and keep their own decoration."""
        path = os.path.join(self.log, 'openbox.xml')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('<?xml version="1.0"?>\n'
                       '<openbox_config xmlns="http://openbox.org/3.4/rc">\n'
                       '<focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>\n'
                       '<placement><policy>Smart</policy><center>yes</center></placement>\n'
                       '<theme><name>Clearlooks</name></theme>\n'
                       '<keyboard/><mouse><dragThreshold>8</dragThreshold>\n'
                       '<context name="Client"><mousebind button="Left" action="Press">'
                       '<action name="Focus"/><action name="Raise"/></mousebind></context></mouse>\n'
                       '<applications/></openbox_config>\n')
        return path

    def windows(self, pid):
        """The visible windows of process PID, in no order."""
        found = run('xdotool', 'search', '--onlyvisible', '--all', '--pid', pid, '--name', '', check=False)
        return [Window(line) for line in found.split()]

    # Never mousemove --sync: it waits for a movement that does not come when the pointer is there already.

    def click(self, x, y, button=1, count=1):
        run('xdotool', 'mousemove', int(x), int(y), 'click', '--repeat', count, '--delay', 30, button)

    def move(self, x, y):
        run('xdotool', 'mousemove', int(x), int(y))

    def scroll(self, x, y, steps):
        """Turns the wheel over a point; positive STEPS go down."""
        run('xdotool', 'mousemove', int(x), int(y), 'click', '--repeat', abs(steps), '--delay', 10,
            5 if steps > 0 else 4)

    def key(self, *keys):
        """Presses KEYS one after the other, as xdotool names them: 'Tab', 'ctrl+f', 'Return'."""
        for key in keys:
            run('xdotool', 'key', '--clearmodifiers', key)

    def type(self, text):
        """Types TEXT, of letters that are on the keyboard, into what has the focus: for others the keyboard would be
        changed and changed back, and a busy program would see them too late."""
        if not text.isascii():
            raise ValueError(f'{text!r} cannot be typed; use set_text')
        run('xdotool', 'type', '--clearmodifiers', '--delay', 4, '--', text)

    def picture(self, path, area=None):
        """Saves what is on the screen, or in the AREA (x, y, width, height) of it, as PNG."""
        crop = ['-crop', '{2}x{3}+{0}+{1}'.format(*area), '+repage'] if area else []
        run('import', '-window', 'root', *crop, path, timeout=10)

    def still(self, area, deadline=10):
        """Waits until two pictures of AREA, taken one after the other, are the same, or the DEADLINE is over:
        what turns never stands still."""
        last, end = None, time.monotonic() + deadline
        while time.monotonic() < end:
            crop = '{2}x{3}+{0}+{1}'.format(*area)
            now = subprocess.run(['import', '-window', 'root', '-crop', crop, '+repage', 'rgb:-'],
                                 stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout
            if now == last:
                return
            last = now
            time.sleep(0.1)
