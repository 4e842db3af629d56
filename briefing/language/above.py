"""What stands over a report, at the head of a sentence, and is no part of it: who wrote it and where, "Updated:", a sign."""

from __future__ import annotations

import re

from briefing.text.calendar import ANY_MONTH
from briefing.text.sentences import BULLETS

_DAY = rf"{ANY_MONTH} \d{{1,2}}(?:, \d{{4}})?"
_AGENCIES = "AAP|AFP|ANI|AP|CNN|CP|DPA|dpa|EFE|IANS|PTI|Reuters|TASS|UPI|Xinhua"
"""Those that sign behind the place; others do so with a dash only: "Brell (CNN) The council", no "Labour Office (LO) Director"."""

_SIGNED = rf"[A-Z][\w.’'/-]+(?:,? [A-Z][\w.’'/-]+){{0,3}}(?: \([A-Z]\w+\))?(?:,? {_DAY})? ?\((?:{_AGENCIES})\)"
_DATELINE = re.compile(
    rf"{_SIGNED} ?[–—−―-]{{1,2}} ?(?=\d|[a-z][A-Z])|(?:"  # "Brell (AP) - 12 people died"
    r"[A-Z][A-Z.’'/-]+(?:,? [A-Z][A-Z.’'/-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)??"
    rf"(?:,? {_DAY})?(?: ?\([A-Z][\w .&-]{{1,30}}\))? ?[–—−―-]{{1,2}}"
    r"|[A-Z][\w.]+(?:,? [A-Z][\w.]+){0,3} [–—―](?=[^–—―]*$)"  # "Brell — The council closed": one dash in all
    rf"|{_SIGNED}"
    r"|\([A-Z]{2,12}\)(?: ?[–—−―-])?) ?(?=[A-Z“\"])"
)
_SLUG = re.compile(
    r"(?:updated?|breaking(?: news)?|just in|developing|exclusive|watch|correction|editor[’']s note)\s?: (?=[A-Z“\"])", re.IGNORECASE
)
_PICTOGRAPHS = re.compile(r'(?:[\U0001f000-\U0001faff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+ ?)+(?=[\w“"])')

_SIGN = re.compile(rf'[{BULLETS}]\s+(?=[A-Z0-9“"])')


def above(text: str) -> int:
    """Return where the report begins in a sentence, behind what stands over it; 0 where nothing does."""
    signs = _PICTOGRAPHS.match(text) or _SIGN.match(text)
    start = signs.end() if signs else 0
    found = _DATELINE.match(text, start) or _SLUG.match(text, start)
    return found.end() if found else start
