"""`python -m tests.model.server`: the whole command against a server that answers badly in every way known; minutes, no model.

It needs the parser and the embedder (BRIEFING_HOME or BRIEFING_MODELS). Each run must end within a minute in one of the exit codes, without
a traceback or an escape of the terminal, and what it wrote must verify. The exit code is 1 where one does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefing.config import load_settings
from tests.model.server.hostile import WAYS, HostileServer, address
from tests.properties import ROOT

_ARTICLES = {
    "one": "Mayor Ines Calder said on Monday that 300 workers, who had been on strike for 12 days over pay and over the hours that they "
    "are made to work at night, returned to the port of Aster.\n\nThe ferry company of Brell sold 40 ships to Dorn.\n",
    "two": "About 300 workers returned to the port of Aster on Monday, Mayor Ines Calder said.\n\nThe road to Brell is closed.\n",
}
_CODES = {0, 1, 2, 4}


def fault(url: str, folder: Path) -> str:
    """Run the command once; return what was wrong with how it ended, "" where nothing was."""
    sources = folder / "articles"
    sources.mkdir(parents=True)
    for name, text in _ARTICLES.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    environment = {**os.environ, "BRIEFING_DATABASE": str(folder / "briefing.sqlite3"), "BRIEFING_SERVER_TIMEOUT": "3"}

    def command(*arguments: object) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "briefing", *map(str, arguments)]
        return subprocess.run(program, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60, check=False)

    try:
        done = command("generate", sources, "--date", "2026-11-22", "--quiet", "--out", folder / "briefs", "--server", url)
    except subprocess.TimeoutExpired:
        return "did not end within a minute"
    if "Traceback" in done.stderr:
        return "a traceback"
    if "\x1b" in done.stdout + done.stderr:
        return "an escape of the terminal"
    if done.returncode not in _CODES:
        return f"ended with {done.returncode}"
    record = folder / "briefs" / "2026-11-22.json"
    if record.exists() and (checked := command("verify", record)).returncode:
        return f"wrote what does not verify: {checked.stdout.splitlines()[:1]}"
    return ""


def main() -> int:
    """Run all ways, early and late."""
    models, server = load_settings().models.absolute(), HostileServer()
    os.environ["BRIEFING_MODELS"] = str(models)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BRIEFING_HOME"] = folder
        for n, way in enumerate(f"{way}{late}" for late in ("", "-late") for way in WAYS):
            started = time.monotonic()
            found = fault(address(server, way), Path(folder, str(n)))
            faults += bool(found)
            sys.stdout.write(f"{time.monotonic() - started:5.1f} s  {way}{': FAILED, ' if found else ''}{found}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{2 * len(WAYS)} ways, {faults} failed\n")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
