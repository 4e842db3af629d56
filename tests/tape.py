"""Recorded answers in a text file: what a model said once, said again without it. A tape is never extended unasked.

A tape is JSON lines: the first names the format and the model; a line with "prefix" holds what many requests share
(system message, worked examples); every other line is one request, its key and its answer, in the order the requests
were first made. Times are left out, so that recording the same run twice gives the same file.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from briefing.errors import ModelError, StorageError
from briefing.model.base import (
    Call,
    Constraint,
    Identity,
    Judgement,
    Model,
    Prompt,
    Question,
    Reply,
    Usage,
    request_key,
)
from briefing.model.states import packed, unpacked
from briefing.model.wrapped import Wrapped

FORMAT = "briefing-tape/1"
_HINT_RECORD = "if the prompt, the sources or the model were changed on purpose, delete the tape and record it again"
_SHOWN = 60

Request = Call | Question
R = TypeVar("R", Call, Question)
A = TypeVar("A", Reply, Judgement)


class TapeRecorder(Wrapped):
    """A Model around another one that remembers every answer; `save` writes the tape; a run that failed leaves none.

    Raises StorageError, at once, when the file is there already.
    """

    def __init__(self, model: Model, path: Path) -> None:
        if path.exists():
            raise StorageError(f"{path}: there is a tape already", "delete it to record it again")
        super().__init__(model)
        self._path = path
        self._entries: dict[str, tuple[Request, Reply | Judgement | None]] = {}

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls as the model does, and remember the replies."""
        yield from self._remember(calls, self._model.generate(calls))

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer questions as the model does, and remember the probabilities."""
        yield from self._remember(questions, self._model.judge(questions))

    def save(self) -> None:
        """Write the tape, whole or not at all. Raises StorageError when it cannot be written."""
        prefixes: set[str] = set()
        lines = [_line({"tape": FORMAT, "model": asdict(self.identity)})]
        for key, (request, answer) in self._entries.items():
            if answer is None:  # asked, and left before the answer came
                continue
            prefix = {"system": request.prompt.system, "examples": request.prompt.examples}
            name = hashlib.sha256(_line(prefix).encode()).hexdigest()[:16]
            if name not in prefixes:
                prefixes.add(name)
                lines.append(_line({"prefix": name, **prefix}))
            lines.append(_line(_entry(key, request, name, answer)))
        part = self._path.with_name(self._path.name + ".part")
        try:
            part.write_text("".join(lines), encoding="utf-8", newline="\n")
            part.replace(self._path)
        except OSError as error:
            raise StorageError(f"{self._path}: the tape cannot be written: {error.strerror}") from error

    def _remember(self, requests: Sequence[R], answers: Iterator[tuple[int, A]]) -> Iterator[tuple[int, A]]:
        keys = [request_key(request, self.identity) for request in requests]
        for key, request in zip(keys, requests, strict=True):
            self._entries.setdefault(key, (request, None))  # in the order asked, whatever the order of the answers
        for index, answer in answers:
            if self._entries[keys[index]][1] is None:
                self._entries[keys[index]] = (requests[index], answer)
            yield index, answer


class TapeModel:
    """A Model that answers from a tape, in the order asked, in no time, and the same request any number of times.

    Raises ModelError for a file that is no tape (each request must still give its key), and for a request that is not
    on it: a tape answers the whole request or nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._requests: dict[str, Request] = {}
        self._replies: dict[str, Reply] = {}
        self._judgements: dict[str, Judgement] = {}
        self._identity = self._load()
        self._unused = dict(self._requests)

    @property
    def identity(self) -> Identity:
        """Return the model that was recorded."""
        return self._identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls from the tape. Raises ModelError at the first that is not on it."""
        return self._play(calls, self._replies)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer questions from the tape. Raises ModelError at the first that is not on it."""
        return self._play(questions, self._judgements)

    def stop_at(self, moment: float) -> None:
        """Do nothing: a tape takes no time."""

    def close(self) -> None:
        """Do nothing: a tape holds nothing open. Whether it was used up is asked on purpose, with `check_used_up`."""

    def check_used_up(self) -> None:
        """Raise ModelError, naming the first, when requests of the tape were never made."""
        if self._unused:
            first = _shown(next(iter(self._unused.values())))
            more = f", and {len(self._unused) - 1} more" if len(self._unused) > 1 else ""
            raise ModelError(f"{self._path}: never asked: {first}{more}", _HINT_RECORD)

    def _play(self, requests: Sequence[Request], answers: Mapping[str, A]) -> Iterator[tuple[int, A]]:
        for index, request in enumerate(requests):
            key = request_key(request, self._identity)
            if key not in answers:
                raise ModelError(f"{self._path}: no answer to {_shown(request)}; {self._nearest(request)}", _HINT_RECORD)
            self._unused.pop(key, None)
            yield index, answers[key]

    def _nearest(self, request: Request) -> str:
        """Return the recorded request that is most like one that is not there, and in what they differ."""

        def likeness(other: Request) -> tuple[bool, bool, float]:
            texts = difflib.SequenceMatcher(None, other.prompt.text, request.prompt.text, autojunk=False)
            return type(other) is type(request), other.task == request.task, texts.ratio()

        if not self._requests:
            return "the tape is empty"
        near = max(self._requests.values(), key=likeness)
        ours, theirs = _flat(request), _flat(near)
        differing = [name for name in ours if ours[name] != theirs.get(name)]
        return f"the nearest is {_shown(near)}, which differs in {', '.join(differing)}"

    def _load(self) -> Identity:
        try:
            lines = self._path.read_text(encoding="utf-8").rstrip("\n").split("\n")  # not at U+2028: it is text
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"{self._path}: the tape cannot be read: {error}") from error
        number = 1
        try:
            head = json.loads(lines[0])
            if head["tape"] != FORMAT:
                raise ModelError(f"{self._path}: not a tape of this version ({FORMAT})", _HINT_RECORD)
            identity = Identity(**head["model"])
            prefixes: dict[str, dict[str, Any]] = {}
            for number, line in enumerate(lines[1:], start=2):
                entry = json.loads(line)
                if "prefix" in entry:
                    prefixes[entry.pop("prefix")] = entry
                elif not self._take(entry, prefixes, identity):
                    raise ModelError(f"{self._path}, line {number}: the request does not give its key", _HINT_RECORD)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise ModelError(f"{self._path}, line {number}: not a line of a tape", _HINT_RECORD) from error
        return identity

    def _take(self, entry: dict[str, Any], prefixes: Mapping[str, dict[str, Any]], identity: Identity) -> bool:
        """Take up one line; return whether its key is the one its request gives now."""
        prefix, answer, key = prefixes[entry["after"]], entry["answer"], entry["key"]
        examples = tuple((user, reply) for user, reply in prefix["examples"])
        prompt = Prompt(prefix["system"], examples, entry["shared"], entry["text"])
        usage = Usage(*answer.pop("tokens"))
        if entry["verb"] == "generate":
            constraint = Constraint(**entry["constraint"])
            self._requests[key] = Call(entry["task"], prompt, constraint, entry["max_tokens"])
            self._replies[key] = Reply(usage=usage, **answer)
        else:
            if "state" in answer:
                answer["state"] = unpacked(answer["state"])
            self._requests[key] = Question(entry["task"], prompt, entry.get("state", False), entry.get("layer"), entry.get("pooled", False))
            self._judgements[key] = Judgement(usage=usage, **answer)
        return request_key(self._requests[key], identity) == str(key)


def _entry(key: str, request: Request, prefix: str, answer: Reply | Judgement) -> dict[str, Any]:
    """Return the line of one request: what was asked, and what was answered without its times."""
    usage = answer.usage
    said = {name: value for name, value in asdict(answer).items() if name not in ("milliseconds", "usage")}
    if not said["error"]:
        del said["error"]
    if isinstance(answer, Judgement):
        del said["state"]
        if answer.state is not None:
            said["state"] = packed(answer.state)
    entry: dict[str, Any] = {
        "key": key,
        "verb": "generate" if isinstance(request, Call) else "judge",
        "task": request.task,
    }
    entry |= {"after": prefix, "shared": request.prompt.shared, "text": request.prompt.text}
    if isinstance(request, Call):
        entry |= {"constraint": asdict(request.constraint), "max_tokens": request.max_tokens}
    else:
        entry |= {"state": True} if request.state else {}
        entry |= {} if request.layer is None else {"layer": request.layer}
        entry |= {"pooled": True} if request.pooled else {}
    return {**entry, "answer": {**said, "tokens": [usage.prompt, usage.cached, usage.generated]}}


def _flat(request: Request) -> dict[str, Any]:
    """Return every part of a request by the name it has in the code."""
    parts = {"verb": type(request).__name__, "task": request.task, **asdict(request.prompt)}
    if isinstance(request, Call):
        parts |= {**asdict(request.constraint), "max_tokens": request.max_tokens}
    else:
        parts |= {"state": request.state, "layer": request.layer, "pooled": request.pooled}
    return parts


def _shown(request: Request) -> str:
    """Return a request in a few words."""
    text = " ".join(request.prompt.text.split())
    return f"task {request.task!r}, {text if len(text) <= _SHOWN else text[:_SHOWN] + '…'!r}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
