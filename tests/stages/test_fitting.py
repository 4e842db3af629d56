"""A question beside a passage: parts, denials, what is counted, years, and what is taken for granted."""

from __future__ import annotations

import pytest

from briefing.language.base import Parse, Parser
from briefing.stages.fitting import elliptical, unfit
from briefing.stages.premises import premise

SIGNED = "Four countries signed the fishing treaty in Kessin on Monday: Orlin, Velm, Tarn and Harbin."
CATCH = "The treaty cuts the catch of cod to 40,000 tonnes in Orlin and 55,000 tonnes in Velm."
OLD = "In 2024 a strike at Norrbus lasted nine days, and 300 drivers took part."


@pytest.mark.parametrize(
    ("question", "passage", "why"),
    [
        ("Which country did not sign the fishing treaty?", SIGNED, "tells who did, not who did not"),
        ("Which country did not sign the fishing treaty?", "Sandvik did not sign.", ""),
        ("Which country signed the treaty?", "Sandvik did not sign the treaty.", "tells who did not, not who did"),
        ("Who was killed?", "Nobody was killed.", ""),
        ("Who did not resign?", "Jan Kell resigned.", "tells who did, not who did not"),
        ("Who was not invited?", "Jan Kell was invited.", "tells who did, not who did not"),
        ("Which towns were not flooded?", "Velm was flooded.", "tells who did, not who did not"),
        ("Which bridge is not open?", "The north bridge is open.", "tells who did, not who did not"),
        ("Did the minister resign?", "The minister denied reports that he had resigned.", ""),
        ("Who attacked Tarn?", "Tarn's attack on Velm killed nine.", "tells of it with other parts: who does it, and to whom"),
        ("Who attacked Tarn?", "Velm's attack on Tarn killed nine.", ""),
        ("Who bought Brell?", "Brell's acquisition of Osk was approved.", "tells of it with other parts: who does it, and to whom"),
        ("Who bought Brell?", "The acquisition of Brell by Osk was approved.", ""),
        ("Who sank the ferry?", "The ferry sank.", ""),
        ("Who is the mayor of Velm?", "Ida Lind, the former mayor of Velm, spoke.", "tells of another office than “mayor”"),
        ("Who is the mayor of Velm?", "Ida Lind, the deputy mayor of Velm, spoke.", "tells of another office than “mayor”"),
        ("Who is the mayor of Velm?", "Ida Lind, the acting mayor of Velm, spoke.", ""),
        ("Who was the mayor of Velm?", "Ida Lind, the former mayor of Velm, spoke.", ""),
        ("Who is the deputy mayor of Velm?", "Ida Lind, the mayor of Velm, spoke.", "tells of another office than “mayor”"),
        ("Who is the mayor of Velm?", "The former mayor, Jan Kell, met the mayor, Ida Lind.", ""),
        ("Who killed the mayor of Velm?", "Jan Kell killed the former mayor of Velm.", ""),
        ("How many acres burned?", "The fire burned 400 hectares.", ""),
        ("How many acres burned?", "The fire burned for 400 kilometres.", "gives no number of acres"),
        ("How many miles of road were closed?", "Six kilometres of road were closed.", ""),
        ("How much does the statue weigh?", "The statue cost £22.", "gives no weight"),
        ("How much does the statue weigh?", "The statue weighs 22 pounds.", ""),
        ("How hot was it in Marsk?", "The fire burned 40 hectares in Marsk.", "gives no temperature"),
        ("How hot was it in Marsk?", "It was 40°C in Marsk.", ""),
        ("How fast was the wind?", "The wind damaged 65 houses.", "gives no speed"),
        ("How fast was the wind?", "Winds reached 65 knots.", ""),
        ("How many ships sank in 2024?", "In 1893 nine ships sank.", "tells of 1893"),
        ("Who leads the union?", "Jan Kell led the union until 2019.", "“leads” is over in the cited sentences"),
        ("Who leads the union?", "Jan Kell has led the union since 2019.", ""),
        ("Who led the union?", "Jan Kell led the union until 2019.", ""),
        ("Who refused to attend the summit?", "President Orn attended the summit.", "tells who did, not who did not"),
        ("Who opposed the plan?", "Jan Kell supported the plan.", "tells who did, not who did not"),
        ("Who did not resign?", "Jan Kell did not resign.", ""),
        ("Who did not resign?", "Jan Kell resigned, but Ida Orn did not.", ""),
        ("Which towns were not flooded?", "Velm was not flooded.", ""),
        ("Which bridge is not open?", "The north bridge is not open.", ""),
        ("Who refused to attend the summit?", "President Orn refused to attend the summit.", ""),
        ("Who refused to attend the summit?", "President Orn did not attend the summit.", ""),
        ("Who opposed the plan?", "Jan Kell opposed the plan.", ""),
        ("Who opposed the plan?", "Jan Kell opposed the plan, and Ida Orn supported the plan.", ""),
        ("Which country did not sign the treaty?", "All countries but Harbin signed the treaty.", ""),
        ("Which country did not sign the treaty?", "Every country except Harbin signed the treaty.", ""),
        ("Which country did not sign the treaty?", "Every country signed the treaty except Harbin.", ""),
        ("Which country did not sign the treaty?", "All countries except for Harbin signed the treaty.", ""),
        ("Who did not vote for the bill?", "Jan Kell voted against the bill.", ""),
        ("Who did not vote for the bill?", "Jan Kell voted for the bill.", "tells who did, not who did not"),
        ("Who voted for the bill?", "Jan Kell voted for the bill.", ""),
        ("Who resigned?", "Jan Kell did not resign.", "tells who did not, not who did"),
        ("Which town is bankrupt?", "Velm is not bankrupt.", "tells who did not, not who did"),
        ("Who was prevented from leaving the country?", "Jan Kell was prevented from leaving the country.", ""),
        ("Which minister did not come?", "Jan Kell stayed at home.", ""),
        ("Who sued Norrbus?", "Norrbus sued the city of Velm.", "tells of it with other parts: who does it, and to whom"),
        ("Whom did Norrbus sue?", "Norrbus sued the city of Velm.", ""),
        ("Who beat Velm?", "Harbin lost to Velm 3-0.", "tells of it with other parts: who does it, and to whom"),
        ("Who beat Harbin?", "Harbin lost to Velm 3-0.", ""),
        ("Whom did Dara Holm succeed?", "Iven Strook replaced Dara Holm.", "tells of it with other parts: who does it, and to whom"),
        ("How many countries signed the treaty?", SIGNED, ""),
        ("How many tonnes of herring may Orlin catch?", CATCH, "gives no number of tonnes of herring"),
        ("How many tonnes of cod may Orlin catch?", CATCH, ""),
        ("How many points does Velm United have?", "Velm United lead by one point after a 3-0 win.", "gives no number of points"),
        ("By how many points does Velm United lead?", "Velm United lead by one point after a 3-0 win.", ""),
        ("How many children were hurt?", "Two adults and three children were hurt.", ""),
        ("How many children live in Velm?", "The children of Velm have 40 teachers.", "gives no number of children"),
        ("How many children were hurt?", "Many children were hurt in two towns.", ""),
        ("How many minutes did they talk?", "They talked for two hours.", ""),
        ("How many minutes did they talk?", "They talked to 20 ministers.", "gives no number of minutes"),
        ("How many dollars did it cost?", "It cost 20 euros.", ""),
        ("How long did the strike in 2024 last?", "The two-day strike ended on 25 November 2026.", "tells of 2026"),
        ("How long did the strike in 2024 last?", OLD, ""),
        ("How many drivers took part in the strike that ended on Wednesday?", OLD, "tells of 2024"),
        ("How many drivers took part in the strike that ended on Wednesday?", OLD.replace("2024", "2026"), ""),
        ("How many drivers took part?", OLD, ""),
        ("How many drivers does Norrbus have?", "Norrbus has 40 buses and a depot.", "gives no number of drivers"),
        ("How many drivers does Norrbus have?", "Norrbus employs 300 people.", ""),
        ("How many soldiers does Orlin have there?", "Orlin has 300 troops in Tarn.", ""),
        ("How many people were displaced?", "The flood displaced 400 families.", ""),
        ("How many people were killed?", "12 people were hurt.", "tells what happened to others"),
        ("How many people were killed?", "The blast claimed 12 lives and wounded 30.", ""),
        ("How many people were killed?", "Nobody died, but 12 people were hurt.", ""),
        ("How many people were hurt?", "Twelve people were taken to hospital.", ""),
        ("How much did the bridge cost?", "The bridge cost $40m.", ""),
        ("How much water was lost?", "The dam lost 40 million litres.", ""),
        ("How long is the bridge?", "The bridge of Velm cost 40 million euros.", "gives no length and no span of time"),
        ("How long is the bridge?", "The 400-metre bridge of Velm cost 40 million euros.", ""),
        ("How long did the strike last?", "The strike lasted a week.", ""),
        ("How long did the nine-day strike delay the ferry?", "The nine-day strike delayed it.", "gives no length and no span of time"),
        ("How long did the nine-day strike delay the ferry?", "They struck for nine full days.", "gives no length and no span of time"),
        ("How long did the nine-day strike delay the ferry?", "The nine-day strike delayed it for weeks.", ""),
        ("How long were the 300 drivers on strike?", "The 300 drivers spent weeks on strike.", ""),
        ("How high is the tower?", "The tower of Velm was built by 300 masons.", "gives no height"),
        ("How high is the tower?", "The tower of Velm rises 90 metres over the port.", ""),
        ("How high was the fine?", "The fine was 4,000 crowns.", ""),
        ("How high was the death toll?", "The blast killed 12 people.", ""),
        ("How far did the boat drift?", "The boat with 12 sailors drifted towards Velm.", "gives no distance"),
        ("How far did the boat drift?", "The boat drifted 40 miles.", ""),
        ("How far did shares fall?", "Shares fell 4%.", ""),
        ("How far did the council go to meet them?", "The council met all their demands.", ""),
        ("How old is the mayor?", "The mayor has 12 deputies.", "gives no age"),
        ("How old is the mayor?", "The mayor has governed Velm for 12 years.", "gives no age"),
        ("How old is the mayor?", "Ida Lind, 54, has been mayor since May.", ""),
        ("How old is the church?", "The church was built in 1670.", ""),
        ("How much does the bridge weigh?", "The bridge of Velm cost 40 million euros.", "gives no weight"),
        ("How much does the bridge weigh?", "The 4,000-tonne bridge opened in May.", ""),
        ("How much did the U.S. pay?", "The U.S. sent 300 soldiers to Orlin.", "gives no sum of money"),
        ("How much did the U.S. pay?", "The U.S. paid $3 billion to Orlin.", ""),
        ("What percentage of members voted?", "400 members voted.", "gives no share"),
        ("What percentage of members voted?", "150 members voted.", "gives no share"),
        ("What percentage of members voted?", "The share of members who voted was 60.", ""),
        ("What percentage of members voted?", "The number of members who voted was 150.", "gives no share"),
        ("What percentage of members voted?", "Two thirds of the members voted.", ""),
        ("What percentage of members voted?", "Of the 400 members, 200 voted.", ""),
        ("When did the strike end?", "The strike, which began on Monday, has ended.", "names no time of “ended”"),
        ("When did the strike end?", "The strike, which began on Monday, ended on Friday.", ""),
        ("When did the strike end?", "The nine-day strike has ended.", "names no time"),
        ("When did the strike end?", "The strike ended after nine days.", ""),
        ("When did the strike end?", "The strike ended in its 66th hour.", ""),
        ("When did the strike end?", "In Velm the strike of drivers lasted nine days.", "names no time"),
        ("When did the mayor resign?", "The mayor, who took office in 2019, resigned.", "names no time of “resigned”"),
        ("When did the mayor resign?", "The mayor took office in 2019 and resigned.", "names no time of “resigned”"),
        ("When did the mayor resign?", "On Monday the mayor met the council and resigned.", ""),
        ("When did the mayor resign?", "Police said on Monday that the mayor had resigned.", ""),
        ("When was Kell arrested?", "Kell, who was arrested on Monday, denies it.", ""),
        ("When was Kell arrested?", "Kell, who was arrested, will be in court on Monday.", "names no time of “arrested”"),
        ("What time does the meeting start?", "The meeting starts on Monday.", "names no time of day"),
        ("What time does the meeting start?", "The meeting starts on Monday at 19:30.", ""),
        ("On what day was the treaty signed?", "The treaty was signed in 2019.", "names no day"),
        ("On what day was the treaty signed?", "The treaty was signed yesterday.", ""),
        ("In which year did the fire happen?", "The fire broke out on Monday.", ""),
    ],
)
def test_what_is_no_answer(parser: Parser, question: str, passage: str, why: str) -> None:
    one, other = parser.parse([question, passage])
    assert unfit(one, other, "2026-11-25") == why


def test_a_day_has_a_year_by_the_date_of_its_article_alone(parser: Parser) -> None:
    one, day, year = parser.parse(["In which year did the fire happen?", "The fire broke out on Monday.", "The fire broke out in 1998."])
    assert unfit(one, day) == "names no year"
    assert unfit(one, day, "2026-11-25") == ""
    assert unfit(one, year) == ""


@pytest.mark.parametrize(
    ("question", "passage", "taken"),
    [
        ("Why did Tarn refuse to sign the treaty?", SIGNED, False),
        ("Why did Tarn refuse to sign the treaty?", "Tarn did not sign the treaty.", True),
        ("Why did Velm resign from the union?", "Velm did not resign from the union.", False),
        ("When did Kell leave Norrbus?", "Kell will not leave Norrbus.", False),
        ("When did Kell leave Norrbus?", "Kell left Norrbus in May.", True),
        ("When did Kell leave Norrbus?", "Holt will not leave Norrbus.", None),
        ("Why did Tarn reject the treaty?", "Tarn accepted the treaty in May.", False),
        ("Why did Tarn reject the treaty?", "Velm accepted the treaty in May.", None),
        ("Why did Tarn reject the treaty?", "Tarn did not accept the treaty.", None),
        ("When did the bank release Otho Selk?", "The police arrested Otho Selk.", None),
        ("Who left Norrbus?", "Kell did not leave Norrbus.", None),
        ("Why did Kell leave Norrbus?", "The weather was fine.", None),
        ("When will the workers end the strike?", "The workers began the strike at the port on Monday.", None),
        ("When did the government lift the ban on fishing?", "The government imposed the ban on fishing in 2019.", None),
        ("When will Kell leave Norrbus?", "Kell did not leave Norrbus in May.", None),
        ("When did Velm sign the treaty with Tarn?", "Velm did not sign the treaty with Orlin.", None),
        ("When did Velm sign the treaty with Tarn?", "Velm did not sign the treaty with Tarn.", False),
        ("Why did the court reject the appeal of Kell?", "The court accepted the appeal of Orn.", None),
        ("Why did the court reject the appeal of Kell?", "The court accepted the appeal of Kell.", False),
        ("Why did prices fall in May?", "Prices rose in June.", None),
        ("Why was the bridge closed?", "The bridge was not closed.", False),
        ("Why was Jan Kell arrested?", "Jan Kell was not arrested.", False),
        ("Why was Jan Kell arrested?", "Ida Kell was not arrested.", None),
        ("Why is Norrbus bankrupt?", "Norrbus is not bankrupt.", False),
        ("Why is Norrbus bankrupt?", "Norrbus is bankrupt.", True),
        ("How did the tunnel collapse?", "The tunnel did not collapse.", False),
        ("What did the mayor say when she resigned?", "The mayor did not resign.", False),
        ("What did the mayor say when she resigned?", "The minister did not resign.", None),
        ("Why did Velm sue Norrbus?", "Norrbus sued Velm.", False),
        ("Why did Velm sue Norrbus?", "Velm sued Norrbus.", True),
        ("Why did Velm meet Norrbus?", "Norrbus met Velm.", None),
        ("Who killed the mayor?", "Nobody killed the mayor.", False),
        ("Who killed the mayor?", "No one killed the mayor.", False),
        ("Who killed the mayor?", "The mayor was not killed.", False),
        ("Who killed the mayor?", "Jan Kell did not kill the mayor.", None),
        ("Which member voted against the bill?", "No member voted against the bill.", False),
        ("Why was the bridge closed?", "The bridge was not closed until Monday.", None),
        ("Why was the bridge closed?", "The bridge is no longer closed.", None),
        ("Why did Kell resign?", "Kell did not resign because of the strike.", None),
        ("Why did Kell resign?", "Kell did not resign until Monday.", None),
        ("Why was the bridge closed?", "The bridge was not fully closed.", None),
        ("Why did Kell sign the treaty?", "Kell was reluctant to sign the treaty.", None),
        ("Why was Jan Kell killed?", "Jan Kell was not killed by the police.", None),
        ("Why did Kell resign?", "Kell did not resign.", False),
        ("Why does Kell want to leave Norrbus?", "Kell did not leave Norrbus.", None),
        ("Did Kell leave Norrbus?", "Kell did not leave Norrbus.", None),
        ("Why was the north bridge closed?", "The south bridge was not closed.", None),
        ("Where did the U.S. sign the treaty?", "The United States did not sign the treaty.", False),
        ("Why did the senate reject the housing bill?", "The senate approved a bill.", None),
        ("Why was the plan approved?", "The union rejected the plan.", None),
    ],
)
def test_what_a_question_takes_for_granted(parser: Parser, question: str, passage: str, taken: bool | None) -> None:
    one, other = parser.parse([question, passage])
    assert premise(one, other) is taken


@pytest.mark.parametrize(
    ("question", "passage", "left_out"),
    [
        ("Which country did not sign the fishing treaty?", "Sandvik did not sign.", True),
        ("Which country signed the fishing treaty?", "Sandvik did not sign.", False),
        ("Which country did not sign the fishing treaty?", "Sandvik did not sign the fishing treaty.", False),
        ("Which country did not sign the fishing treaty?", "It did not sign.", False),
        ("Who resigned?", "Kell resigned.", False),
        ("Who voted against the bridge?", "Kell abstained.", False),
    ],
)
def test_what_a_passage_leaves_out(parser: Parser, question: str, passage: str, left_out: bool) -> None:
    assert elliptical(*parser.parse([question, passage])) is left_out


def test_of_what_was_not_parsed_nothing_is_said() -> None:
    assert unfit(Parse("Qui a signé ?"), Parse("Personne.")) == ""
    assert premise(Parse("Pourquoi ?"), Parse("Personne.")) is None
    assert not elliptical(Parse("Qui ?"), Parse("Personne."))
