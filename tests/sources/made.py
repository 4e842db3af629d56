"""Files of other kinds than text, made where they are needed: a PDF of two columns, a .docx, mail."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime

import docx

WIDE = 42  # characters of a line of a column


def pdf(columns: Sequence[str], title: str = "") -> bytes:
    """Return a PDF of one page with columns of text side by side, in Helvetica; only ASCII."""
    told = [b"BT /F1 9 Tf 11 TL"]
    for n, column in enumerate(columns):
        told.append(f"1 0 0 1 {50 + 260 * n} 740 Tm".encode())
        told += [f"({line}) Tj T*".encode() for line in wrapped(column)]
    told.append(b"ET")
    stream = b"\n".join(told)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (%s) /CreationDate (D:20010101000000Z) >>" % title.encode(),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, told_object in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, told_object))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def wrapped(text: str) -> list[str]:
    """Return the lines of a column; a paragraph ends with an empty line."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > WIDE:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    return lines


def word(title: str, paragraphs: Sequence[str]) -> bytes:
    """Return a .docx with a heading and paragraphs, and a date among its properties that is none of the article's."""
    document = docx.Document()
    document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(subject: str, plain: str, html: str = "", sender: str = "The Harbour Letter <letter@harbour.example>") -> EmailMessage:
    """Return a message of 24 November 2026."""
    import datetime

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "you@reader.example", subject
    message["Date"] = format_datetime(datetime.datetime(2026, 11, 24, 6, 30, tzinfo=datetime.UTC))
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return message
