"""Which outlets a sentence passes on: whose report it is, where it is not its own article's.

A name counts as an outlet by a word in it ("Times", "Agency"), by what stands before it ("the newspaper X"), or by the list of those whose
names do not show it. The list is of names, without any judgement.
"""

import re
from collections.abc import Iterator

from briefing.text.attribution import speakers
from briefing.text.names import Name, names
from briefing.text.words import fold, words

_KNOWN = frozenset(
    """
    reuters afp ap upi dpa tass rt sputnik xinhua bloomberg axios politico bbc cnn cbs nbc abc msnbc npr pbs itv zdf ard bild spiegel welt
    zeit stern faz focus monde figaro repubblica corriere ansa efe pais mundo marca anadolu haaretz jazeera arabiya kyodo nhk nikkei yonhap
    interfax izvestia kommersant vedomosti meduza ukrinform unian suspilne rbc euronews newsweek time economist atlantic yorker vox menafn
    nyt wsj ft wapo aljazeera france24 dw rferl cnbc ndtv hindustan dawn cctv globaltimes abc7 forbes fortune wired verge guardian
    """.split()
)
_IN_NAME = frozenset(
    """
    times post journal news herald tribune gazette telegraph mail mirror observer agency press television tv radio broadcasting daily weekly
    magazine chronicle courier globe star standard independent examiner inquirer dispatch newswire bulletin monitor review zeitung
    """.split()
)
_CALLED = re.compile(
    r"\b(?:newspaper|daily|tabloid|outlet|broadcaster|magazine|news (?:agency|site|website)|agency|weekly|channel)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\b(?:(?:detailed|reported|revealed|published|obtained|seen|cited|quoted) (?:first )?(?:by|in)|told|according to|citing|quoting|"
    r"interview (?:with|to)|speaking to)\s+(?:the\s+)?(?:\w+\s+){0,3}?$",
    re.IGNORECASE,
)


def outlets(text: str) -> list[str]:
    """Return the outlets whose report `text` passes on, in order: who is said to report it, and to whom it was told."""
    told = [fold(name) for name in speakers(text)]
    found = [
        name.text
        for name in _outlets(text)
        if any(_within(name.text, speaker) for speaker in told) or _PASSED_ON.search(text[: name.start])
    ]
    return list(dict.fromkeys(found))


def is_outlet(name: str) -> bool:
    """Return whether a name is one of an outlet, by itself."""
    folded = [fold(word.text) for word in words(name)]
    return bool(folded) and (folded[-1] in _IN_NAME or any(word in _KNOWN for word in folded))


def _outlets(text: str) -> Iterator[Name]:
    for name in names(text):
        if is_outlet(name.text) or _CALLED.search(text[: name.start]):
            yield name


def _within(name: str, speaker: str) -> bool:
    return fold(name) in speaker or speaker in fold(name)
