"""The articles that a page shows, and the places in them: what a claim cites is put on the shelf, and gets an anchor there.

Whole articles are for one's own use. For passing on, and of many articles, only what is cited is shown, with the sentence before
and after. An article whose text is not known any more is shown by the quotations of the record. Nothing is read here, and no HTML made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.brief import ArticleRecord
from briefing.page import day
from briefing.text.escape import visible
from briefing.types import Article, Citation, Edit, Role, Sentence
from briefing.web.addresses import address, to_sentence
from briefing.web.data import Cite, Place, Run, ShownArticle, ShownSentence, Version

Text = Callable[[ArticleRecord], Article | None]
"""Gives the text of an article as the record saw it; None where it is no longer known."""

WHOLE = 100
"""Articles of a page up to which they are shown whole."""

_NAME = 28  # characters of an outlet, or of a file ID that stands for one, beside a claim


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is said of sentences, by their number: the loaded terms in them, and why they were left out."""

    loaded: Mapping[int, Sequence[str]] = field(default_factory=dict)
    left_out: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Shelved:
    """An article with what is cited of it: spans by their start, and the versions of each."""

    number: int
    record: ArticleRecord
    article: Article | None
    edition: str
    cited: dict[int, Citation] = field(default_factory=dict)
    versions: dict[int, dict[tuple[Edit, ...], str]] = field(default_factory=dict)

    def anchor(self, sentence: int) -> str:
        return f"a{self.number}s{sentence}"


class Shelf:
    """Collects what a page cites. The same calls give the same anchors."""

    def __init__(self, text: Text, *, whole: bool) -> None:
        self._text = text
        self._whole = whole
        self._shelved: dict[tuple[str, str], _Shelved] = {}
        self._marks = 0

    def put(self, record: ArticleRecord, edition: str = "") -> None:
        """Put an article on the shelf whether it is cited or not."""
        self._of(record, edition)

    def cite(self, record: ArticleRecord, citation: Citation, edits: Sequence[Edit] = (), edition: str = "") -> Cite:
        """Put a cited sentence on the shelf, with the edits of the claim that cites it; return what stands beside the claim."""
        shelved = self._of(record, edition)
        shelved.cited.setdefault(citation.start, citation)
        if shelved.article is not None and not _stands(citation, shelved.article):
            shelved.article = None
        target = shelved.anchor(citation.sentence)
        told = edited_runs(citation, edits)
        if edits:
            versions = shelved.versions.setdefault(citation.start, {})
            target = versions.setdefault(tuple(edits), f"{target}v{len(versions) + 1}")
        self._marks += 1
        return Cite(
            anchor=f"q{self._marks}",
            target=target,
            label=label(record),
            article=visible(record.id),
            title=visible(record.title),
            outlet=visible(record.source),
            day=visible(day(record.published)),
            sentence=citation.sentence,
            quote=visible(citation.quote),
            runs=told,
            edited=bool(edits),
            link=to_sentence(record.url, citation.quote),
        )

    def place(self, record: ArticleRecord, sentence: int) -> Place:
        """Return a sentence as a page names it; asked once all that is cited is on the shelf."""
        shelved = self._shelved.get((record.id, record.content))
        shown = shelved is not None and sentence in {number for number, _ in self._shown(shelved)}
        return Place(label=label(record), number=sentence, target=shelved.anchor(sentence) if shelved and shown else "")

    def target(self, record: ArticleRecord) -> str:
        """Return the anchor of an article, "" where the page does not show it."""
        shelved = self._shelved.get((record.id, record.content))
        return f"a{shelved.number}" if shelved and next(self._shown(shelved), None) else ""

    def articles(self, remarks: Mapping[str, Remarks] | None = None) -> tuple[ShownArticle, ...]:
        """Return the articles as they are shown; `remarks` are by file ID."""
        nothing = Remarks()
        found = (self._article(shelved, (remarks or {}).get(shelved.record.id, nothing)) for shelved in self._shelved.values())
        return tuple(article for article in found if article.paragraphs)

    def _of(self, record: ArticleRecord, edition: str) -> _Shelved:
        key = record.id, record.content
        if key not in self._shelved:
            self._shelved[key] = _Shelved(len(self._shelved) + 1, record, self._text(record), edition)
        return self._shelved[key]

    def _editions(self, name: str) -> int:
        return sum(shelved.record.id == name for shelved in self._shelved.values())

    def _shown(self, shelved: _Shelved) -> Iterator[tuple[int, Sentence | None]]:
        """Yield the numbers of the sentences that are shown, in order, each with the sentence where the text is known."""
        cited = {citation.sentence for citation in shelved.cited.values()}
        if shelved.article is None:
            yield from ((number, None) for number in sorted(cited))
            return
        for sentence in shelved.article.sentences:
            if self._whole or cited & {sentence.number - 1, sentence.number, sentence.number + 1}:
                yield sentence.number, sentence

    def _article(self, shelved: _Shelved, remarks: Remarks) -> ShownArticle:
        record, article = shelved.record, shelved.article
        quotes = {citation.sentence: citation for citation in shelved.cited.values()}
        paragraphs: dict[int, list[ShownSentence]] = {}
        last = 0
        for number, sentence in self._shown(shelved):
            citation = article.cite(number) if article is not None else quotes[number]
            versions = shelved.versions.get(citation.start, {}) if number in quotes else {}
            role = sentence.role if sentence else Role.BODY
            paragraphs.setdefault(sentence.paragraph if sentence else number, []).append(
                ShownSentence(
                    anchor=shelved.anchor(number),
                    number=number,
                    runs=_marked(citation.quote, remarks.loaded.get(number, ())),
                    versions=tuple(Version(anchor=name, runs=edited_runs(citation, edits)) for edits, name in versions.items()),
                    cited=number in quotes,
                    role=role.value,
                    left_out=visible(remarks.left_out.get(number, "")) if number not in quotes and role == Role.BODY else "",
                    gap=number != last + 1,
                    link=to_sentence(record.url, citation.quote) if number in quotes else "",
                )
            )
            last = number
        return ShownArticle(
            anchor=f"a{shelved.number}",
            id=visible(record.id),
            title=visible(record.title),
            outlet=visible(record.source),
            day=visible(day(record.published)),
            form=record.form,
            link=address(record.url),
            paragraphs=tuple(map(tuple, paragraphs.values())),
            whole=self._whole and article is not None,
            known=article is not None,
            gap=last < record.sentences,
            edition=shelved.edition if self._editions(record.id) > 1 else "",
        )


def label(record: ArticleRecord) -> str:
    """Return what an article is called beside a claim: its outlet, or else its file, as far as there is room."""
    name = visible(record.source or record.id)
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def edited_runs(citation: Citation, edits: Sequence[Edit]) -> tuple[Run, ...]:
    """Return a quotation with its edits; without them where they do not fit it, as in a record that somebody changed."""
    quote, at = citation.quote, 0
    found: list[Run] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        first, last = edit.start - citation.start, edit.end - citation.start
        if first < at or last > len(quote):
            return (Run(text=visible(quote)),)
        found += [Run(text=visible(quote[at:first]))]
        found += [Run(text=visible(quote[first:last]), kind="cut", reason=edit.reason)]
        found += [Run(text=visible(edit.text), kind="added", reason=edit.reason)]
        at = last
    return tuple(run for run in (*found, Run(text=visible(quote[at:]))) if run.text)


def _marked(text: str, terms: Sequence[str]) -> tuple[Run, ...]:
    """Return a sentence in which the loaded terms are marked where they first stand."""
    folded = text.lower()
    spans = sorted((at, at + len(term)) for term in terms if len(folded) == len(text) and (at := folded.find(term.lower())) >= 0)
    found, last = [], 0
    for start, end in spans:
        if start >= last:
            found += [Run(text=visible(text[last:start])), Run(text=visible(text[start:end]), kind="loaded")]
            last = end
    return tuple(run for run in (*found, Run(text=visible(text[last:]))) if run.text)


def _stands(citation: Citation, article: Article) -> bool:
    """Return whether a citation is a sentence of the text as it is split now: only then can it be shown there."""
    number = citation.sentence
    return number <= len(article.sentences) and article.cite(number) == citation.model_copy(update={"article": article.id})
