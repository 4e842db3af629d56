"""From claims to summaries, stories and headlines."""

from briefing.stages.compose import headline, language, stories
from briefing.stages.gates import check
from briefing.stages.naming import Names
from briefing.text.reference import Reader
from briefing.types import Article, Claim
from tests.stages.fakes import made, seed


def claim(article: Article, number: int, text: str = "", *, verbatim: bool = False) -> Claim:
    return Claim(
        id=f"c{number}", text=text or article.quote(number), kind="fact", support=0.9, verbatim=verbatim, citations=(article.cite(number),)
    )


def test_a_headline_is_cut_from_its_claim_and_passes_the_gates() -> None:
    article = made("The ferry company of Brell sold 40 ships to Aster, which had wanted them for years, despite protests in the port.")
    text = headline(claim(article, 1), Names({"made": article.text}))
    assert text.startswith("The ferry company of Brell sold 40 ships to Aster")
    assert len(text) < len(article.text)
    assert not text.endswith((".", ",", " "))
    assert all(gate.passed for gate in check(text, [article.quote(1)], [article.text]))


def test_a_quotation_is_no_headline_cut_short() -> None:
    article = made("The ferry of Brell sold out, which was expected.")
    whole = claim(article, 1, f"One article reports: “{article.quote(1)}”", verbatim=True)
    assert headline(whole, Names({"made": article.text})) == whole.text.rstrip(".")


def test_a_headline_never_loses_who_said_it() -> None:
    article = made("The port of Aster will close for good, Mayor Ines Calder said, despite the protests of 300 workers.")
    spoken = claim(article, 1).model_copy(update={"speaker": "Ines Calder"})
    assert "Calder" in headline(spoken, Names({"made": article.text}))


def test_the_loaded_terms_of_an_article_are_listed() -> None:
    found = language(Reader(seed("002")))
    assert {term.term.casefold() for term in found} >= {"dictator", "so-called", "hypocritically"}
    assert language(Reader(made("The ferry left. He said “the regime fell.”"))) == ()
    assert [term.term for term in language(Reader(made("The so-called “experts” left the port.")))] == ["so-called “experts”"]
    assert language(Reader(made("“The port is shut. The barbaric war did it,” Ines Calder said."))) == ()


def test_what_is_known_to_be_old_weighs_less_and_contested_claims_are_not_at_the_top() -> None:
    article = made("The port of Aster reopened for 300 workers. Brell sold 40 ships to Dorn. The bridge of Tarn fell into the river.")
    old, new, undated = (
        claim(article, n).model_copy(update={"published": day}) for n, day in ((1, "2025-05-21"), (2, "2026-11-21"), (3, ""))
    )
    names, weights = Names({"made": article.text}), {"c1": 3.0, "c2": 2.5, "c3": 2.4}
    told, top = stories([[old], [new], [undated]], weights, names, "2026-11-22")
    assert [story.claims for story in told] == [("c2",), ("c3",), ("c1",)]
    assert top == ["c2", "c3", "c1"]
    sides = [new.model_copy(update={"conflicts": ("c3",)}), undated.model_copy(update={"conflicts": ("c2",)})]
    told, top = stories([[old, *sides]], weights, names, "2026-11-22")
    assert top == ["c1"]
    assert told[0].claims == ("c2", "c3", "c1")
