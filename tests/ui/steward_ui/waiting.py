# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Waiting for a condition, with a deadline."""

import time


class Late(AssertionError):
    """What was waited for did not come in time."""


def until(condition, what, deadline=10.0, pause=0.03):
    """Calls CONDITION until it returns something true, and returns that. Raises Late after DEADLINE
    seconds; WHAT says what was waited for and may be a function that is asked only then."""
    spent = 0
    while True:
        since = time.monotonic()
        result = condition()
        if result:
            return result
        if spent > deadline:
            raise Late(f'waited {deadline:g} s for {what() if callable(what) else what}')
        time.sleep(pause)
        # A machine that stood still must not take all of the time: there are at least three looks.
        spent += min(time.monotonic() - since, deadline / 3)
