"""A decoded text to an Article: its sentences with their roles, its title, outlet and date. Touches no file."""

from briefing.text import furniture, markup, metadata, sentences
from briefing.types import Article


def article(identity: str, path: str, sha256: str, text: str, *, markdown: bool = False) -> Article:
    """Return the article of one file, its text kept as it is; `markdown` says how to read its marks.

    Raises nothing, but `text` must be free of lone surrogates (as `sources.decode` leaves it) and `sha256` a hex
    digest.
    """
    marks = markup.markdown(text) if markdown else markup.plain(text)
    labelled = furniture.label(text, sentences.split(marks.view), marks)
    about = metadata.find(text, labelled, marks)
    return Article(
        id=identity,
        path=path,
        sha256=sha256,
        text=text,
        title=about.title,
        source=about.source,
        published=about.published,
        sentences=labelled,
    )
