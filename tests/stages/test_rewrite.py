"""What a claim about one sentence says, as edits of it, or why it says nothing: whose words it is, whom it means, when, and how worded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.edits import Rewrite
from briefing.stages.eligible import LONGEST
from briefing.stages.rewrite import rewrite
from briefing.stages.verbatim import quoted
from briefing.text.articles import article
from briefing.types import Role, edited
from tests.stages.fakes import document

DATED = "Published: 25 November 2026\n\n"


def of(text: str, words: str, parser: Parser, **fields: Any) -> tuple[Document, int]:
    """Return the Document of a text and the number of the first sentence that holds `words`."""
    made = document(text, parser, **fields)
    return made, next(s.number for s in made.article.sentences if words in made.text(s.number))


def plan(text: str, words: str, parser: Parser, **fields: Any) -> Rewrite | str:
    return rewrite(*of(text, words, parser, **fields))


def says(text: str, words: str, parser: Parser, **fields: Any) -> str:
    """Return what the claim about a sentence says, "" where it is never a claim."""
    made, number = of(text, words, parser, **fields)
    found = rewrite(made, number)
    return "" if isinstance(found, str) else edited(made.text(number), made.sentence(number).start, found.needed)


# Sentences of the article's own voice


@pytest.mark.parametrize(
    "text",
    [
        "Six people died.",
        "Norrbus rejected the demands.",
        "Osk beat Brell 3-1 in the final.",
        "The bank of Orlin left its key rate at 4.25 percent.",
        "A court acquitted Rosa Lund of poisoning the well in Orlin.",
        "The probe reached its orbit after nine years.",
        "Parliament passed the fishing law by 61 votes to 40.",
        "The temperature in Orlin fell to −12 degrees.",
        "Nobody was hurt.",
        "The mine in Bor will reopen in spring.",
        "King Charles I of Norland was a painter.",
        "The dam may break if the river rises, engineers said.",
    ],
)
def test_a_plain_sentence_stays_as_it_is(parser: Parser, text: str) -> None:
    found = plan(f"The news of the day was this.\n\n{text}", text, parser)
    assert isinstance(found, Rewrite)
    assert (found.needed, found.optional, found.sentences, found.verbatim) == ((), (), (2,), False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Who will win the cup?", "question"),
        ("Has the dam of Orlin failed?”", "question"),
        ("Yes, the town of Orlin does keep its harbour open on Sundays.", "answers a question that is not told"),
        ("No, guards at the harbour of Orlin are not paid on Sundays.", "answers a question that is not told"),
        ("Storm in Velm.", "no whole sentence"),
        ("Note: The club was founded in 1949.", "no whole sentence"),
        ("Why it matters: The council closed two schools.", "no whole sentence"),
        ("Closed for repairs.", "no whole sentence"),
        ("Snow, rain and fog in Tarn.", "no whole sentence"),
        ("We saw no police in Orlin.", "first person"),
        ("The smoke of the fire stung my eyes.", "first person"),
        ("The house on the hill is mine.", "first person"),
        ("The bridge was closed when you crossed the river.", "addresses the reader"),
        ("Travellers should check the times of the ferries.", "advice"),
        ("Two days later, the dam broke.", "told of a time that another sentence names"),
        ("By then the river had risen.", "told of a time that another sentence names"),
        ("He left for Tarn.", "whom or what it means is not clear without the sentences before it"),
        ("The two met in Velm.", "whom or what it means is not clear without the sentences before it"),
        ("The so-called experts of Norrbus closed the depot.", "cannot be told without the loaded wording “so-called”"),
        (f"The list held {'Aster and Brell and ' * 25}Dorn.", "too long to be one sentence"),
        (f"The list held {'Aster/Brell/' * 70}Dorn.", "too long to be one sentence"),
    ],
)
def test_what_is_never_a_claim(parser: Parser, text: str, reason: str) -> None:
    assert plan(text, text[:14], parser) == reason


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"The council of Velm closed the {'old ' * 53}school.", True),
        (f"The council of Velm closed the {'old ' * 54}school.", False),
        (f"The council of Velm closed {'Aster/Brell/' * 64}Dorn.", True),
        (f"The council of Velm closed {'Aster/Brell/' * 64}Dorna.", False),
    ],
)
def test_a_sentence_has_60_words_and_800_characters_at_most(parser: Parser, text: str, whole: bool) -> None:
    found = plan(text, "Velm", parser)
    assert isinstance(found, Rewrite) if whole else found == "too long to be one sentence"


def test_a_label_is_of_three_words_at_most(parser: Parser) -> None:
    text = "The council of Brell decided on Monday: All the schools of the town will close in May."
    assert says(text, "council", parser) == text


def test_advice_that_somebody_gives_is_told(parser: Parser) -> None:
    assert says("The mayor said that travellers should check the times.", "mayor", parser)


def test_what_an_outlet_tells_of_itself_is_left_out(parser: Parser) -> None:
    text = "The Courier has asked the ministry for a comment."
    assert plan(text, "Courier", parser, source="The Courier") == "about the outlet itself"
    assert isinstance(plan(text, "Courier", parser, source="The Post"), Rewrite)


@pytest.mark.parametrize("dateline", ["KESSIN, Nov. 26 (Reuters) - ", "KESSIN, Norland (Reuters) — ", "KESSIN (Reuters) - "])
def test_the_agency_of_a_dateline_is_not_whom_a_sentence_is_about(parser: Parser, dateline: str) -> None:
    text = f"{dateline}Dynamo Kessin beat Orlin 3-1 in the final of the national cup on Thursday."
    assert isinstance(plan(text, "KESSIN", parser, source="Reuters"), Rewrite)
    about = "KESSIN (Reuters) - Reuters has reached out to the ministry."
    assert plan(about, "KESSIN", parser, source="Reuters") == "about the outlet itself"


def test_a_sentence_that_lost_a_quotation_mark_is_not_told(parser: Parser) -> None:
    text = 'The pier is open to all of the town," Mayor Ada Kell told reporters in Kessin on Monday.'
    assert plan(text, "The pier", parser) == "a quotation mark is missing"
    assert isinstance(plan(f'"{text}', '"The pier', parser), Rewrite)
    assert isinstance(plan('The hail of Orlin measured 2" on Monday.', "The hail", parser), Rewrite)


def test_that_nobody_answered_is_no_news(parser: Parser) -> None:
    for text in (
        "The ministry of Orlin did not respond to a request for comment.",
        "Maren Sol, a spokeswoman for the harbour board, did not provide a comment.",
        "Maren Sol declined to comment on the plan.",
        "Maren Sol said she could not confirm, deny or comment on the plan.",
        "Maren Sol said that the board would not comment.",
    ):
        assert plan(text, text[:12], parser) == "nobody answered", text
    assert isinstance(plan("The ministry of Orlin did not return the money.", "The ministry", parser), Rewrite)
    assert isinstance(plan("Maren Sol declined to sign the plan.", "Maren", parser), Rewrite)
    assert isinstance(plan("Maren Sol said she could not sign the plan.", "Maren", parser), Rewrite)


def test_what_a_part_of_the_outlet_does_is_left_out_and_what_the_outlet_says_is_told(parser: Parser) -> None:
    text = "The Courier Car Team looked at prices in ten towns, according to the board."
    assert plan(text, "The Courier", parser, source="The Courier") == "about the outlet itself"
    told = "The Courier reported that prices rose in ten towns."
    assert isinstance(plan(told, "The Courier", parser, source="The Courier"), Rewrite)


def test_what_joins_to_the_sentence_before_is_always_cut(parser: Parser) -> None:
    made, number = of("However, the council of Brell rejected the plan.", "However", parser)
    found = rewrite(made, number)
    assert isinstance(found, Rewrite)
    assert [(edit.reason, edit.text) for edit in found.needed] == [("connector", "")]


def test_what_may_go_is_left_to_choose(parser: Parser) -> None:
    found = plan("Maren Sol, who leads the harbour board, opened the pier of Kessin.", "Maren", parser)
    assert isinstance(found, Rewrite)
    assert (found.needed, [edit.reason for edit in found.optional]) == ((), ["relative clause"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Schools were closed on Monday.", "Schools were closed on Monday [23 November 2026]."),
        ("Schools will reopen on Monday.", "Schools will reopen on Monday [30 November 2026]."),
        ("A new tax takes effect on 1 January.", "A new tax takes effect on 1 January [1 January 2027]."),
        ("Schools were closed in 2019.", "Schools were closed in 2019."),
    ],
)
def test_days_are_resolved_in_brackets(parser: Parser, text: str, told: str) -> None:
    assert says(f"{DATED}{text}", text[:7], parser) == told
    assert says(text, text[:7], parser) == text  # an article without a date gives none


def test_a_past_day_that_its_paragraph_stands_under_is_put_in(parser: Parser) -> None:
    text = f"{DATED}November 26, 1986. An explosion at the plant in Tarn kills 31 people."
    found = plan(text, "explosion", parser)
    assert isinstance(found, Rewrite)
    assert found.day == "1986-11-26"
    assert says(text, "explosion", parser) == "An explosion at the plant in Tarn kills 31 people [26 November 1986]."


def test_the_entries_of_a_live_blog_bear_their_times(parser: Parser) -> None:
    text = (
        f"Fire in Brell: live updates\n\n{DATED}16:40\n\nThe number of dead has risen to seven, the mayor said.\n\n"
        "12:05\n\nThree people were killed in a fire in Brell, police said."
    )
    assert says(text, "seven", parser).startswith("[16:40] The number")
    assert says(text, "Three", parser).startswith("[12:05] Three")
    assert not says(text, "Three", parser, form="news").startswith("[")


def test_whom_a_pronoun_means_stands_in_brackets_and_is_cited(parser: Parser) -> None:
    text = "Peter Lund denied the charge. His lawyer left the court."
    found = plan(text, "lawyer", parser)
    assert isinstance(found, Rewrite)
    assert found.sentences == (2, 1)
    assert says(text, "lawyer", parser) == "[Peter Lund’s] lawyer left the court."


def test_of_two_men_no_name_is_put_in(parser: Parser) -> None:
    text = "Judge Peter Lund met Emil Varga on Wednesday. He fined him 30,000 crowns."
    assert says(text, "fined", parser) == ""


def test_emphasis_of_markdown_is_cut(parser: Parser) -> None:
    assert (
        says("The shares of **Norrbus** rose *3 percent* on the day.", "shares", parser)
        == "The shares of Norrbus rose 3 percent on the day."
    )


@pytest.mark.parametrize("label", [" [pdf]", " (PDF)", " [Video]"])
def test_what_a_page_says_of_a_link_is_cut(parser: Parser, label: str) -> None:
    text = "The council of Orlin published{} a report on the harbour, and 36 firms{} have signed it."
    assert says(text.format(label, label), "council", parser) == text.format("", "")
    kept = "The council of Orlin published a report [sic] on the link (36 firms) and the map of the harbour."
    assert says(kept, "council", parser) == kept


def test_loaded_wording_is_cut_with_its_part_and_never_replaced(parser: Parser) -> None:
    text = "Maren Sol, who leads the disgraceful board of the harbour, opened the pier of Kessin."
    found = plan(text, "Maren", parser)
    told = says(text, "Maren", parser)
    assert isinstance(found, Rewrite)
    assert told == "Maren Sol opened the pier of Kessin."
    assert [edit.reason for edit in found.needed] == ["loaded wording"]


def test_loaded_words_of_somebody_stay_theirs(parser: Parser) -> None:
    text = "Maren Sol called the plan “a disgraceful regime” on Monday."
    assert says(text, "Maren", parser) == text


# Somebody's words

HALE = (
    "The board of Wexholm closed two wards. Miriam Hale, a surgeon at the hospital, said: “We were told on Friday. "
    "Nobody asked the staff.\n\n“The unit will lose 18 beds by January. Patients will have to travel 70 kilometres.” "
    "Joost Permen praised the board."
)


@pytest.mark.parametrize("words", ["Nobody asked", "18 beds", "70 kilometres"])
def test_each_sentence_of_a_speech_carries_its_speaker(parser: Parser, words: str) -> None:
    found = plan(HALE, words, parser)
    assert isinstance(found, Rewrite)
    assert (found.speaker, found.kind, found.verbatim) == ("Miriam Hale", "statement", True)
    told = says(HALE, words, parser)
    assert told.startswith("Miriam Hale said: “")
    assert told.endswith(".”")
    assert 2 in found.sentences


def test_a_sentence_after_a_speech_is_the_article_s(parser: Parser) -> None:
    assert says(HALE, "Permen", parser) == "Joost Permen praised the board."


def test_a_quotation_that_runs_on_is_closed(parser: Parser) -> None:
    assert says(HALE, "We were told", parser).endswith("said: “We were told on Friday.”")


def test_a_quotation_of_nobody_is_left_out(parser: Parser) -> None:
    text = "The wards were closed.\n\n“Nobody asked the staff of the wards.”\n\nRain fell."
    assert plan(text, "Nobody", parser) == "part of a quotation whose speaker is not clear"


INTERVIEW = (
    "“We will not sell”: an interview with Ilse Morrow\n\n"
    "The head of the ferry company, Ilse Morrow, spoke to the Kessin Courier about the winter.\n\n"
    "Q: You sold 40 boats in secret last year. Why?\n\nA: Norrline sold three boats in public.\n\n"
    "Courier: Will fares rise?\n\nMorrow: Fares on the Tarn route will rise by 5 percent in March.\n\n"
    "Courier: Your critics say the firm is bankrupt.\n\nMorrow: We have no debts."
)


def test_answers_are_quoted_and_questions_and_premises_are_not_claims(parser: Parser) -> None:
    assert says(INTERVIEW, "three boats", parser) == "Ilse Morrow said: “Norrline sold three boats in public.”"
    assert says(INTERVIEW, "Fares on", parser) == "Ilse Morrow said: “Fares on the Tarn route will rise by 5 percent in March.”"
    for words in ("40 boats", "Why?", "Will fares"):
        assert plan(INTERVIEW, words, parser) == "question"


def test_a_label_is_not_what_a_pronoun_of_its_answer_means(parser: Parser) -> None:
    text = (
        "The dam: Q&A with engineer Mona Orne\n\nMona Orne ran the dam.\n\nCM: The council ignored you. Why?\n\n"
        "MO: They did not ignore them.\n\nCM: And now?\n\nMO: The wall will go.\n\nCM: When?\n\nMO: I expect it in May."
    )
    assert str(plan(text, "They did", parser)).startswith("whom or what it means")


@pytest.mark.parametrize(
    "text",
    [
        "The dam of Orlin\n\nAn engineer spoke.\n\nQ: Is the dam safe?\n\nA: The dam is safe. The walls were raised in May.\n\n"
        "Q: Critics say that it leaks.\n\nA: The critics of the plan never saw the dam.",
        "The dam of Orlin\n\n**Is the dam safe, in your view?**\n\nI think so. The dam is safe. The walls were raised in May.\n\n"
        "**Do you know that it leaks?**\n\nI know better. The critics of the plan never saw the dam.",
    ],
)
def test_answers_of_nobody_are_not_told_in_our_voice(parser: Parser, text: str) -> None:
    for words in ("The dam is safe", "walls were raised", "never saw"):
        assert plan(text, words, parser, markdown=True) == "an answer of somebody who is not named"


def test_a_column_is_told_as_its_author_s_words(parser: Parser) -> None:
    text = "Opinion: The tunnel is a mistake\n\nThe Tarn tunnel will never open on time."
    found = plan(text, "never", parser)
    assert isinstance(found, Rewrite)
    assert (found.kind, found.verbatim) == ("opinion", True)
    assert says(text, "never", parser) == "An opinion article writes: “The Tarn tunnel will never open on time.”"
    assert says(text, "never", parser, source="The Post").startswith("An opinion article in The Post writes: “")


@pytest.mark.parametrize("form", ["satire", "list"])
def test_what_is_no_report_is_left_out_and_said(parser: Parser, form: str) -> None:
    assert form in str(plan("The mayor of Velm married a dam.", "mayor", parser, form=form))


def test_another_language_is_quoted_to_the_letter(parser: Parser) -> None:
    text = "Die Brücke in Grünau ist seit dem 29. Juli gesperrt."
    found = plan(text, "Brücke", parser)
    assert isinstance(found, Rewrite)
    assert (found.verbatim, found.kind, found.speaker) == (True, "fact", "")
    assert says(text, "Brücke", parser) == f"One article reports: “{text}”"
    assert says(text, "Brücke", parser, source="Der Bote").startswith("Der Bote reports: “")


def test_a_column_in_another_language_is_its_author_s_and_a_quotation_in_it_nobody_s(parser: Parser) -> None:
    column = "Meinung: Der Tunnel ist ein Fehler\n\nDer Tunnel von Tarn wird niemals fertig werden."
    assert says(column, "niemals", parser, form="opinion").startswith("An opinion article writes: “")
    report = "Der Landkreis nannte die Kosten. „Das ist viel zu viel für die Stadt. Wir haben das Geld nicht.“ Der Rat vertagte sich."
    assert plan(report, "Das ist viel", parser) == "part of a quotation whose speaker is not clear"


@pytest.mark.parametrize(
    "text",
    ["He closed the port.", "Is the port closed?", "The mayor called it “closed” and left.", "„Wann?“, fragte er."],
)
def test_what_cannot_be_quoted_whole_is_not(parser: Parser, text: str) -> None:
    assert isinstance(quoted(document(text, parser), 1), str)


# Lists

CHARGES = (
    "Charges against the treasurer\n\nProsecutors in Kessin accuse former treasurer Hugo Marn of the following crimes:\n\n"
    "- Marn moved 4.1 million crowns to Tarn.\n- He paid two council members for their votes.\n\nThe trial begins in May."
)


def test_a_lead_in_is_told_with_its_items_and_no_item_alone(parser: Parser) -> None:
    found = plan(CHARGES, "Prosecutors", parser)
    assert isinstance(found, Rewrite)
    told = says(CHARGES, "Prosecutors", parser)
    assert told.startswith("Prosecutors in Kessin accuse former treasurer Hugo Marn of the following crimes: “Marn moved 4.1 million")
    assert told.endswith("; “He paid two council members for their votes”.")
    assert len(found.sentences) == 3
    assert (found.kind, found.speaker) == ("statement", "Prosecutors in Kessin")
    for words in ("Marn moved", "He paid"):
        assert str(plan(CHARGES, words, parser)).startswith("rests on the lead-in")


def test_a_list_that_cannot_be_quoted_whole_is_left_out(parser: Parser) -> None:
    text = CHARGES.replace("He paid two", "He “paid” two")
    assert plan(text, "Prosecutors", parser) == "lead-in of a list that cannot be quoted whole"


# Every text


@given(
    st.lists(
        st.sampled_from(
            "The mayor Ines Calder said that she “ ” ‘ ’ , who 300 workers not He : - A: Q: Monday However, closed . ? \n\n".split(" ")
        ),
        max_size=40,
    ).map(" ".join)
    | st.text(max_size=60)
)
def test_any_text_gives_edits_that_lie_apart_in_the_sentence_or_a_reason(parser: Parser, text: str) -> None:
    made = document(text, parser)
    for sentence in made.article.sentences:
        found = rewrite(made, sentence.number)
        if isinstance(found, str):
            assert found
            continue
        assert sentence.role is Role.BODY
        assert found.sentences[0] == found.number == sentence.number
        told = edited(made.text(found.number), sentence.start, (*found.needed, *found.optional))  # raises where edits meet
        assert told
        assert len(made.text(found.number).split()) <= LONGEST or found.verbatim


RANKING = """# Bridges of Norland

The council of Velm counted the bridges of the country in May.

## 'Old Bridge' (1904)

Storms have damaged its piers three times.

## 'Rask Bridge' (1931)

The Rask Bridge opened in 1931 and carries trams.

## 'Tarn Bridge' (1958)

Trucks were banned for twelve years.
"""


def test_what_stands_under_the_heading_of_an_entry_must_name_it(parser: Parser) -> None:
    document = Document(article("x", "x.md", "0" * 64, RANKING, markdown=True), parser)
    told = {document.text(n): rewrite(document, n) for n in document.body()}
    assert {text for text, found in told.items() if isinstance(found, Rewrite)} == {
        "The council of Velm counted the bridges of the country in May.",
        "The Rask Bridge opened in 1931 and carries trams.",
    }
    assert told["Trucks were banned for twelve years."] == "told under the heading “'Tarn Bridge' (1958)”, which it does not name"


def test_two_headings_are_no_list_of_entries(parser: Parser) -> None:
    text = RANKING.partition("## 'Tarn")[0].replace("'Old Bridge' (1904)", "What happened before")
    document = Document(article("x", "x.md", "0" * 64, text, markdown=True), parser)
    assert document.entries == {}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The Rovers qualified for the last round after defeating Tarn 2-0 on Friday in Osk.", True),
        ("The 14-point deal pledges that the council will end its sanctions on Velm this year.", True),
        ("The court's three older judges dissented from the unsigned and brief decision March 2.", True),
        ("In the new format, the top two teams from each group move on to the last round.", True),
        ("The way it's shot, the colours and the wardrobe of the late queen.", False),
        ("Milk, baby food, bread and water for nine days, if needed.", False),
        ("Velm United beat holders Tarn 2-1 in the cup final on Saturday.", True),
        ("Osk edged visitors Tarn 2-1 in the first leg of the semi-final on Tuesday.", True),
        ("Last year's beaten holders Tarn in the first leg of the cup final on Tuesday.", False),
        ("A goal for the holders and a 2-1 lead in the cup final on Saturday.", False),
        ("A jury at Northgate crown court on Tuesday acquitted nurse Ada Kell of poisoning three patients at the clinic.", True),
        ("Three men arrested in Velm.", False),
        ("- inspectors were shown a fake rota in May.", False),
        ("The tower of Velm, located in the centre of the old town.", False),
    ],
)
def test_a_sentence_whose_verb_the_parser_lost_is_told_whole(parser: Parser, text: str, whole: bool) -> None:
    told = rewrite(document(f"{text} The council of Velm met on Monday.", parser), 1)
    assert isinstance(told, Rewrite) is whole, told
    assert not isinstance(told, Rewrite) or not told.optional or text.startswith("In the new")


@pytest.mark.parametrize(
    "text",
    [
        "Prosecutors said on Monday that Boris Kell ran a fraud ring in Tarn. Kell bribed two inspectors of Norrbus.",
        "Anna Reth made several allegations. Boris Kell took bribes from Norrbus.",
        "According to the complaint, Reth struck the guard with a bottle. Reth ran away.",
        "Police allege Emil Marn entered the house. Marn then set fire to the house.",
        "Under the proposal, the county would close four schools. Pupils will move to Brell.",
        "If the talks fail, the army will enter Brell. Twelve thousand people will leave the town.",
    ],
)
def test_what_goes_on_with_an_allegation_or_a_condition_is_no_fact(parser: Parser, text: str) -> None:
    made = document(f"{DATED}The news of the day was this.\n\n{text}", parser)
    found = rewrite(made, len(made.article.sentences))
    assert isinstance(found, str)
    assert found.endswith("only alleges or supposes")


@pytest.mark.parametrize(
    "text",
    [
        "Prosecutors said Boris Kell took bribes. Kell was arrested on Monday.",
        "Boris Kell was convicted of fraud. Kell ran a ring of nine men in Osk.",
        "Police said two people died in the fire. The fire began in a kitchen.",
        "If the talks fail, the army will enter Brell. The talks began in May.",
        "Under the proposal, the county would close four schools. The county has 90 schools.",
        "The U.S. accused Norland of spying. Norland recalled its envoy on Monday.",
    ],
)
def test_what_is_told_of_its_own_stays_a_fact(parser: Parser, text: str) -> None:
    made = document(f"{DATED}The news of the day was this.\n\n{text}", parser)
    assert not str(rewrite(made, len(made.article.sentences))).endswith("only alleges or supposes")


LIVE = f"Fire in Brell: live updates\n\n{DATED}"


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (
            "16:40 GMT - Toll rises\n\nSeven people died in Brell, police said.",
            "Seven",
            "[16:40 GMT] Seven people died in Brell, police said.",
        ),
        ("4.05pm\n\nIt rained.\n\n14:15 – The bridge fell, police said.", "bridge", "[14:15] The bridge fell, police said."),
        ("4.05pm\n\nFive people died.\n\n2h ago\n\nThe army sent trucks.", "trucks", "The army sent trucks."),
        ("4.05pm\n\nFive people died in the town.\n\n2h ago\n\nThree people died in the town.", "Three", ""),
    ],
)
def test_the_nearest_time_is_that_of_an_entry(parser: Parser, text: str, words: str, told: str) -> None:
    assert says(f"{LIVE}{text}", words, parser) == told


def test_german_quotation_marks_are_a_pair(parser: Parser) -> None:
    text = "The dam of Brell is old.\n\n„Der Damm ist sicher“, said Peter Holm."
    assert says(text, "Damm", parser) == "„Der Damm ist sicher“, said Peter Holm."
