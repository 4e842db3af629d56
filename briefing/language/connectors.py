"""What joins a sentence to the one before, judges what it tells, or stands over it: words that go without a word of the sentence's own.

"However, ", "in turn", "also", "unsurprisingly", "Speaking to reporters, ", and a dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.above import above
from briefing.language.base import Parse
from briefing.language.constituents import Cut, between
from briefing.language.kept import DENYING, holds
from briefing.language.verbs import SUBJECTS

CONNECTOR, COMMENT = "connector", "comment"
"""Reasons of the cuts of what joins a sentence to another, and of what judges what it tells or sets its scene."""

DATELINE = "dateline"
"""Reason of the cut of what stands over a report, at the head of a sentence: where and by whom it was written, "Updated:", pictographs."""

_CONNECTORS = frozenset(
    """
    however meanwhile still also moreover furthermore additionally nevertheless nonetheless besides likewise similarly therefore
    consequently accordingly conversely yet finally lastly thus hence instead
    """.split()
)  # join to the sentence before, with a comma
_CONNECTED = re.compile(r"([A-Z][a-z]+), (?=\w)")
_JOINING = re.compile(
    r"(?:(?:And|But|Yet) )?"
    r"(?:In addition|As a result|Of course|In fact|That said|Even so|At the same time|For example|For instance|On the other hand"
    r"|In turn|(?:In|By) (?:contrast|comparison)), ",
    re.IGNORECASE,
)
_JUDGING = frozenset(
    """
    unsurprisingly surprisingly sadly unfortunately fortunately tragically thankfully luckily mercifully alarmingly shockingly remarkably
    incredibly astonishingly amazingly ironically interestingly curiously ominously worryingly regrettably predictably understandably
    crucially importantly notably strikingly disturbingly
    """.split()
)  # adverbs of the writer's opinion of what the sentence tells
_SCENE = frozenset("speak talk appear".split())  # "Speaking to reporters,": where something was said
_THEN = re.compile(r"(?:And|But) (?!for |not )")


def by_form(parse: Parse) -> list[Cut]:
    """Return what its form alone says may go from the head, however the rest is parsed: a dateline, or "However," before a new clause."""
    if not parse.tokens or parse.text.rstrip()[-1:] == "?":
        return []
    start = over = above(parse.text)
    found = [Cut(0, start, DATELINE)] if over else []
    joined = _CONNECTED.match(parse.text, start)
    if joined and joined[1].casefold() in _CONNECTORS | _JUDGING:
        found.append(Cut(start, joined.end(), CONNECTOR if joined[1].casefold() in _CONNECTORS else COMMENT))
    elif over and (then := _THEN.match(parse.text, start)):
        found.append(Cut(start, then.end(), CONNECTOR))
    return found


def at_head(parse: Parse) -> Iterator[Cut]:
    """Yield what joins a sentence to the one before, judges it, or sets its scene, at its head."""
    tokens, text, root = parse.tokens, parse.text, parse.root
    if len(tokens) < 5:
        return
    word = parse.word(0).casefold()
    comma = parse.word(1) == ","
    if tokens[0].head == root and (word in _CONNECTORS | _JUDGING) and comma and _clause_follows(parse, 2):
        yield Cut(0, tokens[2].start, CONNECTOR if word in _CONNECTORS else COMMENT)
    elif word == "subsequently" and comma and tokens[0].head == root and not _denied(parse) and _clause_follows(parse, 2):
        yield Cut(0, tokens[2].start, CONNECTOR)
    elif (joining := _JOINING.match(text)) and _clause_follows(parse, parse.at(joining.end())):
        yield Cut(0, joining.end(), CONNECTOR)
    elif (
        word in {"but", "and"}
        and tokens[0].dep == "cc"
        and tokens[0].head == root
        and not comma
        and parse.word(1).casefold() not in {"for", "not"}
    ):
        yield Cut(0, tokens[1].start, CONNECTOR)
    elif tokens[0].tag == "VBG" and tokens[0].dep == "advcl" and tokens[0].lemma in _SCENE:
        below = parse.subtree(0)
        after = below[-1] + 1
        fit = below == list(range(after)) and parse.word(after) == "," and _clause_follows(parse, after + 1)
        if fit and not any(holds(parse, n, n + 1, spoken=False) for n in below if parse.word(n) not in {"after", "before", "during"}):
            yield Cut(0, tokens[after + 1].start, COMMENT)


def joining(parse: Parse) -> Iterator[Cut]:
    """Yield the words within a sentence, or at its end, that join it to another or judge what it tells."""
    for n, token in enumerate(parse.tokens):
        if token.dep == "advmod" and parse.word(n).casefold() in _JUDGING | {"however", "meanwhile"} and not parse.children[n]:
            reason = COMMENT if parse.word(n).casefold() in _JUDGING else CONNECTOR
            if 0 < n < len(parse.tokens) - 1 and parse.word(n - 1) == "," == parse.word(n + 1):
                yield between(parse, n, n + 1, reason)
        elif token.head == parse.root and _joins(parse, n) and _of_another(parse, n):
            yield Cut(token.start, parse.tokens[n + 1].start, CONNECTOR)
    end = len(parse.text) - len(" as well.")
    if parse.text.endswith(" as well.") and parse.tokens[parse.at(end) - 1].pos in {"NOUN", "PROPN", "NUM"} and not _joined(parse):
        yield Cut(end, len(parse.text) - 1, CONNECTOR)


def _clause_follows(parse: Parse, n: int) -> bool:
    """Return whether the main clause, or what belongs before it, begins with token `n`: its subject is still to come."""
    return n < len(parse.tokens) and min(parse.below(parse.root, *SUBJECTS), default=-1) >= n


def _joined(parse: Parse) -> bool:
    """Return whether a sentence tells of two deeds, of which one is done "as well", or denies that it is done as well as elsewhere."""
    return _denied(parse) or any(token.dep in {"conj", "advcl"} and token.pos == "VERB" for token in parse.tokens)


def _denied(parse: Parse) -> bool:
    """Return whether anything in a sentence denies: what did not happen "subsequently" may have happened before."""
    return any(token.dep == "neg" or {parse.word(n).casefold(), token.lemma} & DENYING for n, token in enumerate(parse.tokens))


def _joins(parse: Parse, n: int) -> bool:
    """Return whether a word is "also", or "subsequently" in a sentence that denies nothing."""
    word = parse.word(n).casefold()
    return word == "also" or (word == "subsequently" and not _denied(parse))


def _of_another(parse: Parse, n: int) -> bool:
    """Return whether a word joins the main verb to another sentence: nothing before it in its own does what the verb does, too."""
    plain = parse.tokens[n].dep == "advmod" and not parse.children[n] and n + 1 < len(parse.tokens) and parse.tokens[n + 1].pos != "PUNCT"
    before = [m for m in range(n) if parse.tokens[m].pos in {"CCONJ", "VERB"} or parse.tokens[m].dep in {"advcl", "preconj"}]
    return plain and all(m == parse.root for m in before)
