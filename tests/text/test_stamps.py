"""The times over the entries of a live blog, and what is none."""

import pytest

from briefing.text.stamps import stamp


@pytest.mark.parametrize(
    ("line", "clock", "rest"),
    [
        ("16:40", "16:40", ""),
        ("16:40 GMT - Toll rises to seven", "16:40 GMT", "Toll rises to seven"),
        ("Posted at 16:40", "16:40", ""),
        ("**13:10** The army sent trucks.", "13:10", "The army sent trucks."),
        ("14:15 – The bridge collapsed.", "14:15", "The bridge collapsed."),
        ("Nov. 25, 2026 at 4:05 p.m. ET", "Nov. 25, 2026 at 4:05 p.m. ET", ""),
        ("2 hours ago", "", ""),
        ("2h ago", "", ""),
    ],
)
def test_a_time_heads_a_line(line: str, clock: str, rest: str) -> None:
    found = stamp(line)
    assert found is not None
    assert (found.clock, line[found.end :]) == (clock, rest)


@pytest.mark.parametrize(
    "line",
    [
        "10.30 million people",
        "16:40:22",
        "In 2019 the dam broke.",
        "At 9:15 a.m. the guard left.",
        "At 8 p.m. Monday, police in Velm arrested three men.",
        "5:30 p.m. on Tuesday is the deadline.",
        "12.5 euros",
        "",
    ],
)
def test_a_number_is_no_time(line: str) -> None:
    assert stamp(line) is None
