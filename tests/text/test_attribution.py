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
        ("“It is over,” warned a senior official in Oslo.", "senior official in Oslo"),
        ("The ship, said the coast guard, was late.", "coast guard"),
        ("A Western official, speaking in Paris, said the ship had left.", "Western official"),
        ("Residents of Tarn said the ship had left.", "Residents of Tarn"),
        ("Lena Ortiz of Delft University said the ship had left.", "Lena Ortiz"),
        ("The ministry in Oslo rejected the plan and said it was late.", "ministry in Oslo"),
        ("RT, citing Bild, reported that he left.", "RT"),
        ("TASS quoted the governor as saying that he left.", "TASS"),
        ("Moscow accused Kyiv of shelling a school.", "Moscow"),
        ("The mayor was accused by prosecutors of taking bribes.", "prosecutors"),
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
        "The company said goodbye to coal.",
        "Divers found the wreck.",
        "A man accused of the crime fled.",
        "The two are said to have met.",
        "",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert attributions(text) == []


def test_the_outer_speaker_comes_first() -> None:
    found = attributions("According to Bild, Trump clashed with them, alleging that Europe cheats,” RT said.")
    assert found[0].speaker == "RT"


def test_a_nested_report_keeps_both_of_its_speakers() -> None:
    for text in ("RT, citing Bild, reported that he left.", "TASS quoted the governor as saying that he left."):
        first, *others = attributions(text)
        kept = text[first.start : first.end] + " ".join(text[other.start : other.end] for other in others)
        assert all(name in kept for name in (("RT", "Bild") if "RT" in text else ("TASS", "governor as saying")))


@given(st.text() | st.lists(st.sampled_from(["said ", "He ", "“", "” ", "according to ", ", ", "Trump ", "who ", "’"])).map("".join))
def test_spans_lie_inside_the_text(text: str) -> None:
    for found in attributions(text):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.speaker
