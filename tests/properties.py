"""What must be true of every brief, whatever a model wrote: used by the real suite, the tape and the benchmark.

Each property is a name and the list of what breaks it; empty means that it holds. Nothing here looks at wording, and
what can be counted by plain means (digits, words) is counted by plain means, not by the gates that the brief passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from briefing.sources.files import read
from briefing.text.loaded import loaded
from briefing.text.numbers import numbers
from briefing.types import Article, Brief, Role

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"

Articles = Mapping[str, Article]

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_JUDGING = re.compile(  # what the seeds themselves are worded with, so that the list does not depend on the program's own
    r"\b(dictator|so-called|regime|hypocrit\w*|alarming\w*|relentless\w*|posturing|puppet|propaganda|desperate\w*|brutal\w*|tense)\b",
    re.IGNORECASE,
)


def read_articles(*paths: Path) -> dict[str, Article]:
    """Return the articles under some paths, by ID."""
    return {outcome.id: outcome.article for outcome in read(paths) if outcome.article is not None}


def _uncited(brief: Brief, articles: Articles) -> Iterator[str]:
    yield from (claim.id for claim in brief.claims if not claim.citations)


def _inexact(brief: Brief, articles: Articles) -> Iterator[str]:
    for claim in brief.claims:
        for cited in claim.citations:
            text = articles[cited.article].text
            sentence = articles[cited.article].sentences[cited.sentence - 1]
            if text[cited.start : cited.end] != cited.quote or (sentence.start, sentence.end) != (cited.start, cited.end):
                yield f"{claim.id}: {cited.article} s{cited.sentence}"


def _numbers(brief: Brief, articles: Articles) -> Iterator[str]:
    claims = {claim.id: claim for claim in brief.claims}
    told = [(claim.id, claim.text, [claim]) for claim in brief.claims]
    told += [(story.id, story.headline, [claims[name] for name in story.claims]) for story in brief.stories]
    for name, text, sources in told:
        quotes = "\n".join(cited.quote for claim in sources for cited in claim.citations)
        missing = set(_DIGITS.findall(text)) - set(_DIGITS.findall(quotes))
        missing |= {str(number) for number in numbers(text, vague=False) - numbers(quotes)}
        yield from (f"{name}: {number}" for number in sorted(missing))


def _loaded(brief: Brief, articles: Articles) -> Iterator[str]:
    told = [(claim.id, claim.text) for claim in brief.claims] + [(story.id, story.headline) for story in brief.stories]
    for name, text in told:
        found = {text[hit.start : hit.end] for hit in loaded(text)}
        found |= {hit.group() for hit in _JUDGING.finditer(_QUOTED.sub("", text))}
        yield from (f"{name}: {term}" for term in sorted(found))


def _furniture(brief: Brief, articles: Articles) -> Iterator[str]:
    for claim in brief.claims:
        for cited in claim.citations:
            sentence = articles[cited.article].sentences[cited.sentence - 1]
            if sentence.role is not Role.BODY:
                yield f"{claim.id}: {cited.article} s{cited.sentence} is {sentence.role}"


def _seldom(brief: Brief, articles: Articles) -> Iterator[str]:
    times = Counter(cited.article for claim in brief.claims for cited in claim.citations)
    yield from (f"{a.id}: {times[a.id]}" for a in brief.articles if a.status == "used" and times[a.id] < 2)


def _twice(brief: Brief, articles: Articles) -> Iterator[str]:
    times = Counter(" ".join(re.findall(r"\w+", claim.text.casefold())) for claim in brief.claims)
    yield from (text for text, number in times.items() if number > 1)


PROPERTIES: dict[str, Callable[[Brief, Articles], Iterator[str]]] = {
    "every claim is cited": _uncited,
    "every quotation is exact": _inexact,
    "every number is in the quotations": _numbers,
    "no loaded term outside quotations": _loaded,
    "no furniture or repeat is cited": _furniture,
    "every article is cited at least twice": _seldom,
    "no claim is told twice": _twice,
}


def faults(brief: Brief, articles: Articles) -> dict[str, list[str]]:
    """Return for every property what breaks it."""
    return {name: list(broken(brief, articles)) for name, broken in PROPERTIES.items()}
