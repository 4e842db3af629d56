"""What can be said of each sentence on its own and by its neighbours: its words, its end, whether it is a paragraph or an item of a list.

This is what furniture, notes, labels and genre judge by. Nothing is decided here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.text.quotations import without_quotations
from briefing.text.sentences import BULLETS, Span
from briefing.text.wording import furniture

ENDED = re.compile(r"[.!?…;。！？｡।॥۔؟።][\"'´’”»›)\]}」』）】》〉*_]*$")
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_COLON = re.compile(r"[:：][\"'”’*_]*$")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")
_BULLET = re.compile(rf"(?:[{BULLETS}]|\d{{1,3}}[.)])\s")
_BEFORE = re.compile(rf"(?:[{BULLETS}>]|\d[.)])[ \t]*(?:\[[ xX]\][ \t]*)?\Z")
_SINGLE = re.compile(r"(?<!\w)‘.*?(?:’(?!\w)|\Z)")  # British quotations; quotations in other marks are known of the whole text
_SEEN = 2000  # characters of a sentence that are looked at: no sentence is longer


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: `text` with single spaces, `plain` the same with what stands in quotation marks blanked out.

    `alone` is a paragraph of its own, `first` and `last` are those of its paragraph; `ended` has terminal punctuation; `item` is of a list,
    or quoted with ">"; `note` is what page furniture it is by its wording, "" for prose.
    """

    text: str
    plain: str
    paragraph: int
    first: bool
    last: bool
    words: int
    ended: bool
    item: bool
    note: str

    @property
    def alone(self) -> bool:
        """Whether it is a paragraph of its own."""
        return self.first and self.last

    @property
    def colon(self) -> bool:
        """Whether it ends in a colon."""
        return bool(_COLON.search(self.text))

    @property
    def short(self) -> bool:
        """Whether it is no longer than headings and labels are."""
        return self.words <= 8 and len(self.text) <= 80

    @property
    def prose(self) -> bool:
        """Whether it is a sentence with an end, and more than a word."""
        return not self.note and self.ended and (self.words >= 3 or not self.alone)

    @property
    def said(self) -> bool:
        """Whether it is all quotation, or begins or ends inside one."""
        return not WORD.search(self.plain) or self.plain[-1:] == " "


def lines(text: str, spans: Sequence[Span]) -> list[Line]:
    """Return the line of each span, in order."""
    found: list[Line] = []
    blanked = without_quotations(text)
    for index, span in enumerate(spans):
        raw = text[span.start : span.end]
        sentence = " ".join(raw.split())
        first = not (index and spans[index - 1].paragraph == span.paragraph)
        last = not (index + 1 < len(spans) and spans[index + 1].paragraph == span.paragraph)
        found.append(
            Line(
                text=sentence,
                plain=_SINGLE.sub(lambda match: " " * len(match.group()), blanked[span.start : span.end][:_SEEN]),
                paragraph=span.paragraph,
                first=first,
                last=last,
                words=_count(sentence),
                ended=bool(ENDED.search(sentence)),
                item=bool(_BULLET.match(sentence) or (first and _BEFORE.search(text, max(0, span.start - 8), span.start))),
                note=furniture(sentence, first and last) if any(map(str.isalnum, sentence)) else "no words",
            )
        )
    return found


def _count(sentence: str) -> int:
    """Count words; in scripts that put no spaces between them, two characters are one."""
    return sum(max(1, len(word) // 2) if _UNSPACED.match(word) else 1 for word in WORD.findall(sentence[:1000]))
