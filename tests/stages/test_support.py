"""Gates and judge in one verdict: what the gates say of a statement, and that no missing answer ever passes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import UsageError
from briefing.language.base import Parse, Parser, ParserIdentity
from briefing.model.probes import log_odds
from briefing.stages import support
from briefing.stages.plain import GATES
from briefing.stages.support import JUDGE, Statement, Threshold, Thresholds, asked, gates, load_coefficients, verdict
from tests.stages.fakes import Lent

QUOTE = "Mayor Ines Calder said that 300 workers returned to the port of Aster."
FINE = "The port of Aster fined the ferry company of Brell."
PASSIVE = "The ferry company of Brell was fined by the port of Aster."
EXCHANGED = "The ferry company of Aster was fined by the port of Brell."
HALF = Threshold(least=0.5)


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions of this module."""
    Lent.parser = parser


def refusing(text: str, *quotes: str) -> set[str]:
    cited = quotes or (QUOTE,)
    (found,) = gates([Statement(text, cited, cited)], Lent.parser)
    assert [gate.name for gate in found] == list(GATES)
    return {gate.name for gate in found if not gate.passed}


def test_the_gates_refuse_what_the_sentences_have_otherwise() -> None:
    assert refusing(QUOTE) == set()
    assert refusing(PASSIVE, FINE) == set()
    assert refusing(EXCHANGED, FINE) == {"actors"}
    assert refusing(PASSIVE.replace("fined", "not fined"), FINE) == {"negation"}
    assert "numbers" in refusing(QUOTE.replace("300", "400"))


def test_another_language_has_no_parse_and_is_left_to_the_judge_its_numbers_aside() -> None:
    text = "Der Hafen von Aster hat die Fähre von Brell nicht wieder eröffnet, und das Rathaus hat 300 Arbeiter nach Hause geschickt."
    assert refusing(text.replace("nicht ", ""), text) == set()
    assert refusing(text.replace("300", "400"), text) == {"numbers"}


def test_statements_keep_their_order() -> None:
    texts = [QUOTE.replace("300", str(n)) for n in range(300, 320)]
    found = gates([Statement(text, (QUOTE,), (QUOTE,)) for text in texts], Lent.parser)
    assert [all(gate.passed for gate in several) for several in found] == [text == QUOTE for text in texts]


class Asked:
    """A parser that remembers what it was asked."""

    def __init__(self, inner: Parser) -> None:
        self._inner, self.texts = inner, list[str]()

    @property
    def identity(self) -> ParserIdentity:
        return self._inner.identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        self.texts += texts
        return self._inner.parse(texts)


@pytest.mark.parametrize(("length", "read"), [(20, 1), (21, 0)])
def test_twenty_words_do_not_tell_which_language_they_are_in(length: int, read: int, parser: Parser) -> None:
    text = "Der Hafen von Aster hat die Fähre von Brell nicht wieder eröffnet und alle nach Hause geschickt."
    other = " ".join((text * 2).split()[: length - len(text.split())])
    asked = Asked(parser)
    gates([Statement(text, (text,), (other,))], asked)
    assert len(asked.texts) == read


@given(st.text(), st.lists(st.text(), max_size=2))
def test_no_text_breaks_a_gate(text: str, quotes: list[str]) -> None:
    (found,) = gates([Statement(text, quotes, quotes)], Lent.parser)
    assert not any("check itself failed" in gate.detail for gate in found)


def test_the_judge_reads_the_sentences_on_one_line() -> None:
    assert asked(QUOTE, [" One\r\nsentence.", "Another."]) == {"source": "One sentence. Another.", "claim": QUOTE}


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=4))
def test_a_missing_answer_is_a_refusal_and_the_worst_decides(answers: list[float | None]) -> None:
    support, gate = verdict(answers, HALF)
    assert gate.name == JUDGE
    if not answers or None in answers:
        assert (support, gate.passed, gate.detail) == (None, False, "no answer")
    else:
        assert support == round(min(answer for answer in answers if answer is not None), 3)
        assert gate.passed == (support >= 0.5) == (not gate.detail)


@given(st.floats())
def test_log_odds_are_bounded(probability: float) -> None:
    assert not abs(log_odds(probability)) > 10
    assert log_odds(0.5) == 0


# The file of thresholds

GOOD = "".join(f"[{name}]\nleast = 0.5\ncurve = [[0.5, 0.9, 0.8]]\n" for name in Thresholds.model_fields)


def test_the_shipped_thresholds_load_and_stand_on_their_curves() -> None:
    shipped = support.thresholds()
    for name in Thresholds.model_fields:
        one = getattr(shipped, name)
        assert any(point[0] == one.least for point in one.curve), name
        assert [point[1] for point in one.curve] == sorted((point[1] for point in one.curve), reverse=True)
        assert [point[2] for point in one.curve] == sorted(point[2] for point in one.curve)


def test_a_file_of_thresholds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_coefficients(path, Thresholds).whole == Threshold(least=0.5, curve=((0.5, 0.9, 0.8),))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no toml at all = =",
        b"\xff\xfe",
        GOOD.replace("[whole]", "[half]").encode(),
        GOOD.replace("least = 0.5", "least = nan", 1).encode(),
        GOOD.replace("least = 0.5", "least = 1.0", 1).encode(),
        GOOD.replace("least = 0.5", 'least = "much"', 1).encode(),
        GOOD.replace("least = 0.5", "most = 0.5", 1).encode(),
        GOOD.replace("0.9", "inf", 1).encode(),
    ],
)
def test_a_broken_file_of_thresholds_is_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"thresholds\.toml: not a file of coefficients: ") as caught:
        load_coefficients(path, Thresholds)
    assert "\n" not in str(caught.value)


def test_a_missing_file_of_thresholds_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a file of coefficients"):
        load_coefficients(tmp_path / "none.toml", Thresholds)


def test_the_shipped_thresholds_are_for_what_an_error_costs_there() -> None:
    """Both errors weigh alike in `check`; a wrong citation and a wrong conflict cost more than one that is missing."""
    shipped = support.thresholds()
    uses = {name: getattr(shipped, name) for name in Thresholds.model_fields}
    at_least = {name: next(point for point in one.curve if point[0] == one.least) for name, one in uses.items()}
    passed, refused = ({name: point[n] for name, point in at_least.items()} for n in (1, 2))
    assert passed["support"] > 0.95
    assert passed["whole"] > 0.75
    assert refused["reported"] > 0.8
    assert refused["contested"] > 0.7
