"""What a claim about one sentence says: the sentence, with what must be put in or cut, and what may be cut. No model is asked.

Document, sentence ─ is it told, and by whom? ─ whom it means ─ when ─ what is loaded ─► Rewrite, or the reason why it is never a claim

Everything is an edit of the sentence as it stands in its article. Where it cannot be told whose words a sentence is, or whom it means,
it is left out: nothing is lost but one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.cuts import DATELINE, TICKER, Cut, cuts
from briefing.language.dates import full_date, spelt
from briefing.language.document import Document, names_entry
from briefing.language.parties import joined
from briefing.language.phrases import lemmas, phrase
from briefing.language.pronouns import open_references
from briefing.language.quantities import quantities
from briefing.language.reference import resolve
from briefing.language.speakers import speakers_of, voice
from briefing.language.times import day_of, insertions
from briefing.language.unproven import unproven
from briefing.text.foreign import foreign
from briefing.text.labels import UNNAMED
from briefing.text.loaded import loaded
from briefing.text.quotations import quotations, without_quotations
from briefing.text.stamps import Stamp, stamp
from briefing.types import Edit, Kind, Role, Sentence, edited

LONGEST = 60
"""Words of a claim: what is longer is a table or several sentences that a missing stop made one."""

_WIDEST = 800  # characters of a sentence in a language without spaces, or of something that is none

CONNECTOR, CAPITAL, MEANT, DATE, TIME, SPEAKER, MARK, LIST, LOADED, MARKUP, COLOUR = (
    *("connector", "capital", "whom it means", "date", "time", "speaker", "quotation mark", "list", "loaded wording", "mark-up", "colour"),
)
"""Reasons of edits; the other ones are those of `cuts`."""

ALWAYS = frozenset({CONNECTOR, DATELINE, TICKER})
"""Reasons of the cuts that are made wherever they may be."""

OUTLET = "One article"
"""What an outlet is called that does not say its name."""

UNPROVEN = "goes on with what sentence {} only alleges or supposes"
"""Why a sentence is not told by itself that takes its standing from another one."""

ELSEWHEN = re.compile(
    r"(?:\W|But |And )*(?:(?:\w+[ -]){1,2}(?:minute|hour|day|week|month|year|decade)s? (?:later|earlier|before)\b"
    r"|(?:since|by|until) then\b|(?:at|around) (?:the|that|the same) time\b|then\b"
    r"|(?:that|the (?:same|next|following|previous)) (?:day|night|morning|week|month|year)\b)",
    re.IGNORECASE,
)
"""A time at the head of a sentence that only the sentence before explains."""

LISTED = re.compile(r"\b(?:Details|Price|Cost|When|Where|Address|Hours|Tickets|Info|Location|Phone):")
ENTRY = re.compile(r"[^-–—.]{2,50} - (?=[A-Z])[^-–—]*$")
"""What an entry of a list looks like that was glued into one sentence: "Pier Bar - On May 5, guests …", "Details: …"."""

EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|[\u200b\u2060\ufeff\u00ad]")
"""Marks of emphasis in Markdown, and characters that show nothing."""

LABEL = re.compile(r"\W{0,3}(?:(?:RT )?@?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}(?: \([^()]{1,40}\))?\s?:|(?:Q|A|[Aa]nswer|ANSWER)\.)\W{0,3}\s")
"""The label at the head of what somebody says in an interview or a post: "Mayor Lind: ", "RT @ministry: "."""

_REPLY = re.compile(r"[“\"‘']?(?:Yes|No|Yep|Nope|Sure|Well)[,.!] ")
"""The head of a sentence that answers a question before it."""

_LABEL = 3  # words before a colon
_FIELD = re.compile(r"[-*\s]*[a-z_]+\s?: ")
"""The name of a field at the head of a line of data."""

_CLOSING = {"“": "”", "„": "“", "«": "»", "‘": "’"}

_DAY = len("2026-11-26")

_REPLIES = {"respond", "reply", "comment"}
_ANSWERS = {"comment", "response", "reply", "message"}
_OWN = {"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"}
_OTHERWISE = {"mine", "i"}  # a coal mine, Charles I
_READER = {"you", "your", "yours", "yourself"}
_ENDS = set(".!?…\"”’'»)]*_")
_FINITE = {"VBD", "VBZ", "VBP", "MD", "VBN"}  # the parser takes one past form for the other, and a sentence with a stop is no headline
_BESIDE = {"relcl", "advcl", "csubj", "pcomp"}  # clauses that say something beside what the sentence says
_LONG = 8  # words of what is no heading
_SCORE = re.compile(r" \d{1,3}[-–]\d{1,3}\b")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


class Rewrite(NamedTuple):
    """A claim before the model chose what to cut.

    `sentences` are the numbers it rests on, its own first. `needed` edits are always made, of the `optional` cuts some, or none.
    `speaker` is who says it, "" where the article does. `day` is the ISO date of what it tells, "" where none is given.
    """

    number: int
    sentences: tuple[int, ...]
    needed: tuple[Edit, ...]
    optional: tuple[Edit, ...]
    speaker: str
    kind: Kind
    verbatim: bool
    day: str


def rewrite(document: Document, number: int) -> Rewrite | str:
    """Return how sentence `number` is told, or the reason why it is never a claim."""
    sentence = document.sentence(number)
    items = _items(document, number)
    if reason := _never(document, sentence, items):
        return reason
    speaker = voice(document, number)
    if not document.parse(number).tokens and not (speaker and speaker.name):
        return quoted(document, number) if speaker is None else "part of a quotation whose speaker is not clear"
    if document.article.form == "opinion":
        return _opinion(document, number) if not items else "lead-in"
    if items:
        return _listed(document, number, items)
    if speaker is not None:
        if not speaker.name:
            return "part of a quotation whose speaker is not clear"
        if speaker.name == UNNAMED:
            return "an answer of somebody who is not named"
        return _spoken(document, number, speaker.name, speaker.sentence)
    return _told(document, number)


def _never(document: Document, sentence: Sentence, items: Sequence[int]) -> str:
    """Return why a sentence is never a claim, judged by what it is in its article and by its length, or ""."""
    text = document.text(sentence.number)
    if sentence.role is not Role.BODY:
        return sentence.note or sentence.role.value
    if document.article.form in {"satire", "list"}:
        return f"a {document.article.form}, not a report" if document.article.form == "satire" else "a list of entries, not a report"
    if sentence.note and not items:
        return sentence.note
    if (heading := document.entries.get(sentence.number, "")) and not names_entry(text, heading):
        return f"told under the heading “{heading}”, which it does not name"
    if sentence.under:
        return f"rests on the lead-in, sentence {sentence.under}"
    if len(text.split()) > LONGEST or len(text) > _WIDEST:
        return "too long to be one sentence"
    return foreign(text)


# A sentence of the article's own voice


def _told(document: Document, number: int) -> Rewrite | str:
    sentence, parse = document.sentence(number), document.parse(number)
    own = _outside_quotations(document, number)
    if reason := _fragment(parse) or _addressed(parse, own) or _advises(document, number) or _itself(document, number):
        return reason
    if ELSEWHEN.match(parse.text):
        return "told of a time that another sentence names"
    if _untimed(document, number):
        return "told at a time that cannot be read, and another entry counts the same"
    if rests := unproven(document, number):
        return UNPROVEN.format(rests)
    meant = resolve(document, number)
    if meant is None:
        return "whom or what it means is not clear without the sentences before it"
    needed = [_edit(sentence, one.start, one.end, bracketed(parse.text[one.start : one.end], one.name), MEANT) for one in meant]
    rests_on = [number, *dict.fromkeys(one.sentence for one in meant if one.sentence != number)]
    speaker = next((name for _, name in speakers_of(document, number) if name), "")
    licensed = [cut for cut in cuts(parse) if not any(cut.start < one.end and one.start < cut.end for one in meant)]
    needed += [_edit(sentence, cut.start, cut.end, "", cut.reason) for cut in licensed if cut.reason in ALWAYS]
    found = _without_loaded(sentence, parse, own, licensed)
    if isinstance(found, str):
        return found
    needed += found
    needed += _marks(document, number)
    dated = _dated(document, number)
    needed += [_edit(sentence, at, at, told, DATE) for at, told in insertions(parse, document.article.published) if not dated]
    needed += [_edit(sentence, *over, TIME)] if (over := stamp_over(document, number)) else []
    needed += [_edit(sentence, m.start(), m.end(), "", MARKUP) for m in EMPHASIS.finditer(parse.text)]
    if dated:
        stop = len(parse.text.rstrip('.!”"’ '))
        needed.append(_edit(sentence, stop, stop, f" [{spelt(dated)}]", DATE))
    needed = apart(needed)
    if not _paired(edited(parse.text, sentence.start, needed)):
        return "a quotation mark is missing"
    optional = [_edit(sentence, cut.start, cut.end, "", cut.reason) for cut in _outermost(licensed) if cut.reason not in ALWAYS]
    optional = [edit for edit in optional if not any(edit.start < other.end and other.start < edit.end for other in needed)]
    kind: Kind = "statement" if speaker else "fact"
    day = dated or day_of(parse, document.article.published)
    day = day if len(day) == _DAY else ""  # a month or a year is more often that of something told beside it
    return Rewrite(number, tuple(rests_on), tuple(needed), tuple(optional), speaker, kind, verbatim=False, day=day)


def _paired(text: str) -> bool:
    """Return whether every quotation mark of a text has its other one; inches and single marks are not looked at."""
    straight = len(re.findall(r'(?<!\d)"', text))
    lone = without_quotations(text, closed_only=True)
    return straight % 2 == 0 and not any(mark in lone for mark in "“”„«»")


def _dated(document: Document, number: int) -> str:
    """Return the day under which a sentence stands that is told of the past: its paragraph begins with a date and nothing else."""
    sentence = document.sentence(number)
    paragraph = [s.number for s in document.article.sentences if s.paragraph == sentence.paragraph and s.number < number]
    if not paragraph:
        return ""
    head = document.text(paragraph[0]).strip(" .:–—")
    day = full_date(head)
    return day if day != document.article.published else ""


def stamp_over(document: Document, number: int) -> tuple[int, int, str] | None:
    """Return the time under which a sentence stands, as what is put in its text's place `start` to `end`; None where it has none.

    It stands at the head of the sentence itself, or in a live blog over it: later entries bring later values.
    """
    where, found = _over(document)[number - 1]
    if found is None or not found.clock:
        return None
    return 0, found.end if where == number else 0, f"[{found.clock}] "


@lru_cache(maxsize=8)
def _over(document: Document) -> list[tuple[int, Stamp | None]]:
    """Return for each sentence the nearest line with a time over it, and that time: 0 and None where there is none."""
    every, live = document.article.sentences, document.article.form == "live blog"
    found: list[tuple[int, Stamp | None]] = []
    for n, sentence in enumerate(every):
        first = n == 0 or every[n - 1].paragraph != sentence.paragraph
        own = stamp(document.text(sentence.number)) if first else None
        found.append((sentence.number, own) if own else found[-1] if live and found else (0, None))
    return found


@lru_cache(maxsize=8)
def _counted(document: Document) -> dict[int, set[tuple[str, str]]]:
    """Return what the entries of an article count, each by the line that has its time."""
    found: dict[int, set[tuple[str, str]]] = {}
    for n in document.body():
        found.setdefault(_over(document)[n - 1][0], set()).update((q.unit, q.noun) for q in quantities(document.parse(n)))
    return found


def _untimed(document: Document, number: int) -> bool:
    """Return whether a sentence stands under a time that cannot be read ("2h ago"), and another entry counts what it counts."""
    where, found = _over(document)[number - 1]
    if found is None or found.clock:
        return False
    counted = {(q.unit, q.noun) for q in quantities(document.parse(number))}
    return any(counted & several for place, several in _counted(document).items() if place != where)


def _fragment(parse: Parse) -> str:
    """Return why a text is no whole statement: no finite verb with a subject at its root, a question, or cut off."""
    text = parse.text.rstrip()
    if text.rstrip("”\"’' )").endswith("?"):
        return "question"
    if text[-1:] not in _ENDS:
        return "no whole sentence"
    if text[:1].islower() or text.count("(") != text.count(")"):
        return "damaged: its head or its end is missing"
    if _REPLY.match(text):
        return "answers a question that is not told"
    if LISTED.search(text) or (ENTRY.match(text) and not stamp(text) and not any(cut.reason == DATELINE for cut in cuts(parse))):
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
    if any(parse.tokens[n].tag in _FINITE for n in verbs) and parse.below(root, *_SUBJECTS):
        return True
    # Where the parser took a noun or a participle for the root, the sentence may be whole all the same: it has a finite verb of its own.
    own = (n for n, token in enumerate(parse.tokens) if token.tag in _FINITE - {"VBN"} and token.dep not in _BESIDE)
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
    if any(_played(parse, n) for n in (root, *parse.below(root, *_SUBJECTS))):
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
    return any(parse.tokens[m].dep in {"acl", "relcl", "advcl", "amod"} and _past(parse, m) for m in after)


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


def _advises(document: Document, number: int) -> str:
    """Return "advice" where nobody but the writer says what should be: "Travellers should check the times"."""
    parse = document.parse(number)
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


def _outside_quotations(document: Document, number: int) -> list[bool]:
    """Return for each token of a sentence whether it stands outside the quotations of its article."""
    start = document.sentence(number).start
    return [document.quotation_at(start + t.start, start + t.end) is None for t in document.parse(number).tokens]


def bracketed(pronoun: str, name: str) -> str:
    """Return a name in the brackets of an insertion, with the ending of a possessive pronoun."""
    possessive = pronoun.casefold() in {"his", "her", "their", "its", "hers", "theirs"}
    return f"[{name}’s]" if possessive and not name.endswith("s") else f"[{name}’]" if possessive else f"[{name}]"


def _without_loaded(sentence: Sentence, parse: Parse, own: Sequence[bool], licensed: Sequence[Cut]) -> list[Edit] | str:
    """Return the cuts that take all loaded wording out of a sentence, or the reason why it cannot be told."""
    needed: list[Edit] = []
    for hit in loaded(parse.text):
        at = parse.at(hit.start)
        if at < len(own) and not own[at]:
            continue
        cut = next((one for one in licensed if one.start <= hit.start and hit.end <= one.end), None)
        if cut is None:
            term = parse.text[hit.start : hit.end].strip('“”‘’"')
            return f"cannot be told without the loaded wording “{term}”"
        needed.append(_edit(sentence, cut.start, cut.end, "", LOADED))
    return needed


def _marks(document: Document, number: int) -> list[Edit]:
    """Return the quotation marks that a quotation which runs on into the next sentence, or from the one before, needs here."""
    sentence = document.sentence(number)
    found: list[Edit] = []
    for q in document.quotations:
        opening = document.article.text[q.start]
        if sentence.start <= q.start < sentence.end < q.end:
            found.append(Edit(start=sentence.end, end=sentence.end, text=_CLOSING.get(opening, opening), reason=MARK))
        elif q.start < sentence.start < q.end <= sentence.end:
            found.append(Edit(start=sentence.start, end=sentence.start, text=opening, reason=MARK))
    return found


def capitalised(document: Document, number: int, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits with a capital for the first letter where a cut made another word the first."""
    sentence = document.sentence(number)
    at = sentence.start
    for edit in in_place(edits):
        if edit.start == at and not edit.text:
            at = edit.end
    first = document.article.text[at : at + 1]
    if at == sentence.start or not first.islower() or any(edit.start <= at < edit.end for edit in edits):
        return tuple(edits)
    return (*edits, Edit(start=at, end=at + 1, text=first.upper(), reason=CAPITAL))


def _outermost(licensed: Iterable[Cut]) -> list[Cut]:
    """Return the cuts that lie in no other one."""
    found: list[Cut] = []
    for cut in sorted(licensed, key=lambda cut: (cut.start, -cut.end)):
        if not found or cut.start >= found[-1].end:
            found.append(cut)
    return found


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits that do not overlap: of two that do, the larger one; what is the same twice, once."""
    found: list[Edit] = []
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.start - edit.end, edit.start)):
        if not any(_meet(edit, other) for other in found):
            found.append(edit)
    return list(in_place(found))


def in_place(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in the order of their places."""
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))


def _meet(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _edit(sentence: Sentence, start: int, end: int, text: str, reason: str) -> Edit:
    return Edit(start=sentence.start + start, end=sentence.start + end, text=text, reason=reason)


# Somebody's own words, a list under its lead-in, a column


def _spoken(document: Document, number: int, name: str, where: int) -> Rewrite | str:
    """Return a sentence that lies in somebody's speech as a quotation with its speaker: "NAME said: “…”"."""
    sentence = document.sentence(number)
    across = [q for q in document.quotations if q.start < sentence.end and sentence.start < q.end]
    whole = any(q.start <= sentence.start and sentence.end <= q.end for q in across) or not across
    if not whole and attributions(document.parse(number)):
        return _told(document, number)  # "… closed,” she added.", "He said: “We left.": the speaker stands in the sentence itself
    if not whole:
        return "part of a quotation"
    return _quoted(document, number, name, "statement", *([where] if where != number else []))


def quoted(document: Document, number: int) -> Rewrite | str:
    """Return a sentence as what its outlet reports, to the letter: where it cannot be told, or is in another language."""
    article = document.article
    if article.form == "opinion":
        return _quoted(document, number, opinion_of(article.source), "opinion")
    return _quoted(document, number, article.source or OUTLET, "fact")


def _quoted(document: Document, number: int, speaker: str, kind: Kind, *rests_on: int) -> Rewrite | str:
    """Return a sentence as a quotation of who says it, to the letter."""
    sentence = document.sentence(number)
    text = document.text(number)
    label = LABEL.match(text) if sentence.speaker or document.article.form in {"interview", "transcript"} else None
    inner = text[label.end() if label else 0 :].strip('“”"«»„* ')
    if not inner or quotations(inner) or any(mark in inner for mark in '“”"«»„'):
        return "it mixes quotation and report, and cannot be quoted whole"
    if inner.rstrip("’'").endswith("?"):
        return "question"
    if open_references(document.parse(number)):
        return "whom or what it means is not clear without the sentences before it"
    start = sentence.start + text.index(inner)
    end = start + len(inner)
    verb = "said" if kind == "statement" else "writes" if kind == "opinion" else "reports"
    edits = (
        Edit(start=sentence.start, end=start, text=f"{speaker} {verb}: “", reason=SPEAKER),
        Edit(start=end, end=sentence.end, text="”", reason=MARK),
    )
    said = speaker if kind == "statement" else ""
    return Rewrite(number, (number, *rests_on), edits, (), said, kind, verbatim=True, day="")


def opinion_of(source: str) -> str:
    """Return what a column is called whose author is not known: the paper does not say what it says."""
    return f"An opinion article in {source}" if source else "An opinion article"


def _opinion(document: Document, number: int) -> Rewrite | str:
    """Return a sentence of a column as its author's own words."""
    if voice(document, number) is not None or quotations(document.text(number)):
        return "quoted in an opinion article"
    article = document.article
    if reason := _fragment(document.parse(number)):
        return reason
    if resolve(document, number) != []:
        return "whom or what it means is not clear without the sentences before it"
    return _quoted(document, number, opinion_of(article.source), "opinion")


def _items(document: Document, number: int) -> list[int]:
    """Return the sentences that rest on this one as the items of its list."""
    if document.sentence(number).note != "lead-in":
        return []
    return [s.number for s in document.article.sentences[number:] if s.under == number and s.role is Role.BODY]


def _listed(document: Document, number: int, items: Sequence[int]) -> Rewrite | str:
    """Return a lead-in with all its items, each quoted to the letter: "The union listed three demands: “…”; “…”"."""
    sentence, parse = document.sentence(number), document.parse(number)
    if resolve(document, number) != []:
        return "lead-in"
    told = [item(document, number) for number in items]
    if not all(told) or sum(len(text.split()) for text in told) + len(parse.text.split()) > 2 * LONGEST:
        return "lead-in of a list that cannot be quoted whole"
    listed = " " + "; ".join(f"“{text}”" for text in told) + "."
    edit = Edit(start=sentence.end, end=sentence.end, text=listed, reason=LIST)
    speaker = next((a.speaker for a in attributions(parse)), "")
    kind: Kind = "statement" if speaker else "fact"
    return Rewrite(number, (number, *items), (edit,), (), speaker, kind, verbatim=False, day="")


def item(document: Document, number: int) -> str:
    """Return an item as it is quoted: without its bullet and its end mark, or "" where it cannot be."""
    text = " ".join(document.text(number).split()).lstrip("-–—*•‣◦▪ ").rstrip(".;, ")
    return "" if quotations(text) or any(mark in text for mark in '“”"') or text.endswith("?") or foreign(text) else text
