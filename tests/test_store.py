"""Nothing kept is lost: not by kill -9, Ctrl-C, a full disk, two processes or a damaged file."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from briefing.calls import CallRow
from briefing.errors import DamagedError, StorageError
from briefing.sqlite.store import KIND, MIGRATIONS, SqliteStore
from briefing.types import Article, Sentence


def row(number: int = 0, *, servable: bool = True, prefix: str = '{"system":"s"}', size: int = 300) -> CallRow:
    text = f"claim {number} " + "x" * size
    return CallRow(
        key=sha256(str(number).encode()).hexdigest(),
        verb="generate",
        task="draft",
        model="fake",
        model_sha256="0" * 64,
        prefix=prefix,
        request=f'{{"text":"{text}"}}',
        reply=f'{{"text":"{text}","tokens":9}}',
        finish="stop" if servable else "length",
        servable=servable,
        prompt_tokens=5,
        cached_tokens=3,
        generated_tokens=1,
        milliseconds=7,
    )


def article(text: str = "Kyiv said so. – “Yes.”", name: str = "a") -> Article:
    sentence = Sentence(number=1, start=0, end=len(text), paragraph=1)
    return Article(id=name, path=f"{name}.txt", sha256=sha256(text.encode()).hexdigest(), text=text, sentences=(sentence,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "briefing.sqlite3"


def worker(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Run code in another Python, with `path`, `SqliteStore` and `row` at hand."""
    head = """
        import pathlib, sys
        from briefing.sqlite.store import SqliteStore
        from tests.test_store import fill, row
        path = pathlib.Path(sys.argv[1])
    """
    command = [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), *map(str, arguments)]
    root = Path(__file__).parents[1]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def count(path: Path) -> int:
    db = sqlite3.connect(path)
    try:
        return int(db.execute("SELECT count(*) FROM calls").fetchone()[0])
    finally:
        db.close()


# What is kept


def test_every_call_is_a_row_with_its_request_model_tokens_and_time(path: Path) -> None:
    with SqliteStore(path) as store:
        store.keep_call(row(1))
    db = sqlite3.connect(path)
    columns = "verb, task, model, request, finish, prompt_tokens, cached_tokens, generated_tokens, milliseconds, json"
    found = db.execute(f"SELECT {columns} FROM calls JOIN prefixes ON prefixes.id = calls.prefix").fetchone()
    db.close()
    assert found == ("generate", "draft", "fake", row(1).request, "stop", 5, 3, 1, 7, '{"system":"s"}')


def test_what_requests_share_is_written_once(path: Path) -> None:
    shared = '{"system":"' + "y" * 5000 + '"}'
    with SqliteStore(path) as store:
        for n in range(200):
            store.keep_call(row(n, prefix=shared))
    with SqliteStore(path) as store:
        store.keep_call(row(201, prefix=shared))
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*), count(DISTINCT prefix) FROM prefixes, calls").fetchone() == (201, 1)
    db.close()
    assert path.stat().st_size < 400_000


def test_a_database_from_before_parses_were_kept_gets_the_table_and_keeps_its_calls(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sqlite.store.MIGRATIONS", MIGRATIONS[:1])
    monkeypatch.setattr("briefing.sqlite.store.KIND", replace(KIND, version=1))
    with SqliteStore(path) as store:
        store.keep_call(row(1))
    monkeypatch.undo()
    with SqliteStore(path) as store:
        assert store.replies([row(1).key]) == {row(1).key: row(1).reply}
        store.keep_parses({b"key": b"data"})
        assert store.parses([b"key"]) == {b"key": b"data"}


# Interruptions


@pytest.mark.slow
def test_kill_9_in_the_middle_loses_nothing_that_was_reported(path: Path) -> None:
    code = """
        with SqliteStore(path) as store:
            for n in range(10**6):
                store.keep_call(row(n))
                print(n, flush=True)
    """
    for _ in range(3):
        process = worker(code, path)
        assert process.stdout is not None
        reported = [int(process.stdout.readline()) for _ in range(150)]
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        with SqliteStore(path) as store:
            last = max([*reported, *(int(n) for n in rest[:-1])])
            assert len(store.replies([row(n).key for n in range(last + 1)])) == last + 1


@pytest.mark.slow
def test_ctrl_c_loses_nothing_that_was_reported(path: Path) -> None:
    code = """
        with SqliteStore(path) as store:
            for n in range(10**6):
                store.keep_call(row(n))
                print(n, flush=True)
    """
    process = worker(code, path)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    reported = process.stdout.read().split()
    _, errors = process.communicate()
    assert "KeyboardInterrupt" in errors
    assert count(path) >= int(reported[-1]) + 1


@pytest.mark.slow
def test_processes_write_at_once_to_a_new_file(path: Path) -> None:
    code = """
        start = int(sys.argv[2])
        with SqliteStore(path) as store:
            for n in range(start, start + 250):
                store.keep_call(row(n, prefix=str(n % 7)))
    """
    processes = [worker(code, path, start) for start in range(0, 1000, 250)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 4
    with SqliteStore(path) as store:
        assert len(store.replies([row(n).key for n in range(1000)])) == 1000


def test_a_locked_database_is_named_after_a_while(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sqlite.database.BUSY_SECONDS", 0.2)
    with SqliteStore(path) as store:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            store.keep_call(row(1))
        holder.execute("ROLLBACK")
        holder.close()
        store.keep_call(row(1))


# Full disks


def fill(store: SqliteStore) -> tuple[int, StorageError]:
    """Keep calls until the disk is full; return how many were kept."""
    for n in range(100_000):
        try:
            store.keep_call(row(n, size=3000))
        except StorageError as error:
            return n, error
    raise AssertionError("the disk never filled")


def test_a_full_database_keeps_what_it_has(path: Path) -> None:
    with SqliteStore(path) as store:
        store._db.execute("PRAGMA max_page_count = 60")
        kept, error = fill(store)
        assert kept > 10
        assert "the disk is full" in str(error)
        assert "\n" not in str(error)
        assert "space" in error.hint
        with pytest.raises(StorageError, match="full"):
            store.save_brief("2026-11-21", "x.json", '"' + "x" * 300_000 + '"', [article()])
        assert store.articles() == []
        assert len(store.replies([row(n).key for n in range(kept)])) == kept
    with SqliteStore(path) as store:
        assert len(store.replies([row(n).key for n in range(kept)])) == kept
        store.keep_call(row(kept))


@pytest.mark.slow
def test_a_file_that_may_not_grow_keeps_what_it_has(path: Path) -> None:
    """RLIMIT_FSIZE makes the real write() fail, wherever it comes: in the log, in a checkpoint, when opening."""
    code = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
        with SqliteStore(path) as store:
            kept, error = fill(store)
        print(kept)
        print(error)
    """
    for limit in (60_000, 200_000, 5_000_000):
        process = worker(code, path, limit)
        out, errors = process.communicate()
        assert (errors, process.returncode) == ("", 0)
        kept, message = out.splitlines()
        assert "disk" in message
        with SqliteStore(path) as store:
            assert len(store.replies([row(n).key for n in range(int(kept))])) == int(kept)
        for file in path.parent.iterdir():
            file.unlink()


def test_no_room_even_to_begin_is_one_line(path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StorageError, match="disk") as caught:
            SqliteStore(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.hint


# Files that cannot be used


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be nobody for a while, since no folder is read-only for root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """Make a folder that nobody may enter and read (those of tmp_path are private)."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_folder(public: Path) -> None:
    public.chmod(0o555)
    with unprivileged(), pytest.raises(StorageError, match="cannot be opened") as caught:
        SqliteStore(public / "briefing.sqlite3")
    assert "BRIEFING_HOME" in caught.value.hint
    with unprivileged(), pytest.raises(StorageError, match="cannot make the folder"):
        SqliteStore(public / "deep" / "briefing.sqlite3")


def test_a_read_only_file(public: Path) -> None:
    path = public / "briefing.sqlite3"
    SqliteStore(path).close()
    path.chmod(0o444)
    public.chmod(0o555)
    with unprivileged(), pytest.raises(StorageError, match=r"cannot be (opened|written)"):
        SqliteStore(path).keep_call(row(1))


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot make the folder"):
        SqliteStore(tmp_path / "file" / "briefing.sqlite3")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="cannot be opened"):
        SqliteStore(tmp_path / "folder")


@pytest.mark.parametrize("content", [b"not a database\n" * 500, b"SQLite format 3\0" + b"\xff" * 5000, b"f\x86\xe7"])
def test_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        SqliteStore(path)
    assert "move the file away" in caught.value.hint
    assert path.read_bytes() == content


def test_an_empty_file_is_a_new_database(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with SqliteStore(path) as store:
        store.keep_call(row(1))


def altered(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()


def test_a_new_database_is_read_by_its_owner_alone(path: Path) -> None:
    with SqliteStore(path) as store:
        store.keep_call(row(1))
        files = sorted(path.parent.iterdir())
        assert [file.name.removeprefix(path.name) for file in files] == ["", "-shm", "-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_query_that_does_not_end_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with SqliteStore(path) as store:
        monkeypatch.setattr("briefing.sqlite.database.QUERY_SECONDS", 0.05)
        with pytest.raises(DamagedError, match="did not end"), store._file.border():
            store._db.execute(endless).fetchone()
        store.keep_call(row(1))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE briefs SET json = CAST(CAST(json AS BLOB) || x'ff' AS TEXT)",
        "UPDATE briefs SET date = 'Nobody knows' || char(10) || json",
    ],
)
def test_what_a_damaged_database_holds_is_not_in_its_error(path: Path, damage: str) -> None:
    told = "\n".join(f"Mayor Calder said that {n} workers of the port are back." for n in range(20))
    with SqliteStore(path) as store:
        store.save_brief("2026-11-21", "x.json", told, [])
        store.save_brief("2026-11-22", "y.json", "{}", [])
    altered(path, f"{damage} WHERE path = 'x.json'")
    altered(path, "UPDATE briefs SET sha256 = 'another'")
    with SqliteStore(path) as store, pytest.raises(DamagedError) as caught:
        store.briefs()
    said = str(caught.value).removeprefix(str(path))
    assert "\n" not in said
    assert len(said) < 150
    assert "2 workers" not in said


def test_a_newer_database_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    altered(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StorageError, match="newer version"):
        SqliteStore(path)


@pytest.mark.parametrize("statement", ["CREATE TABLE precious (x)", "PRAGMA user_version = 7", "PRAGMA application_id = 7"])
def test_the_database_of_another_program_is_refused(path: Path, statement: str) -> None:
    path.parent.mkdir()
    altered(path, statement)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_lost_table_is_an_error_not_a_crash(path: Path) -> None:
    SqliteStore(path).close()
    altered(path, "DROP TABLE calls")
    with SqliteStore(path) as store, pytest.raises(StorageError, match="no such table"):
        store.replies(["x"])


@pytest.mark.slow
def test_damage_anywhere_is_an_error_or_harmless_never_a_wrong_answer(path: Path) -> None:
    """Overwrite 64 bytes here and there, as a bad disk would: what is read is right, or StorageError says why not."""
    brief = '{"text": "' + "z" * 2000 + '"}'
    with SqliteStore(path) as store:
        for n in range(60):
            store.keep_call(row(n))
        store.save_brief("2026-11-21", "x.json", brief, [article("word " * 500)])
    whole = path.read_bytes()
    right = {row(n).key: row(n).reply for n in range(60)}

    def read(get: Callable[[SqliteStore], object]) -> object:
        with SqliteStore(path) as store:
            return get(store)

    refused: list[StorageError] = []
    for offset in range(0, len(whole), 397):
        path.write_bytes(whole[:offset] + bytes(255 - byte for byte in whole[offset : offset + 64]) + whole[offset + 64 :])
        try:
            replies = read(lambda store: store.replies(list(right)))
            assert isinstance(replies, dict)
            assert replies.items() <= right.items()
            found = read(lambda store: store.brief("2026-11-21"))
            assert found is None or getattr(found, "json", "") == brief
            assert read(SqliteStore.articles) in ([], [article("word " * 500)])
        except StorageError as error:
            refused.append(error)
        for extra in path.parent.glob("*-*"):
            extra.unlink()
    assert all("\n" not in str(error) and error.hint for error in refused)
    assert len(refused) > len(whole) / 397 / 4


def test_a_cut_file_is_refused(path: Path) -> None:
    with SqliteStore(path) as store:
        for n in range(60):
            store.keep_call(row(n))
    whole = path.read_bytes()
    for end in (50, 4096, len(whole) // 2 // 4096 * 4096, len(whole) - 3000):
        path.write_bytes(whole[:end])
        with pytest.raises(StorageError), SqliteStore(path) as store:
            store.replies([row(n).key for n in range(60)])


# Cost


def test_finding_an_answer_reads_no_other(path: Path) -> None:
    with SqliteStore(path) as store:
        asked: list[str] = []
        store._db.set_trace_callback(asked.append)
        store.replies([row(1).key])
        store._db.set_trace_callback(None)
        (plan,) = store._db.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchmany(1)
    assert "USING INDEX calls_by_key" in plan[3]
