"""Bytes to text: the encoding is found, what is not text is refused with its kind, and nothing else is changed.

Newlines stay as they are. A byte order mark is no part of the text. The text never holds a lone surrogate, so it can
always be encoded.
"""

import codecs
from typing import NamedTuple

from charset_normalizer import from_bytes

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"GGUF", "GGUF"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"RIFF", "RIFF"),
    (b"\x00\x01\x00\x00\x00", "font"),
    (b"wOF2", "font"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b") | {127}
_SAMPLE = 64 * 1024


class Decoded(NamedTuple):
    """A decoded text and the name of its encoding; or no text, and in `binary` what the bytes seem to be."""

    text: str | None
    encoding: str = ""
    binary: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of `data`. Never fails: what is no text has `text` None; undecodable bytes become U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return Decoded(None, binary=kind)
    wide = _wide(data)
    if wide:
        return _marked(data, wide)
    if _looks_binary(data):
        return Decoded(None)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return Decoded(_by_line(data), "utf-8, mixed")
    return _guessed(data)


def _marked(data: bytes, encoding: str) -> Decoded:
    """Decode what a byte order mark announced."""
    if encoding == "utf-8":
        try:
            return Decoded(data.decode("utf-8"), encoding)
        except UnicodeDecodeError:
            return Decoded(_by_line(data), "utf-8, mixed")
    return Decoded(data.decode(encoding, "replace"), encoding)


def _wide(data: bytes) -> str:
    """Name the UTF-16 that has no byte order mark: every other byte is mostly zero, and none of the rest."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    if even > 0.7 * half and odd == 0:
        return "utf-16-be"
    return ""


def _looks_binary(data: bytes) -> bool:
    """Say whether the control characters are too many for a text. A stray NUL or two is no reason to lose it."""
    sample = data[:_SAMPLE]
    controls = sum(sample.count(value) for value in _CONTROLS)
    nuls = sample.count(0)
    return nuls > 0.001 * len(sample) or controls > 0.02 * len(sample)


def _mostly_utf8(data: bytes) -> bool:
    """Say whether `data` is UTF-8 with stray bytes: more valid multi-byte characters than bytes that are none."""
    text = data.decode("utf-8", "replace")
    bad = text.count("�")
    good = sum(character > "\x7f" for character in text) - bad
    return good > bad


def _by_line(data: bytes) -> str:
    """Decode line by line: what is UTF-8 is read so, and only the bytes that are not are read as cp1252."""
    return "".join(_line(line) for line in data.splitlines(keepends=True))


def _line(line: bytes) -> str:
    parts: list[str] = []
    while True:
        try:
            parts.append(line.decode("utf-8"))
            return "".join(parts)
        except UnicodeDecodeError as error:
            parts.append(line[: error.start].decode("utf-8"))
            parts.append(_western(line[error.start : error.end]))
            line = line[error.end :]


def _western(data: bytes) -> str:
    """Decode as cp1252, and the five bytes it does not know as latin-1."""
    return "".join(bytes([value]).decode("cp1252", "ignore") or chr(value) for value in data)


def _guessed(data: bytes) -> Decoded:
    """Decode what is not UTF-8: as charset-normalizer guesses from a sample where that fits all, else as cp1252."""
    sample = data[:_SAMPLE]
    high = sum(value > 127 for value in sample)
    western = sum(value in _LETTERS for value in sample if value > 127)
    latin = sum(value < 128 and chr(value).isalpha() for value in sample)
    if high > 0.5 * latin or western < 0.9 * high:
        best = from_bytes(sample).best()
        if best is not None:
            try:
                return Decoded(data.decode(best.encoding), best.encoding)
            except (UnicodeDecodeError, LookupError):
                pass
    return Decoded(_western(data), "cp1252")


_LETTERS = frozenset([*range(0xC0, 0x100), 0x80, 0x85, *range(0x91, 0x98), 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xB4, 0xBB])
"""The bytes that western texts in cp1252 are made of: letters, typographic quotes, dashes, a few signs."""
