"""What makes a computer brief every morning, or keeps a worker running: for cron, systemd, launchd. Nothing is installed.

No name ends its line, and none looks like another. The `command` should have Python's -P: what runs in a folder imports nothing of it.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.errors import UsageError
from briefing.text.characters import acts

KINDS = ("cron", "systemd", "launchd")


def schedule(kind: str, hour: int, minute: int, command: Sequence[str], named: Sequence[str], articles: Path, folder: Path) -> str:
    """Return the text that runs fetch, then generate, once a day in `folder`. `command` is how briefing is called, `kind` one of KINDS.

    Raises UsageError for a name that would act in it.
    """
    _check(*command, *named, articles, folder)
    told = _script(command, named, articles, folder)
    if kind == "cron":
        return f"{minute} {hour} * * * {told.replace('%', chr(92) + '%')}\n"
    if kind == "systemd":
        return _SYSTEMD.format(hour=hour, minute=minute, script=_systemd(told))
    return _LAUNCHD.format(hour=hour, minute=minute, script=escape(told))


def worker_unit(command: Sequence[str], folder: Path) -> str:
    """Return the unit of a worker that systemd keeps running in `folder`. `command` is how the worker is called.

    Raises UsageError for a name that would act in it.
    """
    _check(*command, folder)
    return _WORKER.format(command=" ".join(map(_systemd, command)), folder=str(folder).replace("%", "%%"))


def _check(*names: str | Path) -> None:
    for name in map(str, names):
        if acts(name):
            raise UsageError(f"{name!r}: a control or bidi character, which would act in what is printed", "name it without one")


def _script(command: Sequence[str], named: Sequence[str], articles: Path, folder: Path) -> str:
    """Return one line of shell. A morning that brings nothing new is briefed from what is there."""
    briefing = shlex.join(command)
    fetch = " ".join((briefing, "fetch -q", shlex.join(named))).rstrip()
    return f'cd {shlex.quote(str(folder))} && {fetch} && {briefing} generate -q --date today {shlex.quote(str(articles))}/"$(date +%F)"'


def _systemd(script: str) -> str:
    """Return a script as one quoted argument of a unit file, where % and $ and quotation marks mean something else."""
    for character, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        script = script.replace(character, written)
    return f'"{script}"'


_SYSTEMD = """\
# ~/.config/systemd/user/briefing.service
[Unit]
Description=One brief of today's articles

[Service]
Type=oneshot
ExecStart=/bin/sh -c {script}

# ~/.config/systemd/user/briefing.timer; then: systemctl --user enable --now briefing.timer
[Unit]
Description=One brief every morning

[Timer]
OnCalendar=*-*-* {hour:02}:{minute:02}:00
Persistent=true

[Install]
WantedBy=timers.target
"""
_WORKER = """\
# ~/.config/systemd/user/briefing-worker.service; then: systemctl --user enable --now briefing-worker.service
# What is secret stands in ~/.config/briefing/worker.env, which nobody else may read: NAME=VALUE, a line each.
[Unit]
Description=A worker of the newsroom
After=network-online.target
Wants=network-online.target

[Service]
WorkingDirectory={folder}
EnvironmentFile=-%E/briefing/worker.env
ExecStart={command}
Restart=always
RestartSec=5
KillMode=mixed
TimeoutStopSec=300

[Install]
WantedBy=default.target
"""
_LAUNCHD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ~/Library/LaunchAgents/briefing.plist; then: launchctl load ~/Library/LaunchAgents/briefing.plist -->
<plist version="1.0">
<dict>
  <key>Label</key><string>briefing</string>
  <key>ProgramArguments</key>
  <array><string>/bin/sh</string><string>-c</string><string>{script}</string></array>
  <key>StartCalendarInterval</key>
  <dict><key>Hour</key><integer>{hour}</integer><key>Minute</key><integer>{minute}</integer></dict>
</dict>
</plist>
"""
