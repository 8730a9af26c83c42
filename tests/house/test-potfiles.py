#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""po/POTFILES.in names every file with text for people, and no other."""

import os
import re

import tap
import tree

CALL = re.compile(r'(?<![\w])(?:N?_|N?C_|Q_|gettext|ngettext|g_dngettext|g_dgettext|g_dpgettext2?)\s*\(\s*(?:GETTEXT_PACKAGE|NULL|")')
ATTRIBUTE = re.compile(r'\btranslatable\s*=\s*"(?:yes|true|1)"')


def named():
    lines = [line.strip() for line in tree.read('po/POTFILES.in').splitlines()]
    return [line for line in lines if line and not line.startswith('#')]


def translatable(path):
    text = tree.read(path)
    if path.endswith(('.c', '.h')):
        return bool(CALL.search(tree.without_comments(text)))
    if path.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml')):
        return True
    return bool(ATTRIBUTE.search(re.sub(r'<!--.*?-->', '', text, flags=re.DOTALL)))


def test_every_file_with_text_is_named():
    found = [path for path in tree.files('src', 'data', ends=('.c', '.h', '.ui', '.desktop.in', '.xml', '.xml.in'))
             if translatable(path)]
    tap.check(found, 'no file with text was found')
    tap.no(sorted(set(found) - set(named())), 'Add these to po/POTFILES.in:')


def test_every_named_file_exists():
    tap.no((path for path in named() if not os.path.isfile(os.path.join(tree.TOP, path))),
           'po/POTFILES.in names files that do not exist:')


def test_no_file_without_text_is_named():
    tap.no((path for path in named() if os.path.isfile(os.path.join(tree.TOP, path)) and not translatable(path)),
           'po/POTFILES.in names files without text:')


def test_names_are_sorted_and_single():
    tap.check(named() == sorted(set(named())), 'po/POTFILES.in is not sorted, or names a file twice')


if __name__ == '__main__':
    tap.main(globals())
