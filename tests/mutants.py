"""Would a test notice if a number in the stages were another one? `python -m tests.mutants [MODULE…]` lists those that none notices.

Each number of `briefing/stages/`, and each threshold beside the prompts, is changed a little and a lot, up and down; then the unit tests of
its module run in a process of their own, and where they pass, those of all stages. No recording is among them. A number that may be
changed a lot without a word holds nothing, or lacks its test. Hours for all of them, minutes for one module; `--great` leaves out the
little changes, `--own` the tests of other modules.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import hypothesis
import pytest

from briefing.language import english
from briefing.language.base import Parse, Parser, ParserIdentity
from tests.model_here import default_parser

ROOT = Path(__file__).resolve().parents[1]
STAGES = ROOT / "briefing" / "stages"
PRINTING = ("least", "behind", "several", "few", "few_behind", "few_plain", "plain", "plain_behind")
THRESHOLDS = {"answering": ("threshold", "near"), "thresholds": ("least",), "printing": PRINTING}
READ_BY = {"answering": "answer", "thresholds": "support", "printing": "printing"}
"""Which module's tests are about the numbers of a file of `prompts/`."""
OWN = {
    "match": ("stages/test_match.py", "stages/test_differences.py", "test_diff.py"),
    "differences": ("stages/test_differences.py", "test_diff.py"),
    "judging": ("stages/test_judging.py", "test_calibration.py", "test_diff.py"),
    **dict.fromkeys(
        ("certainty", "deeds", "figures", "spoken"), ("stages/test_plain.py", "stages/test_check.py", "stages/test_figures.py")
    ),
    **dict.fromkeys(("measured", "premises", "timed"), ("stages/test_fitting.py",)),
    **dict.fromkeys(("edits", "eligible", "listed", "verbatim"), ("stages/test_rewrite.py", "stages/test_check.py")),
    "worth": ("stages/test_printing.py",),
}
"""The tests of modules that have no file of their own name, or not all in it."""


@dataclass(frozen=True)
class Number:
    """A number: in which file, at which line and column of it, and in what it stands: of a TOML file, its tables and its key."""

    file: Path
    line: int
    column: int
    name: str
    value: float

    @property
    def module(self) -> str:
        """Return the module whose tests are to notice it."""
        return READ_BY.get(self.file.stem, self.file.stem) if self.file.suffix == ".toml" else self.file.stem

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} {self.name} = {self.value:g}"


def numbers(file: Path) -> Iterator[Number]:
    """Yield the numbers of a module: all that its constants hold, and elsewhere those that are no 0, 1 or 2. No size of a cache."""
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        constant = isinstance(statement, ast.Assign | ast.AnnAssign)
        name = ast.unparse(statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", ast.Name("")))
        sizes = {id(size) for node in ast.walk(statement) if _makes_a_cache(node) for size in ast.walk(node)}
        for node, value in _numbers(statement):
            if id(node) not in sizes and (constant or value not in (0, 1, 2)):
                yield Number(file, node.lineno, node.col_offset, name or getattr(statement, "name", "?"), value)


def _numbers(statement: ast.stmt) -> Iterator[tuple[ast.Constant, float]]:
    """Yield the numbers of a statement, and the texts that a Decimal is made of."""
    for node in ast.walk(statement):
        match node:
            case ast.Call(ast.Name("Decimal"), [ast.Constant(str(text)) as written]):
                yield written, float(text)
            case ast.Constant(int(value) | float(value)) if not isinstance(value, bool):
                yield node, value


def _makes_a_cache(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lru_cache"


def thresholds() -> Iterator[Number]:
    """Yield the thresholds beside the prompts."""
    for stem, names in THRESHOLDS.items():
        file = ROOT / "prompts" / f"{stem}.toml"
        lines = file.read_text(encoding="utf-8").splitlines()
        table = ""
        for line, text in enumerate(lines, start=1):
            key = text.partition(" = ")[0]
            if text.startswith("["):
                table = text.strip("[]") + "."
            elif key in names:
                yield Number(file, line, 0, table + key, tomllib.loads(text)[key])


def others(value: float) -> dict[str, float]:
    """Return what a number is changed to, a little and a lot, up and down; 0 and 1 have less room."""
    found: dict[str, float] = {
        "+ little": value * 1.1 or 0.1,
        "- little": value * 0.9 or -0.1,
        "+ a lot": value * 2 or 0.5,
        "- a lot": value / 3 or -0.5,
    }
    if isinstance(value, int):
        found = {"+ little": value + 1, "- little": value - 1, "+ a lot": 2 * value + 2, "- a lot": value // 3}
    return {how: other for how, other in found.items() if other != value}


class Changed(importlib.abc.MetaPathFinder):
    """Loads one module with another number in it."""

    def __init__(self, number: Number, other: float) -> None:
        self._number, self._other = number, other
        self._name = f"briefing.stages.{number.file.stem}"

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, self._number.file, loader=_Loader(name, str(self._number.file), self._code()))

    def _code(self) -> CodeType:
        tree = ast.parse(self._number.file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and (node.lineno, node.col_offset) == (self._number.line, self._number.column):
                node.value = self._other
        return compile(tree, str(self._number.file), "exec")


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code


class Remembering:
    """A parser that was told in the parent what the tests will ask: every child has its parses."""

    def __init__(self, inner: Parser) -> None:
        self._inner, self.known = inner, dict[str, Parse]()

    @property
    def identity(self) -> ParserIdentity:
        return self._inner.identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        missing = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known.update(zip(missing, self._inner.parse(missing), strict=True))
        return [self.known[text] for text in texts]


def passes(paths: Sequence[Path], parser: Remembering, number: Number | None = None, other: float = 0) -> bool:
    """Run tests in a child that has imported no stage yet; return whether all passed. Without a number the parent learns what is parsed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = _run(paths, parser, number, other)
            if number is None:
                os.write(writing, "\0".join(parser.known).encode(errors="surrogatepass"))
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        texts = stream.read().decode(errors="surrogatepass")
    parser.parse([text for text in texts.split("\0") if text])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _with(tree: dict[str, Any], name: str, value: float) -> dict[str, Any]:
    """Return a tree of tables with another value under a dotted name."""
    first, _, rest = name.partition(".")
    return {**tree, first: _with(tree[first], rest, value) if rest else value}


def _run(paths: Sequence[Path], parser: Remembering, number: Number | None, other: float) -> int:
    english.SpacyParser = lambda *_: parser  # type: ignore[assignment,misc]
    hypothesis.settings.register_profile("mutants", max_examples=5, derandomize=True, database=None, deadline=None)
    if number is not None and number.file.suffix == ".toml":
        text, loads = number.file.read_text(encoding="utf-8"), tomllib.loads
        tomllib.loads = lambda told, **how: _with(loads(told, **how), number.name, other) if told == text else loads(told, **how)
    elif number is not None:
        sys.meta_path.insert(0, Changed(number, other))
    quiet = [
        "--hypothesis-profile",
        "mutants",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-m",
        "not real",
        "-W",
        "ignore:Module already imported",
    ]
    return int(pytest.main([*quiet, *map(str, paths)]))


def main() -> int:
    """Change the numbers of these modules, or of all, and print the changes that no test notices; return 1 if a great one is among them."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("modules", nargs="*", metavar="MODULE")
    asked.add_argument("--great", action="store_true", help="change every number a lot, none a little")
    asked.add_argument("--own", action="store_true", help="run the tests of a number's own module alone")
    given = asked.parse_args()
    found = [*(number for file in sorted(STAGES.glob("*.py")) for number in numbers(file)), *thresholds()]
    wanted = [number for number in found if not given.modules or number.module in given.modules]
    every = [ROOT / "tests" / "stages"]
    names = {number.module: OWN.get(number.module, (f"stages/test_{number.module}.py",)) for number in wanted}
    own = {module: [path for name in several if (path := ROOT / "tests" / name).is_file()] for module, several in names.items()}
    parser = Remembering(default_parser())
    first = sorted({path for paths in own.values() for path in paths}) if given.own else every
    if first and not passes(first, parser):  # of no paths, pytest would run all that there are
        sys.stderr.write("error: the tests of the stages do not pass as they are\n")
        return 2
    missed: dict[str, list[str]] = {}
    tried = 0
    for number in wanted:
        for how, other in others(number.value).items():
            if given.great and not how.endswith("a lot"):
                continue
            tried += 1
            passed = not own[number.module] or passes(own[number.module], parser, number, other)
            if passed and (given.own or passes(every, parser, number, other)):
                missed.setdefault(how, []).append(str(number))
                sys.stdout.write(f"{how:8}  {number} -> {other:g}\n")
                sys.stdout.flush()
    great = sum(len(several) for how, several in missed.items() if how.endswith("a lot"))
    sys.stdout.write(
        f"{tried} changes of {len(wanted)} numbers, {great} great ones and {sum(map(len, missed.values())) - great} little ones unnoticed\n"
    )
    return int(great > 0)


if __name__ == "__main__":
    sys.exit(main())
