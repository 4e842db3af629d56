"""Who speaks under a label, and that what an asker says is never a claim."""

import pytest

from briefing.text.articles import article
from briefing.text.labels import UNNAMED
from tests.cpu import within


def told(text: str, markdown: bool = False) -> list[tuple[str, str]]:
    """Return the speaker and the note of every body sentence."""
    found = article("x", "x.txt", "0" * 64, text, markdown=markdown)
    return [(s.speaker, s.note) for s in found.sentences if s.role.value == "body"]


INTERVIEW = """“We will not sell the fleet”: an interview with Ilse Morrow

The head of the ferry company, Ilse Morrow, spoke to the Kessin Courier about the winter.

Q: You sold 40 boats in secret last year. Why?

A: That is false. We sold three boats.

Q: Your critics say the company is bankrupt.

A: We made a profit in 2025.

We have no debts to banks.

Courier: Will fares rise?

Morrow: Fares will rise by 5 per cent in March.
"""


def test_questions_and_answers() -> None:
    ilse = ("Ilse Morrow", "")
    assert told(INTERVIEW) == [
        *[("", ""), ("Q", "question"), ("Q", "question"), ilse, ilse],
        *[("Q", "question"), ilse, ilse, ("Courier", "question"), ilse],
    ]


BOLD = """# “I never took the money”: Hugo Marn speaks

*The former treasurer of Kessin talks before his trial.*

**You moved 4.1 million crowns to Tarn. Where is it now?**

I never moved any money. The account belongs to somebody else.

**Two members say that you paid them in 2021.**

They were promised lighter sentences for saying so. My lawyer will call them.
"""


def test_questions_in_bold_without_labels() -> None:
    hugo, asked = ("Hugo Marn", ""), ("", "question")
    assert told(BOLD, markdown=True) == [("", ""), asked, asked, hugo, hugo, asked, hugo, hugo]


def test_two_names_in_the_headline_are_nobody() -> None:
    found = told(BOLD.replace("Hugo Marn speaks", "Hugo Marn and Ida Holm speak"), markdown=True)
    assert {speaker for speaker, _ in found} == {"", UNNAMED}


def test_service_questions_make_no_interview() -> None:
    text = (
        "The moon turns red\n\nThe moon will turn red on Tuesday.\n\nDo you need glasses?\n\n"
        "No glasses are needed, the observatory said.\n\nCan you see it from Velm?\n\nIt can be seen from Velm and Tarn.\n"
    )
    assert {speaker for speaker, _ in told(text)} == {""}


def test_a_transcript_goes_on_under_its_label() -> None:
    text = (
        "Full transcript of the press conference\n\nMayor Lind: We reopen the bridge. I signed the order.\n\n"
        "The cost is 3 million crowns.\n\nREPORTER: The bridge is unsafe. Who checked it?\n\n"
        "Mayor Lind: Our engineers did, and you have their report.\n"
    )
    lind = ("Mayor Lind", "")
    assert told(text) == [lind, lind, lind, ("REPORTER", "question"), ("REPORTER", "question"), lind]
    assert article("x", "x.txt", "0" * 64, text).form == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "The city named its buildings on Monday.\n\nTown Hall: A banner hung there in May.\n\nNew Theatre: A banner hung there in June.\n",
        "The city named its buildings on Monday.\n\nPrice: 4 crowns.\n\nSize: 3 rooms.\n\nPrice: 5 crowns.\n\nSize: 7 rooms.\n",
        "The city spoke on Monday.\n\nOne thing is sure: the bridge is closed.\n",
    ],
)
def test_a_colon_is_no_label(text: str) -> None:
    assert {speaker for speaker, _ in told(text)} == {""}


def test_posts_are_their_accounts_words() -> None:
    text = (
        "Orban Tull (@orbantull) · 25 Nov 2026\n\nFinally some honesty. I said so in March! 🚧 #Tunnel\n\n"
        "RT @TransportMinistry: The tunnel will open in 2031.\n\n1.2K likes · 340 reposts · 88 replies\n"
    )
    assert told(text) == [("Orban Tull", ""), ("Orban Tull", ""), ("@TransportMinistry", "")]


def test_labels_with_a_full_stop_come_again_and_again() -> None:
    text = "Talk\n\nQ. Is it so?\n\nA. The harbour sold three boats.\n\nQ. Why?\n\nA. The harbour had no use for them.\n"
    assert told(text) == [("Q", "question"), (UNNAMED, ""), ("Q", "question"), (UNNAMED, "")]
    assert {speaker for speaker, _ in told("Plan\n\nA. Lincoln signed it.\n\nA. Lincoln left for Osk.\n")} == {""}


@pytest.mark.parametrize("names", [("MR KELL", "MS RETH"), ("Anna Reth (engineer)", "Boris Kell (Norrbus)")])
def test_names_that_take_turns_are_a_transcript_without_a_pronoun(names: tuple[str, str]) -> None:
    one, other = names
    text = f"Dam debate\n\n{one}: The dam is unsafe.\n\n{other}: The dam was inspected.\n\n{one}: That took nine minutes.\n"
    assert [speaker for speaker, _ in told(text)] == [name.partition(" (")[0] for name in (one, other, one)]


def test_a_title_and_a_name_are_a_label_and_no_words_of_an_answer() -> None:
    text = "The council met on Monday.\n\nIs the dam safe?\n\nMayor Lind: No.\n\nMayor Lind: The dam of Osk costs 40 million euros.\n"
    assert told(text)[-2:] == [("Mayor Lind", "answer"), ("Mayor Lind", "")]


BROADCAST = """A ban before the court

ADA KELL: The court of Osk heard arguments on the ban on Tuesday. Two judges were named by the council.

JUDGE ROSS: Has the city pointed to any evidence?

ADA KELL: The hearing came days after the ban was lifted.

IVO LIND: I think the judges asked the right questions.

ADA KELL: Ivo Lind, what happens now?

IVO LIND: We will wait for the ruling.
"""


def test_who_opens_a_broadcast_and_asks_reports_for_the_outlet() -> None:
    notes = [note for speaker, note in told(BROADCAST) if speaker == "ADA KELL"]
    assert notes == ["question"] * 4
    assert ("IVO LIND", "") in told(BROADCAST)


def test_initials_are_those_who_speak_and_no_part_of_the_outlets_name() -> None:
    text = (
        "---\nsource: Kessin Monthly\n---\nA talk with engineer Mona Thorne\n\nMona Thorne ran the dam for nine years.\n\n"
        "KM: The council ignored you. Why?\n\nMT: The council read my reports.\n\nKM: And what happens now?\n\nMT: I think it will fall.\n"
    )
    mona = ("Mona Thorne", "")
    assert told(text)[1:] == [("KM", "question"), ("KM", "question"), mona, ("KM", "question"), mona]


def test_a_title_in_capitals_is_part_of_a_label_and_a_surname_is_the_same_asker() -> None:
    text = (
        "Hearing on the dam\n\nSEN. ADA KELL: The dam is unsafe. Is it not?\n\nIVO REST: I say it holds.\n\nKELL: You were warned.\n\n"
        "REST: We sold it.\n\nSEN. OLE LIND: I think you lied. Will you resign?\n\nREST: I will stay in office.\n"
    )
    asked = "question"
    assert told(text) == [
        *[("SEN. ADA KELL", asked), ("SEN. ADA KELL", asked), ("IVO REST", ""), ("KELL", asked), ("REST", "")],
        *[("SEN. OLE LIND", asked), ("SEN. OLE LIND", asked), ("REST", "")],
    ]


def test_time_is_linear_where_thousands_of_labels_ask() -> None:
    names = (f"A{n} KELL{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}" for n in range(6000))
    text = "A hearing\n\n" + "\n\n".join(f"SEN. {name}: I say so?" for name in names)
    with within(4):
        told(text)
