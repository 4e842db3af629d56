"""Folders made by chance, of files of one or several articles that tell alike: `verify` passes each brief of them, from anywhere."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import app
from briefing.config import Settings
from briefing.errors import BriefingError
from briefing.progress import Silent
from briefing.sources.given import Article
from tests import faults
from tests.honest import DATE, SENTENCES, sentence

FOLDERS = 40
KINDS = (".txt", ".md", ".csv", ".jsonl", ".mbox", "copy", "link", "away", "empty", "binary")


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    with faults.by_hand():
        yield


def fill(folder: Path, chance: random.Random, texts: list[str]) -> None:
    """Write one more file, of some of these texts, or a copy of one, or a link to it."""
    place = folder / chance.choice(("", "s", "s/t"))
    place.mkdir(parents=True, exist_ok=True)
    kind, known = chance.choice(KINDS), sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    several = [chance.choice(texts) for _ in range(chance.randint(1, 4))]
    other = chance.choice(known) if known else None
    end = other.suffix if kind == "copy" and other else kind if kind.startswith(".") else ".txt"
    path = place / f"{chance.choice(('a', 'A', '1', 'x y', 'odd'))}{end}"
    if path.exists() or path.is_symlink():
        return
    if kind == ".md":
        path.write_text(f"---\nurl: https://x.example/1\nedition: {chance.randint(1, 3)}\n---\n\n{several[0]}\n", encoding="utf-8")
    elif kind == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["text"], *([one] for one in several)])
    elif kind == ".jsonl":
        path.write_text("".join(f"{json.dumps({'text': one})}\n" for one in several), encoding="utf-8")
    elif kind == ".mbox":
        head = "From a@b.c Mon Nov 23 10:00:00 2026\nFrom: D <a@b.c>\nSubject: H\nDate: Mon, 23 Nov 2026 10:00:00 +0000"
        path.write_text("".join(f"{head}\n\n{one}\n\n" for one in several), encoding="utf-8")
    elif kind == "link" and other:
        path.symlink_to(other)
    elif kind == "away":
        path.symlink_to(Path(__file__))
    else:
        kept = other.read_bytes() if kind == "copy" and other else several[0].encode()
        path.write_bytes({"empty": b"", "binary": b"\x00\x01" * 200}.get(kind, kept))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, FOLDERS, 10))
def test_briefs_of_odd_folders_are_verified_from_anywhere(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: list[str] = []
    for seed in range(first, first + 10):
        chance, home = random.Random(seed), tmp_path / str(seed)
        news = home / "news"
        news.mkdir(parents=True)
        (home / "some.gguf").write_bytes(b"GGUF weights")
        settings = Settings(home=home / "kept", out=home / "briefs", model=str(home / "some.gguf"))
        texts = ["Photos", *(sentence(chance.choice(SENTENCES), n) for n in range(4))]
        for _ in range(chance.randint(2, 9)):
            fill(news, chance, texts)
        given = [Article(chance.choice(texts), id="given")] if chance.random() < 0.3 else []
        monkeypatch.chdir(home)
        try:
            made = app.generate([Path("news"), *given], settings, date=DATE, budget=chance.choice((1e9, 0.0)), progress=Silent())
        except BriefingError:  # nothing of it can be told
            continue
        record = made.record.absolute()
        for place in (home, tmp_path):
            monkeypatch.chdir(place)
            ways: list[list[Path | Article]] = [[news, *given], *([] if given else [[]])]
            for sources in ways:
                found = app.verify(record, sources, settings, progress=Silent()).findings
                wrong += [f"{seed}: {one.detail}" for one in found]
    assert wrong == []
