"""Asking for help is quick: what is heavy is imported where it is used."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(
    "module", ["briefing", "briefing.cli", "briefing.console", "briefing.config", "briefing.model.cached", "briefing.language.cached"]
)
def test_importing_it_imports_nothing_heavy(module: str) -> None:
    done = run("-c", f"import sys, {module}; print(*sys.modules, sep='\\n')")
    assert HEAVY & set(done.stdout.split()) == set()


def test_help_takes_half_a_second_of_processor_time() -> None:
    """Best of three: a busy machine stretches that, too, a little."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert "generate" in run("-c", "from briefing.cli import main; main()", "--help").stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(seconds) < 0.5, seconds
