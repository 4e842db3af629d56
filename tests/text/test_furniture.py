import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.articles import article
from briefing.types import Article, Role
from tests.text.lines import FURNITURE, PROSE

FIRST = "The two sides met in Geneva on Monday to discuss a ceasefire."
LAST = "The talks will go on for several days, officials said."


def read(text: str, markdown: bool = False) -> Article:
    return article("x", "x.txt", "0" * 64, text, markdown=markdown)


def roles(text: str, markdown: bool = False) -> list[tuple[str, str]]:
    found = read(text, markdown)
    return [(found.quote(s.number), s.role.value) for s in found.sentences]


def test_the_corpora_are_large_enough() -> None:
    assert len(FURNITURE) >= 100
    assert len(PROSE) >= 90


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_between_paragraphs_is_recognised(line: str) -> None:
    found = roles(f"{FIRST}\n\n{line}\n\n{LAST}\n")
    assert found[0] == (FIRST, "body")
    assert found[-1] == (LAST, "body")
    assert {role for _, role in found[1:-1]} == {"furniture"}


@pytest.mark.parametrize("line", PROSE)
@pytest.mark.parametrize(
    "frame",
    [
        "{first}\n\n{line}\n\n{last}\n",
        "{first} {line} {last}",
        "{first}\n{line}",
        "{first}\n{line}\n© 2025 Example\nShare us",
    ],
)
def test_prose_stays_body(line: str, frame: str) -> None:
    found = read(frame.format(first=FIRST, line=line, last=LAST))
    ours = [s for s in found.sentences if found.quote(s.number) in line]
    assert ours
    assert {s.role for s in ours} == {Role.BODY}


def test_a_post_that_is_signed_is_none_of_the_articles_words() -> None:
    signed = "The Marit report names four groups. — Ole Lund (@olelund) January 15, 2014"
    found = roles(f"{FIRST}\n\n{signed}\n\n{LAST}")
    assert [role for text, role in found] == ["body", "furniture", "furniture", "body"]
    assert {s.note for s in read(f"{FIRST}\n\n{signed}\n\n{LAST}").sentences[1:3]} == {"embedded post"}
    for prose in ("Lund (@olelund) wrote that the report names four groups.", "The talks — led by Ole Lund (Velm) — ended on Monday."):
        assert {role for _, role in roles(f"{FIRST}\n\n{prose}\n\n{LAST}")} == {"body"}


def test_every_sentence_that_is_not_body_says_why() -> None:
    found = read("\n\n".join([FIRST, *FURNITURE, LAST, FIRST]))
    assert all(s.note for s in found.sentences if s.role is not Role.BODY)


def test_what_stands_above_the_headline_is_the_page_and_what_closes_it_too() -> None:
    text = (
        "Example News\nHome > World\nRussia rejects truce offer as talks stall\n"
        "Moscow says it needs guarantees before it agrees to a pause\n"
        "By John Smith, Reuters\nMay 3, 2025 10:15 AM EDT\n\n"
        f"KYIV (Reuters) - Russia rejected a truce on Friday.\n\nWhat happens next\n\n{LAST}\n\n"
        "Disclaimer:\nThe usual things\nAGPs\nThanks!\n"
    )
    assert [role for _, role in roles(text)] == [
        *("furniture", "furniture", "title", "body", "furniture", "furniture"),
        *("body", "furniture", "body", "furniture", "furniture", "furniture", "furniture"),
    ]


def test_a_short_last_sentence_after_an_advertisement_stays() -> None:
    assert roles(f"{FIRST}\n\nAdvertisement\n\nNo one was hurt.")[-1] == ("No one was hurt.", "body")


def test_an_article_in_capitals_is_not_all_labels() -> None:
    found = roles("RUSSIA REJECTS TRUCE OFFER\n\nRUSSIA REJECTED A TRUCE ON FRIDAY.\n\nIT SAID NO.\n")
    assert [role for _, role in found] == ["title", "body", "body"]


def test_lead_in_is_body_with_a_note() -> None:
    found = read(f"{FIRST}\n\nThe ministry listed three demands:\n\n{LAST}")
    assert (found.sentences[1].role, found.sentences[1].note) == (Role.BODY, "lead-in")


def test_lines_without_full_stops_are_not_lost_where_nothing_has_one() -> None:
    text = "Truce offer rejected\nRussia rejected a truce on Friday after long talks\nUkraine said it regretted that"
    assert [role for _, role in roles(text)].count("body") == 2


def test_the_title_above_the_picture_once_more_is_a_heading_and_a_lede_that_says_the_same_is_body() -> None:
    title = "Mayor of Tarn takes a swipe at the governor's plan"
    assert [role for _, role in roles(f"{title}\n\n{title}\n\n{FIRST}")] == ["title", "furniture", "body"]
    assert [role for _, role in roles(f"{title}\n\n{title}.\n\n{FIRST}")] == ["title", "body", "body"]
    assert [role for _, role in roles(f"{title}\n\n{title} today\n\n{FIRST}")] == ["title", "body", "body"]


EDITS = [("then", "then later"), ("ministers", "minister"), ("and then ", "and ")]


class TestRepeats:
    A = "He met three ministers in Kyiv on Monday and then flew home to Paris."

    def note(self, second: str, between: str = "\n\n") -> str:
        found = read(f"{FIRST} {self.A}{between}{second}")
        return found.sentences[-1].note

    def test_same_words(self) -> None:
        assert self.note(self.A) == "repeats sentence 2"
        assert self.note(self.A.replace(" ", "  ").upper(), between=" ") == "repeats sentence 2"

    @pytest.mark.parametrize(
        ("old", "new"),
        [("three", "3"), ("met", "never met"), ("met", "allegedly met"), ("Monday", "Friday"), ("Paris", "Rome"), *EDITS],
    )
    def test_a_word_more_or_less_or_another_one_is_another_sentence(self, old: str, new: str) -> None:
        assert self.note(self.A.replace(old, new)) == ""

    @pytest.mark.parametrize(
        ("old", "new"),
        [("14 million", "14 billion"), ("1.5", "15"), ("1.5", "1 5"), ("5%", "5"), ("-3", "3"), ("$2", "€2"), ("Iran", "Iraq")],
    )
    def test_numbers_and_units_must_be_equal(self, old: str, new: str) -> None:
        line = "The port of Velm in Iran paid $2 for 14 million bags, 1.5 crates, a rise of 5%, at -3 degrees."
        assert [role for _, role in roles(f"{line}\n\n{line.replace(old, new)}")] == ["body", "body"]

    def test_swapped_actors_are_another_sentence(self) -> None:
        one = "Russia said on Monday that it had attacked Ukraine with many drones."
        two = "Ukraine said on Monday that it had attacked Russia with many drones."
        assert {role for _, role in roles(f"{one}\n\n{two}")} == {"body"}

    def test_short_sentences_repeat_freely_but_not_in_a_repeated_paragraph(self) -> None:
        assert self.note("He left. It rained. He left.") == ""
        paragraph = "He left. It rained on the parade."
        assert [r for _, r in roles(f"{paragraph}\n\n{LAST}\n\n{paragraph}")] == ["body"] * 3 + ["repeat"] * 2


@pytest.mark.parametrize(
    ("paragraph", "note"),
    [
        ("Residents wait for water in Velm, 2019. Photograph: Lio Hart/Nord Press", "caption"),
        ("Mayor Ana Brandt (right) with engineers at the station on Tuesday. [Dana Wirt/Velm Post]", "caption"),
        ("Mayor Ana Brandt (right) with engineers at the station on Tuesday.", "caption"),
        ("A map shows the districts without water | Graphic: Velm Post", "caption"),
        ("FILE - The old pump of Velm stands in a park. (AP Photo/Lio Hart)", "caption"),
        ("The old pump stands in a park. File photo", "caption"),
        ("Water pours from a pipe in Velm\n\nPhoto: Lio Hart", "caption"),
        ("In case you missed it: What is a pump? The worry over the city", "heading"),
        ("More on water: City of Velm may hire two firms for a study of the lake", "heading"),
        ("Pumps are older. What the city wants to do before winter", "heading"),
        ("(This story was updated to add new information.)", "editorial note"),
        ("Contributing: Ann Lee, Bo Tarn, Velm Post", "editorial note"),
        ("Ann Lee and Bo Tarn contributed to this report.", "editorial note"),
        ("The following is an edited excerpt of the hearing in Velm on Monday.", "editorial note"),
        ("Their talk has been edited and condensed for clarity.", "editorial note"),
        ("Reach Lee at ann.lee@velm-post.example.", "editorial note"),
        ("Stay with us for the latest on the fire.", "live-blog aside"),
        ("This live blog is now closed.", "live-blog aside"),
    ],
)
def test_page_text_of_real_pages(paragraph: str, note: str) -> None:
    found = read(f"{FIRST}\n\n{paragraph}\n\n{LAST}")
    ours = found.sentences[1:-1]
    assert {s.role for s in ours} == {Role.FURNITURE}
    assert note in {s.note for s in ours}
    assert (found.sentences[0].role, found.sentences[-1].role) == (Role.BODY, Role.BODY)


def test_a_biography_closes_the_page() -> None:
    text = (
        f"Tarn tunnel delayed\n\n{FIRST} {LAST}\n\nLena Foss is a senior fellow at the Kessin Institute. She lives in Velm.\n\n"
        "Keep reading\n\nlist of 2 items\n\nlist 1 of 2 Mayor resigns\nlist 2 of 2 Lakes closed\nend of list\n\n"
        "A letter explains the day. More than 90,000 readers get it already.\n"
    )
    assert [s.note for s in read(text).sentences if s.role is Role.BODY] == ["", ""]


def test_whom_the_article_tells_of_is_no_author() -> None:
    text = f"{FIRST} {LAST}\n\nLena Foss is a professor of law. She saw it.\n\nFoss said the talks were late."
    assert {s.role for s in read(text).sentences} == {Role.BODY}


def test_a_signature_is_furniture_and_the_sentence_before_it_stays() -> None:
    assert roles(f"{FIRST}\n\nThe law took effect on Monday. — Ann Lee, Velm Post\n\n{LAST}")[1:3] == [
        ("The law took effect on Monday.", "body"),
        ("— Ann Lee, Velm Post", "furniture"),
    ]


def test_a_headline_and_a_byline_leave_nothing_to_brief() -> None:
    assert "body" not in {role for _, role in roles("Norrline to cut 200 jobs by March, sources say\nBy Ilse Foss\n")}


def test_a_name_above_the_text_is_no_headline_where_the_front_matter_has_one() -> None:
    found = read(f"---\ntitle: Talks fail in Geneva\n---\n\nDave Moor\n\nReuters\n\n{FIRST}\n\n{LAST}", markdown=True)
    assert found.title == "Talks fail in Geneva"
    assert Role.TITLE not in {s.role for s in found.sentences}


def test_an_item_that_is_scraped_twice_is_told_once() -> None:
    text = f"{FIRST}\n\nTown Hall: A banner hung outside in May 2025.\n\nA banner hung outside in May 2025.\n\n{LAST}"
    assert [role for _, role in roles(text)] == ["body", "body", "repeat", "body"]


MARKDOWN = """\
---
title: "Talks fail in Geneva"
---

# Talks fail in Geneva #

![photo](a.jpg)

The two sides met in **Geneva** on Monday. They failed to [agree](http://x.Y/z.Html).

## What next

- Russia said no
- [x] Ukraine said yes, he said.
> “We tried,” said Jones.

```
code here. And more.
```
<!-- hidden. stuff
more -->
| a | b |

Heading two
-----------

[1]: http://example.com
The end came soon.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown_marks(newline: str) -> None:
    found = roles(MARKDOWN.replace("\n", newline), markdown=True)
    assert [text for text, role in found if role == "body"] == [
        "The two sides met in **Geneva** on Monday.",
        "They failed to [agree](http://x.Y/z.Html).",
        "Russia said no",
        "Ukraine said yes, he said.",
        "“We tried,” said Jones.",
        "The end came soon.",
    ]
    assert [text for text, role in found if role == "title"] == ["Talks fail in Geneva"]


@given(
    st.lists(
        st.sampled_from(
            [
                "# a",
                "## b",
                "- c",
                "> d",
                "```",
                "<!--",
                "-->",
                "---",
                "===",
                "| e |",
                "![f](g)",
                "[h]: i",
                "",
                "Prose.",
            ]
        ),
        max_size=30,
    ),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.booleans(),
)
def test_no_text_makes_it_fail_and_the_text_is_kept(lines: list[str], newline: str, markdown: bool) -> None:
    text = newline.join(lines)
    assert read(text, markdown).text == text
