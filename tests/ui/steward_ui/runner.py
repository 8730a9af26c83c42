# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Runs each test in a process, a session and a home folder of its own, and reports TAP."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import tap

from .session import Session

PR_SET_CHILD_SUBREAPER = 36


def options(**chosen):
    """Marks a test with how its session is made: see Session. `timeout` is in seconds."""
    def mark(function):
        function.options = chosen
        return function
    return mark


def main(functions):
    """Runs every test_… of FUNCTIONS, or those named on the command line."""
    if len(sys.argv) == 4 and sys.argv[1] == '--inside':
        sys.exit(inside(functions[sys.argv[2]], sys.argv[2], sys.argv[3]))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        tap.main(functions, around=outside)
    finally:
        sweep()


def outside(function):
    """Runs FUNCTION in a process of its own and raises if it failed."""
    timeout = getattr(function, 'options', {}).get('timeout', 120)
    folder = tempfile.mkdtemp(prefix='steward-ui-')
    try:
        child = subprocess.Popen([sys.executable, sys.argv[0], '--inside', function.__name__, folder],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 start_new_session=True)
        said = []

        def listen():
            for line in child.stdout:
                said.append(line.decode(errors='replace'))
                tap.explain(said[-1])
        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        late = False
        try:
            child.wait(timeout)
        except subprocess.TimeoutExpired:
            # The session says where it stands, and then ends.
            late = True
            child.send_signal(signal.SIGALRM)
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        # Daemons that the test left may hold the pipe open.
        sweep()
        listener.join(5)
        if late:
            raise AssertionError(f'not done after {timeout} s')
        if child.returncode != 0:
            raise AssertionError(f'status {child.returncode}' if child.returncode != 1 or not said else '')
    finally:
        sweep()
        shutil.rmtree(folder, ignore_errors=True)


def descendants():
    """The processes that this one or one below it started."""
    parents = {}
    for entry in os.listdir('/proc'):
        if entry.isdigit():
            try:
                with open(f'/proc/{entry}/stat', encoding='utf-8', errors='replace') as file:
                    parents[int(entry)] = int(file.read().rsplit(')', 1)[1].split()[1])
            except (OSError, IndexError):
                pass
    below, added = {os.getpid()}, True
    while added:
        new = {pid for pid, parent in parents.items() if parent in below} - below
        added = bool(new)
        below |= new
    return below - {os.getpid()}


def sweep():
    """Ends everything a test has left. A daemon comes back to this process as its child."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        left = descendants()
        if not left:
            return
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        time.sleep(0.01)


class Alarm(AssertionError):
    """The test took too long."""


def inside(function, name, folder):
    """Makes the session, runs FUNCTION in it; returns the exit status."""
    def ring(*_):
        raise Alarm('the test took too long; it stood here')
    signal.signal(signal.SIGALRM, ring)
    chosen = {key: value for key, value in getattr(function, 'options', {}).items() if key != 'timeout'}
    session = None
    try:
        session = Session(folder, name[5:], **chosen)
        function(session)
        session.end()
        return 0
    except BaseException as error:
        if isinstance(error, AssertionError) and not isinstance(error, Alarm):
            where = traceback.extract_tb(error.__traceback__)
            for frame in where:
                if frame.filename == os.path.abspath(sys.argv[0]) or frame.filename == sys.argv[0]:
                    print(f'{os.path.basename(frame.filename)}:{frame.lineno}: {frame.line}')
            print(error)
        else:
            traceback.print_exc(file=sys.stdout)
        if session:
            session.explain()
        return 1
    finally:
        sys.stdout.flush()
