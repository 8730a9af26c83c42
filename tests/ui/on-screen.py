#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""on-screen.py [--size WxH] PROGRAM [ARGUMENT…]: runs a program on a display of its own and gives back its exit
status. Nothing else is on the display: no window manager, no accessibility."""

import os
import subprocess
import sys
import tempfile


def main(arguments):
    size = '1280x800'
    if arguments[:1] == ['--size']:
        size = arguments[1]
        arguments = arguments[2:]

    read, write = os.pipe()
    screen = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', f'{size}x24', '-noreset',
                               '-nolisten', 'tcp'], pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            print('Bail out! Xvfb did not start')
            return 1
        with tempfile.TemporaryDirectory(prefix='steward-screen-') as home:
            environment = {
                'GTK_A11Y': 'none', 'GSK_RENDERER': 'cairo', 'GDK_DEBUG': 'gl-disable',
                **os.environ,
                'DISPLAY': ':' + number, 'GDK_BACKEND': 'x11', 'HOME': home, 'XDG_RUNTIME_DIR': home,
                'XDG_CONFIG_HOME': home, 'XDG_CACHE_HOME': home, 'XDG_DATA_HOME': home,
            }
            environment.pop('WAYLAND_DISPLAY', None)
            # Whole stacks, or what fontconfig keeps could not be told from leaks of ours.
            if 'ASAN_OPTIONS' in environment:
                environment['ASAN_OPTIONS'] += ':fast_unwind_on_malloc=0:malloc_context_size=8'
            environment.setdefault('DBUS_SESSION_BUS_ADDRESS', 'disabled:')
            return subprocess.run(arguments, env=environment, check=False).returncode
    finally:
        screen.terminate()
        screen.wait()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
