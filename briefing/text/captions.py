"""What stands beside an article on its page: captions and credits of pictures, and the lines that present an author, by their wording.

Where they stand, and whether the article tells of that person, is judged in `furniture`.
"""

import re

from briefing.text.wording import AGENCY, ALONE, ATTRIBUTED, CREDIT, LONGEST

_CREDIT_LINE = re.compile(rf"(?:{'|'.join(ALONE['photo credit'])})\.?", re.IGNORECASE)
_CAPTION = re.compile(  # what a caption has and prose has not, wherever it stands in it
    rf"\|\s*(?:{CREDIT}|map|chart)\b|[\[(](?:{AGENCY} (?:photo|images?)|{CREDIT}(?:s? by|s?\s*:| courtesy))[^\])]*[\])]\.?$"
    r"|\bfile (?:photo|photograph|picture|image)\b|^(?-i:FILE)\s*[-–—]",
    re.IGNORECASE,
)
_POINTING = re.compile(  # "(right)", "from left": said to somebody who looks at the picture
    r"\((?:\w+ ){0,2}(?:left|right|cent(?:re|er)|pictured|top|bottom)\)|\b(?:from left|left to right|clockwise from)\b"
    r"|\b(?:is|are) (?:seen|pictured)\b.*\b\d{4}\W*$",
    re.IGNORECASE,
)
_JOBS = (
    r"(?:reporter|correspondent|journalist|editor|columnist|writer|author|photographer|producer|host|contributor|critic|fellow|professor"
    r"|lecturer|researcher|freelancer|historian|novelist|commentator)"
)
_BIOGRAPHY = re.compile(
    r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3})(?:,[^,]{2,60},)? "
    rf"(?:(?:is|was|works as)\b.{{1,80}}\b{_JOBS}s?\b|(?:covers|writes about|reports on|writes for|reports for|blogs about)\b)"
)


_SIGNED = re.compile(r"[-–—] ?\S.{0,80}\(@\w{1,15}\)(?: \w{3,9} \d{1,2}, \d{4})?\W*$")


def post(sentence: str) -> bool:
    """Say whether a sentence ends a message that somebody posted, with the sign of who it was: "… — Ann Lee (@annlee) May 7, 2025"."""
    return bool(_SIGNED.search(sentence[-200:]))


def credit(sentence: str) -> bool:
    """Say whether a sentence is nothing but a picture's credit ("Photograph: Lio Hart/Nord Press")."""
    return len(sentence) <= LONGEST // 2 and bool(_CREDIT_LINE.fullmatch(sentence))


def caption(sentence: str, alone: bool) -> bool:
    """Say whether a sentence is a picture's caption by its wording; `alone` says whether it is a paragraph of its own."""
    sentence = sentence[:LONGEST]
    return bool(_CAPTION.search(sentence) or (alone and _POINTING.search(sentence) and not ATTRIBUTED.search(sentence)))


def biography(sentence: str) -> str:
    """Return whom a sentence presents as the author of something ("Ann Lee covers water for the Velm Post."), "" for nobody."""
    match = _BIOGRAPHY.match(sentence[:LONGEST])
    return match["name"] if match else ""
