"""The one check command: `python -m tests` runs everything that must hold, and says how long each step took.

The tests run side by side, a file at a time, one worker a core: first those that take a moment, for after every change (`--fast` runs no
others), then those that start programs, servers, databases and browsers. Those that need the real model come last, one by one: it takes all
cores. `--long` takes hours: what is else tried a part of is tried in full. Every step is run, whatever failed before; the exit code is that
of the first that failed. The last line is pytest's own, unless another step failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONG = {name: [f"tests.{name}"] for name in ("faults", "odd", "honest", "model.server")}
SLOW = "slow or browser or postgres"
SIDE_BY_SIDE = ["-n", "auto", "--dist", "loadfile"]
FAST = {"fast tests": ["-m", f"not real and not ({SLOW})", *SIDE_BY_SIDE]}
TESTS = FAST | {"slow tests": ["-m", f"not real and ({SLOW})", *SIDE_BY_SIDE], "real tests": ["-m", "real"]}
CHECKS = {"ruff check": ["ruff", "check", "."], "ruff format": ["ruff", "format", "--check", "."], "mypy": ["mypy"]}


def run(name: str, module: str, *arguments: str) -> int:
    """Run one step; return its exit code."""
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    """Run the steps in the repository; return the exit code of the first that failed."""
    parser = argparse.ArgumentParser(prog="python -m tests", description="Run every check of this repository.")
    parser.add_argument("--fast", action="store_true", help="two minutes: no programs, servers, databases, browsers or models")
    parser.add_argument("--long", action="store_true", help="try all of what is else tried a part of: hours")
    asked = parser.parse_args()
    codes: dict[str, int] = {}
    for name, command in (CHECKS | (LONG if asked.long else {})).items():
        start = time.perf_counter()
        codes[name] = run(name, *command)
        how = f"FAILED ({codes[name]})" if codes[name] else "passed"
        print(f"== {name}: {how} in {time.perf_counter() - start:.1f} s\n", flush=True)
    tests = FAST if asked.fast else TESTS
    for name, arguments in tests.items():
        codes[name] = run(name, "pytest", *arguments, *(["--long"] if asked.long else []))
    last = [*tests][-1]
    failed = [name for name, code in codes.items() if code]
    if failed and failed != [last]:
        print(f"== FAILED: {', '.join(failed)}", flush=True)
    return next((code for code in codes.values() if code), 0)


if __name__ == "__main__":
    sys.exit(main())
