"""`briefing schema`: the JSON Schema of a record."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from briefing.cli.printing import put_exact


class Record(StrEnum):
    """The records that have a schema, as `briefing.schemas.RECORDS` has them; named here so that help and completion import no more."""

    brief = "brief"
    verdict = "verdict"
    answer = "answer"
    diff = "diff"
    timeline = "timeline"
    article = "article"
    page = "page"


def schema(
    record: Annotated[Record, typer.Argument(metavar="RECORD", help=f"Which record: {', '.join([*Record][:-1])} or {[*Record][-1]}.")],
) -> None:
    """Print the JSON Schema of a record."""
    import json

    from briefing.schemas import RECORDS

    put_exact(json.dumps(RECORDS[record].model_json_schema(mode="serialization"), indent=2))
