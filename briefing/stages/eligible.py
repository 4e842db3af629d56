"""Why a sentence is never a claim: by what it is in its article, by whom it addresses, and by what it hangs on; not by its wording.

`barred` is asked of every sentence, `hindered` of one that the article tells in its own voice and outside quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.connectors import DATELINE
from briefing.language.cuts import cuts
from briefing.language.document import Document, names_entry
from briefing.language.fragments import fragment
from briefing.language.parties import joined
from briefing.language.phrases import lemmas, phrase
from briefing.language.stamped import untimed
from briefing.language.unproven import unproven
from briefing.text.foreign import foreign
from briefing.types import Role, Sentence

LONGEST = 60
"""Words of a claim: what is longer is a table or several sentences that a missing stop made one."""

UNPROVEN = "goes on with what sentence {} only alleges or supposes"
"""Why a sentence is not told by itself that takes its standing from another one."""

ELSEWHEN = re.compile(
    r"(?:\W|But |And )*(?:(?:\w+[ -]){1,2}(?:minute|hour|day|week|month|year|decade)s? (?:later|earlier|before)\b"
    r"|(?:since|by|until) then\b|(?:at|around) (?:the|that|the same) time\b|then\b"
    r"|(?:that|the (?:same|next|following|previous)) (?:day|night|morning|week|month|year)\b)",
    re.IGNORECASE,
)
"""A time at the head of a sentence that only the sentence before explains."""

_WIDEST = 800  # characters of a sentence in a language without spaces, or of something that is none
_REPLIES = frozenset(["respond", "reply", "comment"])
_ANSWERS = frozenset(["comment", "response", "reply", "message"])
_OWN = frozenset("i we me us my our mine ours myself ourselves".split())
_OTHERWISE = frozenset(["mine", "i"])  # a coal mine, Charles I
_READER = frozenset(["you", "your", "yours", "yourself"])


def barred(document: Document, sentence: Sentence, *, listed: bool) -> str:
    """Return why a sentence is never a claim, by what it is in its article and by its length, or "". `listed`: a list is under it."""
    text = document.text(sentence.number)
    if sentence.role is not Role.BODY:
        return sentence.note or sentence.role.value
    if document.article.form in {"satire", "list"}:
        return f"a {document.article.form}, not a report" if document.article.form == "satire" else "a list of entries, not a report"
    if sentence.note and not listed:
        return sentence.note
    if (heading := document.entries.get(sentence.number, "")) and not names_entry(text, heading):
        return f"told under the heading “{heading}”, which it does not name"
    if sentence.under:
        return f"rests on the lead-in, sentence {sentence.under}"
    if len(text.split()) > LONGEST or len(text) > _WIDEST:
        return "too long to be one sentence"
    return foreign(text)


def hindered(document: Document, number: int) -> str:
    """Return why a sentence of the article's own voice is no news by itself, or "". Whom or what it means is not asked."""
    parse = document.parse(number)
    reason = fragment(parse) or _addressed(parse, document.outside(number)) or _advises(parse) or _itself(document, number)
    if reason:
        return reason
    if ELSEWHEN.match(parse.text):
        return "told of a time that another sentence names"
    if untimed(document, number):
        return "told at a time that cannot be read, and another entry counts the same"
    rests = unproven(document, number)
    return UNPROVEN.format(rests) if rests else ""


def _addressed(parse: Parse, own: Sequence[bool]) -> str:
    """Return why a sentence speaks as nobody of the news: as the writer, or to the reader."""
    words = {
        parse.word(n).casefold()
        for n, token in enumerate(parse.tokens)
        if own[n] and not (parse.word(n).isupper() and token.end - token.start > 1)
        if token.pos == "PRON" or parse.word(n).casefold() not in _OTHERWISE
    }
    if words & _OWN:
        return "first person"
    return "addresses the reader" if words & _READER else ""


def _advises(parse: Parse) -> str:
    """Return "advice" where nobody but the writer says what should be: "Travellers should check the times"."""
    urged = [parse.tokens[n] for n in parse.below(parse.root, "aux") if parse.tokens[n].tag == "MD"]
    return "advice" if any(token.lemma in {"should", "must"} for token in urged) and not attributions(parse) else ""


def _itself(document: Document, number: int) -> str:
    """Return why a sentence tells only how it was reported: what its own outlet does and does not say, or that somebody said nothing.

    "USA TODAY has reached out", "Norrbus did not respond", "A spokeswoman declined to comment", "said he could not comment".
    """
    parse, outlet = document.parse(number), document.article.source.casefold()
    root = parse.root
    refused = parse.tokens[root].lemma in lemmas("deny")
    verbs = {parse.tokens[n].lemma for n in parse.below(root, "xcomp") or [root]}
    objects = {parse.tokens[n].lemma for n in parse.below(root, "dobj")}
    if (refused and verbs & _REPLIES) or (parse.below(root, "neg") and (verbs & _REPLIES or objects & _ANSWERS)):
        return "nobody answered"
    unsaid = [n for n in parse.below(root, "ccomp") if parse.tokens[root].lemma == "say" and parse.below(n, "neg")]
    if any(parse.tokens[m].lemma in _REPLIES for n in unsaid for m in (n, *joined(parse, n))):
        return "nobody answered"
    outlet = outlet.removeprefix("the ")
    speaks = any(outlet in one.speaker.casefold() for one in attributions(parse))
    dateline = max((cut.end for cut in cuts(parse) if cut.reason == DATELINE), default=0)
    begins = sum(token.start < dateline for token in parse.tokens)  # the agency that a dateline names is no subject
    phrases = [phrase(parse, n) for n in parse.below(root, "nsubj")]
    subjects = [parse.span(max(first, begins), last).casefold() for first, last in phrases]
    return "about the outlet itself" if outlet and not speaks and any(outlet in text for text in subjects) else ""
