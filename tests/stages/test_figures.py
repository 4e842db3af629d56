"""Quantities of a claim beside those of its sentence, in both directions: notations of one value pass, other values are refused."""

from __future__ import annotations

import pytest

from briefing.language.abroad import language
from briefing.language.base import Parse, Parser
from briefing.language.quantities import quantities
from briefing.stages.compared import Pair
from briefing.stages.figures import exclude, numbers, time

ABROAD = {
    "de": "Das ist nach den Angaben der Stadt nicht neu, und die Kosten sind für das Land hoch.",
    "fr": "Selon la ville, ce n'est pas nouveau et les coûts sont élevés pour le pays.",
    "es": "Según la ciudad, no es nuevo y los costes son altos para el país.",
    "it": "Secondo la città non è una novità e i costi sono alti per il paese, che ha una crisi.",
    "nl": "Volgens de stad is dat niet nieuw en zijn de kosten voor het land hoog.",
    "pt": "Segundo a cidade, não é novo e os custos são altos para o país.",
}
SAME = [
    ("Sixteen people died in Marsk.", "In Marsk 16 people died."),
    ("Norrline posted a loss of 1.2bn euros.", "Norrline posted a loss of €1,200m."),
    ("Half of the members of the Orlin union voted on Friday.", "50 percent of the members of the Orlin union voted on Friday."),
    ("A fifth of the members left the union in Velm.", "Some left: 20 percent of the members left the union in Velm."),
    ("Three quarters of the households in Velm have no heating.", "In Velm 75% of the households have no heating."),
    ("Two thirds of the voters in Kessin said no.", "In Kessin 67 percent of the voters said no."),
    ("A third of the voters in Kessin said no.", "In Kessin 33.3 percent of the voters said no."),
    ("Half the members of the council were absent.", "Half of the members of the council were absent."),
    ("The town has 1.5 million people.", "The town has one and a half million people."),
    ("Norrline sold 2.5 million cars.", "Norrline sold two and a half million cars."),
    ("She was jailed for 3.5 years.", "She was jailed for three and a half years."),
    ("He got a two-and-a-half-year sentence.", "He got a 2.5-year sentence."),
    ("A quarter of a million people fled Marsk.", "250,000 people fled Marsk."),
    ("Half a million people fled Marsk.", "500,000 people fled Marsk."),
    ("The flood drove three quarters of a million people from Marsk.", "The flood drove 750,000 people from Marsk."),
    ("Half a dozen ships wait off Marsk.", "Six ships wait off Marsk."),
    ("The work took a year and a half.", "The work took 1.5 years."),
    ("The bridge took 2½ years to build.", "The bridge took 2.5 years to build."),
    ("The plant makes 2 GW of power.", "The plant makes 2 gigawatts of power."),
    ("The plant makes 2GW of power.", "The plant makes two gigawatts of power."),
    ("The site stores 500 MWh.", "The site stores 500 megawatt hours."),
    ("The road is 5km long.", "The road is 5 kilometres long."),
    ("Norrline posted a loss of 1.2 billion euros.", "Norrline posted a loss of €1.2 billion."),
    ("Norrline got a loan of 5 million dollars.", "Norrline got a $5 million loan."),
    ("The bank paid A$5 million.", "The bank paid 5 million Australian dollars."),
    ("The bank paid AUD 5 million.", "The bank paid 5 million Australian dollars."),
    ("The bank paid US$5 million.", "The bank paid $5 million."),
    ("The bank paid 5 million U.S. dollars.", "The bank paid $5m."),
    ("The bank paid 5 million Australian dollars.", "The bank paid $5 million."),
    ("The bank paid 5 million Swedish kronor.", "The bank paid SEK 5 million."),
    ("The bank paid 5 million Swedish kronor.", "The bank paid 5 million crowns."),
    ("The mine cost 5 million rand.", "The mine cost 5 million South African rand."),
    ("The levy is 40 euros per tonne.", "The levy is 40 euros a tonne."),
    ("The levy is €40 per tonne.", "The levy is 40 euros a tonne."),
    ("The levy on coal is €40/tonne.", "The levy on coal is 40 euros a tonne."),
    ("The levy on coal is 40 euros.", "The levy on coal is 40 euros a tonne."),
    ("The train ran at 80 km/h.", "The train ran at 80 kilometres per hour."),
    ("The train ran at 80 mph.", "The train ran at 80 miles an hour."),
    ("Kessin pumps 3 million barrels of oil per day.", "Kessin pumps 3 million barrels of oil a day."),
    ("Profit at Norrline tripled.", "Norrline saw profit rise threefold."),
    ("Norrline makes twice as many cars as Brann.", "Norrline makes double the cars that Brann makes."),
    ("Profit at Norrline halved.", "Profit at Norrline was halved."),
    ("71 percent of the members said yes.", "The members of the union voted, and 71 per cent of those said yes."),
    ("The strike stopped 90 percent of the buses.", "The strike stopped nine in ten buses."),
    ("One in four households in Velm has no heating.", "25 percent of the households in Velm have no heating."),
    ("Velm beat Tarn 24-17, and Osk lost 30-12.", "Tarn lost 24-17 to Velm, and Osk were beaten 30-12."),
    ("On 12 and 13 December 40 buses stood still.", "On 13 December 40 buses stood still."),
]
OTHER = [
    ("At least nine people died in Marsk.", "At least 12 people died in Marsk."),
    ("The council put $3 million into schools.", "The council spent $3 million on roads and put $2 million into schools."),
    ("Sixteen people died in Marsk.", "In Marsk nineteen people died."),
    ("Half of the members of the Orlin union voted.", "60 percent of the members of the Orlin union voted."),
    ("A third of the voters in Kessin said no.", "In Kessin 40 percent of the voters said no."),
    ("A quarter of the voters in Kessin said no.", "A fifth of the voters in Kessin said no."),
    ("Half a million people fled Marsk.", "A million people fled Marsk."),
    ("The town has one and a half million people.", "The town has one million people."),
    ("She was jailed for three and a half years.", "She was jailed for three years."),
    ("A quarter of a million people fled Marsk.", "Half a million people fled Marsk."),
    ("The site stores 500 MWh.", "The site stores 500 MW."),
    ("The plant makes 2 GW of power.", "The plant makes 2 megawatts of power."),
    ("The road is 5km long.", "The road is 6 kilometres long."),
    ("Norrline posted a loss of 1.2bn euros.", "Norrline posted a loss of €1,300m."),
    ("Norrline paid 1,234,567.89 euros.", "Norrline paid 1,234,568 euros."),
    ("The bank paid A$5 million.", "The bank paid US$5 million."),
    ("The bank paid C$5 million.", "The bank paid US$5 million."),
    ("The bank paid 5 million Australian dollars.", "The bank paid 5 million US dollars."),
    ("The bank paid 5 million Australian dollars.", "The bank paid US$5 million."),
    ("The bank paid 5 million Swedish crowns.", "The bank paid 5 million Danish kroner."),
    ("The mine cost 5 million rand.", "The mine cost 5 million dinars."),
    ("The levy is 40 euros per tonne.", "The levy is 40 euros per kilogram."),
    ("The levy is 40 euros a tonne.", "The levy is 40 euros a barrel."),
    ("The train ran at 80 mph.", "The train ran at 80 km/h."),
    ("Kessin pumps 3 million barrels of oil per day.", "Kessin pumps 3 million barrels of oil per week."),
    ("Profit at Norrline tripled.", "Profit at Norrline doubled."),
    ("Norrline saw a threefold rise in profit.", "Norrline saw a twofold rise in profit."),
    ("Three times as many people came to Velm.", "Twice as many people came to Velm."),
    ("Profit at Norrline more than doubled.", "Profit at Norrline nearly doubled."),
    ("The strike stopped 80 percent of the buses.", "The strike stopped nine in ten buses."),
]
TOLD_ABROAD = [
    ("de", "1,5 Milliarden Euro", "1,5 Millionen Euro", False),
    ("de", "Zwanzig Menschen", "Zwölf Menschen", False),
    ("de", "5 Prozent mehr", "5 Prozentpunkte mehr", False),
    ("de", "Mehr als 500 Leute", "Weniger als 500 Leute", False),
    ("de", "1.500 Euro", "1500 Euro", True),
    ("de", "1,5 Millionen", "1.500.000", True),
    ("de", "20 Leute", "zwanzig Leute", True),
    ("de", "30 Leute", "dreißig Leute", True),
    ("de", "dreißig Leute", "einunddreißig Leute", False),
    ("de", "25 Leute", "fünfundzwanzig Leute", True),
    ("de", "5 %", "fünf Prozent", True),
    ("de", "eine Million Euro", "1.000.000 Euro", True),
    ("de", "2,5 Mrd. Euro", "2,5 Milliarden Euro", True),
    ("de", "eine halbe Million", "500.000", True),
    ("de", "1.127,54 Euro", "1127,54 Euro", True),
    ("de", "10 000 Euro", "10.000 Euro", True),
    ("de", "5 Euro", "5 Dollar", False),
    ("fr", "1,5 milliard d'euros", "1,5 million d'euros", False),
    ("fr", "vingt-cinq personnes", "25 personnes", True),
    ("fr", "vingt personnes", "douze personnes", False),
    ("fr", "5 pour cent", "5 points de pourcentage", False),
    ("fr", "plus de 500 personnes", "moins de 500 personnes", False),
    ("fr", "10 000 euros", "10.000 euros", True),
    ("fr", "soixante-douze morts", "72 morts", True),
    ("fr", "quatre-vingt-dix morts", "90 morts", True),
    ("fr", "5 %", "cinq pour cent", True),
    ("es", "1,5 mil millones de euros", "1.500 millones de euros", True),
    ("es", "1,5 millones", "1,5 billones", False),
    ("es", "treinta y cinco personas", "35 personas", True),
    ("es", "veinte personas", "doce personas", False),
    ("es", "20 por ciento", "20 puntos porcentuales", False),
    ("es", "más de 500", "menos de 500", False),
    ("es", "un millón de euros", "1.000.000 de euros", True),
    ("es", "un millón y medio de euros", "1,5 millones de euros", True),
    ("it", "1,5 miliardi di euro", "1,5 milioni di euro", False),
    ("it", "venticinque persone", "25 persone", True),
    ("it", "venti persone", "dodici persone", False),
    ("it", "5 per cento", "5 punti percentuali", False),
    ("it", "più di 500", "meno di 500", False),
    ("it", "due milioni e mezzo", "2,5 milioni", True),
    ("nl", "1,5 miljard euro", "1,5 miljoen euro", False),
    ("nl", "vijfentwintig mensen", "25 mensen", True),
    ("nl", "twintig mensen", "twaalf mensen", False),
    ("nl", "5 procent", "5 procentpunten", False),
    ("nl", "meer dan 500", "minder dan 500", False),
    ("nl", "anderhalf miljoen", "1,5 miljoen", True),
    ("nl", "een half miljoen", "500.000", True),
    ("pt", "1,5 bilhão de dólares", "1,5 milhão de dólares", False),
    ("pt", "vinte e cinco pessoas", "25 pessoas", True),
    ("pt", "vinte pessoas", "doze pessoas", False),
    ("pt", "5 por cento", "5 pontos percentuais", False),
    ("pt", "mais de 500", "menos de 500", False),
]

CONVERTED = [  # claim, source
    ("The camp lies about 10 km from Marsk.", "The camp lies six miles from Marsk."),
    ("The camp lies 9.7 kilometres from Marsk.", "The camp lies six miles from Marsk."),
    ("The trail is more than 100 km long.", "The trail is more than 65 miles long."),
    ("The fire burned 405 hectares of forest.", "The fire burned 1,000 acres of forest."),
    ("The fire burned about 2,500 acres of forest.", "The fire burned 1,000 hectares of forest."),
    ("The ridge rises to 1,000 feet.", "The ridge rises to 305 metres."),
    ("The statue weighs 500 kilograms.", "The statue weighs 1,100 pounds."),
    ("Police seized 22 pounds of silver.", "Police seized 10 kg of silver."),
    ("It was 30°C in Marsk.", "It was 86 degrees Fahrenheit in Marsk."),
    ("It was 104°F in Marsk.", "It was 40 degrees Celsius in Marsk."),
    ("The tank held 1,000 litres of milk.", "The tank held 264 gallons of milk."),
    ("The tank held 1,200 litres of milk.", "The tank held 264 gallons of milk."),
    ("Winds reached 120 kilometres per hour.", "Winds reached 65 knots."),
    ("Winds reached 75 mph.", "Winds reached 120 km/h."),
    ("The park covers 26 square kilometres.", "The park covers 10 square miles."),
    ("The park covers 2,600 hectares.", "The park covers 26 sq km."),
    ("The wall is 188 centimetres high.", "The wall is six feet two inches high."),
    ("The plant makes 2,000 megawatts.", "The plant makes 2 GW."),
    ("The lorry carried 2 tonnes of sand.", "The lorry carried 2,000 kg of sand."),
    ("It was 50 degrees in Marsk.", "It was 50 degrees Fahrenheit in Marsk."),
    ("The sea was 3.6 degrees Fahrenheit warmer than usual.", "The sea was 2 degrees Celsius warmer than usual."),
    ("It was 9 degrees Fahrenheit above average in Marsk.", "It was 5 degrees Celsius above average in Marsk."),
    ("The sea has risen 2.7 degrees Fahrenheit since 1850.", "The sea has risen 1.5 degrees Celsius since 1850."),
    ("Despite the warming, it was 50°F in Marsk.", "Despite the warming, it was 10°C in Marsk."),
    ("The goal is to keep warming below 2.7 degrees Fahrenheit.", "The goal is to keep warming below 1.5 degrees Celsius."),
    ("The strike lasted 48 hours.", "The strike lasted two days."),
    ("The strike lasted two weeks.", "The strike lasted fourteen days."),
    ("The talks took 18 months.", "The talks took a year and a half."),
    ("The talks took more than two decades.", "The talks took more than 20 years."),
    ("The sea fell from 86 degrees Fahrenheit to 50 degrees Fahrenheit.", "The sea fell from 30 degrees Celsius to 10 degrees Celsius."),
]
OTHERWISE = [
    ("The camp lies 9 km from Marsk.", "The camp lies six miles from Marsk."),
    ("The camp lies about 6 km from Marsk.", "The camp lies six miles from Marsk."),
    ("The camp lies 10 nautical miles from Marsk.", "The camp lies 10 miles from Marsk."),
    ("The trail is more than 100 km long.", "The trail is less than 65 miles long."),
    ("The fire burned 1,000 hectares of forest.", "The fire burned 1,000 acres of forest."),
    ("The statue weighs 600 kilograms.", "The statue weighs 1,100 pounds."),
    ("It was 86°C in Marsk.", "It was 86 degrees Fahrenheit in Marsk."),
    ("It was 50°C in Marsk.", "It was 104°F in Marsk."),
    ("The sea was 35.6°F warmer than usual.", "The sea was 2°C warmer than usual."),
    ("The sea has risen 34.7°F since 1850.", "The sea has risen 1.5°C since 1850."),
    ("The goal is to keep warming below 34.7°F.", "The goal is to keep warming below 1.5°C."),
    ("The tank held 2,000 litres of milk.", "The tank held 264 gallons of milk."),
    ("Winds reached 65 kilometres per hour.", "Winds reached 65 knots."),
    ("The park covers 16 square kilometres.", "The park covers 10 square miles."),
    ("The park covers 10 square miles.", "The park is 10 miles long."),
    ("The wall is 170 centimetres high.", "The wall is six feet two inches high."),
    ("The mine sold silver for 50 euros a kilogram.", "The mine sold silver for 50 euros an ounce."),
    ("The firm paid 100 euros.", "The firm paid 100 dollars."),
    ("The strike lasted 50 hours.", "The strike lasted two days."),
    ("The talks took 365 days.", "The talks took 12 months."),
    ("The talks took 15 months.", "The talks took a year and a half."),
]


def refusal(parser: Parser, claim: str, source: str) -> str:
    told, given = parser.parse([claim, source])
    return numbers(Pair(told, (given,), source))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_quantity_in_other_words(parser: Parser, one: str, other: str) -> None:
    assert refusal(parser, one, other) == ""
    assert refusal(parser, other, one) == ""


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_quantity(parser: Parser, one: str, other: str) -> None:
    assert refusal(parser, one, other)
    assert refusal(parser, other, one)


@pytest.mark.parametrize(("claim", "source"), CONVERTED)
def test_one_quantity_in_another_unit(parser: Parser, claim: str, source: str) -> None:
    assert refusal(parser, claim, source) == ""


def test_a_span_in_another_unit_is_of_no_other_time(parser: Parser) -> None:
    told, same, other = parser.parse(["The strike lasted 48 hours.", "The strike lasted two days.", "The strike lasted four days."])
    assert time(Pair(told, (same,))) == ""
    assert time(Pair(told, (other,))) == "“hour” is not in the cited sentences"


@pytest.mark.parametrize(("claim", "source"), OTHERWISE)
def test_another_quantity_in_another_unit(parser: Parser, claim: str, source: str) -> None:
    assert refusal(parser, claim, source)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("The camp lies six miles from Marsk.", "The camp lies 10 km from Marsk.", False),
        ("The camp lies six miles from Marsk.", "The camp lies 12 km from Marsk.", True),
        ("The firm was fined 500 pounds.", "The firm was fined 300 kilograms.", False),
        ("At least nine people died in Marsk.", "At least 12 people have died in Marsk.", True),
        ("At least nine people died in Marsk.", "More than 12 people have died in Marsk.", False),
        ("More than 200 people died in Marsk.", "At least 230 people have died in Marsk.", False),
        ("At least nine people died in Marsk.", "In Marsk 12 people have died.", False),
    ],
)
def test_what_excludes_each_other_is_told_as_one_measure(parser: Parser, one: str, other: str, *, apart: bool) -> None:
    mine, theirs = map(quantities, parser.parse([one, other]))
    assert exclude(mine[0], theirs[0], mine, theirs) is apart


def test_a_factor_may_be_told_by_two_values(parser: Parser) -> None:
    claim = "Profit at Norrline doubled to 40 million euros."
    assert refusal(parser, claim, "Profit at Norrline rose from 20 million euros to 40 million euros.") == ""


@pytest.mark.parametrize(
    ("claim", "source", "held"),
    [
        ("Turnout fell by seven percentage points.", "Turnout was 61 percent, down from 68 percent five years ago.", True),
        ("Turnout fell by six percentage points.", "Turnout was 61 percent, down from 68 percent five years ago.", False),
        ("Turnout fell by 7 percent.", "Turnout was 61 percent, down from 68 percent five years ago.", False),
        ("The toll rose by 2 euros.", "The toll rose from 3 euros to 5 euros.", True),
        ("The toll rose by 5 euros.", "The toll rose from 3 euros to 5 euros.", False),
        ("The toll is 2 euros.", "The toll rose from 3 euros to 5 euros.", False),
    ],
)
def test_by_how_much_a_value_changed_may_be_told_by_both_values(parser: Parser, claim: str, source: str, *, held: bool) -> None:
    assert (refusal(parser, claim, source) == "") is held


@pytest.mark.parametrize(
    ("claim", "held"),
    [
        ("Tarn has 22 points.", True),
        ("Tarn has 12 points.", False),
        ("Tarn won seven of 12 games.", True),
        ("Velm has 22 points.", False),
        ("Tarn won 12 games.", False),
    ],
)
def test_a_row_of_a_table_counts_for_whom_it_names_by_its_columns(parser: Parser, claim: str, *, held: bool) -> None:
    assert (refusal(parser, claim, "League table: Team: Tarn; Played: 12; Won: 7; Points: 22") == "") is held


@pytest.mark.parametrize(("name", "one", "other", "same"), TOLD_ABROAD)
def test_quantities_in_other_languages(name: str, one: str, other: str, same: bool) -> None:
    told, given = (f"{ABROAD[name]} {text}." for text in (one, other))
    assert language(given) == name
    assert (numbers(Pair(Parse(told), (Parse(given),), given)) == "") is same
    assert (numbers(Pair(Parse(given), (Parse(told),), told)) == "") is same


def test_english_and_what_cannot_be_told_have_no_table() -> None:
    assert language("Two die in a fire on the A4, police in Velm said.") == ""
    assert language("Kessin sold 5 tonnes.") == ""


def test_what_is_put_at_a_value_has_it(parser: Parser) -> None:
    told, given = parser.parse(
        ["A study put the cost of the dam at $3 million.", "A study found that the dam would cost $3 million; $2 million were put aside."]
    )
    assert numbers(Pair(told, (given,))) == ""
