"""One neutral, checkable brief from many news articles, written by a local model."""

from importlib.metadata import version

__version__ = version("briefing")
