"""A PDF to its text by PDFium: the words of its pages in reading order, lines joined to paragraphs. Pictures of text are not read.

Its property dates say when the file was made, not when the article was published; they are not used.
"""

from __future__ import annotations

import re
from importlib import metadata

from briefing.sources.readers.base import Extract, UnreadableError

_PAGES = 400
_HYPHEN = re.compile(r"(?<=\w)[\ufffe\x02]\s*(?=\w)|(?<=[a-zà-ÿ])-\r?\n(?=[a-zà-ÿ])")
_END = re.compile(r"[.!?…:”\"’)\]]\s*$")


class PdfReader:
    """Reads .pdf: one article."""

    name = "pdf"
    apart = True

    @property
    def version(self) -> str:
        """Return the version of pypdfium2, which brings PDFium with it, and of our own part behind it."""
        return f"{metadata.version('pypdfium2')}+1"

    def read(self, data: bytes, address: str = "") -> list[Extract]:
        """Return the text of the first 400 pages. Raises UnreadableError for a damaged or locked file, and for one of pictures alone."""
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            raise UnreadableError("locked by a password" if locked else "a damaged PDF") from error
        try:
            pages = [document[n].get_textpage().get_text_range() for n in range(min(len(document), _PAGES))]
            title = document.get_metadata_dict().get("Title", "").strip()
        finally:
            document.close()
        text = "\n\n".join(filter(None, map(_flowing, pages)))
        if not text:
            raise UnreadableError("no text: its pages may be pictures")
        fields = {"url": address} if address else {}
        if title and title.casefold() in " ".join(pages[0].split()).casefold():  # else it is the name of a template
            fields["title"] = title
        return [Extract(text, fields)]


def _flowing(page: str) -> str:
    """Join the lines of a page: one line of text runs on into the next unless it is short and ends a sentence."""
    lines = [" ".join(one.split()) for one in _HYPHEN.sub("", page).splitlines()]
    wide = sorted(len(one) for one in lines if one)
    usual = wide[len(wide) * 3 // 4] if wide else 0
    told: list[str] = []
    for n, one in enumerate(lines):
        told.append(one)
        ends = not one or (len(one) < 0.75 * usual and (_END.search(one) or n == 0))
        told.append("\n\n" if ends else " ")
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(told)).strip()
