"""Of a page that was fetched again, the last edition is briefed and asked; the earlier ones are kept, and say why they are not used."""

from __future__ import annotations

from pathlib import Path

from briefing.progress import Silent
from briefing.reading import gather, read_all


def put(path: Path, edition: int, text: str, url: str = "https://lind.example/gate") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nurl: {url}\nedition: {edition}\n---\n\n{text}\n", encoding="utf-8")


def test_the_last_edition_is_used(tmp_path: Path) -> None:
    put(tmp_path / "2026-11-24" / "gate.md", 1, "The harbour will close for three weeks.")
    put(tmp_path / "2026-11-24" / "gate.2.md", 2, "The harbour will close for four weeks.")
    put(tmp_path / "2026-11-25" / "gate.3.md", 3, "The harbour will close for five weeks.")
    put(tmp_path / "2026-11-25" / "ferry.md", 1, "The ferry will run every hour.", "https://lind.example/ferry")
    put(tmp_path / "2026-11-25" / "odd.md", 0, "The market opens at nine.", "https://lind.example/market")
    outcomes = {one.id: one for one in read_all(gather([tmp_path]), [tmp_path], Silent())}
    assert {name: one.reason or one.status for name, one in outcomes.items()} == {
        "gate": "an earlier edition of gate.3",
        "gate.2": "an earlier edition of gate.3",
        "gate.3": "used",
        "ferry": "used",
        "odd": "used",
    }
    assert outcomes["gate.3"].article is not None
    assert outcomes["gate.3"].article.edition == 3
