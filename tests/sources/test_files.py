import itertools
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import SourceError
from briefing.sources import names
from briefing.sources.bounded import LIMIT
from briefing.sources.files import find, read, read_found
from briefing.types import Outcome
from tests.cpu import within

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


def put(folder: Path, **texts: str | bytes) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def ends(outcomes: Iterator[Outcome]) -> dict[str, str]:
    return {outcome.id: outcome.reason or outcome.status for outcome in outcomes}


def test_the_seeds_are_all_used_under_their_stems() -> None:
    found = list(read([SEEDS]))
    assert [outcome.status for outcome in found] == ["used"] * 5
    assert found[0].id == "000_793a3fd0eb31f518"
    for outcome in found:
        assert outcome.article is not None
        assert outcome.article.text == Path(outcome.path).read_bytes().decode()
        assert outcome.article.sha256 == outcome.sha256


def test_every_file_ends_in_one_outcome(tmp_path: Path) -> None:
    put(
        tmp_path,
        a_dot_txt="He left on Monday.",
        b_dot_md="# Title\n\nShe stayed at home.",
        c_dot_txt=b"",
        d_dot_txt=" \r\n\t\ufeff",
        e_dot_txt=b"%PDF-1.7 \xe2",
        f_dot_txt="He left\r\non  Monday.",
        g_dot_txt="He left on Monday.",
        h_dot_jpg=b"\xff\xd8\xff",
        i="no suffix at all.",
        j_dot_txt="Share us\n\nMenu\n",
        sub__k_dot_text=b"caf\xe9 was closed today.",
        _dot_hidden_dot_txt="secret.",
        _dot_folder__x_dot_txt="secret too.",
    )
    assert ends(read([tmp_path])) == {
        "a": "used",
        "b": "used",
        "c": "empty file",
        "d": "only white space",
        "e": "binary file (PDF)",
        "f": "same text as a",
        "g": "same text as a",
        "h": "not a text file (.jpg)",
        "i": "not a text file (no suffix)",
        "j": "no article text found",
        "k": "used",
    }


def test_a_file_that_is_named_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, a_dot_log="He left on Monday.", b_dot_txt="She stayed.")
    assert ends(read([tmp_path / "a.log"])) == {"a": "used"}
    assert ends(read([tmp_path, tmp_path / "a.log"])) == {"a": "used", "b": "used"}


def test_an_empty_folder_yields_nothing(tmp_path: Path) -> None:
    assert list(read([tmp_path])) == []


def test_a_missing_path_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such file or folder: .*nowhere") as caught:
        read([tmp_path / "nowhere"])
    assert caught.value.exit_code == 3
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    with pytest.raises(SourceError):
        find(["bad\0name"])


def test_collisions_get_their_paths(tmp_path: Path) -> None:
    put(
        tmp_path,
        a_dot_txt="One is here.",
        a_dot_md="Two is here.",
        sub__A_dot_txt="Three is here.",
        sub__b_dot_txt="Four is.",
    )
    assert [file.id for file in find([tmp_path])] == ["a.md", "a.txt", "sub/A.txt", "b"]
    put(tmp_path, x__n_dot_txt="1", y__n_dot_txt="2")
    assert [file.id for file in find([tmp_path / "x", tmp_path / "y"])] == ["x/n.txt", "y/n.txt"]


def test_ids_are_safe_and_unique(tmp_path: Path) -> None:
    odd = [
        "a b.txt",
        "a_b.txt",
        "a]b.txt",
        "x^[1]: y\n\x1b.txt",
        "naïve-новости.txt",
        "\u202eevil.txt",
        b"bad\xff.txt".decode("utf-8", "surrogateescape"),
    ]
    for number, name in enumerate(odd):
        (tmp_path / name).write_text(f"Sentence number {number} is here.")
    found = list(read([tmp_path]))
    ids = [outcome.id for outcome in found]
    assert len({name.casefold() for name in ids}) == len(odd)
    assert "naïve-новости" in ids
    assert not any(set(name) & set(" []^:\n\x1b\u202e\udcff") for name in ids)
    assert all(outcome.status == "used" and outcome.model_dump_json() and outcome.path.isprintable() for outcome in found)


def test_a_text_is_not_its_own_copy_where_its_bytes_are_its_normal_form(tmp_path: Path) -> None:
    (tmp_path / "only.txt").write_bytes(b"the harbour of lund was closed on monday after a storm. the mayor asked for help.")
    assert ends(read([tmp_path])) == {"only": "used"}


def test_links(tmp_path: Path) -> None:
    put(tmp_path, sub__a_dot_txt="He left on Monday.")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "copy.txt").symlink_to(tmp_path / "sub" / "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert ends(read([tmp_path])) == {
        "copy": "used",
        "gone": "cannot be read (no such file or directory)",
        "self": "cannot be read (too many levels of symbolic links)",
        "a": "same text as copy",
    }


def test_unreadable_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a_dot_txt="He left on Monday.", b_dot_txt="She stayed at home.", locked__c_dot_txt="Never seen.")
    opened, listed = Path.open, Path.iterdir

    def refuse_open(self: Path, mode: str = "r") -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, mode)

    def refuse_list(self: Path) -> Iterator[Path]:
        if self.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(Path, "iterdir", refuse_list)
    refused = "cannot be read (permission denied)"
    assert ends(read([tmp_path])) == {"a": refused, "b": "used", "locked": refused}
    with pytest.raises(SourceError, match="cannot be listed"):
        read([tmp_path / "locked"])


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    put(tmp_path, a_dot_txt="He left on Monday.", b_dot_txt="She stayed at home.")
    outcomes = read([tmp_path])
    (tmp_path / "a.txt").unlink()
    assert ends(outcomes) == {"a": "cannot be read (no such file or directory)", "b": "used"}


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        assert ends(read([tmp_path])) == {"pipe": "not a regular file", "s": "not a regular file"}


def test_large_files(tmp_path: Path) -> None:
    put(tmp_path, a_dot_txt="He left on Monday. " * 3)
    assert ends(read([tmp_path], limit=20)) == {"a": "larger than 2e-05 MB"}
    with (tmp_path / "b.txt").open("wb") as stream:
        stream.truncate(LIMIT + 2)
    assert ends(read([tmp_path / "b.txt"])) == {"b": "larger than 20 MB"}


@pytest.mark.parametrize("newline", ["\n", " "])
@pytest.mark.slow
def test_a_long_text_takes_seconds(tmp_path: Path, newline: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") + "\n" for path in sorted(SEEDS.glob("*.txt")))
    big = (text * (400_000 // len(text))).replace("\n", newline)
    (tmp_path / "big.txt").write_text(big, encoding="utf-8")
    with within(15):
        (outcome,) = read([tmp_path])
    assert outcome.status == "used"


# Names by the thousand


def test_thousands_of_names_that_become_one_take_no_longer_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: how often a name is asked for grows with the number of names, not with its square."""
    odd = ["".join(signs) + ".txt" for signs in itertools.product(" ^[]:", repeat=5)]
    assert len(odd) == 3125
    ids = names.assign([("news", name) for name in odd])
    assert len({name.casefold() for name in ids}) == len(odd)
    assert ids[:3] == ["news/_____.txt", "news/_____.txt~2", "news/_____.txt~3"]
    counts = []
    for number in (len(odd) // 5, len(odd)):
        asked = 0

        class Counted(set[str]):
            def __contains__(self, name: object) -> bool:
                nonlocal asked
                asked += 1
                return super().__contains__(name)

        monkeypatch.setattr(names, "set", Counted, raising=False)
        assert len(set(names.assign([("news", name) for name in odd[:number]]))) == number
        counts.append(asked)
    assert counts[1] < 6 * counts[0]


def test_a_number_never_takes_the_name_of_another_file() -> None:
    ids = names.assign([("f", "a~2.txt"), ("f", "a b.txt"), ("f", "a_b.txt"), ("f", "a^b.txt"), ("f/a_b.txt~2", "")])
    assert len(set(ids)) == 5
    assert ids[0] == "a~2"


def test_one_file_named_twice_is_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, news__a_dot_txt="He left on Monday.", other__b_dot_txt="She stayed at home.")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("news")
    ways = ["news", "./news", "other/../news", str(tmp_path / "news"), "link", "news/a.txt", "link/a.txt", "news/../news/a.txt"]
    for one in ways:
        for other in ways:
            assert [file.id for file in find([one, other])] == ["a"], (one, other)


# Links, and folders that are closed


OUT = "a link that leads out of its folder, and is not followed without --follow-links"


def test_a_walk_does_not_leave_its_folder_through_links(tmp_path: Path) -> None:
    put(tmp_path, news__a_dot_txt="He left on Monday.", private__diary_dot_txt="She stayed at home.", private__more__x_dot_txt="It rained.")
    news = tmp_path / "news"
    (news / "folder").symlink_to("../private")
    (news / "file.txt").symlink_to(tmp_path / "private" / "diary.txt")
    (news / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (news / "up").symlink_to("..")
    (news / "deep").mkdir()
    (news / "deep" / "back.txt").symlink_to("../a.txt")
    outcomes = list(read([news]))
    assert ends(iter(outcomes)) == {"a": "used", "back": "same text as a", "file": OUT, "folder": OUT, "gone": OUT, "up": OUT}
    assert all("stayed" not in outcome.model_dump_json() for outcome in outcomes)
    followed = ends(read_found(find([news], follow_links=True)))
    assert followed["x"] == followed["file"] == "used"
    assert followed["gone"] == "cannot be read (no such file or directory)"


def test_what_is_named_is_read_wherever_it_leads(tmp_path: Path) -> None:
    put(tmp_path, far__a_dot_txt="He left on Monday.", far__b_dot_txt="She stayed.")
    (tmp_path / "news").symlink_to("far")
    (tmp_path / "one.txt").symlink_to("far/a.txt")
    assert ends(read([tmp_path / "news"])) == {"a": "used", "b": "used"}
    assert ends(read([tmp_path / "one.txt"])) == {"one": "used"}


def test_folders_and_names_beyond_what_the_system_allows_end_in_outcomes(tmp_path: Path) -> None:
    put(tmp_path, a_dot_txt="He left on Monday.")
    (tmp_path / "long.txt").symlink_to("x" * 300)
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("deeper", dir_fd=here)
        below = os.open("deeper", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    try:
        found = list(read([tmp_path]))
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "deeper"], check=True)  # too deep for Python to remove
    assert [(one.id, one.status) for one in found[:1]] == [("a", "used")]
    assert sorted(one.reason for one in found[1:]) == ["cannot be read (file name too long)"] * 2


CLOSED = """
import os, sys
from briefing.errors import SourceError
from briefing.sources.files import read
list(read(["seeds"]))  # everything is imported: the other user may not read Python itself
os.setgroups([]); os.setgid(65534); os.setuid(65534)
for name in sys.argv[1:]:
    try:
        print(*(f"{one.id}: {one.reason or one.status}" for one in read([name])), sep="; ")
    except SourceError as error:
        print(f"error: {error}".replace(name, "IT"))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.slow
def test_what_an_ordinary_user_may_not_read_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        top = Path(name)
        top.chmod(0o755)
        put(
            top,
            news__a_dot_txt="He left on Monday.",
            closed__b_dot_txt="She stayed.",
            listed__c_dot_txt="It rained.",
            shut__d_dot_txt="No.",
        )
        (top / "news" / "in").symlink_to(top / "closed" / "b.txt")
        (top / "news" / "own.txt").write_text("Mine alone.")
        (top / "news" / "own.txt").chmod(0)
        (top / "news" / "sub").mkdir(mode=0)
        (top / "closed").chmod(0)
        (top / "listed").chmod(0o744)  # may be listed, and nothing in it looked at
        (top / "shut" / "d.txt").chmod(0)
        given = [*("news", "closed", "listed", "closed/b.txt", "news/in", "shut", "listed/c.txt")]
        done = subprocess.run(
            [sys.executable, "-c", CLOSED, *(str(top / one) for one in given)], capture_output=True, text=True, check=False, cwd=ROOT
        )
        (top / "closed").chmod(0o755)
    assert done.stderr == ""
    refused = "cannot be read (permission denied)"
    assert done.stdout.splitlines() == [
        f"a: used; in: {OUT}; own: {refused}; sub: {refused}",
        "error: the folder cannot be listed: IT (permission denied)",
        f"c: {refused}",
        "error: cannot be read: IT (permission denied)",
        f"in: {refused}",
        f"d: {refused}",
        "error: cannot be read: IT (permission denied)",
    ]
