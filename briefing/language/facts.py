"""What a sentence says, taken apart: each verb with who does it to whom, and how it stands (denied, possible, to come, alleged).

"Velm lent Tarn 40 million" and "Tarn borrowed 40 million from Velm" give one fact. A fact of a predicate has the predicate as its lemma
("is open"). Whose a noun is stands in facts of its own ("the flag of Velm"). What a parse does not show is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.language.base import TIMES, VERBS, Parse, remembered
from briefing.language.parties import Party, joined, party, same
from briefing.language.phrases import lemmas
from briefing.language.standing import EXCEPT, Standing, everybody, nobody, standing
from briefing.language.subjects import subject_of
from briefing.text.words import fold

_FROM, _AGAINST = {"s": "to", "from": "s"}, {"s": "o", "to": "s", "against": "s"}
# The verb that is kept, and where its parties stand there: for "buy" the subject is whom it is sold to.
_CONVERSE: dict[str, tuple[str, dict[str, str]]] = {
    **dict.fromkeys(("buy", "purchase", "acquire"), ("sell", _FROM)), **dict.fromkeys(("receive", "get"), ("give", _FROM)),
    "borrow": ("lend", _FROM),
    "lose": ("beat", _AGAINST), "win": ("beat", {"against": "o", "over": "o"}), "defeat": ("beat", {}), "replace": ("succeed", {}),
    "precede": ("follow", {"s": "o", "o": "s"}), "employ": ("hire", {}),
    "turn down": ("reject", {}), "call off": ("cancel", {}), "strike down": ("overturn", {}), "put off": ("postpone", {}),
}  # fmt: skip
_BARE = frozenset("lose win receive get".split())
_GIVE = frozenset("give send hand pass grant award".split())
_SAY = (lemmas("say") | frozenset("add explain write post reply respond tweet".split())) - {"deny"}
_STATES = frozenset("be stay remain become seem appear look keep".split())
LIGHT = frozenset("be have do make take go come get give put keep see know use include follow say start begin continue work".split())
"""Verbs that say little by themselves."""

CONVERSES = frozenset(_CONVERSE)
"""Verbs that another one stands for, their converse."""

Places = dict[str, tuple[Party, ...]]
"""Parties by their place: "s", "o", "to", else a preposition."""

_MARGINS = frozenset("vote majority margin point percent".split())  # by which it is done, not by whom


@dataclass(frozen=True)
class Fact:
    """A verb, predicate or noun `lemma` at token `n` with its parties by place: "s" subject, "o" object, "to", else a preposition."""

    parse: Parse
    lemma: str
    n: int
    parties: Places
    standing: Standing
    verb: bool
    limited: frozenset[str] = frozenset()  # "sometimes", "nearly", "except"

    @property
    def words(self) -> frozenset[str]:
        """Return the words of all its parties."""
        return frozenset().union(*(party.words | party.of for several in self.parties.values() for party in several))

    @property
    def shown(self) -> str:
        """Return its verb as it stands."""
        return self.parse.word(self.n)

    @property
    def light(self) -> bool:
        """Return whether its verb says little by itself."""
        return self.lemma in LIGHT


@remembered
def facts(parse: Parse) -> tuple[Fact, ...]:
    """Return the facts of a sentence, in order; none of one that was not parsed."""
    return (*_verbs(parse), *_nouns(parse))


def in_common(one: Fact, other: Fact, place: str) -> bool:
    """Return whether two facts have the same party in a place."""
    return any(same(a, b) for a in one.parties.get(place, ()) for b in other.parties.get(place, ()))


def _verbs(parse: Parse) -> Iterator[Fact]:
    for n, token in enumerate(parse.tokens):
        if not _is_verb(parse, n) or token.dep in {"aux", "auxpass", "amod", "compound", "prep"} or token.lemma == "accord":
            continue
        places = _places(parse, n)
        predicates = parse.below(n, "acomp", "attr", "oprd") if token.lemma in _STATES else []
        if predicates:
            for m in predicates:
                for k in [m, *joined(parse, m)]:
                    inner = {**_places(parse, k, own=False), **places}
                    yield Fact(parse, fold(parse.tokens[k].lemma), n, inner, standing(parse, n), verb=False)
            continue
        excepted = _excepted(parse, n)
        stands, limits = _pleaded(parse, n, standing(parse, n)), _limits(parse, n)
        lemma, moved = _canonical(parse, n, {p: who for p, who in places.items() if p not in EXCEPT} if excepted else places)
        yield Fact(parse, lemma, n, moved, stands, True, limits)
        for place, who in excepted.items():
            lemma, moved = _canonical(parse, n, {**{p: w for p, w in places.items() if p not in EXCEPT}, place: who})
            yield Fact(parse, lemma, n, moved, stands._replace(denied=not stands.denied), True, limits)
    for n, _ in enumerate(parse.tokens):
        if parse.word(n).casefold() == "according" and n + 1 < len(parse.tokens):
            objects = [m for k in (n, n + 1) for m in parse.below(k, "pobj")]
            if objects:
                yield Fact(parse, "say", n, {"s": _several(parse, objects[0])}, Standing(), verb=False)


def _pleaded(parse: Parse, n: int, stands: Standing) -> Standing:
    """Return how a verb stands: "pleaded not guilty" is the denial of "pleaded guilty"."""
    pleas = parse.below(n, "acomp", "oprd", "xcomp") if parse.tokens[n].lemma == "plead" else []
    return stands._replace(denied=not stands.denied) if any(parse.below(m, "neg") for m in pleas) else stands


def _is_verb(parse: Parse, n: int) -> bool:
    """Return whether a token is a verb, or was taken for a noun though "did" stands before it: "how did the tunnel collapse"."""
    token = parse.tokens[n]
    return token.pos in VERBS or (token.tag == "NN" and any(parse.tokens[m].lemma == "do" for m in parse.below(n, "aux")))


def _excepted(parse: Parse, n: int) -> dict[str, tuple[Party, ...]]:
    """Return who is taken out of "all" and "every" beside a verb, by the place of those: "all countries but Harbin", "… except Harbin"."""
    found: dict[str, tuple[Party, ...]] = {}
    agents = [k for m in parse.below(n, "agent") for k in parse.below(m, "pobj")]
    heads = {m: "o" if _passive(parse, n) else "s" for m in parse.below(n, "nsubj", "nsubjpass")} | dict.fromkeys(agents, "s")
    for head, place in (heads | dict.fromkeys(parse.below(n, "dobj"), "o")).items():
        if everybody(parse, head):
            behind = parse.children[n] if not found else ()  # "every country signed the treaty except Harbin"
            out = [*_out(parse, head), *(k for m in behind if parse.word(m).casefold() == "except" for k in _objects(parse, m))]
            who = tuple(party(parse, k) for m in out for k in (m, *joined(parse, m)) if parse.tokens[k].pos in {"NOUN", "PROPN"})
            found |= {place: who} if who else {}
    return found


def _out(parse: Parse, head: int) -> list[int]:
    """Return the nouns behind the "but" or "except" of a phrase."""
    small = [m for m in parse.children[head] if parse.word(m).casefold() in EXCEPT]
    joint = parse.below(head, "conj") if any(parse.tokens[m].dep == "cc" for m in small) else []
    return [*joint, *(k for m in small for k in _objects(parse, m))]


def _objects(parse: Parse, n: int) -> list[int]:
    return [k for m in (n, *parse.below(n, "prep")) for k in parse.below(m, "pobj")]  # "except for Harbin"


def _limits(parse: Parse, n: int) -> frozenset[str]:
    """Return the small words that limit how far a verb holds."""
    return frozenset(
        word for m in parse.below(n, "advmod", "prep", "pcomp", "advcl") if (word := parse.word(m).casefold()) in lemmas("limits")
    )


def _canonical(parse: Parse, n: int, places: Places) -> tuple[str, Places]:
    """Return the lemma of a verb, its particle with it, and its parties, both as of the verb that stands for it and its converse."""
    lemma = " ".join([fold(parse.tokens[n].lemma), *(parse.word(m).casefold() for m in parse.below(n, "prt"))])
    if lemma in _SAY:
        return "say", {("to" if place == "o" and lemma in {"tell", "warn"} else place): who for place, who in places.items()}
    return converse(lemma, places)


def converse(lemma: str, places: Places) -> tuple[str, Places]:
    """Return a verb and its parties as of the verb that stands for it and its converse: of "buy" those of "sell"."""
    if lemma in _GIVE:
        return "give", places
    if lemma in _BARE and not places.keys() & {"to", "from", "against", "over"}:  # "lost its roof", "got a letter"
        return lemma, places
    name, moves = _CONVERSE.get(lemma, (lemma, {}))
    if lemma == "replace" and "with" in places:
        moves = {"with": "s", "s": "by"}
    found: Places = {}
    for place, who in places.items():
        found[moves.get(place, place)] = who + found.get(moves.get(place, place), ())
    return name, found


def _places(parse: Parse, n: int, *, own: bool = True) -> dict[str, tuple[Party, ...]]:
    """Return the parties of a verb or predicate by their place; a passive's as its active has them."""
    found: dict[str, tuple[Party, ...]] = {}

    def put(place: str, head: int) -> None:
        found[place] = found.get(place, ()) + _several(parse, head)

    passive = _passive(parse, n)
    if own:
        subject = _subject(parse, n)
        if subject >= 0 and parse.tokens[subject].pos not in VERBS:
            put("o" if passive else "s", subject)
    for m in parse.children[n]:
        dep = parse.tokens[m].dep
        if dep in {"dobj", "obj"} and not _time(parse, m):
            put("o", m)
        elif dep == "dative":
            for k in parse.below(m, "pobj") or [m]:
                put("to", k)
        elif dep == "agent":
            for k in parse.below(m, "pobj"):
                put("by" if fold(parse.tokens[k].lemma) in _MARGINS else "s", k)
        elif dep == "prep":
            for k in parse.below(m, "pobj"):
                if not _time(parse, k):
                    put(parse.word(m).casefold(), k)
    if (
        parse.tokens[n].dep == "relcl" and parse.tokens[n].head != subject_of(parse, n) and "o" not in found
    ):  # "the judge whom Holt criticised"
        who = [m for m in parse.children[n] if parse.tokens[m].tag in {"WP", "WDT"} and parse.tokens[m].dep in {"dobj", "pobj"}]
        if who or not any(parse.tokens[m].tag in {"WP", "WDT", "WRB"} for m in parse.children[n]):
            put("o", parse.tokens[n].head)
    return found


def _subject(parse: Parse, n: int) -> int:
    """Return the head of who or what a verb is said of, -1 where the parse does not tell."""
    token = parse.tokens[n]
    head = parse.tokens[token.head]
    if token.tag == "VBG" and token.dep == "advcl":  # "Reth met Kell, saying"
        return -1
    if token.dep == "acl" and not parse.below(n, "nsubj", "nsubjpass"):  # not "reports that he resigned"
        watched = any(parse.word(m) == "to" for m in parse.below(n, "aux"))  # of "four horses to watch" they are the object
        return -1 if watched else token.head
    found = subject_of(parse, n)
    if found < 0 and token.pos == "NOUN":
        return next(iter(parse.below(n, "compound")), -1)
    if found < 0 and token.dep in {"xcomp", "pcomp"}:
        return _controller(parse, n)
    if found < 0 and token.dep in {"conj", "advcl"} and head.pos in VERBS:
        return subject_of(parse, token.head)
    return found


def _passive(parse: Parse, n: int) -> bool:
    """Return whether the subject of a verb is what it is done to."""
    token = parse.tokens[n]
    if parse.below(n, "auxpass", "nsubjpass"):
        return True
    if token.tag != "VBN" or parse.below(n, "aux"):
        return False
    if parse.below(n, "nsubj"):  # "sources cited in the report said", by a slip of the parser
        return not parse.below(n, "dobj", "ccomp", "xcomp")
    if token.dep in {"acl", "advcl"}:  # "aimed" and "left" are often taken for participles
        return bool(parse.below(n, "agent")) or not parse.below(n, "dobj", "ccomp", "xcomp")
    return token.dep == "conj" and not parse.below(n, "dobj") and _passive(parse, token.head)


def _controller(parse: Parse, n: int) -> int:
    """Return who does what stands in the infinitive or after a preposition: the object of the verb above, or its subject."""
    m = n
    while parse.tokens[m].head != m and (m == n or parse.tokens[m].pos not in VERBS):
        m = parse.tokens[m].head
    objects = parse.below(m, "dobj", "nsubjpass", "dative")
    if parse.tokens[m].lemma in {"promise", "threaten", "vow"} or not objects:
        return subject_of(parse, m)
    return objects[0]


def _time(parse: Parse, n: int) -> bool:
    return parse.tokens[n].entity in TIMES


def _several(parse: Parse, n: int) -> tuple[Party, ...]:
    """Return each party of a phrase; of "nobody but Reth" only Reth, of "all but Reth" not him."""
    every = [n, *joined(parse, n)]
    if nobody(parse, n):
        excepted = [k for m in parse.children[n] if parse.word(m).casefold() in EXCEPT for k in parse.below(m, "pobj")]
        excepted += every[1:] if any(parse.word(m).casefold() in EXCEPT for m in parse.children[n]) else []
        return tuple(party(parse, m) for m in excepted or every)
    if everybody(parse, n):
        every = [m for m in every if m not in {k for out in _out(parse, n) for k in (out, *joined(parse, out))}]
    return tuple(party(parse, m) for m in every)


def _nouns(parse: Parse) -> Iterator[Fact]:
    """Yield whose each noun is, and whom each title names."""
    for n, token in enumerate(parse.tokens):
        if token.pos not in {"NOUN", "PROPN"}:
            continue
        owners = [m for m in parse.children[n] if parse.tokens[m].dep == "poss" and parse.tokens[m].pos != "PRON"]
        owners += [k for m in parse.below(n, "prep") if parse.word(m) == "of" for k in parse.below(m, "pobj")]
        holder = token.head if token.dep == "compound" and token.pos == "NOUN" and parse.tokens[token.head].entity == "PERSON" else -1
        owning = {"NORP", "GPE", "ORG"} if holder >= 0 else {"NORP", "GPE"}
        beside = [] if token.entity in {"NORP", "GPE", "ORG"} else parse.below(n, "amod", "compound")
        owners += [m for m in beside if parse.tokens[m].entity in owning]
        parties = tuple(p for m in owners if not _time(parse, m) for p in _several(parse, m) if p.named and not p.vague)
        if parties and not _time(parse, n):
            held: Places = {"of": parties, **({"named": (party(parse, holder),)} if holder >= 0 else {})}  # "Velm coach Ida Lund"
            yield Fact(parse, f"{fold(parse.word(n) if token.pos == 'PROPN' else token.lemma)} of", n, held, Standing(), verb=False)
        if token.pos == "PROPN" and token.entity in {"PERSON", ""}:
            for m in [*parse.below(n, "compound", "appos"), *([token.head] if token.dep == "appos" else [])]:
                if parse.tokens[m].pos == "NOUN" and parse.tokens[m].entity != "PERSON":
                    yield Fact(parse, f"{fold(parse.tokens[m].lemma)} named", m, {"of": (party(parse, n),)}, Standing(), verb=False)
