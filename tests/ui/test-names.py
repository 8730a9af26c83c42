#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Everything that takes the focus has a name that says what it is, on every page and in every dialog."""

import re

import admin
import steward_ui as ui
from admin import same


def inside(node, *names):
    """Whether the parents of NODE, from the nearest outwards, are these: roles, or names of the toolkit's types."""
    for name in names:
        node = node.parent
        if node is None or name not in (node.role, node.name):
            return False
    return True


def shown_choice(node):
    """What a drop-down shows of its choice is a list item, but not in a list and not to be reached."""
    return node.name == 'GtkListItemWidget' and node.role == 'filler' and \
        inside(node, 'GtkStackPage', 'panel', 'panel', 'push button', 'combo box')


def choices(node):
    """The list of a drop-down and its items, which GTK 4.8 gives no way to name; the labels inside are read."""
    while node.role == 'list item' or node.role == 'list' and node.name == 'GtkListView' or node.role == 'scroll pane':
        node = node.parent
        if inside(node, 'GtkPopoverContent', 'GtkPopover', 'combo box') or inside(node, 'panel', 'combo box'):
            return True
    return False


def menu_pane(node):
    """A menu can be scrolled; its items take the focus."""
    return node.role == 'scroll pane' and inside(node, 'GtkPopoverContent', 'GtkPopoverMenu')


def toast_close(node):
    """The button that closes a toast has no name in libadwaita 1.2."""
    return node.role == 'push button' and inside(node, 'AdwToastWidget')


def shortcuts_search(node):
    """The search button of GtkShortcutsWindow, which the program cannot reach."""
    return node.role == 'push button' and node.name == 'GtkImage' and node.frame().name == 'Keyboard Shortcuts'


def about_inner(node):
    """The list, the pane and the button with the version inside AdwAboutWindow."""
    return (node.role, node.name) in (('list', 'GtkListBox'), ('scroll pane', ''), ('push button', 'GtkButton')) and \
        node.frame().name == 'About'


# The toolkit's inner widgets, each with its reason.
ALLOWED = (shown_choice, choices, menu_pane, toast_close, shortcuts_search, about_inner)


def lineage(node):
    """What NODE lies in, from itself outwards."""
    found = []
    while node is not None and len(found) < 6:
        found.append(f'{node.role} {node.name!r}')
        node = node.parent
    return ' in '.join(found)


class Names:
    """Looks at every window at once, and remembers what has no name."""

    def __init__(self, session, app):
        self.session, self.app = session, app
        self.found = []

    def look(self, where):
        for node in self.app.unnamed(ALLOWED):
            self.found.append(f'{where}: {lineage(node)}')

    def dialog(self, title=None, where=None, answer=None):
        """Looks at the dialog TITLE, closes it by ANSWER or Escape."""
        dialog = self.app.dialog(title)
        self.look(where or title)
        with self.app.closing(dialog):
            if answer:
                dialog.find('push button', answer).click()
            else:
                ui.until(self.app.window(dialog).active, 'the dialog to take the keyboard')
                self.session.key('Escape')

    def judge(self):
        if self.found:
            raise AssertionError('\n'.join(sorted(set(self.found))))


def menu(app, name, item):
    """Chooses ITEM of the menu NAME."""
    app.find('push button', name, where=lambda node: 'click' in node.actions()).click()
    app.find('menu item', re.compile(item)).click()


@ui.options(timeout=150)
def test_every_page(session):
    server = session.practice(datasets=240, latency=5)
    world = admin.fates(server)
    app = session.start()
    names = Names(session, app)
    names.look('Welcome')
    app.find('push button', 'Connect to Domo').click()
    dialog = app.dialog('Connect to Domo')
    dialog.find('list item', 'How to get a token').point()
    dialog.find('text', 'Instance').set_text(server.url)
    dialog.find('password text', 'Access token').set_text('not-the-token')
    dialog.find('push button', 'Connect').click()
    dialog.find('push button', 'Details').point()
    names.look('Connect')
    dialog.find('password text', 'Access token').set_text(server.token)
    with app.closing(dialog):
        dialog.find('push button', 'Connect').click()
    app.find('label', 'Connected as Jane Doe', deadline=20)
    admin.enlarge(app, 1300, 1200)
    app.find('heading', 'Latest runs')
    names.look('Overview')

    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    ui.until(lambda: len(admin.boxes(app)) > 10, 'the rows')
    app.find('push button', 'Which one do I need?', where=lambda node: 'click' in node.actions()).click()
    app.find('label', 'Which one do I need?')
    names.look('Which one do I need?')
    session.key('Escape')
    app.find('push button', 'More', where=lambda node: 'click' in node.actions()).click()
    app.find('menu item', re.compile('Open Plan'))
    names.look('More')
    session.key('Escape')
    collides = next(row for row in world.values() if row['collides'] and not row['moved'] and row['cards'])
    app.find('push button', 'Show Them').click()
    app.wait_gone('label', 'Ready', rows=True)
    row = app.find('table row', collides['name'], rows=True)
    app.settle(row.extents)
    row.point(x=.3, count=2)
    app.find('check box', re.compile('^Done: '))
    names.look('Cards to Re-point')
    app.find('push button', 'Back').click()
    app.find('combo box', 'State').point()
    names.look('State')
    session.key('Home', 'Return')
    app.find('label', 'Ready', rows=True)
    list(admin.boxes(app).values())[0].point()
    app.find('push button', 'Clear Selection')
    names.look('Cloud Amplifier')

    app.find('push button', 'Review…').click()
    app.find('label', re.compile(r'^\d+ cards?, \d+ owners?$'), deadline=30)
    for group in ('Will be moved', 'By dataset', 'Owners to tell', 'What will be sent'):
        expander = app.find('list item', group)
        admin.reveal(session, app, expander)
        expander.point(x=.2)
    app.find('label', re.compile('^POST '))
    names.look('Review')
    app.find('push button', 'Move 1 Dataset').click()
    app.find('push button', 'Done', deadline=30)
    names.look('Run')
    app.find('list', 'Datasets of the run', rows=True).find('table row').point(x=.3, count=2)
    attempt = app.find('list item', re.compile('^1: '))
    attempt.point(x=.2)
    app.find('push button', 'Copy Support ID')
    names.look('Dataset')
    app.find('push button', 'Back').click()
    app.find('push button', 'Done').click()
    admin.page(app, 'Runs')
    names.look('Runs')
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^Moved [0-9]')).click()
    names.look('Moved')
    session.key('F1')
    app.find('label', re.compile('^Help'))
    names.look('Help')
    names.judge()


@ui.options(timeout=150, environment={'STEWARD_PRACTICE_ARGUMENTS': '--latency 1200'})
def test_every_dialog(session):
    app = session.start('--practice', '--page', 'cloud-amplifier')
    names = Names(session, app)
    app.find('push button', re.compile('^To Move [0-9]'), deadline=60)
    admin.enlarge(app, 1300, 1200)
    session.key('ctrl+question')
    names.dialog('Keyboard Shortcuts')
    session.key('F10')
    app.find('menu item', 'About Steward')
    names.look('Main Menu')
    app.find('menu item', 'About Steward').click()
    names.dialog(None, 'About')
    session.key('ctrl+comma')
    preferences = app.dialog('Preferences')
    names.look('Preferences')
    preferences.find('push button', 'Reset Practice Data…').click()
    names.dialog('Reset Practice Data?', answer='Cancel')
    with app.closing(preferences):
        session.key('Escape')

    # Plans, and an error.
    menu(app, 'More', 'Open Plan')
    names.dialog('Open Plan', 'Open Plan without plans')
    path = session.path('plans', 'broken.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('{')
    menu(app, 'More', 'Import Plan')
    admin.open_file(session, app, 'Import Plan', path)
    names.dialog(None, 'an error', 'Close')
    for box in list(admin.boxes(app).values())[:3]:
        box.point()
    app.find('label', re.compile('^3 of '))
    app.find('push button', 'Review…').click()
    app.find('push button', 'Save Plan…').click()
    names.dialog('Save Plan', answer='Save')
    app.find('push button', 'Back').click()
    menu(app, 'More', 'Open Plan')
    chooser = app.dialog('Open Plan')
    chooser.find('push button', re.compile('^Delete “')).click()
    names.dialog(re.compile('^Delete “'), 'Delete a plan', 'Cancel')
    with app.closing(chooser):
        session.key('Escape')

    # A run under way.
    app.find('push button', 'Review…').click()
    app.find('push button', 'Move 3 Datasets').click()
    app.find('push button', 'Stop…', where=lambda node: node.sensitive).click()
    names.dialog('Stop this run?', answer='Cancel')
    session.key('ctrl+q')
    names.dialog('Datasets Are Being Moved', answer='Keep Running')
    names.look('Run under way')
    names.judge()


@ui.options(timeout=120)
def test_every_dialog_of_instances(session):
    server = session.practice(datasets=100, latency=5)
    app = session.start()
    names = Names(session, app)
    admin.connect(session, app, server)
    app.find('push button', re.compile('^Instance 127')).click()
    app.find('push button', 'Manage Instances…')
    names.look('Instances to choose from')
    app.find('push button', 'Manage Instances…').click()
    dialog = app.dialog('Instances')
    dialog.find('list item', '127.0.0.1').point()
    dialog.find('push button', 'Replace Token…')
    names.look('Instances')
    for verb, answer in (('Forget Token…', 'Cancel'), ('Remove Instance…', 'Cancel')):
        dialog.find('push button', verb).click()
        names.dialog(re.compile('127'), verb, answer)
    dialog.find('push button', 'Replace Token…').click()
    names.dialog('Replace Token')
    dialog.find('push button', 'Add Instance…').click()
    names.dialog('Connect to Domo', 'Add Instance')
    with app.closing(dialog):
        session.key('Escape')

    # More than fifty datasets of a real instance ask for its name.
    admin.enlarge(app, 1300, 1200)
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    menu(app, 'More', 'Rehearse')
    names.dialog('Rehearse This List?', answer='Cancel')
    list(admin.boxes(app).values())[0].point()
    app.find('push button', 'Select All Ready', where=lambda node: node.sensitive).click()
    app.find('push button', 'Review…').click()
    app.find('push button', re.compile('^Move [0-9]+ Datasets')).click()
    names.dialog(None, 'Type the name', 'Cancel')

    server.faults([{'path': '/api/*', 'fault': 'status', 'status': 401}])
    app.find('push button', 'Back').click()
    app.find('push button', 'Refresh').click()
    app.find('push button', 'Replace Token…')
    names.look('Token refused')
    server.faults([{'path': '/api/*', 'fault': 'html'}])
    app.terminate()
    app = names.app = session.start()
    app.find('push button', 'Retry', deadline=30)
    app.find('push button', 'Details', where=admin.touchable).point()
    names.look('No connection')
    same(server.requests('POST', '/federated/to/'), [], 'what was moved')
    names.judge()


if __name__ == '__main__':
    ui.main(globals())
