"""What is written on stdout and stderr. The only module that prints: the product on stdout, all that is said of it on stderr.

Nothing steers the terminal but what is put exactly: a document whose view has escaped it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import StorageError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from briefing.progress import Progress


_BYTES = re.compile("([\udc80-\udcff]+)")  # those of a file name that are no UTF-8, as Python has them


def put(text: str, *, flush: bool = False) -> None:
    """Print a line on stdout that cannot steer the terminal."""
    from briefing.console import plain

    put_exact(plain(text), flush=flush)


def put_path(path: Path) -> None:
    """Print a path on stdout that cannot steer the terminal. Bytes that are no UTF-8 stay, for scripts: they steer nothing."""
    from briefing.console import plain

    put_exact("".join(part if n % 2 else plain(part) for n, part in enumerate(_BYTES.split(str(path)))))


def put_file(path: Path, *, as_json: bool) -> None:
    """Print the path of a file that was written; on stderr where stdout has a JSON document, and nothing else."""
    if as_json:
        say(f"written: {path}")
    else:
        put_path(path)


def put_exact(text: str = "", *, end: str = "\n", flush: bool = False) -> None:
    """Print on stdout what has been escaped as its form wants it.

    Once that fails, nothing more is written: neither here nor when the program ends.
    """
    try:
        print(text, end=end, flush=flush)
    except OSError as error:
        told = unwritable(error)
        if isinstance(error, BrokenPipeError):
            raise
        raise told from error


def unwritable(error: OSError) -> StorageError:
    """Return what is said where stdout could not be written, and let nothing more go there."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return StorageError(
        f"stdout cannot be written: {(error.strerror or str(error)).lower()}", "name another file, or make room where it is written"
    )


def put_json(document: BaseModel | Mapping[str, object], *, line: bool = False) -> None:
    """Print one JSON document on stdout."""
    put_exact(json_of(document, line=line), flush=True)


def json_of(document: BaseModel | Mapping[str, object], *, line: bool = False) -> str:
    """Return a JSON document, a space a level or on one `line`, every script as it is; no text in it steers the terminal."""
    import json

    from briefing.console import plain_json

    value = document if isinstance(document, Mapping) else document.model_dump(mode="json", by_alias=True)
    indent, separators = (None, (",", ":")) if line else (1, None)
    return plain_json(json.dumps(value, indent=indent, separators=separators, ensure_ascii=False))


def say(text: str, *, lines: bool = False) -> None:
    """Print on stderr what cannot steer the terminal."""
    from briefing.console import plain

    with suppress(OSError, ValueError):
        print(plain(text, lines=lines), file=sys.stderr, flush=True)


def say_error(message: str, hint: str = "") -> None:
    """Print an error and its hint on stderr, a line each."""
    say(f"error: {' '.join(message.split())}")
    if hint:
        say(f"hint: {' '.join(hint.split())}")


@contextmanager
def watched(quiet: bool, verbose: bool = False) -> Iterator[Progress]:
    """Yield the Progress that suits stderr, and end its last stage. With `verbose`, what is logged is said on stderr, too."""
    from briefing.console import watcher

    with _logged() if verbose else nullcontext():
        progress = watcher(quiet=quiet, lines=verbose)
        if verbose and quiet:
            from briefing.progress import Logged

            progress = Logged(progress)
        try:
            yield progress
        finally:
            progress.close()


@contextmanager
def _logged() -> Iterator[None]:
    """Say what the program logs, a line each, as `info: briefing.engines: …`."""
    import logging

    class Handler(logging.Handler):
        """Says what cannot steer the terminal."""

        def emit(self, record: logging.LogRecord) -> None:
            """Say one record."""
            say(f"{record.levelname.lower()}: {record.name}: {record.getMessage()}")

    logger, handler = logging.getLogger("briefing"), Handler()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
