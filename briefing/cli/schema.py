"""`briefing schema`: the JSON Schema of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.printing import put


def schema(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="Which record: brief, verdict, answer, diff, timeline, article or page.")],
) -> None:
    """Print the JSON Schema of a record."""
    import json

    from briefing import app as application

    put(json.dumps(application.record_schema(record), indent=2))
