"""Fetched, briefed, asked and verified as a new user would, twice, the second time with the site gone; and what verify says of pages."""

from __future__ import annotations

import gzip
import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from briefing import app, engines
from briefing.cli import run
from briefing.config import load_settings
from briefing.fetching import pages
from briefing.model.base import Identity
from briefing.opening import open_store
from briefing.progress import Silent
from briefing.sources.bounded import LIMIT
from briefing.sources.readers.page import PageReader
from briefing.sources.readers.rows import JsonLinesReader
from tests.fetching.site import FERRY, GATE, opml, served
from tests.stages.fakes import FakeModel


class Named(FakeModel):
    """Answers under the name of the file that was announced."""

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self._identity = identity

    @property
    def identity(self) -> Identity:
        return self._identity


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: None) -> Path:
    """Work in an empty folder, with a model made by hand."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_fetch_generate_ask_twice_the_second_time_without_the_site(here: Path, capsys: pytest.CaptureFixture[str], model: Path) -> None:
    with served() as site:
        feeds = opml(here / "feeds.opml", f"{site.home}/feed.xml", f"{site.home}/broken.xml", f"{site.home}/atom.xml")
        assert run(["fetch", "feeds.opml", "--allow-private", "--since", "9999d", "-q"]) == 0
        folder = capsys.readouterr().out.strip()
        first = job(folder, capsys)
    assert feeds.is_file()
    assert run(["fetch", "feeds.opml", "--allow-private", "--since", "9999d", "-q"]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == folder
    assert "nothing could be fetched" in told.err
    assert job(folder, capsys) == first


def job(folder: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """Brief the folder, verify, and ask; return the claims and the answer."""
    assert run(["generate", folder, "--date", "2026-11-24", "-q"]) == 0
    record = capsys.readouterr().out.splitlines()[1]
    assert run(["verify", record, "--pages", "-q"]) == 0
    assert "all as the sources have it" in capsys.readouterr().out
    assert run(["ask", "How much does the new gate of the harbour cost?", "-q"]) == 0
    answer = capsys.readouterr().out.partition("Answered by")[0]
    return [claim["text"] for claim in json.loads(Path(record).read_text())["claims"]], answer


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Name a model file whose engine is made by hand and says yes."""
    path = tmp_path / "yes.gguf"
    path.write_bytes(b"GGUF")
    monkeypatch.setenv("BRIEFING_MODEL", str(path))
    monkeypatch.setattr(engines, "llama", lambda _path, identity, _settings: Named(identity))
    return path


@pytest.mark.slow
def test_verify_says_what_the_pages_give_now(
    here: Path, capsys: pytest.CaptureFixture[str], model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served() as site:
        assert run(["fetch", f"{site.home}/gate", f"{site.home}/ferry", "--allow-private", "-q"]) == 0
    folder = Path(capsys.readouterr().out.strip())
    assert run(["generate", str(folder), "-q"]) == 0
    record = Path(capsys.readouterr().out.splitlines()[1])

    def findings() -> list[str]:
        report = app.verify(record, [], load_settings(), pages=True, progress=Silent())
        return [found.detail for found in report.findings if found.check == pages.CHECK]

    assert findings() == []
    kept = {path.name: path for path in (folder / ".pages").iterdir()}
    gate, ferry = kept["the-lind-post-harbour-closes.html.gz"], kept["varga-times-ferry-runs-hourly.html.gz"]
    ferry.unlink()
    before = gate.read_bytes()
    gate.write_bytes(gzip.compress(gzip.decompress(before) + b" "))
    assert findings() == [
        "the-lind-post-harbour-closes: the page beside it is not the one that it was fetched from",
        "varga-times-ferry-runs-hourly: its page is not kept any more",
    ]
    gate.write_bytes(b"damaged")
    assert "cannot be read" in findings()[0]
    gate.write_bytes(gzip.compress(bytes(3 * LIMIT)))
    assert "is not the one that it was fetched from" in findings()[0]
    gate.unlink()
    os.mkfifo(gate)
    assert "is not the one that it was fetched from" in findings()[0]
    gate.unlink()
    gate.write_bytes(before)
    monkeypatch.setattr(PageReader, "apart", False)
    read = PageReader.read
    monkeypatch.setattr(
        PageReader, "read", lambda self, data, address="": [type(one)(one.text.replace("2.4", "2.5")) for one in read(self, data, address)]
    )
    assert "1 paragraphs went, 1 came; 1 of its cited sentences is not found" in findings()[0]


@pytest.mark.slow
def test_a_brief_of_other_files_is_verified_by_their_readers(
    here: Path, capsys: pytest.CaptureFixture[str], model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "news").mkdir()
    rows = [{"text": " ".join(GATE), "outlet": "Lind Post", "date": "2026-11-24"}, {"text": " ".join(FERRY), "title": "Ferry"}]
    (here / "news" / "wire.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run(["generate", "news", "--date", "2026-11-24", "-q"]) == 0
    record = Path(capsys.readouterr().out.splitlines()[1])
    told = {one["id"]: (one["reader"], one["part"], one["source"]) for one in json.loads(record.read_text())["articles"]}
    assert told == {"wire+1": ("jsonl 1", 1, "Lind Post"), "wire+2": ("jsonl 1", 2, "")}
    assert run(["verify", str(record), "-q"]) == 0
    assert run(["verify", str(record), "--sources", "news", "-q"]) == 0
    assert run(["ask", "How much does the new gate of the harbour cost?", "-q"]) == 0
    assert ": wire+1, sentence " in capsys.readouterr().out
    monkeypatch.setattr(JsonLinesReader, "version", "2")
    assert run(["verify", str(record), "-q"]) == 1
    assert "brief: reader: wire+1: read by jsonl 2, for the brief by jsonl 1" in capsys.readouterr().out


@pytest.mark.slow
def test_what_was_left_out_of_a_file_or_a_page_is_verified_as_it_was_left_out(
    here: Path, capsys: pytest.CaptureFixture[str], model: Path
) -> None:
    news = here / "news"
    news.mkdir()
    rows = [" ".join(GATE), " ".join(FERRY), " ".join(GATE), ""]
    (news / "wire.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in rows), encoding="utf-8")
    for name, edition, cost in (("bridge", 1, "3.1"), ("bridge.2", 2, "3.5")):
        text = f"The bridge of Lind was opened on Monday. It cost {cost} million dollars, the mayor Ada Varga said on Monday."
        (news / f"{name}.md").write_text(f"---\nurl: https://lind.example/bridge\nedition: {edition}\n---\n\n{text}\n", encoding="utf-8")
    assert run(["generate", "news", "--date", "2026-11-24", "-q"]) == 0
    record = Path(capsys.readouterr().out.splitlines()[1])
    left = {one["id"]: (one["part"], one["reason"]) for one in json.loads(record.read_text())["articles"] if one["status"] != "used"}
    assert left["bridge"] == (0, "an earlier edition of bridge.2")
    assert left["wire+3"] == (3, "same text as wire+1")
    assert run(["verify", str(record), "-q"]) == 0, capsys.readouterr().out
    assert run(["verify", str(record), "--sources", "news", "-q"]) == 0, capsys.readouterr().out
    capsys.readouterr()
    later = news / "bridge.2.md"
    later.write_text(later.read_text().replace("edition: 2", "edition: 1"), encoding="utf-8")
    assert run(["verify", str(record), "-q"]) == 1
    assert "bridge: left out as “an earlier edition of bridge.2”, and it is none" in capsys.readouterr().out


def test_an_article_of_a_file_of_several_is_forgotten_alone(here: Path, capsys: pytest.CaptureFixture[str], model: Path) -> None:
    rows = [" ".join(GATE), " ".join(FERRY)]
    (here / "wire.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in rows), encoding="utf-8")
    assert run(["generate", "wire.jsonl", "--date", "2026-11-24", "-q"]) == 0
    with closing(open_store(load_settings())) as store:
        assert len(store.articles()) == 2
    assert run(["forget", "wire+1"]) == 0
    with closing(open_store(load_settings())) as store:
        assert [article.id for article in store.articles()] == ["wire+2"]
    assert run(["forget", "wire.jsonl"]) == 0
    with closing(open_store(load_settings())) as store:
        assert store.articles() == []
