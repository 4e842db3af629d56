"""One neutral, checkable brief from many news articles, written by a local model.

    from briefing import Article, Briefing

    with Briefing() as briefing:
        brief = briefing.generate([Article("…", outlet="Bild"), Article("…", outlet="RT")])

See `briefing.api` for what it can do. Importing the package imports nothing heavy: what is named here is fetched when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.api import Briefing
    from briefing.config import Settings
    from briefing.sources.given import Article

__version__ = "0.2.0"

__all__ = ["Article", "Briefing", "Settings", "__version__"]

_HOME = {"Article": "briefing.sources.given", "Briefing": "briefing.api", "Settings": "briefing.config"}


def __getattr__(name: str) -> object:
    """Fetch what programs use when it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    found: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
