"""desks.toml: what a desk is, and that each fault is found with its line and key."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.newsroom.desks import Desk, Desks, address
from briefing.newsroom.file import Fault, checked, load
from tests.stages.fakes import made

GOOD = """\
zone = "Europe/Vienna"

[[desk]]
name = "harbour"
feeds = [
  "https://example.org/port.xml",  # a comment
  "feeds.opml",
  "$PAID_FEED",
]
topics = ["port", "Ines Calder"]
recipients = ["$HARBOUR_MAIL"]
at = "06:30"
private = true

[[desk]]
name = "ferries"
folders = ["wires"]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "desks.toml"
    file.write_text(text, encoding="utf-8")
    return file


def faults(folder: Path, text: str) -> list[Fault]:
    found = checked(written(folder, text))
    assert isinstance(found, list)
    return found


def test_a_file_of_two_desks(tmp_path: Path) -> None:
    found = load(written(tmp_path, GOOD))
    harbour, ferries = found.desk
    assert (harbour.name, harbour.at, harbour.private, harbour.topics) == ("harbour", "06:30", True, ("port", "Ines Calder"))
    assert harbour.feeds == ("https://example.org/port.xml", "feeds.opml", "$PAID_FEED")
    assert (ferries.folders, ferries.at, ferries.private) == ((Path("wires"),), "", False)
    assert found.named("ferries") is ferries
    with pytest.raises(UsageError, match="no desk is called 'sports'"):
        found.named("sports")


def test_every_fault_has_its_line_and_key(tmp_path: Path) -> None:
    text = """\
# The desks
zone = "Nowhere/At all"
colour = "red"

[[desk]]
name = "has a space"
folders = ["wires"]

[[desk]]
name = "ferries"
topics = [
  "ferry",
  "of the",
]
at = "6 o'clock"

[[desk]]
name = "third"
folders = "wires"
private = "maybe"
template = "nothing.j2"

[[desk]]
folders = ["wires"]
"""
    found = faults(tmp_path, text)
    assert [(fault.line, fault.key) for fault in found] == [
        (2, "zone"),
        (3, "colour"),
        (6, "desk has a space: name"),
        (11, "desk ferries: topics"),
        (15, "desk ferries: at"),
        (19, "desk third: folders"),
        (20, "desk third: private"),
        (21, "desk third: template"),
        (23, "desk 4: name"),
    ]
    assert "there are zone, desk" in found[1].reason
    assert found[3].reason == "'of the' has no word that could be looked for"
    assert found[-1].reason == "is missing"
    with pytest.raises(UsageError, match=r"line 2: zone: should be a time zone, .* \(and 8 more\)"):
        load(tmp_path / "desks.toml")


def test_a_desk_that_reads_nothing_and_names_that_stand_twice(tmp_path: Path) -> None:
    assert [str(fault) for fault in faults(tmp_path, '[[desk]]\n\nname = "one"\n')] == [
        "line 1: desk one: reads nothing: it needs `feeds` or `folders`"
    ]
    twice = '[[desk]]\nname = "one"\nfolders = ["a"]\n[[desk]]\nname = "one"\nfolders = ["b"]\n'
    assert [str(fault) for fault in faults(tmp_path, twice)] == ["line 1: desk: two have one name: one"]
    assert [fault.key for fault in faults(tmp_path, "")] == ["desk"]
    assert [fault.key for fault in faults(tmp_path, "desk = 3\n")] == ["desk"]
    assert [fault.line for fault in faults(tmp_path, 'zone = "UTC"\n[[desk]\n')] == [2]


@pytest.mark.parametrize(
    "line",
    [
        'recipients = ["mailto://user:hunter2@example.org"]',
        'recipients = ["slack://T1/B2/c3"]',
        'feeds = ["https://user:hunter2@example.org/feed"]',
        'feeds = ["https://example.org/feed?api_key=hunter2"]',
        'feeds = ["https://example.org/feed?access_token=hunter2"]',
        'password = "hunter2"',
        'mail_token = "hunter2"',
    ],
)
def test_what_is_secret_is_refused_and_never_repeated(tmp_path: Path, line: str) -> None:
    (fault,) = faults(tmp_path, f'[[desk]]\nname = "one"\nfolders = ["a"]\n{line}\n')
    assert fault.line == 4
    assert "comes from the environment" in fault.reason
    assert "hunter2" not in str(fault)
    assert "c3" not in str(fault)


def test_an_address_that_is_named_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAID_FEED", "https://example.org/feed?token=1")
    assert address("$PAID_FEED") == "https://example.org/feed?token=1"
    assert address("https://example.org/feed") == "https://example.org/feed"
    with pytest.raises(UsageError, match=r"\$HARBOUR_MAIL is not set"):
        address("$HARBOUR_MAIL")


def test_no_file_and_what_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load(tmp_path / "desks.toml")
    (tmp_path / "desks.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="not UTF-8"):
        load(tmp_path / "desks.toml")


def test_an_article_belongs_where_its_title_or_a_sentence_has_all_words_of_a_topic() -> None:
    desk = Desk(name="one", folders=(Path("a"),), topics=("port authority", "EU", "Ines Calder"))
    assert desk.wants(made("# The authorities of the port\n\nNothing was said on Monday.\n", markdown=True))
    assert desk.wants(made("Nothing was said on Monday. In Aster, EU ministers met.\n"))
    assert desk.wants(made("Mayor Ines Calder said that 300 workers are back.\n"))
    assert not desk.wants(made("The port is open. The authority said nothing.\n"))
    assert not desk.wants(made("A ferry carried 85 passengers to the island of Brell.\n"))
    assert Desk(name="all", folders=(Path("a"),)).wants(made("A ferry carried 85 passengers to the island of Brell.\n"))


def test_of_a_folder_of_days_only_the_day_is_read(tmp_path: Path) -> None:
    for name in ("wires/2026-11-23", "wires/2026-11-24", "loose/north"):
        (tmp_path / name).mkdir(parents=True)
    desk = Desk(name="one", folders=(tmp_path / "wires", tmp_path / "loose", tmp_path / "none"))
    assert desk.inside("2026-11-24") == [tmp_path / "wires/2026-11-24", tmp_path / "loose", tmp_path / "none"]
    assert desk.inside("2026-11-25") == [tmp_path / "loose", tmp_path / "none"]


def test_a_desk_is_due_from_its_time_of_day_on() -> None:
    desks = Desks(
        zone="Europe/Vienna",
        desk=(
            Desk(name="early", folders=(Path("a"),), at="06:30"),
            Desk(name="late", folders=(Path("a"),), at="18:00"),
            Desk(name="by-hand", folders=(Path("a"),)),
        ),
    )
    noon = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=desks.now().tzinfo)
    assert [desk.name for desk in desks.due(noon)] == ["early"]
    assert [desk.name for desk in desks.due(noon.replace(hour=18))] == ["early", "late"]
    assert desks.due(noon.replace(hour=6)) == []


def test_the_example_of_the_documentation_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[2] / "docs" / "newsroom.md").read_text(encoding="utf-8")
    example, table = text.partition("```toml\n")[2].partition("```")[0], text.partition("| key | meaning |")[2].partition("\n\n")[0]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "energy.md.j2").write_text("{{ brief.date }}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (desk,) = load(written(tmp_path, example)).desk
    assert desk.topics == ("OPEC", "natural gas")
    assert {key.split("`")[1] for key in table.splitlines() if key.startswith("| `")} == set(Desk.model_fields)
    assert desk.model_fields_set == set(Desk.model_fields)
