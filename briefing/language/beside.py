"""What stands beside the main clause of a sentence, and may go: what leads up to it, what is set off behind it, what is within it.

What is left is true wherever the sentence is: no condition, denial, purpose or speaker goes, nobody who came to harm, nothing that stands
beside what did not happen, and nothing that a word of the rest may mean. Whether a part goes is not decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from briefing.language.base import TIMES, VERBS, Parse
from briefing.language.constituents import Cut, between, closed, goes_on, next_to
from briefing.language.cuts import APPOSITION, cuts
from briefing.language.kept import DENYING
from briefing.language.loose import BINDING, loose
from briefing.language.pronouns import UNIQUE, leans, meant_by
from briefing.language.verbs import SAYING, SUBJECTS, finite, judged, quoted, tense, weighed
from briefing.text.calendar import WEEKDAYS

TODAY = frozenset("today yesterday tonight tomorrow".split())
"""Days that are told from the day of the article alone."""

_NOW = frozenset("week morning afternoon evening".split())

DAYS = TODAY | frozenset(WEEKDAYS)
SAID_IN = frozenset(
    "statement interview speech letter tweet post email memo conference briefing hearing address testimony appearance remark rally".split()
)
"""Where something is said."""

IN = frozenset("in at during on".split())

_CONTRASTS = frozenset(["although", "though"])  # what such a clause grants is true beside the main clause, whatever its tense
_TIMES = frozenset("after as when because following amid".split())  # of what happened once, and of nothing else
_BEHIND = _TIMES | frozenset("since by despite in with from".split())  # begin what may go at the end; what came "before" is newer
_CONDITIONS = frozenset("if unless until till only except pending provided whether just not before".split())  # and what came of it
_HARM = frozenset("kill injure wound hurt die destroy shoot murder".split())  # what came of it is the news
_AFTER = frozenset(["name", "model", "pattern", "call"])  # "named the ship after her mother"
_OTHERWISE = frozenset(
    """
    overturn overrule quash annul reverse revoke rescind withdraw retract recant disallow acquit clear exonerate pardon reinstate restore
    apologise apologize joke jest pretend pose feign impersonate mistake imagine assume adjust deduct account compare measure
    """.split()
)  # what undoes the main clause, or tells that it was not meant or not so, or by what it is counted
_OFF = frozenset("rule call strike turn".split())  # with "out", "off", "down": undo, too
_SUING = frozenset(["sue", "file", "indict", "charge"])  # what is claimed is what it is about
_WHOLE = ("dobj", "ccomp", "xcomp", "attr", "acomp", "oprd", "nsubjpass", "dative", "prep", "agent")  # a verb with one says something
_DASHES = frozenset(["–", "—", "―", "--"])


# What leads up to the main clause


def leading(parse: Parse) -> Iterator[Cut]:
    """Yield all that stands before the subject of the main clause, set off by a comma."""
    subject, parts = _before(parse)
    fit = all(_leads_up(parse, part) and not _carries(parse, part, parse.subtree(part)[0]) for part in parts)
    if subject and fit and not _meant(parse, subject):
        yield Cut(0, parse.tokens[subject].start, "leading clause")


def phrase_before(parse: Parse) -> Iterator[Cut]:
    """Yield a phrase before the main clause that names no place and no time: "In a bold attempt to end the strike, "."""
    tokens, subject, parts = parse.tokens, *_before(parse)
    held = {tokens[n].entity for n in range(subject)}
    phrases = all(tokens[n].dep == "prep" and parse.word(n).casefold() in {"in", "with", "amid"} for n in parts)
    plain = not held & {"GPE", "LOC", "FAC", "DATE", "TIME"} and not says_any(parse, range(subject), _CONDITIONS)
    if subject and phrases and plain and not denied(parse, parse.root) and not _meant(parse, subject):
        yield Cut(0, tokens[subject].start, "leading phrase")


def _before(parse: Parse) -> tuple[int, list[int]]:
    """Return the first token of the main clause's subject and the parts before it, where a comma sets them off; else 0 and none."""
    subject = min((n for k in parse.below(parse.root, *SUBJECTS) for n in parse.subtree(k)), default=0)
    parts = [n for n in parse.children[parse.root] if n < subject and parse.tokens[n].pos != "PUNCT"]
    whole = [n for part in parts for n in parse.subtree(part)]
    comma = any(parse.word(n) == "," for n in range(max(subject - 2, 0), subject) if n not in whole)
    left = {*range(subject)} - {*whole, *(n for n, token in enumerate(parse.tokens) if token.pos == "PUNCT")}
    return (0, []) if not comma or subject > parse.root or left else (subject, parts)


def _leads_up(parse: Parse, part: int) -> bool:
    """Return whether a part before the main clause may go: what it grants, or what was before or beside what happened."""
    token, first = parse.tokens[part], parse.word(parse.subtree(part)[0]).casefold()
    marks = {first, *(parse.word(n).casefold() for n in (part, *parse.below(part, "mark", "advmod")))}
    happened = tense(parse, parse.root) == "past" and not denied(parse, parse.root)
    if token.dep == "advcl" and finite(parse, part):
        return first in _CONTRASTS or (bool(marks & (_TIMES | {"while"})) and happened)
    if token.dep == "advcl":
        asked = token.tag == "VBN" and token.lemma in SAYING  # "Asked whether he had paid, he said that he had"
        return token.tag in {"VBG", "VBN"} and first == parse.word(part).casefold() and happened and not asked
    if token.dep == "prep" and happened:
        objects = {parse.tokens[n].lemma.casefold() for n in parse.below(part, "pobj")}
        day = any(word in DAYS for word in objects)
        return bool(marks & _TIMES) or (first in IN and (day or bool(objects & SAID_IN) or _day_of(parse, part)))
    if token.dep == "npadvmod":
        ahead = tense(parse, parse.root) == "future" and not denied(parse, parse.root)
        timed = happened and any(parse.word(n).casefold() in {"after", "before"} for n in parse.subtree(part))
        return timed or (relative(parse, part) and (happened or ahead))
    return False


def relative(parse: Parse, n: int) -> bool:
    """Return whether a token is a day that only the day of the article explains: "today", the week of "this week"."""
    return parse.word(n).casefold() in TODAY or now(parse, n)


def now(parse: Parse, n: int) -> bool:
    """Return whether a token is the noun of "this week", "this morning"."""
    return n > 0 and parse.word(n).casefold() in _NOW and parse.word(n - 1).casefold() == "this"


def _day_of(parse: Parse, part: int) -> bool:
    """Return whether a phrase tells on which day of something it was: "On the second day of the strike"."""
    return any(parse.tokens[n].lemma == "day" and any(parse.word(m) == "of" for m in parse.children[n]) for n in parse.below(part, "pobj"))


def _meant(parse: Parse, last: int) -> bool:
    """Return whether a word of the rest may mean something in the tokens before `last`: a pronoun, or a noun spoken of as known."""
    tokens, rest = parse.tokens, range(last, len(parse.tokens))
    names = {parse.word(n) for n in rest if tokens[n].pos in {"PROPN", "NOUN"}}
    told = [n for n in range(last) if tokens[n].pos in {"NOUN", "PROPN", "VERB"} and tokens[n].entity not in TIMES]
    told = [n for n in told if parse.word(n) not in names and tokens[n].lemma.casefold() not in SAID_IN]
    if leans(parse) or any({*meant_by(parse, n)} & {*told} for n in rest):
        return True
    return bool(told) and any(_pointed(parse, n) for n in rest)


def _pointed(parse: Parse, n: int) -> bool:
    """Return whether a token is a noun with "the" or a pointing word, and nothing beside it that tells which."""
    token = parse.tokens[n]
    pointed = any(parse.word(m).casefold() in {"the", "this", "that", "these", "those"} for m in parse.below(n, "det"))
    bare = not any(parse.tokens[m].dep not in {"det", "punct", "case"} for m in parse.children[n])
    return token.pos == "NOUN" and not token.entity and token.lemma.casefold() not in UNIQUE and pointed and bare


# What stands behind the main clause, or within it


def behind(parse: Parse) -> Iterator[Cut]:
    """Yield what stands last behind a comma or a dash: a clause or phrase of time, cause or manner, or what says more of a noun."""
    tokens, end = parse.tokens, _end(parse)
    dashes = sum(parse.word(n) in _DASHES for n in range(end))
    for n in range(end - 2, 1, -1):
        dash = parse.word(n) in _DASHES and dashes == 1
        inside = range(n + 1, end)
        heads = [m for m in inside if tokens[m].head not in inside and tokens[m].pos != "PUNCT"]
        alone = len({tokens[m].head for m in heads}) == 1 and {tokens[m].dep for m in heads[1:]} <= {"advcl", "prep", "npadvmod"}
        outside = any(token.head in inside for token in tokens[: n + 1] if token.pos != "PUNCT")
        above = tokens[heads[0]].head if alone else n
        listed = any(tokens[m].pos == "CCONJ" and not any(t.dep == "conj" for t in tokens[m:n]) for m in range(above, n))
        fit = (dash or parse.word(n) == ",") and alone and not outside and above < n and not listed  # not "and, in one case, hitting one"
        if fit and all(_ends(parse, head, _begins(parse, head)) for head in heads):
            yield _last(parse, n - 1, end)


def _begins(parse: Parse, head: int) -> int:
    """Return the first word of what hangs on a token."""
    return next(n for n in parse.subtree(head) if parse.tokens[n].pos != "PUNCT")


def _end(parse: Parse) -> int:
    """Return the token behind the last word."""
    end = len(parse.tokens)
    while end and parse.tokens[end - 1].pos == "PUNCT":
        end -= 1
    return end


def bounded(parse: Parse, n: int) -> int:
    """Return the first token of what hangs on a token where that reaches to the end of the sentence in one piece; else 0."""
    end = _end(parse)
    inside = [m for m in parse.subtree(n) if m < end]
    while inside and parse.tokens[inside[0]].pos == "PUNCT":
        inside.pop(0)
    return inside[0] if inside and inside == list(range(inside[0], end)) else 0


def _ends(parse: Parse, head: int, first: int) -> bool:
    """Return whether a part at the end may go, by what it is."""
    token, word = parse.tokens[head], parse.word(first).casefold()
    if _carries(parse, head, first):
        return False
    if token.dep == "relcl":
        return parse.tokens[first].tag in {"WDT", "WP", "WP$", "WRB"} or parse.tokens[first].pos == "ADP"
    if token.dep in {"advcl", "acl"} and not finite(parse, head):
        above = token.head
        bare = all(parse.tokens[n].pos == "ADV" or parse.word(n).casefold() in {"while", "after", "before"} for n in range(first, head))
        empty = not parse.below(above, "dobj", "ccomp", "xcomp", "nsubjpass")
        said = token.lemma in SAYING and (empty or parse.tokens[above].lemma in _SUING)
        return token.tag in {"VBG", "VBN"} and bare and not said and bool(parse.below(above, *_WHOLE))
    if token.dep in {"advcl", "prep"}:
        share = word == "with" and (token.dep == "advcl" or any(parse.tokens[n].entity == "PERCENT" for n in parse.subtree(head)))
        return word in _BEHIND and not share and bool(parse.below(parse.root, *_WHOLE))
    if token.pos == "NOUN" and any(parse.word(n) in {"a", "an"} for n in parse.below(head, "det")):
        twice = token.dep == "dobj" and any(n < first for n in parse.below(token.head, "dobj"))
        one = not parse.below(head, "conj", "cc") and any(parse.tokens[n].dep in {"prep", "relcl", "acl"} for n in parse.children[head])
        beside = token.dep == "npadvmod" and bool(parse.below(token.head, *_WHOLE[:-2]))  # "rejected, by one vote, a plan"
        return one and (token.dep == "appos" or beside or twice)
    return token.dep == "npadvmod" and any(parse.word(n).casefold() in {"after", "before"} for n in parse.children[head])


def times(parse: Parse) -> Iterator[Cut]:
    """Yield a last clause, without a comma, of what was before what happened or beside it: "resigned after the board met"."""
    end = _end(parse)
    for n, token in enumerate(parse.tokens):
        first = bounded(parse, n)
        word = parse.word(first).casefold()
        if first < 2 or token.head >= first or word not in {"after", "as"}:
            continue
        clause = token.dep == "advcl" and finite(parse, n) and tense(parse, n) == "past"
        apart = token.head < first - 1 and parse.tokens[token.head].lemma not in _AFTER
        deed = word == "after" and token.dep == "prep" and apart and tense(parse, token.head) == "past"
        before = parse.tokens[first - 1]
        measured = before.entity in TIMES and parse.word(first - 1).casefold() not in DAYS  # "two days after"
        plain = before.pos not in {"ADV", "ADP", "SCONJ", "PUNCT"} and not measured
        compared = any(parse.word(m).casefold() in {"as", "same", "such", "so"} for m in range(first))
        meanwhile = word == "as" and _acts(parse, n)
        if (clause or deed) and plain and not (compared or meanwhile) and not _carries(parse, n, first) and not denied(parse, token.head):
            yield _last(parse, first - 1, end)


def _acts(parse: Parse, head: int) -> bool:
    """Return whether a clause tells what somebody named did: "lost by nine as Norland won the cup" is the news of Norland, too."""
    verbs = [head, *parse.below(head, "conj")]
    return any(parse.tokens[n].pos == "PROPN" for verb in verbs for n in parse.below(verb, *SUBJECTS))


def _as_what(parse: Parse, n: int) -> bool:
    """Return whether a phrase says how something is meant: "as part of a drill", "in what Kell called a trick", "cured it, in mice"."""
    if parse.tokens[n].dep != "prep":
        return False
    if parse.word(n).casefold() == "as" or any(parse.tokens[k].tag == "WP" for m in parse.below(n, "pcomp") for k in parse.children[m]):
        return True
    objects = parse.below(n, "pobj")
    return any(parse.tokens[m].pos == "NOUN" and not parse.tokens[m].entity and not parse.children[m] for m in objects)


def _last(parse: Parse, before: int, end: int) -> Cut:
    """Return the cut of all behind token `before`, with the mark that closes a quotation there."""
    start = parse.tokens[before].end
    closes = any(start <= first and last == len(parse.text) for first, last in quoted(parse.text))
    return Cut(start, len(parse.text) if closes else parse.tokens[end - 1].end, "last clause")


def within(parse: Parse) -> Iterator[Cut]:
    """Yield the parts within a sentence that commas set off and a lead does without, the last one first."""
    for start, end in reversed(loose(parse)):
        first = parse.at(start)
        inside = range(first + 1, parse.at(end - 1) + 1)
        heads = [n for n in inside if parse.tokens[n].head not in inside and parse.tokens[n].pos != "PUNCT"]
        carried = says_any(parse, inside, _HARM) or any(_carries(parse, n, _begins(parse, n)) for n in heads)
        if parse.word(first) == "," and not carried:
            yield Cut(start, end, "aside")


def known(parse: Parse) -> Iterator[Cut]:
    """Yield what else is said of who somebody is ("the clerk who …"), and in the end who it is."""
    tokens = parse.tokens
    whole: list[Cut] = []
    for n, token in reversed([*enumerate(tokens)]):
        span = closed(parse, n) if token.dep == "appos" and tokens[token.head].pos == "PROPN" else None
        if span is None or not next_to(parse, token.head, span[0]) or _carries(parse, n, span[0]):
            continue
        for m in range(*span):
            below = parse.subtree(m) if tokens[m].dep == "relcl" and finite(parse, m) else []  # not "the first woman to serve"
            if below == [*range(min(below, default=0), span[1])] and below[0] > span[0] + 2 and not _carries(parse, m, below[0]):
                before = below[0] - 1 - (parse.word(below[0] - 1) == ",")
                yield Cut(tokens[before].end, tokens[below[-1]].end, "aside")
        titled = any(tokens[m].entity != "PERSON" for m in parse.below(token.head, "compound"))
        if titled and tokens[token.head].entity == "PERSON" and goes_on(parse, token.head, *span):
            whole.append(between(parse, *span, APPOSITION))
    yield from (*whole, *(cut for cut in reversed(cuts(parse)) if cut.reason == APPOSITION))


def denied(parse: Parse, verb: int) -> bool:
    """Return whether a verb, or one above it, is denied or limited: what stands beside it may be what is denied."""
    while True:
        beside = [m for m in parse.children[verb] if parse.tokens[m].dep in {"neg", "advmod", "det", "preconj"}]
        subjects = [k for m in parse.below(verb, *SUBJECTS) for k in parse.below(m, "det", "advmod", "amod")]
        words = DENYING | {"only", "just", "even", "few", "every", "each", "all", "most"}
        if parse.below(verb, "neg") or says_any(parse, [verb, *beside, *subjects], words):
            return True
        if parse.tokens[verb].head == verb:
            return False
        verb = parse.tokens[verb].head


def _carries(parse: Parse, head: int, first: int) -> bool:
    """Return whether a part says what no headline loses: a denial, a condition, what undoes the rest, when, by whom, who came to harm.

    Nor the ground of what is only judged.
    """
    nouns = [head, *parse.below(head, "pobj")]
    verbs = [head, *parse.below(head, "conj", "pcomp"), *(m for n in nouns for m in parse.below(n, "relcl", "acl"))]
    said = [m for verb in verbs for m in (verb, *(parse.below(verb, "ccomp") if parse.tokens[verb].lemma in SAYING else ()))]
    said = [n for n in said if parse.tokens[n].pos in VERBS]
    inside = parse.subtree(head)
    off = any(parse.tokens[n].lemma in _OFF and parse.below(n, "prt") for n in said)
    undone = off or says_any(parse, said, DENYING | _HARM | _OTHERWISE)
    undone |= any(parse.tokens[n].dep == "neg" for n in inside)
    bound = parse.word(first).casefold() in _CONDITIONS or says_any(parse, inside, BINDING) or parse.word(head) == "compared"
    timed = parse.tokens[head].dep in {"advcl", "prep", "npadvmod"} and any(_dated(parse, n) for n in inside)
    above = parse.tokens[head].head
    ground = parse.tokens[head].dep == "advcl" and above < head and (judged(parse, above) if finite(parse, head) else weighed(parse, above))
    return undone or bound or timed or ground or _as_what(parse, head) or says_any(parse, inside, frozenset({"according"}))


def _dated(parse: Parse, n: int) -> bool:
    """Return whether a token is a number of a date or an age: "when he was 14" is long ago."""
    return parse.tokens[n].entity == "DATE" and parse.tokens[n].pos == "NUM" and parse.word(n).isdigit()


def says_any(parse: Parse, tokens: Iterable[int], words: Collection[str]) -> bool:
    """Return whether any of some tokens is one of these words, or a form of it."""
    return any(parse.word(n).casefold() in words or parse.tokens[n].lemma.casefold() in words for n in tokens)
