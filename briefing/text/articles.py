"""A decoded text to an Article: its sentences with their roles and notes, its title, outlet, date, address and form. Touches no file.

text ─ markup ─► view ─ sentences ─► spans ─ lines ─► furniture: roles ─► labels: speakers ─► notes ─► rows ─► genre: the form
"""

from collections.abc import Mapping

from briefing.text import furniture, genre, labels, markup, metadata, rows, sentences
from briefing.text.lines import lines as read
from briefing.text.notes import notes
from briefing.types import Article, Role, Sentence

LONGEST = 2_000_000
"""Characters of a text, three times those of a long book: what is longer is no article, and none of its sentences are looked for."""

_LINES = 50_000  # lines of a text, with the same end


def article(
    identity: str,
    path: str,
    sha256: str,
    text: str,
    *,
    markdown: bool = False,
    fields: Mapping[str, str] | None = None,
    reader: str = "",
    part: int = 0,
) -> Article:
    """Return the article of one file, its text kept as it is; `markdown` says how to read its marks. Takes time linear in the text.

    `fields` are what its `reader` knows of it (title, source, published, url), read as front matter is. Raises nothing, but `text` must be
    free of lone surrogates (as `sources.decode` leaves it) and `sha256` a hex digest.
    """
    if len(text) > LONGEST or text.count("\n") > _LINES:
        return Article(id=identity, path=path, sha256=sha256, text=text, reader=reader, part=part)
    marks = markup.markdown(text) if markdown else markup.plain(text)
    marks = marks._replace(front={**marks.front, **(fields or {})})
    spans = sentences.split(marks.view)
    lines = read(text, spans)
    roles = furniture.label(lines, spans, marks)
    labelled = tuple(
        Sentence(number=n, start=span.start, end=span.end, paragraph=span.paragraph, role=role, note=note)
        for n, (span, (role, note)) in enumerate(zip(spans, roles, strict=True), start=1)
    )
    about = metadata.find(text, labelled, marks)
    spoken = labels.speech(lines, roles, about.title, about.source)
    told = notes(lines, roles, spoken.speakers)
    free = [not (speaker or asked or under) for speaker, asked, (_, under) in zip(spoken.speakers, spoken.asked, told, strict=True)]
    tabled = rows.rows(marks.tables, spans, lines, roles, free)
    return Article(
        id=identity,
        path=path,
        sha256=sha256,
        text=text,
        title=about.title,
        source=about.source,
        published=about.published,
        url=about.url,
        form=genre.form(lines, roles, marks, about, spoken.form),
        reader=reader,
        part=part,
        edition=about.edition,
        sentences=tuple(
            sentence.model_copy(update=dict(zip(("role", "under"), tabled[sentence.number - 1], strict=True)))
            if sentence.number - 1 in tabled
            else sentence.model_copy(update={"note": "question" if asked else note, "speaker": speaker, "under": under})
            if sentence.role is Role.BODY
            else sentence
            for sentence, speaker, asked, (note, under) in zip(labelled, spoken.speakers, spoken.asked, told, strict=True)
        ),
    )
