"""The guard of conftest.py holds: no test of the fast suite can leave the machine by mistake."""

from __future__ import annotations

import socket
import urllib.request

import pytest

STOPPED = pytest.fail.Exception


def test_nothing_leaves_the_machine() -> None:
    with pytest.raises(STOPPED, match="look up"):
        urllib.request.urlopen("http://example.org/")
    for name in ("connect", "connect_ex"):
        with socket.socket() as plug, pytest.raises(STOPPED, match="reach"):
            getattr(plug, name)(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as plug, pytest.raises(STOPPED, match="reach"):
        plug.sendto(b"x", ("192.0.2.1", 53))


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as plug:
        plug.sendall(b"x")
        assert server.accept()[0].recv(1) == b"x"
