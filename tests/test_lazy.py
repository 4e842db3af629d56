"""Asking for help is quick: what is heavy is imported where it is used."""

from __future__ import annotations

import os
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


def test_help_takes_less_than_half_a_second_of_the_processor() -> None:
    """Its own seconds, not those of the clock: the machine may be busy."""
    seconds = []
    for _ in range(3):
        before = os.times()
        assert "generate" in run("-c", "from briefing.cli import main; main()", "--help").stdout
        after = os.times()
        seconds.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(seconds) < 0.5, seconds
