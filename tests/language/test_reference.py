"""What points out of a sentence, and whom it means where that is plain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.pronouns import anaphoric, open_references
from briefing.language.reference import Reference, resolve

Parses = Callable[[str], Parse]
Documents = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "open_words"),
    [
        ("He said the port was open.", ["He"]),
        ("She sold her house in Tarn.", ["She", "her"]),
        ("The crash happened near his home.", ["his"]),
        ("Ida Lind sold her house in Tarn.", []),
        ("In his letter, Boris Kell called the plan late.", []),
        ("When she arrived, Anna Reth said the dam was weak.", []),
        ("In one, as WNOR reports, he called Mayor Ole Lind “an idiot.”", ["he"]),  # a body is no "he"
        ("At a meeting of the Osk Fishing Company, he met Ole Lind.", ["he"]),
        ("As Ole Lind reports, he met Ada Kell.", []),
        ("While Brellstad blamed its port, he praised the mayor.", []),  # rather a name that was misread
        ("It is unclear whether the dam will hold.", []),
        ("It rained in Tarn on Monday.", []),
        ("It is tall enough that strong winds will close the deck.", ["It"]),
        ("While Juneteenth is a federal holiday, the council of Velm removed it from the list.", []),
        ("It closed two wards on Monday.", ["It"]),
        ("There were two ships in the harbour.", []),
        ("It was due to open in May but will not be ready by spring, the council said.", ["It"]),
        ("It is hard to open the gate in winter.", []),
        ("That, a union official told the Courier, would take nine days.", ["That"]),
        ("The union lost its case.", []),
        ("Their lawyers left the court.", ["Their"]),
        ("This led to a strike.", ["This"]),
        ("While Kell cast that as a win, Reth said the port was shut.", ["that"]),  # nothing before it but its own verb
        ("Kell rejected the plan, and Reth said that was a mistake.", []),
        ("The price was higher than that of coal.", []),
        ("Both men denied the charge.", ["Both"]),
        ("The two met in Velm on Monday.", ["two"]),
        ("“He is a good man,” Boris Kell said.", ["He"]),
        ("Anna Reth said that “I will not resign”.", []),
        ("The driver said he would not resign.", []),
        ("The Velm Republican, who gave his speech in Tarn, called for peace.", []),
        ("The Republicans, who gave speeches on Monday, called him a thief.", ["him"]),
        # an object is not its verb's subject
        ("Hugo Marn praised her.", ["her"]),
        ("The minister fired him on Monday.", ["him"]),
        ("Anna Reth sued him for libel.", ["him"]),
        ("Ida Lund left him.", ["him"]),
        ("The army denied it.", ["it"]),
        ("Norrbus bought it for 3 million euros.", ["it"]),
        ("The minister wanted to fire him.", ["him"]),
        ("Hugo Marn and Ida Lund sued him.", ["him"]),
        ("The voters gave him a second term.", ["him"]),
        ("Hugo Marn praised himself.", []),
        ("Hugo Marn took his dog with him.", []),
        ("Marn fell, and police arrested him.", []),
        ("Hugo Marn said the council had fired him.", []),
        ("Norrbus said the court fined it 3 million euros.", []),
        ("Officers chased the man and arrested him.", []),
        ("Norrbus has a big task before it.", []),
        ("When Lund arrived, police shot him.", []),
        ("Marn was shot to silence him.", []),
        ("The minister asked Lund to help him.", []),
        ("The CEO said he was in favor of the plan.", []),
        ("The Velm Times reported that some city health officials threatened to resign if he did not close schools.", ["he"]),
        ("The New York Times reported that he threatened to resign.", ["he"]),
        ("The Archbishop said he would resign.", []),
        ("The Rev. Ole Lind said he would resign.", []),
    ],
)
def test_what_points_out_of_a_sentence(parse: Parses, text: str, open_words: list[str]) -> None:
    found = parse(text)
    assert [found.word(n) for n in open_references(found)] == open_words


def test_the_subject_of_the_sentence_before_is_meant(document: Documents) -> None:
    doc = document("Peter Lund denied the charge. He left for Spain on Monday. He took his boat.")
    assert resolve(doc, 1) == []
    assert resolve(doc, 2) == [Reference(0, 2, "Peter Lund", 1)]
    assert {(one.name, one.sentence) for one in resolve(doc, 3) or []} == {("Peter Lund", 1)}


def test_who_is_named_in_the_first_sentence_is_its_he(document: Documents) -> None:
    assert resolve(document("Gov. Peter Lund will not seek a third term, he said on Monday. It rained."), 1) == []
    assert resolve(document("It rained. Gov. Peter Lund will not seek a third term, he said on Monday."), 2) is None
    assert resolve(document("Peter Lund dismissed Karl Ost, he said on Monday."), 1) is None


def test_whose_brother_somebody_is_does_not_say_who_he_is(document: Documents) -> None:
    doc = document("In May she hired her brother, Ole Rask, as a clerk. Rask left Tarn on Monday. She sold the port.")
    assert doc.genders["Rask"] == (1, 0)
    assert resolve(doc, 3) is None


def test_who_stands_beside_an_office_is_meant(document: Documents) -> None:
    doc = document("The Archbishop of Tarn, the Most Rev Peter Lund, apologised on Sunday. Reading from a paper, he said that it was late.")
    assert [one.name for one in resolve(doc, 2) or []] == ["Peter Lund"]
    assert resolve(document("The ship, the Ida Lund, sank on Monday. She was built in 1994."), 2) is None


def test_a_son_is_not_his_father(document: Documents) -> None:
    doc = document("Peter Lund left the port.\n\nIn May, Lund Jr. sold a ship.\n\nHe left Tarn.")
    assert resolve(doc, 3) == [Reference(0, 2, "Lund Jr.", 2)]


def test_the_speaker_of_the_sentence_before_is_meant_by_the_full_name(document: Documents) -> None:
    doc = document("The former treasurer Peter Lund denied the charge.\n\nThe port was closed, Lund said.\n\nHe left for Tarn on Monday.")
    assert resolve(doc, 3) == [Reference(0, 2, "Peter Lund", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "David Kell met Peter Lund on Wednesday. He left for Tarn.",  # two persons
        "Peter Lund met David Kell in Velm. He fined him 300 crowns.",
        "Peter Lund hired a lawyer on Monday. He left for Tarn.",  # somebody without a name
        "Mr Peter Lund left the court. She said the port was open.",  # a title says otherwise
        "Peter Lund sold his boat in his port.\n\nPeter Lund denied the charge. She left for Tarn.",  # he goes by another pronoun
        "The fine shocked Peter Lund. He left for Tarn.",  # not the subject
        "Peter Lund won the vote.\n\nTwo ships collided off Tarn. He warned of fog.",
        "Peter Lund won the vote.\n\nThe fog was thick.\n\nHe warned of storms.",
        "Norrbus bought a depot in Velm. It opened in 1994.",  # a thing that is not the subject
        "The crews met the owners. They left in boats.",
        "Peter Lund spoke to Courier. “He is a thief,” Kell said.",  # in another's words
        "Dara Holm accused Iven Strook of lying. He rejected the claim.",  # another name, that is not recognised as a person's
        "Orban Tull shot Haan at the station. He died on Tuesday.",
        "President Oss fired Morrow on Monday. He called the move illegal.",
        "Hugo Marn defeated Varga in the final. He wept on the court.",
        "Labour’s Tim Orrell accused her of lying. She said that was false.",
        "Peter Lund said David Kell must resign. On Monday, more of his aides came forward to accuse Kell.",  # of Kell's
        "Peter Lund said: “I asked Kell to stay. And he said no.” Then it rained.\n\nHe left for Tarn.",
        "Ida Holm said the court was right. Gorse, who worked as a clerk, gave the expected answers; he stated that he agreed.",
        "Peter Lund’s lawyer Hugo Marn said the court was wrong. He added that he would not resign.",
        "His aide Peter Lund said the court was wrong. He added that he would not resign.",
        "This led to a strike.",
    ],
)
def test_what_cannot_be_told_stays_open(document: Documents, text: str) -> None:
    doc = document(text)
    assert resolve(doc, doc.article.sentences[-1].number) is None


@pytest.mark.parametrize(
    "text",
    [
        "Peter Lund studied at the University of Velm. He became a judge.",
        "Peter Lund told the BBC he would resign. He left for Tarn.",
        "Peter Lund, chief executive of Norrbus, resigned in September. He left for Tarn.",
        "Peter Lund addressed Parliament on Monday. He asked for help.",
        "Peter Lund won the vote in the United States. He thanked voters.",
        "Peter Lund criticised the Norrbus board. He called for reform.",
        "Peter Lund criticised Congress over the budget. He asked for more.",
        "Peter Lund told Reuters the port was shut. He asked for help.",
    ],
)
def test_places_days_and_public_bodies_are_nobody(document: Documents, text: str) -> None:
    assert {(one.name, one.sentence) for one in resolve(document(text), 2) or []} == {("Peter Lund", 1)}


@pytest.mark.parametrize(
    "text",
    [
        "Mr Peter Lund said that aides of the mayor must resign. He said the charge was false.",  # whoever goes on speaking
        "Spokesman Peter Lund told the mayor that the port was shut. He said the charge was false.",
        "Peter Lund, the chairman of the union, told the mayor that the port was shut. He said the charge was false.",
        "Peter Lund left his office. Lund told the mayor that the port was shut. “The charge is false,” he added.",
        "“It must close,” Mr Peter Lund told the mayor. “The charge is false. Nobody lied,” he said.",
        "Lord Peter Lund told the mayor that the port was shut. “It will open in May.” He added: “Nobody will be dismissed.”",
        "Peter Lund spoke of how he met David Kell. He recalled a walk with Kell.",  # Kell is named beside him
        "Peter Lund’s plan for the harbour failed in May. He left for Tarn.",
        "Peter Lund’s captors fled on Sunday. He left for Tarn.",
        "It is unclear whether Peter Lund knew of the fine. He left for Tarn.",
        "Peter Lund, a judge and the father of the reform, resigned. He left for Tarn.",
        "Peter Lund beat the government in May. He left for Tarn.",
        "Peter Lund is known as a brilliant lawyer. He left for Tarn.",
    ],
)
def test_who_goes_on_speaking_or_acting_is_meant(document: Documents, text: str) -> None:
    doc = document(text)
    assert {one.name for one in resolve(doc, doc.article.sentences[-1].number) or []} == {"Peter Lund"}


def test_a_surname_that_is_a_word_is_a_name_where_its_article_names_somebody_so(document: Documents) -> None:
    doc = document("Donald Trump left the race on Tuesday. Trump said he wanted to make sure there is no conflict.")
    assert resolve(doc, 2) == []
    assert doc.parse(2).tokens[0].pos == doc.read("Trump said he would stay.").tokens[0].pos == "PROPN"
    assert document("A trump is a card. Donald Trump left. Trump said he won.").parse(3).tokens[0].pos != "PROPN"


def test_what_an_article_puts_into_brackets_is_no_form_of_a_name(document: Documents) -> None:
    doc = document("Kell pledged to end “[President Barack] Obama’s war”. Barack Obama left for Tarn. He spoke to nobody.")
    assert [form.text for form in doc.people["Obama"]] == ["Barack Obama"]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Lund said David Kell must resign. He said the charge was false.",  # nobody knows that Lund is no "he"
        "Spokeswoman Ida Lund said that the port was shut. He added that Tarn was open.",
        "Ida Lund, the chairwoman of the union, said that the port was shut. He added that Tarn was open.",
        "Ida Lund told a driver that the port was shut. He added that Tarn was open.",
        "Peter Lund told the mayor that the port was shut. He said the charge was false.",
        "Mr Peter Lund told the mayor that the port was shut. He said he had left for Tarn.",  # the second "he"
        "Mr Peter Lund told the mayor that the port was shut. He replied that nobody had been told.",
        "Mr Peter Lund told the mayor that the port was shut. He denied the charge.",
        "Mr Peter Lund said that the driver was drunk. He told the council that Tarn was open.",
        "Mr Peter Lund said David Kell must resign. He said the charge was false.",
        "Mr Peter Lund told David Kell that the port was shut. “Tarn is open,” he said.",
        "Mr Xi Jinping said that the port was shut. He said that Xi was wrong.",
        "Helen Lund sued Peter Lund over the port. He left for Tarn.",
        "Ida Lund said Peter Lund had forged the will. He said the will was in Tarn.",
        "Peter Lund said the 16-year-old was in hospital. He left for Tarn.",
        "Peter Lund said that the port was shut. He said that Lund was wrong.",
        "Peter Lund accused a Republican of fraud. He left for Tarn.",
        "Peter Lund accused a pope of fraud. He left for Tarn.",
        "Peter Lund spoke with the widow of a general. He left for Tarn.",
        "Peter Lund said the accused was in hospital. He left for Tarn.",
        "Peter Lund said another was in hospital. He left for Tarn.",
        "Peter Lund said one of the survivors was in hospital. He left for Tarn.",
        "Peter Lund’s deputy resigned. He left for Tarn.",
        "Peter Lund’s rival scored twice. He left for Tarn.",
        "Peter Lund’s pick for the court withdrew. He left for Tarn.",
    ],
)
def test_who_could_be_another_is_nobody(document: Documents, text: str) -> None:
    doc = document(text)
    assert resolve(doc, doc.article.sentences[-1].number) is None


def test_police_are_they(document: Documents) -> None:
    doc = document("Police said a man was arrested in Velm. They found a knife.")
    assert [one.name for one in resolve(doc, 2) or []] == ["Police"]


def test_no_name_runs_over_the_items_of_a_list(document: Documents) -> None:
    text = "Peter Lund won the vote.\n\nHe thanked voters."
    assert resolve(document(text), 2)
    assert resolve(document(text, form="list"), 2) is None


def test_a_surname_of_two_is_put_in_for_nobody(document: Documents) -> None:
    doc = document("Helen Lund and Peter Lund own the port. In Velm, Lund denied the charge. He left for Tarn.")
    assert resolve(doc, 3) is None
    doc = document("Helen Lund and Peter Lund own the port. Peter Lund denied the charge. He left for Tarn.")
    assert [one.name for one in resolve(doc, 3) or []] == ["Peter Lund"]


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("In notices of March 15, both agencies advised buyers to wait.", True),
        ("The council and the ministry said both agencies advised buyers to wait.", False),
        ("The ship had been built in 1994.", True),
        ("The decision angered the union.", True),
        ("Another ship sank off Tarn.", True),
        ("Earlier, Peter Lund denied the charge.", True),
        ("Earlier this week, Peter Lund denied the charge.", False),
        ("The union also lost the case.", True),
        ("Peter Lund denied the charge.", False),
        ("Peter Lund said that from this day on he will not talk to the press.", False),
        ("Two ships sank off Tarn, the union said.", False),
        ("The ship Marit had been built in 1994.", False),
        ("The dam of Orlin was too weak to fill.", False),
        ("Prosecutors accuse former treasurer Hugo Marn of fraud.", False),
    ],
)
def test_what_leans_on_the_sentence_before(parse: Parses, text: str, leans: bool) -> None:
    assert anaphoric(parse(text)) is leans
