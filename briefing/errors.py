"""Every error that a user can meet, as one tree.

BriefingError
├── NothingToBriefError 1   there is nothing to write about
├── UsageError          2   the command line or a setting is wrong
├── SourceError         3   articles cannot be read
├── ModelError          4   the model cannot be had or used
│   ├── ModelMissingError       not on disk, and no source could be reached
│   ├── ModelAwayError          no server answers now; later one may
│   ├── ModelCorruptError       the file is not what its SHA-256 says
│   └── ModelUnsuitableError    this GGUF file cannot do what is asked of it
└── StorageError        5   the database or an output file cannot be read or written
    └── DamagedError            a database holds what was not written to it

The number is the exit code. Each error is one line of text about its subject, and where there is one a hint that says what to do.
They are printed in one place (`briefing.cli.running`); anything else that reaches the user as a traceback is a bug.
"""

from typing import ClassVar


class BriefingError(Exception):
    """Root of the tree. `str(error)` is one line; `hint` is empty or one line more."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NothingToBriefError(BriefingError):
    """The sources were read and hold nothing to brief."""


class UsageError(BriefingError):
    """A flag, an argument or a setting is wrong."""

    exit_code = 2


class SourceError(BriefingError):
    """The source folder or every article in it cannot be read."""

    exit_code = 3


class ModelError(BriefingError):
    """The model cannot be had or used."""

    exit_code = 4


class ModelMissingError(ModelError):
    """The model file is not on disk, and no source of it could be reached."""


class ModelAwayError(ModelError):
    """No server of the model answers now; later one may."""


class ModelCorruptError(ModelError):
    """The model file, or what was fetched for it, is not what its SHA-256 says."""


class ModelUnsuitableError(ModelError):
    """The file is no GGUF model, or the model lacks something a task needs (a chat template, a yes/no token)."""


class StorageError(BriefingError):
    """The database or an output file cannot be read or written."""

    exit_code = 5


class DamagedError(StorageError):
    """A database of ours holds what was not written to it, or cannot be made sense of."""
