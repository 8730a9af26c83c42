# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What the commands that take long have in common: a build folder with what they need in it."""

import os
import subprocess
import sys

import tap

CHECKED = ['-Dwerror=true', '-Db_sanitize=address,undefined', '-Db_lundef=false', '-Dbuildtype=debugoptimized']


def build(folder, options, *targets, environment=None):
    """Builds TARGETS in FOLDER, which is configured with OPTIONS if it is not there; tests find it afterwards."""
    folder = os.path.abspath(folder)
    environment = dict(os.environ, **(environment or {}))
    commands = []
    if not os.path.exists(os.path.join(folder, 'build.ninja')):
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        commands.append(['meson', 'setup', *options, folder, tap.source()])
    commands.append(['ninja', '-C', folder, *targets])
    for command in commands:
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
                                check=False)
        if result.returncode != 0:
            sys.exit(result.stdout[-4000:] + f'\n{os.path.basename(sys.argv[0])}: {folder} could not be built')
    os.environ['STEWARD_BUILD'] = folder
    os.environ['STEWARD_SOURCE'] = tap.source()
    for name in ('crash', 'fuzz', 'soak', 'practice'):
        sys.path.insert(0, os.path.join(tap.source(), 'tests', name))
