"""Reads desks.toml. Promises that every fault is found at once, each with its line and key; what a desk may be is not decided here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from briefing.errors import UsageError
from briefing.newsroom.desks import ENVIRONMENT, TELLING, Desk, Desks

_LARGEST = 1 << 18  # bytes of a desks.toml: some thousand desks


class Fault(NamedTuple):
    """What is wrong with a desks.toml: the line, the key as in "desk energy: at", and why. Line 0: the file as a whole."""

    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        """Return it as a message shows it."""
        return ": ".join(part for part in (f"line {self.line}" if self.line else "", self.key, self.reason) if part)


def load(path: Path) -> Desks:
    """Read a file of desks. Raises UsageError with its first fault, and how many there are."""
    found = checked(path)
    if isinstance(found, Desks):
        return found
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    raise UsageError(f"{path}: {found[0]}{more}", "`briefing desks check` shows every fault; docs/newsroom.md says what belongs there")


def checked(path: Path) -> Desks | list[Fault]:
    """Return the desks of a file, or all its faults in the order of their lines. Raises UsageError where there is no such file."""
    text = _text(path)
    try:
        return Desks.model_validate(tomllib.loads(text))
    except RecursionError:
        return [Fault(0, "", "not valid TOML: nested too deeply")]
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        return [Fault(int(at[1]) if at else text.count("\n") + 1, "", f"not valid TOML: {error}")]
    except ValidationError as error:
        places = _Places(text)
        return sorted(places.fault(one["loc"], one["type"], one["msg"]) for one in error.errors(include_input=False, include_url=False))


class _Places:
    """Where the keys of a TOML text that is valid stand: its statements are read one by one, since its parser does not say."""

    def __init__(self, text: str) -> None:
        values = tomllib.loads(text)
        desks = values.get("desk")
        self._desks: list[Any] = desks if isinstance(desks, list) else []
        self._lines: dict[tuple[int | str, ...], int] = {}
        table: tuple[int | str, ...] = ()
        number, start = 0, 0
        lines = text.split("\n")
        for end in range(1, len(lines) + 1):
            try:
                statement = tomllib.loads("\n".join(lines[start:end]))
            except tomllib.TOMLDecodeError:
                continue  # in the middle of a value
            first = next((n for n in range(start, end) if lines[n].strip() and not lines[n].lstrip().startswith("#")), end)
            start = end
            if not statement:
                continue
            if lines[first].lstrip().startswith("["):
                key = next(iter(statement))
                table = ("desk", number) if key == "desk" else (key,)
                number += key == "desk"
                self._lines.setdefault((key,), first + 1)
                self._lines.setdefault(table, first + 1)
            else:
                for key in statement:
                    self._lines.setdefault((*table, key), first + 1)

    def fault(self, loc: Sequence[int | str], kind: str, message: str) -> Fault:
        """Return a fault as the user has to look for it."""
        number = loc[1] if len(loc) > 1 and loc[0] == "desk" else None
        keys = [str(part) for part in (loc[:1] if number is None else loc[2:3])]
        reason = message.removeprefix("Value error, ")
        if kind == "extra_forbidden":
            there = ", ".join(Desks.model_fields if number is None else Desk.model_fields)
            reason = f"no such key; {ENVIRONMENT if TELLING.search(keys[-1]) else f'there are {there}'}"
        elif kind == "missing":
            reason = "is missing"
        who = [] if not isinstance(number, int) else [f"desk {self._name(number)}"]
        return Fault(self._line(loc), ": ".join([*who, *keys]), reason[:1].lower() + reason[1:])

    def _name(self, number: int) -> object:
        """Return what a desk is called, or which it is."""
        desk = self._desks[number] if number < len(self._desks) else None
        name = desk.get("name") if isinstance(desk, dict) else None
        return name if isinstance(name, str) and name else number + 1

    def _line(self, loc: Sequence[int | str]) -> int:
        """Return the line where the statement begins that holds the last part of a place; 0 where there is none."""
        return next((self._lines[tuple(loc[:n])] for n in range(len(loc), 0, -1) if tuple(loc[:n]) in self._lines), 0)


def _text(path: Path) -> str:
    hint = "`desks` in your own briefing.toml, BRIEFING_DESKS or --desks say where it is; docs/newsroom.md says what belongs there"
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise UsageError(f"{path}: cannot be read: it is not a file", hint)
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UsageError(f"{path}: too large for a file of desks", hint)
        return data.decode()
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file", hint) from None
    except (OSError, ValueError) as error:
        why = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(f"{path}: cannot be read: {why}", hint) from error
