"""A model that is one or several servers: requests are spread over them, and what a dead one had is done again by the others.

It promises the model protocol. Each server works on as many requests at once as `parallel` says, and gets no more a minute than `rate`
allows; a free place takes the next request of one common queue, so a fast server gets more of them.
"""

from __future__ import annotations

import hashlib
import math
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from briefing.errors import ModelAwayError, ModelError, ModelUnsuitableError, UsageError
from briefing.model.base import LATE_JUDGEMENT, LATE_REPLY, Call, Identity, Judgement, Question, Reply
from briefing.model.server import replies
from briefing.model.server.address import Address, base_url
from briefing.model.server.endpoint import HINT_DOWN, AwayError, Endpoint, GoneError, RefusedError, gone, line
from briefing.model.server.features import Features, explore
from briefing.model.server.pace import Pace
from briefing.model.server.requests import LOGPROBS, body, response_format

_TICK = 0.5
_PATIENCE = 8  # requests that fail one after the other, until a server that is alive is taken for dead all the same
R = TypeVar("R", Call, Question)
A = TypeVar("A", Reply, Judgement)

_NO_LOGPROBS = (
    "llama_cpp.server gives them when started with `--logits_all true`; llama.cpp's own server, vLLM and newer versions of Ollama always"
)


def discover(addresses: Sequence[Address], name: str = "") -> Identity:
    """Return which model these servers answer with: `name`, or the only one they offer. Its hash is of their URLs and that name.

    Raises UsageError where the name has to be chosen, ModelError where no server answers.
    """
    urls = sorted({base_url(address.url) for address in addresses})
    if not name:
        name = _only_model(addresses)
    return Identity(name, hashlib.sha256("\n".join([*urls, name]).encode()).hexdigest())


def _only_model(addresses: Sequence[Address]) -> str:
    problem: ModelError | None = None
    for address in addresses:
        endpoint = Endpoint(address)
        try:
            names = endpoint.models()
        except GoneError as error:
            problem = problem or gone(endpoint.url, error)
            continue
        finally:
            endpoint.close()
        if len(names) == 1:
            return names[0]
        if not names:
            raise UsageError(f"{endpoint.url}: the server names no model", "say which one with --model NAME")
        raise UsageError(f"{endpoint.url}: the server has {len(names)} models", f"choose one with --model: {', '.join(names[:8])}")
    raise problem or UsageError("--server: no address is given")


@dataclass(slots=True)
class _Server:
    address: Address
    features: Features
    pace: Pace
    dead: bool = False
    failed: int = 0  # requests since the last that was answered


@dataclass(slots=True)
class _Work(Generic[A]):
    """One batch: the indices that are open, what has come back, and the answer to what is not asked."""

    late: A
    open: queue.Queue[int] = field(default_factory=queue.Queue)
    done: queue.Queue[tuple[int, A] | ModelError] = field(default_factory=queue.Queue)


class ServerModel:
    """Servers as one model, `identity` as `discover` gave it. They are asked what they can do when it is made; `warn` is told of it.

    Raises ModelError where none answers, ModelUnsuitableError where one gives no probabilities: without them no claim can be judged.
    """

    def __init__(self, addresses: Sequence[Address], identity: Identity, warn: Callable[[str], None]) -> None:
        self._identity = identity
        self._warn = warn
        self._closed = self._draining = False
        self._until = math.inf
        self._servers = [server for address in addresses if (server := self._meet(address)) is not None]
        if not self._servers:
            urls = ", ".join(base_url(address.url) for address in addresses)
            raise ModelAwayError(f"no server answers: {urls}", HINT_DOWN)

    @property
    def identity(self) -> Identity:
        """Return the name of the model, and the hash of it with the servers' addresses."""
        return self._identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls, yielding each reply as it ends."""
        return self._run(calls, self._reply, LATE_REPLY)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer yes/no questions, yielding each probability as it ends."""
        return self._run(questions, self._judgement, LATE_JUDGEMENT)

    def stop_at(self, moment: float) -> None:
        """Wait for no answer after this moment; connections that are open then are closed."""
        self._until = moment

    def drain(self) -> None:
        """Wait for what is asked, and ask nothing else."""
        self._draining = True

    def close(self) -> None:
        """Ask nothing more. Safe to call twice."""
        self._closed = True

    def _meet(self, address: Address) -> _Server | None:
        endpoint = Endpoint(address)
        try:
            features = explore(endpoint, self._identity.name)
        except GoneError as error:
            self._warn(f"{gone(endpoint.url, error)}; going on without it")
            return None
        finally:
            endpoint.close()
        if not features.logprobs:
            raise ModelUnsuitableError(f"{endpoint.url}: the server gives no logprobs, and claims are judged by them", _NO_LOGPROBS)
        for problem in features.missing:
            self._warn(f"{endpoint.url}: {problem}")
        return _Server(address, features, Pace(address.rate))

    def _run(self, requests: Sequence[R], ask: Callable[[Endpoint, _Server, R], A], late: A) -> Iterator[tuple[int, A]]:
        if self._closed:
            raise ModelError("the model is closed")
        work: _Work[A] = _Work(late)
        for index in range(len(requests)):
            work.open.put(index)
        servers = [server for server in self._servers if not server.dead]
        if requests and not servers:
            raise ModelAwayError("no server answers any more", "run again to continue")
        endpoints: list[Endpoint] = []
        for server in servers:
            endpoint = Endpoint(server.address)
            endpoints.append(endpoint)
            for _ in range(min(server.address.parallel, len(requests))):
                threading.Thread(target=self._serve, args=(work, endpoint, server, requests, ask), daemon=True).start()
        try:
            left = set(range(len(requests)))
            while left and (time_left := self._until - time.monotonic()) > 0:
                try:
                    ended = work.done.get(timeout=min(_TICK, time_left))
                except queue.Empty:
                    continue
                if isinstance(ended, ModelError):
                    raise ended
                left.remove(ended[0])
                yield ended
            yield from ((index, late) for index in sorted(left))
        finally:
            for endpoint in endpoints:
                endpoint.close()

    def _serve(
        self, work: _Work[A], endpoint: Endpoint, server: _Server, requests: Sequence[R], ask: Callable[[Endpoint, _Server, R], A]
    ) -> None:
        """Work on the common queue until the batch is over or the server is gone; what it had then goes back."""
        while not server.dead and not endpoint.stop.is_set():
            try:
                index = work.open.get(timeout=_TICK)
            except queue.Empty:
                continue
            server.pace.wait(endpoint.stop)
            if self._draining:
                work.done.put((index, work.late))
                continue
            try:
                work.done.put((index, ask(endpoint, server, requests[index])))
            except GoneError as error:
                work.open.put(index)
                self._lost(work, endpoint, server, error)
            except ModelError as error:
                work.done.put(error)
                return
            except Exception as error:  # a thread's error would be lost, and whoever waits has to get it
                work.done.put(ModelError(f"{endpoint.url}: {type(error).__name__}: {line(str(error))}"))
                return

    def _lost(self, work: _Work[A], endpoint: Endpoint, server: _Server, error: GoneError) -> None:
        if server.dead or endpoint.stop.is_set():
            return
        server.dead = True
        if any(not other.dead for other in self._servers):
            self._warn(f"{gone(endpoint.url, error)}; its work goes to the others")
        else:
            work.done.put(gone(endpoint.url, error))

    def _reply(self, endpoint: Endpoint, server: _Server, call: Call) -> Reply:
        asked = body(self._identity.name, call.prompt, call.max_tokens) | response_format(server.features.form, call.constraint.schema)
        answer, spent, error = _asked(endpoint, server, asked)
        if error:
            return Reply("", "error", milliseconds=spent, error=error)
        ended = replies.finish(answer)
        why = "the server ended the reply for another reason than its end or limit" if ended == "error" else ""
        return Reply(replies.content(answer), ended, replies.usage(answer), spent, why)

    def _judgement(self, endpoint: Endpoint, server: _Server, question: Question) -> Judgement:
        asked = body(self._identity.name, question.prompt, 1) | LOGPROBS
        answer, spent, error = _asked(endpoint, server, asked)
        found = None if error else replies.probability(answer)
        why = error or ("" if found is not None else "neither yes nor no is among the likeliest answers")
        return Judgement(found, replies.usage(answer), spent, why)


def _asked(endpoint: Endpoint, server: _Server, asked: dict[str, Any]) -> tuple[dict[str, Any], int, str]:
    """Return an answer with its milliseconds, or why there is none. Raises GoneError where the server itself is gone.

    A request that a living server cannot answer, however often it is asked, costs itself and not the server; many in a row do.
    """
    started = time.monotonic()
    answer, error = {}, ""
    try:
        answer = endpoint.chat(asked)
        server.failed = 0
    except RefusedError as refused:
        error = f"{refused.status}: {refused}" if refused.status else str(refused)
        server.failed = 0
    except GoneError as failure:
        server.failed += 1
        away = isinstance(failure, AwayError) or server.failed >= _PATIENCE
        if away or endpoint.stop.is_set() or not endpoint.alive():
            raise
        error = str(failure)
    return answer, round((time.monotonic() - started) * 1000), error
