"""What the main job costs and what it gives, against the targets: time, memory, tokens, and the properties of the brief.

    python -m tests.benchmarks.generate [--articles seeds] [--model NAME|PATH] [--json]

Runs of the program, each in a process of its own: one with an empty home and the model on disk, then three with nothing
changed, of which the middle one counts. The exit code is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.brief import Brief
from briefing.config import PREFIX, Settings, load_settings
from briefing.console import watcher
from briefing.engines import choose
from briefing.model import files
from tests.properties import SEEDS, faults, read_articles

DATE = "2026-11-22"
PROGRAM = (sys.executable, "-m", "briefing")
COLD_SECONDS, WARM_SECONDS, PEAK_BYTES = 150, 2, 3e9


@dataclass(frozen=True)
class Run:
    """One run of the program: the brief, wall time, and the most memory it held at once (None where it is not known)."""

    brief: Brief
    seconds: float
    peak: int | None


def main() -> int:
    """Measure, print, and say by the exit code whether every target was reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=SEEDS, help="default: the seeds")
    parser.add_argument("--model", metavar="NAME|PATH", help="default: the default model, fetched if it is not there")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    settings = load_settings({"model": options.model})
    chosen = choose(settings)
    if chosen.entry:
        files.ensure(chosen.entry, settings.models, watcher())
    figures = measure(options.articles, settings)
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n" if options.json else table(figures))
    return 0 if all(target["reached"] for target in figures["targets"]) else 1


def measure(articles: Path, settings: Settings, program: Sequence[str] = PROGRAM) -> dict[str, Any]:
    """Run the program in a temporary home, and return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        cold = run(articles, settings, program, Path(folder))
        warm = sorted((run(articles, settings, program, Path(folder)) for _ in range(3)), key=lambda done: done.seconds)[1]
    brief = cold.brief
    found = faults(brief, read_articles(articles))
    spent = warm.brief.run.tokens
    targets = [
        target("first run, seconds", cold.seconds, COLD_SECONDS),
        target("second run, seconds", warm.seconds, WARM_SECONDS),
        target("second run, tokens", spent.prompt + spent.generated, 0),
        target("peak memory, bytes", cold.peak, PEAK_BYTES),
        *(target(f"{name}: exceptions", len(broken), 0) for name, broken in found.items()),
    ]
    return {
        "machine": machine(),
        "model": brief.run.model.model_dump(),
        "articles": sum(article.status == "used" for article in brief.articles),
        "claims": len(brief.claims),
        "verbatim": sum(claim.verbatim for claim in brief.claims),
        "citations": sum(len(claim.citations) for claim in brief.claims),
        "stories": len(brief.stories),
        "omitted": len(brief.omitted),
        "tokens": brief.run.tokens.model_dump(),
        "gates": brief.run.gates,
        "first_run_seconds": cold.seconds,
        "second_run_seconds": warm.seconds,
        "peak_memory_bytes": cold.peak,
        "targets": targets,
        "exceptions": {name: broken for name, broken in found.items() if broken},
    }


def run(articles: Path, settings: Settings, program: Sequence[str], home: Path) -> Run:
    """Run the program once, with a home of its own and the user's model files."""
    command = [*program, "generate", str(articles.absolute()), "--date", DATE, "--out", str(home / "briefs"), "--quiet"]
    command += ["--model", settings.model] if settings.model else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {"BRIEFING_HOME": str(home), "BRIEFING_MODELS": str(settings.models.absolute())}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    peak = _wait(process)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    record = home / "briefs" / f"{DATE}.json"
    return Run(Brief.model_validate_json(record.read_text(encoding="utf-8")), round(seconds, 2), peak)


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    """Wait for the end of a process; return the most memory it held, in bytes, where the system says so."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def target(name: str, value: float | None, most: float) -> dict[str, Any]:
    """Return a figure with its target; one that could not be measured has not reached it."""
    return {"name": name, "value": value, "at_most": most, "reached": value is not None and value <= most}


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else None
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_bytes": memory,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def table(figures: dict[str, Any]) -> str:
    """Return the figures as lines to be read."""
    on = figures["machine"]
    lines = [f"{on['processor']}, {on['cores']} cores, {on['system']}; {figures['model']['name']}"]
    lines += [f"{name:24}{figures[name]:>10,}" for name in ("articles", "claims", "verbatim", "citations", "stories", "omitted")]
    lines += [f"{f'tokens, {name}':24}{number:>10,}" for name, number in figures["tokens"].items()]
    for item in figures["targets"]:
        value = "not known" if item["value"] is None else f"{item['value']:,}"
        lines.append(f"{'ok    ' if item['reached'] else 'MISSED'} {item['name']:52}{value:>16}  at most {item['at_most']:,.0f}")
    lines += [f"{name}: {'; '.join(broken)}" for name, broken in figures["exceptions"].items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
