"""What a finding shows of a value."""

from __future__ import annotations

import pytest

from briefing.stages.findings import shown


@pytest.mark.parametrize(
    ("value", "told"),
    [("x" * 90, "x" * 90), ("x" * 91, f"{'x' * 90}…"), (("a", "b"), "a, b"), (3, "3"), ("", "nothing"), ((), "nothing")],
)
def test_a_long_value_is_shown_in_part(value: object, told: str) -> None:
    assert shown(value) == told
