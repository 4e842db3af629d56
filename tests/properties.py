"""What must be true of every brief, whatever a model wrote: used by the real suite, the tape and the benchmark.

Each property is a name and the list of what breaks it; empty means that it holds. Nothing here looks at wording, and
what can be counted by plain means (digits, words, edits) is counted by plain means, not by the gates that the brief passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from briefing.brief import Brief
from briefing.sources.files import read
from briefing.text.loaded import loaded
from briefing.text.numbers import numbers
from briefing.types import Article, Role

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"

Articles = Mapping[str, Article]

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_MARKED = re.compile(r" ?\[[^\[\]]+\] ?|[“”\"‘’'«»„]|.+ (?:said|reports|writes): “|(?:;? “[^“”]+”)+\.", re.DOTALL)
_MOST = 5  # claims at the head of a brief
_JUDGING = re.compile(  # what the seeds themselves are worded with, so that the list does not depend on the program's own
    r"\b(dictator|so-called|regime|hypocrit\w*|posturing|puppet|propaganda)\b",
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


def _rewritten(brief: Brief, articles: Articles) -> Iterator[str]:
    """Yield the claims and headlines that are not the sentence in the file with the edits in the record."""
    claims = {claim.id: claim for claim in brief.claims}
    told = [(claim.id, claim.text, claim, claim.edits, "") for claim in brief.claims]
    told += [(s.id, s.headline, claims[s.heading], s.edits, ".") for s in brief.stories if s.heading in s.claims]
    yield from (f"{story.id}: made of no claim of its story" for story in brief.stories if story.heading not in story.claims)
    for name, text, claim, edits, stop in told:
        first = claim.citations[0]
        made = articles[first.article].text[: first.end]
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
            if not first.start <= edit.start <= edit.end <= first.end or edit.end > len(made):
                yield f"{name}: an edit outside the sentence, or over another one"
            made = made[: edit.start] + edit.text + made[edit.end :]
        if " ".join(made[first.start :].split()).rstrip(stop or None) != text:
            yield f"{name}: {text}"


def _unmarked(brief: Brief, articles: Articles) -> Iterator[str]:
    """Yield what was put into a sentence and does not show: all but brackets, marks of quotations, and the speaker of one."""
    put_in = [(claim.id, edit) for claim in brief.claims for edit in claim.edits]
    put_in += [(story.id, edit) for story in brief.stories for edit in story.edits]
    for name, edit in put_in:
        if edit.text and not _MARKED.fullmatch(edit.text) and not (edit.end - edit.start == 1 == len(edit.text)):
            yield f"{name}: {edit.text}"


def _numbers(brief: Brief, articles: Articles) -> Iterator[str]:
    claims = {claim.id: claim for claim in brief.claims}
    told = [(claim.id, claim.text, [claim]) for claim in brief.claims]
    told += [(story.id, story.headline, [claims[name] for name in story.claims]) for story in brief.stories]
    for name, text, sources in told:
        text = _BRACKETS.sub("", text)
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


def _untold(brief: Brief, articles: Articles) -> Iterator[str]:
    """Yield the sentences that are neither cited nor left out with a reason, and those that are both or left out twice."""
    left = Counter((omission.article, omission.sentence) for omission in brief.omitted if omission.reason)
    ends = left + Counter({(cited.article, cited.sentence) for claim in brief.claims for cited in claim.citations})
    known = {(article.id, sentence.number) for article in articles.values() for sentence in article.sentences}
    yield from (f"{name} s{number}: {ends[name, number]}" for name, number in sorted(known | ends.keys()) if ends[name, number] != 1)


def _articles(brief: Brief, articles: Articles) -> Iterator[str]:
    """Yield the articles that do not end in exactly one outcome."""
    times = Counter(article.id for article in brief.articles)
    yield from (f"{name}: {times[name]}" for name in sorted(times.keys() | articles.keys()) if times[name] != 1)
    yield from (a.id for a in brief.articles if (a.status == "used") != (a.id in articles) or (a.status != "used" and not a.reason))


def _top(brief: Brief, articles: Articles) -> Iterator[str]:
    """Yield the claims at the top of whose story another one stands there too, and those that are too many."""
    home = {name: story.id for story in brief.stories for name in story.claims}
    times = Counter(home[name] for name in brief.top)
    yield from (name for name in brief.top if times[home[name]] > 1)
    yield from brief.top[_MOST:]


def _seldom(brief: Brief, articles: Articles) -> Iterator[str]:
    """Yield the articles of which nothing is told, where they are more than one in four: what cannot stand is left out."""
    cited = {cited.article for claim in brief.claims for cited in claim.citations}
    used = [a.id for a in brief.articles if a.status == "used"]
    silent = [name for name in used if name not in cited]
    yield from silent if 4 * len(silent) > len(used) else ()


def _twice(brief: Brief, articles: Articles) -> Iterator[str]:
    times = Counter(" ".join(re.findall(r"\w+", claim.text.casefold())) for claim in brief.claims)
    yield from (text for text, number in times.items() if number > 1)


PROPERTIES: dict[str, Callable[[Brief, Articles], Iterator[str]]] = {
    "every claim is cited": _uncited,
    "every quotation is exact": _inexact,
    "every claim and headline is its sentence with its edits": _rewritten,
    "what was put in shows": _unmarked,
    "every number is in the quotations": _numbers,
    "no loaded term outside quotations": _loaded,
    "no furniture or repeat is cited": _furniture,
    "every sentence is told or left out with a reason": _untold,
    "every article has one outcome": _articles,
    "what heads the brief is of different stories": _top,
    "no claim is told twice": _twice,
}

ENOUGH: dict[str, Callable[[Brief, Articles], Iterator[str]]] = {"three of four articles are cited": _seldom}
"""What must be true of the brief of whole articles, as the seeds are."""


def faults(brief: Brief, articles: Articles) -> dict[str, list[str]]:
    """Return for every property what breaks it."""
    return {name: list(broken(brief, articles)) for name, broken in {**PROPERTIES, **ENOUGH}.items()}
