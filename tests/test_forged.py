"""A forged brief does not verify: each field of a record, each gate and each kind of edit, changed by program in an honest one.

Who forges here knows the format: texts are made anew from the edits, the view from the record, so that only what the files decide gives
the forgery away. Every forgery is refused, with a finding of the check that it breaks.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from briefing.brief import ArticleRecord, Brief
from briefing.language.base import Parser
from briefing.output import record_text
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.render import render
from briefing.sources.files import AWAY
from briefing.stages.printing import UNREAD
from briefing.stages.select import LATE
from briefing.stages.worth import LACKING
from briefing.types import Article, Edit, Outcome, edited
from briefing.verify import load, verify
from tests.honest import EMPTY, Remembering
from tests.stages.fakes import FakeModel, embed, made, outcome, shortest

Record = dict[str, Any]
Forge = Callable[[Record], None]

DATE = "2026-11-26"
LONG = (
    "Mayor Ines Calder, who has led the port town of Aster for many years and lives beside its old harbour, said on Monday that 300 workers"
    " of the port are back at their cranes, and that the ferries to the island of Brell will sail again before noon."
)
TEXTS = {
    "herald": f"""{LONG}

A landslide near Brell killed 12 people on Monday, police said.

The port of Aster reopened on Monday after a strike of 12 days.

“The council of Brell bought 12 boats on Monday. The harbour of Aster sold them for 40 crowns,” Ines Calder said.

However, 7 pilots went to Dorn on Sunday, a lawyer wrote.

The so-called rebels of Aster burned 4 boats.""",
    "lens": """A landslide near Brell killed 19 people on Monday, medics said.

Dockers ended a strike that had lasted 12 days, and the port of Aster reopened on Monday.

Storms may cost the port of Aster 4 million euros, the Brell Institute reported.

On Monday Varga left for Dorn with 3 lawyers. A court in Dorn fined former mayor Tomas Varga 90 crowns in the U.S.""",
    "copy": f"""{LONG}

The town of Dorn bought 40 buses from a company of Brell.""",
    "comet": """A comet of 2 kilometres passed the planet Venus in October, astronomers wrote.
Their telescope has a huge mirror of 7 metres in a shabby dome.""",
}
SOURCES = {"herald": "Aster Herald", "lens": "The Daily Lens", "copy": "Brell Post", "comet": "Star"}
DAYS = {"comet": "2026-10-30"}
NOTHING = ArticleRecord(id="", path="", status="skipped", reason=LATE).model_dump(mode="json")


@pytest.fixture(scope="module")
def parsing(parser: Parser) -> Parser:
    return Remembering(parser)


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    days = {name: DAYS.get(name, "2026-11-25") for name in TEXTS}
    found = [made(text, name, source=SOURCES[name], published=days[name], url="https://example.com/a") for name, text in TEXTS.items()]
    return {one.id: one.model_copy(update={"sha256": f"{n:064x}"}) for n, one in enumerate(found)}


@pytest.fixture(scope="module")
def honest(parsing: Parser, articles: dict[str, Article]) -> Brief:
    """A brief with all that can be forged: cuts, dates, names, conflicts, copies, further reports, quotations, a file left out."""
    model = FakeModel(shortest, lambda question: 0.95 if question.task == "conflict" or "12 days" in question.prompt.text else 0.72)
    given = [*map(outcome, articles.values()), EMPTY]
    found = generate(given, parser=parsing, embed=embed, model=model, date=DATE, progress=Silent(), every=True)
    claims = found.claims
    assert any("judge" in claim.gates for claim in claims)
    assert any(claim.conflicts for claim in claims)
    assert any(claim.origins > 1 for claim in claims)
    assert any(claim.verbatim for claim in claims)
    assert {edit.reason for claim in claims for edit in claim.edits} >= {"date", "relative clause", "connector", "whom it means", "speaker"}
    return found


@pytest.fixture
def findings(parsing: Parser, articles: dict[str, Article]) -> Callable[[str, str | None], list[tuple[str, str]]]:
    def found(text: str, view: str | None = None) -> list[tuple[str, str]]:
        brief = load(text, "forged.json")
        if not isinstance(brief, Brief):
            return [(one.claim, one.check) for one in brief]

        def read(record: Any) -> Outcome | None:
            known = articles.get(record.path.removesuffix(".txt"))
            return outcome(known.model_copy(update={"id": record.id})) if known else EMPTY if record.path == EMPTY.path else None

        view = render(brief) if view is None else view
        return [(one.claim, one.check) for one in verify(brief, read, parser=parsing, view=view)]

    return found


@pytest.mark.slow
def test_the_honest_brief_passes(honest: Brief, findings: Callable[..., Any]) -> None:
    assert findings(record_text(honest)) == []


# Forging, as one does it who knows the format


def claim(record: Record, name: str) -> Record:
    claims: list[Record] = record["claims"]
    (found,) = (one for one in claims if one["id"] == name)
    return found


def retell(record: Record, name: str, *more: Record, kept: Callable[[Record], bool] = lambda edit: True) -> None:
    """Change the edits of a claim, and its text with them; the headline that is made of it stays."""
    told = claim(record, name)
    edits = sorted([*filter(kept, told["edits"]), *more], key=lambda edit: (edit["start"], edit["end"]))
    first = told["citations"][0]
    told["edits"], told["text"] = edits, edited(first["quote"], first["start"], [Edit(**edit) for edit in edits])


def over(record: Record, name: str, part: str, text: str, reason: str) -> Record:
    """Return the edit that puts `text` in the place of a part of a claim's sentence, which stands there once."""
    first = claim(record, name)["citations"][0]
    assert first["quote"].count(part) == 1, part
    start = first["start"] + first["quote"].index(part)
    return {"start": start, "end": start + len(part), "text": text, "reason": reason}


def before(record: Record, name: str, part: str, text: str, reason: str) -> Record:
    """Return the edit that puts `text` before a part of a claim's sentence."""
    place = over(record, name, part, text, reason)
    return {**place, "end": place["start"]}


def setting(name: str, **fields: Any) -> Forge:
    return lambda record: claim(record, name).update(fields)


def adding(name: str, edit: Callable[..., Record], part: str, text: str, reason: str) -> Forge:
    return lambda record: retell(record, name, edit(record, name, part, text, reason))


def without(name: str, reason: str) -> Forge:
    return lambda record: retell(record, name, kept=lambda edit: edit["reason"] != reason)


def saying(name: str, was: str, now: str) -> Forge:
    """Change the words of a claim: their edits do not give them."""

    def forge(record: Record) -> None:
        told = claim(record, name)
        assert was in told["text"]
        told["text"] = told["text"].replace(was, now)

    return forge


def citing(name: str, change: Callable[[list[Record]], Any]) -> Forge:
    def forge(record: Record) -> None:
        told = claim(record, name)
        told["citations"] = change(told["citations"])

    return forge


def of(part: str, n: int, **fields: Any) -> Forge:
    """Change fields of the `n`th article, story, loaded term or omission."""
    return lambda record: record[part][n].update(fields)


def at(*path: Any, value: Any) -> Forge:
    """Put a value at a path of names and numbers."""

    def forge(record: Record) -> None:
        for step in path[:-1]:
            record = record[step]
        record[path[-1]] = value

    return forge


def cite(article: str, number: int) -> Forge:
    """Let a claim of one article be reported by a sentence of another one, with all that follows from it."""

    def forge(record: Record) -> None:
        told = next(one for one in record["claims"] for c in one["citations"] if (c["article"], c["sentence"]) == (article, number))
        own = next(c for c in told["citations"] if (c["article"], c["sentence"]) == (article, number))
        claim(record, "lens-s3")["citations"].append(copy.deepcopy(own))
        claim(record, "lens-s3").update(origins=2, support=0.9)

    return forge


def in_part(article: str, number: int) -> Forge:
    """Let a claim of one article be told in part by a sentence of another one."""

    def forge(record: Record) -> None:
        cite(article, number)(record)
        claim(record, "lens-s3").update(partly=[article], support=1.0)

    return forge


def turned(name: str) -> Forge:
    return citing(name, lambda cited: cited[::-1])


def joined(record: Record) -> None:
    """Make one claim of two honest ones, cited to both."""
    one, other = claim(record, "lens-s4"), claim(record, "lens-s5")
    one["citations"] += other["citations"]
    one["text"] = f"{one['text']} {other['text']}"


def split_story(record: Record) -> None:
    """Tell a claim under a headline of its own, as if it were another event's."""
    first = record["stories"][0]
    first["claims"].remove("copy-s2")
    told = claim(record, "copy-s2")
    record["stories"].append({**copy.deepcopy(first), "id": "story-3", "claims": ["copy-s2"], "heading": "copy-s2", "origins": 1})
    record["stories"][-1].update(headline=told["text"].rstrip("."), edits=told["edits"])


def undrafted(record: Record) -> None:
    """Pass for a brief of before 0.2, whose claims stand in other words than their sentences."""
    record["run"]["parser"] = None
    for told in record["claims"]:
        told.update(edits=[], gates=["whole"])
    for story in record["stories"]:
        story.update(heading="", edits=[])
    record["run"]["gates"] = {}


def one_sided(record: Record) -> None:
    claim(record, "lens-s1")["conflicts"] = []


def settled(record: Record) -> None:
    """Let a third claim contradict one, both ways."""
    claim(record, "copy-s2")["conflicts"] = ["lens-s4"]
    claim(record, "lens-s4")["conflicts"] = ["copy-s2"]


def third(record: Record) -> None:
    """Add a claim to a conflict of two others, both ways."""
    claim(record, "lens-s1")["conflicts"].append("lens-s3")
    claim(record, "lens-s3")["conflicts"].append("lens-s1")


def hidden(record: Record) -> None:
    """Leave a claim out, and its sentence with it."""
    record["claims"] = [one for one in record["claims"] if one["id"] != "lens-s3"]
    record["stories"][0]["claims"].remove("lens-s3")


def renamed(record: Record) -> None:
    """Exchange the IDs of two claims, everywhere."""
    text = json.dumps(record).replace('"lens-s3"', '"x"').replace('"lens-s4"', '"lens-s3"').replace('"x"', '"lens-s4"')
    record.clear()
    record.update(json.loads(text))


def headed(record: Record) -> None:
    """Make a headline that says less than its claim does."""
    story = record["stories"][0]
    edit = over(record, "herald-s1", " and that the ferries to the island of Brell will sail again before noon", "", "clause")
    quote = claim(record, "herald-s1")["citations"][0]
    story["edits"].append(edit)
    story["headline"] = edited(quote["quote"], quote["start"], [Edit(**one) for one in story["edits"]]).rstrip(".")


def read_again(record: Record) -> None:
    """Say of an article that it could not be read."""
    record["articles"].append({**record["articles"][3], "id": "comet", "status": "failed", "reason": "cannot be read", "sha256": ""})
    del record["articles"][3]
    record["articles"][-1].update(sentences=0, summary={"claims": [], "sentences": []})
    record["claims"] = [one for one in record["claims"] if not one["id"].startswith("comet")]
    record["stories"] = record["stories"][:1]


def late(name: str, **fields: Any) -> Forge:
    """Take an article out with all that it gave, as if it had not been reached within a budget of a minute."""

    def forge(record: Record) -> None:
        record["run"]["budget"] = 60.0
        told = next(one for one in record["articles"] if one["id"] == name)
        told.update({**NOTHING, "id": name, "path": told["path"], "sha256": told["sha256"], **fields})
        gone = {one["id"] for one in record["claims"] if one["citations"][0]["article"] == name}
        record["claims"] = [one for one in record["claims"] if one["id"] not in gone]
        for story in record["stories"]:
            story["claims"] = [one for one in story["claims"] if one not in gone]
        record["stories"] = [story for story in record["stories"] if story["claims"]]
        record["top"] = [one for one in record["top"] if one not in gone]
        for part in ("omitted", "language"):
            record[part] = [one for one in record[part] if one["article"] != name]

    return forge


def invented(name: str, **fields: Any) -> Forge:
    """Name a file that is nowhere, and was left out."""
    return lambda record: record["articles"].append({**NOTHING, "id": name.split(".")[0], "path": f"/news/{name}", **fields})


def running(**fields: Any) -> Forge:
    """Change what is said of the run."""
    return lambda record: record["run"].update(fields)


def lacking(*path: Any) -> Forge:
    """Take a name out of a record, as if it had been written before there was the field."""

    def forge(record: Record) -> None:
        for step in path[:-1]:
            record = record[step]
        del record[path[-1]]

    return forge


def left_out(name: str, reason: str) -> Forge:
    """Leave a claim out everywhere, and say why its sentence is not told."""

    def forge(record: Record) -> None:
        first = claim(record, name)["citations"][0]
        record["claims"].remove(claim(record, name))
        for one in (*record["stories"], *(article["summary"] for article in record["articles"])):
            one["claims"] = [other for other in one["claims"] if other != name]
        record["omitted"].append({"article": first["article"], "sentence": first["sentence"], "reason": reason})
        order = [article["id"] for article in record["articles"]]
        record["omitted"].sort(key=lambda one: (order.index(one["article"]), one["sentence"]))

    return forge


def followed(thread: str = "", **fields: Any) -> Forge:
    """Say that all is new since a brief of some days before, in threads of their own or in one that is none."""

    def forge(record: Record) -> None:
        record.update(before="2026-11-20", before_sha256="a" * 64)
        for told in record["claims"]:
            told.update(state="new", since=DATE)
        brief = Brief.model_validate(record)
        for story, known in zip(record["stories"], brief.stories, strict=True):
            story.update({"since": DATE, "thread": thread or brief.new_thread(known), **fields})

    return forge


def told_earlier(**fields: Any) -> Forge:
    """Say that an article of an earlier day, which nobody has, told a claim."""
    one = {"date": "2026-11-20", "article": "old", "content": "a" * 64, "sentences": [1], **fields}
    return lambda record: claim(record, "comet-s2").update(earlier=[one])


def edit_of(name: str, **fields: Any) -> Forge:
    return lambda record: claim(record, name)["edits"][0].update(fields)


def placed(name: str, **fields: Any) -> Forge:
    """Change the first citation of a claim."""
    return citing(name, lambda cited: [{**cited[0], **fields}, *cited[1:]])


def both(*forges: Forge) -> Forge:
    def forge(record: Record) -> None:
        for one in forges:
            one(record)

    return forge


def called(record: Record) -> None:
    """Call an article by another name, everywhere but in its path."""
    text = json.dumps(record).replace('"lens"', '"Reuters"').replace('"lens-', '"Reuters-')
    record.clear()
    record.update(json.loads(text))


FORGED: dict[str, tuple[Forge, str]] = {
    # what a claim says
    "another mayor, as colour": (adding("lens-s5", over, "former ", "", "colour"), "licensed"),
    "a coloured word, for another": (adding("comet-s2", over, "huge ", "tiny ", "colour"), "licensed"),
    "a coloured word with a wrong article": (adding("comet-s2", over, "a huge ", "an ", "colour"), "licensed"),
    "a coloured word for another reason": (adding("comet-s2", over, "huge ", "", "aside"), "licensed"),
    "a coloured word and more": (adding("comet-s2", over, "huge mirror of ", "", "colour"), "licensed"),
    "a number, as colour": (adding("herald-s2", over, "12 ", "", "colour"), "licensed"),
    "an accusation, as colour": (adding("herald-s6", over, ", a lawyer wrote", "", "colour"), "licensed"),
    "another number": (saying("herald-s2", "12", "120"), "edits"),
    "a word less": (saying("lens-s3", "may cost", "cost"), "edits"),
    "another normal form": (saying("copy-s2", "Dorn", unicodedata.normalize("NFD", "Dörn")), "edits"),
    "a character that shows nothing": (saying("copy-s2", "Dorn", "Do\u200brn"), "edits"),
    "two claims in one": (joined, "edits"),
    "a bound cut": (adding("lens-s3", over, " may", "", "aside"), "licensed"),
    "who says it cut": (adding("lens-s1", over, ", medics said", "", "comment"), "licensed"),
    "a title cut": (adding("lens-s5", over, " former", "", "apposition"), "licensed"),
    "a number replaced": (adding("lens-s3", over, "4 million", "9 million", "aside"), "licensed"),
    "a word put in": (adding("lens-s4", before, " left", " [secretly]", "whom it means"), "licensed"),
    "another person meant": (adding("lens-s4", over, "Varga", "[Ines Calder]", "whom it means"), "licensed"),
    "another day put in": (adding("lens-s4", before, " Varga", " [24 November 2026]", "date"), "licensed"),
    "a time put in": (adding("lens-s4", before, "On Monday", "[14:30] ", "time"), "licensed"),
    "a list put in": (adding("lens-s4", before, ".", " “and a crown”", "list"), "licensed"),
    "a capital changed": (adding("lens-s3", over, "euros", "Euros", "capital"), "licensed"),
    "marks of a quotation put in": (adding("lens-s3", before, "Storms", "“", "quotation mark"), "licensed"),
    "mark-up that is none": (adding("lens-s3", over, " may", "", "mark-up"), "licensed"),
    "somebody's words": (adding("lens-s3", before, "Storms", "Ines Calder said: “", "speaker"), "licensed"),
    "a reason that there is not": (adding("lens-s3", over, " may", "", "because"), "licensed"),
    "a date that was put in, taken out": (without("herald-s1", "date"), "licensed"),
    "whom it means, taken out": (without("comet-s2", "whom it means"), "licensed"),
    "the mark of a quotation, taken out": (without("herald-s5", "quotation mark"), "licensed"),
    "a connector left in": (without("herald-s6", "connector"), "licensed"),
    "a cut that the model did not make": (without("herald-s1", "relative clause"), "gates"),
    "a quotation that is called a report": (setting("herald-s4", verbatim=False), "licensed"),
    "a report that is called a quotation": (setting("lens-s4", verbatim=True), "licensed"),
    "a claim that the model wrote": (setting("lens-s4", written=True), "written"),
    # what is said of a claim
    "another kind": (setting("lens-s1", kind="fact"), "kind"),
    "a speaker who is nowhere": (setting("lens-s1", speaker="Ines Calder"), "licensed"),
    "no speaker": (setting("lens-s1", speaker=""), "speaker"),
    "support below the least": (setting("herald-s1", support=0.1), "support"),
    "support where nothing was asked": (setting("lens-s3", support=0.99), "support"),
    "support of no number": (setting("lens-s3", support=float("nan")), "record"),
    "support above one": (setting("lens-s3", support=1.5), "record"),
    "a gate more": (setting("lens-s3", gates=["edits", "licensed", "judge"]), "gates"),
    "a gate less": (setting("herald-s1", gates=["edits", "licensed"]), "licensed"),
    "a gate that there is not": (setting("lens-s3", gates=["edits", "licensed", "truth"]), "gates"),
    "an origin more": (setting("herald-s1", origins=2), "counts"),
    "an origin less": (setting("lens-s2", origins=1), "counts"),
    "an outlet that passed it on": (setting("lens-s3", passed_on=["Reuters"]), "counts"),
    "reported a day earlier": (setting("lens-s3", published="2026-11-24"), "date"),
    "of another day": (setting("lens-s1", date="2026-11-22"), "date"),
    "of no day": (setting("lens-s1", date=""), "date"),
    "new, with no brief before": (setting("lens-s3", state="new", since=DATE), "state"),
    "its ID": (renamed, "record"),
    "a claim too little": (hidden, "omitted"),
    # citations
    "a report that is none": (cite("herald", 2), "citation"),
    "a report in part of another matter": (in_part("herald", 2), "citation"),
    "a report in part of another event": (in_part("comet", 1), "citation"),
    "a report in part by a file that is not cited": (setting("lens-s3", partly=["herald"]), "citation"),
    "citations exchanged": (turned("lens-s2"), "edits"),
    "citations of equal text exchanged": (turned("herald-s1"), "licensed"),
    "a copy less": (citing("herald-s1", lambda cited: cited[:1]), "citation"),
    "a citation twice": (citing("lens-s3", lambda cited: cited * 2), "citation"),
    "a place that moved": (citing("lens-s3", lambda c: [{**c[0], "start": c[0]["start"] + 1, "end": c[0]["end"] + 1}]), "citation"),
    "another sentence": (citing("lens-s3", lambda c: [{**c[0], "sentence": 4}]), "citation"),
    "a huge number": (citing("lens-s3", lambda c: [{**c[0], "sentence": 10**30}]), "citation"),
    "a file that is not there": (citing("lens-s3", lambda c: [{**c[0], "article": "nowhere"}]), "record"),
    # conflicts
    "a conflict one way": (one_sided, "conflicts"),
    "a conflict with itself": (setting("lens-s3", conflicts=["lens-s3"]), "conflicts"),
    "a conflict twice": (setting("lens-s1", conflicts=["herald-s2", "herald-s2"]), "conflicts"),
    "a conflict with nobody": (setting("lens-s3", conflicts=["lens-s99"]), "record"),
    "a conflict without a sign": (settled, "conflicts"),
    # stories
    "a headline of other words": (of("stories", 0, headline="The harbour of Aster burns"), "headline"),
    "a headline that says less": (headed, "headline"),
    "the edits of a headline": (of("stories", 0, edits=[]), "headline"),
    "a headline of another story": (of("stories", 1, heading="lens-s3"), "headline"),
    "the order of claims": (lambda r: r["stories"][0]["claims"].reverse(), "story"),
    "a story more": (split_story, "story"),
    "a lead": (of("stories", 0, lead=["lens-s3"]), "record"),
    "a claim that a lead tells": (of("stories", 0, told=["lens-s3"]), "record"),
    "an event without its article": (of("stories", 1, event=["herald"]), "event"),
    "an event of nothing": (of("stories", 1, event=[]), "event"),
    "origins of a story": (of("stories", 0, origins=3), "counts"),
    "who passed a story on": (of("stories", 0, passed_on=["Reuters"]), "counts"),
    "the thread of a story": (of("stories", 0, thread="2026-11-20-abcdef"), "state"),
    "the topic of a story": (of("stories", 0, topic="Aster"), "topic"),
    "the ID of a story": (of("stories", 0, id="story-9"), "id"),
    "another claim at the top": (at("top", value=["lens-s3"]), "top"),
    "a claim more at the top": (lambda r: r["top"].append("comet-s1"), "top"),
    "nothing at the top": (at("top", value=[]), "top"),
    # articles
    "a title": (of("articles", 0, title="All is well"), "record"),
    "an outlet": (of("articles", 0, source="Reuters"), "record"),
    "a day": (of("articles", 0, published="2026-11-26"), "record"),
    "a form": (of("articles", 0, form="opinion"), "record"),
    "an address": (of("articles", 0, url="https://example.org/"), "record"),
    "a hash": (of("articles", 0, sha256="f" * 64), "file"),
    "sentences": (of("articles", 0, sentences=99), "counts"),
    "a reason for what was used": (of("articles", 0, reason="satire"), "record"),
    "an article that could not be read": (read_again, "file"),
    "a title of what was left out": (of("articles", 4, title="All is well"), "record"),
    "an ID with what shows nothing": (of("articles", 4, id="empty\u200b"), "record"),
    "another reason": (of("articles", 4, reason="withdrawn by its outlet"), "file"),
    "a file that nobody has": (lambda r: r["articles"].append({**r["articles"][4], "id": "wire", "path": "wire.txt"}), "file"),
    "a text that is called none": (of("articles", 4, reason="not a text file (.txt)", sha256=""), "file"),
    "an ID of another file": (called, "record"),
    "a form of what was left out": (of("articles", 4, form="satire"), "record"),
    "a reader of what was left out": (of("articles", 4, reader="pdf 9"), "record"),
    "an edition of what was left out": (of("articles", 4, edition=7), "record"),
    "a part of what was left out": (at("articles", 4, "part", value=3), "file"),
    "a hash of what was left out": (of("articles", 4, sha256="f" * 64), "file"),
    "an article not reached in time, and there was no limit": (both(late("comet"), running(budget=None)), "record"),
    "an article not reached in time before one that was used": (late("copy"), "record"),
    "an article not reached in time, of another hash": (late("comet", sha256="f" * 64), "file"),
    "an article not reached in time, and failed": (late("comet", status="failed"), "file"),
    "an article not reached in time, with its title": (late("comet", title="A comet"), "record"),
    "a file not reached in time that is nowhere": (both(invented("reuters.txt"), running(budget=60.0)), "file"),
    "a hash of what is nowhere": (both(invented("reuters.txt", sha256="a" * 64), running(budget=60.0)), "file"),
    "a file of another kind that is nowhere": (invented("leak.xyz", reason="not a text file (.xyz)"), "file"),
    "a link that is nowhere": (invented("leak", reason=AWAY), "file"),
    "a copy that is nowhere": (invented("wire.txt", reason="same text as herald"), "file"),
    "a file that is empty, and called not reached": (both(of("articles", 4, reason=LATE), running(budget=60.0)), "file"),
    "an article twice": (lambda r: r["articles"].append(copy.deepcopy(r["articles"][0])), "record"),
    "what an article gave": (at("articles", 0, "summary", "claims", value=[]), "summary"),
    "the weights of sentences": (lambda r: r["articles"][0]["summary"]["sentences"].reverse(), "summary"),
    # the rest
    "a loaded term more": (lambda r: r["language"].append({**r["language"][0], "term": "burned"}), "language"),
    "a loaded term less": (at("language", value=[]), "language"),
    "a loaded term with what is said instead": (of("language", 0, instead="fighters"), "language"),
    "a reason of a sentence": (of("omitted", 0, reason="advertisement"), "omitted"),
    "a sentence less": (lambda r: r["omitted"].pop(), "omitted"),
    "a sentence told and left out": (lambda r: r["omitted"].append({"article": "lens", "sentence": 3, "reason": "question"}), "omitted"),
    "a gate that nothing reached": (at("run", "gates", "edits", value=[0, 0]), "counts"),
    "more passed than reached": (at("run", "gates", "judge", value=[1, 2]), "counts"),
    "a million drafts": (at("run", "gates", "edits", value=[10**6, 10**6]), "counts"),
    "a gate of its own": (at("run", "gates", "truth", value=[9, 9]), "counts"),
    "more judged than can be": (at("run", "gates", "judge", value=[5, 5]), "counts"),
    "judged, and nothing asked": (running(asked=0), "counts"),
    "judged, and nothing answered": (lambda r: running(unanswered=r["run"]["asked"], problem="gone")(r), "counts"),
    "more leads than stories": (at("run", "gates", "lead", value=[9, 0]), "counts"),
    "more unanswered than asked": (running(asked=1, unanswered=9, problem="gone"), "counts"),
    "more late than asked": (running(late=10**6, budget=60.0), "counts"),
    "late, and there was no limit": (running(late=1), "record"),
    "a problem, and all answered": (running(problem="the server is gone"), "counts"),
    "no problem, and not all answered": (running(unanswered=1), "counts"),
    "a year of work, and more": (running(seconds=1e300), "record"),
    "a budget below zero": (running(budget=-1.0), "record"),
    "a model that is none": (running(model={"name": "gpt", "sha256": "nonsense"}), "record"),
    "a parser that is none": (running(parser={"name": "x", "sha256": "y"}), "record"),
    "no prompts": (running(prompts={}), "record"),
    "a prompt that is none": (running(prompts={"shorten": "A" * 64}), "record"),
    "a record of no brief before": (at("before_sha256", value="a" * 64), "record"),
    "negative seconds": (at("run", "seconds", value=-1.0), "record"),
    "tokens beyond numbers": (at("run", "tokens", "prompt", value=10**400), "record"),
    "a day that is none": (at("date", value="2026-02-30"), "record"),
    "a brief before of a later day": (at("before", value="2026-11-27"), "record"),
    "a brief before": (at("before", value="2026-11-20"), "state"),
    "a brief of before 0.2": (undrafted, "judge"),
    "a field that there is not": (at("verified", value=True), "record"),
    # what a record does not name
    "an article not reached in time, of a budget that is not named": (both(late("comet"), lacking("run", "budget")), "record"),
    "late, of a budget that is not named": (both(running(late=1), lacking("run", "budget")), "record"),
    "judged, and it is not said what was asked": (lacking("run", "asked"), "counts"),
    "a brief before, whose record is not named": (both(followed(), lacking("before_sha256")), "record"),
    "an article not reached in time, and the time was not over": (both(late("comet"), running(seconds=2.0)), "record"),
    # why a sentence is not told
    "a sentence not reached in time": (both(left_out("lens-s3", LATE), running(budget=0.1)), "omitted"),
    "a sentence that says itself again": (left_out("lens-s3", "says again what lens, sentence 3, says"), "omitted"),
    "a sentence that says what another event's says": (left_out("lens-s3", "says what comet, sentence 1, says"), "omitted"),
    "a sentence that says again what cannot be told": (left_out("lens-s3", "says again what herald, sentence 7, says"), "omitted"),
    "a sentence by another spelling of a number": (left_out("lens-s3", "says again what lens, sentence 04, says"), "omitted"),
    "a sentence of an event that says little": (left_out("lens-s3", "says little by itself"), "omitted"),
    "no answer, and all answered": (left_out("lens-s3", UNREAD), "counts"),
    "no news, and nothing answered": (
        lambda r: both(left_out("lens-s3", LACKING[1]), running(unanswered=r["run"]["asked"], problem="gone"))(r),
        "counts",
    ),
    "a reason with a space": (of("omitted", 0, reason="cannot be told without the loaded wording “so-called” "), "omitted"),
    "a reason of another word": (of("omitted", 0, reason="cannot be told without the loaded wording “burned”"), "omitted"),
    # earlier days
    "a thread that is none": (followed("confirmed by Reuters"), "state"),
    "a thread of another day": (followed("2026-11-01-abcdef"), "state"),
    "a new thread of another story": (followed(f"{DATE}-abcdef"), "state"),
    "a thread of no day": (followed(since=""), "state"),
    "told before by today's": (told_earlier(date=DATE), "state"),
    "told before by no sentence": (told_earlier(sentences=[]), "record"),
    "told before by sentence 0": (told_earlier(sentences=[0]), "state"),
    "told before by a sentence twice": (told_earlier(sentences=[2, 2]), "state"),
    "told before by one article twice": (
        both(
            told_earlier(), lambda r: claim(r, "comet-s2")["earlier"].append({**claim(r, "comet-s2")["earlier"][0], "date": "2026-11-21"})
        ),
        "state",
    ),
    "told before by the later one first": (
        both(
            told_earlier(),
            lambda r: claim(r, "comet-s2")["earlier"].append(
                {**claim(r, "comet-s2")["earlier"][0], "date": "2026-11-19", "content": "b" * 64}
            ),
        ),
        "state",
    ),
    # the run
    "a version that is none": (running(version="0.2.0, and Reuters has read it"), "record"),
    "no version": (running(version=""), "record"),
    "a prompt that says something": (at("run", "prompts", "read by Reuters", value="a" * 64), "record"),
    "more drafts than sentences": (at("run", "gates", "edits", value=[26, 13]), "counts"),
    "leads that nobody refused": (at("run", "gates", "lead", value=[4, 4]), "counts"),
    "endless seconds": (running(seconds=float("inf")), "record"),
    "three counts of a gate": (at("run", "gates", "edits", value=[13, 13, 13]), "record"),
    # places, letters and order
    "a part of a file that has none": (at("articles", 0, "part", value=1), "file"),
    "a path in letters that look alike": (of("articles", 3, path="соmet.txt"), "file"),
    "a quotation in letters that look alike": (placed("lens-s3", quote=TEXTS["lens"][156:236].replace("o", "о", 1)), "citation"),
    "a space that does not break": (placed("lens-s3", quote=TEXTS["lens"][156:236].replace(" ", "\u00a0", 1)), "citation"),
    "a claim in digits of another width": (saying("lens-s3", "4 million", "４ million"), "edits"),
    "a claim with two spaces": (saying("lens-s3", "may cost", "may  cost"), "edits"),
    "half a character": (saying("lens-s3", "Storms", "\ud800"), "record"),
    "a speaker in letters that look alike": (setting("lens-s1", speaker="mеdics"), "licensed"),
    "a kind in capitals": (setting("lens-s1", kind="Statement"), "record"),
    "a place beyond every text": (placed("lens-s3", start=10**30, end=10**30 + 80), "citation"),
    "yes for a number": (placed("lens-s3", sentence=True), "record"),
    "an edit twice": (lambda r: claim(r, "herald-s1")["edits"].append(claim(r, "herald-s1")["edits"][0]), "edits"),
    "edits out of order": (lambda r: claim(r, "herald-s1")["edits"].reverse(), "licensed"),
    "an edit behind the sentence": (edit_of("herald-s2", start=10**30, end=10**30), "edits"),
    "a reason of an edit with a space": (edit_of("herald-s2", reason="date "), "licensed"),
    "gates out of order": (setting("lens-s3", gates=["licensed", "edits"]), "gates"),
    "claims out of order": (lambda r: r["claims"].reverse(), "record"),
    "articles out of order": (lambda r: r["articles"].reverse(), "event"),
    "an event that names an article twice": (of("stories", 1, event=["comet", "comet"]), "event"),
    "two stories of one ID": (of("stories", 1, id="story-1"), "id"),
    "a whole report that is called one in part": (setting("herald-s1", partly=["copy"]), "citation"),
    "a report in part of its own article": (setting("lens-s2", partly=["lens"]), "citation"),
    "a report in part twice": (setting("lens-s2", partly=["herald", "herald"]), "citation"),
    "a third side of a conflict": (third, "conflicts"),
    "the date of its view's name": (at("date", value="2026-11-26\n"), "record"),
    "digits of another script": (at("date", value="٢٠٢٦-11-26"), "record"),
    **{
        f"a field more of {part[-1] if isinstance(part[-1], str) else part[-2]}": (at(*part, "verified", value=True), "record")
        for part in (
            ("run",),
            ("run", "model"),
            ("run", "tokens"),
            ("articles", 0),
            ("articles", 0, "summary"),
            ("stories", 0),
            ("claims", 0),
            ("claims", 0, "citations", 0),
            ("claims", 0, "edits", 0),
            ("language", 0),
            ("omitted", 0),
        )
    },
    "text for a number": (setting("lens-s3", support="1.0"), "record"),
}
"""Each forgery by what it forges, and the check that must find it."""


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_record_is_refused(honest: Brief, findings: Callable[..., Any], name: str) -> None:
    forge, check = FORGED[name]
    record = json.loads(record_text(honest))
    forge(record)
    assert record != json.loads(record_text(honest))
    assert check in {found for _, found in findings(json.dumps(record))}


@pytest.mark.parametrize("edits", [[("huge ", "")], [("shabby ", "")], [("huge ", ""), ("shabby ", "")]])
def test_a_word_that_only_describes_may_be_cut_as_colour_whichever_it_is(
    honest: Brief, findings: Callable[..., Any], edits: list[tuple[str, str]]
) -> None:
    record = json.loads(record_text(honest))
    retell(record, "comet-s2", *(over(record, "comet-s2", part, text, "colour") for part, text in edits))
    assert findings(json.dumps(record)) == []


@pytest.mark.slow
def test_articles_that_were_not_reached_are_no_forgery(parsing: Parser, articles: dict[str, Article], findings: Callable[..., Any]) -> None:
    given = [*map(outcome, articles.values()), EMPTY]
    found = generate(given, parser=parsing, embed=embed, model=FakeModel(), date=DATE, progress=Silent(), budget=0.0)
    assert [article.reason for article in found.articles] == ["", LATE, LATE, LATE, "empty file"]
    assert found.run.budget == 0
    assert findings(record_text(found)) == []
    record = json.loads(record_text(found))
    del record["run"]["budget"]  # what a record does not say permits nothing
    assert findings(json.dumps(record)) == [("", "record")]


def test_a_name_that_stands_twice_is_refused(honest: Brief, findings: Callable[..., Any]) -> None:
    text = record_text(honest)
    twice = re.sub(r'"text": "(A landslide[^"]*)"', r'"text": "Nothing happened.", "text": "\1"', text, count=1)
    assert twice != text
    assert findings(twice) == [("", "record")]


def views(text: str) -> Iterator[str]:
    """Yield a view changed where it can hardly be seen."""
    yield text.replace("\n", "\u2028", 3)
    yield text.replace("\n", "\x0b", 1)
    yield text.replace("\n", "\r", 1)
    yield text.replace("Aster", "As\u200bter", 1)
    yield text.replace("Aster", "Аster", 1)  # a Cyrillic letter
    yield text.replace(" ", "\u00a0", 1)
    yield "\ufeff" + text
    yield text + "\n"
    yield text.rstrip("\n")


@pytest.mark.slow
def test_a_view_that_was_changed_invisibly_is_refused(honest: Brief, findings: Callable[..., Any]) -> None:
    for view in views(render(honest)):
        assert findings(record_text(honest), view) == [("", "view")]
    assert findings(record_text(honest), render(honest).replace("\n", "\r\n")) == []
