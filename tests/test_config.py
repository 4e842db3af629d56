"""Settings come from four places in order, and a wrong one is named with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from briefing.config import ANYWHERE, Settings, config_files, load_settings
from briefing.errors import UsageError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_defaults(own_home: Path) -> None:
    settings = load_settings()
    assert settings == Settings(home=own_home)
    assert (settings.models, settings.database) == (own_home / "models", own_home / "briefing.sqlite3")
    assert (settings.out, settings.model) == (Path("briefs"), "")
    assert (settings.threads, settings.gpu_layers, settings.sequences, settings.context) == (0, 0, 0, 0)


def test_the_home_of_the_system_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_HOME")
    settings = load_settings()
    assert settings.home.name == "briefing"
    assert settings.home.is_absolute()
    assert settings.database == settings.home / "briefing.sqlite3"


def test_each_place_is_stronger_than_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    own, working = config_files()
    write(own, "threads = 1\ncontext = 1001\nsequences = 1\ngpu_layers = 1\n")
    assert load_settings().threads == 1
    write(working, "threads = 2\ncontext = 1002\nsequences = 2\n")
    monkeypatch.setenv("BRIEFING_THREADS", "3")
    monkeypatch.setenv("BRIEFING_CONTEXT", "1003")
    settings = load_settings({"threads": 4, "model": None, "sequences": None})
    assert (settings.threads, settings.context, settings.sequences, settings.gpu_layers) == (4, 1003, 2, 1)


def test_an_empty_variable_is_not_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_THREADS", "")
    assert load_settings().threads == 0


def test_a_flag_may_be_falsy() -> None:
    write(config_files()[0], "gpu_layers = -1\nmodel = 'x'")
    settings = load_settings({"gpu_layers": 0, "model": ""})
    assert (settings.gpu_layers, settings.model) == (0, "")


def test_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_HOME", "~/data")
    settings = load_settings({"models": Path("/models"), "out": "here"})
    home = Path(os.path.expanduser("~/data"))  # noqa: PTH111
    assert (settings.home, settings.database) == (home, home / "briefing.sqlite3")
    assert (settings.models, settings.out) == (Path("/models"), Path("here"))


def test_a_path_of_any_script_may_stand_in_a_file_and_an_odd_one_be_typed() -> None:
    write(Path("briefing.toml"), "out = 'Новини дня/“خبر” می\u200cخواهم'")
    assert load_settings().out == Path("Новини дня/“خبر” می\u200cخواهم")
    assert load_settings({"out": Path("a\nb\u202e")}).out == Path("a\nb\u202e")


def test_settings_are_frozen(own_home: Path) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().threads = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("thread = 4", "briefing.toml: unknown setting `thread`", "did you mean `threads`?"),
        ("[engine]\nthreads = 4", "briefing.toml: unknown setting `engine`", "the settings are home, models"),
        ("threads = -3", "briefing.toml: threads: input should be greater than or equal to 0, not -3", ""),
        ("gpu_layers = -2", "briefing.toml: gpu_layers: input should be greater than or equal to -1, not -2", ""),
        ("threads = 1.5", "briefing.toml: threads: ", ""),
        ("threads = true", "briefing.toml: threads: should be a whole number, not True", ""),
        ("out = ''", "briefing.toml: out: should be a path, not ''", ""),
        ("out = 3", "briefing.toml: out: should be a path, not 3", ""),
        ('out = "a\\u0000b"', "briefing.toml: out: should be a path that can be", ""),
        (
            'out = "a\\u001b]0;x\\u0007"',
            "briefing.toml: out: should be a path without control and bidi characters, not 'a\\x1b]0;x\\x07'",
            "",
        ),
        ('out = "a\\u009b"', "briefing.toml: out: should be a path without control", ""),
        ('out = "a\\nb"', "briefing.toml: out: should be a path without control", ""),
        ('out = "a\\u202eb"', "briefing.toml: out: should be a path without control", ""),
        (f"out = '{'a' * 300}'", "briefing.toml: out: should be a path that can be", ""),
        (f"out = '{'a/' * 3000}'", "briefing.toml: out: should be a path that can be", ""),
        ("threads = 100000", "briefing.toml: threads: input should be less than or equal to 512, not 100000", ""),
        ("sequences = 1099511627776", "briefing.toml: sequences: input should be less than or equal to 240, not 1099511627776", ""),
        ("context = 1", "briefing.toml: context: should be 0 or at least 512, not 1", ""),
        ("context = 100000000", "briefing.toml: context: input should be less than or equal to 4194304, not 100000000", ""),
        (f"threads = 1{'0' * 400}", "briefing.toml: threads: ", ""),
        (f"threads = 0x{'f' * 9000}", "briefing.toml: threads: ", ""),
        (f"threads = 1{'0' * 5000}", "briefing.toml: not valid TOML: ", ""),
        (f"out = {'[' * 10_000}", "briefing.toml: not valid TOML: nested too deeply", ""),
        (f"{'a.' * 4_000}b = 1", "briefing.toml: ", ""),
        (f"{'[' * 10}{'x' * 20_000}", "briefing.toml: too large", ""),
        (f"{'x' * 10_000} = 1", "briefing.toml: unknown setting `xxx", ""),
        ("threads = ", "briefing.toml: not valid TOML: ", ""),
        ("threads = 1\nthreads = 2", "briefing.toml: not valid TOML: ", ""),
    ],
)
def test_a_wrong_file_is_one_line(text: str, message: str, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_HOME")
    write(Path("briefing.toml"), text)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert caught.value.hint.startswith(hint)
    assert len(str(caught.value)) < 300


def test_a_wrong_variable_and_a_wrong_flag_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_GPU_LAYERS", "many")
    with pytest.raises(UsageError, match=r"^BRIEFING_GPU_LAYERS: input should be a valid integer.*, not 'many'$"):
        load_settings()
    with pytest.raises(UsageError, match=r"^--gpu-layers: .*, not -5$"):
        load_settings({"gpu_layers": -5})


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "briefing.toml").write_bytes(b"out = '\xff'")
    with pytest.raises(UsageError, match="not valid TOML"):
        load_settings()
    (folder / "briefing.toml").unlink()
    (folder / "briefing.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have a name")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "briefing.toml")
    with pytest.raises(UsageError, match="it is not a file"):
        load_settings()


@pytest.mark.parametrize("name", sorted(Settings.model_fields.keys() - ANYWHERE))
def test_the_working_folder_sets_nothing_that_sends_loads_or_moves(name: str, tmp_path: Path) -> None:
    """Whoever gives you a folder of articles could put such a file in it."""
    write(Path("briefing.toml"), f"threads = 2\n{name} = 'x'")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert str(caught.value) == f"briefing.toml of the working folder may not set `{name}`"
    assert str(config_files()[0]) in caught.value.hint


def test_the_user_may_work_in_the_configuration_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    own, _ = config_files()
    write(own, "server = ['http://127.0.0.1:1']")
    monkeypatch.chdir(own.parent)
    assert load_settings().server == ("http://127.0.0.1:1",)


def test_harmless_settings() -> None:
    assert Settings.model_fields.keys() >= ANYWHERE
    assert not ANYWHERE & {"server", "server_key", "insecure", "database", "models", "home", "model", "template"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERVER_KEY", "schlüssel-hush"),
        ("SERVER_KEY", "hush\nX-Evil: 1"),
        ("SERVER_KEY", "hu sh-hush"),
        ("SERVER_TIMEOUT", "0"),
        ("SERVER_TIMEOUT", "1" + "0" * 30),
        ("THREADS", "1e5"),
        ("THREADS", "1" + "0" * 5000),
        ("CONTEXT", "-1"),
        ("HOME", "a" * 300),
        ("DATABASE", "/" + "b/" * 3000),
        ("INSECURE", "perhaps"),
    ],
)
def test_a_wrong_variable_is_one_short_line(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"BRIEFING_{name}", value)
    with pytest.raises(UsageError, match=f"^BRIEFING_{name}: ") as caught:
        load_settings()
    assert len(str(caught.value)) < 300
    assert "hush" not in str(caught.value)


def test_a_key_of_another_kind_is_not_shown() -> None:
    write(config_files()[0], "server_key = 123456789\n")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert "123456789" not in str(caught.value) + caught.value.hint


def test_the_file_of_the_user_is_named_with_its_folder() -> None:
    own, _ = config_files()
    write(own, "thread = 4")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{own}: unknown setting")
