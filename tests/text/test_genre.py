"""The form of an article, from its headline, address and layout."""

import pytest

from briefing.text.articles import article

BODY = "The port of Velm closed on Monday, the harbour master said.\n\nNobody was hurt. It will open again in May.\n"


def form(text: str) -> str:
    return article("x", "x.md", "0" * 64, text, markdown=True).form


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Port of Velm closes", "news"),
        ("Opinion: The port must close", "opinion"),
        ("The port must close | Opinion", "opinion"),
        ("Letters to the editor", "opinion"),
        ("Velm port fire: live updates", "live blog"),
        ("Satire: Port of Velm buys a lake", "satire"),
        ("Quiz: how well do readers know the port?", "list"),
        ("Black Friday deals: the best of them", "list"),
        ("Mayor of Velm jailed for four years over land deals", "news"),
        ("“We stay”: an interview with Ilse Morrow", "interview"),
        ("Transcript: the mayor on the port", "transcript"),
        ("Police have a transcript of the call", "news"),
        ("Mayor gives opinion on the port", "news"),
        ("Port workers live in fear", "news"),
        ("Column of smoke seen over the port", "news"),
    ],
)
def test_headline(title: str, expected: str) -> None:
    assert form(f"# {title}\n\n{BODY}") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("news/2026/11/25/port-closes", "news"),
        ("opinion/columnist/2026/11/25/port-closes", "opinion"),
        ("news/live/2026/11/25/port-fire", "live blog"),
        ("news/2026/11/25/velm-port-fire-live-updates/812", "live blog"),
        ("picture-gallery/2026/port", "list"),
        ("satire/port-buys-a-lake", "satire"),
        ("news/living-with-opinions", "news"),
    ],
)
def test_address(path: str, expected: str) -> None:
    text = f"---\ntitle: Port of Velm closes\nurl: https://news.example/{path}\n---\n\n{BODY}"
    assert form(text) == expected
    assert article("x", "x.md", "0" * 64, text, markdown=True).url == f"https://news.example/{path}"


def test_layout() -> None:
    assert form("16:40\n\nSix people are hurt.\n\n14:15\n\nFive people are hurt.\n\n12:05\n\nThe port burns.\n") == "live blog"
    assert form("Three piers:\n\n" + "".join(f"- Pier {n} is old.\n" for n in range(8))) == "list"
    essay = "I saw the port burn. It should have been closed. I told the mayor so. We must not wait. My boat was there. He ought to go.\n"
    assert form(f"The port burned on Monday.\n\n{essay}") == "opinion"
    assert form(f"The port burned on Monday.\n\n“{essay.strip()}” she said.\n") == "news"


def test_what_a_text_says_of_itself() -> None:
    assert form(f"{BODY}\n\nThis article is satire.\n") == "satire"


def test_an_outlet_that_calls_itself_satirical_is_satire_and_one_that_writes_of_another_is_not() -> None:
    head = "---\nsource: The Wry Observer\n---\nMinister to be replaced\n\n"
    assert form(f"{head}{BODY}\nThe Wry Observer is a satirical website. None of this happened.\n") == "satire"
    assert form(f"{head}{BODY}\nThe Velm Herring is a satirical website.\n") == "news"
