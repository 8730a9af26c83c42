#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""The reports in all three formats against the journal's own rows, each read by somebody else's parser.

usage: test-report.py REPORT-SAMPLE"""

import collections
import csv
import datetime
import html.parser
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

import tap

SAMPLE = os.path.abspath(sys.argv.pop(1))
FOLDER = tempfile.TemporaryDirectory(prefix='steward-report-')
VOID = {'meta', 'link', 'br', 'hr', 'img', 'input'}


def path(name):
    return os.path.join(FOLDER.name, name)


def make():
    """Runs the sample once; leaves the journal and the three reports."""
    if not os.path.exists(path('report.html')):
        subprocess.run([SAMPLE, FOLDER.name], check=True, timeout=120,
                       env=dict(os.environ, LC_ALL='C.UTF-8', TZ='Asia/Kathmandu'))


def iso(moment):
    if not moment:
        return ''
    time = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=moment)
    return time.strftime('%Y-%m-%dT%H:%M:%S') + (f'.{time.microsecond:06}' if time.microsecond else '') + 'Z'


def quote(part):
    return '"' + part.replace('"', '""') + '"' if '.' in part or '"' in part else part


def journal():
    """What the journal says of each dataset, in the columns that all formats share; took in ms."""
    make()
    database = sqlite3.connect(path('journal.db'))
    database.row_factory = sqlite3.Row
    rows = []
    for item in database.execute('SELECT * FROM items ORDER BY position'):
        attempts = database.execute('SELECT * FROM attempts WHERE position = ? ORDER BY number',
                                    (item['position'],)).fetchall()
        last = attempts[-1] if attempts else collections.defaultdict(lambda: None)
        took = None
        if last['sent_at'] and last['answered_at']:
            took = (last['answered_at'] - last['sent_at']) // 1000
        table = ''
        if item['table_name']:
            table = '.'.join(quote(part) for part in
                             (item['catalog_name'], item['schema_name'], item['table_name']) if part)
        rows.append({
            'dataset_id': item['dataset_id'], 'name': item['name'], 'table': table,
            'direction': item['direction'], 'state': item['state'], 'reason': item['reason'] or None,
            'attempts': len(attempts), 'sent_at': iso(last['sent_at']), 'took': took,
            'http_status': last['status'] or None, 'answer': last['answer'] or '',
            'support_id': last['toe'] or '', 'settled_at': iso(item['settled_at']),
            'data': item['data'] or '', 'data_words': item['data_words'] or '',
        })
    database.close()
    return rows


def unguard(cell):
    bare = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and bare[:1] in tuple('=+-@\t\r') else cell


def from_csv():
    make()
    with open(path('report.csv'), encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        for column, cell in row.items():
            row[column] = unguard(cell)
        row['attempts'] = int(row['attempts'])
        took = row.pop('took_seconds')
        row['took'] = round(float(took) * 1000) if took else None
        row['http_status'] = int(row['http_status']) if row['http_status'] else None
    return rows


def read_json():
    make()
    with open(path('report.json'), encoding='utf-8') as file:
        return json.load(file)


def from_json():
    rows = []
    for item in read_json()['items']:
        row = {key: '' if value is None else value for key, value in item.items() if key not in ('history', 'data_before', 'data_after')}
        row['took'] = item['took_ms']
        row['http_status'] = item['http_status']
        del row['took_ms']
        rows.append(row)
    return rows


class Page(html.parser.HTMLParser):
    """The cells of the tables by their ids; refuses what is not well nested."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tables, self.tags = [], {}, []
        self.table = self.row = self.cell = None
        with open(path('report.html'), encoding='utf-8') as file:
            self.feed(file.read())
        self.close()
        tap.check(not self.open, f'left open: {self.open}')

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
        if tag == 'table':
            self.table = self.tables.setdefault(attributes['id'], [])
        elif tag == 'tr':
            self.row = (attributes, [])
        elif tag in ('td', 'th'):
            self.cell = [tag, attributes, '']
        elif tag == 'time' and self.cell is not None:
            self.cell[2] = attributes['datetime']

    def handle_endtag(self, tag):
        tap.check(self.open and self.open.pop() == tag, f'</{tag}> in the wrong place')
        if tag in ('td', 'th'):
            self.row[1].append(self.cell)
            self.cell = None
        elif tag == 'tr':
            self.table.append(self.row)

    def handle_data(self, data):
        if self.cell is not None and 'time' not in self.open:
            self.cell[2] += data


def from_html():
    make()
    rows = []
    for attributes, cells in Page().tables['items'][1:]:
        text = [cell[2] for cell in cells]
        rows.append({
            'dataset_id': text[0], 'name': text[1], 'table': text[2], 'direction': attributes['data-direction'],
            'state': attributes['data-state'], 'state_words': text[3], 'reason': text[4],
            'attempts': int(text[5]), 'sent_at': text[6], 'took': round(float(text[7]) * 1000) if text[7] else None,
            'http_status': int(text[8]) if text[8] else None, 'answer': text[9], 'support_id': text[10],
            'settled_at': text[11], 'data_words': text[12],
        })
    return rows


def compare(rows):
    """Every cell against the journal; a format may leave out the name of the verdict on the data."""
    expected = journal()
    tap.check(len(rows) == len(expected) and len(rows) > 100, f'{len(rows)} rows, not {len(expected)}')
    problems = []
    for number, (row, wanted) in enumerate(zip(rows, expected)):
        tap.check(row['state_words'], f'row {number}: no words')
        tap.check(row['reason'], f'row {number}: no reason')
        for column, value in wanted.items():
            if column == 'reason' and value is None:
                value = row['state_words']
            if column == 'data' and column not in row:
                continue
            if row[column] != value:
                problems.append(f'row {number}, {column}: {row[column]!r}, not {value!r}')
    tap.no(problems, 'The report differs from the journal:')


def test_csv_equals_the_journal():
    compare(from_csv())


def test_json_equals_the_journal():
    compare(from_json())


def test_html_equals_the_journal():
    compare(from_html())


def test_words_are_the_same_everywhere():
    words = [[row['state_words'] for row in rows] for rows in (from_csv(), from_json(), from_html())]
    tap.check(words[0] == words[1] == words[2], 'the words differ')


def test_no_cell_is_computed():
    make()
    with open(path('report.csv'), encoding='utf-8-sig', newline='') as file:
        cells = [cell for row in csv.reader(file, strict=True) for cell in row]
    tap.no([cell for cell in cells if cell[:1] in tuple('=+-@\t\r')], 'A spreadsheet would compute:')
    tap.check(any(cell.startswith("'=") for cell in cells), 'the sample has nothing to guard')


def test_csv_is_rfc_4180():
    make()
    with open(path('report.csv'), 'rb') as file:
        content = file.read()
    tap.check(content.startswith(b'\xef\xbb\xbf'), 'no mark at the beginning')
    tap.check(content.endswith(b'\r\n'), 'the last row does not end')


def test_totals_are_those_of_the_rows():
    counts = collections.Counter(row['state'] for row in journal())
    run = read_json()['run']
    tap.check(run['n_items'] == sum(counts.values()), 'the number of items is wrong')
    tap.check({state: count for state, count in run['counts'].items() if count} == dict(counts),
              'the counts of the JSON report are wrong')
    shown = {attributes['data-state']: int(cells[1][2]) for attributes, cells in Page().tables['counts']}
    different = len([row for row in journal() if row['data'] == 'different'])
    tap.check(shown.pop('different') == different == run['n_different'] > 0, f'{different} that look different')
    tap.check(shown == dict(counts), f'the counts of the page are {shown}')


def test_json_tells_both_looks_and_no_digest():
    items = [item for item in read_json()['items'] if item['data']]
    tap.check(len(items) > 10 and {item['data'] for item in items} >= {'same', 'different', 'accepted'}, 'too few')
    for item in items:
        tap.check(item['data_before'] == {
            'read_at': '2023-11-14T22:13:20.000001Z', 'rows': 7, 'rows_counted': 8, 'cards': 2, 'problem': None,
            'columns': [{'name': '<id>', 'type': 'LONG'}, {'name': '顧客', 'type': None}]}, f"{item['data_before']}")
        tap.check(item['data_after'] == {
            'read_at': '2023-11-14T22:13:29Z', 'rows': None, 'rows_counted': None, 'cards': None, 'columns': None,
            'problem': 'No <b>'}, f"{item['data_after']}")
    rest = [item for item in read_json()['items'] if not item['data']]
    tap.check(all(item['data_before'] is None and item['data_after'] is None for item in rest), 'looks from nowhere')


def test_json_tells_every_attempt():
    make()
    database = sqlite3.connect(path('journal.db'))
    expected = [[row[0], iso(row[1]), iso(row[2]), row[3], row[4] or None, row[5], row[6]] for row in database.execute(
        'SELECT number, sent_at, answered_at, outcome, status, message, toe FROM attempts ORDER BY position, number')]
    database.close()
    found = [[a['number'], a['sent_at'] or '', a['answered_at'] or '', a['outcome'], a['http_status'], a['message'],
              a['support_id']] for item in read_json()['items'] for a in item['history']]
    expected = [[value if value != '' or index in (1, 2) else None for index, value in enumerate(row)]
                for row in expected]
    tap.check(found == expected, 'the attempts differ')


def test_page_stands_alone():
    page = Page() if not make() else None
    tags = [tag for tag, _ in page.tags]
    tap.no(sorted({'script', 'img', 'link', 'iframe', 'b', 'a', 'form'}.intersection(tags)), 'The page has:')
    tap.no([(tag, name) for tag, attributes in page.tags for name in attributes
            if name in ('src', 'href') or name.startswith('on')], 'The page loads or runs:')
    tap.check(any('Content-Security-Policy' in attributes.values() for _, attributes in page.tags), 'no policy')
    with open(path('report.html'), encoding='utf-8') as file:
        text = file.read()
    tap.check('@media print' in text and 'url(' not in text and '@import' not in text, 'the style is wrong')


def test_names_find_their_direction():
    make()
    for _, cells in Page().tables['items'][1:]:
        for cell in cells[:5]:
            tap.check(cell[1].get('dir') == 'auto', f'{cell[2]!r} has no direction of its own')



def test_support_finds_every_call_that_did_not_complete_and_no_name():
    make()
    with open(path('report.txt'), encoding='utf-8') as file:
        text = file.read()
    database = sqlite3.connect(path('journal.db'))
    groups = re.split('\n(?=Support ID |Without a Support ID)', text)
    calls = database.execute("SELECT toe, count(*) FROM attempts WHERE outcome NOT IN ('complete', 'planned') "
                             'GROUP BY toe').fetchall()
    found = {}
    for group in groups[1:]:
        head = re.match(r'(?:Support ID (\S+)|Without a Support ID) \(([0-9]+) calls?\)\n', group)
        found[head.group(1)] = int(head.group(2))
        tap.check(len(re.findall('^  outcome: ', group, re.M)) == int(head.group(2)), head.group())
    tap.check(found == dict(calls), f'{found} are not {calls}')
    told = re.sub('^(  POST .*|Program:.*|Instance:.*)$', '', text, flags=re.M)
    for name, table, schema, catalog in database.execute(
            'SELECT DISTINCT name, table_name, schema_name, catalog_name FROM items'):
        for secret in (name, table, schema, catalog):
            if secret and len(secret) > 2:
                tap.check(secret not in told, f'{secret!r} is told')
    tap.check('[name]' in text, 'nothing was left out')
    tap.check('acme <&>' not in text and 'My "BigQuery"' not in text, 'the instance or destination is named')


if __name__ == '__main__':
    with FOLDER:
        tap.main(globals())
