"""`briefing serve`: this machine only, with the token only; the days' pages, and answers that arrive while they are made."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser

from briefing import pipeline
from briefing.config import load_settings
from briefing.serving import Server, serving
from briefing.stages.retold import Source
from tests.test_ask import SURE, WORKERS, Engine
from tests.test_history import keep
from tests.web import example
from tests.web.conftest import MARKED


@pytest.fixture
def engine(offline: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    monkeypatch.setattr(pipeline, "answering", lambda: SURE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some.gguf").write_bytes(b"GGUF weights")
    return Engine()


@pytest.fixture
def server(engine: Engine, tmp_path: Path) -> Iterator[Server]:
    """A server over one stored brief, that of the day made by hand."""
    articles = example.articles(tmp_path / "articles")
    texts = {article.sha256: article for article in articles.values()}
    keep(Source(example.day(articles), "", lambda record: texts.get(record.sha256)))
    with serving(load_settings({"model": str(tmp_path / "some.gguf")}), engine=engine) as made:
        thread = threading.Thread(target=made.run)
        thread.start()
        yield made
        made.stop()
        thread.join()


def ask(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Send one request to the server; `path` begins with "/" or is below its home."""
    parts = urlsplit(server.address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=30)
    connection.request(headers.pop("method", "GET"), path if path.startswith("/") else f"{parts.path}{path}", headers=headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, dict(response.headers), text


def test_nothing_is_answered_without_the_token_or_under_another_name(server: Server) -> None:
    for path in ("/", "/2026-11-21", f"/{'x' * 32}/", "/ask?q=a", "//", "/..%2f", "/\u00e9".encode("latin-1").decode("latin-1")):
        assert ask(server, quote(path, safe="/?=%"))[0] == 404
    assert ask(server, "", Host="evil.example")[0] == 403
    assert ask(server, "", method="POST")[0] == 501
    assert ask(server, "")[0] == 200
    assert server.address.startswith("http://127.0.0.1:")


def test_only_days_are_given_and_no_files(server: Server, tmp_path: Path) -> None:
    for path in ("2026-11-20", "briefs/2026-11-21.json", "../../etc/passwd", str(tmp_path / "briefs" / "2026-11-21.json"), "%2e%2e%2fx"):
        status, _, text = ask(server, path)
        assert status == 404
        assert len(text.splitlines()) == 1


def test_every_answer_has_the_policy_and_is_not_kept(server: Server) -> None:
    for path in ("", "2026-11-21", "nothing"):
        _, headers, _ = ask(server, path)
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.browser
def test_a_reader_goes_from_the_days_to_a_page_and_asks(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.goto(server.address)
    page.get_by_role("link", name="21 November 2026").click()
    page.wait_for_load_state()
    page.locator(".cite").first.click()
    assert page.evaluate(MARKED)["seen"]
    page.locator("#ask").fill(WORKERS)
    page.locator("#ask").press("Enter")
    page.locator(".claim").first.wait_for()
    assert page.locator("h1").inner_text() == WORKERS
    assert page.locator(".progress:visible").count() == 0
    page.locator(".cite").first.click()
    assert "300 dock workers" in page.evaluate(MARKED)["text"]
    page.locator("#ask").fill("Who owns the ferry to Brell?")
    page.locator("#ask").press("Enter")
    page.get_by_text("Not in the sources.").wait_for()
    page.get_by_role("link", name="All days").click()
    page.get_by_role("heading", name="Briefs").wait_for()
    assert set(asked) == {urlsplit(server.address).netloc}
    assert said == []
    page.close()


def test_an_answer_arrives_while_it_is_made(server: Server, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question and what is done stand there before the model has answered."""
    held = threading.Event()
    believe = engine.believe

    def slow(question: object) -> float:
        assert held.wait(30)
        return believe(question)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "believe", slow, raising=False)
    parts = urlsplit(server.address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=30)
    connection.request("GET", f"{parts.path}ask?q={quote('How many workers <b>are</b> back?')}")
    response = connection.getresponse()
    early = b""
    while b"Looking for answers" not in early:
        early += response.read1(4096)
    assert b"How many workers &lt;b&gt;are&lt;/b&gt; back?" in early
    assert b"</html>" not in early
    held.set()
    rest = response.read()
    assert rest.rstrip().endswith(b"</html>")
    assert b"300 dock workers" in rest
    connection.close()


def test_a_question_that_is_none_says_so_on_its_page(server: Server) -> None:
    for asked in ("", "%20", "x" * 501):
        status, _, text = ask(server, f"ask?q={asked}")
        assert status == 200
        assert "a question has 1 to 500 characters" in text


def test_a_reader_who_goes_away_in_the_middle_of_a_request_is_no_traceback(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    parts = urlsplit(server.address)
    for sent in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"):
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as reader:
            reader.sendall(sent)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # it hangs up
    time.sleep(0.2)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", parts.path)
    assert connection.getresponse().status == 200
    assert capfd.readouterr().err == ""
