"""A sound brief gives no finding; every way in which one can be unsound gives one that says where and what.

Most briefs here are of before 0.2 (their run names no parser): drafted in other words, and held to the gates and to a judge. Those since
then, at the end, are sentences with their edits; how they are forged, and that honest ones pass, is in `test_forged` and `test_honest`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from briefing.brief import ArticleRecord, Brief, Omission
from briefing.errors import UsageError
from briefing.language.base import Parse, Parser
from briefing.output import record_text
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.reading import at_its_path
from briefing.render import render
from briefing.sources import files
from briefing.sources.files import Found, read_found
from briefing.stages.select import LATE
from briefing.types import Claim, Edit, Finding, Gate, Outcome
from briefing.verify import Judge, load, verify
from tests import briefs
from tests.stages.fakes import FakeModel, Lent, embed, shortest


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    return briefs.example(tmp_path / "articles")


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return tmp_path / "articles" / "harbour.txt"


def read(record: ArticleRecord) -> Outcome | None:
    path = Path(record.path)
    return next(iter(read_found([Found(record.id, path, True)]))) if path.exists() else None


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions of this module."""
    Lent.parser = parser


def believing(claims: Sequence[Claim]) -> Sequence[Gate]:
    """Judge every claim to be supported."""
    return [Gate(name="judge", passed=True) for _ in claims]


def findings(brief: Brief, judge: Judge | None = None, view: str | None = None, parser: Parser | None = None) -> tuple[Finding, ...]:
    """Verify a brief; one of before 0.2 is judged, for nothing else can tell whether its words are those of its sentences."""
    judge = believing if judge is None and brief.run.parser is None else judge
    return verify(brief, read, judge, parser=parser or Lent.parser, view=view)


def found(brief: Brief, judge: Judge | None = None, view: str | None = None) -> list[tuple[str, str]]:
    return [(finding.claim, finding.check) for finding in findings(brief, judge, view)]


def details(brief: Brief) -> str:
    return "\n".join(finding.detail for finding in findings(brief))


def with_claim(brief: Brief, name: str, **changes: object) -> Brief:
    claims = [claim.model_copy(update=changes) if claim.id == name else claim for claim in brief.claims]
    return brief.model_copy(update={"claims": tuple(claims)})


def first_citation(brief: Brief, **changes: object) -> Brief:
    citation = brief.claims[1].citations[0].model_copy(update=changes)
    return with_claim(brief, "c2", citations=(citation,))


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_sound_brief_gives_nothing(brief: Brief) -> None:
    assert findings(brief, view=render(brief)) == ()


def test_a_brief_that_names_no_parser_does_not_pass_unjudged(brief: Brief) -> None:
    (finding,) = verify(brief, read, parser=Lent.parser)
    assert (finding.claim, finding.check) == ("", "judge")
    assert "only a judge can tell" in finding.detail


# Files


def test_a_missing_file(brief: Brief, harbour: Path) -> None:
    harbour.unlink()
    assert found(brief) == [("", "file"), ("c1", "gates"), ("c2", "gates"), ("c3", "gates"), ("c5", "gates")]
    assert f"harbour: no such file: {harbour}" in details(brief)
    assert "not checked, for want of harbour" in details(brief)


def test_a_file_that_is_no_article_any_more(brief: Brief, harbour: Path) -> None:
    harbour.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert ("", "file") in found(brief)
    assert "cannot be used: binary file (PNG)" in details(brief)


def test_a_change_elsewhere_in_the_file_is_told_once(brief: Brief, harbour: Path) -> None:
    edit(harbour, lambda text: text + "\nA sentence was added later.\n")
    assert found(brief) == [("", "file")]
    assert "changed since the brief" in details(brief)


def test_quotations_that_moved_are_told_with_their_new_place(brief: Brief, harbour: Path) -> None:
    edit(harbour, lambda text: "The mayor of Aster spoke twice. " + text)
    assert found(brief) == [("", "file"), *((name, "citation") for name in ("c1", "c2", "c3", "c5"))]
    assert "harbour sentence 1: the quotation moved to characters 32 to 83 (sentence 2)" in details(brief)


def test_a_quotation_that_was_lost(brief: Brief, harbour: Path) -> None:
    edit(harbour, lambda text: text.replace("300 workers", "301 workers"))
    assert ("c2", "citation") in found(brief)
    assert "harbour sentence 3: the quotation is not in the file" in details(brief)


def test_what_was_left_out_is_looked_for(brief: Brief, harbour: Path) -> None:
    """Files that nobody looked into, links to nothing, copies and editions of what was not reached in time: all of them are there."""
    folder = harbour.parent
    (folder / "notes.xyz").write_text("Nobody reads this.\n", encoding="utf-8")
    (folder / "lost.abc").symlink_to(folder / "nothing.abc")
    (folder / "lost.txt").symlink_to(folder / "nothing.txt")
    (folder / "zebra.txt").write_text("A zebra of the zoo of Aster had a foal on Monday.\n", encoding="utf-8")
    (folder / "zoo.txt").write_text("A zebra of the zoo of Aster  had a foal on Monday.\n", encoding="utf-8")
    for name in ("one.txt", "two.txt"):
        (folder / name).write_bytes(b"\x00\x01\x02" * 200)
    outcomes = {one.id: one for one in files.read([folder])}
    fields = {"path", "sha256", "part", "status", "reason"}
    added = [
        ArticleRecord(id=name, **{**outcomes[name].model_dump(include=fields), **changes})
        for name, changes in (
            ("lost.abc", {}),
            ("lost.txt", {}),
            ("notes", {}),
            ("one", {}),
            ("two", {}),
            ("zebra", {"status": "skipped", "reason": LATE}),
            ("zoo", {}),
        )
    ]
    assert [one.reason for one in added] == [
        "not a text file (.abc)",
        "cannot be read (no such file or directory)",
        "not a text file (.xyz)",
        "binary file",
        "same text as one",
        LATE,
        "same text as zebra",
    ]
    whole = brief.model_copy(update={"articles": (*brief.articles, *added)})

    def at_its_place(record: ArticleRecord) -> Outcome | None:
        return at_its_path(record)

    def left() -> list[str]:
        told = verify(whole, at_its_place, believing, parser=Lent.parser)
        return [finding.detail.partition(":")[0] for finding in told if finding.check == "file"]

    assert left() == []
    for name in ("lost.abc", "lost.txt", "notes.xyz", "one.txt", "zebra.txt"):
        (folder / name).unlink()
    assert left() == ["lost.abc", "lost.txt", "notes", "one", "zebra", "zoo"]


# Citations


def test_offsets_that_do_not_give_the_quotation(brief: Brief) -> None:
    citation = brief.claims[1].citations[0]
    moved = first_citation(brief, start=citation.start + 1, end=citation.end + 1)
    assert found(moved) == [("c2", "citation")]
    assert "(sentence 3)" in details(moved)


def test_a_quotation_that_was_made_up(brief: Brief) -> None:
    citation = brief.claims[1].citations[0]
    forged = first_citation(brief, quote=citation.quote.replace("300", "400"))
    assert ("c2", "citation") in found(forged)
    assert "is not in the file" in details(forged)


def test_the_number_of_another_sentence(brief: Brief) -> None:
    other = first_citation(brief, sentence=2)
    assert found(other) == [("c2", "citation")]
    assert "the quotation is exact, but the sentence is characters" in details(other)
    assert "the file has only 4 sentences" in details(first_citation(brief, sentence=99))


def test_a_source_that_was_not_used(brief: Brief) -> None:
    articles = [a.model_copy(update={"status": "skipped"}) if a.id == "ferry" else a for a in brief.articles]
    assert ("c4", "citation") in found(brief.model_copy(update={"articles": tuple(articles)}))


# Claims


def test_the_gates_are_asked_again(brief: Brief) -> None:
    forged = with_claim(brief, "c2", text="Mayor Ines Calder said that 400 workers are back.")
    assert found(forged) == [("c2", "numbers")]
    assert "400" in details(forged)
    strange = with_claim(brief, "c2", text="Mayor Pat Quill said that 300 workers are back.")
    assert found(strange) == [("c2", "names"), ("c2", "actors")]


def test_headlines_pass_the_gates_with_a_claim_of_their_story(brief: Brief) -> None:
    first, *others = brief.stories
    wrong = first.model_copy(update={"headline": "The port of Aster is open again after 14 days"})
    (finding,) = findings(brief.model_copy(update={"stories": (wrong, *others)}))
    assert (finding.claim, finding.check) == ("", "headline")
    assert "14" in finding.detail


def test_dates_and_origins_are_those_of_the_cited_articles(brief: Brief) -> None:
    assert found(with_claim(brief, "c2", published="2026-11-20")) == [("c2", "date")]
    assert found(with_claim(brief, "c2", origins=2)) == [("c2", "counts")]


def test_a_judge_is_asked_once_about_all_claims(brief: Brief) -> None:
    asked: list[list[str]] = []

    def judge(claims: Sequence[Claim]) -> Sequence[Gate]:
        asked.append([claim.id for claim in claims])
        return [Gate(name="judge", passed=n in {0, 4}, detail="" if n in {0, 4} else "support 0.20") for n in range(5)]

    assert found(brief, judge=judge) == [("c2", "judge"), ("c3", "judge"), ("c4", "judge")]
    assert asked == [["c1", "c2", "c3", "c4", "c5"]]
    assert found(with_claim(brief, "c2", verbatim=True)) == [("c2", "quotation")]
    with pytest.raises(ValueError, match="shorter"):
        findings(brief, lambda claims: believing(claims[:1]))


# The record and its view


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        ({"date": "2026-02-31"}, "record", "2026-02-31 is no date"),
        ({"top": ("c1", "c1")}, "record", "claim c1 stands 2 times at the top"),
        ({"omitted": (Omission(article="x", sentence=1, reason="r"),)}, "record", "x is named"),
        ({"omitted": (Omission(article="ferry", sentence=99, reason="r"),)}, "record", "ferry has no sentence 99"),
    ],
)
def test_a_record_that_does_not_fit_together(brief: Brief, change: dict[str, object], check: str, words: str) -> None:
    wrong = brief.model_copy(update=change)
    assert found(wrong) == [("", check)]
    assert words in details(wrong)


def test_counts_and_fields_of_articles(brief: Brief) -> None:
    first, second = brief.articles
    for field, value in (("sentences", 7), ("title", "Other"), ("published", "2020-01-01")):
        wrong = brief.model_copy(update={"articles": (first.model_copy(update={field: value}), second)})
        assert ("", "counts" if field == "sentences" else "record") in found(wrong), field
    twice = brief.model_copy(update={"articles": (first, second, second)})
    assert ("", "record") in found(twice)
    gates = brief.run.model_copy(update={"gates": {"numbers": (3, 4)}})
    assert found(brief.model_copy(update={"run": gates})) == [("", "counts")]


def test_a_view_that_was_edited(brief: Brief) -> None:
    view = render(brief)
    assert found(brief, view=view.replace("\n", "\r\n")) == []
    assert found(brief, view=view.replace("300 workers", "400 workers")) == [("", "view")]
    old = brief.model_copy(update={"run": brief.run.model_copy(update={"version": "0.0.1"})})
    assert "made by 0.0.1" in findings(old, view=view)[0].detail


def test_a_record_is_loaded_as_it_was_written(brief: Brief) -> None:
    assert load(record_text(brief), "b.json") == brief


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "b.json: not JSON"),
        ("{", "b.json: not JSON"),
        ("[" * 100_000, "b.json: not"),
        ("[]", "b.json: not a brief"),
        ('{"schema": "other"}', "b.json: not a brief"),
        ('{"schema": "briefing/2"}', "b.json: a record of format 'briefing/2', not 'briefing/1'"),
    ],
)
def test_what_is_no_record_is_a_mistake_of_use(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(text, "b.json")
    assert str(caught.value).startswith(words)
    assert caught.value.hint


def test_a_record_that_breaks_its_format_gives_findings(brief: Brief) -> None:
    text = record_text(brief)
    broken = load(text.replace('"quote": "Mayor', '"quote": "The mayor'), "b.json")
    wanted = Finding(claim="", check="record", detail="claims.1.citations.0: a quote is as long as its span")
    assert isinstance(broken, tuple)
    assert wanted in broken
    for wrong in (
        text.replace('"c5"', '"c4"', 1),
        text.replace('"support": 0.9', '"support": 9', 1),
        '{"schema": "briefing/1"}',
    ):
        broken = load(wrong, "b.json")
        assert isinstance(broken, tuple)
        assert all(finding.check == "record" and finding.detail for finding in broken)


# Briefs since 0.2: a claim is its first sentence with the edits of the record


PORT = """The port of Aster reopens

Source: Aster Herald

12 March 2024

Mayor Ines Calder, who has led the port town of Aster for many years and lives beside the old harbour, said on Monday that 300 workers of \
the port are back at their cranes, and that the ferries to the island of Brell will sail again before noon.

The union of dockers did not sign the contract with the port on Sunday, a lawyer for the union said.

The strike may cost the port of Aster 4 million euros, the Brell Institute reported.
"""
ASIDE = ", who has led the port town of Aster for many years and lives beside the old harbour,"


@pytest.fixture
def port(tmp_path: Path) -> Path:
    path = tmp_path / "port.txt"
    path.write_text(PORT, encoding="utf-8")
    return path


@pytest.fixture
def made(port: Path, parser: Parser) -> Brief:
    """A brief of one article, made with a model that leaves out what may go: an aside is cut, and days are put in."""
    outcomes = list(read_found([Found("port", port, True)]))
    model = FakeModel(shortest, lambda question: 0.99 if "Calder said" in question.prompt.text else 0.0)
    brief = generate(outcomes, parser=parser, embed=embed, model=model, date="2024-03-13", progress=Silent(), every=True)
    assert [claim.id for claim in brief.claims] == ["port-s4", "port-s5", "port-s6"]
    assert ASIDE not in brief.claims[0].text
    return brief


def forged(brief: Brief, number: int, *edits: Edit, kept: bool = True, **changes: object) -> Brief:
    """Return a brief with further edits in claim `number` and with the text that they give, as one would forge it who knows the format."""
    claim = brief.claims[number]
    first = claim.citations[0]
    several = tuple(sorted((*(claim.edits if kept else ()), *edits), key=lambda edit: (edit.start, edit.end)))
    text, at = "", first.start
    for edit in several:
        text, at = text + PORT[at : edit.start] + edit.text, edit.end
    text = " ".join((text + PORT[at : first.end]).split())
    return with_claim(brief, claim.id, **{"edits": several, "text": text, **changes})


def over(part: str, text: str = "", reason: str = "aside") -> Edit:
    """Return the edit that puts `text` in the place of a part of the article that stands there once."""
    assert PORT.count(part) == 1
    start = PORT.index(part)
    return Edit(start=start, end=start + len(part), text=text, reason=reason)


def before(part: str, text: str, reason: str) -> Edit:
    """Return the edit that puts `text` in front of a part of the article."""
    assert PORT.count(part) == 1
    return Edit(start=PORT.index(part), end=PORT.index(part), text=text, reason=reason)


def test_a_brief_of_sentences_with_licensed_edits_gives_nothing(made: Brief, parser: Parser) -> None:
    assert {edit.reason for claim in made.claims for edit in claim.edits} >= {"relative clause", "date"}
    assert made.stories[0].edits
    assert findings(made, view=render(made), parser=parser) == ()
    assert findings(load_again(made), parser=parser) == ()


def load_again(brief: Brief) -> Brief:
    again = load(record_text(brief), "b.json")
    assert isinstance(again, Brief)
    return again


def test_a_licensed_part_may_stay_and_goes_only_by_the_model(made: Brief, port: Path, parser: Parser) -> None:
    outcomes = list(read_found([Found("port", port, True)]))
    whole = generate(outcomes, parser=parser, embed=embed, model=FakeModel(), date="2024-03-13", progress=Silent(), every=True)
    assert ASIDE in whole.claims[0].text
    assert findings(whole, parser=parser) == ()
    cut = forged(whole, 0, over(ASIDE, reason="relative clause"))
    assert cut.claims[0].text == made.claims[0].text
    assert ("port-s4", "licensed") in [(one.claim, one.check) for one in findings(cut, parser=parser)]


@pytest.mark.parametrize(
    ("number", "edit"),
    [
        (1, over(" not", reason="aside")),
        (1, over(", a lawyer for the union said", reason="aside")),
        (1, over("did not sign", "signed", reason="aside")),
        (1, over("The union of dockers", "[Ines Calder]", reason="whom it means")),
        (1, before(" sign the", " [Pat Quill]", reason="whom it means")),
        (1, before(", a lawyer", " [last week]", reason="date")),
        (2, over(" may", reason="aside")),
        (2, over(" 4 million", reason="aside")),
        (2, over("4 million", "9 million", reason="aside")),
        (2, over(", the Brell Institute reported", reason="comment")),
        (2, over("strike", "Strife", reason="capital")),
        (2, before("The strike may", "Pat Quill said: “", reason="speaker")),
        (2, before(", the Brell", ", “as planned”", reason="list")),
        (2, before(", the Brell", " [12:30]", reason="time")),
    ],
    ids=lambda value: f"{value.reason} {value.text}".strip() if isinstance(value, Edit) else None,
)
def test_a_forged_edit_is_found(made: Brief, parser: Parser, number: int, edit: Edit) -> None:
    name = made.claims[number].id
    told = [(finding.claim, finding.check) for finding in findings(forged(made, number, edit), parser=parser)]
    assert (name, "licensed") in told
    assert {claim for claim, _ in told} <= {name, ""}  # and in no other claim


def test_a_text_that_its_edits_do_not_give_is_found(made: Brief, parser: Parser) -> None:
    wrong = with_claim(made, "port-s6", text=made.claims[2].text.replace("may cost", "cost"))
    assert [(one.claim, one.check) for one in findings(wrong, parser=parser)] == [("port-s6", "edits")]
    apart = forged(made, 2, over("4 million euros"), over("million euros, the"), text=made.claims[2].text)
    assert ("port-s6", "edits") in [(one.claim, one.check) for one in findings(apart, parser=parser)]


def test_a_claim_that_is_called_verbatim_must_be_a_quotation(made: Brief, parser: Parser) -> None:
    told = findings(with_claim(made, "port-s6", verbatim=True), parser=parser)
    assert [(one.claim, one.check) for one in told] == [("port-s6", "licensed")]


def test_a_headline_is_its_claims_sentence_with_the_edits_of_the_story(made: Brief, parser: Parser) -> None:
    (story,) = made.stories
    for changes in (
        {"headline": story.headline.replace("300", "400")},
        {"edits": ()},
        {"edits": (*story.edits, over("300 "))},
        {"heading": "port-s6"},
        {"heading": ""},
    ):
        wrong = made.model_copy(update={"stories": (story.model_copy(update=changes),)})
        assert ("", "headline") in [(one.claim, one.check) for one in findings(wrong, parser=parser)], changes


def test_a_cut_that_no_parse_confirms_is_a_finding(made: Brief, parser: Parser) -> None:
    class Mute:
        identity = parser.identity

        def parse(self, texts: Sequence[str]) -> list[Parse]:
            return [Parse(text) for text in texts]

    assert ("port-s4", "licensed") in {(one.claim, one.check) for one in findings(made, parser=Mute())}
