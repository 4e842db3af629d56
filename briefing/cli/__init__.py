"""The command line: one file a command, `options` and `printing` shared by them, `running` around them all.

stdout carries the product or its path and nothing else; everything said about it goes to stderr. Only typer is
imported at once, so that help is quick: what a command needs is imported in the command.
"""

from briefing.cli.running import BROKEN_PIPE, INTERRUPTED, main, run

__all__ = ["BROKEN_PIPE", "INTERRUPTED", "main", "run"]
