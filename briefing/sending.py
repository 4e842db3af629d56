"""A brief to where its reader is: mail, a chat, a phone, by the addresses that apprise knows. Only what is new; else nothing is sent.

An address may hold a password, so that none is ever shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from briefing import history
from briefing.brief import Brief
from briefing.config import Settings
from briefing.digest import digest, is_new
from briefing.errors import BriefingError, UsageError
from briefing.opening import open_store
from briefing.page import day
from briefing.text.escape import escape

if TYPE_CHECKING:
    import apprise

_HINT = "as in --to mailto://user:password@example.org; the documentation of apprise lists them"


def message(brief: Brief) -> tuple[str, str]:
    """Return the title and the body (Markdown) of the message about a brief: what is new in it since the one before."""
    parts = digest(brief, fresh=bool(brief.before))
    told = [
        f"### {escape(part.heading)}\n\n" + "\n".join(f"- {escape(line.text)} ({escape(line.sources)})" for line in part.lines)
        for part in parts
    ]
    since = f", since {day(brief.before)}" if brief.before else ""
    return f"Brief of {day(brief.date)}{since}", "\n\n".join(told)


def send(name: str, to: Sequence[str], settings: Settings) -> bool:
    """Send the brief of a date or file to addresses; return whether there was anything new to send.

    Raises UsageError for a brief that is not there, for an address that apprise does not know, and where apprise is not installed;
    BriefingError where an address did not take it.
    """
    known = _addresses(to)
    with closing(open_store(settings)) as store:
        brief = history.source(name, store).brief
    if not is_new(brief):
        return False
    title, body = message(brief)
    failed = [n for n, address in enumerate(known, start=1) if not address.notify(title=title, body=body, body_format="markdown")]
    if failed:
        raise BriefingError(
            f"not sent to {len(failed)} of {len(known)} addresses (number {', '.join(map(str, failed))})", "run it again for those"
        )
    return True


def _addresses(to: Sequence[str]) -> list[apprise.Apprise]:
    try:
        import apprise
    except ImportError as error:
        raise UsageError("apprise is not installed", "pip install 'citebrief[send]'") from error
    found = []
    for n, url in enumerate(to, start=1):
        one = apprise.Apprise()
        if not one.add(url):
            raise UsageError(f"--to: address {n} is none that apprise knows", _HINT)
        found.append(one)
    if not found:
        raise UsageError("no address to send to", _HINT)
    return found
