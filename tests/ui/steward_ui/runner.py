# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Runs each test in a process, a session and a home folder of its own, and reports TAP."""

import ctypes
import faulthandler
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
# What a test may take unless it says otherwise, in seconds.
TIMEOUT = 90
# What a test that took too long has to tell why, and a file has left at its end for that.
EXPLAINING = 45
# Where so many tests took too long, the rest would, too.
MOST_LATE = 3


def options(**chosen):
    """Marks a test with how its session is made: see Session. `timeout` is in seconds."""
    def mark(function):
        function.options = chosen
        return function
    return mark


def timeout_of(function):
    return getattr(function, 'options', {}).get('timeout', TIMEOUT)


def main(functions):
    """Runs every test_… of FUNCTIONS, or those named on the command line."""
    if len(sys.argv) == 4 and sys.argv[1] == '--inside':
        sys.exit(inside(functions[sys.argv[2]], sys.argv[2], sys.argv[3]))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    file = File(functions)
    signal.signal(signal.SIGTERM, file.cut_off)
    try:
        file.refuse_short_limit()
        tap.main(functions, around=file.run)
    finally:
        sweep()


class File:
    """The tests of one file. Meson ends a file that takes too long without a word, so that every test has to be
    done, and explained, before that; STEWARD_TEST_SECONDS says when it is."""

    def __init__(self, functions):
        self.spent = 0
        self.limit = float(os.environ.get('STEWARD_TEST_SECONDS', 'inf'))
        self.needed = EXPLAINING + sum(timeout_of(function) for name, function in functions.items()
                                       if name.startswith('test_') and callable(function))
        self.late = 0
        self.child = None

    def refuse_short_limit(self):
        if self.needed > self.limit:
            print('1..1')
            tap.explain(f'The time-outs of its tests are {self.needed} s with what explaining takes; '
                        f'tests/ui/meson.build gives the file {self.limit:g} s.')
            print('not ok 1 - the tests fit into the time of the file', flush=True)
            sys.exit(1)

    def run(self, function):
        left = self.limit - EXPLAINING - self.spent
        if self.late >= MOST_LATE:
            raise AssertionError(f'not tried: {self.late} tests took too long')
        if left < 1:
            raise AssertionError(f'not tried: the {self.limit:g} s of the file are over')
        try:
            outside(self, function, min(timeout_of(function), left))
        except Late:
            self.late += 1
            raise

    def wait(self, child, seconds):
        """Waits for CHILD. What a machine that stood still took of the time does not count."""
        end = self.spent + seconds
        while True:
            since = time.monotonic()
            try:
                return child.wait(0.5)
            except subprocess.TimeoutExpired:
                if self.spent >= end:
                    raise
            finally:
                self.spent += min(time.monotonic() - since, 2)

    def cut_off(self, *_):
        """Meson, or a person, wants the end: half a second is left to say where the test stands."""
        if self.child:
            self.child.send_signal(signal.SIGALRM)
            time.sleep(0.3)
        print('Bail out! The file was ended from outside while the test above was running.', flush=True)
        sweep()
        os._exit(143)


class Late(AssertionError):
    """A test was not done in time."""


def outside(file, function, timeout):
    """Runs FUNCTION in a process of its own and raises if it failed."""
    folder = tempfile.mkdtemp(prefix='steward-ui-')
    try:
        child = subprocess.Popen([sys.executable, sys.argv[0], '--inside', function.__name__, folder],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 start_new_session=True)
        file.child = child
        said = []

        def listen():
            for line in child.stdout:
                said.append(line.decode(errors='replace'))
                tap.explain(said[-1])
        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        late = False
        try:
            file.wait(child, timeout)
        except subprocess.TimeoutExpired:
            # The session says where it stands, and then ends.
            late = True
            child.send_signal(signal.SIGALRM)
            try:
                child.wait(EXPLAINING - 15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        # Daemons that the test left may hold the pipe open.
        sweep()
        listener.join(5)
        if late:
            raise Late(f'not done after {timeout:g} s')
        if child.returncode != 0:
            raise AssertionError(f'status {child.returncode}' if child.returncode != 1 or not said else '')
    finally:
        file.child = None
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


class Alarm(BaseException):
    """The test took too long. Nobody who waits for something else may take it for his own."""


def inside(function, name, folder):
    """Makes the session, runs FUNCTION in it; returns the exit status."""
    def ring(*_):
        raise Alarm('the test took too long; it stood here')
    sys.stdout.reconfigure(line_buffering=True)
    signal.signal(signal.SIGALRM, ring)
    # Where it stands is told even if it does not come back from a call.
    faulthandler.register(signal.SIGALRM, file=sys.stdout, all_threads=False, chain=True)
    chosen = {key: value for key, value in getattr(function, 'options', {}).items() if key != 'timeout'}
    session = None
    try:
        session = Session(folder, name[5:], **chosen)
        function(session)
        session.end()
        return 0
    except BaseException as error:
        if isinstance(error, AssertionError):
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
