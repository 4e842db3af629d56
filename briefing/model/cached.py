"""A model that asks another one only what has not been answered before, and keeps each answer the moment it ends.

The inner model is made when the first unanswered request comes, so a run that is all cached never loads weights.
Answers that ended badly are kept for the log and never served. When answers can no longer be kept (a full disk), the
run goes on with one warning, and what it pays for is remembered until it ends.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from briefing.calls import CallRow
from briefing.errors import ModelError, StorageError
from briefing.model.base import (
    LATE,
    LATE_JUDGEMENT,
    LATE_REPLY,
    Call,
    Identity,
    Judgement,
    Model,
    Question,
    Reply,
    Usage,
    request_key,
    request_parts,
)
from briefing.model.states import packed, unpacked
from briefing.progress import Progress

_LOG = logging.getLogger(__name__)
_RELEASE = 0.2  # seconds after which others are told which of the requests they wait for are answered
_LOADING = 5.0  # seconds that it may take to load a model, which nothing can interrupt: for less, none is begun

R = TypeVar("R", Call, Question)
A = TypeVar("A", Reply, Judgement)


class CallStore(Protocol):
    """Where calls are kept, as `briefing.store.Store` says. Every method raises StorageError."""

    def replies(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Return the reply JSON of those keys that have a servable call."""

    def keep_call(self, row: CallRow) -> None:
        """Keep one finished call; return when it is safe."""

    def claim(self, keys: Sequence[str]) -> set[str]:
        """Take requests as the caller's to answer, and return those that no other process has taken: some or all."""

    def release(self, keys: Collection[str]) -> None:
        """Give back requests that were claimed, answered or not."""

    def wait(self, key: str, seconds: float) -> None:
        """Return when whoever has claimed a request gives it back, or after some seconds."""


class CachedModel:
    """A Model around the one that `make` makes, which must be the model `identity` says.

    A hit comes at once, with milliseconds 0 and every token of the original call counted as cached. Equal requests of
    one batch are sent once; the first gets the usage, the others get it as cached. What another process is asking is waited for, not asked.
    Reading the store raises StorageError: nothing is spent on a damaged cache.
    """

    def __init__(self, make: Callable[[], Model], identity: Identity, store: CallStore, progress: Progress) -> None:
        self._make = make
        self._identity = identity
        self._store = store
        self._progress = progress
        self._model: Model | None = None
        self._unkept: dict[str, str] | None = None  # replies by key, once the store can no longer be written
        self._until = math.inf

    @property
    def identity(self) -> Identity:
        """Return which model this is; known without loading it."""
        return self._identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls: hits first, then the rest as they end. Raises what store and model raise."""
        return self._answer(calls, lambda model, missed: model.generate(missed), _reply_of, LATE_REPLY)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer yes/no questions: hits first, then the rest as they end. Raises what store and model raise."""
        return self._answer(questions, lambda model, missed: model.judge(missed), _judgement_of, LATE_JUDGEMENT)

    def stop_at(self, moment: float) -> None:
        """Answer after this moment only what was answered before: a model is not even made then."""
        self._until = moment
        if self._model is not None:
            self._model.stop_at(moment)

    def close(self) -> None:
        """Free the inner model, if it was ever made. The store is its owner's to close."""
        if self._model is not None:
            self._model.close()
            self._model = None

    def _answer(
        self,
        requests: Sequence[R],
        ask: Callable[[Model, Sequence[R]], Iterator[tuple[int, A]]],
        load: Callable[[dict[str, Any]], A],
        late: A,
    ) -> Iterator[tuple[int, A]]:
        keys = [request_key(request, self._identity) for request in requests]
        known = {**(self._unkept or {}), **self._store.replies(keys)} if requests else {}
        missed: dict[str, list[int]] = {}  # the indices of each unanswered request, in order
        for index, key in enumerate(keys):
            if key in known:
                yield index, load(json.loads(known[key]))
            else:
                missed.setdefault(key, []).append(index)
        if requests:
            tasks = ", ".join(dict.fromkeys(request.task for request in requests))
            _LOG.info("%s: %d requests, %d answered before", tasks, len(requests), len(requests) - sum(map(len, missed.values())))
        while missed:
            left = self._until - time.monotonic()
            if left <= (0 if self._model else _LOADING):
                yield from ((index, late) for several in missed.values() for index in several)
                return
            mine = self._store.claim(list(missed))
            try:
                if not mine:  # others are at all that is left: what they say is waited for
                    self._store.wait(next(iter(missed)), left)
                for key, reply in self._store.replies(list(missed)).items():  # said since it was looked for
                    yield from ((index, load(json.loads(reply))) for index in missed.pop(key))
                yield from self._ask({key: missed.pop(key) for key in list(missed) if key in mine}, requests, ask, mine)
            finally:
                self._store.release(mine)

    def _ask(
        self,
        missed: dict[str, list[int]],
        requests: Sequence[R],
        ask: Callable[[Model, Sequence[R]], Iterator[tuple[int, A]]],
        mine: set[str],
    ) -> Iterator[tuple[int, A]]:
        """Have requests answered, each for its indices, and give them back soon after their answers are kept."""
        if not missed:
            return
        keys, indices = list(missed), list(missed.values())
        answers = ask(self._inner(), [requests[first] for first, *_ in indices])
        kept, due = list[str](), 0.0
        try:
            for number, answer in answers:
                first, *others = indices[number]
                if answer.error != LATE:
                    self._keep(keys[number], requests[first], answer)
                kept.append(keys[number])
                if time.monotonic() > due:
                    self._store.release(kept)
                    mine.difference_update(kept)
                    kept, due = [], time.monotonic() + _RELEASE
                yield first, answer
                for other in others:
                    yield other, _again(answer)
        finally:
            if isinstance(answers, Generator):
                answers.close()  # now: whoever leaves early stops the work that is still open

    def _inner(self) -> Model:
        if self._model is None:
            begun = time.monotonic()
            model = self._make()
            _LOG.info("model %s is ready after %.2f s", self._identity.name, time.monotonic() - begun)
            if model.identity.sha256 != self._identity.sha256:
                model.close()
                name = self._identity.name
                raise ModelError(f"{name}: the model that was loaded is not the one that was announced", "run again")
            model.stop_at(self._until)
            self._model = model
        return self._model

    def _keep(self, key: str, request: Call | Question, answer: Reply | Judgement) -> None:
        row = _row(key, self._identity, request, answer)
        if self._unkept is None:
            try:
                self._store.keep_call(row)
            except StorageError as error:
                self._unkept = {}
                self._progress.warn(f"{error}; this run goes on, but its answers are no longer kept ({error.hint})")
        if self._unkept is not None and row.servable:
            self._unkept[key] = row.reply


def _row(key: str, identity: Identity, request: Call | Question, answer: Reply | Judgement) -> CallRow:
    """Return the row of a call. Only a whole text, and a probability that is one or a state, may answer again."""
    parts = request_parts(request)
    prompt = parts.pop("prompt")
    prefix = {"system": prompt.pop("system"), "examples": prompt.pop("examples")}
    usage = answer.usage
    reply: dict[str, Any] = {"tokens": usage.prompt + usage.cached + usage.generated}
    if isinstance(answer, Reply):
        verb, finish, servable = "generate", str(answer.finish), answer.finish == "stop"
        reply["text"] = answer.text
    else:
        p = answer.probability
        sound = p is not None and math.isfinite(p)
        middle = isinstance(request, Question) and request.layer is not None and answer.state is not None
        servable = (sound or middle) and not answer.error
        verb, finish = "judge", "stop" if servable else "error"
        reply["probability"] = p if sound else None
        if answer.state is not None:
            reply["state"] = packed(answer.state)
    if answer.error:
        reply["error"] = answer.error
    return CallRow(
        key=key,
        verb=verb,
        task=request.task,
        model=identity.name,
        model_sha256=identity.sha256,
        prefix=_json(prefix),
        request=_json({**prompt, **parts}),
        reply=_json(reply),
        finish=finish,
        servable=servable,
        prompt_tokens=usage.prompt,
        cached_tokens=usage.cached,
        generated_tokens=usage.generated,
        milliseconds=answer.milliseconds,
    )


def _reply_of(stored: dict[str, Any]) -> Reply:
    return Reply(text=stored["text"], finish="stop", usage=Usage(cached=stored["tokens"]))


def _judgement_of(stored: dict[str, Any]) -> Judgement:
    state = unpacked(stored["state"]) if "state" in stored else None
    return Judgement(probability=stored["probability"], usage=Usage(cached=stored["tokens"]), state=state)


def _again(answer: A) -> A:
    """Return the answer as an equal request of the same batch gets it: nothing spent."""
    usage = answer.usage
    return replace(answer, usage=Usage(cached=usage.prompt + usage.cached + usage.generated), milliseconds=0)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
