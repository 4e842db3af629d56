"""The parts of README.md that are generated, and `python -m tests.readme`, which writes them anew.

A part stands between `<!-- NAME -->` and `<!-- end -->`. What it must say comes from the program itself and from the
recorded brief, so that a test can tell when README.md has fallen behind.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable

from briefing.brief import Brief
from briefing.config import Settings
from briefing.engines import known_models
from briefing.render import render
from tests.properties import ROOT
from tests.taped import RECORD

README = ROOT / "README.md"
END = "<!-- end -->"
WIDTH = 112
_CLAIMS = 3  # of a story that are shown
_MARK = re.compile(r"\[\^([^\]]+)\]")


def blocks() -> dict[str, str]:
    """Return what each generated part must say now."""
    makers: dict[str, Callable[[], str]] = {"excerpt": _excerpt, "help": _help, "models": _models, "settings": _settings}
    return {name: make() for name, make in makers.items()}


def replaced(text: str) -> str:
    """Return README.md with its generated parts as they must be."""
    for name, block in blocks().items():
        before, opening, rest = text.partition(f"<!-- {name} -->\n")
        _, closing, after = rest.partition(END)
        if not closing:
            raise ValueError(f"README.md has no part called {name}")
        text = f"{before}{opening}{block}\n{closing}{after}"
    return text


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _excerpt() -> str:
    """Return the beginning of the recorded brief: top claims, one story, two footnotes, wrapped to be read here."""
    lines = render(Brief.model_validate_json(RECORD.read_text(encoding="utf-8"))).splitlines()
    stories = lines.index("## Stories")
    heads = [n for n, line in enumerate(lines) if line.startswith("### ") and n > stories]
    sections = [lines[start:end] for start, end in zip(heads, [*heads[1:], len(lines)], strict=True)]
    story = next(section for section in sections if sum(line.startswith("- ") for line in section) > 1)
    told = [n for n, line in enumerate(story) if line.startswith("- ")][:_CLAIMS]
    story = story[: told[-1] + 1]
    first = next(line for line in lines if line.startswith("- "))
    labels = [_MARK.findall(line)[0] for line in (first, story[told[0]])]
    notes = [line for line in lines if any(line.startswith(f"[^{label}]: ") for label in labels)]
    shown = [*lines[:stories], "…", "", *story, "", "…", "", *notes]
    return _fenced("markdown", "\n".join(_wrapped(line) for line in shown))


def _wrapped(line: str) -> str:
    indent = "  " if line.startswith("- ") else "    " if line.startswith("[^") else ""
    if line.startswith("#"):
        return line
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _help() -> str:
    """Return what the program says of itself, and of its main command."""
    return _fenced("console", "\n\n".join(f"$ briefing {words}\n{said(*words.split())}" for words in ("--help", "generate --help")))


def said(*arguments: str) -> str:
    """Return what a command prints in a terminal of 80 columns."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "briefing", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout.strip()


def _models() -> str:
    """Return the models of models.txt as a table."""
    known = known_models()
    rows = ["| name | role | size | licence |", "| --- | --- | --: | --- |"]
    rows += [
        f"| `{entry.name}` | {entry.role} | {sum(part.bytes for part in known.files(entry.name)) / 1e6:,.0f} MB | {entry.licence} |"
        for entry in known.entries
        if entry.role != "part"
    ]
    return "\n".join(rows)


def _settings() -> str:
    """Return the names of all settings, as they are written in each of the places."""
    rows = ["| `briefing.toml` | environment |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| `{name}` | `BRIEFING_{name.upper()}` |" for name in Settings.model_fields)])


if __name__ == "__main__":
    README.write_text(replaced(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
