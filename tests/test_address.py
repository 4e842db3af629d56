"""The address of a database is read once, and no message shows what is secret in it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from briefing import cli, opening
from briefing.address import PostgresAddress, is_address
from briefing.config import Settings, load_settings
from briefing.errors import UsageError

SECRETS = ("s3cret", "b0b", "s3/cret", "s%40cret")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://db.example.org/news", "postgresql://db.example.org/news"),
        ("postgres://b0b@db:5433/news", "postgres://db:5433/news"),
        ("postgresql://b0b:s3cret@db/news?sslmode=require", "postgresql://db/news"),
        ("postgresql:///news?host=/run/postgresql&password=s3cret", "postgresql:///news"),
        ("postgresql://b0b:s3/cret@db/news", "postgresql://db/news"),
        ("postgresql://b0b:p@s3cret@db/news", "postgresql://db/news"),
        ("postgresql://b0b:s%40cret@one:1,two:2/news", "postgresql://one:1,two:2/news"),
    ],
)
def test_it_is_shown_without_what_may_be_secret(url: str, shown: str) -> None:
    address = PostgresAddress(url)
    assert str(address) == shown
    told = f"{address} {address!r} {Settings(database=address)!r} {address.hidden(f'at {url}')}"
    assert not [secret for secret in SECRETS if secret in told]
    assert address.hidden("database briefing is starting up") == "database briefing is starting up"


@pytest.mark.parametrize("url", ["postgresql://a b/c", "postgresql://x\n/y", "mysql://x/y", "postgresql:x", "/a/path"])
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValueError, match="should be a path, or the address") as caught:
        PostgresAddress(url)
    assert url not in str(caught.value)


def test_the_setting_is_a_path_or_an_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load_settings({"database": "some/file.sqlite3"}).database == Path("some/file.sqlite3")
    assert load_settings({"database": str(tmp_path / "postgres")}).index == tmp_path / "index.sqlite3"
    monkeypatch.setenv("BRIEFING_DATABASE", " postgresql://b0b:s3cret@db/news ")
    settings = load_settings()
    assert settings.database == settings.index == PostgresAddress("postgresql://b0b:s3cret@db/news")
    assert not is_address("postgresql.sqlite3")
    for wrong in ("postgresql://b0b:s3cret@db/ne ws", "\0 s3cret"):
        with pytest.raises(UsageError, match="database: should be a path") as caught:
            load_settings({"database": wrong})
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("desk", ["No", "-x", "a b", "x" * 64, "@anna", "ä"])
def test_a_desk_has_a_plain_name(desk: str) -> None:
    with pytest.raises(UsageError, match="--desk: "):
        load_settings({"desk": desk})


def test_without_the_libraries_one_line_says_how_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(opening, "find_spec", lambda name: None if name == "psycopg" else found(name))
    for opened in (opening.open_store, opening.open_index, opening.open_archive):
        with pytest.raises(UsageError, match="a PostgreSQL database needs psycopg") as caught:
            opened(Settings(database=PostgresAddress("postgresql://db/news")))
        assert caught.value.hint == "pip install 'citebrief[postgres]'"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://b0b:s3cret@127.0.0.1:1/news", "postgresql://127.0.0.1:1/news: the database cannot be reached: Connection refused"),
        ("postgresql://b0b:s3cret@127.0.0.1/news?nonsense=s3cret", "database: postgresql://127.0.0.1/news is no address that can be read"),
        ("postgresql://b0b:s3cret@127.0.0.1:port/news", "postgresql://127.0.0.1:port/news: the database cannot be reached: "),
        ("postgresql:///news?host=/nowhere&user=b0b&password=s3cret", "postgresql:///news: the database cannot be reached: No such file"),
    ],
)
def test_a_server_that_cannot_be_asked_is_one_line_without_a_secret(
    url: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("BRIEFING_DATABASE", url)
    assert cli.run(["timeline"]) in (2, 5)
    said = capsys.readouterr()
    assert said.out == ""
    error, hint = said.err.splitlines()
    assert error.startswith(f"error: {message}")
    assert hint.startswith("hint: ")
    assert not [secret for secret in SECRETS if secret in said.err]


def test_what_a_database_of_files_is_begun_as_is_no_server(tmp_path: Path) -> None:
    assert not opening.begun(Settings(database=PostgresAddress("postgresql://db/news")))
    assert not opening.begun(Settings(database=tmp_path / "none.sqlite3"))
    assert not opening.discard(Settings(database=PostgresAddress("postgresql://db/news")))
