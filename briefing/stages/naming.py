"""One form for every name in a brief; quotations keep theirs. And the gates for what rests on several articles, whatever form they use."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from briefing.stages.gates import check
from briefing.stages.ground import Grounded
from briefing.text.forms import forms, unified
from briefing.types import Claim, Gate, cited_articles


class Names:
    """The forms of names that some articles prefer together, and their texts (by file ID) in these forms."""

    def __init__(self, articles: Mapping[str, str]) -> None:
        self._articles = articles
        self._unified: dict[str, str] = {}

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Return the form to use for each other form (see `forms`)."""
        return forms(list(self._articles.values()))

    def in_form(self, text: str) -> str:
        """Return a text with its names in the forms to use."""
        return unified(text, self.chosen)

    def gates(self, text: str, claim: Claim) -> tuple[Gate, ...]:
        """Return what every gate says of a text that rests on the citations of a claim: the first refusal, or that all pass.

        Each article is asked by itself. The text was drafted from the first one; of the others the judge was asked about the roles when
        the claims were merged, and nothing else.
        """
        found: list[tuple[Gate, ...]] = []
        said, speaker = self.in_form(text), self.in_form(claim.speaker)
        for name in cited_articles(claim.citations):
            quotes = [self.in_form(citation.quote) for citation in claim.citations if citation.article == name]
            roles = True if found else None
            found.append(check(said, quotes, [self._text(name)], speaker=speaker, verbatim=claim.verbatim, roles=roles))
        return tuple(next((gate for gate in same if not gate.passed), same[0]) for same in zip(*found, strict=True))

    def _text(self, name: str) -> str:
        if name not in self._unified:
            self._unified[name] = self.in_form(self._articles[name])
        return self._unified[name]


def renamed(grounded: Sequence[Grounded], names: Names) -> list[Grounded]:
    """Return the claims with their names in the forms to use. A claim that its gates refuse in them keeps its own."""
    return [one._replace(claim=one.claim.model_copy(update={"text": _in_form(one.claim, names)})) for one in grounded]


def _in_form(claim: Claim, names: Names) -> str:
    text = names.in_form(claim.text)
    if text == claim.text or claim.verbatim:
        return claim.text
    return text if all(gate.passed for gate in names.gates(text, claim)) else claim.text
