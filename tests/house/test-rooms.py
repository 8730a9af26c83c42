#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What a room may know: includes go down, only domo/domo-operation.c spells a path of the API, nothing
blocks the main thread."""

import os
import re

import tap
import tree

# Which rooms the files of a room may include. src/main.c stands beside ui.
MAY = {
    'domo': {'domo'},
    'accounts': {'accounts', 'domo'},
    'migration': {'migration', 'domo'},
    'batch': {'batch', 'domo'},
    'practice': {'practice'},
    'ui': {'ui', 'accounts', 'batch', 'migration', 'domo'},
}
# What the build makes in a room's own folder.
GENERATED = re.compile(r'[\w-]+-(enums|resources|marshal)\.h')
TOOLKIT = r'^\s*#\s*include\s*[<"]((?:gtk|gdk|gsk|adwaita|gtksourceview|pango|graphene)[^>"]*)'
BLOCKING = (r'\b(soup_session_send|soup_session_send_and_read|g_file_load_contents|g_file_replace_contents|'
            r'g_spawn_sync|g_spawn_command_line_sync|g_subprocess_wait|g_subprocess_communicate|'
            r'g_subprocess_communicate_utf8|secret_\w+_sync|g_dbus_connection_call_sync|'
            r'g_dbus_proxy_call_sync|g_bus_get_sync|g_usleep|sleep|system)\s*\(')


def sources(*folders):
    return [path for path in tree.files(*(folders or ['src']), ends=('.c', '.h'))]


def room(path):
    parts = path.split(os.sep)
    return parts[1] if len(parts) > 2 else 'ui'


def test_there_is_something_to_look_at():
    tap.check(len(sources()) > 5, 'no sources were found')


def test_every_room_is_known():
    tap.no((path for path in sources() if room(path) not in MAY), 'These are in no room:')


def test_includes_name_a_room_that_may_be_used():
    wrong = []
    for path in sources():
        text = tree.without_comments(tree.read(path))
        for line, match in tree.find(r'^\s*#\s*include\s*"([^"]*)"', text):
            name = match.group(1)
            if name == 'config.h' or GENERATED.fullmatch(name):
                continue
            if '..' in name.split('/') or name.split('/')[0] not in MAY.get(room(path), ()) or '/' not in name:
                wrong.append(f'{path}:{line}: "{name}"')
    tap.no(wrong, 'An include names the room, goes down and never up:')


def test_includes_do_not_hide_in_angle_brackets():
    wrong = []
    for path in sources():
        for line, match in tree.find(r'^\s*#\s*include\s*<([^>]*)>', tree.read(path)):
            if match.group(1).split('/')[0] in MAY or '..' in match.group(1):
                wrong.append(f'{path}:{line}: <{match.group(1)}>')
    tap.no(wrong, 'Our own headers are included with quotes:')


def test_only_ui_knows_the_toolkit():
    wrong = []
    for path in sources():
        if room(path) != 'ui':
            wrong += [f'{path}:{line}: {match.group(1)}' for line, match in tree.find(TOOLKIT, tree.read(path))]
    tap.no(wrong, 'GTK and libadwaita belong to ui:')


def test_only_the_table_of_operations_spells_a_path():
    wrong = []
    for path in sources():
        if room(path) != 'practice' and path != os.path.join('src', 'domo', 'domo-operation.c'):
            text = tree.without_comments(tree.read(path))
            wrong += [f'{path}:{line}' for line, _ in tree.find('/api/', text)]
    for path in tree.files('src/ui', ends=('.ui',)):
        wrong += [f'{path}:{line}' for line, _ in tree.find('/api/', tree.read(path))]
    tap.no(wrong, 'Paths of the API are spelled in src/domo/domo-operation.c only:')


def test_nothing_blocks_the_main_thread():
    wrong = []
    for path in sources():
        if room(path) != 'practice':
            text = tree.without_comments(tree.read(path))
            wrong += [f'{path}:{line}: {match.group(1)}' for line, match in tree.find(BLOCKING, text)]
    tap.no(wrong, 'These calls block; use the asynchronous ones:')


if __name__ == '__main__':
    tap.main(globals())
