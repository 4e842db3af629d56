"""Is this sentence supported by these files? Any claim × any sources → a verdict with the sentences that carry it or come closest.

claim ─ sentences ─ evidence (index of the sources) ─► gates (parser), judge (the evidence, or a stretch of text) ─► Verdict

A claim of several sentences is as good as the worst of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from briefing.errors import UsageError
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.language.reference import resolve
from briefing.stages.edits import for_pronoun
from briefing.stages.evidence import Evidence, Index, says, window
from briefing.stages.judging import Judge
from briefing.stages.plain import FORM
from briefing.stages.support import Statement, Thresholds, gates, verdict
from briefing.stages.support import asked as fields_of
from briefing.text.articles import article
from briefing.text.questions import SOMEONE
from briefing.text.sentences import split
from briefing.text.terms import stems
from briefing.types import Article, Citation, Gate, Relation, Verdict, cited_articles

_FACTS = frozenset({"quotation", "numbers", "names", "negation", "speaker", "cause", "together"})
"""Gates that refuse also what is said in other words than its evidence: measured on SummEdits and the seeds (see the README)."""

_MENTIONED = 0.5  # share of a claim's words that its carriers must hold for its matter to be mentioned at all
_NEWLINE = re.compile(r"\r\n|\r|\n")  # of a claims file: what else ends a line in Unicode may stand inside a JSON text
_HINT = 'a line is {"id": "1", "claim": "…"}, and may have the text of its source as "source"'


class Asked(NamedTuple):
    """A claim to check, against the text of its own source or, where that is empty, against the sources that are given for all."""

    id: str
    claim: str
    source: str = ""


class _Part(NamedTuple):
    sentence: str
    evidence: Evidence
    gates: tuple[Gate, ...]


class Sources:
    """Articles to check against, indexed when first asked for."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles

    @cached_property
    def index(self) -> Index:
        """Return the index of their sentences."""
        return Index(self.articles)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return their full texts by ID."""
        return {found.id: found.text for found in self.articles}

    def document(self, name: str, parser: Parser) -> Document:
        """Return an article by its ID with its parse, which is made once."""
        if name not in self._documents:
            self._documents[name] = Document(next(found for found in self.articles if found.id == name), parser)
        return self._documents[name]

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}


def one_text(text: str) -> Sources:
    """Return a text that is no file as the only source, with the ID "source"."""
    clean = _clean(text)
    return Sources([article("source", "source", hashlib.sha256(clean.encode()).hexdigest(), clean)])


def read_claims(text: str, name: str) -> list[Asked]:
    """Parse the lines of a claims file. Raises UsageError, naming the file and the line, for one that is not as it should be."""
    found: list[Asked] = []
    for number, line in enumerate(_NEWLINE.split(text), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{name}: line {number} is not JSON", _HINT) from error
        if not isinstance(value, dict) or not isinstance(value.get("claim"), str) or not value["claim"].strip():
            raise UsageError(f"{name}: line {number} has no claim", _HINT)
        source = value.get("source") or ""
        if not isinstance(source, str):
            raise UsageError(f'{name}: line {number}: "source" is not a text', _HINT)
        found.append(Asked(_name(value, number), value["claim"], source))
    if not found:
        raise UsageError(f"{name}: no claims in it", _HINT)
    return found


def _name(value: Mapping[str, Any], number: int) -> str:
    given = value.get("id")
    if given is None:
        return str(number)
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def _clean(text: str) -> str:
    """Return `text` as it can be encoded: a lone surrogate (of a broken escape, or a byte of the command line) becomes "?"."""
    return text.encode("utf-8", "replace").decode()


def no_sources(one: Asked) -> UsageError:
    """Return the error of a claim that brings no source where none are given."""
    return UsageError(f"claim {one.id}: no sources to check it against", "name them with --sources")


def check(asked: Sequence[Asked], given: Sources | None, *, parser: Parser, judge: Judge, thresholds: Thresholds) -> Iterator[Verdict]:
    """Yield a verdict for each claim, in order. `given` are the sources of the claims that bring none of their own."""
    asked = [Asked(*map(_clean, one)) for one in asked]
    parts = _gated(asked, given, parser)
    questions: dict[str, list[dict[str, str]]] = {"support": [], "whole": []}
    places: list[tuple[str, range]] = []
    for one, (sources, several) in zip(asked, parts, strict=True):
        task, fields = _questions(one, sources, several)
        places.append((task, range(len(questions[task]), len(questions[task]) + len(fields))))
        questions[task] += fields
    answers = {task: judge.answers(task, fields) if fields else [] for task, fields in questions.items()}
    for one, (_, several), (task, where) in zip(asked, parts, places, strict=True):
        threshold = thresholds.support if task == "support" else thresholds.whole
        yield _verdict(one, several, *verdict([answers[task][n] for n in where], threshold))


def _gated(asked: Sequence[Asked], given: Sources | None, parser: Parser) -> list[tuple[Sources, list[_Part]]]:
    """Return the sentences of each claim with their evidence and what the gates say of them."""
    own = {source: one_text(source) for source in {one.source for one in asked if one.source}}
    statements: list[Statement] = []
    found: list[tuple[Sources, list[Evidence]]] = []
    for one in asked:
        sources = own[one.source] if one.source else given
        if sources is None:
            raise no_sources(one)
        found.append((sources, []))
        for sentence in sentences(one.claim):
            evidence = sources.index.find(sentence)
            told = {carrier.quote: _told(sources.document(carrier.article, parser), carrier) for carrier in evidence.carriers}
            wider = evidence.context if not evidence.close else ()
            quotes = list(dict.fromkeys((*told.values(), *(text for text in wider if text not in told))))
            found[-1][1].append(evidence)
            statements.append(Statement(sentence, quotes, [sources.texts[name] for name in cited_articles(evidence.carriers)]))
    passed = iter(gates(statements, parser))
    texts = iter(statements)
    return [(sources, [_Part(next(texts).text, evidence, next(passed)) for evidence in several]) for sources, several in found]


def _told(document: Document, carrier: Citation) -> str:
    """Return what a carrier says for the gates: with its header or lead-in, and with the name of whom "she" means where that is plain."""
    if (text := says(document.article, carrier.sentence)) != carrier.quote or not SOMEONE.search(text):
        return text
    for one in sorted(resolve(document, carrier.sentence) or [], key=lambda one: -one.start):
        text = text[: one.start] + for_pronoun(text[one.start : one.end], one.name) + text[one.end :]
    return text


def _questions(one: Asked, sources: Sources, parts: Sequence[_Part]) -> tuple[str, list[dict[str, str]]]:
    """Return what the judge is asked: each sentence, where the sources have it nearly so; else the whole claim beside a text."""
    if all(part.evidence.close for part in parts):
        return "support", [fields_of(part.sentence, part.evidence.context) for part in parts]
    names = Counter(carrier.article for part in parts for carrier in part.evidence.carriers)
    name = names.most_common(1)[0][0] if names else next(iter(sources.texts), "")
    claim = " ".join(one.claim.split())
    return "whole", [fields_of(claim, [window(sources.texts.get(name, ""), claim)])]


def sentences(claim: str) -> list[str]:
    """Return the sentences of a claim, each on one line."""
    line = " ".join(claim.split())
    return [line[span.start : span.end] for span in split(line)] or [line]


def _verdict(one: Asked, parts: Sequence[_Part], support: float | None, judged: Gate) -> Verdict:
    """Bring the sentences of a claim together: the worst decides."""
    refused = [part for part in parts if _refusing(part)]
    citations = {(carrier.article, carrier.sentence): carrier for part in parts for carrier in part.evidence.carriers}
    return Verdict(
        id=one.id,
        claim=one.claim,
        supported=not refused and judged.passed,
        relation=_relation(refused or (parts if not judged.passed else [])),
        free=any(not part.evidence.close for part in parts),
        support=support,
        gates=(*_worst([part.gates for part in parts]), judged),
        sentences=tuple(citations.values()),
    )


def _worst(several: Sequence[Sequence[Gate]]) -> list[Gate]:
    """Return for each gate what it says of the first sentence that it refuses, or that it passes all."""
    return [next((gate for gate in same if not gate.passed), same[0]) for same in zip(*several, strict=True)]


def _refusing(part: _Part) -> set[str]:
    """Return the gates that refuse a sentence of a claim whatever its score; where nothing carries it, "whole" is among them.

    What is said in quite other words than the sources is refused by plain facts alone: the other gates would refuse every second true one.
    """
    refusing = {gate.name for gate in part.gates if not gate.passed}
    if not part.evidence.carriers:
        return refusing
    return refusing - FORM if part.evidence.close else refusing & _FACTS


def _relation(refused: Sequence[_Part]) -> Relation:
    if not refused:
        return "supported"
    if min(map(_held, refused)) < _MENTIONED:
        return "not mentioned"
    return "contradicted" if any(map(_contrary, refused)) else "unsupported"


def _contrary(part: _Part) -> bool:
    """Return whether the sources say otherwise: a denial, or other parties to the same deed."""
    return any(not gate.passed and gate.name in {"negation", "actors"} for gate in part.gates)


def _held(part: _Part) -> float:
    wanted = stems(part.sentence)
    given: set[str] = set().union(*(stems(carrier.quote) for carrier in part.evidence.carriers))
    return len(wanted & given) / len(wanted) if wanted else 0.0
