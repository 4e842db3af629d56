"""The settings, from four places: defaults < briefing.toml < environment < flags. The only reader of the environment.

The user's own briefing.toml (in the configuration folder of the system) comes before the one of the working folder.
Nothing is created here, and no path need exist.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from briefing.errors import UsageError

FILE = "briefing.toml"
PREFIX = "BRIEFING_"


def _path(value: object) -> object:
    if isinstance(value, Path) or (isinstance(value, str) and value.strip()):
        return Path(os.path.expanduser(value))  # noqa: PTH111 - Path.expanduser raises where there is no home
    raise ValueError("should be a path")


def _number(value: object) -> object:
    if isinstance(value, bool):  # pydantic would take it for 0 or 1
        raise ValueError("should be a whole number")  # noqa: TRY004 - pydantic turns only ValueError into its report
    return value


def _several(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Folder = Annotated[Path, BeforeValidator(_path)]
Count = Annotated[int, BeforeValidator(_number), Field(ge=0)]


class Settings(BaseModel):
    """Every setting, checked. Relative paths are relative to the working folder; a leading ~ is the home folder.

    `model` is a name of models.txt or the path of a GGUF file, empty for the default. For `threads`, `sequences`
    (requests at once) and `context` (tokens a request), 0 lets the engine choose; `gpu_layers` counts layers moved to
    the GPU, -1 all of them. With `server`, addresses of OpenAI-compatible servers, `model` is a name that they know, `sequences`
    is the number of requests that each gets at once, and an answer may take `server_timeout` seconds. `feeds` are OPML files and addresses
    that `fetch` reads where none are named, `articles` the folder that it writes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Folder = Field(default_factory=lambda: platformdirs.user_data_path("briefing", appauthor=False))
    models: Folder = Field(default_factory=lambda values: values["home"] / "models")
    database: Folder = Field(default_factory=lambda values: values["home"] / "briefing.sqlite3")
    out: Folder = Path("briefs")
    articles: Folder = Path("articles")
    feeds: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    model: str = ""
    threads: Count = 0
    gpu_layers: Annotated[int, BeforeValidator(_number), Field(ge=-1)] = 0
    sequences: Count = 0
    context: Count = 0
    server: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    server_key: str = Field(default="", repr=False)
    server_timeout: Annotated[int, BeforeValidator(_number), Field(ge=1)] = 300


def load_settings(flags: Mapping[str, object] | None = None) -> Settings:
    """Return the settings. `flags` maps field names to what the command line gave, None where it gave nothing.

    Raises UsageError, naming where the value came from, for a file that cannot be read, an unknown key or a bad value.
    """
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    places: list[tuple[Path | str, Mapping[str, object]]] = [(file, _read(file)) for file in config_files()]
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
        raise UsageError(f"{origins.get(name, name)}: {message[:1].lower()}{message[1:]}, not {values.get(name)!r}") from error


def config_files() -> tuple[Path, Path]:
    """Return where briefing.toml is looked for, the stronger place last."""
    return platformdirs.user_config_path("briefing", appauthor=False) / FILE, Path(FILE)


def _origin(place: str | Path, name: str) -> str:
    if isinstance(place, Path):
        return f"{place}: {name}"
    return f"--{name.replace('_', '-')}" if place else PREFIX + name.upper()


def _read(file: Path) -> dict[str, object]:
    try:
        with file.open("rb") as stream:
            values = tomllib.load(stream)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not valid TOML: {error}") from error
    valid = list(Settings.model_fields)
    for key in values:
        if key not in valid:
            near = difflib.get_close_matches(key, valid, n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"the settings are {', '.join(valid)}"
            raise UsageError(f"{file}: unknown setting `{key}`", hint)
    return values
