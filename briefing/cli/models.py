"""`briefing models list | pull | verify`: the model files."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.options import Quiet, settings_of
from briefing.cli.printing import put, watched
from briefing.errors import ModelCorruptError

if TYPE_CHECKING:
    from briefing.model.files import Finding


def list_models() -> None:
    """List the models: name, role, size, state."""
    from briefing import engines

    _print_models(engines.models(settings_of()))


def pull_model(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="The model.  [default: the default model and the parser]")] = "",
    quiet: Quiet = False,
) -> None:
    """Fetch a model.

    Files that are there and damaged are replaced. The path of each file is printed, of a model of many files its folder.
    """
    from briefing import engines

    with watched(quiet) as progress:
        paths = engines.pull(name, settings_of(), progress)
    for path in paths:
        put(path)


def verify_models(quiet: Quiet = False) -> None:
    """Check the SHA-256 of every file."""
    from briefing import engines

    with watched(quiet) as progress:
        findings = engines.check_models(settings_of(), progress)
    _print_models(findings)
    wrong = [finding for finding in findings if finding.wrong]
    if wrong:
        names = ", ".join(f"{finding.entry.name} ({finding.detail})" for finding in wrong)
        hint = f"`briefing models pull {wrong[0].entry.name.partition(':')[0]}` fetches it again"
        raise ModelCorruptError(f"not what models.txt says: {names}", hint)


def _print_models(findings: Sequence[Finding]) -> None:
    """Print a table: columns two spaces or more apart, and no such gap inside one. A folder of files is one row."""
    from briefing.model.files import combined

    rows = [("name", "role", "size", "state")]
    for _, group in itertools.groupby(findings, key=lambda finding: finding.entry.place):
        some = list(group)
        size = sum(finding.entry.bytes for finding in some)
        rows.append((some[0].entry.name, some[0].entry.role, f"{size / 1e6:.1f} MB", combined(some)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, role, amount, state in rows:
        put(f"{name:{widths[0]}}  {role:{widths[1]}}  {amount:>{widths[2]}}  {state}")
