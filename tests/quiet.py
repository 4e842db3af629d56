"""The library's HTTP server as tests use it: a client that hangs up is no traceback among what a later test reads."""

from __future__ import annotations

from http.server import ThreadingHTTPServer


class QuietServer(ThreadingHTTPServer):
    """Says nothing of requests that come to no end."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""
