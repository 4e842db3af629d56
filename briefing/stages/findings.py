"""What `verify` says of a record that is wrong: of one of its claims, or of the brief as a whole; and in what two of its values differ."""

from __future__ import annotations

from collections.abc import Iterator, Set

from briefing.brief import Story
from briefing.types import Claim, Finding

_SHOWN = 90  # characters of a value in a finding


def of_claim(claim: Claim, check: str, detail: str) -> Finding:
    """Return what a check found wrong in a claim."""
    return Finding(claim=claim.id, check=check, detail=detail)


def of_brief(check: str, detail: str) -> Finding:
    """Return what a check found wrong in the brief as a whole."""
    return Finding(claim="", check=check, detail=detail)


def differing(said: Claim | Story, stands: Claim | Story, but: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that are otherwise than they are made again, each with what is said and what is so."""
    for name in type(stands).model_fields:
        one, other = getattr(said, name), getattr(stands, name)
        if name not in but and one != other:
            yield name, f"{name.replace('_', ' ')}: {shown(one)} in the record, {shown(other)} by its articles"


def shown(value: object) -> str:
    """Return a value of a record as it is told in a finding, cut where it is long."""
    text = (", ".join(map(shown, value)) if isinstance(value, tuple) else str(value)) or "nothing"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
