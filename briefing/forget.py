"""Forgetting: deletes what is kept of articles, and says what is left. No byte of it stays in the files of the database and the index.

names, or a date ─ store, index, files ─► articles to forget, articles to keep ─► calls and questions that tell of the former alone
─ store.forget, index.keep_only, compact ─► Forgotten

A call does not say which articles it is about. So every call goes that holds a word, or two or three in a row, which the forgotten articles
have and no kept one has; one too many only costs its time again. What was kept of other articles stays in use. Files of articles, briefs
and models are the user's own, and are only named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from pydantic import ValidationError

from briefing import engines
from briefing.brief import Brief
from briefing.config import Settings
from briefing.errors import DamagedError, StorageError, UsageError
from briefing.fetching.shelf import raw
from briefing.language.cached import parse_key
from briefing.opening import discard, open_index, open_store
from briefing.progress import Silent
from briefing.reading import why
from briefing.resources import resource
from briefing.sources.files import Found, read_found
from briefing.sources.given import GIVEN
from briefing.sqlite.database import remove
from briefing.store import Index, Store, StoredBrief, text_key
from briefing.text.calendar import MONTHS, WEEKDAYS
from briefing.text.rows import passage
from briefing.types import Article

_EVER = "9999"  # later than any call
_IN_A_ROW = 3
_AT_ONCE = 500  # articles whose words are looked for together: some 100 MB
_SHOWN = 3  # articles that a message names
_WORD = re.compile(r"\w+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATES = frozenset((*MONTHS, *WEEKDAYS))  # put into claims in brackets, whatever their article says
_SCHEMA = frozenset((name,) for name in ("object", "string", "array", "boolean", "number", "integer", "null"))  # of a request for JSON

_Gram = tuple[str, ...]
_Told = Callable[[], Iterable[tuple[int, Iterable[str]]]]  # texts, by a number


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted, and what is left: the files of articles and briefs that are still there."""

    articles: int = 0
    briefs: int = 0
    calls: int = 0
    parses: int = 0
    vectors: int = 0
    questions: int = 0
    left: tuple[Path, ...] = ()


def forget_all(settings: Settings) -> Forgotten:
    """Delete everything that is kept; a database of ours that is damaged is deleted as a file. Raises StorageError where that cannot be."""
    with closing(open_index(settings, all_desks=True)) as index:
        try:
            with closing(open_store(settings, all_desks=True)) as store:
                return _forget(store, index, settings, _known(store, index), (), store.briefs(), _EVER)
        except DamagedError:
            if not discard(settings):
                raise
        _forget_web(settings)
        return Forgotten(vectors=index.keep_only((), ()), questions=_questions(settings.questions, None))


def forget_articles(names: Sequence[str], settings: Settings) -> Forgotten:
    """Delete what is kept of articles, each a file ID, the beginning of one, or the path of a file, and the stored briefs that name them.

    Raises UsageError for a name that no article has, or several; nothing is deleted then.
    """
    with closing(open_store(settings, all_desks=True)) as store, closing(open_index(settings, all_desks=True)) as index:
        known = _known(store, index)
        gone = [article for name in names for article in _named(name, known)]
        hashes = {article.content for article in gone}
        briefs = [brief for brief in store.briefs() if not hashes.isdisjoint(_hashes(brief))]
        return _forget(store, index, settings, gone, [article for article in known if article.content not in hashes], briefs)


def forget_before(date: str, settings: Settings) -> Forgotten:
    """Delete the stored briefs of earlier dates than `date` (ISO), the articles that no other brief names, and the calls made before it.

    The typed questions bear no date: all of them go.
    """
    with closing(open_store(settings, all_desks=True)) as store, closing(open_index(settings, all_desks=True)) as index:
        stored = store.briefs()
        early, late = [one for one in stored if one.date < date], [one for one in stored if one.date >= date]
        kept = {sha256 for sha256, saved in store.saved().items() if saved >= date}.difference(*map(_hashes, early)).union(
            *map(_hashes, late)
        )
        known = _known(store, index)
        gone, stay = ([article for article in known if (article.content in kept) is there] for there in (False, True))
        return _forget(store, index, settings, gone, stay, early, date)


def _forget(
    store: Store,
    index: Index,
    settings: Settings,
    gone: Sequence[Article],
    kept: Sequence[Article],
    briefs: Sequence[StoredBrief],
    before: str = "",
) -> Forgotten:
    """Delete articles, briefs, the calls made before a day, and whatever else tells of the articles; keep what belongs to the others."""
    calls = {call.row for call in store.calls() if call.created < before}
    if before != _EVER:
        calls |= _telling(lambda: ((call.row, _texts(call.request, call.reply)) for call in store.calls()), gone, kept)
    sentences = {article.quote(sentence.number) for article in kept for sentence in article.sentences}
    parser, embedder = engines.parser(settings, store, Silent()).identity, engines.embedder(settings, Silent()).sha256
    hashes = {article.content for article in gone}
    parses = store.forget(hashes, briefs, calls, {parse_key(parser, text) for text in sentences})
    passages = {passage(article, sentence.number) for article in kept for sentence in article.sentences}
    vectors = index.keep_only({article.content for article in kept}, {text_key(embedder, text) for text in passages})
    questions = _questions(settings.questions, None if before else (gone, kept))
    _forget_web(settings)
    store.compact()
    return Forgotten(len(hashes), len(briefs), len(calls), parses, vectors, questions, _left(gone, briefs))


def _forget_web(settings: Settings) -> None:
    """Delete what servers answered: nothing says which article it is of, and all of it can be asked for again."""
    try:
        remove(settings.web)
    except OSError as error:
        raise StorageError(f"{settings.web}: cannot be deleted: {(error.strerror or str(error)).lower()}") from error


# Which articles


def _known(store: Store, index: Index) -> list[Article]:
    """Return every article that is kept, under each ID and path that a brief has for it as well."""
    asked = (article.model_copy(update={"id": article.id.removeprefix(GIVEN)}) for article in index.articles())
    kept = [*store.articles(), *asked]
    by_content = {article.content: article for article in kept}
    for stored in store.briefs():
        with suppress(ValidationError):
            named = [record for record in Brief.model_validate_json(stored.json).articles if record.content in by_content]
            kept += [by_content[record.content].model_copy(update={"id": record.id, "path": record.path}) for record in named]
    return kept


def _hashes(brief: StoredBrief) -> set[str]:
    """Return the content of every article that a brief names, and the SHA-256 of everything else."""
    found = set(_SHA256.findall(brief.json))
    with suppress(ValidationError):
        found |= {record.content for record in Brief.model_validate_json(brief.json).articles if record.reader}
    return found


def _named(name: str, known: Sequence[Article]) -> list[Article]:
    """Return the articles that a user means: every version of one file."""
    path = Path(name)
    read = _read(path)
    bytes_of = {article.sha256 for article in read}
    there = [article for article in known if (article.path and _absolute(article.path) == _absolute(name)) or article.sha256 in bytes_of]
    if there or read:
        return [*there, *read]
    found = [article for article in known if article.id == name] or [article for article in known if article.id.startswith(name)]
    places = list(dict.fromkeys(article.path or article.id for article in found))
    if not found:
        raise UsageError(f"no article that is kept has the ID or the path {name!r}", "the table of sources of a brief lists them")
    if len(places) > 1 and len({article.content for article in found}) > 1:
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        raise UsageError(f"{len(places)} articles can be meant by {name!r}", f"name one by its path: {', '.join(places[:_SHOWN])}{more}")
    return found


def _read(path: Path) -> list[Article]:
    """Return the articles of a file: they may have been asked about, and stand in no brief."""
    try:
        if not path.is_file():
            return []
    except (OSError, ValueError):
        return []
    return [outcome.article for outcome in read_found([Found(path.stem, path, named=True)]) if outcome.article is not None]


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _left(gone: Iterable[Article], briefs: Iterable[StoredBrief]) -> tuple[Path, ...]:
    records = [Path(brief.path) for brief in briefs]
    paths = [
        *(file for article in gone if article.path for file in (Path(article.path), raw(Path(article.path)))),
        *(file for record in records for file in (record, *map(record.with_suffix, (".md", ".html")))),
    ]
    return tuple(path for path in dict.fromkeys(paths) if _is_there(path))


def _is_there(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.exists()
    return False


# What tells of them


def _telling(told: _Told, gone: Sequence[Article], kept: Sequence[Article]) -> set[int]:
    """Return the numbers of the texts that hold words which only the articles to be forgotten have."""
    found: set[int] = set()
    going, staying = ({article.content: article for article in some} for some in (gone, kept))
    rest = iter(going.values())
    while some := list(islice(rest, _AT_ONCE)):
        own = {gram for article in some for gram in _said(article) if not _dated(gram)}
        for article in staying.values():
            own.difference_update(_said(article))
        own -= _ours()
        found.update(number for number, texts in told() if number not in found and any(not own.isdisjoint(_grams(text)) for text in texts))
    return found


def _said(article: Article) -> Iterator[_Gram]:
    for text in (article.text, article.title, article.source):
        yield from _grams(text)


def _grams(text: str) -> Iterator[_Gram]:
    """Yield the words of a text, and each two and three in a row, however they are marked and capitalised."""
    words = _WORD.findall(normalize("NFKC", text).casefold())
    for length in range(1, _IN_A_ROW + 1):
        yield from zip(*(words[start:] for start in range(length)), strict=False)


def _dated(gram: _Gram) -> bool:
    return all(word.isdigit() or word in _DATES for word in gram)


@cache
def _ours() -> frozenset[_Gram]:
    """Return what the prompts say themselves: every call has it."""
    prompts = [file.read_text(encoding="utf-8") for file in sorted(resource("prompts").glob("*.toml"))]
    return _SCHEMA.union(*map(_grams, prompts))


def _texts(*documents: str) -> Iterator[str]:
    """Yield every string in JSON documents, and in those that are strings of them."""
    for document in documents:
        try:
            yield from _strings(json.loads(document))
        except (ValueError, RecursionError):
            yield document


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield from _texts(value) if value.startswith("{") else (value,)
        case dict():
            for one in value.values():
                yield from _strings(one)
        case list():
            for one in value:
                yield from _strings(one)


# The questions that were typed


def _questions(history: Path, about: tuple[Sequence[Article], Sequence[Article]] | None) -> int:
    """Delete the typed questions that tell of articles to be forgotten and not of kept ones, or with None all; return how many."""
    try:
        lines = history.read_bytes().splitlines(keepends=True)
        texts = [line.decode(errors="replace").replace("\\040", " ") for line in lines]  # libedit writes blanks so
        gone = set(range(len(lines))) if about is None else _telling(lambda: ((n, (text,)) for n, text in enumerate(texts)), *about)
        if gone:
            history.write_bytes(b"".join(line for n, line in enumerate(lines) if n not in gone))
        return len(gone)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StorageError(f"{history}: the typed questions are still there: {why(error)}", "delete the file") from error
