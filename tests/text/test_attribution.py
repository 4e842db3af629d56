"""Who is said to have said a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.attribution import attributions


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to the Financial Times, Trump left.", "Financial Times"),
        ("Trump left, according to Bild.", "Bild"),
        ("Trump told CBS that he left.", "Trump"),
        ("French President Emmanuel Macron said he left.", "Emmanuel Macron"),
        ("“It is over,” said Sergey Poletaev, editor of a paper.", "Sergey Poletaev"),
        ("“It is over,” Trump said in an interview.", "Trump"),
        ("“It is over,” he said.", "he"),
        ("The port is closed, says Ines Calder.", "Ines Calder"),
        ("Talks came under fire from President Zelensky, who claims that they stall.", "Zelensky"),
        ("Russian officials have reported 100 drones.", "Russian officials"),
        ("France and the U.K. announced a plan.", "France and the U.K."),
        ("He also noted that it rained.", "He"),
        ("Citing sources, the New York Times reported on Monday that he left.", "New York Times"),
    ],
)
def test_the_speaker(text: str, speaker: str) -> None:
    assert attributions(text)[0].speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The report was late.",
        "Claims of victory spread.",
        "These claims are old.",
        "He wants to claim it.",
        "It was said before.",
        "The ferry left.",
        "",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert attributions(text) == []


def test_the_outer_speaker_comes_first() -> None:
    found = attributions("According to Bild, Trump clashed with them, alleging that Europe cheats,” RT said.")
    assert found[0].speaker == "RT"


@given(st.text() | st.lists(st.sampled_from(["said ", "He ", "“", "” ", "according to ", ", ", "Trump ", "who ", "’"])).map("".join))
def test_spans_lie_inside_the_text(text: str) -> None:
    for found in attributions(text):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.speaker
