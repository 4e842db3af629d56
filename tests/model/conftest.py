"""What several tests of fetching need from pytest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

_PIP = """#!{python} -IS
import os, shutil, sys
name = sys.argv[-1].replace("-", "_").replace("==", "-")
path = os.path.join(os.environ["PIP_FIND_LINKS"], name + "-py3-none-any.whl")
sys.exit(None if os.path.exists(path) and shutil.copy(path, sys.argv[sys.argv.index("--dest") + 1]) else "ERROR: No matching distribution")
"""


@pytest.fixture
def shelf(tmp_path: Path, pip_shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where a script finds wheels that stands in the place of pip: to start pip itself takes most of a second."""
    script = tmp_path / "quick-pip"
    script.write_text(_PIP.format(python=sys.executable), encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setattr("briefing.model.wheels.sys.executable", str(script))
    return pip_shelf


@pytest.fixture
def pip_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the real pip finds wheels, and nowhere else."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder
