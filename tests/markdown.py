"""A Markdown page as a reader's program sees it: what is text, what is mark-up, and which footnotes there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

OURS = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td", "footnote"}
OURS |= {"footnote_block", "footnote_anchor", "footnote_ref", "inline", "text", "code_inline", "footnote_reference"}


class Page:
    """A parsed page. HTML is let through by the parser, so that it would be seen here."""

    def __init__(self, markdown: str) -> None:
        self._env: dict[str, Any] = {}
        parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
        self.tokens = list(_flat(parser.parse(markdown, self._env)))

    def foreign(self) -> set[str]:
        """Return the kinds of mark-up that no template of ours writes: links, HTML, emphasis, rules, quotes, code."""
        kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in self.tokens}
        return kinds - OURS

    def texts(self, kind: str) -> list[str]:
        """Return the text of every block of a kind ("heading", "list_item", "td", "footnote"), marks left out."""
        found: list[str] = []
        inside = 0
        for token in self.tokens:
            if token.type == f"{kind}_open":
                inside += 1
                found.append("")
            elif token.type == f"{kind}_close":
                inside -= 1
            elif inside and token.type in ("text", "code_inline"):
                found[-1] += token.content
        return found

    def marks(self) -> list[str]:
        """Return the labels of the footnote marks in the text, in order."""
        return [token.meta["label"] for token in self.tokens if token.type == "footnote_ref"]

    def notes(self) -> dict[str, str]:
        """Return the text of every footnote that a mark leads to, by label."""
        labels = [data["label"] for _, data in sorted(self._env.get("footnotes", {}).get("list", {}).items())]
        return dict(zip(labels, self.texts("footnote"), strict=True))

    def defined(self) -> set[str]:
        """Return every label that is defined, whether a mark leads to it or not."""
        return {label.removeprefix(":") for label in self._env.get("footnotes", {}).get("refs", {})}


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children:
            yield from _flat(token.children)
