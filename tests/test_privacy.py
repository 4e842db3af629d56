"""What README says of privacy, sentence by sentence: each has a test that shows it."""

from __future__ import annotations

import importlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import app, cli
from briefing.fetching.web import Web
from briefing.forget import forget_all
from briefing.progress import Silent
from tests import faults
from tests.kept import file_of
from tests.readme import README

HERE, FORGET = "tests.test_privacy", "tests.test_forget"
SHOWN_BY = {
    "The articles, the prompts and the briefs stay on the machine, unless you name a server elsewhere, and then that is said.": (
        f"{HERE}.test_nothing_is_sent_and_nothing_is_written_elsewhere",
        "tests.test_privacy.test_that_a_server_is_elsewhere_is_said",
    ),
    "Two more things take them elsewhere, if you say so: `send` (of a desk, its recipients) what is new in a brief, and a PostgreSQL "
    "database on another machine all that is kept.": (
        "tests.test_sending.test_a_message_has_only_what_is_new",
        "tests.storage.test_stores.test_briefs_by_date_and_articles_by_content",
    ),
    "The program itself uses the network for nothing else but to fetch a model that is not there, and what you tell `fetch`, or a desk, to "
    "fetch.": (
        f"{HERE}.test_nothing_is_sent_and_nothing_is_written_elsewhere",
        "tests.fetching.test_whole.test_fetch_generate_ask_twice_the_second_time_without_the_site",
        "tests.newsroom.test_commands.test_a_feed_is_fetched_into_a_folder_of_its_own_and_briefed",
    ),
    "All else works without a network.": (f"{HERE}.test_nothing_is_sent_and_nothing_is_written_elsewhere",),
    "There is no telemetry.": (f"{HERE}.test_nothing_is_sent_and_nothing_is_written_elsewhere",),
    "What is kept lies in the home folder: `briefing.sqlite3` has the text of the articles, every prompt with its answer, the briefs and "
    "the parses; `index.sqlite3` has what `ask` finds sentences by and how coloured their words were read; `questions` has what was typed "
    "at the prompt; `web.sqlite3` has what servers answered to `fetch`.": (
        f"{HERE}.test_nothing_is_sent_and_nothing_is_written_elsewhere",
        f"{HERE}.test_what_is_kept_is_readable_by_its_owner_alone",
    ),
    "Where `database` is PostgreSQL, that has what the first two would have.": (
        "tests.storage.test_stores.test_briefs_by_date_and_articles_by_content",
        "tests.storage.test_indexes.test_articles_come_back_as_they_were",
    ),
    "Each file is made readable by its owner alone.": (f"{HERE}.test_what_is_kept_is_readable_by_its_owner_alone",),
    "`briefing forget ARTICLE…` deletes what is kept of articles: their text, the prompts and answers that hold words which only they "
    "have, the stored briefs that name them, the typed questions about them.": (
        f"{FORGET}.test_a_forgotten_article_is_in_no_file_and_the_others_are_still_known",
        f"{FORGET}.test_an_article_that_was_only_asked_about_is_forgotten_by_its_path",
    ),
    "`briefing forget --before DATE` deletes the briefs of earlier days, the articles that no other brief names, the calls made before, "
    "and all typed questions; `briefing forget --all` deletes everything.": (
        f"{FORGET}.test_before_a_date",
        f"{FORGET}.test_calls_made_before_the_date_go_whatever_they_tell",
        f"{FORGET}.test_everything",
    ),
    "What servers answered to `fetch` is deleted in any case.": (f"{FORGET}.test_what_servers_answered_goes_with_whatever_is_forgotten",),
    "The files are then written anew, so that no byte of it stays in them.": (
        f"{FORGET}.test_a_forgotten_article_is_in_no_file_and_the_others_are_still_known",
        "tests.test_index.test_what_is_forgotten_is_in_no_file",
    ),
    "What was kept of other articles stays in use, but for how their words were read.": (
        f"{FORGET}.test_what_is_kept_is_not_asked_or_parsed_again",
        "tests.storage.test_indexes.test_the_words_of_a_text_are_read_once_by_each_reader_and_again_where_all_is_forgotten",
    ),
    "The files of articles and briefs are yours: those that are left are printed.": (
        f"{FORGET}.test_the_command_says_what_is_forgotten_and_what_is_left",
    ),
    "Backups, and what a server got, are out of its reach.": (f"{HERE}.test_no_other_file_is_touched",),
}
NETWORK = (
    "socket.connect",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "subprocess.Popen",
    "os.system",
)


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    with faults.by_hand():
        yield


def test_every_sentence_has_a_test_that_shows_it() -> None:
    section = README.read_text(encoding="utf-8").partition("\n## Privacy\n")[2].partition("\n## ")[0]
    assert re.split(r"(?<=\.)\s+", " ".join(section.split())) == list(SHOWN_BY)
    for name in {name for names in SHOWN_BY.values() for name in names}:
        module, _, test = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), test))


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_sent_and_nothing_is_written_elsewhere(tmp_path: Path) -> None:
    settings = faults.prepared(tmp_path)
    before = files(tmp_path)
    reading, writing = os.pipe()

    def work() -> None:
        seen: list[str] = []
        elsewhere: list[str] = []

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if event in NETWORK:
                seen.append(event)
            if event != "open" or isinstance(arguments[0], int):  # what is open already was opened by its name
                return
            path, _, flags = arguments
            written = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if written and not os.fsdecode(str(path)).startswith((str(tmp_path), os.devnull)):
                elsewhere.append(f"{arguments}")

        sys.addaudithook(watch)
        faults.generate(settings)
        faults.ask(settings)
        faults.ask(settings, sources=False)
        app.verify(settings.out / f"{faults.DATE}.json", [], settings, progress=Silent())
        faults.forget(settings)
        os.write(writing, json.dumps([seen, elsewhere]).encode())

    assert faults.ended(faults.child(work)) == 0
    assert json.loads(os.read(reading, 10_000)) == [[], []]
    os.close(reading)
    os.close(writing)
    made = files(tmp_path) - before
    assert made == {"home/briefing.sqlite3", "home/index.sqlite3", f"briefs/{faults.DATE}.json", f"briefs/{faults.DATE}.md"} | {
        name
        for name in made
        if name.startswith("home/models/")  # what a model file's SHA-256 was: no text
    }


def test_that_a_server_is_elsewhere_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = faults.prepared(tmp_path)
    monkeypatch.setenv("BRIEFING_HOME", str(settings.home))
    monkeypatch.setattr("briefing.model.server.fleet.discover", refused)
    assert cli.run(["generate", str(tmp_path / "articles"), "--server", "https://example.org", "--out", str(settings.out)]) == 4
    assert "https://example.org/v1: not this machine; the articles' sentences are sent there" in capsys.readouterr().err


def refused(*_: object) -> None:
    from briefing.errors import ModelError

    raise ModelError("nobody is asked in a test")


def test_what_is_kept_is_readable_by_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = faults.prepared(tmp_path)
    before = os.umask(0)
    try:
        faults.generate(settings)
        typed = iter([faults.QUESTION, ""])
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
        for name in ("home", "out", "model"):
            monkeypatch.setenv(f"BRIEFING_{name.upper()}", str(getattr(settings, name)))
        assert cli.run(["ask", "--quiet"]) == 0
        with Web(settings.web):
            pass
    finally:
        os.umask(before)
    kept = [file_of(settings.database), file_of(settings.index), settings.questions, settings.web]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600] * 4
    assert {path for path in settings.home.iterdir() if path.is_file()} == set(kept)


def test_no_other_file_is_touched(tmp_path: Path) -> None:
    settings = faults.prepared(tmp_path)
    faults.generate(settings)
    (settings.home / "backup of briefing.sqlite3").write_bytes(file_of(settings.database).read_bytes())
    kept = {settings.database, settings.index}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path not in kept}
    forget_all(settings)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path not in kept} == before
