"""The models folder: what is remembered, what is found out, and several processes at once."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from briefing.errors import ModelCorruptError, ModelMissingError, StorageError
from briefing.model import files
from briefing.model.catalog import Entry
from briefing.model.part import Part, locked, storing
from tests.model.fetching import CONTENT, Site, Usage, Watcher, entry, serving

NOWHERE = "http://127.0.0.1:1/demo.gguf"


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    """A folder where somebody put the right file by hand."""
    (tmp_path / "demo.gguf").write_bytes(CONTENT)
    return tmp_path


def _state(demo: Entry, folder: Path) -> str:
    return files.status([demo], folder)[0].state


def test_a_file_placed_by_hand_is_read_once(placed: Path) -> None:
    demo = entry(NOWHERE)
    assert _state(demo, placed) == "unchecked"
    first, second = Watcher(), Watcher()
    assert files.ensure(demo, placed, first) == placed / "demo.gguf"
    assert first.stages == ["checking demo"]
    assert files.ensure(demo, placed, second) == placed / "demo.gguf"
    assert files.pull(demo, placed, second) == placed / "demo.gguf"
    assert second.stages == []
    assert _state(demo, placed) == "ok"


def test_a_changed_file_is_read_again(placed: Path) -> None:
    demo = entry(NOWHERE)
    path = files.ensure(demo, placed, Watcher())
    stamp = path.stat().st_mtime_ns
    path.write_bytes(b"!" + CONTENT[1:])
    os.utime(path, ns=(stamp, stamp + 1))
    assert _state(demo, placed) == "unchecked"
    with pytest.raises(ModelCorruptError, match="its SHA-256 is") as caught:
        files.ensure(demo, placed, Watcher())
    assert "briefing models pull demo" in caught.value.hint
    assert caught.value.exit_code == 4
    assert path.exists()


def test_verify_always_reads(placed: Path) -> None:
    demo = entry(NOWHERE)
    path = files.ensure(demo, placed, Watcher())
    stat = path.stat()
    path.write_bytes(b"!" + CONTENT[1:])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # a change that hides itself, but for what the system notes
    assert _state(demo, placed) == "unchecked"
    assert files.verify([demo], placed, Watcher())[0].state == "wrong hash"
    assert _state(demo, placed) == "unchecked"


def test_verify_says_what_each_file_is(tmp_path: Path) -> None:
    demos = [entry(NOWHERE, name=name) for name in ("good", "gone", "short", "wrong", "begun", "folder")]
    (tmp_path / "good.gguf").write_bytes(CONTENT)
    (tmp_path / "short.gguf").write_bytes(CONTENT[:-1])
    (tmp_path / "wrong.gguf").write_bytes(CONTENT[::-1])
    (tmp_path / "begun.gguf.part").write_bytes(CONTENT[:99])
    (tmp_path / "folder.gguf").mkdir()
    found = files.verify(demos, tmp_path, Watcher())
    states = [finding.state for finding in found]
    assert states == ["ok", "absent", "wrong size", "wrong hash", "partial", "unreadable"]
    assert [finding.wrong for finding in found] == [False, False, True, True, False, True]
    assert found[2].detail == "10239 bytes, not 10240"
    assert found[4].detail == "99 of 10240 bytes"
    assert [finding.path.name for finding in found] == [f"{demo.name}.gguf" for demo in demos]


def test_a_wrong_size_is_seen_without_reading(tmp_path: Path) -> None:
    (tmp_path / "demo.gguf").write_bytes(CONTENT[:-1])
    watcher = Watcher()
    with pytest.raises(ModelCorruptError, match="10239 bytes, not 10240"):
        files.ensure(entry(NOWHERE), tmp_path, watcher)
    assert watcher.stages == []


def test_pull_replaces_a_wrong_file_but_only_by_a_right_one(tmp_path: Path) -> None:
    path = tmp_path / "demo.gguf"
    path.write_bytes(b"something of the user")
    with pytest.raises(ModelMissingError):
        files.pull(entry(NOWHERE), tmp_path, Watcher())
    assert path.read_bytes() == b"something of the user"
    watcher = Watcher()
    with serving(Site()) as site:
        files.pull(entry(site.url), tmp_path, watcher)
    assert path.read_bytes() == CONTENT
    assert "fetching it again" in watcher.warnings[0]


@pytest.mark.parametrize("stamp", ["", "{}", "[]", "null", '{"bytes": 10240}', "\udc80"])
def test_a_broken_stamp_costs_only_the_reading(placed: Path, stamp: str) -> None:
    (placed / "demo.gguf.verified").write_bytes(stamp.encode(errors="surrogateescape"))
    watcher = Watcher()
    files.ensure(entry(NOWHERE), placed, watcher)
    assert watcher.stages == ["checking demo"]


def test_a_stamp_of_another_hash_is_not_believed(placed: Path) -> None:
    demo = entry(NOWHERE)
    files.ensure(demo, placed, Watcher())
    other = entry(NOWHERE, content=CONTENT[::-1])
    with pytest.raises(ModelCorruptError):
        files.ensure(other, placed, Watcher())


def test_a_complete_part_only_needs_checking(tmp_path: Path) -> None:
    (tmp_path / "demo.gguf.part").write_bytes(CONTENT)
    assert files.ensure(entry(NOWHERE), tmp_path, Watcher()).read_bytes() == CONTENT
    assert not (tmp_path / "demo.gguf.part").exists()


def test_a_complete_but_wrong_part_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "demo.gguf.part").write_bytes(CONTENT[::-1])
    with serving(Site()) as site:
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


def test_fingerprint_of_any_file_is_remembered(tmp_path: Path) -> None:
    own, folder = tmp_path / "own.gguf", tmp_path / "models"
    folder.mkdir()
    own.write_bytes(CONTENT)
    first, second = Watcher(), Watcher()
    assert files.fingerprint(own, folder, first) == entry(NOWHERE).sha256
    assert files.fingerprint(own, folder, second) == entry(NOWHERE).sha256
    assert (first.stages, second.stages) == (["checking own.gguf"], [])
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["own.gguf"]
    with pytest.raises(ModelMissingError, match="cannot be read"):
        files.fingerprint(tmp_path / "none.gguf", folder, Watcher())
    with pytest.raises(ModelMissingError, match="cannot be read"):
        files.fingerprint(folder, folder, Watcher())


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5000))
    with serving(Site()) as site, pytest.raises(StorageError, match="no room to fetch demo") as caught:
        files.pull(entry(site.url), tmp_path, Watcher())
    assert caught.value.exit_code == 5
    assert "MB" in caught.value.hint
    assert site.asked == []


def test_a_disk_that_fills_up_stops_the_pull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with serving(Site()) as site, monkeypatch.context() as patch:
        patch.setattr("briefing.model.part.os.fsync", full)
        with pytest.raises(StorageError, match="the disk is full"):
            files.pull(entry(site.url, site.url), tmp_path, Watcher())
        assert site.asked == [""]  # another source would not help


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_real_full_device_is_a_full_disk() -> None:
    with pytest.raises(StorageError, match="the disk is full") as caught, storing(Path("x"), 5_000_000):
        Path("/dev/full").write_bytes(b"x")
    assert "free 5 MB" in caught.value.hint


def test_a_models_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")
    with pytest.raises(StorageError):
        files.pull(entry(NOWHERE), tmp_path / "models", Watcher())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_models_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="Permission denied"):
            files.pull(entry(NOWHERE), tmp_path, Watcher())
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.slow
def test_two_threads_and_one_file(tmp_path: Path) -> None:
    watchers = [Watcher() for _ in range(4)]
    with serving(Site(stall=0.2)) as site:
        demo = entry(site.url)
        threads = [threading.Thread(target=files.pull, args=(demo, tmp_path, watcher)) for watcher in watchers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (tmp_path / "demo.gguf").read_bytes() == CONTENT
    assert site.asked == [""]
    assert sum(watcher.stages.count("fetching demo") for watcher in watchers) == 1
    assert not list(tmp_path.glob("*.lock"))


def test_a_lock_is_let_go_by_whatever_happens_inside(tmp_path: Path) -> None:
    lock = tmp_path / "x.lock"
    with pytest.raises(KeyboardInterrupt), locked(lock, lambda: None):
        raise KeyboardInterrupt
    with locked(lock, lambda: pytest.fail("nobody holds it")):
        assert lock.exists()


_PULL = """
import sys
from pathlib import Path
from briefing.model import files
from briefing.model.catalog import parse_line
from briefing.progress import Silent
files.pull(parse_line(sys.argv[1]), Path(sys.argv[2]), Silent())
"""


def _process(url: str, folder: Path) -> subprocess.Popen[bytes]:
    demo = entry(url)
    line = f"demo test demo.gguf {demo.bytes} {demo.sha256} MIT 512 {url}"
    return subprocess.Popen([sys.executable, "-c", _PULL, line, str(folder)])


def test_a_killed_pull_goes_on_and_leaves_no_lock_held(tmp_path: Path) -> None:
    with serving(Site(cut=[5000], stall=8)) as site:
        process = _process(site.url, tmp_path)
        while Part(entry(site.url), tmp_path).length() == 0:
            time.sleep(0.02)
        process.kill()
        process.wait()
        site.stall = 0
        begun = Part(entry(site.url), tmp_path).length()
        watcher = Watcher()
        assert files.pull(entry(site.url), tmp_path, watcher).read_bytes() == CONTENT
    assert begun > 0
    assert site.asked == ["", f"bytes={begun}-"]
    assert watcher.warnings == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_sigint_in_a_real_process_leaves_a_part_to_go_on_with(tmp_path: Path) -> None:
    with serving(Site(cut=[5000], stall=8)) as site:
        process = _process(site.url, tmp_path)
        while Part(entry(site.url), tmp_path).length() == 0:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) != 0
        site.stall = 0
        assert (tmp_path / "demo.gguf.part").stat().st_size == 5000
        assert json.loads((tmp_path / "demo.gguf.part.json").read_text())["validator"] == '"one"'
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


@pytest.mark.slow
def test_processes_at_once_fetch_it_once(tmp_path: Path) -> None:
    with serving(Site(stall=0.5)) as site:
        processes = [_process(site.url, tmp_path) for _ in range(3)]
        assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert site.asked == [""]
    assert (tmp_path / "demo.gguf").read_bytes() == CONTENT


def test_a_file_that_is_swapped_for_one_of_its_size_and_time_is_read_again(placed: Path) -> None:
    demo = entry(NOWHERE)
    path = files.ensure(demo, placed, Watcher())
    stat = path.stat()
    other = placed / "other"
    other.write_bytes(b"!" + CONTENT[1:])
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    with pytest.raises(ModelCorruptError, match="SHA-256"):
        files.ensure(demo, placed, Watcher())
    named = placed / "own.gguf"
    named.write_bytes(b"a")
    stat, first = named.stat(), files.fingerprint(named, placed, Watcher())
    other.write_bytes(b"b")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(named)
    assert files.fingerprint(named, placed, Watcher()) != first


@pytest.mark.parametrize("stamp", ["[" * 100_000, "{}", "[]", "null", '{"bytes": 1e999}', "\udc80"])
def test_a_damaged_stamp_costs_one_reading(placed: Path, stamp: str) -> None:
    demo = entry(NOWHERE)
    path = files.ensure(demo, placed, Watcher())
    path.with_name(f"{path.name}.verified").write_bytes(stamp.encode("utf-8", "surrogateescape"))
    assert files.ensure(demo, placed, Watcher()) == path
    assert _state(demo, placed) == "ok"
