#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Every translation is complete against the strings that the sources hold now."""

import os
import subprocess
import tempfile

import tap
import tree

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dcgettext:2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3']


def run(*command):
    done = subprocess.run(command, cwd=tree.TOP, capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL='C.UTF-8'), check=False)
    if done.returncode != 0:
        raise AssertionError(f'{" ".join(command)}:\n{done.stderr}')
    return done.stdout


def languages():
    return [line for line in tree.read('po/LINGUAS').split('\n') if line and not line.startswith('#')]


def lacking(folder, language):
    """(untranslated, fuzzy) messages of LANGUAGE against the strings as they are now."""
    names = [line for line in tree.read('po/POTFILES.in').splitlines() if line and not line.startswith('#')]
    listed = os.path.join(folder, 'files')
    with open(listed, 'w', encoding='utf-8') as file:
        file.write('\n'.join(names) + '\n')
    template = os.path.join(folder, 'steward.pot')
    run('xgettext', '--from-code=UTF-8', '--directory', tree.TOP, '--files-from', listed, '--output', template,
        *[f'--keyword={keyword}' for keyword in KEYWORDS])
    merged = os.path.join(folder, language + '.po')
    run('msgmerge', '--quiet', '--no-fuzzy-matching', '--no-wrap', '--output-file', merged,
        os.path.join(tree.TOP, 'po', language + '.po'), template)
    return [[line for line in run('msgattrib', option, '--no-obsolete', '--no-wrap', merged).splitlines()
             if line.startswith(('#:', 'msgid ')) and line != 'msgid ""']
            for option in ('--untranslated', '--only-fuzzy')]


def test_german_is_there():
    tap.check('de' in languages(), 'po/LINGUAS does not name de')


def test_translations_are_well_formed():
    for language in languages():
        run('msgfmt', '--check', '--output-file', os.devnull, os.path.join(tree.TOP, 'po', language + '.po'))


def test_translations_are_complete():
    with tempfile.TemporaryDirectory() as folder:
        for language in languages():
            untranslated, fuzzy = lacking(folder, language)
            tap.no(untranslated, f'Not translated in po/{language}.po:')
            tap.no(fuzzy, f'Fuzzy in po/{language}.po:')


if __name__ == '__main__':
    tap.main(globals())
