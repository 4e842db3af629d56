"""A .docx to its text: its paragraphs in order. Tables, headers, footers and the dates among its properties are not used."""

from __future__ import annotations

import io
import zipfile
from importlib import metadata

from briefing.sources.readers.base import Extract, UnreadableError

_UNPACKED = 100_000_000  # bytes; a file that unpacks to more is no article


class WordReader:
    """Reads .docx: one article."""

    name = "docx"
    apart = True

    @property
    def version(self) -> str:
        """Return the version of python-docx, and of our own part behind it."""
        return f"{metadata.version('python-docx')}+1"

    def read(self, data: bytes, address: str = "") -> list[Extract]:
        """Return its paragraphs. Raises UnreadableError for what is no .docx."""
        import docx
        from docx.opc.exceptions import PackageNotFoundError

        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                    raise UnreadableError("unpacks to more than 100 MB")
            document = docx.Document(io.BytesIO(data))
        except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
            raise UnreadableError("no .docx") from error
        paragraphs = [(one.style.name if one.style is not None else "", one.text.strip()) for one in document.paragraphs]
        title = next((text for style, text in paragraphs if text and style in {"Title", "Heading 1"}), "")
        text = "\n\n".join(text for _, text in paragraphs if text)
        fields = {name: value for name, value in (("title", " ".join(title.split())), ("url", address)) if value}
        return [Extract(text, fields)] if text else []
