#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Kills and power cuts in the midst of runs: the short form. With --power only power cuts."""

import sys

import crash_driver
import crash_judge
import tap

POWER = '--power' in sys.argv
KILLS = 32


def test_nothing_is_lost_and_nothing_is_sent_twice():
    tally = crash_driver.run(KILLS, seed=2 if POWER else 1, survivors=('none', 'some') if POWER else ('killed',),
                             say=tap.explain, patient=False)
    for line in tally.table():
        tap.explain(line)
    tap.no([f'{kind}: {tally.wrongs[kind]}' for kind in crash_judge.WRONGS if tally.wrongs[kind]], 'Counted:')
    tap.check(tally.kills >= KILLS, f'only {tally.kills} kills')
    # Where a moment falls is up to the machine: the long form has to reach every window.
    missed = [window for window, row in tally.windows.items() if not row]
    tap.check(len(missed) <= 2, f'no kill fell in: {", ".join(missed)}')


if __name__ == '__main__':
    sys.argv = [argument for argument in sys.argv if argument != '--power']
    tap.main(globals())
