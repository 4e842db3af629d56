"""From claims to a brief: summaries of articles, stories with headlines, the order in which they are read.

A story is one matter of one article, in its own order: events months apart are never put under one head (see `matters`).
"""

import re
from collections.abc import Sequence

from briefing.stages.gates import check
from briefing.stages.ground import Grounded
from briefing.text.clauses import Part, parts
from briefing.text.loaded import loaded
from briefing.text.reference import Reader
from briefing.types import Claim, LoadedTerm, Omission, Role, Story, Summary

TOP = 5
_WORDS = 14  # of a headline, from which a final phrase of circumstance is cut
_CLAUSE = 7  # words that a headline has at least, where its claim has them
_CIRCUMSTANCE = re.compile(
    r",?\s(?:during|after|due to|despite|aimed at|amid|since|following|before|because|at the|on [A-Z][a-z]+’s|while|in response)\b"
)


def summaries(grounded: Sequence[Grounded], omitted: Sequence[Omission], readers: Sequence[Reader]) -> list[Summary]:
    """Return one validated summary an article, in the order of the articles; claims get their IDs here."""
    found: list[Summary] = []
    for reader in readers:
        article = reader.article
        claims = [g.claim for g in grounded if g.pick.reader is reader]
        found.append(
            Summary(
                article=article.id,
                claims=tuple(c.model_copy(update={"id": f"{article.id}-s{c.citations[0].sentence}"}) for c in claims),
                omitted=tuple(o for o in omitted if o.article == article.id),
                language=language(reader),
            )
        )
    return found


def language(reader: Reader) -> tuple[LoadedTerm, ...]:
    """Return the loaded terms of the article's own voice, each with what a brief says instead."""
    return tuple(
        LoadedTerm(
            article=reader.article.id,
            sentence=s.number,
            term=reader.text(s.number)[hit.start : hit.end],
            instead=hit.term.instead,
        )
        for s in reader.article.sentences
        if s.role is Role.BODY
        for hit in loaded(reader.text(s.number))
        if not reader.quoted(s.start + hit.start, s.start + hit.end)
    )


def stories(groups: Sequence[Sequence[Claim]], weights: dict[str, float], texts: dict[str, str]) -> tuple[list[Story], list[str]]:
    """Return the stories, weightiest first, and the IDs of the claims that head the brief: at most five, of many articles.

    `groups` are the claims by matter, `weights` by claim ID, `texts` the article texts by file ID.
    """
    ranked = sorted(groups, key=lambda group: -max(weights[c.id] for c in group))
    leads = [max(group, key=lambda c: (not c.verbatim, weights[c.id])) for group in ranked]
    made = [
        Story(id=f"story-{n}", headline=_heading(group, weights, texts), claims=tuple(c.id for c in group))
        for n, group in enumerate(ranked, start=1)
    ]
    return made, [lead.id for lead in _spread(leads)]


def _spread(leads: Sequence[Claim]) -> list[Claim]:
    """Return the leading claims for the top of the brief: the heaviest of each article first, then the others, at most five in all."""
    first = list({claim.citations[0].article: claim for claim in reversed(leads)}.values())[::-1]
    return [*first, *(c for c in leads if c not in first)][:TOP]


def _heading(group: Sequence[Claim], weights: dict[str, float], texts: dict[str, str]) -> str:
    """Return the headline of the heaviest claim that can be cut to one; else another short claim; else the heaviest claim itself.

    The heaviest claim may stand at the top of the brief, and nothing is said twice.
    """
    ordered = sorted(group, key=lambda c: (c.verbatim, -weights[c.id]))
    cut = [text for c in ordered if (text := headline(c, texts)) != c.text.rstrip(".")]
    short = [c.text.rstrip(".") for c in ordered[1:] if not c.verbatim and len(c.text.split()) <= _WORDS]
    return (cut or short or [ordered[0].text.rstrip(".")])[0]


def headline(claim: Claim, texts: dict[str, str]) -> str:
    """Return a claim cut down to a headline: its head clause, without final circumstances; the whole claim where that fails a gate."""
    kept = parts(claim.text.rstrip("."))
    first = next((n for n, part in enumerate(kept) if part.main), 0)
    shown = [p for n, p in enumerate(kept) if n <= first or (len(kept[first].pieces) < _CLAUSE and n == first + 1)]
    text = claim.text[: _end(claim.text, shown)]
    cut = [m.start() for m in _CIRCUMSTANCE.finditer(text) if len(text[: m.start()].split()) >= _CLAUSE]
    if len(text.split()) > _WORDS and cut:
        text = text[: cut[0]]
    text = re.sub(r"[,.]”$", "”", text.rstrip(" ,;:."))
    gates = check(text, [c.quote for c in claim.citations], [texts[c.article] for c in claim.citations], speaker=claim.speaker)
    return text if all(gate.passed for gate in gates) and not claim.verbatim else claim.text.rstrip(".")


def _end(text: str, shown: Sequence[Part]) -> int:
    """Return where the last of these parts ends in the text from which they were cut."""
    at = 0
    for piece in (piece for part in shown for piece in part.pieces):
        found = text.find(piece.text, at)
        at = found + len(piece.text) if found >= 0 else at
    return at
