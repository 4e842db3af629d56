"""Where a brief is kept: names, the same sources again, and that no other brief is ever replaced unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import app, pipeline
from briefing.brief import Brief
from briefing.config import Settings
from briefing.errors import UsageError
from briefing.progress import Silent
from briefing.target import key_of, parted
from tests import briefs
from tests.test_app import DATE, Engine, simple

FLOOD = "The river Ale flooded the lower town of Solto on Sunday. Eleven families were taken to a school on the hill.\n"
MINE = "A mine near Tornby was closed on Friday after a fire. No miner was hurt, the company said in a statement.\n"


@pytest.fixture(autouse=True)
def _simple(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pipeline, "generate", simple)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return briefs.write(tmp_path / "news")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "some.gguf").write_bytes(b"GGUF weights")
    return Settings(home=tmp_path / "home", out=tmp_path / "briefs", model=str(tmp_path / "some.gguf"))


def generate(sources: Path | str, settings: Settings, engine: Engine | None = None, **options: object) -> Brief:
    return app.generate([Path(sources)], settings, date=DATE, progress=Silent(), engine=engine or Engine(), **options).brief  # type: ignore[arg-type]


def other(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (texts or {"1": FLOOD, "2": MINE}).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def kept(settings: Settings, key: str = DATE) -> set[str]:
    """Return the IDs of the articles of the brief that stands there, and make sure that its view is its own."""
    text = (settings.out / f"{key}.json").read_text(encoding="utf-8")
    brief = Brief.model_validate_json(text)
    view = (settings.out / f"{key}.md").read_text(encoding="utf-8")
    assert all(claim.citations[0].quote.split()[1] in view for claim in brief.claims)
    return {article.id for article in brief.articles if article.status == "used"}


def refused(sources: Path | str, settings: Settings, words: str, **options: object) -> None:
    before = {path: path.read_bytes() for path in settings.out.iterdir()}
    engine = Engine()
    with pytest.raises(UsageError, match=words) as caught:
        generate(sources, settings, engine, **options)
    assert caught.value.exit_code == 2
    assert all(option in caught.value.hint for option in ("--name", "--out", "--replace"))
    assert engine.loaded == 0
    assert {path: path.read_bytes() for path in settings.out.iterdir()} == before


def test_a_brief_of_other_articles_is_replaced_only_when_asked(news: Path, settings: Settings, tmp_path: Path) -> None:
    generate(news, settings)
    there = other(tmp_path / "there")
    refused(there, settings, r"2026-11-21\.json: a brief of other articles stands there \(none of its 2 are among these\)")
    generate(there, settings, name="south")
    assert (kept(settings), kept(settings, f"{DATE}.south")) == ({"harbour", "ferry"}, {"1", "2"})
    refused(news, settings, r"2026-11-21\.south\.json: a brief of other articles", name="south")
    generate(there, settings.model_copy(update={"out": tmp_path / "elsewhere"}))
    assert kept(settings) == {"harbour", "ferry"}
    generate(there, settings, replace=True)
    assert kept(settings) == {"1", "2"}


def test_the_same_sources_again_replace_it(news: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate("news", settings)
    other(news, more=FLOOD)
    generate(news, settings)
    assert kept(settings) == {"harbour", "ferry", "more"}
    ferry = news / "ferry.md"
    ferry.write_text(ferry.read_text(encoding="utf-8").replace("85 passengers", "86 passengers"), encoding="utf-8")
    (news / "more.txt").unlink()
    generate(news, settings)
    (tmp_path / "else").mkdir()
    moved = news.rename(tmp_path / "else" / "news")
    (moved / "harbour.txt").rename(moved / "port.txt")
    monkeypatch.chdir(tmp_path / "else")
    generate("news", settings)
    assert kept(settings) == {"port", "ferry"}


def test_other_files_of_the_same_names_are_other_sources(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, text in (("one", FLOOD), ("two", MINE)):
        (tmp_path / folder).mkdir()
        other(tmp_path / folder / "news", **{"1": text})
    monkeypatch.chdir(tmp_path / "one")
    generate("news", settings)
    monkeypatch.chdir(tmp_path / "two")
    refused("news", settings, "a brief of other articles stands there")


def test_a_small_part_of_the_same_sources_is_no_replacement(news: Path, settings: Settings) -> None:
    other(news, a=FLOOD, b=MINE)
    generate(news, settings)
    refused(news / "ferry.md", settings, "1 of its 4 are among these")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({".json": "{}"}, "a file stands there that is no brief"),
        ({".json": "\0", ".md": "# Mine\n"}, "a file stands there that is no brief"),
        ({".md": "# My own notes of the day\n"}, r"2026-11-21\.md: a file stands there, and no record of a brief beside it"),
    ],
)
def test_what_is_no_brief_is_not_replaced_either(news: Path, settings: Settings, files: dict[str, str], words: str) -> None:
    settings.out.mkdir()
    for end, text in files.items():
        (settings.out / f"{DATE}{end}").write_text(text, encoding="utf-8")
    refused(news, settings, words)
    generate(news, settings, replace=True)
    assert kept(settings) == {"harbour", "ferry"}


def test_a_brief_that_comes_while_another_is_made_is_not_replaced(
    news: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = other(tmp_path / "there")

    def meanwhile(*given: object, **options: object) -> Brief:
        monkeypatch.setattr(pipeline, "generate", simple)
        generate(there, settings)
        return simple(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "generate", meanwhile)
    with pytest.raises(UsageError, match="a brief of other articles stands there"):
        generate(news, settings)
    assert kept(settings) == {"1", "2"}
    assert sorted(path.name for path in settings.out.iterdir()) == [f"{DATE}.json", f"{DATE}.md"]
    engine = Engine()
    generate(news, settings, engine, name="north")
    assert engine.loaded == 0  # nothing is paid for twice


def test_names_and_dates_have_bounds() -> None:
    assert key_of(DATE) == DATE
    for name in ("sports", "A-1_b", "мир", "x" * 40):
        assert parted(key_of(DATE, name)) == (DATE, name)
    for name in ("a.b", "json", "JSON", "md", "../x", "a/b", "-x", "_x", " ", "a b", "a\n", "x" * 41, "\0", "\udcff", "\u202ex", "."):
        with pytest.raises(UsageError, match="--name"):
            key_of(DATE, name)
    for date in ("0001-01-03", "1899-12-31", "2200-01-01", "9999-12-31"):
        with pytest.raises(UsageError, match="no day for a brief") as caught:
            key_of(date)
        assert caught.value.hint == "from 1900-01-01 to 2199-12-31"
    for text in ("2026-11-21.json", "2026-11-21.", "2026-11-21\n", "٢٠٢٦-١١-٢١", "briefs/2026-11-21", ""):
        assert parted(text) is None
