# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""A desktop session of its own for one test: home, bus, screen, keyring, accessibility."""

import glob
import os
import re
import shutil
import subprocess
import sys

from . import atspi, keyring, mocks
from .screen import Screen, run
from .waiting import until

# The services that may be started by the bus; everything else of the machine stays out.
SERVICES = ('org.a11y.*', 'org.freedesktop.secrets*', 'org.gnome.keyring*')
# The locale and the language of the texts. Hebrew turns the interface; our texts stay English.
LOCALES = {'de': ('de_DE', 'de'), 'rtl': ('he_IL', 'he')}


class Session:
    """language: 'en', 'de', or 'rtl' for right-to-left. dark, high_contrast: appearance. text_scale: 2 is
    twice as large. animations: as people see them. keyring: 'unlocked', 'locked' or 'absent'. size: of the
    screen. leaks: look for leaks at the end of a sanitized program (slow). environment: more variables."""

    def __init__(self, folder, name, language='en', dark=False, high_contrast=False, text_scale=1,
                 animations=False, keyring='unlocked', size=(2400, 1500), leaks=False, environment=None):
        self.folder = folder
        self.name = name
        self.apps = []
        self.practices = []
        self.helpers = {}
        self.source = os.environ['STEWARD_SOURCE']
        self.build = os.environ['STEWARD_BUILD']
        self._environment(language, dark, high_contrast, leaks)
        os.environ.update(environment or {})
        self._settings(animations)
        self.screen = Screen(self.launch, size, self.room('logs'))
        # GTK takes the size of text from here before it looks into settings.ini.
        run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER',
            f'Xft.dpi:\t{int(96 * text_scale)}\n')
        self._bus(keyring != 'absent')
        self._accessibility()
        self.keyring_password = 'correct horse'
        self._keyring(keyring)

    # folders and processes

    def room(self, *parts):
        """A folder in the folder of this test; it is made."""
        path = os.path.join(self.folder, *parts)
        os.makedirs(path, exist_ok=True)
        return path

    def path(self, *parts):
        """The path of a file in the folder of this test; its folder is made."""
        return os.path.join(self.room(*parts[:-1]), parts[-1])

    def launch(self, command, name, **how):
        """Starts a helper that lasts as long as the session; its output goes to logs/NAME.log."""
        with open(self.path('logs', name + '.log'), 'ab') as log:
            self.helpers[name] = subprocess.Popen(command, stdin=how.pop('stdin', subprocess.DEVNULL),
                                                  stdout=how.pop('stdout', log), stderr=log, **how)
        return self.helpers[name]

    # parts

    def _environment(self, language, dark, high_contrast, leaks):
        for name in list(os.environ):
            if name.startswith(('XDG_', 'LC_', 'DBUS_', 'GTK_', 'GDK_', 'ADW_', 'WAYLAND_', 'G_')):
                del os.environ[name]
        for name in ('LANG', 'LANGUAGE', 'NO_AT_BRIDGE', 'XAUTHORITY', 'DISPLAY', 'MALLOC_PERTURB_',
                     'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK', 'AT_SPI_BUS_ADDRESS'):
            os.environ.pop(name, None)
        os.environ.update({
            'HOME': self.room('home'),
            'XDG_CONFIG_HOME': self.room('home', 'config'),
            'XDG_DATA_HOME': self.room('home', 'data'),
            'XDG_CACHE_HOME': self.room('home', 'cache'),
            'XDG_STATE_HOME': self.room('home', 'state'),
            'XDG_RUNTIME_DIR': self.room('run'),
            'XDG_DATA_DIRS': os.path.join(self.source, 'data') + ':/usr/local/share:/usr/share',
            'XDG_SESSION_TYPE': 'x11',
            'TMPDIR': self.room('tmp'),
            'LC_ALL': 'C.UTF-8',
            'GTK_A11Y': 'atspi',
            'GSK_RENDERER': 'cairo',
            'GDK_BACKEND': 'x11',
            'GDK_DEBUG': 'gl-disable',
            'ADW_DISABLE_PORTAL': '1',
            'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if dark else 'prefer-light',
            'ADW_DEBUG_HIGH_CONTRAST': '1' if high_contrast else '0',
            # Settings are kept over a restart of the program, in the private home.
            'GSETTINGS_BACKEND': 'keyfile',
            'GSETTINGS_SCHEMA_DIR': os.path.join(self.build, 'data'),
            'STEWARD_PRACTICE': os.path.join(self.build, 'src', 'practice', 'steward-practice'),
            'STEWARD_LOCALEDIR': os.path.join(self.build, 'po'),
            'ASAN_OPTIONS': 'detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=40' if leaks
                            else 'detect_leaks=0',
        })
        os.chmod(os.environ['XDG_RUNTIME_DIR'], 0o700)
        if language in LOCALES:
            self._locale(*LOCALES[language])
            if language == 'rtl':
                self._catalogue('he')
        elif language != 'en':
            raise ValueError(language)

    def _locale(self, locale, language):
        """Dates, numbers and the direction of text come from a locale made for this test, texts from the
        catalogue of LANGUAGE."""
        run('localedef', '-i', locale, '-f', 'UTF-8', os.path.join(self.room('locales'), locale + '.UTF-8'))
        os.environ.update({'LOCPATH': self.room('locales'), 'LC_ALL': locale + '.UTF-8',
                           'LANG': locale + '.UTF-8', 'LANGUAGE': language})

    def _catalogue(self, language):
        """An empty catalogue: GTK takes the direction of text from its own one only if the program has one
        of that language, too."""
        if not glob.glob(f'/usr/share/locale/{language}/LC_MESSAGES/gtk40.mo'):
            raise AssertionError('the catalogues of GTK are not installed in /usr/share/locale')
        folder = self.room('catalogues', language, 'LC_MESSAGES')
        with open(os.path.join(folder, 'steward.po'), 'w', encoding='utf-8') as file:
            file.write('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
        run('msgfmt', '-o', os.path.join(folder, 'steward.mo'), os.path.join(folder, 'steward.po'))
        os.environ['STEWARD_LOCALEDIR'] = self.room('catalogues')

    def _settings(self, animations):
        with open(self.path('home', 'config', 'gtk-4.0', 'settings.ini'), 'w',
                  encoding='utf-8') as file:
            file.write('[Settings]\n'
                       'gtk-font-name=Cantarell 11\n'
                       'gtk-cursor-blink=0\n'
                       f'gtk-enable-animations={int(animations)}\n')

    def _bus(self, with_keyring):
        services = self.room('services')
        for pattern in SERVICES:
            for path in glob.glob('/usr/share/dbus-1/services/' + pattern + '.service'):
                if with_keyring or 'a11y' in path:
                    shutil.copy(path, services)
        config = self.path('logs', 'bus.xml')
        with open(config, 'w', encoding='utf-8') as file:
            file.write('<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
                       '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">\n'
                       '<busconfig><type>session</type><keep_umask/>\n'
                       f'<listen>unix:dir={self.room("run")}</listen><auth>EXTERNAL</auth>\n'
                       f'<servicedir>{services}</servicedir>\n'
                       '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                       '<allow eavesdrop="true"/><allow own="*"/></policy>\n'
                       '<limit name="max_completed_connections">1000</limit></busconfig>\n')
        bus = self.launch(['dbus-daemon', '--config-file', config, '--nofork', '--print-address=1'], 'bus',
                          stdout=subprocess.PIPE, text=True)
        address = bus.stdout.readline().strip()
        if not address:
            raise AssertionError('the session bus did not start')
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = address

    def _accessibility(self):
        launcher = next(path for path in ('/usr/libexec/at-spi-bus-launcher',
                                          '/usr/lib/at-spi2-core/at-spi-bus-launcher') if os.path.exists(path))
        self.launch([launcher, '--launch-immediately'], 'at-spi')
        self.wait_owner('org.a11y.Bus')
        self.accessibility = atspi.Bus(self.bus)

    def _keyring(self, state):
        if state not in ('unlocked', 'locked', 'absent'):
            raise ValueError(state)
        if state != 'absent':
            keyring.start(self, self.keyring_password)
            if state == 'locked':
                keyring.lock(self)

    # the bus

    @property
    def bus(self):
        from gi.repository import Gio
        return Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def owned(self, name):
        """True if somebody on the session bus is called NAME."""
        from gi.repository import GLib
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'NameHasOwner', GLib.Variant('(s)', (name,)), None, 0, 5000, None).unpack()[0]

    def wait_owner(self, name, deadline=15):
        until(lambda: self.owned(name), f'{name} on the session bus', deadline)

    def install_service(self, path, program):
        """Lets the session bus start PROGRAM as the service file PATH says."""
        with open(path, encoding='utf-8') as file:
            text = re.sub(r'(?m)^Exec=\S+', lambda _: 'Exec=' + program, file.read())
        with open(self.path('services', os.path.basename(path)), 'w', encoding='utf-8') as file:
            file.write(text)
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ReloadConfig',
                           None, None, 0, 5000, None)

    def activated(self, name, title='steward', deadline=60):
        """The program that owns NAME on the session bus, started by the bus; waits for its window."""
        from gi.repository import GLib
        from .app import Activated
        pid = self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                 'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)), None, 0, 5000,
                                 None).unpack()[0]
        app = Activated(self, pid, title)
        self.apps.append(app)
        return app.wait_ready(deadline)

    def secrets(self, **attributes):
        """What the keyring holds, as a list of (label, attributes, secret)."""
        return keyring.items(self, attributes)

    def mock_session_manager(self):
        """A stand-in for GNOME's session manager; start it before the program."""
        return mocks.session_manager(self)

    def mock_notifications(self):
        """A stand-in for the desktop's notifications; start it before the program."""
        return mocks.notifications(self)

    # what is tested

    def start(self, *arguments, program=None, environment=None, wait=True, deadline=60):
        """Starts Steward, or PROGRAM, and waits for its window; returns the App."""
        from .app import App
        program = program or os.path.join(self.build, 'src', 'steward')
        app = App(self, [program, *arguments], dict(os.environ, **(environment or {})),
                  os.path.basename(program))
        self.apps.append(app)
        return app.wait_ready(deadline) if wait else app

    def practice(self, **how):
        """Starts a practice server of the test's own; see Practice."""
        from .practice import Practice
        server = Practice(self, os.environ['STEWARD_PRACTICE'], **how)
        self.practices.append(server)
        return server

    def key(self, *keys):
        self.screen.key(*keys)

    def type(self, text):
        self.screen.type(text)

    def picture(self, name, area=None):
        """Takes a picture of the screen, or of the AREA (x, y, width, height) of it, into the folder
        STEWARD_PICTURES, or else into the build folder; returns its path."""
        folder = os.environ.get('STEWARD_PICTURES') or os.path.join(self.build, 'pictures', self.name)
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name + '.png')
        self.screen.picture(path, area)
        return path

    # the end

    def end(self):
        """Ends every program in good order and fails on what they complained about."""
        for app in self.apps:
            if app.running:
                app.terminate()
        for app in self.apps:
            app.judge()

    def explain(self):
        """Prints what helps to understand a failure, what is surely to be had first."""
        # A program that hangs answers nothing, however long one waits.
        atspi.DEADLINE = 3000
        for app in self.apps:
            app.print_errors()
            if not app.running:
                print(f'{app.title} had ended with status {app.process.returncode}')
        try:
            print('picture:', self.picture('failed'))
        except Exception as error:
            print('no picture:', error)
        for app in self.apps:
            if app.running and app.bus_name:
                app.print_tree()
        sys.stdout.flush()
