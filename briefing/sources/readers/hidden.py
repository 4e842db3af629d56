"""What a web page holds and does not show is taken out of it before its text is read: nobody could check what nobody sees.

By attributes, inline styles, the classes that hide text from eyes, and the page's own style sheets as far as their selectors are
one class or one ID. Sheets that the page links to and scripts are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

_NEVER = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "dialog", "select", "datalist"})
_KEPT = frozenset({"html", "body"})
_CLASSES = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader", "offscreen",
    "assistive-text", "a11y-hidden", "is-hidden", "d-none", "element-invisible", "u-hidden", "hide-visually",
})  # fmt: skip
_HIDES = re.compile(
    r"""display:none | visibility:(?:hidden|collapse) | opacity:0*\.?0*[1-9]?(?:;|!|%|$) | content-visibility:hidden
    | font-size:(?:0|[01](?:\.\d+)?(?:px|pt)|0?\.0\d*\w*|0?\.\d+(?:px|pt)|[01]%)(?:;|!|[a-z%]|$)
    | (?:left|right|top|bottom|text-indent|margin-left|margin-top):-\d{3,}
    | transform:[^;]*(?:scale\(0\)|translate[xy]?\(-\d{3,})
    | clip:rect\((?:0|1)(?:px)?[,;]?(?:0|1) | clip-path:(?:inset\((?:50|100)%|circle\(0)
    | (?<![-\w])(?:max-)?(?:height|width):[01](?:px)?;?.*overflow:hidden
    | overflow:hidden.*(?<![-\w])(?:max-)?(?:height|width):[01](?:px)?(?:;|$)
    | (?<![-\w])color:(?:transparent|rgba\([^)]*,0?\.?0+\)) | (?:mso-hide:all)
    """,
    re.VERBOSE,
)
_COLOUR = re.compile(r"(?<![-\w])color:([^;!]+)")
_GROUND = re.compile(r"background(?:-color)?:([^;!]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"[\w-]*[.#][\w-]+")
_SHEETS = 500_000  # characters of the page's own style sheets that are looked at


def shown(tree: HtmlElement) -> HtmlElement:
    """Return the tree without comments and without elements that a browser would not show; the tree itself is changed."""
    names = set(_hidden_names(tree))
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER:
            _drop(element)
    most = len(tree.text_content()) / 2
    for element in list(tree.iter()):
        if element.tag not in _KEPT and _is_hidden(element, names, most):
            _drop(element)
    return tree


def _is_hidden(element: HtmlElement, names: set[str], most: float) -> bool:
    """Say whether an element is not shown; what holds most of the page's text is not hidden by a sheet: a script will show it."""
    if "hidden" in element.attrib or (element.tag == "input" and element.get("type") == "hidden"):
        return True
    classes = (element.get("class") or "").split()
    if not _CLASSES.isdisjoint(map(str.lower, classes)):
        return True
    if names and (any(f".{name}" in names for name in classes) or f"#{element.get('id')}" in names):
        return len(element.text_content()) <= most
    style = element.get("style")
    return bool(style) and hides(style)


def hides(style: str) -> bool:
    """Return whether the declarations of a style hide what they are said of, or write it in the colour of its ground."""
    flat = "".join(_COMMENT.sub("", style).lower().split())
    if _HIDES.search(flat):
        return True
    colour, ground = _COLOUR.search(flat), _GROUND.search(flat)
    return bool(colour and ground and colour[1] == ground[1])


def _hidden_names(tree: HtmlElement) -> Iterator[str]:
    """Yield the classes (".x") and IDs ("#x") that the page's own style sheets hide."""
    sheets = "\n".join(element.text or "" for element in tree.iter("style"))[:_SHEETS]
    for selectors, declarations in _rules(_COMMENT.sub("", sheets)):
        if hides(declarations):
            for selector in selectors.split(","):
                if _SIMPLE.fullmatch(selector.strip()):
                    name = selector.strip()
                    yield name[name.index("#" if "#" in name else ".") :]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield (selectors, declarations) of the rules that hold everywhere: not of those for print or for some screens."""
    at = depth = 0
    head = ""
    for match in re.finditer(r"[{};]", sheet):
        mark = match.group()
        if mark == "{":
            if not depth:
                head, at = sheet[at : match.start()].strip(), match.end()
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
            if not depth:
                if head and not head.startswith("@"):
                    yield head, sheet[at : match.start()]
                head, at = "", match.end()
        elif not depth:
            at = match.end()  # an @import or @charset


def _drop(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
