"""Whether a text is a whole statement, by its own parse: a finite verb with a subject; no question, reply, labelled line or list entry."""

from __future__ import annotations

import re

from briefing.language.attribution import attributions
from briefing.language.base import TIMES, Parse
from briefing.language.connectors import DATELINE
from briefing.language.cuts import cuts
from briefing.language.verbs import FINITE, SUBJECTS
from briefing.text.questions import asks
from briefing.text.sentences import BULLETS
from briefing.text.stamps import stamp

_LISTED = re.compile(r"\b(?:Details|Price|Cost|When|Where|Address|Hours|Tickets|Info|Location|Phone):")
_ENTRY = re.compile(r"[^-–—.]{2,50} - (?=[A-Z])[^-–—]*$")
"""What an entry of a list looks like that was glued into one sentence: "Pier Bar - On May 5, guests …", "Details: …"."""

_REPLY = re.compile(r"[“\"‘']?(?:Yes|No|Yep|Nope|Sure|Well)[,.!] ")
"""The head of a sentence that answers a question before it."""

_LABEL = 3  # words before a colon
_FIELD = re.compile(r"[-*\s]*[a-z_]+\s?: ")
"""The name of a field at the head of a line of data."""

_ENDS = frozenset(".!?…\"”’'»)]*_")
_PAST = FINITE | {"VBN"}  # the parser takes one past form for the other, and a sentence with a stop is no headline
_BESIDE = frozenset(["relcl", "advcl", "csubj", "pcomp"])  # clauses that say something beside what the sentence says
_LONG = 8  # words of what is no heading
_SCORE = re.compile(r" \d{1,3}[-–]\d{1,3}\b")


def fragment(parse: Parse) -> str:
    """Return why a text is no whole statement: no finite verb with a subject at its root, a question, or cut off."""
    text = parse.text.rstrip()
    if asks(text):
        return "question"
    if text[-1:] not in _ENDS:
        return "no whole sentence"
    if text.lstrip(f"{BULLETS} ")[:1].islower() or text.count("(") != text.count(")"):
        return "damaged: its head or its end is missing"
    if _REPLY.match(text):
        return "answers a question that is not told"
    if _LISTED.search(text) or (_ENTRY.match(text) and not stamp(text) and not any(cut.reason == DATELINE for cut in cuts(parse))):
        return "an entry of a list"
    root = parse.root
    if root < 0 or _FIELD.match(text) or _labelled(parse) or not _stands(parse, root):
        return "no whole sentence"
    return ""


def _labelled(parse: Parse) -> bool:
    """Return whether a sentence stands behind a label of its own: "Note: The club …", "Why it matters: Voters …"."""
    head, colon, rest = parse.text.partition(": ")
    if (
        stamp(parse.text)
        or not colon
        or not rest[:1].isupper()
        or len(head.split()) > _LABEL
        or any(cut.reason == DATELINE for cut in cuts(parse))
    ):
        return False
    return not attributions(parse)


def _stands(parse: Parse, root: int) -> bool:
    """Return whether a root is a finite clause with a subject, or the verb of what somebody says."""
    verbs = [root, *parse.below(root, "aux", "auxpass")]
    if any(parse.tokens[n].tag in _PAST for n in verbs) and parse.below(root, *SUBJECTS):
        return True
    # Where the parser took a noun or a participle for the root, the sentence may be whole all the same: it has a finite verb of its own.
    own = (n for n, token in enumerate(parse.tokens) if token.tag in FINITE and token.dep not in _BESIDE)
    if any(parse.tokens[n].dep not in {"aux", "auxpass"} or parse.tokens[parse.tokens[n].head].dep not in _BESIDE for n in own):
        return True
    return _taken_for_noun(parse, root)


def _taken_for_noun(parse: Parse, root: int) -> bool:
    """Return whether a long sentence with a stop lost its verb to the parser, which took it for a noun or for a clause beside one.

    "The USMNT qualified for …", "The deal pledges that …", "The top two teams move on …": what is in doubt is told whole, or not at all.
    """
    token = parse.tokens[root]
    if len(parse.text.split()) < _LONG or parse.text.rstrip("”\"’' )")[-1:] != ".":
        return False
    if any(_played(parse, n) for n in (root, *parse.below(root, *SUBJECTS))):
        return True
    if token.tag == "VB":  # a plural's, where nobody is told to do it
        return bool(parse.below(root, "nsubj", "nsubjpass"))
    if token.pos not in {"NOUN", "PROPN"}:
        return False
    if token.tag == "NNS" and any(
        parse.word(m).casefold() == "that" and parse.tokens[m].dep == "mark" for k in parse.children[root] for m in parse.children[k]
    ):
        return True
    after = (m for m in parse.children[root] if m > root)
    return any(parse.tokens[m].dep in {"acl", "relcl", "advcl", "amod"} and _past(parse, m) for m in after) or _dated(parse, root)


def _dated(parse: Parse, root: int) -> bool:
    """Return whether what was taken for an adjective stands right behind a day: "A jury on Tuesday acquitted nurse Ada Kell"."""
    before = (parse.tokens[n - 1] for n, token in enumerate(parse.tokens) if n > root + 1 and (token.tag, token.dep) == ("VBN", "amod"))
    return any(token.pos == "PROPN" and token.entity in TIMES for token in before)


def _played(parse: Parse, n: int) -> bool:
    """Return whether a game was taken for a name: one word between who played, and a score behind, "Velm beat holders Norrbus 2-1"."""
    between = n > 1 and parse.word(n - 1).islower() and parse.tokens[n - 1].head == n and parse.word(n - 2)[0].isupper()
    return between and any(_SCORE.match(parse.text, parse.tokens[m].end) for m in parse.below(n, "appos") if m > n)


def _past(parse: Parse, n: int) -> bool:
    """Return whether a word behind a noun can be its verb: a past form that no pronoun or conjunction introduces, nor anybody does it."""
    token = parse.tokens[n]
    led = any(parse.tokens[m].tag in {"WDT", "WP", "WRB", "TO"} for m in parse.children[n]) or parse.below(n, "agent")
    joined = any(parse.word(m).casefold() != "since" for m in parse.below(n, "mark"))
    pronoun = any(parse.tokens[m].pos == "PRON" for m in parse.below(n, "nsubj", "nsubjpass"))
    past = token.tag in {"VBD", "VBN"} or parse.word(n).endswith("ed")
    return past and not (led or joined or pronoun) and parse.word(n - 1)[0].isalnum()
