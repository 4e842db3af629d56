"""The cache asks only what is new, keeps each answer as it ends, and never loads a model for nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from briefing.calls import CallRow
from briefing.errors import ModelError, StorageError
from briefing.model.base import LATE, Call, Constraint, Finish, Identity, Judgement, Prompt, Question, Reply, Usage
from briefing.model.cached import CachedModel
from briefing.progress import Silent
from briefing.sqlite.store import SqliteStore
from tests.cpu import within

IDENTITY = Identity("fake", "f" * 64)
EXAMPLES = (("Sentence.", '{"claim":"Claim."}'),)


def call(text: str, *, task: str = "draft", max_tokens: int = 192) -> Call:
    return Call(task, Prompt("Be neutral.", EXAMPLES, "Article. ", text), Constraint('{"type":"object"}'), max_tokens)


def question(text: str) -> Question:
    return Question("judge", Prompt("Yes or no.", (), "Source. ", text))


class Upper:
    """A model that answers in capitals, last request first; a text "long", "bad" or "gone" goes wrong that way."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.open = 0
        self.closed = 0

    @property
    def identity(self) -> Identity:
        return IDENTITY

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        for index, text in self._each([call.prompt.text for call in calls]):
            finish: Finish = "length" if text.startswith("long") else "error" if text.startswith("bad") else "stop"
            error = "broken" if finish == "error" else ""
            yield index, Reply(text.upper(), finish, Usage(10, 5, 2), 40, error)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        for index, text in self._each([question.prompt.text for question in questions]):
            probability = None if text.startswith("bad") else math.nan if text.startswith("nan") else len(text) / 7
            state = np.array([0.1, len(text), -6e4], np.float32) if questions[index].state else None
            yield index, Judgement(probability, Usage(9, 4, 0), 30, "" if probability is not None else "no token", state)

    def stop_at(self, moment: float) -> None:
        pass

    def close(self) -> None:
        self.closed += 1

    def _each(self, texts: list[str]) -> Iterator[tuple[int, str]]:
        self.batches.append(texts)
        self.open += 1
        try:
            for index in reversed(range(len(texts))):
                if texts[index].startswith("gone"):
                    raise ModelError("the model is gone")
                yield index, texts[index]
        finally:
            self.open -= 1


class Warned(Silent):
    """Remembers the warnings."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def warn(self, message: str) -> None:
        self.lines.append(message)


class FullStore:
    """A store that can be read, and written a few times only."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.rows: dict[str, str] = {}
        self.attempts = 0

    def replies(self, keys: Sequence[str]) -> Mapping[str, str]:
        return {key: self.rows[key] for key in keys if key in self.rows}

    def keep_call(self, row: CallRow) -> None:
        self.attempts += 1
        if len(self.rows) >= self.room:
            raise StorageError("x.sqlite3: the disk is full", "free some space")
        self.rows[row.key] = row.reply

    def claim(self, keys: Sequence[str]) -> set[str]:
        return set(keys)

    def release(self, keys: Collection[str]) -> None:
        pass

    def wait(self, key: str, seconds: float) -> None:
        raise AssertionError("nobody else is at it")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "briefing.sqlite3") as store:
        yield store


def never() -> Upper:
    raise AssertionError("the model was loaded")


def around(model: Upper, store: SqliteStore | FullStore, progress: Silent | None = None) -> CachedModel:
    return CachedModel(lambda: model, IDENTITY, store, progress or Silent())


def test_a_second_run_loads_no_model_and_spends_nothing(store: SqliteStore) -> None:
    calls, questions = [call("one"), call("two")], [question("three"), question("four")]
    first = around(Upper(), store)
    replies, judgements = dict(first.generate(calls)), dict(first.judge(questions))
    second = CachedModel(never, IDENTITY, store, Silent())
    again, judged = list(second.generate(calls)), list(second.judge(questions))
    second.close()
    assert [index for index, _ in again + judged] == [0, 1, 0, 1]
    for index, reply in again:
        assert reply == Reply(replies[index].text, "stop", Usage(cached=17), 0)
    for index, judgement in judged:
        assert judgement == Judgement(judgements[index].probability, Usage(cached=13), 0)


def test_a_state_is_kept_and_a_probability_alone_does_not_answer_for_it(store: SqliteStore) -> None:
    plain, wanted = question("three"), replace(question("three"), state=True)
    cached = around(Upper(), store)
    assert [j.state for _, j in cached.judge([plain])] == [None]
    [(_, new)] = cached.judge([wanted])
    [(_, between)] = cached.judge([replace(wanted, layer=2)])
    assert between.usage.prompt == 9, "it is another answer, and asked anew"
    [(_, kept)] = CachedModel(never, IDENTITY, store, Silent()).judge([wanted])
    assert new.state is not None
    assert kept.state is not None
    assert kept.state.dtype == np.float32
    assert kept.state == pytest.approx(new.state, rel=1e-3)


def test_the_state_of_a_layer_is_an_answer_without_a_probability(store: SqliteStore) -> None:
    class Middle(Upper):
        def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
            yield from ((n, replace(judged, probability=None)) for n, judged in super().judge(questions))

    wanted = replace(question("three"), state=True, layer=2)
    list(around(Middle(), store).judge([wanted]))
    [(_, kept)] = CachedModel(never, IDENTITY, store, Silent()).judge([wanted])
    assert kept.probability is None
    assert kept.state is not None


def test_only_what_is_new_is_asked_in_one_batch_and_hits_come_first(store: SqliteStore) -> None:
    model = Upper()
    cached = around(model, store)
    list(cached.generate([call("b"), call("d")]))
    got = list(cached.generate([call(text) for text in "abcde"]))
    assert model.batches == [["b", "d"], ["a", "c", "e"]]
    assert [index for index, _ in got] == [1, 3, 4, 2, 0]
    assert {index: reply.text for index, reply in got} == dict(enumerate("ABCDE"))


def test_equal_requests_of_a_batch_are_sent_once(store: SqliteStore) -> None:
    model = Upper()
    got = dict(around(model, store).generate([call("same"), call("other"), call("same", task="again"), call("same")]))
    assert model.batches == [["same", "other"]]
    assert [got[index].text for index in range(4)] == ["SAME", "OTHER", "SAME", "SAME"]
    assert [got[index].usage for index in (0, 2, 3)] == [Usage(10, 5, 2), Usage(cached=17), Usage(cached=17)]
    assert [got[index].milliseconds for index in (0, 2, 3)] == [40, 0, 0]


@pytest.mark.parametrize("other", [call("text", max_tokens=9), call("Text")])
def test_whatever_decides_the_answer_is_part_of_the_key(store: SqliteStore, other: Call) -> None:
    model = Upper()
    cached = around(model, store)
    list(cached.generate([call("text")]))
    list(cached.generate([other]))
    assert len(model.batches) == 2


def test_the_task_is_a_name_for_the_log_only(store: SqliteStore) -> None:
    list(around(Upper(), store).generate([call("text")]))
    list(CachedModel(never, IDENTITY, store, Silent()).generate([call("text", task="other")]))


def test_another_model_is_asked_anew(store: SqliteStore) -> None:
    list(around(Upper(), store).generate([call("text")]))
    with pytest.raises(AssertionError, match="loaded"):
        list(CachedModel(never, Identity("fake", "e" * 64), store, Silent()).generate([call("text")]))


def test_bad_endings_are_logged_and_asked_again(store: SqliteStore) -> None:
    model = Upper()
    cached = around(model, store)
    for _ in range(2):
        replies = dict(cached.generate([call("long text"), call("bad text"), call("good"), call("bad text")]))
        assert [replies[n].finish for n in range(4)] == ["length", "error", "stop", "error"]
        judged = dict(cached.judge([question("bad"), question("nan"), question("good")]))
        assert judged[0].probability is None
        assert judged[2].probability == 4 / 7
    drafts = ["long text", "bad text"]
    assert model.batches == [[*drafts, "good"], ["bad", "nan", "good"], drafts, ["bad", "nan"]]
    rows = store._db.execute("SELECT finish, servable, reply FROM calls WHERE NOT servable").fetchall()
    assert sorted(finish for finish, _, _ in rows) == ["error"] * 6 + ["length"] * 2
    assert {json.loads(reply).get("error") for _, _, reply in rows} == {None, "broken", "no token"}


def test_a_row_says_what_was_asked(store: SqliteStore) -> None:
    list(around(Upper(), store).generate([call("said “so”")]))
    columns = "verb, task, model, json, request, prompt_tokens, milliseconds"
    (found,) = store._db.execute(f"SELECT {columns} FROM calls JOIN prefixes ON prefixes.id = prefix")
    verb, task, model, prefix, request, tokens, milliseconds = found
    assert (verb, task, model, tokens, milliseconds) == ("generate", "draft", "fake", 10, 40)
    assert json.loads(prefix) == {"system": "Be neutral.", "examples": [list(EXAMPLES[0])]}
    assert json.loads(request)["text"] == "said “so”"
    assert "“so”" in request
    assert json.loads(request)["constraint"]["schema"] == '{"type":"object"}'


def test_what_ended_before_an_interruption_is_kept(store: SqliteStore) -> None:
    """Whoever leaves early pays only for what was in flight, and the model is told at once."""
    model = Upper()
    replies = around(model, store).generate([call(text) for text in "abc"])
    assert next(replies)[1].text == "C"
    assert model.open == 1
    replies.close()  # type: ignore[attr-defined]
    assert model.open == 0
    again = Upper()
    list(around(again, store).generate([call(text) for text in "abc"]))
    assert again.batches == [["a", "b"]]


def test_ctrl_c_between_two_replies_keeps_the_first(store: SqliteStore) -> None:
    model = Upper()

    def run() -> None:
        for _ in around(model, store).generate([call("a"), call("b")]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert model.open == 0
    list(CachedModel(never, IDENTITY, store, Silent()).generate([call("b")]))


def test_when_the_model_dies_what_it_said_before_is_kept(store: SqliteStore) -> None:
    with pytest.raises(ModelError, match="gone"):
        list(around(Upper(), store).generate([call("gone"), call("fine")]))
    list(CachedModel(never, IDENTITY, store, Silent()).generate([call("fine")]))


def test_a_full_disk_costs_one_warning_and_not_the_run() -> None:
    store, warned, model = FullStore(room=1), Warned(), Upper()
    cached = around(model, store, warned)
    assert len(list(cached.generate([call(text) for text in "abc"]))) == 3
    assert len(list(cached.judge([question("q")]))) == 1
    assert len(warned.lines) == 1
    assert "disk is full" in warned.lines[0]
    assert "\n" not in warned.lines[0]
    assert store.attempts == 2  # the one that fitted, the one that did not
    replies = dict(cached.generate([call(text) for text in "abc"]))
    assert [replies[n].text for n in range(3)] == ["A", "B", "C"]
    assert len(model.batches) == 2  # what was paid for is not paid again while the run lasts


def test_a_really_full_database_costs_one_warning_and_not_the_run(store: SqliteStore) -> None:
    store._db.execute("PRAGMA max_page_count = 40")
    warned = Warned()
    cached = around(Upper(), store, warned)
    calls = [call("text " * 500 + str(n)) for n in range(100)]
    assert len(list(cached.generate(calls))) == 100
    assert len(warned.lines) == 1
    with pytest.raises(StorageError):
        store.save_brief("2026-11-21", "x.json", "x" * 200_000, [])


def test_a_damaged_cache_stops_the_run_before_anything_is_spent(store: SqliteStore) -> None:
    list(around(Upper(), store).generate([call("a")]))
    store._db.execute("UPDATE calls SET reply = replace(reply, 'A', 'B')")
    with pytest.raises(StorageError, match="damaged"):
        list(CachedModel(never, IDENTITY, store, Silent()).generate([call("a"), call("new")]))


def test_the_model_that_is_loaded_must_be_the_one_announced(store: SqliteStore) -> None:
    model = Upper()
    cached = CachedModel(lambda: model, Identity("fake", "e" * 64), store, Silent())
    assert cached.identity.sha256 == "e" * 64
    for _ in range(2):
        with pytest.raises(ModelError, match="announced"):
            list(cached.generate([call("a")]))
    assert (model.batches, model.closed) == ([], 2)


def test_the_model_is_made_once_and_closed_once(store: SqliteStore) -> None:
    made: list[Upper] = []

    def make() -> Upper:
        made.append(Upper())
        return made[-1]

    cached = CachedModel(make, IDENTITY, store, Silent())
    assert list(cached.generate([])) == []
    assert made == []
    list(cached.generate([call("a")]))
    list(cached.judge([question("a")]))
    cached.close()
    cached.close()
    assert len(made) == 1
    assert made[0].closed == 1


@pytest.mark.slow
def test_ten_thousand_calls_cost_little_more_than_the_model(store: SqliteStore) -> None:
    calls = [call(f"Sentence {n} of an article, with some words to it.") for n in range(10_000)]
    with within(30):
        assert len(list(around(Upper(), store).generate(calls))) == 10_000
    with within(10):
        assert len(list(CachedModel(never, IDENTITY, store, Silent()).generate(calls))) == 10_000


def test_after_its_moment_only_what_was_answered_before_is_answered(store: SqliteStore) -> None:
    made: list[Upper] = []

    def make() -> Upper:
        made.append(Upper())
        return made[-1]

    def asked(text: str) -> Call:
        return Call("draft", Prompt("s", text=text), Constraint("{}"))

    before = CachedModel(make, IDENTITY, store, Silent())
    assert [reply.text for _, reply in before.generate([asked("one")])] == ["ONE"]
    model = CachedModel(make, IDENTITY, store, Silent())
    model.stop_at(0.0)
    found = dict(model.generate([asked("one"), asked("two"), asked("two")]))
    assert [found[n].text for n in range(3)] == ["ONE", "", ""]
    assert [found[n].error for n in range(3)] == ["", LATE, LATE]
    assert dict(model.judge([Question("judge", Prompt("s", text="one"))]))[0].error == LATE
    assert len(made) == 1  # none was made for it
    model.stop_at(math.inf)
    assert dict(model.generate([asked("two")]))[0].text == "TWO"  # and it was not kept that there was no answer
