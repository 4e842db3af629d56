"""README.md says what is so: its generated parts are up to date, and what it names exists."""

from __future__ import annotations

import re

import pytest

from briefing import __version__
from briefing.stages.check import MADE
from briefing.stages.lead import LEAD
from briefing.stages.plain import GATES
from briefing.stages.support import JUDGE
from tests.properties import ROOT
from tests.readme import README, replaced, said

TEXT = README.read_text(encoding="utf-8")
PROSE = re.sub(r"<!-- (\w+) -->\n.*?<!-- end -->", "", TEXT, flags=re.DOTALL)


@pytest.mark.slow
def test_its_generated_parts_are_up_to_date() -> None:
    assert replaced(TEXT) == TEXT, "`python -m tests.readme` writes them anew"


def test_the_first_two_commands_are_the_ones_that_are_checked() -> None:
    shown = re.findall(r"```sh\n(.*?)\n```", TEXT, flags=re.DOTALL)
    assert shown[:2] == ["pip install . && briefing generate seeds/", "pip install -e '.[dev]' && python -m tests"]
    assert shown[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"(?:`|\$ |&& )briefing ([a-z]+)", PROSE))
    assert named == set(re.findall(r"^  ([a-z]+)  ", said("--help").partition("Commands:")[2], flags=re.MULTILINE))


@pytest.mark.parametrize(("head", "gates"), [("gate", {*MADE, JUDGE, LEAD}), ("gate of `check`", {*GATES})])
def test_every_gate_is_told(head: str, gates: set[str]) -> None:
    table = PROSE.partition(f"| {head} | refuses |")[2].partition("\n\n")[0]
    named = [name for row in re.findall(r"^\| (`.+?`) \|", table, flags=re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(gates)


def test_every_file_it_names_exists() -> None:
    named = re.findall(r"`((?!briefs/|DATE)[\w./]+(?:/|\.txt|\.md|\.py))`", PROSE)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_it_is_about_this_version() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
