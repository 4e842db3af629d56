"""The days' pages and a field for questions, on this machine alone: a server of the standard library, behind a token in its address.

browser ─► loopback: the right host, the right token? ─► list of days, page of a day, or a question
question ─► one thread that asks (asking) ─► lines of progress as they come, then the answer's page

It listens on 127.0.0.1 only, answers no other name than that and "localhost", and nothing without the token, which is new at every start.
It changes nothing, and it asks nothing of any other machine.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from urllib.parse import parse_qs, unquote, urlsplit

from briefing import arrange, pages
from briefing.asking import Ask, asking
from briefing.brief import Brief
from briefing.config import Settings
from briefing.engines import Engine, llama
from briefing.errors import BriefingError, UsageError
from briefing.history import called, named
from briefing.opening import open_store
from briefing.page import count, day
from briefing.records import Answer
from briefing.target import parted
from briefing.text.escape import visible
from briefing.web.data import DayRow, DaysPage
from briefing.web.html import begun, ended, html, policy, progress

_LOG = logging.getLogger(__name__)
_DAYS = 100  # of the list; pages of earlier days are given all the same
_TOP = 3  # claims of a day that the list names
_HEADERS = {
    "Content-Security-Policy": policy("form-action 'self'", "frame-ancestors 'none'"),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _Http(ThreadingHTTPServer):
    """The library's server, which would write a traceback for each reader who goes away in the middle of a request."""

    def handle_error(self, *_: object) -> None:
        """Note it."""
        _LOG.debug("a request came to no end", exc_info=True)


class Server:
    """A server that runs until it is closed. `address` is where its list of days is."""

    def __init__(self, settings: Settings, port: int, engine: Engine) -> None:
        self._settings = settings
        self._home = f"/{secrets.token_urlsafe(24)}/"
        self._questions = _Questions(settings, engine)
        outer = self

        class Handler(_Handler):
            server_of = outer

        try:
            self._http = _Http(("127.0.0.1", port), Handler)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"port {port} cannot be listened on: {reason}", "choose another with --port") from error
        self.address = f"http://127.0.0.1:{self._http.server_port}{self._home}"

    def run(self) -> None:
        """Answer until `stop` is called from another thread, or Ctrl-C is pressed."""
        with suppress(KeyboardInterrupt):
            self._http.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """Let `run` return."""
        self._http.shutdown()

    def close(self) -> None:
        """End; a question that is being answered is left."""
        self._http.server_close()
        self._questions.close()

    def hosts(self) -> set[str]:
        """Return the names under which it answers: a page of another site that points its own name here gets nothing."""
        return {f"{name}:{self._http.server_port}" for name in ("127.0.0.1", "localhost")}

    def response(self, path: str) -> Iterator[str]:
        """Yield the HTML of what a path asks for, piece by piece. Raises UsageError, before the first, where there is nothing."""
        parts = urlsplit(path)
        place = unquote(parts.path)
        if not secrets.compare_digest(place[: len(self._home)].encode(), self._home.encode()):
            raise UsageError("no such page")
        place = place[len(self._home) :]
        if not place:
            return iter([html(self._days(), home=self._home)])
        if place == "ask":
            question = " ".join(" ".join(parse_qs(parts.query).get("q", [])).split())
            return self._asked(question)
        if not parted(place):
            raise UsageError("no such page")
        return iter([html(pages.of_brief(place, self._settings)[0], home=self._home)])

    def _days(self) -> DaysPage:
        with closing(open_store(self._settings)) as store:
            last = {called(one): one for one in store.briefs()}
        rows = tuple(_row(key, named(one)) for key, one in sorted(last.items(), reverse=True)[:_DAYS])
        return DaysPage(schema="briefing-page/1", title="Briefs", days=rows)

    def _asked(self, question: str) -> Iterator[str]:
        yield begun(visible(question), self._home)
        for told in self._questions.ask(question):
            if isinstance(told, Answer):
                yield ended(pages.of_answer(told, self._settings), self._home)
            else:
                yield progress(told)


def _row(key: str, brief: Brief) -> DayRow:
    used = sum(article.status == "used" for article in brief.articles)
    counts = count(used, "article"), count(len(brief.claims), "claim"), count(len(brief.stories), "story")
    _, name = parted(key) or ("", "")
    return DayRow(
        name=key,
        day=day(brief.date) + (f", {name}" if name else ""),
        summary=f"{', '.join(counts)}. {arrange.agreement(brief.claims)}.",
        top=tuple(visible(claim.marked(claim.text)) for claim in brief.in_short()[:_TOP]),
    )


@contextmanager
def serving(settings: Settings, port: int = 0, engine: Engine = llama) -> Iterator[Server]:
    """Give a server on a port of this machine, a free one for 0. Raises UsageError where it is taken, StorageError for the database."""
    open_store(settings).close()
    server = Server(settings, port, engine)
    try:
        yield server
    finally:
        server.close()


class _Handler(BaseHTTPRequestHandler):
    """Answers one request: GET, and nothing else."""

    server_of: Server
    server_version, sys_version = "briefing", ""
    timeout = 60  # seconds that a reader may take for a request

    def do_GET(self) -> None:
        """Answer with a page, piece by piece, or with the one line of an error."""
        try:
            if self.headers.get("Host", "") not in self.server_of.hosts():
                return self._plain(HTTPStatus.FORBIDDEN, "this server answers on 127.0.0.1 only")
            pieces = self.server_of.response(self.path)
        except UsageError as error:
            return self._plain(HTTPStatus.NOT_FOUND, str(error))
        except BriefingError as error:
            return self._plain(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        self._begin(HTTPStatus.OK, "text/html")
        try:
            for piece in pieces:
                self.wfile.write(piece.encode("utf-8", errors="replace"))
                self.wfile.flush()
        except OSError:  # the reader went away
            return None
        return None

    def _plain(self, status: HTTPStatus, text: str) -> None:
        self._begin(status, "text/plain")
        self.wfile.write(f"{visible(text)}\n".encode())

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the addresses hold the token."""


# Questions


@dataclass(frozen=True, slots=True)
class _Question:
    """A question, and where what is told of it goes: lines of progress, then the answer, then None."""

    text: str
    told: Queue[str | Answer | None] = field(default_factory=Queue)


class _Questions:
    """Answers one question after the other in one thread: the database and the model belong to the thread that opened them."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._queue: Queue[_Question | None] = Queue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def ask(self, text: str) -> Iterator[str | Answer]:
        """Yield lines of progress, then the answer, or a line that says what is wrong."""
        if not self._thread.is_alive():
            yield "No question can be answered any more: start the server again."
            return
        question = _Question(text)
        self._queue.put(question)
        while (told := question.told.get()) is not None:
            yield told

    def close(self) -> None:
        """End the thread after the question that it is at."""
        self._queue.put(None)

    def _run(self) -> None:
        with ExitStack() as stack:
            answer: Ask | None = None
            known: list[tuple[str, str]] = []
            watcher = _Told()
            while (question := self._queue.get()) is not None:
                watcher.told = question.told.put
                try:
                    stored = self._stored()
                    if answer is None or stored != known:  # a brief was made since: its articles are asked too
                        stack.close()
                        answer = stack.enter_context(asking(self._settings, progress=watcher, engine=self._engine))
                        known = stored
                    question.told.put(answer(question.text))
                except BriefingError as error:
                    question.told.put(f"{error}. {error.hint}" if error.hint else str(error))
                finally:
                    question.told.put(None)

    def _stored(self) -> list[tuple[str, str]]:
        with closing(open_store(self._settings)) as store:
            return [(one.date, one.path) for one in store.briefs()]


class _Told:
    """A Progress that tells the reader of a page: a line for each stage, and one at every tenth of it."""

    def __init__(self) -> None:
        self.told: Callable[[str], None] = lambda _: None
        self._name, self._total, self._unit, self._done = "", 0, "", 0

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Say what begins."""
        self._name, self._total, self._unit, self._done = name, total or 0, unit, 0
        self.told(f"{name[:1].upper()}{name[1:]}" + (f": {total:,} {unit}" if total else "") + " …")

    def advance(self, amount: int = 1) -> None:
        """Say how far it is, now and then."""
        before, self._done = self._done, self._done + amount
        if self._total >= 20 and self._done * 10 // self._total > before * 10 // self._total:
            self.told(f"{self._name[:1].upper()}{self._name[1:]}: {self._done:,} of {self._total:,} {self._unit}")

    def warn(self, message: str) -> None:
        """Say a warning."""
        self.told(message)

    def close(self) -> None:
        """Do nothing."""
