"""The page of a diff as data: the two sides of every change beside each other, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from briefing import arrange
from briefing.brief import ArticleRecord
from briefing.page import day
from briefing.records import Change, Correction, Diff, Side
from briefing.stages.differences import hunks
from briefing.text.escape import visible
from briefing.types import Claim
from briefing.web.claims import Claims
from briefing.web.data import ChangeGroup, Corrected, DiffPage, Run, ShownChange
from briefing.web.shelf import WHOLE, Shelf, Text, label


def diff_page(diff: Diff, text: Text, *, excerpts: bool = False) -> DiffPage:
    """Return the page of a diff. Of articles only those that are cited are on it, whole as far as `brief_page` would show them so."""
    whole = not excerpts and max(len(diff.old.articles), len(diff.new.articles)) <= WHOLE
    shelf = Shelf(text, whole=whole)
    old, new = (Claims(shelf, side.articles, day(side.date), prefix) for side, prefix in ((diff.old, "old"), (diff.new, "new")))
    groups: dict[str, list[ShownChange]] = {kind: [] for kind in arrange.CHANGES}
    claims = {claim.id: claim for change in diff.changes for claim in change.news}
    shown = [change for kind in arrange.CHANGES for change in _of(diff, kind)]
    for change in shown:
        groups[arrange.change_kind(change)].append(_change(change, claims, old, new))
    unchanged = sum(change.state == "unchanged" for change in diff.changes)
    return DiffPage(
        schema="briefing-page/1",
        title=f"From {day(diff.old.date)} to {day(diff.new.date)}",
        old_day=day(diff.old.date),
        new_day=day(diff.new.date),
        summary=visible(diff.summary),
        warnings=tuple(map(visible, diff.warnings)),
        groups=tuple(
            ChangeGroup(anchor=f"group{n}", heading=_heading(kind, unchanged), changes=tuple(changes))
            for n, (kind, changes) in enumerate(groups.items(), start=1)
            if changes
        ),
        corrections=tuple(_corrected(diff.corrections, diff.new)),
        excerpts=not whole,
        articles=shelf.articles(),
    )


def _of(diff: Diff, kind: str) -> list[Change]:
    """Return the changes of a kind that are shown: all, but of what is as before only the first."""
    found = [change for change in diff.changes if arrange.change_kind(change) == kind]
    return found[: arrange.AS_BEFORE] if kind == "unchanged" else found


def _heading(kind: str, unchanged: int) -> str:
    if kind != "unchanged" or unchanged <= arrange.AS_BEFORE:
        return arrange.CHANGES[kind]
    return f"{arrange.CHANGES[kind]}: {unchanged}, of which these are the first"


def _change(change: Change, claims: Mapping[str, Claim], old: Claims, new: Claims) -> ShownChange:
    """Return a change with its two sides; of what is as before only the new one, and its words differ as little as the claims say."""
    was = change.old if change.state != "unchanged" else None
    spans = hunks(was.text, change.new.text) if was and change.new else []
    return ShownChange(
        state=change.state,
        detail=visible(arrange.change_note(change)),
        was=tuple(_runs(was.text, [one for one, _ in spans], "cut")) if was else (),
        now=tuple(_runs(change.new.text, [other for _, other in spans], "added")) if change.new else (),
        old=old.show(was) if was else None,
        new=new.show(change.new) if change.new else None,
        against=tuple(new.show(claims[name]) for name in change.against if name in claims),
    )


def _runs(text: str, parts: Sequence[str], kind: Literal["cut", "added"]) -> Iterator[Run]:
    """Yield a text with these parts of it marked; they stand in it in this order."""
    at = 0
    for part in filter(None, parts):
        start = text.find(part, at)
        if start < 0:
            continue
        if start > at:
            yield Run(text=visible(text[at:start]))
        yield Run(text=visible(part), kind=kind)
        at = start + len(part)
    if at < len(text):
        yield Run(text=visible(text[at:]))


def _corrected(corrections: Sequence[Correction], side: Side) -> Iterator[Corrected]:
    records: dict[str, ArticleRecord] = {record.id: record for record in side.articles}
    for one in corrections:
        record = records.get(one.article)
        yield Corrected(
            label=label(record) if record else visible(one.article),
            about=visible(arrange.correction_note(one)),
            lost=tuple(map(visible, one.lost)),
            gained=tuple(map(visible, one.gained)),
        )
