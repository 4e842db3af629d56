"""Whatever a text holds, as Markdown it shows itself and nothing else; and what is harmless is left as it reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.characters import seen
from briefing.text.escape import escape
from tests.markdown import Page

NASTY = [
    "[text](javascript:alert(1))",
    "](javascript:alert(1)) ![x](http://127.0.0.1/x.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)> <b>bold</b> <!-- gone --> <?php ?> <![CDATA[x]]>",
    "[^1]: a note of my own",
    "[^1] ^[inline note] [x][1] [1]: http://127.0.0.1",
    "`code` ``more`` ```",
    "``` python",
    "~~~ ~~struck~~ ~x~",
    "a | b | c",
    "| --- | --- |",
    "# heading",
    "###### heading #",
    "---",
    "***",
    "___",
    "- - -",
    "===",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "123456789) item",
    "> quote",
    "    code",
    "\tcode",
    "**bold** *it* __bold__ _it_ ***both***",
    r"\*not\* \\ \ \[x](y) C:\Users\_x",
    "back\\",
    "&amp; &lt;b&gt; &#60;script&#62; &nbsp; &copy;",
    "$x^2$ $$y$$ \\(z\\)",
    "http://example.org/a_b www.example.org <http://example.org> a@example.org",
    "mailto:a.b-c_d@example.org xmpp:foo@bar.example/txt <a@example.org> _a_@www.example.org a+b@x-y.example.org.",
    "{{ 7*7 }} {% raw %} {: .class}",
    ": definition",
    "end of it!",
    "!",
    "#",
    "a  ",
    "“quoted” ‘text’ … – — ½",
]


JOINER = "\u2060"


def shown(markdown: str) -> str:
    """Return what the page shows of an item that holds the text and a mark, once it is nothing but text."""
    page = Page(f"- {markdown}\n")
    assert page.foreign() == set(), (markdown, page.foreign())
    (item,) = page.texts("list_item")
    return item.replace(JOINER, "")


def flat(text: str) -> str:
    """Return a text as it reads: its white space is a space, and no joiner that keeps an address from being one is seen."""
    return " ".join(text.replace(f"{JOINER}@", "@").split())


@pytest.mark.parametrize("text", NASTY)
def test_it_shows_itself(text: str) -> None:
    assert shown(escape(text)) == flat(text) or text == "a  "
    assert "\n" not in escape(text)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("frame", ["# {}\n", "| a |\n| --- |\n| {} |\n", "{}\n", "[^n]\n\n[^n]: “{}”\n"])
def test_it_shows_itself_in_headings_cells_paragraphs_and_notes(text: str, frame: str) -> None:
    page = Page(frame.format(escape(text)))
    assert page.foreign() == set()
    assert flat(text) in flat("".join(token.content for token in page.tokens if token.type == "text").replace(JOINER, ""))


@given(st.text(alphabet=st.sampled_from("ab1 \\`*_[]()<>&;#~|!^${}:/-+=.>\n\"'"), max_size=30))
def test_no_mixture_is_active(text: str) -> None:
    assert shown(escape(text)) == text.strip() or flat(shown(escape(text))) == flat(text)


@given(st.text(max_size=60))
def test_any_text_is_one_line_that_steers_nothing(text: str) -> None:
    line = escape(text)
    assert len(line.splitlines()) <= 1
    assert not any(character in "\x1b\u202e\u2066\u200b\ufeff" or character < " " for character in line)
    assert escape(text) == line


def test_what_shows_nothing_is_dropped_and_what_steers_is_made_visible() -> None:
    assert escape("a\u200bb\ufeffc\u00add\u2060e\u200ff") == "abcdef"
    assert escape("\x1b[31mred\x1b[0m \x00 \x7f \x9b") == "␛\\[31mred␛\\[0m ␀ ␡ ⟨U+009B⟩"
    assert escape("abc\u202etxt\u202c") == "abc⟨U+202E⟩txt⟨U+202C⟩"
    assert escape("one\r\ntwo\u2028three  \n\n four\tfive") == "one two three four five"
    assert escape("👩\u200d🚀 می\u200cخواهم\u00a0x") == "👩\u200d🚀 می\u200cخواهم\u00a0x"


# What GitHub takes for an address in a text, after escapes and entities are gone (the autolink extension of its Markdown).
LINKED = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9_-]+\.[A-Za-z0-9]")


@pytest.mark.parametrize(
    "text",
    [
        "Write to anna.berg@example.org.",
        "mailto:anna@example.org",
        "xmpp:anna@example.org/room",
        "a_b-c+d.@mail.example.co.uk, _x_@example.org",
        "a@www.example.org or a@b@example.org",
        "a\u200b@\u2060example.org",
    ],
)
def test_no_address_of_mail_becomes_a_link(text: str) -> None:
    page = Page(f"- {escape(text)}\n")
    (item,) = page.texts("list_item")
    assert LINKED.search(seen(text))
    assert not LINKED.search(item)
    assert item.replace(JOINER, "") == seen(text)


def test_ten_thousand_characters_are_kept() -> None:
    text = "[<*_`" * 2000
    assert shown(escape(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "It's 3.5 - 4 % (about $5 million), isn't it?",
        "R&D at AT&T, snake_case_name and 000_793a3fd0eb31f518",
        "“Stop!” he said: no. 5 + 6 = 11; 50/50; a@b, @name, #tag",
        "2026 was long. 1.5 billion",
        "-5 degrees, +3 goals",
        "C:\\Users and so on…",
    ],
)
def test_what_is_harmless_stays_as_it_reads(text: str) -> None:
    assert escape(text) == text
