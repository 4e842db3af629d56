"""What Tab offers for a value: models, briefs, articles of the last one. It fetches, makes and says nothing.

What cannot be found out offers nothing: a line that is being typed is no place for an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.store import Store


def models(incomplete: str) -> list[tuple[str, str]]:
    """Return the models that can write, each with its role."""
    from briefing.engines import WRITERS, known_models

    return [(one.name, one.role) for one in known_models().entries if one.role in WRITERS and one.name.startswith(incomplete)]


def all_models(incomplete: str) -> list[tuple[str, str]]:
    """Return every model of models.txt, each with its role."""
    from briefing.engines import known_models

    return [(one.name, one.role) for one in known_models().entries if one.role != "part" and one.name.startswith(incomplete)]


def briefs(incomplete: str) -> list[str]:
    """Return the stored briefs, each as DATE or DATE.NAME, the last first."""
    from briefing.history import called

    found: list[str] = []
    with suppress(BriefingError), _store() as store:
        found += dict.fromkeys(name for name in map(called, reversed(store.briefs())) if name.startswith(incomplete))
    return found


def articles(incomplete: str) -> list[tuple[str, str]]:
    """Return the file IDs of the last stored brief, each with its title."""
    from briefing.console import plain
    from briefing.history import named

    with suppress(BriefingError), _store() as store:
        known = [record for one in store.briefs()[-1:] for record in named(one).articles]
        return [(record.id, plain(record.title)) for record in known if record.id.startswith(incomplete)]
    return []


@contextmanager
def _store() -> Iterator[Store]:
    """Give the database; raises BriefingError where there is none yet: it is not made for this."""
    from briefing.config import load_settings
    from briefing.opening import begun, open_store

    settings = load_settings()
    if not begun(settings):
        raise BriefingError("no database")
    with closing(open_store(settings)) as store:
        yield store
