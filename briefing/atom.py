"""The briefs as an Atom feed, for feed readers: an entry a date, its digest as XHTML. Nothing of a brief becomes mark-up."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from briefing.brief import Brief
from briefing.digest import digest
from briefing.page import day
from briefing.text.escape import visible

_ATOM, _XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:briefing")


def feed(briefs: Sequence[tuple[Brief, str, str]]) -> str:
    """Return the feed of briefs with their names ("" for none) and the times at which they were saved (ISO, UTC), the newest first."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _text(root, "id", _SPACE.urn)
    _text(root, "title", "Briefs")
    _text(root, "updated", max((saved for _, _, saved in briefs), default="1970-01-01T00:00:00Z"))
    _text(ET.SubElement(root, f"{{{_ATOM}}}author"), "name", "briefing")
    for brief, name, saved in briefs:
        entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _text(entry, "id", uuid.uuid5(_SPACE, f"{brief.date}.{name}" if name else brief.date).urn)
        _text(entry, "title", f"Brief of {day(brief.date)}" + (f", {name}" if name else ""))
        _text(entry, "updated", saved)
        content = ET.SubElement(entry, f"{{{_ATOM}}}content", type="xhtml")
        box = ET.SubElement(content, f"{{{_XHTML}}}div")
        for part in digest(brief):
            _text(box, "h3", part.heading, _XHTML)
            several = ET.SubElement(box, f"{{{_XHTML}}}ul")
            for line in part.lines:
                _text(several, "li", f"{line.text} ({line.sources})", _XHTML)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _text(parent: ET.Element, name: str, text: str, space: str = _ATOM) -> None:
    ET.SubElement(parent, f"{{{space}}}{name}").text = _NOT_XML.sub("", " ".join(visible(text).split()))
