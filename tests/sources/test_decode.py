import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources.decode import decode

TEXT = "Zelensky’s “café” – naïve.\r\nSecond line: 100 € – Kyїв.\r\n"
WESTERN = "Zelensky’s “café” – naïve and coöperative, at £10 and 100 €. No résumé.\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-8"),
    ],
)
def test_unicode_with_and_without_a_mark(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, encoding, "")


def test_utf16_without_a_mark() -> None:
    plain = "Plain words in a file from an old editor.\n" * 3
    assert decode(plain.encode("utf-16-le")).text == plain
    assert decode(plain.encode("utf-16-be")).text == plain


def test_cp1252_and_latin_1() -> None:
    assert decode(WESTERN.encode("cp1252")).text == WESTERN
    latin = "Le président a été reçu à l'Élysée.\n"
    assert decode(latin.encode("latin-1")).text == latin


def test_other_alphabets() -> None:
    russian = "Россия в пятницу отвергла предложение о перемирии. Киев выразил сожаление по этому поводу.\n" * 5
    assert decode(russian.encode("cp1251")).text == russian
    assert decode(russian.encode("koi8-r")).text == russian


def test_stray_bytes_do_not_mangle_the_rest() -> None:
    data = "“Zürich” – good\n".encode() + b"caf\xe9 and \x93quoted\x94 in \xe2\x80\x99old\n" + "“naïve”\n".encode()
    assert decode(data).text == "“Zürich” – good\ncafé and “quoted” in ’old\n“naïve”\n"
    assert decode(codecs.BOM_UTF8 + data).text == decode(data).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\xff\xd8\xff\xe0\x00", "JPEG"),
        (b"GGUF\x03\x00", "GGUF"),
        (bytes(range(256)) * 4, ""),
        (b"text\x00\x00\x00\x00text", ""),
    ],
)
def test_binary_is_named(data: bytes, kind: str) -> None:
    assert decode(data) == (None, "", kind)


def test_a_stray_control_character_is_kept() -> None:
    text = "He left.\x00 She stayed.\x1b[31m\x07\n" + "More words of the article here.\n" * 50
    assert decode(text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    text = decode(data).text
    if text is not None:
        text.encode()  # no lone surrogates


@given(st.text(max_size=200))
def test_utf8_comes_back(text: str) -> None:
    try:
        data = codecs.BOM_UTF8 + text.encode()
    except UnicodeEncodeError:
        return
    assert decode(data).text == text
