"""Does a saved brief still say only what its sources say? Record × files → findings; an empty result means yes.

record ─ counts, days ─► findings; each article ─ found, hash, fields ─► findings; each claim ─ citations, edits (, judge) ─► findings;
the whole brief, made again from its articles (see `stages/remake`) ─► findings; the Markdown view ─► findings

Nothing in a record switches a check off, and what cannot be checked is a finding. No model is needed unless a judge is given: what a model
decided among the choices that plain code allows, and how sure it was, is taken from the record, within its bounds. So are the model's
name, times and tokens, and what is said to be new since a brief before. It reads what the record names and changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from pathlib import Path, PurePath

from pydantic import ValidationError

from briefing import __version__
from briefing.brief import ArticleRecord, Brief
from briefing.errors import UsageError
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.render import render
from briefing.sources.editions import EARLIER, is_earlier
from briefing.sources.files import PART, whole
from briefing.sources.names import named_after
from briefing.sources.readers.table import PLAIN, kind
from briefing.stages.check import check
from briefing.stages.consistent import disagreements, is_day
from briefing.stages.drafted import drafted
from briefing.stages.earlier import opened
from briefing.stages.findings import of_brief, of_claim
from briefing.stages.remake import Remake
from briefing.stages.select import LATE
from briefing.text.words import flat
from briefing.types import Article, Citation, Claim, Finding, Gate, Outcome, cited_articles

_SAME = "same text as "
_TEXT = "the text that is given"  # where there is no file
ReadArticle = Callable[[ArticleRecord], Outcome | None]
"""Reads the file that an article of the record came from; None where there is no such file."""

Follow = Callable[[Brief, Mapping[str, Article]], Brief]
"""Says again what is new in a brief since the one before. The articles are its own, by SHA-256."""

Archived = Callable[[str], Article | None]
"""Gives an article of an earlier day by its content; None where it is not kept."""

Judge = Callable[[Sequence[Claim]], Sequence[Gate]]
"""Says of each claim whether its citations support it."""


def load(text: str, name: str) -> Brief | tuple[Finding, ...]:
    """Parse a record; one that breaks the rules of its own format gives findings instead.

    Raises UsageError, naming the file `name`, for what is no record at all, or one of another version.
    """
    hint = "name the DATE.json that `briefing generate` wrote"
    twice: list[str] = []
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, twice))
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
    if twice:  # one reader takes the first, another the last
        return tuple(of_brief("record", f"{name!r} stands twice in one object") for name in dict.fromkeys(twice))
    try:
        return Brief.model_validate_json(text, strict=True)
    except ValidationError as error:
        return tuple(
            of_brief("record", f"{_location(problem['loc'])}{_lower(problem['msg'])}")
            for problem in error.errors(include_url=False, include_context=False, include_input=False)
        )


def _object(pairs: Sequence[tuple[str, object]], twice: list[str]) -> dict[str, object]:
    """Return an object of a JSON document; names that stand twice in it are added to `twice`."""
    twice += [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    return dict(pairs)


def verify(
    brief: Brief,
    read_article: ReadArticle,
    judge: Judge | None = None,
    *,
    parser: Parser,
    view: str | None = None,
    follow: Follow | None = None,
    archived: Archived | None = None,
    template: Path | None = None,
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a brief: its record, its files, its claims, and its Markdown `view`, made by a `template`.

    What it says to be new is held against the brief before by `follow`, or only against its own days, and what it says that articles of
    earlier days told, against those that are `archived`.
    """
    articles, found = _articles(brief, read_article)
    unread = bool(found)
    found += [finding for article in brief.articles for finding in _record_of(article, brief, articles)]
    found += disagreements(brief)
    documents = {name: Document(article, parser) for name, article in articles.items()}
    for claim in (*brief.claims, *brief.leads):
        found += _claim(claim, brief, documents)
    if brief.run.parser is None:
        found += drafted(brief, documents, parser, judged=judge is not None)
    elif not unread:
        olds = {one.content: article for claim in brief.claims for one in claim.earlier if archived and (article := archived(one.content))}
        found += _remade(brief, documents, olds, parser, {finding.claim for finding in found if finding.claim})
        if brief.before and follow is not None and not found:
            found += _followed(brief, follow(brief, {article.content: article for article in articles.values()}))
    if judge is not None:
        found += _judged(brief, judge)
    if view is not None:
        found += check_view(brief, view, template)
    return tuple(found)


def check_view(brief: Brief, view: str, template: Path | None = None) -> list[Finding]:
    """Compare the Markdown view with what the record gives today, by ours or a user's own template; its lines may end as in Windows."""
    if view.replace("\r\n", "\n") == render(brief, template):
        return []
    detail = "the Markdown file differs from the record"
    if brief.run.version != __version__:
        detail += f" (or only from how version {__version__} writes it; the brief was made by {brief.run.version})"
    return [of_brief("view", detail)]


# Files


def _articles(brief: Brief, read_article: ReadArticle) -> tuple[dict[str, Article], list[Finding]]:
    """Return the articles that were used and could be read again, by ID, and what is wrong with the files."""
    articles: dict[str, Article] = {}
    late: dict[str, Article] = {}
    texts: dict[str, str] = {}
    superseded: list[tuple[ArticleRecord, Outcome | None]] = []
    hashes: dict[str, str] = {}  # of files
    found = []
    for record in brief.articles:
        outcome = read_article(record)
        file = whole(record.id, record.part)
        if not named_after(file, record.path) or (record.part and file == record.id.rstrip(PART)):
            found.append(of_brief("record", f"{record.id} is no ID of the file {record.path}"))
        if record.reason.startswith(EARLIER):
            superseded.append((record, outcome))
            if outcome is not None and outcome.article is not None:
                texts.setdefault(flat(outcome.article.text), record.id)
        elif record.status != "used":
            if why := "" if _copied(record, outcome, hashes) else _read_now(record, outcome, texts):
                found.append(of_brief("file", f"{record.id}: left out as “{record.reason}”, and {why}"))
            elif record.reason == LATE and outcome is not None and outcome.article is not None:
                late[record.id] = outcome.article
                texts.setdefault(flat(outcome.article.text), record.id)
        elif outcome is None:
            found.append(of_brief("file", f"{record.id}: {_nowhere(record)}"))
        elif outcome.article is None:
            found.append(of_brief("file", f"{record.id}: {outcome.path or 'the text'} cannot be used: {outcome.reason}"))
        else:
            articles[record.id] = outcome.article
            if (outcome.sha256, outcome.part) != (record.sha256, record.part):
                found.append(of_brief("file", f"{record.id}: {outcome.path or 'the text'} changed since the brief"))
            elif (same := texts.setdefault(flat(outcome.article.text), record.id)) != record.id:
                found.append(of_brief("file", f"{record.id}: {outcome.path or 'the text'} has the same text as {same}"))
            elif outcome.article.reader != record.reader:
                now, then = outcome.article.reader or "none", record.reader or "none"
                found.append(of_brief("reader", f"{record.id}: read by {now}, for the brief by {then}"))
        hashes.setdefault(file, record.sha256)
    for record, outcome in superseded:
        name = record.reason.removeprefix(EARLIER)
        later, article = articles.get(name, late.get(name)), outcome.article if outcome else None
        if record.status != "skipped" or later is None or article is None or not is_earlier(article, later):
            found.append(of_brief("file", f"{record.id}: left out as “{record.reason}”, and it is none"))
        elif (article.sha256, article.part) != (record.sha256, record.part):
            found.append(of_brief("file", f"{record.id}: {article.path or 'the text'} changed since the brief"))
    return articles, found


def _copied(record: ArticleRecord, outcome: Outcome | None, hashes: Mapping[str, str]) -> bool:
    """Return whether it was left out for what it still is: a copy, to the byte, of a file before it, which is not read for its articles."""
    if outcome is None or record.status != "skipped" or not record.reason.startswith(_SAME):
        return False
    same = hashes.get(record.reason.removeprefix(_SAME), "")
    return record.part == 0 and same != "" and same == record.sha256 == outcome.sha256


def _nowhere(record: ArticleRecord) -> str:
    return f"no such file: {record.path}" if record.path else "no such text: it was given, and is not given now"


def _read_now(record: ArticleRecord, outcome: Outcome | None, texts: Mapping[str, str]) -> str:
    """Say what is otherwise of a file that was left out, or "". `texts` are those of the articles before it, with their IDs.

    Whatever the reason is, the file must be there.
    """
    if outcome is None:
        return f"there is {_nowhere(record)}"
    suffix = PurePath(record.path).suffix.lower()
    strange = record.path and not (suffix in PLAIN or kind(Path(record.path)))
    if record.status == "skipped" and strange and record.reason == f"not a text file ({suffix or 'no suffix'})":
        return "the record says more of it than that it is there" if record.sha256 or record.part else ""  # nobody looked into it
    if (outcome.sha256, outcome.part) != (record.sha256, record.part):
        return "it is another file now"
    if outcome.article is not None:
        same = texts.get(flat(outcome.article.text), "")
        fine = f"{_SAME}{same}" if same else LATE
        return "" if record.status == "skipped" and record.reason == fine else "it can be read"
    now, then = ((one.status, one.reason) for one in (outcome, record))
    return "" if now == then else f"it is not now: {outcome.reason}"


# The record


def _record_of(record: ArticleRecord, brief: Brief, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """Yield what the record says of a file that has not changed, and that is not so."""
    article = articles.get(record.id)
    if article is None or article.content != record.content:
        return
    if record.sentences != len(article.sentences):
        detail = f"{record.id}: the record counts {record.sentences} sentences, the file has {len(article.sentences)}"
        yield of_brief("counts", detail)
    fields = ("title", "source", "published")
    for field in fields if brief.run.parser is None else (*fields, "form", "url", "edition"):
        said, stands = getattr(record, field), getattr(article, field)
        if said != stands:
            yield of_brief("record", f"{record.id}: {field} is {stands!r} in the file, {said!r} in the record")


# Claims


def _claim(claim: Claim, brief: Brief, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Yield the citations of a claim that do not stand where they say, and the gates that it does not pass."""
    records = {article.id: article for article in brief.articles}
    cited = cited_articles(claim.citations)
    for name in cited:
        if records[name].status != "used":
            yield of_claim(claim, "citation", f"{name} was not used ({records[name].status})")
    for citation in claim.citations:
        document = documents.get(citation.article)
        detail = _misplaced(citation, document.article if document else None)
        if detail:
            yield of_claim(claim, "citation", detail)
    if not all(name in documents for name in cited):
        missing = ", ".join(name for name in cited if name not in documents)
        yield of_claim(claim, "gates", f"not checked, for want of {missing}")
    elif brief.run.parser is not None and not claim.written:
        yield from _refused(claim.id, check(claim, documents))


def _refused(name: str, gates: Sequence[Gate]) -> Iterator[Finding]:
    return (Finding(claim=name, check=gate.name, detail=gate.detail or "not passed") for gate in gates if not gate.passed)


def _remade(
    brief: Brief, documents: Mapping[str, Document], olds: Mapping[str, Article], parser: Parser, wrong: Set[str]
) -> Iterator[Finding]:
    """Yield what the record says otherwise than it is made again; of a claim that is `wrong` already, nothing more."""
    if not is_day(brief.date):
        return
    ordered = {record.id: documents[record.id] for record in brief.articles if record.id in documents}
    made = brief.run.parser
    other = made is not None and (made.name, made.sha256) != parser.identity
    note = f" (the brief was made with the parser {made.name}, and this is {parser.identity.name})" if made and other else ""
    earlier = {name: opened(article, parser) for name, article in olds.items()}
    for finding in Remake(brief, ordered, earlier.get).findings():
        if finding.claim not in wrong:
            yield finding.model_copy(update={"detail": f"{finding.detail}{note}"})


def _followed(brief: Brief, again: Brief) -> Iterator[Finding]:
    """Yield the claims and stories that are said to be new, or to go on, otherwise than the brief before has it."""
    for claim, other in zip((*brief.claims, *brief.leads), (*again.claims, *again.leads), strict=True):
        if claim.earlier != other.earlier:
            yield of_claim(claim, "state", "an article that told it is in no brief of that day")
        elif (claim.state, claim.since) != (other.state, other.since):
            detail = f"{claim.state} since {claim.since}; by the brief of {brief.before} {other.state} since {other.since}"
            yield of_claim(claim, "state", detail)
    for story, told in zip(brief.stories, again.stories, strict=True):
        if (story.thread, story.since) != (told.thread, told.since):
            yield of_brief("state", f"{story.id} goes on with {story.thread}; by the brief of {brief.before} with {told.thread}")


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


def _judged(brief: Brief, judge: Judge) -> Iterator[Finding]:
    """Yield the claims that the judge does not find supported; a quotation is held to the letter, by its gate."""
    asked = [claim for claim in (*brief.claims, *brief.leads) if brief.run.parser is None or not claim.verbatim]
    for claim, gate in zip(asked, judge(asked), strict=True):
        yield from _refused(claim.id, (gate,))


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}"


def _location(parts: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, parts))}: " if parts else ""
