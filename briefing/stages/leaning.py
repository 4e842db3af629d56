"""What must be told before a sentence can be understood, and whether it is.

Of what its article brought up before ("the crash"), of whom of two that are called so ("Lind"), and of the sentence that it goes on from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefing.language.hanging import hangs
from briefing.language.known import Namesake, names, namesakes, points_back, told_apart, unnamed
from briefing.language.pronouns import leans
from briefing.language.referents import referents
from briefing.stages.edits import MARK
from briefing.stages.summarize import Chosen


class Need(NamedTuple):
    """Nouns that a sentence speaks of as known, whom it names by a surname that several bear, and the sentence that it goes on from.

    `unnamed` are the kinds of entity that it speaks of ("the state") and does not name.
    `sentence` is None where it goes on from none, and 0 where it goes on and nothing stands before it.
    """

    nouns: frozenset[str]
    namesakes: frozenset[Namesake]
    sentence: int | None
    unnamed: frozenset[tuple[str, ...]] = frozenset()


def need(one: Chosen, *, judged: bool, strictly: bool = False) -> Need:
    """Return what a sentence needs; of one that was `judged` where it stands not the sentence before it, but where its sense `hangs` on it.

    Of what else goes on from that the judge sees better. Where nobody judged, all of an article may be told, and "the company" of its only
    report is the one of its title. With `strictly` it also needs what it can be told without, where nothing better can be: what heads a
    story, and what is read behind what.
    """
    document, number = one.document, one.rewrite.number
    if one.rewrite.verbatim:
        return Need(frozenset(), frozenset(), None)
    parse, start = document.parse(number), document.sentence(number).start
    cut = [(edit.start - start, edit.end - start) for edit in one.rewrite.needed if edit.start < edit.end]
    cut += [(meant.start, meant.end) for meant in referents(document, number)]  # these get their names
    gone = {n for n, token in enumerate(parse.tokens) if any(first <= token.start < last for first, last in cut)}
    earlier = [document.parse(n) for n in document.before(number)]
    nouns, several = points_back(parse, earlier, gone, strictly=strictly), namesakes(document.people, parse, earlier, gone)
    inside = any(edit.reason == MARK and edit.start == edit.end == start for edit in one.rewrite.needed)
    goes_on = hangs(parse) or (not judged and (inside or leans(parse)))
    from_which = document.right_before(number) if goes_on else None
    return Need(frozenset(nouns), frozenset(several), from_which, frozenset(unnamed(parse, gone)) if judged else frozenset())


def behind(needs: Need, one: Chosen) -> Need:
    """Return what a sentence still needs once another one is told: nouns that stand in it are known, and what it names."""
    if needs.nouns:
        needs = needs._replace(nouns=needs.nouns - {token.lemma.casefold() for token in one.parse.tokens})
    return needs._replace(unnamed=frozenset(kinds for kinds in needs.unnamed if not names(one.parse, kinds)))


def understood(one: Chosen, needs: Need, told: Sequence[Chosen]) -> bool:
    """Return whether a sentence can be understood after those that are told, given what it still needs `behind` them."""
    if needs.nouns or needs.unnamed:
        return False
    if needs.sentence is not None and not any(o.document is one.document and o.rewrite.number == needs.sentence for o in told):
        return False
    return all(told_apart(who, one.document.people, [other.parse for other in told]) for who in needs.namesakes)
