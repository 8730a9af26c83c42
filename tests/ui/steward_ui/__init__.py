# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Drives the real program under Xvfb, as a person with a keyboard and a pointer would.

See tests/README.md. A test program is a file with functions that take a Session:

    import steward_ui as ui

    def test_welcome(session):
        app = session.start()
        app.find('push button', 'Connect to Domo').click()

    if __name__ == '__main__':
        ui.main(globals())
"""

from .access import Node, Missing
from .app import App
from .practice import Practice
from .runner import main, options
from .session import Session
from .waiting import until

__all__ = ['App', 'Missing', 'Node', 'Practice', 'Session', 'main', 'options', 'until']
