"""Mail to articles: .eml, a mailbox (.mbox), a file of a maildir. The HTML part is read as a page is, else the plain text.

The subject is the title, the sender the outlet, the Date line the date. Attachments are not read.
"""

from __future__ import annotations

import platform
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib import metadata

from briefing.sources.readers.base import Extract, UnreadableError
from briefing.sources.readers.page import article, line

_FROM = re.compile(rb"(?:\A|\n)From [^\n]*\d{4}[^\n]*\n")
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_REPLY = re.compile(r"^(?:re|fwd?|aw|wg):\s*", re.IGNORECASE)
_SIGNATURE = re.compile(r"\n-- ?\n")


class MailReader:
    """Reads .eml and .mbox: an article a message."""

    name = "mail"
    apart = True

    @property
    def version(self) -> str:
        """Return the versions of what reads its two parts, and of our own part behind it."""
        return f"{metadata.version('trafilatura')}-py{platform.python_version()}+1"

    def read(self, data: bytes, address: str = "") -> list[Extract]:  # noqa: ARG002 - mail has no address
        """Return the messages that have text, in their order. Raises UnreadableError for what is no mail."""
        starts = [match.end() for match in _FROM.finditer(data)]
        if starts and data.startswith(b"From "):
            ends = [*(match.start() for match in _FROM.finditer(data))][1:]
            parts = [_QUOTED.sub(rb"\1", data[a:b]) for a, b in zip(starts, [*ends, len(data)], strict=True)]
        else:
            parts = [data]
        messages = [message_from_bytes(part, policy=policy.default) for part in parts]
        if not any(message.keys() for message in messages):
            raise UnreadableError("no mail")
        return [told for message in messages if (told := _told(message)) is not None]


def _told(message: EmailMessage) -> Extract | None:
    text = ""
    part = message.get_body(("html",))
    if part is not None:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            found = article(_utf8(content, part.get_content_charset()), layout=True)
            text = found[0].text if found else ""
    part = message.get_body(("plain",))
    if part is not None:
        content = part.get_payload(decode=True)
        bare = _decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""
        bare = _SIGNATURE.split(bare.replace("\r\n", "\n"))[0].strip()
        text = bare if len(text) < 0.3 * len(bare) else text  # an HTML part of pictures and links
    if not text.strip():
        return None
    values = {"title": _REPLY.sub("", _header(message, "subject")), "source": _sender(message), "published": _sent(message)}
    return Extract(text, {name: value for name, value in values.items() if value})


def _utf8(content: bytes, charset: str | None) -> bytes:
    """Return the HTML part in UTF-8, and say so: its own encoding stands in the mail, not in it."""
    return b'<meta charset="utf-8">' + _decoded(content, charset).encode("utf-8", "replace")


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _header(message: EmailMessage, name: str) -> str:
    return line(str(message.get(name, "")))


def _sender(message: EmailMessage) -> str:
    """Return the name of the sender, or the domain of the address."""
    given = message.get("from")
    addresses = getattr(given, "addresses", ())
    if not addresses:
        return ""
    return line(addresses[0].display_name or addresses[0].domain)


def _sent(message: EmailMessage) -> str:
    when = getattr(message.get("date"), "datetime", None)
    return when.date().isoformat() if when is not None else ""
