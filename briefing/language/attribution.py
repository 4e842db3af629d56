"""Who is said to have said what a sentence tells, read from its parse.

An attribution is a subject and its verb of saying ("Reth said", "said Reth", "Reth, who wrote that"), "according to" and what follows, the
agent of a passive ("accused by prosecutors") or a source that is cited. Whom a pronoun means, and who speaks where the speaker stands
in another sentence, this module does not know (see `speakers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from briefing.language.base import VERBS, Parse, remembered
from briefing.language.phrases import BODIES, SUBJECTS, core, human, lemmas, phrase, pleonastic
from briefing.language.subjects import inverted, subject_of
from briefing.text.quotations import Quotation, quotations

Way = Literal["said", "according", "cited", "accused"]

_CLAUSES = ("ccomp", "xcomp")
_FIRST = frozenset("i we you me us one there".split())  # these are never named as who spoke
_UNSAID = frozenset("plan schedule law reason standard size".split())  # "according to plan" cites nobody
_OUGHT = frozenset("should must may might could can".split())  # what has not been said
_CIRCUMSTANCES = ("prep", "npadvmod", "dobj", "dative", "advmod", "prt")
_OPEN = frozenset("WP WDT WRB IN TO DT CC PRP$".split())  # tags of words with which no statement ends
_LEFT = 4  # words of a statement
_NEAR = 8  # tokens between a quotation and the end of "…,” the long post read"
_WORDS = 40  # tokens of a phrase: what is longer names nobody


class Attribution(NamedTuple):
    """Who says it: `speaker` without titles and articles ("Anna Reth"), `phrase` in full ("engineer Anna Reth").

    `first` to `last` are the tokens of the phrase (half open), `verb` the token of the verb of saying or of "according". The characters
    `start` to `end` hold all the words that attribute. `quoted` says whether words stand in quotation marks as the speaker's.
    """

    speaker: str
    phrase: str
    first: int
    last: int
    verb: int
    start: int
    end: int
    kind: Way
    quoted: bool


@remembered
def attributions(parse: Parse) -> tuple[Attribution, ...]:
    """Return the attributions of a sentence, outermost first: those outside its quotations, by how high they stand, then the others."""
    if not parse.tokens:
        return ()
    spans = quotations(parse.text)
    found: dict[tuple[str, int], tuple[bool, int, Attribution]] = {}
    read = list(_spoken(parse, spans))
    read += () if any(not _inside(parse, verb, spans) for verb, _, _ in read) else _lost(parse, spans)
    for verb, head, kind in [*read, *_sources(parse)]:
        inside = _inside(parse, verb, spans)
        for part in _speakers(parse, head):
            one = _attribution(parse, part, verb, kind, spans)
            if one is not None:
                found.setdefault((one.speaker, one.verb), (inside, _depth(parse, verb), one))
    return tuple(one for _, _, one in sorted(found.values(), key=lambda item: (item[0], item[1], item[2].start)))


def statement_before(parse: Parse, said: Attribution) -> str:
    """Return what stands before an attribution that ends a sentence with no more than when, where and to whom it was said, else "".

    What is left must be a statement.
    """
    own = {k for m in parse.below(said.verb, *_CIRCUMSTANCES) for k in parse.subtree(m)}
    after = [n for n, token in enumerate(parse.tokens) if token.start >= said.end and token.pos != "PUNCT"]
    if said.quoted or any(n not in own or parse.tokens[n].pos in VERBS for n in after):
        return ""
    rest = parse.text[: said.start].rstrip(" ,")
    left = [n for n, token in enumerate(parse.tokens) if token.end <= len(rest) and token.pos != "PUNCT"]
    whole = any(parse.tokens[n].dep in SUBJECTS and parse.tokens[n].head in left for n in left)
    return f"{rest.rstrip(' .')}." if whole and len(left) >= _LEFT and parse.tokens[left[-1]].tag not in _OPEN else ""


# -- verbs --------------------------------------------------------------------------------------------------


def _spoken(parse: Parse, spans: list[Quotation]) -> Iterator[tuple[int, int, Way]]:
    """Yield each verb of saying with the head of the phrase that says it."""
    for n, token in enumerate(parse.tokens):
        if token.pos not in VERBS and not (token.lemma in lemmas("say") and token.tag.startswith("VB")):
            continue
        kind = _saying(parse, n, spans)
        if kind is None or any(parse.tokens[m].dep == "auxpass" for m in parse.children[n]):
            continue
        subject = subject_of(parse, n)
        if _inside(parse, subject, spans) and not _inside(parse, n, spans):  # what is quoted has no part in who says it
            subject = inverted(parse, n)
        if subject >= 0 and parse.tokens[subject].pos != "VERB":
            yield n, subject, kind


def _saying(parse: Parse, n: int, spans: list[Quotation]) -> Way | None:
    """Return how a verb attributes what stands under it, None where it does not."""
    token = parse.tokens[n]
    lemma = token.lemma.casefold()
    if token.tag == "VBN" and token.dep in {"acl", "amod"} and subject_of(parse, n) < 0:
        return None
    if lemma not in lemmas("say") and (_possible(parse, n) or _reported(parse, n)):
        return None
    clause = [m for m in parse.below(n, *_CLAUSES) if parse.tokens[m].pos in VERBS or parse.below(m, *SUBJECTS)]
    finite = [m for m in clause if parse.tokens[m].dep == "ccomp"]
    quoted = _quotes(parse, n, spans)
    if lemma in lemmas("accuse") and (parse.below(n, "dobj") or finite):
        blamed = [n, *parse.below(n, "dobj", "ccomp"), *(m for k in parse.below(n, "ccomp") for m in parse.below(k, *SUBJECTS))]
        return "accused" if any(parse.word(m) in {"of", "for", "on"} for k in blamed for m in parse.below(k, "prep")) or finite else None
    if lemma in lemmas("say") and any(parse.word(m).casefold() in _OUGHT for m in parse.below(n, "aux")):
        return None
    if lemma == "say" and not (clause or quoted) and any(parse.tokens[m].pos == "NOUN" and m > n for m in parse.below(n, "dobj")):
        return None  # "said goodbye"
    if lemma == "tell" and any(parse.tokens[m].lemma == "will" for m in parse.below(n, "aux")):
        return None  # "time will tell if"
    if lemma in lemmas("say"):
        later = any(parse.word(m) == "that" for m in range(n, len(parse.tokens)))
        return "said" if lemma != "tell" or later or finite or clause or quoted or _parenthetic(parse, n) else None
    as_saying = any(parse.word(m) == "as" for m in range(n, len(parse.tokens)))
    if (lemma == "quote" and parse.below(n, "dobj", "ccomp")) or (
        lemma in lemmas("cite") and (as_saying or _animate(parse, subject_of(parse, n)))
    ):
        return "said"
    if lemma in lemmas("call") and (parse.below(n, "oprd") or finite or any(parse.word(m) == "as" for m in parse.below(n, "prep"))):
        return "said" if _animate(parse, subject_of(parse, n)) else None
    if lemma in lemmas("evidence"):
        return "said" if finite else None
    if lemma in lemmas("clause"):
        return "said" if finite or quoted or _parenthetic(parse, n) else None
    that = [m for m in finite if any(parse.tokens[k].dep == "mark" and parse.word(k).casefold() == "that" for k in parse.children[m])]
    if lemma not in lemmas("never") and (that or (finite and quoted)) and _animate(parse, subject_of(parse, n)):
        return "said"
    return None


def _possible(parse: Parse, n: int) -> bool:
    """Return whether a verb is denied or only possible: "does not think", "can understand"."""
    return any(parse.tokens[m].dep == "neg" or parse.tokens[m].tag == "MD" for m in parse.below(n, "neg", "aux"))


def _reported(parse: Parse, n: int) -> bool:
    """Return whether a verb stands in a clause that another verb of saying reports: "Reth said that Kell agreed"."""
    while parse.tokens[n].head != n:
        dep, n = parse.tokens[n].dep, parse.tokens[n].head
        if dep == "ccomp" and parse.tokens[n].lemma.casefold() in lemmas("say") | lemmas("clause"):
            return True
    return False


def _parenthetic(parse: Parse, n: int) -> bool:
    """Return whether a verb stands beside what it says: "…, Reth told the Courier.", where the clause is the root or the parser lost it."""
    return parse.tokens[n].dep == "parataxis" or any(parse.tokens[m].dep == "parataxis" for m in parse.children[n])


def _lost(parse: Parse, spans: list[Quotation]) -> Iterator[tuple[int, int, Way]]:
    """Yield verb and speaker beside a quotation where the parse shows no subject: the noun between the closing mark and the verb."""
    for q in spans:
        n = parse.at(q.end)
        after = range(n, min(n + _NEAR, len(parse.tokens)))
        noun = next((m for m in after if parse.tokens[m].pos in {"NOUN", "PROPN", "PRON"} and parse.tokens[m].dep != "compound"), -1)
        told = [m for m in after if parse.tokens[m].tag in {"VBD", "VBZ", "VBN"} and m > noun >= 0]
        saying = [m for m in told if parse.tokens[m].lemma in lemmas("say") | lemmas("clause") or m + 3 >= len(parse.tokens)]
        begins = noun >= 0 and all(parse.tokens[m].pos in {"DET", "ADJ", "PROPN", "NOUN"} for m in range(n, noun))
        if begins and saying and q.end - q.start > _NEAR and (saying[0] == told[0] or parse.below(noun, "relcl")):
            yield saying[0], noun, "said"


def _sources(parse: Parse) -> Iterator[tuple[int, int, Way]]:
    """Yield what is cited: after "according to", "citing" and "quoted", and the agents of passives."""
    for n, token in enumerate(parse.tokens):
        word = parse.word(n).casefold()
        lemma = token.lemma.casefold()
        if word == "according" and n + 1 < len(parse.tokens) and parse.word(n + 1).casefold() == "to":
            objects = [m for k in (n, n + 1) for m in parse.below(k, "pobj")]
            if objects and parse.tokens[objects[0]].lemma.casefold() not in _UNSAID:
                yield n, objects[0], "according"
        elif lemma in lemmas("cite"):
            told = (m for m in parse.below(n, "dobj") if _animate(parse, m))
            yield from ((n, m, "cited") for m in told if not any(parse.tokens[k].tag == "VBG" for k in parse.below(m, "acl")))
            if parse.below(n, "auxpass"):
                yield from ((n, m, "cited") for m in parse.below(n, "nsubjpass") if _animate(parse, m))
                yield from ((n, m, "said") for k in parse.below(n, "agent") for m in parse.below(k, "pobj"))
        elif token.tag == "VBN" and lemma in lemmas("accuse") | lemmas("say") | lemmas("call"):
            agents = [m for k in parse.below(n, "agent") for m in parse.below(k, "pobj")]
            yield from ((n, m, "accused" if lemma in lemmas("accuse") else "cited") for m in agents if _animate(parse, m))


# -- who ----------------------------------------------------------------------------------------------------


def _animate(parse: Parse, n: int) -> bool:
    """Return whether a phrase may speak: a person, a body, a pronoun for one, a document, a plural or a noun in a human role."""
    if n < 0:
        return False
    token = parse.tokens[n]
    if token.pos == "PRON":
        return parse.word(n).casefold() in {"he", "she", "they", "who", "others", "many", "some", "both"}
    return (
        token.entity in BODIES
        or token.pos == "PROPN"
        or token.lemma in lemmas("documents")
        or token.tag == "NNS"
        or human(parse.tokens[n].lemma)
    )


def _speakers(parse: Parse, head: int) -> list[int]:
    """Return the heads of those who speak: each person of several ("Reth and Kell said"), else the one phrase."""
    every = [head]
    while parse.below(every[-1], "conj"):
        every.append(parse.below(every[-1], "conj")[0])
    names = all(parse.tokens[m].entity == "PERSON" or (m > head and parse.tokens[m].pos == "PROPN") for m in every)
    return every if len(every) > 1 and names else [head]


def _attribution(parse: Parse, head: int, verb: int, kind: Way, spans: list[Quotation]) -> Attribution | None:
    """Return the attribution of `verb` to the phrase that `head` heads, None where that names nobody."""
    word = parse.word(head).casefold()
    if (
        (word in _FIRST and not (word == "one" and parse.below(head, "prep")))
        or head == verb
        or (word == "it" and (parse.tokens[verb].lemma not in lemmas("say") or pleonastic(parse, head)))
    ):
        return None
    first, last = phrase(parse, head, verb)
    if parse.tokens[head].dep == "pobj" and kind == "accused":  # "accused by prosecutors of fraud": the charge is no part of who they are
        last = next((m for m in range(head + 1, last) if parse.word(m) in {"of", "for"} and parse.tokens[m].dep == "prep"), last)
    speaker = core(parse, head, first, last)
    if not speaker or last - first > _WORDS:
        return None
    start, end = parse.tokens[first].start, parse.tokens[last - 1].end
    low, high = parse.tokens[verb].start, parse.tokens[verb].end
    helpers = [m for m in parse.below(verb, "aux", "neg", "prt") if abs(m - verb) < 4]
    low = min([low, *(parse.tokens[m].start for m in helpers)])
    high = max([high, *(parse.tokens[m].end for m in helpers)])
    quoted = _quotes(parse, verb, spans)
    return Attribution(speaker, parse.text[start:end], first, last, verb, min(low, start), max(high, end), kind, quoted)


# -- quotations ---------------------------------------------------------------------------------------------


def _inside(parse: Parse, n: int, spans: list[Quotation]) -> bool:
    if n < 0:
        return False
    token = parse.tokens[n]
    return any(q.start < token.start and token.end < q.end + (not q.closed) for q in spans if q.closed or _speech(parse, q))


def _speech(parse: Parse, q: Quotation) -> bool:
    """Return whether a mark without its partner opens speech to the end of the sentence, rather than closing what came before."""
    return q.start == 0 or not parse.text[q.start + 1 : q.start + 2].isspace()


def _quotes(parse: Parse, verb: int, spans: list[Quotation]) -> bool:
    """Return whether words in quotation marks, or words left of a lone closing mark, belong to a verb: under it, or beside it."""
    lone = parse.text.find("”")
    if lone >= 0 and not any(q.start < lone < q.end for q in spans) and lone < parse.tokens[verb].start:
        return True
    for q in spans:
        if q.start < parse.tokens[verb].start < q.end:
            continue
        m = parse.at(q.start + 1)
        while m < len(parse.tokens) and m != verb and parse.tokens[m].head != m:
            m = parse.tokens[m].head
            if m != verb and parse.tokens[m].lemma.casefold() in lemmas("say") and not q.start < parse.tokens[m].start < q.end:
                break
        if m == verb:
            return True
        said = parse.tokens[verb]
        gap = parse.text[q.end : said.start] if q.end <= said.start else parse.text[said.end : q.start]
        if len(gap.split()) <= 6 and "." not in gap:
            return True
    return False


def _depth(parse: Parse, n: int) -> int:
    depth = 0
    while parse.tokens[n].head != n and depth < len(parse.tokens):
        n = parse.tokens[n].head
        depth += 1
    return depth
