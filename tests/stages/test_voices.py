"""Who said it, and who does what to whom, in claims that copy and in claims that paraphrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.stages.material import Material
from briefing.stages.voices import actors, speaker, swaps

QUOTE = "Mayor Ines Calder told Pat Quill of the union on Tuesday that 300 workers returned to the port of Aster."
FINE = "The port of Aster fined the ferry company of Brell."
NESTED = "RT, citing Bild, reported that the port reopened."


def material(text: str, *quotes: str, named: str = "", verbatim: bool = False, roles: bool | None = None) -> Material:
    cited = quotes or (QUOTE,)
    return Material(text, cited, [" ".join(cited)], named, verbatim, roles=roles)


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "Mayor Ines Calder said that 300 workers returned to the port.",
        "300 people are at work in the port again, the mayor says.",
        "Some 300 staff reportedly went back to work in the port of Aster.",
        "300 people are said to be back in the port, according to Calder.",
        "Calder says 300 staff are back at work.",
    ],
)
def test_a_paraphrase_must_only_say_that_somebody_says_it(text: str) -> None:
    assert speaker(material(text)) == ""


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("300 workers returned to the port of Aster.", "lost that Ines Calder said it"),
        ("300 people are at work in the port of Aster again.", "lost that Ines Calder said it"),
        ("Joan Bell says 300 people are at work again.", "“Joan Bell” says nothing in the cited sentences"),
        ("Pat Quill told Mayor Ines Calder that 300 workers returned.", "“Pat Quill” says nothing in the cited sentences"),
    ],
)
def test_a_speaker_is_neither_dropped_nor_exchanged(text: str, detail: str) -> None:
    assert speaker(material(text)) == detail


def test_without_a_sentence_nobody_says_anything() -> None:
    assert speaker(Material("Calder said so.", [], [])) == "“Calder” says nothing in the cited sentences"


def test_what_nobody_says_needs_no_speaker() -> None:
    assert speaker(material("The ferry company of Brell was fined.", FINE)) == ""


def test_a_nested_report_keeps_whom_it_rests_on() -> None:
    assert speaker(material(NESTED, NESTED)) == ""
    assert speaker(material("RT reported that the port reopened.", NESTED)) == "lost that Bild is cited for it"


def test_an_outlet_may_be_named_by_its_initials() -> None:
    told = "The New York Times reported that Aster fined the ferry company of Brell."
    assert speaker(material("The NYT says the ferry company of Brell got a fine.", told)) == ""
    assert speaker(material("The WSJ says the ferry company of Brell got a fine.", told)) == "“WSJ” says nothing in the cited sentences"


def test_the_speaker_of_a_draft_is_in_the_article_and_in_the_claim() -> None:
    assert speaker(material(QUOTE, named="Ines Calder")) == ""
    assert "is not in the cited articles" in speaker(material(QUOTE, named="Joan Bell"))
    assert speaker(material("300 workers returned.", named="Ines Calder")) == "does not say that Ines Calder said it"
    assert speaker(material("One article reports: “300 workers returned”", verbatim=True)) == ""


# Who does what to whom


def test_a_copy_and_a_quotation_pass_unasked() -> None:
    for roles in (None, True, False):
        assert actors(material("The port of Aster fined the company of Brell.", FINE, roles=roles)) == ""
        assert actors(material("“Brell fined Aster.”", FINE, verbatim=True, roles=roles)) == ""
    assert actors(Material("Brell fined Aster.", [], [])) == ""


def test_another_order_with_two_names_needs_a_judge() -> None:
    for text in ("The ferry company of Brell was fined by the port of Aster.", "Brell fined Aster."):
        assert "nobody judged the roles" in actors(material(text, FINE))
        assert actors(material(text, FINE, roles=True)) == ""
        assert "with the names exchanged" in actors(material(text, FINE, roles=False))


def test_where_there_is_nobody_to_confuse_no_judge_is_needed() -> None:
    assert actors(material("A fine was imposed on the ferry company.", FINE)) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Calder met Quill.", ["Quill met Calder."]),
        ("Mayor Ines Calder met Quill’s envoy.", ["Quill met Mayor Ines Calder’s envoy."]),
        ("Calder met Quill in Brell with Bell.", ["Quill met Calder in Brell with Bell.", "Calder met Brell in Quill with Bell."]),
        ("Oslo, Brell and Aster met.", []),
        ("Oslo, Brell and Aster met Calder.", ["Oslo, Brell and Calder met Aster.", "Oslo, Calder and Aster met Brell."]),
        ("Oslo met Oslo.", []),
        ("Russia met Moscow.", []),
        ("Zelensky met Zelenskyy.", []),
        ("The New York Times is the NYT.", []),
        ("The President met Oslo.", []),
        ("Nobody met anybody.", []),
        ("", []),
    ],
)
def test_names_that_could_change_places_do(text: str, expected: list[str]) -> None:
    assert swaps(text) == expected


NAMES = [
    "Calder",
    "Mayor Ines Calder",
    "Oslo",
    "the Coalition of the Willing",
    "U.S.",
    "Quill’s",
    "met",
    "and",
    ",",
    "told",
    "in",
    "NATO",
    ".",
]


@given(st.lists(st.sampled_from(NAMES), max_size=12).map(" ".join))
def test_swaps_keep_all_words(text: str) -> None:
    for swapped in swaps(text):
        assert swapped != text
        assert sorted(swapped.replace("’s", " ’s").split()) == sorted(text.replace("’s", " ’s").split())


@given(st.text())
def test_swaps_keep_all_characters_of_any_text(text: str) -> None:
    found = swaps(text)
    assert len(found) <= 2
    assert all(sorted(swapped) == sorted(text) for swapped in found)


@given(st.text(), st.lists(st.text(), max_size=2), st.sampled_from([None, True, False]))
def test_no_text_breaks_them(text: str, quotes: list[str], roles: bool | None) -> None:
    made = Material(text, quotes, quotes, roles=roles)
    speaker(made)
    actors(made)
