"""A brief that was written, as `generate` and `desks run` say it: where its files are, and what is wrong with it all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.printing import put_json, put_path, say, say_error
from briefing.errors import ModelError

if TYPE_CHECKING:
    from briefing.output import Written


def put_written(written: Written, *, as_json: bool = False, quiet: bool = False) -> None:
    """Print the paths of a brief, or its record. Raises StorageError where its page is missing, ModelError where nothing was judged."""
    from briefing.pipeline import HINT_UNJUDGED

    if as_json:
        put_json(written.brief)
        if not quiet:
            say(f"written: {', '.join(map(str, written.files))}")
    else:
        for file in written.files:
            put_path(file)
    run, unpaged = written.brief.run, written.unpaged
    if run.unjudged:
        if unpaged:
            say_error(str(unpaged), unpaged.hint)
        raise ModelError(f"the brief is written, and nothing in it was judged: {run.model.name}: {run.problem}", HINT_UNJUDGED)
    if unpaged:
        raise unpaged
