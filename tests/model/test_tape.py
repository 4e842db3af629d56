"""A tape says what was recorded, to exactly the request it was recorded for, and says clearly when it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import ModelError, StorageError
from briefing.model.base import Call, Constraint, Identity, Judgement, Model, Prompt, Question, Reply, Usage
from briefing.model.cached import CachedModel
from briefing.progress import Silent
from briefing.sqlite.store import SqliteStore
from tests.tape import TapeModel, TapeRecorder

EXAMPLES = (("Some “quoted” sentence.", '{"claim":"Claim."}'), ("Two.\u2028Lines.", "{}"))


def call(text: str, task: str = "draft") -> Call:
    return Call(task, Prompt("Be neutral.", EXAMPLES, "Article: ", text), Constraint('{"type":"string"}'), 99)


def question(text: str) -> Question:
    return Question("judge", Prompt("Yes or no.", (), "Source: ", text))


CALLS = [call("Kyiv\u2028said\nso."), call("cut"), call("Київ каже «так»")]
QUESTIONS = [question("A?"), question("bad")]
STATE = np.array([0.5, -2.0, 43.375], np.float32)


class Talker:
    """A model that answers the last request first, each time in another number of milliseconds."""

    def __init__(self) -> None:
        self.time = 0
        self.closed = False

    @property
    def identity(self) -> Identity:
        return Identity("talker", "a" * 64)

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        for index in reversed(range(len(calls))):
            text = calls[index].prompt.text
            self.time += 1
            yield index, Reply(f"<{text}>", "length" if text == "cut" else "stop", Usage(3, 2, 1), self.time)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        for index, each in enumerate(questions):
            bad = each.prompt.text == "bad"
            state = STATE * ((1 if each.layer is None else 2) + each.pooled) if each.state else None
            yield index, Judgement(None if bad else 0.1 + 0.2, Usage(3, 2, 0), 5, "no token" if bad else "", state)

    def stop_at(self, moment: float) -> None:
        pass

    def close(self) -> None:
        self.closed = True


def ask(model: Model) -> tuple[dict[int, Reply], dict[int, Judgement]]:
    return dict(model.generate(CALLS)), dict(model.judge(QUESTIONS))


def record(path: Path) -> tuple[dict[int, Reply], dict[int, Judgement]]:
    recorder = TapeRecorder(Talker(), path)
    answers = ask(recorder)
    recorder.save()
    recorder.close()
    return answers


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    record(tmp_path / "tape.jsonl")
    return tmp_path / "tape.jsonl"


def test_a_tape_says_what_the_model_said(tmp_path: Path) -> None:
    replies, judgements = record(tmp_path / "tape.jsonl")
    model = TapeModel(tmp_path / "tape.jsonl")
    again, judged = ask(model)
    assert model.identity == Talker().identity
    assert again == {index: replace(reply, milliseconds=0) for index, reply in replies.items()}
    assert judged == {index: replace(judgement, milliseconds=0) for index, judgement in judgements.items()}
    assert judged[0].probability == 0.1 + 0.2
    model.close()


def test_a_state_is_on_the_tape_for_the_request_that_wanted_it(tmp_path: Path) -> None:
    path = tmp_path / "tape.jsonl"
    recorder = TapeRecorder(Talker(), path)
    asked = [question("A?"), replace(question("A?"), state=True), replace(question("A?"), state=True, layer=3)]
    asked.append(replace(asked[2], pooled=True))
    list(recorder.judge(asked))
    recorder.save()
    model = TapeModel(path)
    plain, wanted, between, pooled = (one for _, one in model.judge(asked))
    assert plain.state is None
    assert wanted.state is not None
    assert between.state is not None
    assert pooled.state is not None
    assert (pooled.state == 3 * STATE).all()
    assert (wanted.state == STATE).all()
    assert (between.state == 2 * STATE).all()
    with pytest.raises(ModelError, match=r"differs in (state, )?layer"):
        list(model.judge([replace(asked[2], layer=4)]))
    with pytest.raises(ModelError, match="differs in text"):
        list(model.judge([replace(question("B?"), state=True)]))


def test_the_same_run_gives_the_same_file_whatever_ended_first(tmp_path: Path) -> None:
    for name in "ab":
        record(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    lines = (tmp_path / "a").read_text(encoding="utf-8").rstrip("\n").split("\n")
    entries = [json.loads(line) for line in lines]
    assert entries[0] == {"tape": "briefing-tape/1", "model": {"name": "talker", "sha256": "a" * 64}}
    assert [entry.get("text") for entry in entries] == [None, None, *(c.prompt.text for c in CALLS), None, "A?", "bad"]
    assert sum("Be neutral." in line for line in lines) == 1
    assert "«так»" in lines[4]


def test_a_tape_can_be_asked_twice_and_again_in_another_order(tape: Path) -> None:
    model = TapeModel(tape)
    assert [reply.text for _, reply in model.generate([CALLS[1], CALLS[0], CALLS[1]])] == [
        "<cut>",
        f"<{CALLS[0].prompt.text}>",
        "<cut>",
    ]


def test_an_unknown_request_names_the_nearest(tape: Path) -> None:
    unknown = replace(CALLS[2], prompt=replace(CALLS[2].prompt, text="Київ каже «ні»"))
    with pytest.raises(ModelError) as caught:
        list(TapeModel(tape).generate([CALLS[0], unknown]))
    assert "no answer to task 'draft', 'Київ каже «ні»'" in str(caught.value)
    assert "the nearest is task 'draft', 'Київ каже «так»', which differs in text" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "record" in caught.value.hint


@pytest.mark.parametrize(
    ("changed", "difference"),
    [
        (replace(CALLS[0], max_tokens=98), "max_tokens"),
        (replace(CALLS[0], constraint=Constraint('{"type":"object"}')), "schema"),
        (replace(CALLS[0], prompt=replace(CALLS[0].prompt, system="Be.")), "system"),
        (replace(CALLS[0], prompt=replace(CALLS[0].prompt, examples=EXAMPLES[:1])), "examples"),
        (replace(CALLS[0], prompt=replace(CALLS[0].prompt, shared="", system="Be.")), "system, shared"),
    ],
)
def test_the_whole_request_is_matched(tape: Path, changed: Call, difference: str) -> None:
    with pytest.raises(ModelError, match=f"which differs in {difference}$"):
        list(TapeModel(tape).generate([changed]))


def test_a_request_of_the_other_kind_is_not_answered(tape: Path) -> None:
    with pytest.raises(ModelError, match="no answer"):
        list(TapeModel(tape).judge([Question("draft", CALLS[0].prompt)]))


def test_a_tape_must_be_used_up(tape: Path) -> None:
    model = TapeModel(tape)
    list(model.generate(CALLS[:2]))
    with pytest.raises(ModelError, match=r"never asked: task 'draft', 'Київ каже «так»', and 2 more"):
        model.check_used_up()
    ask(model)
    model.check_used_up()


def test_a_tape_is_never_recorded_over(tape: Path) -> None:
    before = tape.read_bytes()
    with pytest.raises(StorageError, match="already") as caught:
        TapeRecorder(Talker(), tape)
    assert "delete" in caught.value.hint
    assert tape.read_bytes() == before


def test_a_run_that_failed_leaves_no_tape(tmp_path: Path) -> None:
    talker = Talker()
    recorder = TapeRecorder(talker, tmp_path / "tape.jsonl")
    next(recorder.generate(CALLS))
    recorder.close()
    assert talker.closed
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_answered_is_not_on_the_tape(tmp_path: Path) -> None:
    recorder = TapeRecorder(Talker(), tmp_path / "tape.jsonl")
    next(recorder.generate(CALLS))
    recorder.save()
    model = TapeModel(tmp_path / "tape.jsonl")
    assert next(model.generate(CALLS[2:]))[1].text == "<Київ каже «так»>"
    with pytest.raises(ModelError, match="no answer"):
        next(model.generate(CALLS[:1]))


def test_a_tape_that_cannot_be_written(tmp_path: Path) -> None:
    recorder = TapeRecorder(Talker(), tmp_path / "no such folder" / "tape.jsonl")
    with pytest.raises(StorageError, match="cannot be written"):
        recorder.save()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"{}",
        b"[]",
        b"not json",
        b'{"tape": "briefing-tape/1"}',
        b'{"tape": "briefing-tape/9"}',
        b"\xff\xfe",
    ],
)
def test_a_file_that_is_no_tape(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tape.jsonl").write_bytes(content)
    with pytest.raises(ModelError, match="tape"):
        TapeModel(tmp_path / "tape.jsonl")
    with pytest.raises(ModelError, match="cannot be read"):
        TapeModel(tmp_path / "none.jsonl")


def test_a_request_edited_by_hand_is_refused(tape: Path) -> None:
    tape.write_text(tape.read_text(encoding="utf-8").replace("каже", "казав"), encoding="utf-8")
    with pytest.raises(ModelError, match="line 5: the request does not give its key"):
        TapeModel(tape)


def test_windows_line_ends_do_no_harm(tape: Path) -> None:
    tape.write_bytes(tape.read_bytes().replace(b"\n", b"\r\n"))
    ask(TapeModel(tape))


def test_cached_and_tape_are_one_shape(tape: Path, tmp_path: Path) -> None:
    """A tape behind a cache, recorded from outside the cache: the answers are the same, the second time for nothing."""
    replay = TapeModel(tape)
    with SqliteStore(tmp_path / "briefing.sqlite3") as store:
        first = ask(CachedModel(lambda: replay, replay.identity, store, Silent()))
        recorder = TapeRecorder(CachedModel(lambda: replay, replay.identity, store, Silent()), tmp_path / "second.jsonl")
        ask(recorder)
        recorder.save()
    second = ask(TapeModel(tmp_path / "second.jsonl"))
    assert {n: reply.text for n, reply in second[0].items()} == {n: reply.text for n, reply in first[0].items()}
    assert second[0][0].usage == Usage(cached=6)
