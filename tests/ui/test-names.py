#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Everything that takes the focus has a name that says what it is, on every page and in every dialog."""

import re

import admin
import steward_ui as ui


def above(node, condition):
    """Whether NODE or something that it lies in fulfils CONDITION."""
    while node is not None:
        if condition(node):
            return True
        node = node.parent
    return False


def inside_choice(node):
    """The lists that drop-downs and combo rows show their choice in are the toolkit's."""
    return above(node, lambda one: one.role == 'combo box' or one.role == 'list' and 'ListView' in one.name or
                 one.role in ('menu', 'popup menu'))


def list_item_of_expander(node):
    """A row that can be opened lies in a nameless row of the toolkit; what takes the focus is inside."""
    return node.role in ('list item', 'list') and any(
        child.name for child in node.find_all('list item', re.compile('.')))


def inside_expander(node):
    """The list in which a row that can be opened keeps what it hides is the toolkit's."""
    return node.name == 'GtkListBox' and above(node.parent, lambda one: one.role == 'list item')


def column_header(node):
    """The head of a table is not in the Tab order; the menu Sort By does the same."""
    return above(node, lambda one: one.name == 'GtkColumnViewTitle') or \
        node.role == 'table row' and bool([one for one in node.walk(skip=()) if one.name == 'GtkColumnViewTitle'])


def scroll_pane(node):
    """A scrolled area takes the focus only where nothing inside does."""
    return node.role == 'scroll pane'


def shortcuts_or_about(node):
    """These windows are the toolkit's."""
    frame = node.frame()
    return frame is not None and frame.name in ('Keyboard Shortcuts', 'Shortcuts', 'About Steward', 'About')


ALLOWED = (inside_choice, list_item_of_expander, inside_expander, column_header, scroll_pane, shortcuts_or_about)


class Names:
    def __init__(self, app):
        self.app = app
        self.found = []

    def look(self, where):
        for node in self.app.unnamed(ALLOWED):
            self.found.append(f'{where}: {node.role} {node.name!r} in {node.parent}')


@ui.options(timeout=180)
def test_every_page_and_dialog(session):
    app = session.start()
    names = Names(app)
    names.look('Welcome')
    app.find('push button', 'Connect to Domo').click()
    dialog = app.dialog('Connect to Domo')
    dialog.find('list item', 'How to get a token').point()
    names.look('Connect')
    with app.closing(dialog):
        session.key('Escape')
    app.find('push button', 'Open Practice Instance').click()
    app.find('label', 'Practice instance: nothing here reaches Domo', deadline=30)
    admin.enlarge(app, 1300, 1200)
    app.find('heading', 'Latest runs')
    names.look('Overview')
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    ui.until(lambda: len(admin.boxes(app)) > 10, 'the rows')
    list(admin.boxes(app).values())[0].point()
    app.find('push button', 'Clear Selection')
    names.look('Cloud Amplifier')
    app.find('push button', 'Review…').click()
    app.find('label', re.compile(r'^\d+ cards?, \d+ owners?$'), deadline=30)
    app.find('list item', 'Will be moved').point()
    names.look('Review')
    app.find('push button', 'Save Plan…').click()
    dialog = app.dialog()
    names.look('Save Plan')
    with app.closing(dialog):
        session.key('Escape')
    app.find('push button', 'Move 1 Dataset').click()
    app.find('push button', 'Done', deadline=30)
    names.look('Run')
    app.find('list', 'Datasets of the run', rows=True).find('table row').point(x=.3, count=2)
    app.find('label', 'Attempts')
    names.look('Dataset')
    app.find('push button', 'Back').click()
    app.find('push button', 'Done').click()
    admin.page(app, 'Runs')
    names.look('Runs')
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^Moved [0-9]')).click()
    names.look('Moved')
    for key, title in (('ctrl+comma', 'Preferences'), ('F1', None)):
        session.key(key)
        if title:
            dialog = app.dialog(title)
            names.look(title)
            with app.closing(dialog):
                session.key('Escape')
        else:
            app.find('label', re.compile('^Help'))
            names.look('Help')
    if names.found:
        raise AssertionError('\n'.join(names.found))


if __name__ == '__main__':
    ui.main(globals())
