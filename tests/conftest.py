"""What every test gets: a home of its own, no settings from outside, and, but for the real suite, no network."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from briefing import engines
from briefing.address import PostgresAddress
from briefing.config import PREFIX, Settings, load_settings
from briefing.language import english
from briefing.language.base import Parse, Parser, ParserIdentity
from briefing.language.cached import CachedParser
from briefing.model import catalog, files
from briefing.progress import Silent
from briefing.resources import resource
from briefing.stages.judging import Calibration
from tests.stages.fakes import FakeEmbedder, Lent

if TYPE_CHECKING:
    from tests.postgres import Server


def pytest_configure(config: pytest.Config) -> None:
    """Remember, before any test changes the environment, where the user's model files are: the real suite uses them.

    A shell lets its background jobs ignore Ctrl-C, and every child with them: undone here, since tests send it. Examples made by chance
    have no limit of time: a busy machine is slow.
    """
    if not config.getoption("hypothesis_profile"):
        slow = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
        settings.register_profile("ours", deadline=None, max_examples=500 if config.getoption("long") else 40, suppress_health_check=slow)
        settings.load_profile("ours")
    config.stash[MODELS] = load_settings().models.absolute()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


MODELS = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long forms of tests be asked for."""
    parser.addoption("--long", action="store_true", help="also run the tests that try all of what others try a part of")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out unless they are asked for, and put the real ones last: what fails in seconds should be seen first."""
    if not config.getoption("--long") and (long := [item for item in items if item.get_closest_marker("long")]):
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    items.sort(key=lambda item: item.get_closest_marker("real") is not None)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return what makes an empty folder. They are counted here: pytest looks through all folders of a session for each new one."""
    homes, number = tmp_path_factory.mktemp("homes"), count()

    def made() -> Path:
        (folder := homes / str(next(number))).mkdir()
        return folder

    return made


@pytest.fixture(autouse=True)
def own_home(new_home: Callable[[], Path], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point BRIEFING_HOME and the configuration folder to a new place; real tests still find the user's model files."""
    home = new_home()
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BRIEFING_HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    if request.node.get_closest_marker("real"):
        monkeypatch.setenv("BRIEFING_MODELS", str(request.config.stash[MODELS]))
    return home


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail on a connection that leaves the machine and on the look-up of a name; real tests may fetch models."""
    if request.node.get_closest_marker("real"):
        return

    def guarded(name: str) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def call(self: socket.socket, *args: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None) and not _loopback(args[-1][0]):
                pytest.fail(f"the test tried to reach {args[-1]!r}")
            return original(self, *args)

        return call

    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        if host is not None and not _loopback(host):
            pytest.fail(f"the test tried to look up {host!r}")
        return look_up(host, *args, **options)

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture(autouse=True, scope="module")
def as_said(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the yes of a model made by hand for what it is; real tests, and modules with a fixture of this name, calibrate it."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.node.get_closest_marker("real"):
            patch.setattr("briefing.pipeline.calibration", lambda: Calibration({}))
        yield


def _loopback(host: str | bytes) -> bool:
    text = host.decode() if isinstance(host, bytes) else host
    try:
        return text == "localhost" or ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def models_folder(request: pytest.FixtureRequest) -> Path:
    """Return the user's folder of model files: only the real suite reads it, and fetches into it what is not there."""
    return request.config.stash[MODELS]


@pytest.fixture(scope="session")
def spacy(models_folder: Path) -> english.SpacyParser:
    """Return the parser of English: fast enough for the fast suite, and fetched on first use, before any test forbids the network."""
    entries = catalog.load(resource("models.txt")).parser
    files.ensure_all(entries, models_folder, Silent())
    return english.SpacyParser(models_folder / entries[0].place, english.identity(entries[0].name, [entry.sha256 for entry in entries]))


class Remembering:
    """A parser that parses a sentence once in a session: the same few are parsed by hundreds of tests."""

    def __init__(self, inner: Parser) -> None:
        self._inner = inner
        self._known: dict[str, Parse] = {}

    @property
    def identity(self) -> ParserIdentity:
        return self._inner.identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(missing, self._inner.parse(missing), strict=True))
        return [self._known[text] for text in texts]


@pytest.fixture(scope="session")
def parser(spacy: Parser) -> Parser:
    """Return the parser of English, which remembers what it parsed."""
    return Remembering(spacy)


@pytest.fixture(scope="session")
def lent(parser: Parser) -> None:
    """Lend the parser to the functions that compare the briefs of `tests.editions`."""
    Lent.parser = parser


@pytest.fixture
def offline(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the program the session's parser, behind its cache, and an embedder made by hand, where it would look for model files."""
    monkeypatch.setattr(engines, "parser", lambda _, store, progress: CachedParser(lambda: parser, parser.identity, store, progress))
    monkeypatch.setattr(engines, "embedder", lambda _settings, _progress: FakeEmbedder())


@pytest.fixture(scope="session")
def small_model(models_folder: Path) -> Path:
    """Return the model file of 135 million parameters: good enough to test the machinery of the engine in seconds."""
    return files.ensure(catalog.load(resource("models.txt")).find("smollm2-135m"), models_folder, Silent())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Start a PostgreSQL server for the session, or skip, with the reason, where none can be had."""
    from tests.postgres import started

    server = started()
    yield server
    server.close()


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[PostgresAddress]:
    """Give the address of a new database with the schema of today, for its owner."""
    name = postgres_server.begin()
    yield postgres_server.address(name)
    postgres_server.end(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Give settings with a new database, once of each kind."""
    database = request.getfixturevalue("postgres") if request.param == "postgres" else tmp_path / "deep" / "briefing.sqlite3"
    return Settings(home=tmp_path / "home", out=tmp_path / "briefs", database=database)
