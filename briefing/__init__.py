"""One neutral, checkable brief from many news articles, written by a local model."""

__version__ = "0.2.0"
