"""The settings, from four places: defaults < briefing.toml < environment < flags. The only reader of the environment.

The user's own briefing.toml (in the configuration folder of the system) comes before the one of the working folder, which may come from
anybody, as the folder may: it sets only what sends, loads and moves nothing (ANYWHERE). Nothing is created here, and no path need exist.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from briefing.address import PostgresAddress, is_address
from briefing.errors import UsageError
from briefing.text.characters import acts

FILE = "briefing.toml"
PREFIX = "BRIEFING_"
ANYWHERE = frozenset({"out", "threads", "gpu_layers", "sequences", "context", "server_timeout", "server_rate"})
"""What a briefing.toml of the working folder may set: where briefs are put, and bounded numbers. Not where articles or a key are sent
(`server`, `server_key`, `insecure`), nor what is asked of the network and where that goes (`feeds`, `articles`, `desks`), nor which files
are read and trusted (`home`, `models`, `database`, `model`), nor what a brief says (`template`: by one that came with the articles its
Markdown would say anything, and `verify` would find it as it should be)."""

_LARGEST = 1 << 14  # bytes of a briefing.toml; tomllib takes minutes of what is made to take long
_SHOWN = 60  # characters of a wrong value
_NAME, _PATH = 255, 4095  # bytes of a file name and of a path, where most systems end
_CONTEXT = 512  # tokens, in which not even a task's examples have room
_SECRET = {"server", "server_key", "database"}  # values that no message repeats


def _path(value: object) -> object:
    if not isinstance(value, Path) and not (isinstance(value, str) and value.strip()):
        raise ValueError("should be a path")
    path = Path(os.path.expanduser(value))  # noqa: PTH111 - Path.expanduser raises where there is no home
    if not possible(path):
        raise ValueError("should be a path that can be: no NUL, and not so long")
    if isinstance(value, str) and acts(value):  # from a file or the environment; what is typed is the user's own
        raise ValueError("should be a path without control and bidi characters")
    return path


def possible(path: Path) -> bool:
    """Return whether a file can have this path at all: asking the system about any other raises what nobody expects."""
    try:
        names = [os.fsencode(name) for name in path.parts]
    except UnicodeEncodeError:
        return False
    return not any(b"\0" in name or len(name) > _NAME for name in names) and len(os.fsencode(path)) <= _PATH


def _number(value: object) -> object:
    if isinstance(value, bool):  # pydantic would take it for 0 or 1
        raise ValueError("should be a whole number")  # noqa: TRY004 - pydantic turns only ValueError into its report
    return value


def _key(value: object) -> object:
    if isinstance(value, str) and not (value.isascii() and value.isprintable() and " " not in value):
        raise ValueError("should be ASCII letters, digits and marks, without a space or a line break")
    return value


def _room(value: int) -> int:
    if 0 < value < _CONTEXT:
        raise ValueError(f"should be 0 or at least {_CONTEXT}")
    return value


def _several(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _kept(value: object) -> object:
    if isinstance(value, PostgresAddress):
        return value
    return PostgresAddress(value.strip()) if isinstance(value, str) and is_address(value.strip()) else _path(value)


Folder = Annotated[Path, BeforeValidator(_path)]
Kept = Annotated[Path | PostgresAddress, BeforeValidator(_kept)]
Number = Annotated[int, BeforeValidator(_number)]


class Settings(BaseModel):
    """Every setting, checked. Relative paths are relative to the working folder; a leading ~ is the home folder.

    `database` is the file of an SQLite database, or the address of a PostgreSQL one, in which every desk has briefs of its own: `desk` is
    the one that is meant. `model` is a name of models.txt or the path of a GGUF file, empty for the default. For `threads`, `sequences`
    (requests at once) and `context` (tokens a request), 0 lets the engine choose; `gpu_layers` counts layers moved to
    the GPU, -1 all of them. With `server`, addresses of OpenAI-compatible servers, `model` is a name that they know, `sequences`
    is the number of requests that each gets at once, and an answer may take `server_timeout` seconds; `server_rate` is how many
    requests a minute each gets from this process, 0 for as many as it answers. With `insecure`, the key goes to
    other machines in plain text, too. `template` is a template of one's own that the Markdown file of a brief is made by. `feeds` are OPML
    files and addresses that `fetch` reads where none are named, `articles` the folder that it writes. `desks` is the file of the desks of a
    newsroom. The bounds are those of llama.cpp,
    and beyond what any model has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Folder = Field(default_factory=lambda: platformdirs.user_data_path("briefing", appauthor=False))
    models: Folder = Field(default_factory=lambda values: values["home"] / "models")
    database: Kept = Field(default_factory=lambda values: values["home"] / "briefing.sqlite3")
    desk: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9_-]{0,62})?$")
    out: Folder = Path("briefs")
    template: Annotated[Path, BeforeValidator(_path)] | None = None
    articles: Folder = Path("articles")
    desks: Folder = Field(default_factory=lambda: config_files()[0].with_name("desks.toml"))
    feeds: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    model: str = ""
    threads: Number = Field(default=0, ge=0, le=512)
    gpu_layers: Number = Field(default=0, ge=-1, le=10_000)
    sequences: Number = Field(default=0, ge=0, le=240)
    context: Annotated[Number, AfterValidator(_room)] = Field(default=0, ge=0, le=1 << 22)
    server: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    server_key: Annotated[str, BeforeValidator(_key)] = Field(default="", repr=False)
    server_timeout: Number = Field(default=300, ge=1, le=86_400)
    server_rate: Number = Field(default=0, ge=0, le=1_000_000)
    insecure: bool = False

    @property
    def index(self) -> Path | PostgresAddress:
        """Return where the index is: beside the database, or in it."""
        return self.database.with_name("index.sqlite3") if isinstance(self.database, Path) else self.database

    @property
    def web(self) -> Path:
        """Return where it is kept what servers answered when `fetch` asked them."""
        return self.home / "web.sqlite3"

    @property
    def questions(self) -> Path:
        """Return where the questions are kept that were typed at the prompt."""
        return self.home / "questions"


def load_settings(flags: Mapping[str, object] | None = None) -> Settings:
    """Return the settings. `flags` maps field names to what the command line gave, None where it gave nothing.

    Raises UsageError, naming where the value came from, for a file that cannot be read, an unknown key or a bad value.
    """
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    own, working = config_files()
    places: list[tuple[Path | str, Mapping[str, object]]] = [(own, _read(own))]
    if not _same(own, working):
        places.append((working, _harmless(working, _read(working))))
    places.append(("", {name: text for name in Settings.model_fields if (text := os.environ.get(PREFIX + name.upper()))}))
    places.append(("--", {name: value for name, value in (flags or {}).items() if value is not None}))
    for place, given in places:
        for name, value in given.items():
            values[name] = value
            origins[name] = _origin(place, name)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        message = first["msg"].removeprefix("Value error, ")
        shown = "" if name in _SECRET else f", not {_short(values.get(name))}"
        raise UsageError(f"{origins.get(name, name)}: {message[:1].lower()}{message[1:]}{shown}") from None  # it holds all values


def secret(name: str) -> str:
    """Return what a variable of the environment holds, "" where it is not set: what no file may hold. No message repeats it."""
    return os.environ.get(name, "")


def config_files() -> tuple[Path, Path]:
    """Return where briefing.toml is looked for, the stronger place last."""
    return platformdirs.user_config_path("briefing", appauthor=False) / FILE, Path(FILE)


def _origin(place: str | Path, name: str) -> str:
    if isinstance(place, Path):
        return f"{place}: {name}"
    return f"--{name.replace('_', '-')}" if place else PREFIX + name.upper()


def _short(value: object) -> str:
    """Return a wrong value as a message shows it. A number of thousands of digits cannot even be written."""
    if isinstance(value, int) and value.bit_length() > _SHOWN:
        return "a number that large"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _harmless(file: Path, values: dict[str, object]) -> dict[str, object]:
    """Return what a file of the working folder sets, or raise UsageError for what it may not."""
    for key in values:
        if key not in ANYWHERE:
            hint = f"it belongs into {config_files()[0]}, or {PREFIX}{key.upper()} in the environment: a folder may come from anybody"
            raise UsageError(f"{file} of the working folder may not set `{key}`", hint)
    return values


def _read(file: Path) -> dict[str, object]:
    try:
        if file.exists() and not file.is_file():  # a pipe would be waited for
            raise UsageError(f"{file}: cannot be read: it is not a file")
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    if len(data) > _LARGEST:
        raise UsageError(f"{file}: too large for a file of settings")
    try:
        values = tomllib.loads(data.decode())
    except RecursionError as error:
        raise UsageError(f"{file}: not valid TOML: nested too deeply") from error
    except ValueError as error:  # TOML, its encoding, a number of too many digits
        raise UsageError(f"{file}: not valid TOML: {error}") from error
    valid = list(Settings.model_fields)
    for key in values:
        if key not in valid:
            near = difflib.get_close_matches(key[:_SHOWN], valid, n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"the settings are {', '.join(valid)}"
            raise UsageError(f"{file}: unknown setting `{key[:_SHOWN]}`", hint)
    return values
