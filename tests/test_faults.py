"""A few of each kind of fault; `python -m tests.faults` runs many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import faults


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    with faults.by_hand():
        yield


@pytest.mark.slow
def test_kills_at_random_moments(tmp_path: Path) -> None:
    faults.kills(tmp_path / "kills", 5)


@pytest.mark.parametrize("work", faults.WORK)
@pytest.mark.slow
def test_ends_at_some_steps(tmp_path: Path, work: str) -> None:
    assert faults.crash_points(tmp_path / work, work, only=(5, 40, 70, 97)) > 30


@pytest.mark.slow
def test_races_on_a_new_database(tmp_path: Path) -> None:
    faults.races(tmp_path, 6)


@pytest.mark.slow
def test_damaged_files(tmp_path: Path) -> None:
    faults.damaged(tmp_path / "damaged", 6)


def test_files_of_other_programs(tmp_path: Path) -> None:
    faults.foreign(tmp_path)
