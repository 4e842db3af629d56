"""`python -m tests.newsroom [NAME]`: what a newsroom has to outlive, in full; a word of a NAME picks those that have it."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.newsroom.hardships import ALL, by_hand
from tests.postgres import Server


def main() -> None:
    """Run all, or those that are named."""
    server = Server()
    try:
        with by_hand():
            for name, hardship in ALL.items():
                if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
                    continue
                database = server.begin()
                start = time.monotonic()
                with tempfile.TemporaryDirectory() as folder:
                    found = hardship(Path(folder), server.address(database), server)
                print(
                    f"{name}: every brief as a single process makes it, in {time.monotonic() - start:.0f} s"
                    + (f"; {found} requests asked twice" if isinstance(found, int) else ""),
                    flush=True,
                )
                server.end(database)
    finally:
        server.close()


if __name__ == "__main__":
    main()
