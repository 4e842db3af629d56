"""The command `briefing`, and `python -m briefing`: Ctrl-C ends it with one line and 130, from the first module it loads to its very end.

Pressed once in a run, what was begun is put in order first; pressed again, or before anything was begun, the program is gone at once.
Where Ctrl-C was ignored from the start (a job in the background), it stays so.
"""

import os
import signal
from contextlib import suppress
from types import FrameType

_LINE = b"interrupted; run the same command again to continue\n"
_CURSOR = b"\x1b[?25h"  # progress bars hide it


class _Interrupts:
    """The handler of SIGINT. `begun` is set once there is something to put in order."""

    def __init__(self) -> None:
        self.begun = False
        self._listens = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        if self._listens:
            signal.signal(signal.SIGINT, self._caught)

    def end(self) -> None:
        """Let nothing disturb the interpreter while it ends.

        Under `python -m`, Python dies of an interrupt that fell into an `exec` (of a dataclass, say), caught or not, but for a later one.
        """
        exec("")  # noqa: S102
        if self._listens:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _caught(self, _number: int, _frame: FrameType | None) -> None:
        if self.begun:
            self.begun = False
            raise KeyboardInterrupt
        with suppress(OSError):
            os.write(2, (_CURSOR if os.isatty(2) else b"") + _LINE)
        os._exit(130)


def main() -> None:
    """Run the program: the entry point of the command `briefing`."""
    interrupts = _Interrupts()
    from briefing.cli import main as run  # a tenth of a second, in which Ctrl-C may come

    interrupts.begun = True
    try:
        run()
    finally:
        interrupts.end()


if __name__ == "__main__":
    main()
