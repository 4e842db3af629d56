"""The main job with the real model: what is asserted are properties of the brief and of the run, never its wording.

One brief of the seeds is paid for, and most tests look at it. One of a pile of articles, which asks the model for longer, is interrupted
once, killed once, and ends at the third try.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.brief import Brief
from briefing.config import PREFIX, Settings
from briefing.engines import embedder, wording
from briefing.language.base import Parser
from briefing.progress import Silent
from briefing.records import Answer, Diff
from briefing.sqlite.index import SqliteIndex
from briefing.stages import support
from briefing.stages.summarize import claim_of
from briefing.stages.wording import plainer
from briefing.types import Article
from tests.benchmarks.scale import write
from tests.properties import PROPERTIES, SEEDS, read_articles
from tests.stages.fakes import document, told

pytestmark = pytest.mark.real

DATE = "2026-11-22"
BRIEFING = Path(sysconfig.get_path("scripts")) / ("briefing.exe" if os.name == "nt" else "briefing")
GENERATE = ("generate", "articles", "--all", "--date", DATE)
PILE = 60  # articles


@dataclass(frozen=True)
class Desk:
    """A working folder with a copy of the articles, a home with nothing in it yet, and the user's model files."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command to its end."""
        return self.program(str(BRIEFING), *arguments)

    def program(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", timeout=1200, check=False
        )

    def stopped(self, how: signal.Signals, *, after: int) -> tuple[int, str]:
        """Start the main job, send it a signal as soon as so many calls are kept; return exit code and stderr."""
        command = [str(BRIEFING), *GENERATE, "--quiet"]
        with subprocess.Popen(command, cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None and len(self.calls()) < after:
                time.sleep(0.05)
            process.send_signal(how)
            _, said = process.communicate(timeout=120)
        return process.returncode, said

    def calls(self) -> list[str]:
        """Return the keys of all calls that are kept, in the order in which they were."""
        database = self.folder / "home" / "briefing.sqlite3"
        try:
            with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
                return [key for (key,) in db.execute("SELECT key FROM calls ORDER BY id")]
        except sqlite3.OperationalError:  # not there yet, or still without its tables
            return []

    def brief(self) -> Brief:
        """Return the brief as it is on disk now."""
        return Brief.model_validate_json((self.folder / "briefs" / f"{DATE}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Stopped:
    """What happened to the pile: two runs that were stopped, the calls kept after each and after the one that ended, and its brief."""

    interrupted: tuple[int, str]
    kept: list[str]
    killed: tuple[int, str]
    kept_then: list[str]
    kept_last: list[str]
    brief: Brief


@dataclass(frozen=True)
class History:
    """What happened to the seeds: the run and its brief."""

    done: subprocess.CompletedProcess[str]
    brief: Brief


def at_desk(folder: Path, models_folder: Path) -> Desk:
    """Return a desk in `folder`, with the models pulled."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {"BRIEFING_HOME": str(folder / "home"), "BRIEFING_MODELS": str(models_folder)}
    environment |= {"XDG_CONFIG_HOME": str(folder / "home"), "PYTHONUTF8": "1"}
    # Byte code is kept, as it is where the program is installed.
    environment |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "home" / "bytecode")}
    desk = Desk(folder, environment)
    pulled = desk.run("models", "pull", "--quiet")
    assert pulled.returncode == 0, pulled.stderr
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(SEEDS, folder / "articles")
    return at_desk(folder, models_folder)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Stopped:
    folder = tmp_path_factory.mktemp("pile")
    (folder / "articles").mkdir()
    write(folder / "articles", PILE)
    pile = at_desk(folder, models_folder)
    interrupted, kept = pile.stopped(signal.SIGINT, after=6), pile.calls()
    killed, kept_then = pile.stopped(signal.SIGKILL, after=len(kept) + 6), pile.calls()
    done = pile.run(*GENERATE, "--quiet")
    assert done.returncode == 0, done.stderr
    return Stopped(interrupted, kept, killed, kept_then, pile.calls(), pile.brief())


@pytest.fixture(scope="module")
def history(desk: Desk) -> History:
    done = desk.run(*GENERATE)
    assert done.returncode == 0, done.stderr
    return History(done, desk.brief())


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return read_articles(SEEDS)


# The run


def test_it_prints_where_the_brief_is(desk: Desk, history: History) -> None:
    view, record = (Path("briefs") / f"{DATE}{suffix}" for suffix in (".md", ".json"))
    assert history.done.stdout.splitlines() == [str(view), str(record)]
    assert (desk.folder / view).read_text(encoding="utf-8").startswith("# Brief of 22 November 2026\n")
    assert "comparing" in history.done.stderr


def test_interrupted_it_says_so_and_keeps_what_it_paid_for(stopped: Stopped) -> None:
    assert stopped.interrupted == (130, "interrupted; run the same command again to continue\n")
    assert len(stopped.kept) >= 6


def test_killed_it_keeps_what_it_paid_for_and_pays_nothing_twice(stopped: Stopped) -> None:
    assert stopped.killed[0] == -signal.SIGKILL
    assert stopped.kept_then[: len(stopped.kept)] == stopped.kept
    assert len(stopped.kept_then) >= len(stopped.kept) + 6
    assert len(set(stopped.kept_then)) == len(stopped.kept_then)


def test_run_again_it_continues_and_pays_nothing_twice(stopped: Stopped) -> None:
    calls = stopped.kept_last
    assert calls[: len(stopped.kept_then)] == stopped.kept_then
    assert len(set(calls)) == len(calls)
    spent = stopped.brief.run.tokens
    assert spent.prompt > 0
    assert spent.cached > 0


def test_a_second_run_takes_no_token(desk: Desk, history: History) -> None:
    done = desk.run(*GENERATE, "--quiet")
    assert done.returncode == 0, done.stderr
    again = desk.brief()
    assert (again.run.tokens.prompt, again.run.tokens.generated) == (0, 0)
    assert again.run.tokens.cached > 0
    assert again.model_dump(exclude={"run"}) == history.brief.model_dump(exclude={"run"})


def test_a_second_run_never_loads_the_engine(desk: Desk, history: History) -> None:
    done = desk.program(sys.executable, "-X", "importtime", "-m", "briefing", *GENERATE, "--quiet")
    assert done.returncode == 0, done.stderr
    assert "briefing.pipeline" in done.stderr
    assert "llama_cpp" not in done.stderr


# The brief


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_holds(history: History, articles: dict[str, Article], name: str) -> None:
    assert list(PROPERTIES[name](history.brief, articles)) == []


def test_quotations_are_in_the_bytes_of_the_files(history: History) -> None:
    for claim in history.brief.claims:
        for cited in claim.citations:
            text = (SEEDS / f"{cited.article}.txt").read_bytes().decode("utf-8")
            assert text[cited.start : cited.end] == cited.quote


def test_it_is_a_brief_of_all_five_articles(history: History) -> None:
    brief = history.brief
    assert [article.status for article in brief.articles] == ["used"] * 5
    assert {cited.article for claim in brief.claims for cited in claim.citations} == {article.id for article in brief.articles}
    assert 1 <= len(brief.top) <= 5
    assert len(brief.claims) >= 20
    assert sum(claim.verbatim for claim in brief.claims) <= len(brief.claims) / 4
    assert all(support.thresholds().reported.least <= claim.support <= 1 for claim in brief.claims)


# verify


@pytest.fixture
def copied(desk: Desk, history: History, tmp_path: Path) -> Desk:
    """The desk as it was after the run, free to be changed."""
    shutil.copytree(desk.folder, tmp_path / "copy")
    return Desk(tmp_path / "copy", desk.environment)


def test_verify_says_ok(desk: Desk, history: History) -> None:
    done = desk.run("verify", f"briefs/{DATE}.json", "--quiet")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"ok: {len(history.brief.claims)} claims, ")


def test_verify_finds_an_edited_article(copied: Desk, history: History) -> None:
    cited = history.brief.claims[0].citations[0]
    file = copied.folder / "articles" / f"{cited.article}.txt"
    text = file.read_bytes().decode("utf-8")
    file.write_bytes((text[: cited.start] + "Not so: " + text[cited.start :]).encode())
    done = copied.run("verify", f"briefs/{DATE}.json", "--quiet")
    assert done.returncode == 1
    assert "changed since the brief" in done.stdout
    assert f"{history.brief.claims[0].id}: citation: " in done.stdout


# ask


def answered(done: subprocess.CompletedProcess[str]) -> Answer:
    return Answer.model_validate_json(done.stdout)


def test_a_question_is_answered_from_the_stored_articles(desk: Desk, history: History) -> None:
    question = ("ask", "How many drones did Russia send against Ukraine in one night?", "--json", "--quiet")
    done = desk.run(*question)
    assert done.returncode == 0, done.stderr
    found = answered(done)
    assert any("574" in claim.text for claim in found.claims)
    for cited in (cited for claim in found.claims for cited in claim.citations):
        assert (SEEDS / f"{cited.article}.txt").read_bytes().decode("utf-8")[cited.start : cited.end] == cited.quote
    again = answered(desk.run(*question))
    assert (again.run.tokens.prompt, again.run.tokens.generated) == (0, 0)
    assert again.claims == found.claims


@pytest.mark.parametrize(
    "question", ["When did Viktor Orban resign?", "How long should I let sourdough rise?", "Who won the Champions League?"]
)
def test_what_the_articles_do_not_tell_is_not_answered(desk: Desk, history: History, question: str) -> None:
    done = desk.run("ask", question, "--sources", "articles", "--json", "--quiet")
    assert done.returncode == 1, done.stdout
    found = answered(done)
    assert (found.answerable, found.claims) == (False, ())
    assert len(found.nearest) == 3


def test_vectors_tell_what_is_near_in_meaning(models_folder: Path) -> None:
    model = embedder(Settings(models=models_folder), Silent())
    one, same, other = model.embed(["The ship sailed at noon.", "The vessel left port at midday.", "Parliament passed the budget."])
    assert one @ same > 0.6
    assert abs(one @ other) < 0.2


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("The council of Velm ended a fierce debate on Monday.", "The council of Velm ended a debate on Monday."),
        ("A devastating flood killed 12 people in Brell.", "A flood killed 12 people in Brell."),
        ("The star striker scored a stunning goal in the final.", "The star striker scored a goal in the final."),
        ("The court heard a harrowing account of the crash.", "The court heard an account of the crash."),
        ("The minister staunchly defended the plan.", "The minister defended the plan."),
        ("The council of Velm ended a public debate on Monday.", ""),
        ("A tropical storm killed 12 people in Brell.", ""),
        ("The bridge was fully closed for two weeks.", ""),
        ("A private company bought a school in Velm.", ""),
        ("The wounded soldier was flown to Dorn.", ""),
    ],
)
def test_a_coloured_word_is_found_and_cut_and_a_plain_one_is_not(
    models_folder: Path, parser: Parser, tmp_path: Path, text: str, less: str
) -> None:
    reader = embedder(Settings(models=models_folder), Silent())
    with SqliteIndex(tmp_path / "index.sqlite3") as index:
        ((plain, struck),) = plainer([told(document(text, parser), 1).chosen], wording(reader, index))
    assert claim_of(plain).text == (less or text)
    assert struck < 0.5


@pytest.mark.parametrize(
    ("coloured", "plain"),
    [
        ("The mayor slammed the plan on Monday.", "The mayor rejected the plan on Monday."),
        ("The storm ravaged the coast of Velm.", "The storm reached the coast of Velm."),
    ],
)
def test_a_word_that_cannot_go_makes_its_sentence_less_neutral(
    models_folder: Path, parser: Parser, tmp_path: Path, coloured: str, plain: str
) -> None:
    reader = embedder(Settings(models=models_folder), Silent())
    several = [told(document(text, parser), 1).chosen for text in (coloured, plain)]
    with SqliteIndex(tmp_path / "index.sqlite3") as index:
        (_, more), (_, less) = plainer(several, wording(reader, index))
    assert more > less + 0.1


# diff


def test_the_next_day_says_what_changed(desk: Desk, history: History) -> None:
    """One number is another, one article is gone; all else is as before, and is not paid for again."""
    day = desk.folder / "next"
    shutil.copytree(desk.folder / "articles", day)
    file = day / "003_ff02c797f0c5e306.txt"
    text = file.read_bytes().decode("utf-8")
    assert "574" in text
    file.write_bytes(text.replace("574", "612").encode())
    (day / "000_793a3fd0eb31f518.txt").unlink()
    done = desk.run("generate", "next", "--all", "--date", "2026-11-23", "--quiet")
    assert done.returncode == 0, done.stderr
    done = desk.run("diff", f"briefs/{DATE}.json", "briefs/2026-11-23.json", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    found = Diff.model_validate_json(done.stdout)
    values = [(value.was, value.now) for change in found.changes for value in change.values if change.state == "changed"]
    assert any("574" in was and "612" in now for was, now in values)
    gone = {c.article for change in found.changes if change.state == "dropped" and change.old for c in change.old.citations}
    assert "000_793a3fd0eb31f518" in gone
    assert [correction.article for correction in found.corrections] == ["003_ff02c797f0c5e306"]
    same = desk.run("diff", f"briefs/{DATE}.json", f"briefs/{DATE}.json", "--quiet")
    assert same.returncode == 2
