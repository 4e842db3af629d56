"""Which other articles of an event report a claim too, and which claims say again what another one says: one relation, support.

claims ─ the sentences of each other article of the event that come nearest ─ numbers, names, polarity (plain code), judge ─► citations
claims ─ the likest sentence of each other article ─ the same news (see `shared`) ─► citations in part
claims ─ against the claims of their event that are told already ─ the same ─► those that add nothing are left out

What a claim says is asked apart from who says it there: an outlet that tells the same in its own voice reports it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefing.brief import Omission
from briefing.language.attribution import attributions, statement_before
from briefing.language.base import TIMES, Parse
from briefing.language.document import Document
from briefing.language.phrases import name_words
from briefing.similarity import Weights, held
from briefing.stages.edits import DATE, TIME
from briefing.stages.judging import Judge
from briefing.stages.nearly import apart
from briefing.stages.plain import FORM, refused
from briefing.stages.rank import Ranker
from briefing.stages.shared import Told, further, told_in_part
from briefing.stages.summarize import Made
from briefing.stages.support import asked
from briefing.text.numbers import numbers
from briefing.text.signals import as_sure
from briefing.types import Claim, Place, cited_articles, edited

OTHERS = FORM | {"speaker", "unsaid"}
"""Gates that say nothing of whether an article tells the same."""

SAID = "says what {}, sentence {}, says"
"""Why a claim is left out that another one holds already: the place of the other one."""

_NEAR = 0.3  # share of a claim's weight that a passage must hold to be asked about
_SENTENCES = 2  # of a passage
_GAIN = 0.12  # share that a further sentence must add
_TOLD = 0.45  # share of a claim's weight that weightier claims must hold, so that the judge is asked whether they say it
_TOGETHER = 3  # weightier claims that are read together
_ENOUGH = 0.5  # probability from which they say it: what is lost by a wrong yes is one claim
_ARTICLES = 6  # other articles of an event that a claim is asked of


class Aligned(NamedTuple):
    """The claims with the citations of all that report them, and those that say nothing new."""

    made: list[Made]
    omitted: list[Omission]


class Passage(NamedTuple):
    """Sentences `numbers` of `article`, by which it could report a claim."""

    article: str
    numbers: tuple[int, ...]


class _Asked(NamedTuple):
    """Whether `article` supports claim `claim` by its sentences `numbers`."""

    claim: int
    article: str
    numbers: tuple[int, ...]


def align(
    made: Sequence[Made],
    events: Sequence[Sequence[str]],
    documents: Mapping[str, Document],
    ranker: Ranker,
    *,
    judge: Judge,
    least: float,
    shared: float,
    once: float,
) -> Aligned:
    """Ask each claim of the weightier claims of its event, and what none of them says of the other articles of it.

    From the probability `least` on an article reports a claim too, where plain code finds nothing in it that the article cannot confirm;
    from `shared` on it tells the same news, and is cited for the claim in part: by the sentence that does so most surely, by what tells a
    name, number or day of the claim that this one leaves out, and by each that would be a claim without it. Of two claims one is told
    where the other's sentence tells the same news from `once` on.
    """
    home = {name: event for event in events for name in event}
    again = _again(made, home, ranker, judge)
    open_claims = [n for n, one in enumerate(made) if not one.claim.verbatim and n not in again]
    told = {n: content(made[n]) for n in open_claims}
    items = [_Asked(n, *passage) for n in open_claims for passage in reportable(made[n], home, documents, ranker)]
    questions = [asked(told[item.claim], [documents[item.article].text(number) for number in item.numbers]) for item in items]
    said = zip(items, judge.ask("support", questions), strict=True)
    supported = _by_few({item: probability for item, probability in said if probability >= least}, told, documents, judge, least)
    in_part = told_in_part(made, home, documents, ranker, judge=judge, least=min(once, shared), enough=shared)
    held_by = _held(made, again, supported, [told for told in in_part if told.sure >= once], shared)
    again = {n: held_by.get(m, m) for n, m in again.items()} | held_by
    kept = {item: support for item, support in supported.items() if item.claim not in again}
    gone = {(made[n].claim.citations[0].place, m) for n, m in held_by.items()}
    sure = [told for told in in_part if told.sure >= shared and told.claim not in again]
    noted = [told for told in sure if told.best or (told.place, told.claim) in gone]
    noted += [told for told in further(made, noted, in_part, documents) if told.claim not in again]
    return _cited(made, again, kept, noted, documents)


def _by_few(
    supported: Mapping[_Asked, float], told: Mapping[int, str], documents: Mapping[str, Document], judge: Judge, least: float
) -> dict[_Asked, float]:
    """Return what supports claims by as few sentences as do: where one of a passage is enough, the others may tell of something else."""
    alone = [item._replace(numbers=(number,)) for item in supported if len(item.numbers) > 1 for number in item.numbers]
    questions = [asked(told[item.claim], [documents[item.article].text(*item.numbers)]) for item in alone]
    sure = {item: probability for item, probability in zip(alone, judge.ask("support", questions), strict=True) if probability >= least}
    found: dict[_Asked, float] = {}
    for item, probability in supported.items():
        enough = [one for one in sure if len(item.numbers) > 1 and one[:2] == item[:2]]
        best = max(enough, key=lambda one: (sure[one], -one.numbers[0]), default=item)
        found[best] = sure.get(best, probability)
    return found


def reportable(one: Made, home: Mapping[str, Sequence[str]], documents: Mapping[str, Document], ranker: Ranker) -> Iterator[Passage]:
    """Yield the passages by which other articles of a claim's event could report it, as far as plain code can tell; the nearest first.

    `home` is the event of each article, by their IDs. A quotation is never asked about.
    """
    if one.claim.verbatim:
        return
    parse = one.chosen.document.read(content(one))
    for name in _others(one, home, ranker):
        passage = _passage(one, documents[name], ranker)
        if passage and not _strange(parse, documents[name], passage):
            yield Passage(name, passage)


def _held(
    made: Sequence[Made], again: Mapping[int, int], supported: Iterable[_Asked], in_part: Iterable[Told], shared: float
) -> dict[int, int]:
    """Return the claims whose sentence tells what another one says, each with that other one.

    Of such claims the one stays that follows none, for which most articles are cited, in part from `shared` on, else that most tell, or the
    weightiest. What
    supports another one in full, and so may tell it in passing, is told itself where it has a value or a name of its own. So is the only
    claim of an article that has a value of its own, and tells the other in part less surely than from `shared` on: no note would show it.
    """
    lines = Counter(one.home for n, one in enumerate(made) if n not in again)
    only = {one.claim.citations[0].place: values(one) for one in made if lines[one.home] == 1}
    in_part = [told for told in in_part if told.sure >= shared or not only.get(told.place, set()) - values(made[told.claim])]
    place = {one.claim.citations[0].place: n for n, one in enumerate(made)}
    cited: dict[int, dict[Place, bool]] = {}
    sources: dict[int, set[str]] = {}
    for told in in_part:
        cited.setdefault(told.claim, {})[told.place] = True
        sources.setdefault(told.claim, set()).update({told.place[0]} if told.sure >= shared else ())
    for item in supported:
        cited.setdefault(item.claim, {}).update({(item.article, number): False for number in item.numbers})
        sources.setdefault(item.claim, set()).add(item.article)
    spread = {n: (len(sources[n]), len({article for article, _ in places})) for n, places in cited.items()}
    found: dict[int, int] = {}
    kept: set[int] = set()
    for n in sorted(
        cited.keys() - again.keys(), key=lambda n: (not made[n].chosen.follows, spread[n], made[n].chosen.weight, -n), reverse=True
    ):
        if n in found:
            continue
        holder = next((place[where] for where, partly in sorted(cited[n].items()) if partly and place.get(where) in kept), None)
        if holder is not None:  # whose own sentence tells this news, though it was not asked about this one
            found[n] = holder
            continue
        kept.add(n)
        for where, partly in sorted(cited[n].items()):
            m = place.get(where, n)
            if m in kept or m in again or m in found:
                continue
            if partly or not (values(made[m]) - values(made[n]) or _names(made[m]) - _names(made[n])):
                found[m] = n
    return found


def _names(one: Made) -> set[str]:
    """Return the words of the persons and bodies that a claim names."""
    return name_words(one.chosen.parse, {"PERSON", "ORG"})


def _strange(claim: Parse, document: Document, sentences: Sequence[int]) -> bool:
    """Return whether a claim holds what an article cannot confirm, by plain code, or the article says otherwise; who says it may differ."""
    parses = [document.parse(number) for number in sentences]
    if any(apart(claim, parse) for parse in parses):
        return True
    return refused(claim, parses, document.article.text, but=OTHERS)


def _again(made: Sequence[Made], home: Mapping[str, Sequence[str]], ranker: Ranker, judge: Judge) -> dict[int, int]:
    """Return which claims say nothing that weightier claims of their event, up to three together, do not say: each with the nearest one.

    A number, a denial or a doubt that none of them has is something new, and no question for the judge.
    """
    order = sorted(range(len(made)), key=lambda n: (-made[n].chosen.weight, n))
    held_by: dict[int, list[int]] = {}
    for k, n in enumerate(order):
        own = _vector(made[n], ranker)
        near = [m for m in order[:k] if home[made[m].home] is home[made[n].home] and held(own, _vector(made[m], ranker)) >= _NEAR]
        near = [m for m in near if not apart(made[n].chosen.parse, made[m].chosen.parse)]
        near = sorted(near, key=lambda m: (-held(own, _vector(made[m], ranker)), m))[:_TOGETHER]
        joined = {term: 1.0 for m in near for term in _vector(made[m], ranker)}
        text, source = made[n].claim.text, " ".join(made[m].claim.text for m in near)
        new = values(made[n]) - set().union(*(values(made[m]) for m in near))
        if near and held(own, joined) >= _TOLD and not new and as_sure(text, source):
            held_by[n] = near
    questions = [asked(content(made[n]), [made[m].claim.text for m in near]) for n, near in held_by.items()]
    again: dict[int, int] = {}
    for (n, near), probability in zip(held_by.items(), judge.ask("support", questions), strict=True):
        if probability >= _ENOUGH and near[0] not in again:
            again[n] = near[0]
    return again


def values(one: Made) -> set[str]:
    """Return the numbers of a claim but for its dates."""
    parse = one.chosen.parse
    told = (parse.word(n) for n, token in enumerate(parse.tokens) if token.pos == "NUM" and token.entity not in TIMES)
    return {value for word in told for value in numbers(word, vague=False)}


def _vector(one: Made, ranker: Ranker) -> Weights:
    return ranker.vectors[one.chosen.document.article.id][one.chosen.rewrite.number]


def content(one: Made) -> str:
    """Return what a claim says without who says it, where that stands at the end, and without days in brackets."""
    claim, first = one.claim, one.claim.citations[0]
    text = edited(first.quote, first.start, [edit for edit in claim.edits if edit.reason not in {DATE, TIME}])
    parse = one.chosen.document.read(text)
    return next(filter(None, (statement_before(parse, said) for said in attributions(parse))), text)


def _others(one: Made, home: Mapping[str, Sequence[str]], ranker: Ranker) -> list[str]:
    """Return the other articles of a claim's event that come nearest to it."""
    cited = set(cited_articles(one.claim.citations))
    names = [name for name in home[one.home] if name not in cited]
    best = {name: max((held(_vector(one, ranker), other) for other in ranker.vectors[name].values()), default=0.0) for name in names}
    return sorted((name for name in names if best[name] > 0), key=lambda name: (-best[name], name))[:_ARTICLES]


def _passage(one: Made, document: Document, ranker: Ranker) -> tuple[int, ...]:
    """Return the sentences of an article that hold most of what a claim says, in order; nothing where they hold too little."""
    wanted = _vector(one, ranker)
    vectors = {n: v for n, v in ranker.vectors[document.article.id].items() if n in document.reporting}
    chosen: list[int] = []
    share = 0.0
    while vectors and len(chosen) < _SENTENCES:
        joined = {term: 1.0 for n in chosen for term in vectors[n]}
        best = max(vectors, key=lambda n: (held(wanted, {**joined, **vectors[n]}), -n))
        now = held(wanted, {**joined, **vectors[best]})
        if now - share < (_GAIN if chosen else _NEAR):
            break
        chosen.append(best)
        share = now
    return () if any(apart(one.chosen.parse, document.parse(number)) for number in chosen) else tuple(sorted(chosen))


def _cited(
    made: Sequence[Made],
    again: Mapping[int, int],
    supported: Mapping[_Asked, float],
    in_part: Iterable[Told],
    documents: Mapping[str, Document],
) -> Aligned:
    """Return the claims that say something new, each with the citations of the articles that report it too, the least of their support."""
    more: dict[int, dict[Passage, float]] = {}
    for item, support in supported.items():
        more.setdefault(item.claim, {})[Passage(item.article, item.numbers)] = support
    partly: dict[int, list[Place]] = {}
    for told in in_part:
        partly.setdefault(told.claim, []).append(told.place)
    found: list[Made] = []
    omitted: list[Omission] = []
    for n, one in enumerate(made):
        if n in again:
            kept, first = made[again[n]].claim.citations[0], one.claim.citations[0]
            reason = SAID.format(kept.article, kept.sentence)
            omitted.append(Omission(article=first.article, sentence=first.sentence, reason=reason))
        else:
            heavy = as_heavy(n, made, again)
            found.append(heavy._replace(claim=reported(one.claim, more.get(n, {}), partly.get(n, []), documents)))
    return Aligned(found, omitted)


def as_heavy(n: int, made: Sequence[Made], held_by: Mapping[int, int]) -> Made:
    """Return a claim with the weight of the heaviest of those that it holds: it stands in their place."""
    weight = max([made[n].chosen.weight, *(made[m].chosen.weight for m, holder in held_by.items() if holder == n)])
    return made[n]._replace(chosen=made[n].chosen._replace(weight=weight))


def reported(claim: Claim, more: Mapping[Passage, float], partly: Sequence[Place], documents: Mapping[str, Document]) -> Claim:
    """Return a claim with the citations of passages that report it too, the least support, and the earliest date of its articles.

    Sentences that tell it `partly` come last; of an article that reports it whole there are none.
    """
    whole = {passage.article for passage in more}
    places = [(item.article, number) for item in more for number in item.numbers]
    rest = [place for place in partly if place[0] not in whole]
    if not places and not rest:
        return claim
    citations = [*claim.citations, *(documents[name].article.cite(number) for name, number in (*places, *rest))]
    dates = sorted(filter(None, (documents[name].article.published for name in cited_articles(citations))))
    changed = {"citations": tuple(dict.fromkeys(citations)), "support": min([claim.support, *more.values()])}
    names = tuple(dict.fromkeys(name for name, _ in rest))
    return claim.model_copy(update={**changed, "partly": names, "published": dates[0] if dates else ""})
