"""Asking for help is quick: what is heavy is imported where it is used."""

from __future__ import annotations

import resource
import subprocess
import sys

HEAVY = {
    "llama_cpp",
    "llguidance",
    "numpy",
    "rich.progress",
    "syntok",
    "jinja2",
    "charset_normalizer",
    "tokenizers",
    "safetensors",
    "spacy",
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


LIGHT = ("briefing", "briefing.cli", "briefing.console", "briefing.config", "briefing.model.cached", "briefing.language.cached")


def test_importing_what_is_always_needed_imports_nothing_heavy() -> None:
    done = run("-c", f"import sys, {', '.join(LIGHT)}; print(*sys.modules, sep='\\n')")
    assert HEAVY & set(done.stdout.split()) == set()


def test_help_takes_half_a_second_of_processor_time() -> None:
    """Best of three at most: a busy machine stretches that, too, a little."""
    seconds: list[float] = []
    while len(seconds) < 3 and min(seconds, default=1) >= 0.5:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert "generate" in run("-c", "from briefing.cli import main; main()", "--help").stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(seconds) < 0.5, seconds
