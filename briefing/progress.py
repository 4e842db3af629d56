"""What a long job tells its watcher. The shapes only: `briefing.console` draws them, `Silent` ignores them."""

from typing import Protocol


class Progress(Protocol):
    """Receives the stages of a job, in order, one at a time. No method may raise."""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Begin the next stage; `total` counts `unit`s ("articles", "bytes"), None where it is not known."""

    def advance(self, amount: int = 1) -> None:
        """Say that so many more units of the current stage are done."""

    def warn(self, message: str) -> None:
        """Say one line that the user should see even in a quiet run."""

    def close(self) -> None:
        """End the last stage."""


class Silent:
    """A Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Ignore the stage."""

    def advance(self, amount: int = 1) -> None:
        """Ignore the step."""

    def warn(self, message: str) -> None:
        """Ignore the warning."""

    def close(self) -> None:
        """Do nothing."""
