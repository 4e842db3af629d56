"""From claims to a brief: summaries of articles, stories with headlines, the order in which they are read.

A story is one matter (see `matters`). It begins with what several origins tell, then what is contested, both sides together, then the rest
in the order of its articles.
"""

import math
import re
from collections.abc import Sequence
from datetime import date, timedelta

from briefing.stages.ground import Grounded
from briefing.stages.naming import Names
from briefing.text.clauses import Part, parts
from briefing.text.loaded import loaded
from briefing.text.reference import Reader
from briefing.types import Claim, LoadedTerm, Omission, Role, Story, Summary, cited_articles

TOP = 5
_SPREAD = 0.6  # weight of a doubling of the origins of a claim, or of the files of a story
_FRESH = 7  # days
_STALE = 1.0  # weight that a claim loses for being older
_WORDS = 14  # of a headline, from which a final phrase of circumstance is cut
_CLAUSE = 7  # words that a headline has at least, where its claim has them
_CIRCUMSTANCE = re.compile(
    r",?\s(?:during|after|due to|despite|aimed at|amid|since|following|before|because|at the|on [A-Z][a-z]+’s|while|in response)\b"
)


def summaries(grounded: Sequence[Grounded], omitted: Sequence[Omission], readers: Sequence[Reader]) -> list[Summary]:
    """Return one validated summary an article, in the order of the articles."""
    told = {(citation.article, citation.sentence) for g in grounded for citation in g.claim.citations}
    found: list[Summary] = []
    for reader in readers:
        article = reader.article
        claims = [g.claim for g in grounded if g.pick.reader is reader]
        found.append(
            Summary(
                article=article.id,
                claims=tuple(claims),
                omitted=tuple(o for o in omitted if o.article == article.id and (o.article, o.sentence) not in told),
                language=language(reader),
            )
        )
    return found


def language(reader: Reader) -> tuple[LoadedTerm, ...]:
    """Return the loaded terms of the article's own voice; nothing is said instead of them."""
    return tuple(
        LoadedTerm(
            article=reader.article.id,
            sentence=s.number,
            term=reader.text(s.number)[hit.start : hit.end],
            instead="",
        )
        for s in reader.article.sentences
        if s.role is Role.BODY
        for hit in loaded(reader.text(s.number))
        if not reader.quoted(s.start + hit.start, s.start + hit.end)
    )


def stories(groups: Sequence[Sequence[Claim]], weights: dict[str, float], names: Names, day: str) -> tuple[list[Story], list[str]]:
    """Return the stories, weightiest first, and the IDs of the claims that head the brief: at most five, of as many stories and articles.

    `groups` are the claims by matter, `weights` by claim ID. What is known to be older than the ISO date `day`
    by more than a week weighs less.
    """
    week_ago = (date.fromisoformat(day) - timedelta(days=_FRESH)).isoformat()
    heavy = {
        claim.id: weights[claim.id] + _SPREAD * math.log2(claim.origins) - _STALE * ("" < (claim.date or claim.published) < week_ago)
        for group in groups
        for claim in group
    }
    ranked = sorted(groups, key=lambda group: -(max(heavy[c.id] for c in group) + _SPREAD * math.log2(_files(group))))
    undisputed = [[claim for claim in group if not claim.conflicts] for group in ranked]  # what is contested stands with its other side
    leads = [max(group, key=lambda c: (not c.verbatim, heavy[c.id])) for group in undisputed if group]
    made = [
        Story(id=f"story-{n}", headline=_heading(group, heavy, names), claims=tuple(c.id for c in _in_order(group)))
        for n, group in enumerate(ranked, start=1)
    ]
    return made, [lead.id for lead in _spread(leads)]


def _files(group: Sequence[Claim]) -> int:
    return len(cited_articles(citation for claim in group for citation in claim.citations))


def _in_order(group: Sequence[Claim]) -> list[Claim]:
    """Return the claims as they are read: agreed ones, contested ones side by side, the others."""
    known = {claim.id: claim for claim in group}
    contested: dict[str, Claim] = {}
    for claim in group:
        if claim.conflicts:
            contested.update({name: known[name] for name in (claim.id, *claim.conflicts) if name in known})
    agreed = [claim for claim in group if claim.origins > 1 and claim.id not in contested]
    return list({claim.id: claim for claim in (*agreed, *contested.values(), *group)}.values())


def _spread(leads: Sequence[Claim]) -> list[Claim]:
    """Return the leading claims for the top of the brief: the heaviest of each article first, then the others, at most five in all."""
    first = list({claim.citations[0].article: claim for claim in reversed(leads)}.values())[::-1]
    return [*first, *(c for c in leads if c not in first)][:TOP]


def _heading(group: Sequence[Claim], weights: dict[str, float], names: Names) -> str:
    """Return the headline of the heaviest claim that can be cut to one; else another short claim; else the heaviest claim itself.

    The heaviest claim may stand at the top of the brief, and nothing is said twice.
    """
    ordered = sorted(group, key=lambda c: (c.verbatim, bool(c.conflicts), -weights[c.id]))  # no headline takes a side
    cut = next((text for c in ordered if (text := headline(c, names)) != c.text.rstrip(".")), "")
    short = (c.text.rstrip(".") for c in ordered[1:] if not c.verbatim and len(c.text.split()) <= _WORDS)
    return cut or next(short, ordered[0].text.rstrip("."))


def headline(claim: Claim, names: Names) -> str:
    """Return a claim cut down to a headline: its head clause, without final circumstances; the whole claim where that fails a gate."""
    kept = parts(claim.text.rstrip("."))
    first = next((n for n, part in enumerate(kept) if part.main), 0)
    shown = [p for n, p in enumerate(kept) if n <= first or (len(kept[first].pieces) < _CLAUSE and n == first + 1)]
    text = claim.text[: _end(claim.text, shown)]
    cut = [m.start() for m in _CIRCUMSTANCE.finditer(text) if len(text[: m.start()].split()) >= _CLAUSE]
    if len(text.split()) > _WORDS and cut:
        text = text[: cut[0]]
    text = re.sub(r"[,.]”$", "”", text.rstrip(" ,;:."))
    return text if all(gate.passed for gate in names.gates(text, claim)) and not claim.verbatim else claim.text.rstrip(".")


def _end(text: str, shown: Sequence[Part]) -> int:
    """Return where the last of these parts ends in the text from which they were cut."""
    at = 0
    for piece in (piece for part in shown for piece in part.pieces):
        found = text.find(piece.text, at)
        at = found + len(piece.text) if found >= 0 else at
    return at
