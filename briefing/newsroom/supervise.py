"""The process around a worker's: begins another one where that ended in the middle of its work, and says which jobs failed by it."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress

from briefing.address import PostgresAddress
from briefing.errors import BriefingError
from briefing.newsroom.ledger import Ledger
from briefing.progress import Progress

_LOG = logging.getLogger(__name__)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before another process begins where one ended
_STEADY = 60.0  # seconds that a process has to live for the next pause to be the first again


def supervise(serving: Callable[[], None], address: PostgresAddress, progress: Progress) -> None:
    """Run `serving` in a process of its own, and in another one where that ended otherwise than as it was told. Returns once it was.

    Nothing is open in this process meanwhile, so that each new one begins clean.
    """
    ending = threading.Event()
    child = 0

    def end(_number: int, _frame: object) -> None:
        ending.set()
        if child:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)

    before = {number: signal.signal(number, end) for number in _SIGNALS}
    pause = _FIRST_PAUSE
    try:
        while not ending.is_set():
            started = time.monotonic()
            child, alive = _forked(serving, progress)
            if ending.is_set():
                os.kill(child, signal.SIGTERM)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            ended, child = child, 0
            os.close(alive)
            if code == 0 or ending.is_set():
                return
            why = f"ended by signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"ended with {code}"
            progress.warn(f"the worker's process {why}; another one begins")
            with suppress(BriefingError), closing(Ledger(address)) as ledger:
                ledger.dismiss(socket.gethostname(), ended, f"the process that did it {why}")
            pause = _FIRST_PAUSE if time.monotonic() - started > _STEADY else min(pause * 2, _LONGEST_PAUSE)
            ending.wait(pause)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _forked(serving: Callable[[], None], progress: Progress) -> tuple[int, int]:
    """Begin a process that ends with this one; return its number, and what is to be closed when it has ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(reading)
        return child, writing
    code = 1
    try:
        os.close(writing)
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=_orphaned, args=(reading,), daemon=True).start()
        serving()
        code = 0
    except BriefingError as error:
        progress.warn(str(error))
        code = error.exit_code
    except BaseException:
        _LOG.exception("a worker failed")
    finally:
        os._exit(code)


def _orphaned(reading: int) -> None:
    """End this process once the one around it is gone."""
    os.read(reading, 1)
    os.kill(os.getpid(), signal.SIGKILL)
