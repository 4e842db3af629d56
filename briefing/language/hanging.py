"""What makes the sense of a sentence hang on the one before it: it tells an answer to that, a turn from it, or what was only expected.

Words that join two sentences and say no more ("meanwhile", "by contrast") are no matter of it: they are cut (see `cuts`).
"""

from __future__ import annotations

from briefing.language.base import Parse
from briefing.language.phrases import SUBJECTS
from briefing.language.pronouns import around
from briefing.language.verbs import finite
from briefing.text.quotations import quotations

_ANSWERS = frozenset("response reply return retaliation revenge exchange".split())  # with "in", and nothing that says to what
_DENYING = frozenset("deny dispute reject".split())
_SAID = frozenset("it this that".split())
_GROUNDS = frozenset("reason end case".split())  # with "this" or "that": "for that reason", "to this end"
_TURNS = frozenset("instead otherwise".split())
_UP_TO = frozenset("since by until before".split())  # with "then"
_POINTS = frozenset("point time moment stage".split())  # with "at that"
_EXPECTED = frozenset("expect schedule slate set plan intend hope due suppose".split())


def hangs(parse: Parse) -> bool:
    """Return whether a sentence cannot be understood without the one before, whatever else was told: "In response, Lund resigned"."""
    if parse.root < 0:
        return False
    main = next((n for n in parse.below(parse.root, "ccomp") if n < parse.root), parse.root)
    beside = any(_answers(parse, n, main) or _turns(parse, n, main) for n in parse.children[main])
    return beside or denied(parse) >= 0 or _expected(parse, main) or any(_then(parse, n, main) for n in range(len(parse.tokens)))


def denied(parse: Parse) -> int:
    """Return the "it" or "that" which is all that somebody denies, as the sentence before tells it ("The army denied it"), else -1."""
    root = parse.root
    if root < 0 or parse.tokens[root].lemma not in _DENYING or parse.below(root, "neg", "conj", "ccomp", "xcomp"):
        return -1
    if any(parse.tokens[n].tag == "MD" for n in parse.below(root, "aux")):
        return -1
    return next((n for n in parse.below(root, "dobj") if parse.word(n).casefold() in _SAID and not parse.children[n]), -1)


def _answers(parse: Parse, n: int, main: int) -> bool:
    """Return whether a phrase beside the main verb says that it is an answer, or has its ground elsewhere: "in return", "to that end"."""
    objects = parse.below(n, "pobj") if parse.tokens[n].dep == "prep" else []
    if len(objects) != 1 or not _of_another(parse, n, main):
        return False
    lemma, beside = parse.tokens[objects[0]].lemma.casefold(), [parse.word(m).casefold() for m in parse.children[objects[0]]]
    bare = parse.word(n).casefold() == "in" and not beside and not parse.below(n, "prep")
    fronted = n < min(parse.below(main, *SUBJECTS), default=0)
    return (lemma in _ANSWERS and bare) or (lemma in _GROUNDS and fronted and beside in (["this"], ["that"]))


def _then(parse: Parse, n: int, main: int) -> bool:
    """Return whether a word means a time that another sentence tells: "since then", "by then", "at that point"."""
    word, before = parse.word(n).casefold(), parse.word(n - 1).casefold() if n else ""
    then = word == "then" and before in _UP_TO and parse.text[parse.tokens[n].end :][:1] != "-"  # "by then-Mayor Lind"
    point = word in _POINTS and before == "that" and n > 1 and parse.word(n - 2).casefold() == "at" and not parse.below(n, "prep", "relcl")
    return (then or point) and _of_another(parse, n, main)


def _turns(parse: Parse, n: int, main: int) -> bool:
    """Return whether an adverb beside the main verb puts it in another one's place: "Lund instead left", "Rather, they agree".

    "Instead, " at the head is cut as "However, " is: what the sentence tells is so without it.
    """
    word, fronted = parse.word(n).casefold(), n == 0 and parse.word(1) == ","
    turns = (word in _TURNS and not (fronted and word == "instead")) or (word == "rather" and fronted)
    return turns and parse.tokens[n].dep == "advmod" and not parse.below(n, "prep") and _of_another(parse, n, main)


def _of_another(parse: Parse, n: int, main: int) -> bool:
    """Return whether a token outside quotation marks joins the main clause to another sentence: before it its own tells no other deed."""
    before = (m for m in range(n) if m != main and (parse.tokens[m].pos in {"VERB", "CCONJ"} or parse.tokens[m].dep == "advcl"))
    return around(parse, n, quotations(parse.text)) is None and next(before, -1) < 0


def _expected(parse: Parse, main: int) -> bool:
    """Return whether a sentence tells nothing but what had been expected of somebody, and so not what came: "had been due to vote"."""
    tokens = parse.tokens
    verb = next((n for n in [main, *parse.below(main, "acomp", "xcomp")] if tokens[n].lemma in _EXPECTED), -1)
    had = any(tokens[n].lemma == "have" and tokens[n].tag == "VBD" for n in parse.below(main, "aux"))
    ahead = verb >= 0 and any(tokens[m].tag == "TO" for n in parse.children[verb] for m in parse.below(n, "aux"))
    told = parse.below(main, "conj") or any(finite(parse, n) for n in parse.below(main, "advcl"))
    return had and ahead and not told and bool(parse.below(main, *SUBJECTS))
