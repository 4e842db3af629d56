"""Briefs of before 0.2, whose claims were drafted in other words than their sentences: held to the gates, and to a judge.

No plain code can tell that a claim in other words is true to its sentence, so without a judge such a brief does not pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.brief import Brief
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.findings import of_brief, of_claim
from briefing.stages.plain import refusals
from briefing.text.quotations import quoted_parts
from briefing.types import Claim, Finding, Gate, cited_articles

_UNJUDGED = "made before 0.2, by what it says of itself: its claims are in other words than their sentences, and only a judge can tell"


def drafted(brief: Brief, documents: Mapping[str, Document], parser: Parser, *, judged: bool) -> Iterator[Finding]:
    """Yield what is wrong with a brief as it was before 0.2, drafted in other words than its sentences: that is for a judge to say."""
    if not judged:
        yield of_brief("judge", _UNJUDGED)
    if (
        brief.leads
        or any(claim.edits or claim.written for claim in brief.claims)
        or any(story.heading or story.edits for story in brief.stories)
    ):
        yield of_brief("record", "it names no parser, and has what only a brief with one has")
    records = {article.id: article for article in brief.articles}
    for claim in brief.claims:
        dates = sorted(filter(None, (records[name].published for name in cited_articles(claim.citations))))
        if claim.published != (dates[0] if dates else ""):
            detail = f"dated {claim.published or 'nothing'}, the cited articles {dates[0] if dates else 'nothing'}"
            yield of_claim(claim, "date", detail)
        if claim.origins > len(claim.citations):
            yield of_claim(claim, "counts", f"{claim.origins} origins, and {len(claim.citations)} sentences cited")
        refused = (gate for gate in _gates(claim, documents, parser) if not gate.passed)
        yield from (of_claim(claim, gate.name, gate.detail) for gate in refused)
    claims = {claim.id: claim for claim in brief.claims}
    for story in brief.stories:
        tried = [claims[name].model_copy(update={"text": story.headline, "verbatim": False}) for name in story.claims]
        wrong = [next((gate for gate in _gates(claim, documents, parser) if not gate.passed), None) for claim in tried]
        if wrong[0] is not None and all(wrong):
            yield of_brief("headline", f"“{story.headline}”: {wrong[0].name}: {wrong[0].detail}")


def _gates(claim: Claim, documents: Mapping[str, Document], parser: Parser) -> Sequence[Gate]:
    """Return what the gates say of a claim in other words; nothing where its files are missing, which is told already."""
    cited = cited_articles(claim.citations)
    if not all(name in documents for name in cited):
        return ()
    if claim.verbatim and not quoted_parts(claim.text):
        return (Gate(name="quotation", passed=False, detail="a verbatim claim without a quotation"),)
    told, *evidence = parser.parse([claim.text, *(citation.quote for citation in claim.citations)])
    return refusals(told, evidence, "\n".join(documents[name].article.text for name in cited))
