#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""What is left when Steward is killed in the middle of a run, what needs attention, and a second Steward."""

import os
import re
import signal
import subprocess

import admin
import steward_ui as ui
from admin import check, same

MOVES = '/federated/to/amplifier/'


def begin(session, server, count, fails=0, stop=False, pause_after=0, **how):
    """A run of COUNT datasets that come out incomplete FAILS times first; returns Steward, the world, the ids."""
    world = admin.fates(server)
    ids = [row['id'] for row in admin.ready(world) if row['failsForward'] == fails]
    kept = admin.kept_and_skipped(world, ids)[0][:count]
    app = session.start(**how)
    admin.connect(session, app, server)
    admin.enlarge(app, 1200, 1200)
    admin.page(app, 'Cloud Amplifier')
    app.find('push button', re.compile('^To Move [0-9]'), deadline=20)
    admin.choose(session, app, world, kept)
    app.find('push button', 'Review…').click()
    admin.switch(session, app, 'Pause after the first datasets', bool(pause_after))
    if pause_after:
        admin.enter(session, app.find('spin button', 'Pause after the first'), str(pause_after))
        session.key('Tab')
    admin.switch(session, app, 'Stop when one needs another try', stop)
    app.find('push button', re.compile('^Move [0-9]+ Dataset')).click()
    return app, world, kept


def badge(app):
    """The number behind Overview in the sidebar."""
    item = app.find('list item', re.compile('^Overview'))
    found = re.search('[0-9]+', item.name)
    return int(found.group()) if found else 0


def states(number=1):
    return {key: row[0] for key, row in admin.journal_rows(number).items()}


def sent(server):
    """How often each dataset was sent."""
    found = {}
    for line in server.requests('POST', MOVES):
        key = admin.MIGRATE.search(line['path']).group(1)
        found[key] = found.get(key, 0) + 1
    return found


def resolve(session, app, note):
    """Marks what is shown as resolved, with NOTE."""
    app.find('push button', 'Mark as Resolved…').click()
    dialog = app.dialog()
    answer = dialog.find('push button', re.compile('Mark as Resolved'))
    check(not answer.sensitive, 'a note is not asked for')
    admin.enter(session, dialog.find('text', 'Note'), note)
    with app.closing(dialog):
        answer.click()


@ui.options(timeout=150)
def test_killed_in_the_middle_of_a_run(session):
    server = session.practice(datasets=60)
    server.faults([{'fault': 'hang', 'operation': 'amplifier.migrate', 'nth': 3, 'effect': True}])
    app, world, kept = begin(session, server, 6)
    server.wait_request('POST', MOVES, count=3)
    ui.until(lambda: list(states().values()).count('complete') == 2, 'two to be moved')
    os.kill(app.process.pid, signal.SIGKILL)
    app.process.wait()
    check(list(states().values()).count('sent') == 1, states)

    # The token was revoked meanwhile: nothing is asked before another one is there.
    server.faults([{'fault': 'status', 'status': 401, 'method': 'GET'}])
    app = session.start()
    admin.enlarge(app, 1200, 1200)
    replace = app.find('push button', 'Replace Token…', deadline=30, where=admin.touchable)
    server.faults([])
    replace.click()
    dialog = app.dialog('Replace Token')
    admin.enter(session, dialog.find('password text', 'Access token'), server.token)
    with app.closing(dialog):
        dialog.find('push button', re.compile('^(Connect|Replace)')).click()

    app.find('heading', 'A Run Was Interrupted', deadline=30)
    app.find('label', 'Run of 6: 2 moved, 1 not known yet, 3 not started')
    # What it does by itself it says by itself.
    app.find('label', re.compile('^What became of 1 dataset is not known. Steward asks Domo, and sends nothing.'))

    # A second crash is no answer.
    os.kill(app.process.pid, signal.SIGKILL)
    app.process.wait()
    app = session.start()
    admin.enlarge(app, 1200, 1200)
    app.find('heading', 'A Run Was Interrupted', deadline=30)
    app.find('label', 'Run of 6: 2 moved, 1 not known yet, 3 not started')
    app.picture('recovery')
    same(len(server.requests('POST', MOVES)), 3, 'what was sent without being told to')
    app.find('push button', 'Settle').click()
    app.find('label', 'Run of 6: 2 moved, 1 moved, not confirmed, 3 not started', deadline=30)
    same(len(server.requests('POST', MOVES)), 3, 'what was sent by settling')
    app.find('push button', 'Resume').click()
    app.find('push button', 'Done', deadline=30)
    app.find('label', '5 moved, 1 moved, not confirmed')
    same(sent(server), {key: 1 for key in kept}, 'what was sent, each once')
    unsure = kept[2]
    same(states(), {key: 'moved-unconfirmed' if key == unsure else 'complete' for key in kept}, 'the journal')

    # What reading cannot confirm stays with the admin.
    admin.page(app, 'Overview')
    row = app.find('list item', world[unsure]['name'])
    same(badge(app), 1, 'the badge')
    row.point()
    app.find('label', re.compile('^([0-9]+ cards?:.*|No card depends on it|not known)$'), deadline=20)
    app.find('push button', 'Move Back…', deadline=20)
    app.picture('attention')
    resolve(session, app, 'I looked: its cards work.')
    app.find('label', 'All is well')
    same(badge(app), 0, 'the badge')
    app.find('push button', 'Undo').click()
    app.find('list item', world[unsure]['name']).point()
    same(states()[unsure], 'moved-unconfirmed', 'what was taken back')
    resolve(session, app, 'I looked twice.')
    app.find('label', 'All is well')
    same(admin.journal_rows(1)[unsure][::3], ('resolved', 'I looked twice.'), 'the journal')
    app.find('list item', re.compile('^Runs')).point()
    app.find('list item', re.compile(admin.DESTINATION)).point()
    app.find('label', '5 moved, 1 resolved by hand', deadline=20)
    report = session.path('report.csv')
    admin.save_report(session, app, 'CSV', report)
    same(admin.csv_rows(report)[unsure][::3], ('resolved', 'Resolved: I looked twice.'), 'the report')


@ui.options(timeout=90)
def test_needs_attention_until_nothing_does(session):
    server = session.practice(datasets=120)
    app, world, kept = begin(session, server, 2, fails=1)
    app.find('push button', 'Retry 2', deadline=30)
    admin.page(app, 'Overview')
    app.find('label', re.compile('^2 more need another try$', re.M), deadline=30)
    for left in (2, 1):
        ui.until(lambda: badge(app) == left, f'{left} in the badge')
        rows = {row.name: row for row in app.find_all('list item')
                if row.name in [world[key]['name'] for key in kept]}
        same(len(rows), left, 'what the overview lists')
        same(list(states().values()).count('incomplete'), left, 'the journal')
        next(iter(rows.values())).point()
        app.find('push button', 'Copy Support ID', deadline=20)
        app.find('push button', 'Retry', where=lambda node: node.sensitive).click()
    app.find('label', 'All is well', deadline=30)
    ui.until(lambda: badge(app) == 0, 'the badge to go')
    same(states(), {key: 'complete' for key in kept}, 'the journal')
    same(sent(server), {key: 2 for key in kept}, 'what was sent')


class Elsewhere:
    """Another login of the same person: a bus of its own, on which nothing of the first is seen."""

    def __init__(self, session):
        config = session.path('logs', 'other-bus.xml')
        with open(config, 'w', encoding='utf-8') as file:
            file.write('<busconfig><type>session</type><keep_umask/>'
                       f'<listen>unix:dir={session.room("run")}</listen><auth>EXTERNAL</auth>'
                       '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                       '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>\n')
        bus = session.launch(['dbus-daemon', '--config-file', config, '--nofork', '--print-address=1'], 'other-bus',
                             stdout=subprocess.PIPE, text=True)
        found = session.bus.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0,
                                      5000, None)
        self.environment = {'DBUS_SESSION_BUS_ADDRESS': bus.stdout.readline().strip(),
                            'AT_SPI_BUS_ADDRESS': found.unpack()[0]}


@ui.options(timeout=120)
def test_a_second_steward_only_reads(session):
    server = session.practice(datasets=60)
    server.faults([{'fault': 'hang', 'operation': 'amplifier.migrate', 'nth': 2}])
    first, _, kept = begin(session, server, 4)
    server.wait_request('POST', MOVES, count=2)
    other = session.start(environment=Elsewhere(session).environment)
    other.find('list item', re.compile('^Runs')).point()
    other.find('list item', re.compile(admin.DESTINATION)).point()
    other.find('label', re.compile('^Another Steward on this computer works on this instance'), deadline=20)
    other.find('label', re.compile('^1 of 4'))
    for name in ('Pause', 'Continue', 'Stop…', 'Retry'):
        check(not any(admin.touchable(node) for node in other.find_all('push button', re.compile('^' + name))),
              f'{name} is there')
    other.picture('second')

    # It follows the first one.
    first.find('push button', 'Pause').click()
    other.find('label', re.compile('Pausing: 1 still moving'), deadline=20)
    same(states()[kept[1]], 'sent', 'the journal')

    # Nobody carries it out any more: now the second one asks what is to be done.
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    other.find('heading', 'A Run Was Interrupted', deadline=20)
    other.find('label', 'Run of 4: 1 moved, 1 not known yet, 2 not started')
    other.find('push button', 'Leave').click()
    other.find('push button', 'Continue')
    check(not any(admin.touchable(node) for node in other.find_all('label', re.compile('^Another Steward'))))
    same(states()[kept[1]], 'unknown', 'the journal')
    same(sent(server), {key: 1 for key in kept[:2]}, 'what was sent')


def choose_file(session, app, verb, path):
    """Opens the menu of Runs, chooses VERB, and answers the file chooser with PATH."""
    app.find('push button', 'More', where=lambda node: 'click' in node.actions()).click()
    app.find('menu item', re.compile(verb)).click()
    if verb == 'Export':
        question = app.dialog('Hand over 1 run?')
        with app.closing(question):
            question.find('push button', re.compile('Hand Over')).click()
    window = ui.until(lambda: next((one for one in app.windows() if one.title() == f'{verb} Runs'), None),
                      'the file chooser')
    ui.until(lambda: window.active(), 'the file chooser to take the keyboard')
    if verb == 'Export':
        session.key('ctrl+a')
        session.type(path)
    else:
        # What begins like a path opens the line for it.
        session.type(path)
    session.key('Return')
    ui.until(lambda: not window.shown(), 'the file chooser to close')


@ui.options(timeout=120)
def test_another_admin_takes_over(session):
    server = session.practice(datasets=60)
    app, _, kept = begin(session, server, 3, pause_after=1)
    app.find('label', re.compile('^Paused after the first ones'), deadline=30)
    app.find('list item', re.compile('^Runs')).point()
    carried = session.path('carried.steward')
    choose_file(session, app, 'Export', carried)
    app.find('label', 'Runs exported')
    # From now on it goes on where the file is taken in.
    app.find('label', re.compile('Handed over$'))
    app.find('list item', re.compile(admin.DESTINATION)).point()
    app.find('label', re.compile('handed this run over on .* with the file carried.steward'), deadline=20)
    for name in ('Pause', 'Continue', 'Stop…', 'Retry'):
        check(not any(admin.touchable(node) for node in app.find_all('push button', re.compile('^' + name))),
              f'{name} is there')
    app.picture('handed-over')
    app.terminate()
    app.wait_end()

    os.environ['XDG_DATA_HOME'] = session.room('elsewhere', 'data')
    os.environ['XDG_CONFIG_HOME'] = session.room('elsewhere', 'config')
    other = session.start()
    admin.connect(session, other, server)
    other.find('list item', re.compile('^Runs')).point()
    other.find('label', 'No runs yet')
    # The toolkit's file chooser closes with the line for the path still in focus.
    other.expect('GtkText - did not receive a focus-out event')
    choose_file(session, other, 'Import', carried)
    other.find('label', '1 run added')
    other.find('list item', re.compile(admin.DESTINATION)).point()
    other.find('push button', 'Continue', deadline=20).click()
    other.find('push button', 'Done', deadline=30)
    same(states(), {key: 'complete' for key in kept}, 'the journal')
    same(sent(server), {key: 1 for key in kept}, 'what was sent')


@ui.options(timeout=90)
def test_what_was_handed_over_can_be_taken_back(session):
    server = session.practice(datasets=60)
    app, _, kept = begin(session, server, 3, pause_after=1)
    app.find('label', re.compile('^Paused after the first ones'), deadline=30)
    app.find('list item', re.compile('^Runs')).point()
    choose_file(session, app, 'Export', session.path('carried.steward'))
    app.find('label', 'Runs exported')
    app.find('list item', re.compile(admin.DESTINATION)).point()
    app.find('push button', 'Take Back…', deadline=20, where=admin.touchable).click()
    question = app.dialog('Take this run back?')
    with app.closing(question):
        question.find('push button', re.compile('Take Back')).click()
    app.find('push button', 'Continue', deadline=20, where=admin.touchable).click()
    app.find('push button', 'Done', deadline=30)
    same(states(), {key: 'complete' for key in kept}, 'the journal')
    same(sent(server), {key: 1 for key in kept}, 'what was sent')


if __name__ == '__main__':
    ui.main(globals())
