"""Files are written whole or not at all, together, never through a link, for their owner alone: killed, raced, refused and attacked."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing import output
from briefing.errors import StorageError

ROOT = Path(__file__).parents[1]
OLD, NEW = ("old record\n", "old view\n"), ("new record\n", "new view\n")
STEMS = ("2026-11-21", "2026-11-21.sports")


def pair(folder: Path, stem: str = STEMS[0]) -> tuple[Path, Path]:
    return folder / f"{stem}.json", folder / f"{stem}.md"


def put(folder: Path, texts: tuple[str, str], stem: str = STEMS[0]) -> None:
    output.write(dict(zip(pair(folder, stem), texts, strict=True)))


def there(folder: Path, stem: str = STEMS[0]) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in pair(folder, stem) if path.exists())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Killed at every step

KILLED = """
import os, signal, sys
from pathlib import Path
from briefing import output

folder, stem = Path(sys.argv[1]), sys.argv[2]
record, view = folder / f"{stem}.json", folder / f"{stem}.md"
STEPS = ("open", "fchmod", "fsync", "rename", "replace", "link", "unlink", "close", "write")


def write(at, after):
    steps = 0

    def stopping(real):
        def call(*given, **more):
            nonlocal steps
            steps += 1
            now = steps == at
            if now and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return real(*given, **more)
            finally:
                if now:
                    os.kill(os.getpid(), signal.SIGKILL)

        return call

    for name in STEPS:
        setattr(os, name, stopping(getattr(os, name)))
    output.write({record: "new record\\n", view: "new view\\n"})
    return steps


def begin(old):
    for path in folder.iterdir():
        path.unlink()
    if old:
        record.write_text("old record\\n")
        view.write_text("old view\\n")


def seen():
    return tuple(path.read_text() if path.exists() else "" for path in (record, view))


OLD, NEW, NONE = ("old record\\n", "old view\\n"), ("new record\\n", "new view\\n"), ("", "")
for old in (OLD, NONE):
    for after in (False, True):
        at = total = 0
        while at <= total:
            for reads in (True, False):
                begin(old is OLD)
                child = os.fork()
                if not child:
                    os._exit(write(at, after))
                ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                assert (ended > 0) if at == 0 else (ended == -signal.SIGKILL), ended
                total = total or ended
                raw = seen()
                assert raw in (old, NEW, (old[0], NEW[1])), ("a reader sees", old, at, after, raw)
                if reads:
                    output.settle(record)
                    assert seen() in (old, NEW), ("after settling", old, at, after, seen())
                    assert seen() == NEW or raw == old, ("what had begun was not finished", old, at, after, raw)
                else:
                    output.write({record: "third record\\n", view: "third view\\n"})
                    assert seen() == ("third record\\n", "third view\\n"), (old, at, after, seen())
                    assert sorted(path.name for path in folder.iterdir()) == [record.name, view.name], list(folder.iterdir())
            at += 1
        print(total)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.slow
def test_a_kill_at_any_step_leaves_both_files_old_or_both_new(tmp_path: Path, stem: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path, stem], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    steps = [int(count) for count in done.stdout.split()]
    assert len(steps) == 4
    assert min(steps) > 20  # every step of a write was one at which it was killed


def test_three_files_of_a_brief_are_put_in_place_together_the_record_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, view = pair(tmp_path)
    page = record.with_suffix(".html")
    order: list[str] = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        order.append(target.suffix)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    output.write({record: "new record\n", view: "new view\n", page: "new page\n"})
    assert order == [".pending", ".html", ".md", ".json"]
    order.clear()
    for name in ("a", "b", "c"):
        (tmp_path / f".briefing-{name}.tmp").write_text(f"{name}\n", encoding="utf-8")
    told = '{".json": ".briefing-a.tmp", ".md": ".briefing-b.tmp", ".html": ".briefing-c.tmp"}'
    (tmp_path / ".briefing-2026-11-21.pending").write_text(told, encoding="utf-8")
    output.settle(record)
    assert order == [".html", ".md", ".json"]
    assert (there(tmp_path), page.read_text(encoding="utf-8")) == (("a\n", "b\n"), "c\n")


def test_a_device_a_pipe_and_a_folder_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "linked").symlink_to(tmp_path / "pipe")
    (tmp_path / "null").symlink_to(os.devnull)
    for name, why in (
        ("folder", "is a directory"),
        ("pipe", "it is not a file"),
        ("linked", "it is not a file"),
        ("null", "it is not a file"),
    ):
        for contents in ({tmp_path / name: "x"}, {tmp_path / "first": "x", tmp_path / name: "y"}):
            with pytest.raises(StorageError, match=f"{name}: cannot be written: {why}"):
                output.write(contents, "a hint")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert (tmp_path / "linked").is_symlink()
    assert (tmp_path / "null").is_symlink()
    assert not (tmp_path / "first").exists()


def test_a_page_without_a_place_is_given_up(tmp_path: Path) -> None:
    record, _ = pair(tmp_path)
    put(tmp_path, OLD)
    record.with_suffix(".html").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / f".briefing-{name}.tmp").write_text(f"{name}\n", encoding="utf-8")
    told = '{".json": ".briefing-a.tmp", ".md": ".briefing-b.tmp", ".html": ".briefing-c.tmp"}'
    (tmp_path / ".briefing-2026-11-21.pending").write_text(told, encoding="utf-8")
    output.write({tmp_path / "another.txt": "it is not stopped by that"})
    assert there(tmp_path) == ("a\n", "b\n")
    assert not list(tmp_path.glob(".briefing-*"))


def test_what_a_killed_run_noted_is_finished_by_the_next_reader_and_by_no_other_note(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    left = tmp_path / ".briefing-abcd1234.tmp"
    left.write_text("new view\n", encoding="utf-8")
    note = tmp_path / ".briefing-2026-11-21.pending"
    outside = tmp_path.parent / "outside"
    outside.write_text("private\n", encoding="utf-8")
    for bad in ("{", "[]", '{".json": 1}', '{".md": "../outside"}', '{".txt": ".briefing-abcd1234.tmp"}', '{".md": "2026-11-21.json"}'):
        note.write_text(bad, encoding="utf-8")
        output.settle(pair(tmp_path)[0])
        assert there(tmp_path) == OLD, bad
        left.write_text("new view\n", encoding="utf-8")
    note.write_text('{".md": ".briefing-abcd1234.tmp"}', encoding="utf-8")
    output.settle(tmp_path / "2026-11-22.json")  # another brief: nothing is looked for
    assert there(tmp_path) == OLD
    output.settle(pair(tmp_path)[0])
    assert there(tmp_path) == (OLD[0], NEW[1])
    assert names(tmp_path) == ["2026-11-21.json", "2026-11-21.md"]
    left.symlink_to(outside)
    note.write_text('{".md": ".briefing-abcd1234.tmp"}', encoding="utf-8")
    output.settle(pair(tmp_path)[0])
    assert not pair(tmp_path)[1].is_symlink()
    assert outside.read_text(encoding="utf-8") == "private\n"


# Links


def test_nothing_is_written_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious\n", encoding="utf-8")
    folder = tmp_path / "briefs"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "_get_candidate_names", lambda: iter([f"waiting{n}" for n in range(9)] + ["free1", "free2", "free3"] * 9))
    for n in range(9):
        (folder / f".briefing-waiting{n}.tmp").symlink_to(precious)
    for number in (os.getpid(), os.getpid() + 1):  # where they were written before
        (folder / f".2026-11-21.json.{number}.tmp").symlink_to(precious)
    for path in pair(folder):
        path.symlink_to(precious)
    put(folder, NEW)
    assert precious.read_text(encoding="utf-8") == "precious\n"
    assert there(folder) == NEW
    assert not any(path.is_symlink() for path in pair(folder))
    output.write({folder / "page.html": "a page\n"})
    assert precious.read_text(encoding="utf-8") == "precious\n"


def test_files_are_their_owners_alone_and_one_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        put(tmp_path, OLD)
        assert {stat.S_IMODE(path.stat().st_mode) for path in pair(tmp_path)} == {0o600}
        pair(tmp_path)[1].chmod(0o644)
        put(tmp_path, NEW)
        assert [stat.S_IMODE(path.stat().st_mode) for path in pair(tmp_path)] == [0o600, 0o644]
    finally:
        os.umask(previous)


# Errors


@pytest.mark.parametrize("failing", ["fsync", "replace", "link"])
@pytest.mark.parametrize("at", range(1, 6))
def test_an_error_at_any_step_leaves_both_as_they_were(tmp_path: Path, failing: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, OLD)
    real, calls = getattr(os, failing), 0

    def refuse(*given: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(28, "No space left on device")
        return real(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, failing, refuse)
        said = [str(error) for error in racing([lambda: put(tmp_path, NEW)])]
    if said:
        assert "cannot be written: no space left on device" in said[0]
    else:
        assert calls < at or failing == "fsync"  # that of the folder is for a power cut only
    assert there(tmp_path) == (OLD if said else NEW)
    output.settle(pair(tmp_path)[0])
    assert names(tmp_path) == ["2026-11-21.json", "2026-11-21.md"]


def test_a_first_brief_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target).suffix == ".json":
            raise PermissionError(1, "Operation not permitted")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StorageError, match="operation not permitted"):
        put(tmp_path, NEW)
    assert names(tmp_path) == []


def test_what_before_raises_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, OLD)

    def before() -> None:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        output.write(dict(zip(pair(tmp_path), NEW, strict=True)), before=before)
    assert there(tmp_path) == OLD
    assert len(names(tmp_path)) == 2


# Others at the same time


def racing(actions: list[Callable[[], object]]) -> Iterator[BaseException]:
    """Run actions at once, and yield what they raise."""
    raised: list[BaseException] = []

    def run(action: Callable[[], object]) -> None:
        try:
            action()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield from raised


@pytest.mark.slow
def test_runs_at_once_never_mix_their_files(tmp_path: Path) -> None:
    texts = [(f"record {n}\n", f"view {n}\n") for n in range(8)]
    for _ in range(4):
        assert list(racing([lambda texts=texts: put(tmp_path, texts) for texts in texts])) == []  # type: ignore[misc]
        assert there(tmp_path) in texts
        assert len(names(tmp_path)) == 2


def test_a_run_that_never_ends_its_writing_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_WAIT", 0.0)
    holder = os.open(tmp_path, os.O_RDONLY)
    fcntl = pytest.importorskip("fcntl")
    fcntl.flock(holder, fcntl.LOCK_EX)
    with pytest.raises(StorageError, match="another run is writing there") as caught:
        put(tmp_path, NEW)
    assert caught.value.hint == "wait for it to end"
    output.settle(pair(tmp_path)[0])
    os.close(holder)
    assert names(tmp_path) == []


AS_NOBODY = """
import os, sys
from pathlib import Path
from briefing import output
from briefing.errors import StorageError
os.setgroups([]); os.setgid(65534); os.setuid(65534)
for name in sys.argv[1:]:
    folder = Path(name)
    output.settle(folder / "2026-11-21.json")
    pair = {folder / "2026-11-21.json": "a", folder / "2026-11-21.md": "b"}
    for action in (lambda: output.writable(folder, ""), lambda: output.write(pair)):
        try:
            action()
            print("written")
        except StorageError as error:
            print(str(error).replace(name, "IT"))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_that_may_not_be_written_is_one_line() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        top = Path(name)
        top.chmod(0o755)
        for folder, mode in (("read", 0o755), ("closed", 0o700), ("sticky", 0o1777), ("open", 0o777)):
            (top / folder).mkdir()
            (top / folder).chmod(mode)
        put(top / "read", OLD)
        put(top / "sticky", OLD)
        note = top / "read" / ".briefing-2026-11-21.pending"
        note.write_text('{".md": ".briefing-abcd1234.tmp"}', encoding="utf-8")
        given = [str(top / one) for one in ("read", "closed", "sticky", "open", "closed/below")]
        done = subprocess.run([sys.executable, "-c", AS_NOBODY, *given], capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.stderr == ""
        assert done.stdout.splitlines() == [
            *("IT: cannot be written: permission denied", "IT/2026-11-21.json: cannot be written: permission denied"),
            *("IT: cannot be written: permission denied", "IT/2026-11-21.json: cannot be written: permission denied"),
            *("written", "IT/2026-11-21.json: cannot be written: operation not permitted"),
            *("written", "written"),
            *("IT: cannot be written: permission denied", "IT/2026-11-21.json: cannot be written: permission denied"),
        ]
        assert there(top / "sticky") == there(top / "read") == OLD
        assert names(top / "sticky") == names(top / "open") == ["2026-11-21.json", "2026-11-21.md"]
