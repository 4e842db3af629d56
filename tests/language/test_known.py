"""What a sentence speaks of as known because its article brought it up, and whom of those who bear one surname it means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.known import namesakes, points_back, told_apart, unnamed

Parses = Callable[[str], Parse]
Documents = Callable[..., Document]


def earlier(one: Document, number: int) -> list[Parse]:
    return [one.parse(n) for n in one.before(number)]


@pytest.mark.parametrize(
    ("before", "text", "nouns"),
    [
        ("A crash on the bridge killed two men.", "The crash happened on Monday.", {"crash"}),
        ("The Tarn Fishing Service counts the seals.", "On Monday, the service opened a station.", {"service"}),
        ("Engineers found deep cracks in the pillars.", "Trains stopped because of these cracks.", {"crack"}),
        ("A crash on the bridge killed two men.", "The crash on the bridge happened on Monday.", set()),  # it says which
        ("A crash on the bridge killed two men.", "The crash of Tarn happened on Monday.", set()),
        ("A crash on the bridge killed two men.", "Police cleared the crash on Monday.", set()),  # the object of a verb
        ("Kell has a plan for the port.", "The mayor’s plan is cheap.", set()),  # whose it is says which
        ("The storm hit the coast.", "The storm moved north.", set()),  # known to everybody from the first
        ("Crews saw a storm.", "The coast was flooded.", set()),  # told of nowhere
        ("A government of four parties took office.", "The government met on Monday.", set()),  # there is one
    ],
)
def test_what_stands_with_the_because_it_was_told_before(document: Documents, before: str, text: str, nouns: set[str]) -> None:
    one = document(f"{before}\n\n{text}")
    assert points_back(one.parse(2), earlier(one, 2)) == nouns


@pytest.mark.parametrize(
    ("before", "text", "nouns"),
    [
        ("The storm hit the coast.", "The storm moved north.", {"storm"}),
        ("A crash on the bridge killed two men.", "Police cleared the crash on Monday.", {"crash"}),
        ("Crews saw a storm.", "The coast was flooded.", set()),
        ("A government of four parties took office.", "The government met on Monday.", set()),
    ],
)
def test_strictly_all_that_was_named_before_points_back(document: Documents, before: str, text: str, nouns: set[str]) -> None:
    one = document(f"{before}\n\n{text}")
    assert points_back(one.parse(2), earlier(one, 2), strictly=True) == nouns


def test_what_is_cut_points_nowhere(document: Documents) -> None:
    one = document("A crash on the bridge killed two men.\n\nThe crash happened on Monday.")
    assert points_back(one.parse(2), earlier(one, 2), {1}) == set()


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Such attacks by drones are common in the north, the army said.", {"attack"}),
        ("Ole Lind, one such member, told reporters that he would leave.", {"member"}),
        ("Kell tried to stop such talk.", {"talk"}),
        ("No such attacks were seen in May.", set()),
        ("The council signed such a deal in May.", set()),
        ("Cities such as Osk and Brell are growing.", set()),
        ("Such cities as Osk are growing.", set()),
        ("The storm had such force that it broke the bridge.", set()),
        ("The council fears the judges who believe that such punishment is right.", {"punishment"}),
        ("A storm hit the town of Osk, which set off a debate on how to prevent such floods.", set()),
        ("Two men robbed a bank in Osk, said the office, which tracks such crime.", set()),
        ("Velm will test all drivers, the first such law in Norland.", set()),
        ("Ole Lind named the army in such “grave crimes” as theft.", set()),
        ("Ole Lind asked why such trusted officials left the port.", set()),
        ("“Such attacks are common,” Ole Lind said.", set()),
        ("Marches drew crowds in Osk, and the mayor banned such marches.", set()),  # its own sentence says which
        ("The week included a holiday, and claims rise around such events.", set()),
    ],
)
def test_such_speaks_of_what_was_told_before(document: Documents, text: str, nouns: set[str]) -> None:
    assert points_back(document(text).parse(1), ()) == nouns


TWO = "Ada Lind, who chairs the council, wrote to her brother Ole Lind. Ada Lind sold the port."


@pytest.mark.parametrize(
    ("text", "several"),
    [
        (f"{TWO} Lind called the sale late.", {"Lind"}),
        (f"{TWO} Mayor Lind called the sale late.", set()),
        (f"{TWO} Mrs. Lind called the sale late.", set()),
        (f"{TWO} Ole Lind and his lawyer met, and Lind called the sale late.", set()),
        ("Ada Lind sold the port. Ada Lind left. Lind called the sale late.", set()),
    ],
)
def test_a_surname_that_two_bear_says_not_who(document: Documents, text: str, several: set[str]) -> None:
    one = document(text)
    assert {who.surname for who in namesakes(one.people, one.parse(3), earlier(one, 3))} == several


@pytest.mark.parametrize(
    ("told", "apart"),
    [
        ("Ada Lind sold the port.", True),  # named last, and most
        ("Mayor Lind sold the port.", True),
        ("Ole Lind owns a ship.", False),
        ("Ada Lind wrote to Ole Lind.", False),
        ("The port was sold.", False),
    ],
)
def test_whom_of_two_was_told_of(document: Documents, parse: Parses, told: str, apart: bool) -> None:
    one = document(f"{TWO} Lind called the sale late.")
    (who,) = namesakes(one.people, one.parse(3), earlier(one, 3))
    assert told_apart(who, one.people, [parse(told)]) is apart


def test_whom_of_two_who_are_named_as_often_is_meant_only_who_was_named_last(document: Documents, parse: Parses) -> None:
    one = document("Ada Lind sold the port.\n\nOle Lind called the sale late.\n\nIn May, Lind sold a ship.")
    (who,) = namesakes(one.people, one.parse(3), earlier(one, 3))
    assert [told_apart(who, one.people, [parse(f"{name} Lind owns a ship.")]) for name in ("Ada", "Ole")] == [False, True]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The state’s assembly passed a law.", {("GPE", "LOC", "NORP")}),
        ("The company closed two plants.", {("ORG",)}),
        ("The committee met in May.", {("ORG",)}),
        ("The company closed two plants of Norrbus Inc.", set()),  # it is named
        ("The state of Ohio passed a law.", set()),  # which one is said
        ("A company closed two plants.", set()),
        ("The country closed its border.", set()),  # the reader's, or the paper's
    ],
)
def test_the_state_alone_names_no_state(parsed: Parses, text: str, kinds: set[tuple[str, ...]]) -> None:
    assert unnamed(parsed(text)) == kinds
