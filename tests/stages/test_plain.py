"""What each gate says of a claim, that none breaks, and what is left of them without a parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parse, Parser
from briefing.stages import plain
from briefing.stages.plain import FORM, GATES, refusals
from briefing.stages.titles import _beside
from tests.stages.fakes import Lent

TEXT = (
    "Between 20 and 30 people were hurt in Velm on Sunday, the fire service said.",
    "Former minister Dara Holm sued Norrline in May.",
    "Police suspect Piet Haan of setting the fire.",
    "The council called the delay “a nuisance, not a scandal”.",
)


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions of this module."""
    Lent.parser = parser


def refused(claim: str, *evidence: str) -> dict[str, str]:
    told, *parses = Lent.parser.parse([claim, *(evidence or TEXT)])
    return {gate.name: gate.detail for gate in refusals(told, parses) if not gate.passed}


@pytest.mark.parametrize(
    ("claim", "gate", "detail"),
    [
        ("Too short.", "whole", "too short to say anything"),
        ("The council called the delay “a scandal for the town”.", "quotation", "“a scandal for the town” is not in the cited sentences"),
        ("Between 25 and 30 people were hurt in Velm on Sunday.", "numbers", "“25 and 30” is not in the cited sentences"),
        ("Former minister Ida Holm sued Norrline in May.", "names", "“Ida” is not named in the cited sentences"),
        ("Minister Dara Holm sued Norrline in May.", "titles", "“former minister” lost its “former”"),
        ("Norrline sued former minister Dara Holm in May.", "actors", "“Norrline” has another part in “sued” in the cited sentences"),
        ("Piet Haan did not set the fire, police suspect.", "negation", "“set” is denied, and not in the cited sentences"),
        ("Piet Haan set the fire.", "doubt", "“set” is only alleged in the cited sentences"),
        ("Former minister Dara Holm sued Norrline in June.", "time", "“June” is not in the cited sentences"),
        ("All the people hurt in Velm on Sunday were 20 to 30.", "quantity", "nothing in the cited sentences says “all”"),
        ("Dara Holm sued Norrline because people were hurt.", "cause", "the cited sentences give no cause"),
        ("The disgraceful council called the delay a nuisance.", "neutral", "loaded wording: “disgraceful”"),
    ],
)
def test_a_refusal_is_one_clear_line(claim: str, gate: str, detail: str) -> None:
    assert refused(claim)[gate] == detail


def test_a_part_without_any_word_of_the_sentences_is_refused() -> None:
    found = refused("Former minister Dara Holm sued Norrline with borrowed savings and family jewels.", TEXT[1])
    assert found["matter"].startswith("nothing in the cited sentences is said of “with borrowed savings")


def test_a_scale_of_degrees_is_no_name_where_the_sentences_have_one() -> None:
    assert refused("It was 40 degrees Celsius in Marsk.", "It was 104 degrees Fahrenheit in Marsk.") == {}
    assert "names" in refused("It was 40 degrees Celsius in Marsk.", "It was 40 degrees in Marsk.")


def test_whose_words_they_are() -> None:
    said = "The plan is a gift to landlords, tenant leader Rosa Vidal said, while banker Lea Kohn said it would help the poor."
    assert refused("Rosa Vidal said the plan is a gift to landlords.", said) == {}
    assert "speaker" in refused("Lea Kohn said the plan is a gift to landlords.", said)
    assert refused("The plan is a gift to landlords.", said) == {"unsaid": "lost that Rosa Vidal says it"}
    assert refused("Between 20 and 30 people were hurt in Velm on Sunday.") == {}


def test_who_passes_on_a_quotation() -> None:
    claim = 'A report by the Velm Post claimed that Vidal had said, in essence, "I am done."'
    given = "One aide claimed, “He said, essentially, ‘I am done.’”"
    found = refused(claim, "A report by the Velm Post claimed that Vidal may resign.", given)
    assert found["speaker"] == "“report” does not pass this on in the cited sentences, “One aide” does"
    assert "speaker" not in refused(claim.replace("A report by the Velm Post", "One aide"), given)


@pytest.mark.parametrize(
    ("claim", "evidence", "gate", "stands"),
    [
        # who admits a deed says no words that another could have said
        (
            "Paul Deeks has admitted fraud.",
            "Prosecutors say that Paul Deeks, who pleaded guilty to fraud, was hired by Lund.",
            "speaker",
            True,
        ),
        ("Tarn admitted fraud.", "Velm admitted fraud, and the leak was found by Tarn.", "speaker", False),
        # a title and its short form are one
        ("Governor Ida Kell left Velm.", "Gov. Ida Kell left Velm.", "names", True),
        ("Governor Ida Kell left Velm.", "Ida Kell left Velm.", "names", False),
        ("Governor Ida Kell left Velm.", "Former Gov. Ida Kell left Velm.", "titles", False),
        ("Former Governor Ida Kell left Velm.", "Former Gov. Ida Kell left Velm.", "titles", True),
        # whose coach somebody is
        (
            "Northgate coach Simon Reyes blamed him.",
            "Hallam coach Simon Reyes blamed him; Northgate coach Dai Morgan left.",
            "actors",
            False,
        ),
        ("Hallam coach Simon Reyes blamed him.", "Hallam coach Simon Reyes blamed him; Northgate coach Dai Morgan left.", "actors", True),
        # who was beaten has not won, and the other way round
        ("Ida Lund won the vote.", "Ada Kell defeated Ida Lund in the vote.", "actors", False),
        ("Ada Kell won the vote.", "Ada Kell defeated Ida Lund in the vote.", "actors", True),
        ("Ada Kell lost the vote.", "Ada Kell defeated Ida Lund in the vote.", "actors", False),
        # what came two months later was not then
        ("Lund was arrested in June.", "Kell found it in June and told the police, who arrested Lund two months later.", "time", False),
        ("Kell found it in June.", "Kell found it in June and told the police, who arrested Lund two months later.", "time", True),
        # what is "due to start" has no cause
        ("The strike that was due to start on Monday is over.", "The strike, which was to start on Monday, is over.", "cause", True),
        ("The strike is over due to a deal.", "The strike is over.", "cause", False),
        # what stands under a participle is no plan, whatever the noun above it means
        ("Ida Kell presented the plan.", "The council backed the plan presented by Ida Kell.", "doubt", True),
        ("Josh Adey scored the try.", "Josh Adey wanted the try to be scored.", "doubt", False),
        # what was not done until a time was done then
        ("Wray raised the alarm at noon.", "Wray did not raise the alarm until noon.", "negation", True),
        ("Wray did not raise the alarm.", "Wray did not raise the alarm until noon.", "negation", False),
        ("Wray raised the alarm at noon.", "Wray did not raise the alarm at noon.", "negation", False),
        # a plea of not guilty is none of guilty, and no verdict
        ("Deeks pleaded not guilty to fraud.", "Deeks pleaded guilty to fraud.", "negation", False),
        ("Deeks pleaded not guilty to fraud.", "Deeks has pleaded not guilty to fraud.", "negation", True),
        ("Deeks was convicted of fraud.", "Deeks pleaded not guilty to fraud.", "doubt", False),
        # the contrary of a verb, though it stands beside it of somebody else
        ("Pilli was convicted on appeal.", "Pilli was acquitted on appeal, and three men were convicted.", "negation", False),
        ("Three men were convicted.", "Pilli was acquitted on appeal, and three men were convicted.", "negation", True),
        # "even if" is no condition
        ("Drivers will strike even if they are paid.", "Drivers will strike unless they are paid.", "doubt", False),
        ("Drivers will strike if they are not paid.", "Drivers will strike unless they are paid.", "doubt", True),
        # what somebody says is not more certain than what somebody alleges
        ("Prosecutors allege that Lund bought a boat.", "Prosecutors said that Lund had bought a boat.", "doubt", True),
        ("Prosecutors allege that Lund bought a boat.", "Lund bought a boat.", "doubt", False),
        # who was the treasurer is the former one
        ("Lund was the treasurer of Velm.", "Former treasurer Lund of Velm was fined.", "titles", True),
        ("Lund used to be the treasurer of Velm.", "Former treasurer Lund of Velm was fined.", "titles", True),
        ("Lund is the treasurer of Velm.", "Former treasurer Lund of Velm was fined.", "titles", False),
        # a predecessor was there before
        ("Anne Sallis was mayor before Derek Lowe.", "Derek Lowe is mayor; Anne Sallis was his predecessor.", "time", True),
        # who leads a party causes nothing
        ("The Front, which Bogdan Ilic leads, has 31 seats.", "The Front of Bogdan Ilic has 31 seats.", "cause", True),
        ("The storm led to a flood.", "There was a storm and a flood.", "cause", False),
        # another one did it to somebody whom the sentence does not name
        ("Velm congratulated Ida Novak.", "Tarn congratulated the winner; Velm did not comment.", "actors", False),
        # the whole is not the part
        ("Of the members 1,900 voted.", "Of the union 1,120 of its 1,900 members voted.", "numbers", False),
        ("The union has 1,900 members.", "Of the union 1,120 of its 1,900 members voted.", "numbers", True),
        # what somebody has time for is not done yet
        ("Ida Kell paid the fine.", "Ida Kell has until Friday to pay the fine or contest it.", "doubt", False),
        ("Ida Kell contested the fine.", "Ida Kell has until Friday to pay or contest the fine.", "doubt", False),
        ("Velm removed the ships.", "Velm was given a week to remove the ships.", "doubt", False),
        ("Ida Kell must decide by Friday to pay.", "Ida Kell has until Friday to pay.", "doubt", True),
        # what somebody alleges is no fact
        ("There was fraud in three towns.", "The party alleged fraud in three towns.", "doubt", False),
        ("The party alleged fraud in three towns.", "The party alleged fraud in three towns.", "doubt", True),
    ],
)
def test_kinds_of_wording(claim: str, evidence: str, gate: str, *, stands: bool) -> None:
    assert (gate not in refused(claim, evidence)) is stands


def test_every_gate_is_told_in_its_order() -> None:
    told, *parses = Lent.parser.parse([TEXT[0], *TEXT])
    assert [gate.name for gate in refusals(told, parses)] == list(GATES)
    assert set(GATES) > FORM


def test_a_fuller_form_of_a_name_may_be_of_the_article() -> None:
    told, evidence = Lent.parser.parse(["Dara Holm sued Norrline in May.", "Holm sued Norrline in May."])
    assert next(gate.passed for gate in refusals(told, [evidence], "Dara Holm lives in Velm.") if gate.name == "names")
    assert not next(gate.passed for gate in refusals(told, [evidence], "Ida Holm lives in Velm.") if gate.name == "names")


def test_without_a_parse_form_quotations_and_numbers_are_left() -> None:
    told = Parse("Norrline sued Dara Holm, and 40 people “were there”.")
    found = {gate.name for gate in refusals(told, [Parse(text) for text in TEXT]) if not gate.passed}
    assert found == {"quotation", "numbers"}


def test_a_gate_that_breaks_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(pair: object) -> str:
        raise ValueError

    monkeypatch.setitem(plain.GATES, "names", broken)
    assert refused(TEXT[0]) == {"names": "the check itself failed: ValueError"}


def test_without_evidence_nothing_stands() -> None:
    told, *_ = Lent.parser.parse([TEXT[0]])
    assert {gate.name for gate in refusals(told, []) if not gate.passed} == {"whole"}


PARTS = st.lists(
    st.sampled_from([*TEXT, "not", "said", "“", "”", '"', "40", "who", "but", ",", "\n", "🎉", "市長", "because"]), max_size=5
).map(" ".join)


@given(PARTS | st.text(), st.lists(PARTS | st.text(), max_size=3))
def test_no_text_breaks_it(claim: str, evidence: list[str]) -> None:
    told, *parses = Lent.parser.parse([claim, *evidence])
    assert not any("check itself failed" in gate.detail for gate in refusals(told, parses))


@given(st.sampled_from(TEXT))
def test_a_sentence_follows_from_itself(text: str) -> None:
    assert refused(text, text) == {}


# The numbers of this stage

LEA = "The plan is a gift to landlords, tenant leader Rosa Vidal said, while banker Lea Kohn said the plan would help the poor."
HEDGED = "The storm probably damaged 14 ships in Velm."


@pytest.mark.parametrize(
    ("claim", "evidence", "gate", "stands"),
    [
        # three words are a claim
        ("Six died.", "Six died.", "whole", False),
        ("Six people died.", "Six people died.", "whole", True),
        # a part is compared by five letters, and of one word nothing is asked
        ("Dara Holm sued Norrline with borrowed jewels.", "Dara Holm, a borrower, sued Norrline.", "matter", True),
        ("Former minister Dara Holm sued Norrline with glee.", TEXT[1], "matter", True),
        # what makes another title of one stands up to five words before it, or right behind it
        ("Deputy state minister Dara Holm sued.", "Former deputy state minister Dara Holm sued.", "titles", False),
        ("President Dara Holm sued Norrline.", "President-elect Dara Holm sued Norrline.", "titles", False),
        ("Chancellor Dara Holm sued Norrline.", "Chancellor-designate Dara Holm sued Norrline.", "titles", False),
        ("Mayor Dara Holm sued Norrline.", "Mayor emeritus Dara Holm sued Norrline.", "titles", False),
        ("Chancellor Dara Holm sued Norrline.", "Shadow chancellor Dara Holm sued Norrline.", "titles", False),
        ("Mayor Dara Holm sued Norrline.", "Then-mayor Dara Holm sued Norrline.", "titles", False),
        ("The mayor, Dara Holm, sued Norrline.", "The then mayor, Dara Holm, sued Norrline.", "titles", False),
        ("Former mayor Dara Holm sued Norrline.", "Then-mayor Dara Holm sued Norrline.", "titles", True),
        ("Mayor Dara Holm sued Norrline.", "The council met, and then Mayor Dara Holm sued Norrline.", "titles", True),
        ("Mayor Dara Holm sued Norrline.", "Outgoing mayor Dara Holm sued Norrline.", "titles", True),
        ("Outgoing mayor Dara Holm sued Norrline.", "Mayor Dara Holm sued Norrline.", "titles", False),
        ("The president of Velm met the council.", "The president of Velm met the council to elect a chair.", "titles", True),
        ("Rich tall old grey minister Dara Holm sued.", "Former rich tall old grey minister Dara Holm sued.", "titles", False),
        ("Rich tall old grey minister Dara Holm sued.", "Former very rich tall old grey minister Dara Holm sued.", "titles", True),
        # a bound of two digits is a round number, one of more is exact
        ("More than 40 ships left Velm.", "In all, 43 ships left Velm.", "numbers", True),
        ("More than 40 ships left Velm.", "In all, 58 ships left Velm.", "numbers", True),
        ("More than 40 ships left Velm.", "In all, 62 ships left Velm.", "numbers", False),
        ("Fewer than 100 ships left Velm.", "In all, 65 ships left Velm.", "numbers", True),
        ("Fewer than 100 ships left Velm.", "In all, 55 ships left Velm.", "numbers", False),
        ("About 100 ships left Velm.", "In all, 108 ships left Velm.", "numbers", True),
        ("About 100 ships left Velm.", "In all, 115 ships left Velm.", "numbers", False),
        ("More than 4,137 ships left Velm.", "In all, 4,201 ships left Velm.", "numbers", False),
        ("Dara Holm sued Norrline on Sept. 3.", "Dara Holm sued Norrline on September 3.", "time", True),
        ("Dara Holm sued Norrline in June.", "Dara Holm sued Norrline in July.", "time", False),
        # a contrary by its beginning is of a word of more than three letters
        ("The owner was willing to sell.", "The owner was unwilling to sell.", "negation", False),
        ("The bridge was usable.", "The bridge was unusable.", "negation", False),
        ("It sold the ship of Velm.", "The unit sold the ship of Velm.", "negation", True),
        # who repeats what stands beside a hedge has dropped it
        ("The storm damaged 14 ships in Velm.", HEDGED, "doubt", False),
        ("Some ships left Velm.", HEDGED, "doubt", True),
        ("The ferry sank with twelve people.", "The ferry sank, apparently with twelve people.", "doubt", False),
        ("The firm named the leader of the gang.", "The firm named the alleged leader of the gang.", "doubt", False),
        # whose words they are
        ("Lea Kohn said the plan is a gift to landlords.", LEA, "speaker", False),
        ("The plan is a gift to rich landlords of Velm.", LEA, "unsaid", False),
        ("The plan passed the council of Velm on Monday by nine votes.", LEA, "unsaid", True),
        ("The plan was passed by 61 votes to 38.", "The council of Velm passed the plan on Monday by 61 votes to 38.", "actors", True),
        ("Norrline said that the bridge is closed.", "The company said that the bridge is closed.", "speaker", True),
        ("Norrline said that the bridge is closed.", "The ferry line Velmora said that the bridge is closed.", "speaker", False),
    ],
)  # fmt: skip
def test_what_a_gate_takes_for_the_same(claim: str, evidence: str, gate: str, stands: bool) -> None:
    assert (gate not in refused(claim, evidence)) is stands


QUASHED = "A court quashed the conviction of Otto Brandt for fraud."
LIFTED = "Velm lifted its ban on cars in the centre."
MURDER = "Jan Kell is charged with the murder of two women."
BLAST = "Twelve people were killed in the blast"


@pytest.mark.parametrize(
    ("claim", "evidence", "gate", "stands"),
    [
        # what is overturned, lifted or dropped has ended
        ("Otto Brandt was convicted of fraud.", QUASHED, "doubt", False),
        ("Otto Brandt had been convicted of fraud.", QUASHED, "doubt", True),
        ("Otto Brandt was first convicted of fraud.", QUASHED, "doubt", True),
        ("Otto Brandt was convicted of fraud, and a court quashed the conviction.", QUASHED, "doubt", True),
        ("Otto Brandt was convicted of fraud.", "A court refused to quash the conviction of Otto Brandt for fraud.", "doubt", True),
        ("Jan Kell was sentenced to 12 years.", "Jan Kell's sentence of 12 years was overturned on appeal.", "doubt", False),
        ("The court banned the party.", "The ban of the party by a court was overturned.", "doubt", False),
        ("Jan Kell was charged with fraud.", "Charges of fraud against Jan Kell were dropped.", "doubt", False),
        ("Velm banned cars from the centre.", LIFTED, "doubt", False),
        ("The ban on cars remains in force.", LIFTED, "doubt", False),
        ("Planes bombed Osk.", "Planes dropped bombs on Osk.", "doubt", True),
        ("Otto Brandt appealed.", "A court dismissed the appeal of Otto Brandt.", "doubt", True),
        # of whom the evidence has only an accusation no deed is told
        ("Jan Kell killed two women.", MURDER, "doubt", False),
        ("Otto Brandt murdered his wife.", "Otto Brandt was acquitted of murder on Friday.", "doubt", False),
        ("Otto Brandt laundered money.", "Otto Brandt stands trial over money laundering.", "doubt", False),
        ("Otto Brandt bribed officials.", "Otto Brandt was charged with bribery of officials.", "doubt", False),
        ("Jan Kell faces a trial over the murder of two women.", MURDER, "doubt", True),
        ("Jan Kell heads Norrbank.", "Norrbank chief Jan Kell faces trial for fraud.", "doubt", True),
        ("Jan Kell is suspended.", "Jan Kell was suspended until December 2027.", "doubt", True),
        ("Jan Kell killed two women.", "Jan Kell, who was charged in May, was convicted of the murder of two women.", "doubt", True),
        ("Otto Brandt sold his firm.", "Otto Brandt, who left Velm and disposed of his firm, is charged with fraud.", "doubt", True),
        ("Customers paid 5 euros.", "The firm charged customers 5 euros.", "doubt", True),
        # a noun keeps its "alleged"
        ("The attacker shot two guards.", "The alleged attacker shot two guards.", "doubt", False),
        ("Jan Kell is a murderer.", "Jan Kell is a suspected murderer.", "doubt", False),
        ("Police arrested a man on suspicion of murder.", "Police arrested a suspected murderer.", "doubt", True),
        ("The attacker was arrested.", "The alleged attacker fled, but the attacker was arrested.", "doubt", True),
        ("The number of cases rose to 40.", "The number of reported cases rose to 40.", "doubt", True),
        # what is over is not told of today
        ("Pia Orn leads the port.", "Pia Orn used to lead the port.", "doubt", False),
        ("Pia Orn leads the port.", "Pia Orn led the port until 2019.", "doubt", False),
        ("Pia Orn led the port.", "Pia Orn led the port until 2019.", "doubt", True),
        ("Pia Orn, mayor of Velm, sued Norrline.", "Pia Orn, who was mayor of Velm until 2019, sued Norrline.", "doubt", False),
        ("Minister Pia Orn sued Norrline.", "Caretaker minister Pia Orn sued Norrline.", "titles", False),
        ("Jan Kell succeeded Pia Orn.", "The board replaced Pia Orn with Jan Kell.", "actors", True),
        ("Pia Orn succeeded Jan Kell.", "The board replaced Pia Orn with Jan Kell.", "actors", False),
        # a "no" before a limit denies nothing
        ("Norrline spent no less than $9 million on it.", "Norrline spent at least $9 million on it.", "negation", True),
        ("No fewer than 40 boats sank.", "At least 40 boats sank.", "negation", True),
        ("No boats sank.", "At least 40 boats sank.", "negation", False),
        # who holds an office counts as the office where something is counted
        ("Twelve people were killed in the blast.", f"{BLAST}, the governor said.", "unsaid", False),
        ("Twelve people were killed in the blast.", f"{BLAST}, health officials said.", "unsaid", False),
        ("Twelve people were killed in the blast.", f"The governor claimed that {BLAST.lower()}.", "unsaid", False),
        ("The plan is a gift to landlords.", "The plan is a gift to landlords, the minister said.", "unsaid", False),
        ("Unemployment rose to 5 percent in May.", "Unemployment rose to 5 percent in May, official figures showed.", "unsaid", True),
    ],
)  # fmt: skip
def test_how_it_stands_beside_a_deed_told_in_other_words(claim: str, evidence: str, gate: str, stands: bool) -> None:
    assert (gate not in refused(claim, evidence)) is stands


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("The minister and banker Dara Holm sued.", True),
        ("The minister and chief banker Dara Holm sued.", False),
        ("Dara Holm was for two long dark years a minister.", True),
        ("Dara Holm was for two very long dark years a minister.", False),
    ],
)
def test_a_title_stands_up_to_three_words_before_a_name_or_eight_behind_it(text: str, beside: bool) -> None:
    (parse,) = Lent.parser.parse([text])
    title = next(n for n in range(len(parse.tokens)) if parse.word(n) == "minister")
    assert _beside(parse, title) == (frozenset({"dara", "holm"}) if beside else frozenset())
