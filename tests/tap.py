# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Runs the functions of a test program called test_… and reports them as TAP.

At the end of a test program:

    if __name__ == '__main__':
        tap.main(globals())

A function fails by raising, and says why in the exception. With names as arguments only those run.
"""

import os
import sys
import time
import traceback


def source():
    """The top of the source tree."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def explain(text):
    """Prints TEXT as lines of diagnosis."""
    for line in str(text).rstrip().splitlines():
        print('# ' + line, flush=True)


def check(condition, message):
    """Fails the running test with MESSAGE unless CONDITION holds."""
    if not condition:
        raise AssertionError(message)


def no(problems, message):
    """Fails the running test if there are PROBLEMS, and lists them."""
    problems = list(problems)
    if problems:
        raise AssertionError(message + ''.join('\n  ' + str(problem) for problem in problems))


def main(functions, around=None):
    """Runs every test_… of FUNCTIONS; each inside AROUND (function) if that is given."""
    tests = [(name, function) for name, function in functions.items()
             if name.startswith('test_') and callable(function)]
    wanted = sys.argv[1:]
    if wanted:
        tests = [test for test in tests if test[0] in wanted or test[0][5:] in wanted]
    print(f'1..{len(tests)}', flush=True)
    failed = not tests
    for number, (name, function) in enumerate(tests, 1):
        title = name[5:].replace('_', ' ')
        start = time.monotonic()
        try:
            if around:
                around(function)
            else:
                function()
        except Exception as error:
            failed = True
            if isinstance(error, AssertionError):
                explain(error)
            else:
                explain(traceback.format_exc())
            print(f'not ok {number} - {title}', flush=True)
        else:
            print(f'ok {number} - {title}', flush=True)
        explain(f'took {time.monotonic() - start:.1f} s')
    sys.exit(1 if failed else 0)
