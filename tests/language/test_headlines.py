"""What a headline does without: a main clause of twenty words or so is left, as true as the sentence, and whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.headlines import LONGEST, shorter, stands

Parsed = Callable[[str], Parse]
LONG = "the owner of the ferry line that links the islands of Osk and Brell with the town of Velm on the coast"


def main(parsed: Parsed, text: str) -> str:
    """Return a text less one cut after the other."""
    while True:
        cuts = ((text[: cut.start] + text[cut.end :]).strip() for cut in shorter(parsed(text)))
        better = next((left[:1].upper() + left[1:] for left in cuts if stands(parsed(left[:1].upper() + left[1:]))), None)
        if better is None:
            return text
        text = better


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("On Monday, the council of Velm closed the harbour.", "The council of Velm closed the harbour."),
        ("The bank in Osk closed its branch in Velm on Monday.", "The bank in Osk closed its branch in Velm."),
        ("The party of Ole Lind conceded defeat late on Sunday.", "The party of Ole Lind conceded defeat."),
        ("Governor Ole Lind late Tuesday vetoed the bill.", "Governor Ole Lind vetoed the bill."),
        ("In a statement on Monday, the bank in Osk said that it lost money.", "The bank in Osk said that it lost money."),
        ("Governor Ole Lind said in a statement that he would veto the bill.", "Governor Ole Lind said that he would veto the bill."),
        ("The mayor, in an interview with Radio Velm, defended the plan.", "The mayor defended the plan."),
        ("Ada Kell (D) met Senator Ole Lind (R-Velm) in Osk.", "Ada Kell met Senator Ole Lind in Osk."),
        ("The council of Velm voted this week on a new port in Osk.", "The council of Velm voted on a new port in Osk."),
        ("The council of Velm will vote tomorrow on a new port.", "The council of Velm will vote on a new port."),
        ("Today, the court in Osk let Norland keep its map.", "The court in Osk let Norland keep its map."),
        ("Earlier this week, the court in Osk let Norland keep its map.", "The court in Osk let Norland keep its map."),
        ("Although rain fell, Governor Ole Lind seemed to be sure of a deal.", "Governor Ole Lind seemed to be sure of a deal."),
        ("While most members opposed it, Governor Ole Lind signed a bill.", "Governor Ole Lind signed a bill."),
        ("Hours after a bomb hit Osk, President Maren Sol sent 400 soldiers.", "President Maren Sol sent 400 soldiers."),
        ("Speaking to reporters in Velm, Governor Ole Lind defended a veto.", "Governor Ole Lind defended a veto."),
        ("On the third day of a strike at Norrbus, police in Velm arrested 12 drivers.", "Police in Velm arrested 12 drivers."),
    ],
)
def test_what_leads_up_and_when_and_where_it_was_said_goes_from_every_headline(parsed: Parsed, text: str, left: str) -> None:
    assert main(parsed, text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "The ferry Marit sank in the harbour of the town of Velm as its crew tried to leave the port in the north.",
            "The ferry Marit sank in the harbour of the town of Velm.",
        ),
        (
            "The old ferry Marit sank as it tried to enter the harbour of Brell in a storm that had been forecast for many days.",
            "The old ferry Marit sank.",
        ),
        (
            "Governor Ole Lind signed the bill, which bans all flights at night and has been debated by the two parties for years.",
            "Governor Ole Lind signed the bill.",
        ),
        (
            "The party endorsed Ole Lind for governor at a meeting in Velm, saying that he would lower taxes on boats and all new houses.",
            "The party endorsed Ole Lind for governor at a meeting in Velm.",
        ),
        (
            "Senator Ole Lind was indicted by a court in Velm after an inquiry into reports that he spent 40,000 euros of his party on it.",
            "Senator Ole Lind was indicted by a court in Velm.",
        ),
        (
            "Leading members of the board called for the mayor to cancel a trip to Osk after the court charged 12 of his officials.",
            "Leading members of the board called for the mayor to cancel a trip to Osk.",
        ),
        (
            "Ole Lind, the harbour clerk who wrote letters about the mayor and led the inquiry in Velm, has been fired, his lawyer said.",
            "Ole Lind, the harbour clerk, has been fired, his lawyer said.",
        ),
        (
            "The mayor of Velm, Ole Lind Jr., who took office after his father, said that he would lower the tax on boats this year.",
            "The mayor of Velm, Ole Lind Jr., said that he would lower the tax on boats this year.",
        ),
        (
            "The bank, known as Norrbank, closed its branch in the port of the town of Brell, according to a letter that it sent.",
            "The bank closed its branch in the port of the town of Brell, according to a letter that it sent.",
        ),
        (
            "The army shelled three villages in the north, the ministry said, two days after a bomb hit a bus in the capital.",
            "The army shelled three villages in the north, the ministry said.",
        ),
    ],
)
def test_what_is_set_off_goes_from_a_long_headline(parsed: Parsed, text: str, left: str) -> None:
    assert len(text.split()) > LONGEST
    assert main(parsed, text) == left


@pytest.mark.parametrize(
    "text",
    [
        "If the dam breaks, the town of Brell will be flooded within an hour, engineers said.",
        "Unless the board of Norrbus agrees, the union will strike, its leader Ada Kell said.",
        "After the vote, the council of Velm will close the harbour for good and sell the land.",
        "When a new law takes effect, employers in Norland will pay a higher wage to all apprentices.",
        "In Iowa, Senator Ada Marsh beat Governor Ole Lind by 12 points, officials in the capital said.",
        "Under a new law, landlords in Norland must give tenants two months of notice before they raise the rent.",
        "Without a deal by Friday, the ferry line Norrline will stop all its services to the islands, its owner said.",
        "Since the war began, the price of bread in Norland has doubled.",
        "According to police in Velm, Ole Lind left the country.",
        "After Anna Reth beat Ole Lind in the debate, Maren Sol said she would win the vote.",  # which of them?
        "While the House passed a new bill, Governor Ole Lind said that he would veto the measure.",  # which measure?
        "Although he denied it, Mayor Ole Lind was charged with taking money from a builder.",
        "Police did not shoot the man after he surrendered at the gate of the old harbour of Brell, said an official of the ministry.",
        f"No ship was moved after the tanker leaked oil into the bay of Brell and of Velm, said {LONG}.",
        "The board agreed to pay the workers of the plant in Velm only after the court in Osk ordered it to do so in May.",
        "The government plans to release the prisoners after the court approves the deal that it made with the rebels of the north.",
        "Every member of the council voted for the plan after the mayor promised to lower the tax on boats in the harbour of Velm.",
        "A truck plowed into a crowd at the market of Velm, killing a teacher and a child who stood near the gate of the school.",
        "Ole Lind was charged with taking 40,000 euros from the builder of the harbour of Velm, a charge that he denies in all points.",
        "Ole Lind, who denies wrongdoing, was charged with taking 40,000 euros from the builder of the new harbour in the town of Brell.",
        "The company said that it would close the plant in Velm, while the union said that it would fight the decision in court.",
        "The minister was cleared of all charges, according to a statement that the highest court in Osk sent to reporters in the capital.",
        "Marn responded, saying that the report of the committee about the harbour was wrong in all of its main points and should go.",
        "Norrbus sued the ministry in Osk, claiming that the minister had promised the contract to a company in the north of Norland.",
        "The owner of the ferry line Norrline named a new ship after the wife of the first mayor of the old town of Velm.",
        "Inflation rose as much as the bank had expected after oil prices doubled within a year in most countries of the region.",
        "Asked whether he had paid the bribe, Ole Lind said that he had.",
        "Adjusted for inflation, wages in Norland fell 2 percent in June.",
        "Posing as a doctor, Ole Lind treated 40 patients in Osk.",
        "As a teenager, Ole Lind stole a car in Brell.",
        "During a drill, the army of Norland fired a rocket at the port of Brell.",
        "When he was 14, Ole Lind stole a car in a town near Brell.",
        "A court in Osk jailed Ole Lind for 12 years for the theft of two paintings from the museum, before another one heard his appeal.",
        "A court in Osk jailed Ole Lind for the theft of two paintings from the museum of Velm, a verdict which was overturned on appeal.",
        "The assembly voted by 141 votes to five to demand that Osk withdraws from the north, in a resolution that is not binding.",
        "The council of Velm voted to close the harbour of the town for a year in May, with the aid of officials who do not live there.",
        "Bo Hegg scored two goals for his club in the first half of the game against Brell at home, both of which were ruled out.",
        "The owner of the ferry line expects a profit of 40 million euros in the three months to June, assuming stable prices of oil.",
        "The owner of the ferry line Norrline in the old port of the town of Velm made a profit of 40 million euros after tax.",
        "The army fired rockets at the old port of the island of Brell in the north, in what officials later called a mistake.",
        "The parliament of Norland adopted the law on the pensions of judges by a vote of 120 to 90, with the exception of one article.",
        "The opposition in Norland won 140 of 250 seats in the election of a new parliament, with 60 percent of the ballots counted.",
        "Norland sent 400 soldiers and 20 tanks to the border with the island of Osk in the north, as part of an exercise.",
        "The council of Velm said in May that a new drug cured all 40 of the animals that had been given it, in mice.",
        "The union of the drivers of Norrbus accepted the offer, after 11 weeks of strikes, subject to a vote by its members in Osk.",
        "Most of the patients in the trial of the drug had fewer headaches after a while, compared with a third of the others.",
        "The mayor told the paper that she would sell the island to investors from Osk for a euro, joking that they would regret it.",
        "Workers in the old port of Velm might not be ready for a new owner, as 40 of 60 of them voted against the sale in May.",
        "Ada Kell is the most popular of the party’s members in the north, boasting a lead of 20 points over Mayor Ole Lind of Velm.",
        "The board of the ferry line Norrline seems to be afraid of a strike after 40 of the 60 drivers voted against the offer.",
        "The council of Velm will not vote this week.",
        "The committee of the parliament in Osk debates the waste of money today.",
        "The mayor was not told of the plan on Monday.",
        "Schools in Velm will reopen on Monday.",
        "Ole Lind met Ada Kell on Monday and on Tuesday.",
        "Norland were bowled out for 143 in their second innings as Velm won the second Test in Tarn by nine wickets.",
        "The ferry Marit sank in the harbour of the town of Velm as Norland fired 40 rockets at the port in the north.",
    ],
)
def test_a_condition_a_denial_a_place_and_what_else_is_the_news_stays(parsed: Parsed, text: str) -> None:
    assert main(parsed, text) == text


def test_the_first_to_do_something_is_not_the_first(parsed: Parsed) -> None:
    text = (
        "White House chief usher Ada Reth, the first woman to serve in the position, is no longer in her post, a White House official said."
    )
    assert "the first woman to serve in the position" in main(parsed, text)


def test_the_object_of_a_verb_stays_behind_what_is_set_off(parsed: Parsed) -> None:
    text = "Velm City Council rejected, by a single vote, a plan to build 2,400 homes on the old airfield, to the relief of the residents."
    assert main(parsed, text) == text.replace(", to the relief of the residents", "")


def test_without_a_parse_nothing_goes() -> None:
    assert list(shorter(Parse("On Monday, the ship sank."))) == []
