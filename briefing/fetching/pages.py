"""The kept pages of a brief's articles, read again: does the extractor of today find the text that is cited? Nothing is changed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.brief import Brief
from briefing.fetching.shelf import body, raw, told
from briefing.progress import Progress
from briefing.sources.bounded import contents, unpacked
from briefing.sources.readers.apart import Apart
from briefing.sources.readers.base import UnreadableError, label
from briefing.sources.readers.table import reader
from briefing.text import markup
from briefing.types import Finding

CHECK = "page"


def reread(brief: Brief, paths: Mapping[str, Path], progress: Progress) -> Iterator[Finding]:
    """Yield what differs between fetched articles and their pages as they are read today. `paths` are the files of articles, by ID.

    What was not fetched has no page, and is passed over.
    """
    progress.stage("reading pages again", total=len(paths), unit="pages")
    cited = {name: {c.quote for claim in brief.claims for c in claim.citations if c.article == name} for name in paths}
    with Apart() as apart:
        for name, path in paths.items():
            progress.advance()
            text = (contents(path) or b"").decode("utf-8", "replace")
            front = markup.plain(text).front
            if "fetched" in front and "extractor" in front:
                for detail in _differing(path, text, front, cited[name], apart):
                    yield Finding(claim="", check=CHECK, detail=f"{name}: {detail}")


def _differing(path: Path, text: str, front: Mapping[str, str], cited: set[str], apart: Apart) -> Iterator[str]:
    page = raw(path)
    try:
        data = unpacked(contents(page) or b"")  # what is no file, or goes on behind the limit, has another hash
    except FileNotFoundError:
        yield "its page is not kept any more"
        return
    except (OSError, EOFError, zlib.error) as error:
        yield f"its page cannot be read ({type(error).__name__})"
        return
    if hashlib.sha256(data).hexdigest() != front.get("sha256"):
        yield "the page beside it is not the one that it was fetched from"
        return
    kind = "pdf" if page.name.endswith(".pdf.gz") else "page"
    its = reader(kind)
    try:
        found = apart.read(kind, its, data, front.get("url", ""))
    except UnreadableError as error:
        yield f"its page cannot be read any more by {label(its)} ({error})"
        return
    now = told(found[0].text).split("\n\n") if found else []
    then = body(text).split("\n\n")
    if now == then:
        return
    went, came = [one for one in then if one not in now], [one for one in now if one not in then]
    lost = [quote for quote in cited if not any(quote in one for one in now)]
    order = "" if went or came else "; their order is another"
    told_lost = f"; {len(lost)} of its cited sentences {'is' if len(lost) == 1 else 'are'} not found" if lost else ""
    yield f"read by {label(its)}, then by {front['extractor']}: {len(went)} paragraphs went, {len(came)} came{order}{told_lost}"
