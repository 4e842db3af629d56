"""From feeds and pages to articles: what is written, what is left out and why, and that nothing is read twice."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.errors import SourceError, UsageError
from briefing.fetching.fetch import Report, dated, fetch
from briefing.fetching.web import Web
from briefing.sources.files import read
from briefing.sources.readers.apart import Apart
from briefing.types import Role
from tests.fetching.site import FERRY, GATE, Answer, Site, opml, page, served

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Heard:
    """A Progress that keeps its warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Ignore it."""

    def advance(self, amount: int = 1) -> None:
        """Ignore it."""

    def warn(self, message: str) -> None:
        """Keep it."""
        self.warnings.append(message)

    def close(self) -> None:
        """Do nothing."""


APART = Apart()  # one child for all tests: it takes a second to start


@pytest.fixture(autouse=True, scope="module")
def ended() -> Iterator[None]:
    with APART:
        yield


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as it:
        yield it


def run(folder: Path, *named: str, now: datetime = NOW, heard: Heard | None = None, since: timedelta = timedelta(days=1)) -> Report:
    with Web(folder / "web.sqlite3", private=True, sleep=lambda _: None) as web:
        return fetch(named, folder / "articles", web.get, APART, now=now, since=since, progress=heard or Heard())


def ends(report: Report) -> dict[str, str]:
    return {one.entry.url.partition("?")[0].rpartition("/")[2]: one.reason or one.state for one in report.fetched}


@pytest.mark.slow
def test_articles_of_feeds_are_written_with_what_is_known_of_them(tmp_path: Path, site: Site) -> None:
    feeds = opml(
        tmp_path / "feeds.opml", f"{site.home}/feed.xml", f"{site.home}/broken.xml", f"{site.home}/atom.xml", f"{site.home}/gone.xml"
    )
    heard = Heard()
    report = run(tmp_path, str(feeds), heard=heard)
    assert ends(report) == {
        "gate": "new",
        "undated": "new",
        "hidden": "new",
        "paid": "only the beginning is there",
        "away": "unchanged",  # it leads to an article that is there
        "x": "its robots.txt forbids it",
        "ferry": "new",
    }
    reasons = {url.rpartition("/")[2]: reason for url, reason in report.feeds.items()}
    assert reasons == {"feed.xml": "", "broken.xml": "no feed", "atom.xml": "", "gone.xml": "the server says 404 Not Found"}
    assert report.folder == tmp_path / "articles" / "2026-11-24"
    names = {path.name for path in report.folder.iterdir()}
    assert names == {
        ".pages",
        "the-lind-post-harbour-closes.md",
        "the-lind-post-ferry-runs-hourly.md",
        "the-lind-post-market-moves.md",
        "varga-times-ferry-runs-hourly.md",
    }
    text = (report.folder / "the-lind-post-harbour-closes.md").read_text()
    front, _, told = text.removeprefix("---\n").partition("\n---\n")
    assert [line.partition(":")[0] for line in front.splitlines()] == [
        "title",
        "source",
        "published",
        "url",
        "fetched",
        "extractor",
        "sha256",
    ]
    raw = gzip.decompress((report.folder / ".pages" / "the-lind-post-harbour-closes.html.gz").read_bytes())
    answer = site.pages["/gate"]
    assert isinstance(answer, Answer)
    assert raw == answer.body
    assert "Home" not in told
    (warning,) = heard.warnings  # the page of the ferry says four days before its feed
    assert "2026-11-24 and 2026-11-20; the earlier is taken" in warning
    found = {one.id: one.article for one in read([report.folder])}
    names_of = ("the-lind-post-harbour-closes", "the-lind-post-ferry-runs-hourly", "varga-times-ferry-runs-hourly")
    gate, undated, ferry = (found[name] for name in names_of)
    assert gate is not None
    assert undated is not None
    assert ferry is not None
    assert (gate.title, gate.source, gate.published, gate.url) == ("Harbour closes", "The Lind Post", "2026-11-24", f"{site.home}/gate")
    assert tuple(gate.quote(s.number) for s in gate.sentences if s.role is Role.BODY) == GATE
    assert (undated.published, ferry.published) == ("", "2026-11-20")
    assert all("mayor of Lind resigned" not in path.read_text() for path in report.folder.glob("*.md"))


@pytest.mark.slow
def test_a_second_run_reads_no_body_again_and_writes_nothing(tmp_path: Path, site: Site) -> None:
    run(tmp_path, f"{site.home}/feed.xml")
    before = {path: path.read_bytes() for path in (tmp_path / "articles").rglob("*") if path.is_file()}
    site.bodies.clear()
    report = run(tmp_path, f"{site.home}/feed.xml", now=NOW + timedelta(hours=1))
    assert set(ends(report).values()) == {"unchanged", "only the beginning is there", "its robots.txt forbids it"}
    assert set(site.bodies) <= {"/away"}  # a redirect has no body to keep
    assert {path: path.read_bytes() for path in (tmp_path / "articles").rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_a_page_that_changed_is_a_second_edition_and_both_are_kept(tmp_path: Path, site: Site) -> None:
    run(tmp_path, f"{site.home}/gate")
    answer = site.pages["/gate"]
    assert isinstance(answer, Answer)
    site.pages["/gate"] = Answer(answer.body.replace(b"<footer>", b"<footer>Other advertisement. "))
    assert ends(run(tmp_path, f"{site.home}/gate")) == {"gate": "unchanged"}
    site.pages["/gate"] = page("Harbour closes", (GATE[0].replace("three", "four"), *GATE[1:]), date="2026-11-24")
    assert ends(run(tmp_path, f"{site.home}/gate")) == {"gate": "edition"}
    assert ends(run(tmp_path, f"{site.home}/gate", now=NOW + timedelta(days=1))) == {"gate": "unchanged"}
    site.pages["/gate"] = page("Harbour closes", (GATE[0].replace("three", "five"), *GATE[1:]), date="2026-11-24")
    assert ends(run(tmp_path, f"{site.home}/gate", now=NOW + timedelta(days=1))) == {"gate": "edition"}
    found = {
        path.relative_to(tmp_path / "articles").as_posix(): path.read_text() for path in sorted((tmp_path / "articles").glob("*/*.md"))
    }
    assert {name: text.count("edition: ") and text.partition("edition: ")[2][0] for name, text in found.items()} == {
        "2026-11-24/the-lind-post-harbour-closes.2.md": "2",
        "2026-11-24/the-lind-post-harbour-closes.md": 0,
        "2026-11-25/the-lind-post-harbour-closes.2.md": "3",
    }


def test_what_is_named_may_be_a_page_a_pdf_or_a_feed(tmp_path: Path, site: Site) -> None:
    report = run(tmp_path, *(f"{site.home}/{name}" for name in ("gate", "report.pdf", "feed.json", "large", "loop", "picture")))
    assert ends(report) == {
        "gate": "new",
        "report.pdf": "new",
        "ferry": "new",
        "large": "larger than 2 MB",
        "loop": "more than 5 redirects",
        "picture": "no text: image/png",
    }
    assert report.feeds == {f"{site.home}/feed.json": ""}
    (made,) = (one.path for one in report.fetched if one.entry.url.endswith("pdf"))
    assert made is not None
    assert GATE[0] in made.read_text()
    assert (made.parent / ".pages" / f"{made.stem}.pdf.gz").is_file()


@pytest.mark.slow
def test_an_undated_entry_whose_page_is_old_is_left_out(tmp_path: Path, site: Site) -> None:
    site.pages["/undated"] = page("Ferry runs hourly", FERRY, date="2026-11-01")
    report = run(tmp_path, f"{site.home}/feed.xml")
    assert ends(report)["undated"] == "of 2026-11-01: older than asked for"
    assert ends(run(tmp_path, f"{site.home}/feed.xml", since=timedelta(days=30)))["undated"] == "new"


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path, site: Site) -> None:
    waits: list[float] = []
    site.before["/gate"] = [Answer(status=429, headers={"Retry-After": "7"}), Answer(status=503)]
    site.before["/ferry"] = [Answer(status=429, headers={"Retry-After": "7200"})]
    with Web(tmp_path / "web.sqlite3", private=True, sleep=waits.append) as web:
        named = [f"{site.home}/gate", f"{site.home}/ferry"]
        report = fetch(named, tmp_path, web.get, APART, now=NOW, since=timedelta(days=1), progress=Heard())
    assert ends(report) == {"gate": "new", "ferry": "the server says 429 Too Many Requests, and asks to wait 7200 s"}
    assert waits == [7.0, 4.0]


def test_a_host_is_asked_for_one_thing_at_a_time(tmp_path: Path, site: Site) -> None:
    run(tmp_path, *(f"{site.home}/{name}" for name in ("gate", "ferry", "hidden", "undated", "paid")))
    assert site.most == 1
    assert site.asked.count("/robots.txt") == 1


def test_what_cannot_be_had_at_all_is_an_error(tmp_path: Path, site: Site) -> None:
    with pytest.raises(SourceError, match=r"nothing could be fetched.*404"):
        run(tmp_path, f"{site.home}/nowhere")
    with pytest.raises(UsageError, match="no feeds and no pages"):
        run(tmp_path)
    with pytest.raises(UsageError, match="no such file"):
        run(tmp_path, "feeds.opml")
    (tmp_path / "empty.opml").write_text("<opml/>")
    with pytest.raises(UsageError, match="no list of feeds"):
        run(tmp_path, str(tmp_path / "empty.opml"))
    with pytest.raises(SourceError, match="only http and https"):
        run(tmp_path, "file:///etc/passwd")


@pytest.mark.parametrize(
    ("feed", "page", "day", "warns"),
    [
        ("2026-11-24T05:00:00+00:00", "2026-11-23", "2026-11-23", False),
        ("2026-11-24T05:00:00+00:00", "2026-11-20", "2026-11-20", True),
        ("2026-11-20T05:00:00+00:00", "2026-11-24", "2026-11-20", True),
        ("2026-11-25T05:00:00+00:00", "2026-11-24", "2026-11-24", False),
        ("2026-11-25T05:00:00+00:00", "", "", True),
        ("", "2026-11-24", "2026-11-24", False),
        ("", "", "", False),
    ],
)
def test_feed_and_page_are_two_witnesses_of_a_date(feed: str, page: str, day: str, warns: bool) -> None:
    found, warning = dated(feed, page, NOW)
    assert (found, bool(warning)) == (day, warns)
