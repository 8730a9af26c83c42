#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright The Steward authors
"""Runs a program on a session bus of its own, with a real keyring in a chosen condition.

keyring-session.py CONDITION PROGRAM [ARGUMENT ...]

CONDITION is one of
  open        a keyring that is unlocked
  never-made  the service runs, but no keyring was ever made
  no-service  a bus on which nothing offers a keyring
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

PASSWORD = "correct horse"

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def start_bus(directory):
    """A bus without service folders: nothing is started behind the test's back."""
    config = os.path.join(directory, "bus.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(BUS.format(directory=directory))
    bus = subprocess.Popen(["dbus-daemon", "--config-file", config, "--print-address", "--nofork"],
                           stdout=subprocess.PIPE, text=True)
    return bus, bus.stdout.readline().strip()


def main():
    condition, program = sys.argv[1], sys.argv[2:]
    directory = tempfile.mkdtemp(prefix="steward-keyring-")
    env = {key: value for key, value in os.environ.items()
           if key not in ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL")}
    for name, folder in (("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_RUNTIME_DIR", "run"),
                         ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")):
        env[name] = os.path.join(directory, folder)
        os.mkdir(env[name], 0o700)

    bus, env["DBUS_SESSION_BUS_ADDRESS"] = start_bus(directory)
    processes = [bus]
    try:
        if condition != "no-service":
            command = ["gnome-keyring-daemon", "--foreground", "--components=secrets",
                       "--control-directory", os.path.join(directory, "control")]
            if condition == "open":
                command.insert(1, "--unlock")
            # The daemon has no sanitizer of ours, and must not look for one.
            daemon = subprocess.Popen(command, env=env, stdin=subprocess.PIPE,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            processes.append(daemon)
            if condition == "open":
                daemon.stdin.write(PASSWORD.encode())
            daemon.stdin.close()
            subprocess.run(["gdbus", "wait", "--session", "--timeout", "20", "org.freedesktop.secrets"],
                           env=env, check=True)
        return subprocess.run(program, env=env, check=False).returncode
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
