"""What a text names: one key for the usual forms of one name, other keys for others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.forms import entities

NAMES = (
    """
Vladimir|Volodymr|Ivan|Petra|Zelensky|Zelenskyy|Zelenskiy|Zelenska|Novak|Novac|Kiev|Kyiv|Kievs|US|UK|U.S.|USA|United States|EU
European Union|NYT|New York Times|KII|the Kiev International Institute|The|the|a|an|President|said|https://
""".strip()
    .replace("\n", "|")
    .split("|")
)
MARKS = " | | | | | |, |. |.|...|’s |’ |' |'s |s |-|/|(|) |$|@|\n|“|”|\"|‘|’|'| “| \"| ‘| '|” |\" ".split("|")
PIECES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(MARKS)).map("".join)).map("".join)


@pytest.mark.parametrize(
    "alike",
    [
        ["Zelensky left.", "President Volodymyr Zelenskyy left.", "Vladimir Zelensky’s men left."],
        ["Kiev fell.", "Kyiv’s fall"],
        ["the NYT", "the New York Times", "The New York Times"],
        ["the WSJ", "the Wall Street Journal"],
        ["the US", "the U.S.", "the United States", "a US-led plan"],
        ["the UK", "the U.K.", "the United Kingdom"],
        ["the EU", "the European Union"],
        ["Ursula von der Leyen", "President von der Leyen", "Leyen"],
    ],
)
def test_forms_of_one_name_have_one_key(alike: list[str]) -> None:
    assert len({entities(text) for text in alike}) == 1
    assert len(entities(alike[0])) == 1


def test_different_names_have_different_keys() -> None:
    text = "NATO chief Mark Rutte met Ukraine’s Zelensky, Zelenska and European officials in Paris on Monday."
    assert entities(text) == {"nato", "rutte", "ukraine", "zelenski", "zelenska", "paris"}
    assert entities("U.S. President Donald Trump") == {"us", "trump"}
    assert entities("however, it rained. They left.") == frozenset()


@given(PIECES | st.text())
def test_it_never_raises(text: str) -> None:
    assert entities(text) == entities(text)
