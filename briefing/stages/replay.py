"""A claim made again as its record has it: with the choices that only a model makes read from the record, where plain code allows them.

They are which licensed parts of a sentence are left out, which of its coloured words, and which articles are said to report it, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.brief import Brief, ModelRecord
from briefing.errors import UsageError
from briefing.language.asides import dispensable
from briefing.language.document import Document
from briefing.model import probes
from briefing.model.base import Identity
from briefing.model.task import load_task
from briefing.resources import resource
from briefing.stages import align
from briefing.stages.check import MADE
from briefing.stages.edits import COLOUR
from briefing.stages.printing import UNPRINTED, ways
from briefing.stages.rank import Ranker
from briefing.stages.shared import candidates
from briefing.stages.summarize import Chosen, Made, claim_of, cuttable
from briefing.stages.support import JUDGE
from briefing.stages.wording import toned
from briefing.types import Claim, Place


class Replayed(NamedTuple):
    """A claim made again, and whether the model left something out of its sentence."""

    one: Made
    cut: bool


def printed(brief: Brief) -> bool:
    """Return whether the model of a brief was asked what may be printed: a sentence is left out for it, or it would have been asked."""
    return any(omission.reason in UNPRINTED for omission in brief.omitted) or _prints(brief.run.model)


def _prints(model: ModelRecord) -> bool:
    """Return whether a model is asked what may be printed: a probe was fitted for it. That nothing was left out for it tells nothing."""
    try:
        task = load_task(resource("prompts") / "print.toml")
        return probes.load(resource("prompts") / "probes", task, Identity(model.name, model.sha256)) is not None
    except UsageError:  # fitted for another file of that name
        return False


def replay(claim: Claim, chosen: Chosen, *, shortened: bool) -> Replayed:
    """Return the claim about a sentence, with the parts left out that the record leaves out and the model may have chosen.

    Where it was asked what may be printed, it may be `shortened`: the sentence without all of them.
    """
    chosen = _toned(claim, chosen)
    cut = tuple(edit for edit in cuttable(chosen) if edit in claim.edits) if JUDGE in claim.gates else ()
    if cut:
        gates = {"gates": (*MADE, JUDGE), "support": claim.support}
        return Replayed(Made(chosen, claim_of(chosen, cut).model_copy(update=gates)), cut=True)
    shorter = (way for way in ways(chosen)[1:] if shortened and {*way.rewrite.needed} <= {*claim.edits, *chosen.rewrite.needed})
    way = next(shorter, chosen)
    return Replayed(Made(way, claim_of(way)), cut=False)


def _toned(claim: Claim, chosen: Chosen) -> Chosen:
    """Return a sentence without the words that the record cuts as coloured: which ones are is for a network to say, which may go is not."""
    start = chosen.document.sentence(chosen.rewrite.number).start
    told = {(edit.start - start, edit.end - start, edit.text) for edit in claim.edits if edit.reason == COLOUR}
    return toned(chosen, [one for one in dispensable(chosen.parse) if one in told])


def passages(
    claim: Claim, one: Made, home: Mapping[str, Sequence[str]], documents: Mapping[str, Document], ranker: Ranker
) -> tuple[list[align.Passage], list[Place], list[str]]:
    """Return the passages by which a record says that other articles report a claim, and the sentences that tell it in part.

    Of a passage of two sentences the judge may have found one enough. Last come the articles of those that cannot be.
    """
    more = claim.citations[len(one.claim.citations) :]
    rest = tuple(citation for citation in more if citation.article not in claim.partly)
    found: list[align.Passage] = []
    for passage in align.reportable(one, home, documents, ranker) if rest else ():
        for numbers in dict.fromkeys([passage.numbers, *((number,) for number in passage.numbers)]):
            cited = tuple(documents[passage.article].article.cite(number) for number in numbers)
            if rest[: len(cited)] == cited:
                found.append(passage._replace(numbers=numbers))
                rest = rest[len(cited) :]
                break
    told = [citation.place for citation in more if citation.article in claim.partly]
    able = set(candidates(one, home, documents, ranker, told=told)) if told else set()
    partly = [place for place in told if place in able]
    strange = [*(citation.article for citation in rest), *(place[0] for place in told if place not in partly)]
    return found, partly, list(dict.fromkeys(strange))
