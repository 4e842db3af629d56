"""`briefing models list | pull | verify`: the model files."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.complete import all_models
from briefing.cli.options import AsJson, Quiet, settings_of
from briefing.cli.printing import put, put_json, put_path, watched
from briefing.errors import ModelCorruptError

if TYPE_CHECKING:
    from briefing.model.files import Finding


def list_models(as_json: AsJson = False) -> None:
    """List the models: name, role, size, state."""
    from briefing import engines

    settings = settings_of()
    _print_models(engines.models(settings), settings.models, as_json)


def pull_model(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="The model.  [default: the default model and the parser]", autocompletion=all_models)
    ] = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Fetch a model.

    Files that are there and damaged are replaced. The path of each file is printed, of a model of many files its folder.
    """
    from briefing import engines

    with watched(quiet) as progress:
        paths = engines.pull(name, settings_of(), progress)
    if as_json:
        put_json({"paths": [str(path) for path in paths]})
        return
    for path in paths:
        put_path(path)


def verify_models(as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Check the SHA-256 of every file."""
    from briefing import engines

    settings = settings_of()
    with watched(quiet) as progress:
        findings = engines.check_models(settings, progress)
    _print_models(findings, settings.models, as_json)
    wrong = [finding for finding in findings if finding.wrong]
    if wrong:
        names = ", ".join(f"{finding.entry.name} ({finding.detail})" for finding in wrong)
        hint = f"`briefing models pull {wrong[0].entry.name.partition(':')[0]}` fetches it again"
        raise ModelCorruptError(f"not what models.txt says: {names}", hint)


def _print_models(findings: Sequence[Finding], folder: Path, as_json: bool) -> None:
    """Print a table: columns two spaces or more apart, and no such gap inside one. A folder of files is one row."""
    from briefing.model.files import combined

    groups = [list(group) for _, group in itertools.groupby(findings, key=lambda finding: finding.entry.place)]
    sizes = [sum(finding.entry.bytes for finding in group) for group in groups]
    if as_json:
        known = [
            {"name": one.name, "role": one.role, "bytes": size, "licence": one.licence, "path": str(folder / one.place), "state": state}
            for (one, state), size in zip(((group[0].entry, combined(group)) for group in groups), sizes, strict=True)
        ]
        put_json({"models": known})
        return
    rows = [("name", "role", "size", "state")]
    for group, size in zip(groups, sizes, strict=True):
        rows.append((group[0].entry.name, group[0].entry.role, f"{size / 1e6:.1f} MB", combined(group)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, role, amount, state in rows:
        put(f"{name:{widths[0]}}  {role:{widths[1]}}  {amount:>{widths[2]}}  {state}")
