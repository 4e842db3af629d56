"""Whom a sentence means, and who speaks in it; what cannot be told is None."""

from briefing.text.articles import article
from briefing.text.reference import Reader


def reader(text: str) -> Reader:
    return Reader(article("made", "made.txt", "0" * 64, text))


def named(text: str, number: int = 2) -> str | None:
    found = reader(text).reference(number)
    return found.name if found else None


def test_he_is_the_only_person_of_the_sentence_before() -> None:
    assert named("President Emmanuel Macron arrived in Paris. He opened the talks at noon.") == "Emmanuel Macron"


def test_he_is_the_one_who_spoke() -> None:
    assert named("Mayor Ines Calder said that Pat Quill left. She opened the port at noon.") == "Ines Calder"


def test_he_of_two_people_is_nobody() -> None:
    assert named("Emmanuel Macron met Olaf Scholz in Paris. He opened the talks at noon.") is None


def test_he_is_not_looked_for_beyond_a_sentence_that_names_nobody() -> None:
    assert named("Emmanuel Macron left. The port was closed again. He opened the talks at noon.", 3) is None


def test_a_chain_of_he_leads_to_the_name() -> None:
    assert named("Emmanuel Macron said it was late. He left the port. He went home by ferry.", 3) == "Emmanuel Macron"


def test_both_leaders_are_two_or_nobody() -> None:
    assert named("Donald Trump called Vladimir Putin on Monday. Both leaders described the call.") == "Trump and Putin"
    assert named("Donald Trump made a call. Both leaders described the call.") is None


def test_the_first_sentence_refers_to_nothing() -> None:
    assert named("He opened the talks at noon.", 1) is None
    assert reader("He opened the talks at noon.").open_reference(1) == "He"
    assert reader("The ferry left at noon.").open_reference(1) == ""


def test_a_reference_is_a_span_of_its_sentence() -> None:
    read = reader("President Emmanuel Macron arrived in Paris. “He” is late. But he opened the talks.")
    for sentence in read.article.sentences:
        found = read.reference(sentence.number)
        assert found is None or read.text(sentence.number)[found.start : found.end].casefold() in {"he", "she", "they"}


def test_she_who_speaks_within_a_sentence_is_named_there_or_before() -> None:
    before = reader("Mayor Ines Calder opened the port. The strike is over, she told the workers.")
    found = before.speaker(2, before.attributions(2)[0])
    assert found is not None
    assert (found.name, found.sentence) == ("Ines Calder", 1)
    within = reader("Ines Calder opened the port, “The strike is over,” she said.")
    found = within.speaker(1, within.attributions(1)[0])
    assert found is not None
    assert (found.name, found.sentence) == ("Ines Calder", 1)


def test_who_of_two_people_speaks_is_not_told() -> None:
    read = reader("Emmanuel Macron met Olaf Scholz in Paris. The strike is over, he told the workers.")
    assert read.speaker(2, read.attributions(2)[0]) is None


def test_what_lies_in_a_quotation_of_several_sentences_is_quoted() -> None:
    read = reader("“We stay. This brutal war must end,” Ines Calder said. The brutal war went on.")
    at = [i for i in range(len(read.article.text)) if read.article.text.startswith("brutal", i)]
    assert [read.quoted(i, i + 6) for i in at] == [True, False]


def test_the_voice_of_a_quotation_over_several_sentences() -> None:
    read = reader("“We stay. Nobody will leave this port. We are many,” Ines Calder said. The ferry left.")
    names = [voice.name if (voice := read.voice(n)) else None for n in (1, 2, 3, 4)]
    assert names == ["Ines Calder", "Ines Calder", "Ines Calder", None]


def test_a_quotation_of_nobody_has_a_voice_without_a_name() -> None:
    voice = reader("“We stay. Nobody will leave this port.”").voice(2)
    assert voice is not None
    assert voice.name == ""


def test_many_quotations_are_read_in_a_moment() -> None:
    read = reader("“We stay. Nobody leaves,” Ines Calder said. The ferry left. " * 800)
    assert sum(read.voice(s.number) is not None for s in read.article.sentences) >= 1600
