"""Does a saved brief still say only what its sources say? Record × files → findings; an empty result means yes.

record ─ claims in order, counts ─► findings; each article ─ found, hash ─► findings;
each claim ─ citations, edits and gates (, judge) ─► findings; headlines ─ the same ─► findings; the Markdown view ─► findings

No model is needed unless a judge is given; articles are parsed to see whether what was cut may be. It reads what the record
names and changes nothing. What cannot be checked is a finding, never passed over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from pydantic import ValidationError

from briefing import __version__
from briefing.errors import UsageError
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.render import render
from briefing.stages.check import check
from briefing.stages.plain import refusals
from briefing.text.quotations import quoted_parts
from briefing.types import Article, ArticleRecord, Brief, Citation, Claim, Finding, Gate, Outcome, cited_articles

ReadArticle = Callable[[ArticleRecord], Outcome | None]
"""Reads the file that an article of the record came from; None where there is no such file."""

Judge = Callable[[Sequence[Claim]], Sequence[Gate]]
"""Says of each claim whether its citations support it."""


def load(text: str, name: str) -> Brief | tuple[Finding, ...]:
    """Parse a record; one that breaks the rules of its own format gives findings instead.

    Raises UsageError, naming the file `name`, for what is no record at all, or one of another version.
    """
    hint = "name the DATE.json that `briefing generate` wrote"
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{name}: not JSON: {error}", hint) from error
    except RecursionError as error:
        raise UsageError(f"{name}: not a brief", hint) from error
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema != "briefing/1":
        known = isinstance(schema, str) and schema.startswith("briefing/")
        if known:
            raise UsageError(f"{name}: a record of format {schema!r}, not 'briefing/1'", "update briefing")
        raise UsageError(f"{name}: not a brief", hint)
    try:
        return Brief.model_validate_json(text)
    except ValidationError as error:
        return tuple(
            Finding(claim="", check="record", detail=f"{_location(problem['loc'])}{_lower(problem['msg'])}")
            for problem in error.errors(include_url=False, include_context=False, include_input=False)
        )


def verify(
    brief: Brief,
    read_article: ReadArticle,
    judge: Judge | None = None,
    *,
    parser: Parser,
    view: str | None = None,
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a brief: its record, its files, its claims, and its Markdown `view`."""
    articles, found = _articles(brief, read_article)
    found += [finding for article in brief.articles for finding in _record_of(article, articles)]
    found += _record(brief, articles)
    documents = {name: Document(article, parser) for name, article in articles.items()}
    for claim in brief.claims:
        found += _claim(claim, brief, documents, parser)
    found += _headlines(brief, documents, parser)
    if judge is not None:
        found += _judged(brief.claims, judge)
    if view is not None:
        found += check_view(brief, view)
    return tuple(found)


def check_view(brief: Brief, view: str) -> list[Finding]:
    """Compare the Markdown view with what the record gives today; ends of lines may differ."""
    if "\n".join(view.splitlines()) == "\n".join(render(brief).splitlines()):
        return []
    detail = "the Markdown file differs from the record"
    if brief.run.version != __version__:
        detail += f" (or only from how version {__version__} writes it; the brief was made by {brief.run.version})"
    return [Finding(claim="", check="view", detail=detail)]


# Files


def _articles(brief: Brief, read_article: ReadArticle) -> tuple[dict[str, Article], list[Finding]]:
    """Return the articles that could be read again, by ID, and what is wrong with the files."""
    articles: dict[str, Article] = {}
    found = []
    for record in brief.articles:
        if record.status != "used":
            continue
        outcome = read_article(record)
        if outcome is None:
            found.append(_of_brief("file", f"{record.id}: no such file: {record.path}"))
        elif outcome.article is None:
            found.append(_of_brief("file", f"{record.id}: {outcome.path} cannot be used: {outcome.reason}"))
        else:
            articles[record.id] = outcome.article
            if outcome.sha256 != record.sha256:
                found.append(_of_brief("file", f"{record.id}: {outcome.path} changed since the brief"))
            elif outcome.article.reader != record.reader:
                found.append(
                    _of_brief("reader", f"{record.id}: read by {outcome.article.reader}, for the brief by {record.reader or 'none'}")
                )
    return articles, found


# The record


def _record_of(record: ArticleRecord, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """Yield what the record says of a file that has not changed, and that is not so."""
    article = articles.get(record.id)
    if article is None or article.content != record.content:
        return
    if record.sentences != len(article.sentences):
        detail = f"{record.id}: the record counts {record.sentences} sentences, the file has {len(article.sentences)}"
        yield _of_brief("counts", detail)
    for field in ("title", "source", "published"):
        said, stands = getattr(record, field), getattr(article, field)
        if said != stands:
            yield _of_brief("record", f"{record.id}: {field} is {stands!r} in the file, {said!r} in the record")


def _record(brief: Brief, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """Yield what does not fit together in the record itself."""
    try:
        date.fromisoformat(brief.date)
    except ValueError:
        yield _of_brief("record", f"{brief.date} is no date")
    for name, times in Counter(article.id for article in brief.articles).items():
        if times > 1:
            yield _of_brief("record", f"{times} articles have the ID {name}")
    for name, times in Counter(brief.top).items():
        if times > 1:
            yield _of_brief("record", f"claim {name} stands {times} times at the top")
    for gate, (reached, passed) in brief.run.gates.items():
        if not 0 <= passed <= reached:
            yield _of_brief("counts", f"{passed} of {reached} drafts passed the gate {gate}")
    used = {article.id: article for article in brief.articles if article.status == "used"}
    places = [(term.article, term.sentence) for term in brief.language]
    places += [(omission.article, omission.sentence) for omission in brief.omitted]
    for name, number in places:
        if name not in used:
            yield _of_brief("record", f"{name} is named, and is no article that was used")
        elif number > used[name].sentences:
            yield _of_brief("record", f"{name} has no sentence {number}")
    for item in brief.language:
        article, record = articles.get(item.article), used.get(item.article)
        if article is None or record is None or article.sha256 != record.sha256:
            continue
        if item.sentence <= len(article.sentences) and _flat(item.term) not in _flat(article.quote(item.sentence)):
            detail = f"{item.article}: the loaded term {item.term!r} is not in sentence {item.sentence}"
            yield _of_brief("language", detail)


# Claims


def _claim(claim: Claim, brief: Brief, documents: Mapping[str, Document], parser: Parser) -> Iterator[Finding]:
    records = {article.id: article for article in brief.articles}
    cited = cited_articles(claim.citations)
    for name in cited:
        if records[name].status != "used":
            yield Finding(claim=claim.id, check="citation", detail=f"{name} was not used ({records[name].status})")
    for citation in claim.citations:
        document = documents.get(citation.article)
        detail = _misplaced(citation, document.article if document else None)
        if detail:
            yield Finding(claim=claim.id, check="citation", detail=detail)
    dates = sorted(filter(None, (records[name].published for name in cited)))
    if claim.published != (dates[0] if dates else ""):
        detail = f"dated {claim.published or 'nothing'}, the cited articles {dates[0] if dates else 'nothing'}"
        yield Finding(claim=claim.id, check="date", detail=detail)
    if claim.origins > len(claim.citations):
        detail = f"{_times(claim.origins, 'origin')}, and {_times(len(claim.citations), 'sentence')} cited"
        yield Finding(claim=claim.id, check="counts", detail=detail)
    if not all(name in documents for name in cited):
        missing = ", ".join(name for name in cited if name not in documents)
        yield Finding(claim=claim.id, check="gates", detail=f"not checked, for want of {missing}")
        return
    for gate in _gates(claim, brief, documents, parser):
        if not gate.passed:
            yield Finding(claim=claim.id, check=gate.name, detail=gate.detail or "not passed")


def _gates(claim: Claim, brief: Brief, documents: Mapping[str, Document], parser: Parser) -> Sequence[Gate]:
    """Return what the gates say of a claim: made of its sentence, or as briefs before 0.2 have it, drafted in other words."""
    if brief.run.parser is not None and not claim.written:
        return check(claim, documents)
    quotes = [citation.quote for citation in claim.citations]
    texts = "\n".join(documents[name].article.text for name in cited_articles(claim.citations))
    if claim.verbatim and not quoted_parts(claim.text):
        return (Gate(name="quotation", passed=False, detail="a verbatim claim without a quotation"),)
    told, *evidence = parser.parse([claim.text, *quotes])
    return refusals(told, evidence, texts)


def _headlines(brief: Brief, documents: Mapping[str, Document], parser: Parser) -> Iterator[Finding]:
    """Yield the headlines that no claim of their story carries; those of missing files are told already."""
    claims = {claim.id: claim for claim in brief.claims}
    for story in brief.stories:
        told = [claims[name] for name in story.claims]
        if not all(citation.article in documents for claim in told for citation in claim.citations):
            continue
        if brief.run.parser is not None:
            told = [claim for claim in told if claim.id == story.heading]
            tried = [claim.model_copy(update={"text": f"{story.headline}{_stop(claim)}", "edits": story.edits}) for claim in told]
        else:
            tried = [claim.model_copy(update={"text": story.headline}) for claim in told]
        refused = [[gate for gate in _gates(claim, brief, documents, parser) if not gate.passed] for claim in tried]
        if all(refused):
            detail = f"{refused[0][0].name}: {refused[0][0].detail}" if refused else "made of no claim of its story"
            yield _of_brief("headline", f"“{story.headline}”: {detail}")


def _stop(claim: Claim) -> str:
    """Return the full stop that a headline of this claim has lost."""
    return "." if claim.text.endswith(".") and not claim.text.endswith("..") else ""


def _misplaced(citation: Citation, article: Article | None) -> str:
    """Say how a citation fails to stand where it says; "" where it does, or where its file is missing already."""
    if article is None:
        return ""
    name = f"{citation.article} sentence {citation.sentence}"
    if article.text[citation.start : citation.end] != citation.quote:
        start = article.text.find(citation.quote)
        if start < 0:
            return f"{name}: the quotation is not in the file"
        end = start + len(citation.quote)
        number = next((s.number for s in article.sentences if s.start == start and s.end == end), 0)
        now = f"sentence {number}" if number else "no sentence of its own"
        return f"{name}: the quotation moved to characters {start} to {end} ({now})"
    if citation.sentence > len(article.sentences):
        return f"{name}: the file has only {len(article.sentences)} sentences"
    sentence = article.sentences[citation.sentence - 1]
    if (sentence.start, sentence.end) != (citation.start, citation.end):
        return f"{name}: the quotation is exact, but the sentence is characters {sentence.start} to {sentence.end}"
    return ""


def _judged(claims: Sequence[Claim], judge: Judge) -> Iterator[Finding]:
    """Yield the claims that the judge does not find supported; a quotation is held to the letter, by its gate."""
    written = [claim for claim in claims if not claim.verbatim]
    for claim, gate in zip(written, judge(written), strict=True):
        if not gate.passed:
            yield Finding(claim=claim.id, check=gate.name, detail=gate.detail)


def _of_brief(check: str, detail: str) -> Finding:
    return Finding(claim="", check=check, detail=detail)


def _times(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}"


def _location(parts: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, parts))}: " if parts else ""
