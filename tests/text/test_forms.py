"""One form for each name: which is chosen, where it is put, and what is never touched."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.forms import entities, forms, unified
from briefing.text.quotations import quotations
from tests.properties import SEEDS, read_articles

CHOSEN = {
    "Kiev": "Kyiv",
    "US": "U.S.",
    "UK": "U.K.",
    "United States": "U.S.",
    "NYT": "New York Times",
    "AP": "Associated Press",
    "Zelenskyy": "Zelensky",
    "Volodymr Zelensky": "Vladimir Zelensky",
}
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


@pytest.fixture(scope="module")
def seeds() -> list[str]:
    return [article.text for article in read_articles(SEEDS).values()]


def test_the_seeds_have_one_form_for_each_name(seeds: list[str]) -> None:
    assert forms(seeds) == {
        "Kiev": "Kyiv",
        "NYT": "New York Times",
        "UK": "U.K.",
        "US": "U.S.",
        "WSJ": "Wall Street Journal",
        "Zelenskyy": "Zelensky",
        "Volodymr Zelensky": "Zelensky",  # each first name stands once
        "Volodymr Zelenskyy": "Zelensky",
        "Vladimir Zelensky": "Zelensky",
        "Vladimir Zelenskyy": "Zelensky",
    }


def test_the_seeds_unified_name_nothing_otherwise_and_keep_their_quotations(seeds: list[str]) -> None:
    chosen = forms(seeds)
    for text in seeds:
        told = unified(text, chosen)
        assert [told[q.start : q.end] for q in quotations(told)] == [text[q.start : q.end] for q in quotations(text)]
        assert entities(told) == entities(text)
        assert {key.split()[-1] for key in forms([told])} <= {"Zelenskyy"}  # in a quotation


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Moscow and Kiev spoke."], {"Kiev": "Kyiv"}),
        (["The USA spent US$5."], {"US": "U.S."}),  # found, and not put into "US$5"
        (["The United States of America (USA) and Britain met."], {"United States": "U.S.", "United States of America": "U.S."}),
        (["The NYT said.", "The New York Times said."], {"NYT": "New York Times"}),
        (["The NYT said."], {}),
        (["The CIA said. The Central Intelligence Agency said. The Culinary Institute Association said."], {}),
        (["The European Union met the EU."], {"EU": "European Union"}),
        (["Eastern Ukraine met the EU."], {}),
        (["The Brell Port Authority (BPA) met. A Brell Press Agency too. The BPA."], {"BPA": "Brell Port Authority"}),
        (["Dick Van Dyke sold a DVD."], {}),
        (["Who spoke, and who did not? The WHO. A World Health Organization"], {}),
    ],
)
def test_places_and_bodies(texts: list[str], expected: dict[str, str]) -> None:
    assert forms(texts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Zelenskyy spoke. Zelensky left. President Zelensky.", {"Zelenskyy": "Zelensky"}),
        ("Sergei Lavrov met Sergey Lavrov. Sergei Lavrov left.", {"Sergey Lavrov": "Sergei Lavrov"}),
        ("Mohammed bin Salman left. Mohammad bin Salman.", {"Mohammad bin Salman": "bin Salman", "Mohammed bin Salman": "bin Salman"}),
        ("Viktor Orban left. Orbán stayed. Orban.", {"Orbán": "Orban", "Viktor Orbán": "Viktor Orban"}),
        ("President Lukashenka left. President Lukashenko. Lukashenko.", {"Lukashenka": "Lukashenko"}),
        ("Zelenskyy met Zelensky.", {}),  # nothing says that they are people
        ("Ivan Novak met Petra Novak. Novak left.", {}),
        ("Jan Zelensky met Petra Zelenskyy.", {}),
        ("Jan Zelensky met Petra Zelensky. Zelenskyy left.", {}),
        ("Volodymyr Zelensky married Olena Zelenska.", {}),
        ("Daniel Calder met Daniela Caldar.", {}),
        ("Boris Johnson met Ron Johnston. Johnston left. Senator Johnson.", {}),
        ("Mary Peters met Mary Peter.", {}),
        ("The Sri Lankan team left Sri Lanka.", {}),
        ("Richard Pryor left. Richard Prior stayed. Pryor, prior to that.", {"Richard Prior": "Richard Pryor"}),
        ("On Thursday Zelensky left. On Friday Zelenskyy did. President Zelensky.", {"Zelenskyy": "Zelensky"}),
    ],
)
def test_people(text: str, expected: dict[str, str]) -> None:
    assert forms([text]) == expected


def test_the_commonest_form_is_chosen_and_the_shorter_of_two() -> None:
    assert forms(["President Zelenskyy. Zelenskyy. Zelensky."])["Zelensky"] == "Zelenskyy"
    assert forms(["President Zelenskyy. Zelensky."])["Zelenskyy"] == "Zelensky"
    full = forms(["Vladimir Zelenskyy met. Zelensky left. Zelensky. Volodymyr Zelensky."])
    assert full["Vladimir Zelenskyy"] == "Volodymyr Zelensky"


def test_a_slip_among_many_does_not_make_two_people() -> None:
    text = "Oval Zelensky. Zelenskyy left. " + "Volodymyr Zelensky spoke. " * 20
    assert forms([text])["Zelenskyy"] == "Zelensky"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiev’s men left Kiev.", "Kyiv’s men left Kyiv."),
        ("the US’s role in the US.", "the U.S.’s role in the U.S."),
        ("The US. The US...", "The U.S. The U.S...."),
        ("a US-led, non-US plan", "a U.S.-led, non-U.S. plan"),
        ("the United States’ role", "the U.S.’s role"),
        ("The NYT reports. An NYT source. A AP man.", "The New York Times reports. A New York Times source. An Associated Press man."),
        ("New York Times (NYT)", "New York Times (NYT)"),
        ("the Zelenskyys’ house", "the Zelenskys’ house"),
        ("President Volodymr Zelensky’s aide", "President Vladimir Zelensky’s aide"),
        ("“Kiev,” he said in Kiev.", "“Kiev,” he said in Kyiv."),
        ("‘Kiev’s men,’ he said in Kiev.", "‘Kiev’s men,’ he said in Kyiv."),
        ("'Kiev', he said in Kiev.", "'Kiev', he said in Kyiv."),
        ("‘the States’ ties to Kiev’ and Kiev", "‘the States’ ties to Kiev’ and Kyiv"),
        ("The leaders' talks in Kiev", "The leaders' talks in Kyiv"),
    ],
)
def test_a_form_is_put_in_place(text: str, expected: str) -> None:
    assert unified(text, CHOSEN) == expected


@pytest.mark.parametrize(
    "text",
    [
        "USA US$5 $US5 USAID us Us",
        "Kievan kiev KIEV O’Kiev Kiev_x",
        "chicken Kiev",
        "www.Kiev.com https://x.y/Kiev Kiev.com @US #US",
        "JOIN US TODAY",
        "“Kiev and the US",
        'He said: “Kiev\nto "Kiev"',
        "",
    ],
)
def test_what_is_not_the_name_stays(text: str) -> None:
    assert unified(text, CHOSEN) == text


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


@given(st.lists(PIECES | st.text(), max_size=4), PIECES | st.text())
def test_it_never_raises_and_is_done_at_once(texts: list[str], other: str) -> None:
    chosen = forms(texts)
    assert all(name != form for name, form in chosen.items())
    for text in [*texts, other]:
        told = unified(text, chosen)
        assert unified(told, chosen) == told
        entities(text)


@given(PIECES | st.text())
def test_quotations_are_untouched(text: str) -> None:
    told = unified(text, CHOSEN)
    assert [told[q.start : q.end] for q in quotations(told)] == [text[q.start : q.end] for q in quotations(text)]


@given(st.text(alphabet="abc ,.’"), st.sampled_from(["“{}”", '"{}"', "‘{}’", "«{}»"]), st.sampled_from(sorted(CHOSEN)))
def test_a_name_in_quotation_marks_is_found_there_again(text: str, marks: str, name: str) -> None:
    quoted = marks.format(f"we {name} go")
    assert quoted in unified(f"{text} {quoted} Kiev", CHOSEN)


@given(st.lists(st.text()))
def test_what_names_nothing_is_unchanged(texts: list[str]) -> None:
    assert all(unified(text, {}) == text for text in texts)


def test_a_thousand_articles_take_seconds(seeds: list[str]) -> None:
    articles = [f"{seeds[n % 5]}\nAna Kal{'aeiou'[n % 5]}{n}".replace("Paris", f"Par{n}")[:3000] for n in range(1000)]
    start = time.process_time()
    forms(articles)
    assert time.process_time() - start < 5
