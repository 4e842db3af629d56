"""Keeps many requests going in one context: admits what surely fits, packs steps, fills a freed place at once.

Runs may be nested (a generator left half-read while another is driven): a step serves them all, and each result waits
for its own run. A failed or interrupted step costs nothing but itself: what it held is given back, and requests of
other runs start again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from briefing.model.base import LATE, Finish, Usage
from briefing.model.llama.constraint import ConstraintError
from briefing.model.llama.context import Context, LateError, Row, rounded
from briefing.model.llama.lookahead import Lookahead
from briefing.model.llama.prefixes import Prefix, Prefixes
from briefing.model.llama.work import Done, Ready, Request, Run, Work

_DUE = 16  # last tokens whose states are wanted, from which a step of them alone is worth its share


class Scheduler:
    """Drives one context. `longest` is the most tokens a request may take, prompt and reply together.

    A step of fewer rows than `filled` takes guesses in, as many as fill it.
    """

    def __init__(self, context: Context, sequences: int, longest: int, filled: int, enders: frozenset[int]) -> None:
        self._context = context
        self._longest = longest
        self._filled = filled
        self._enders = enders
        self._sequences = sequences
        self._spare = list(range(sequences))
        self._prefixes = Prefixes(list(range(sequences, context.shape.sequences)))
        self._active: list[Work] = []
        self._runs: list[Run] = []
        self._cells = context.cells
        self._draining = False

    def drain(self) -> None:
        """Give no request a place any more: what waits for one is late."""
        self._draining = True

    def run(self, requests: list[Request]) -> Iterator[Done]:
        """Work on requests, yielding each as it ends. Leaving early gives back what they held."""
        run = Run(deque(requests))
        self._runs.append(run)
        try:
            while run.waiting or run.open or run.finished:
                if time.monotonic() >= self._context.until:
                    self._late(run)
                elif not run.finished:
                    self._step(run)
                while run.finished:
                    yield run.finished.popleft()
        finally:
            self._runs.remove(run)
            for work in [work for work in self._active if work.run is run]:
                self._release(work)
            for prefix in [prefix for prefix in self._prefixes if not prefix.ready and not prefix.used]:
                self._forget(prefix)

    def _step(self, run: Run) -> None:
        try:
            self._admit(run)
            self._join()
            first = min(self._active, key=lambda work: work.run is not run, default=None)  # of another run, where it has no place yet
            if first is None:
                return
            layer = first.ready.request.layer  # rows that end at one layer make a step of their own
            active = [work for work in self._active if work.ready.request.layer == layer]
            due = [work for work in active if work.due]
            states = bool(due) and len(due) >= min(_DUE, len(active))
            rows = self._last(due) if states else self._pack(active, layer)
            if not rows:
                return
            self._context.decode(rows, states=states, layer=layer)
            for work in [work for work in active if work.own]:
                found = self._context.total(work.own)
                work.total = found if work.total is None else work.total + found
            for work in [work for work in active if work.logits]:
                self._advance(work)
        except LateError:
            self._restart()
        except BaseException:  # Ctrl-C may come between any two lines
            self._restart()
            raise

    def _late(self, run: Run) -> None:
        """End all requests of a run: the time for them is over."""
        for work in [work for work in self._active if work.run is run]:
            self._finish(work, "error", error=LATE)
        self._turn_away(run)

    def _turn_away(self, run: Run) -> None:
        """End the requests of a run that have no place."""
        run.next = None
        while run.waiting:
            self._settle(run, Done(run.waiting[0].index, "error", error=LATE))

    def _admit(self, run: Run) -> None:
        """Give requests a place, in order, as long as their worst case fits; those that never can are done at once."""
        if self._draining:
            self._turn_away(run)
        while run.waiting and self._spare:
            if run.next is None:
                run.next = self._prepare(run)
            elif not self._enter(run, run.next):
                return

    def _prepare(self, run: Run) -> Ready | None:
        """Look at the first request: its tokens and matcher, or its end where it cannot begin."""
        request = run.waiting[0]
        forced: list[int] = []
        matcher = None
        try:
            tokens = request.tokens()
            if len(tokens) + request.limit > self._longest:
                error = _too_long(len(tokens), request.limit, self._longest)
                self._settle(run, Done(request.index, "error", error=error))
                return None
            if not tokens.own:
                self._settle(run, Done(request.index, "error", error="the prompt ends in nothing that can be read"))
                return None
            if request.matcher is not None:
                matcher = request.matcher()
                forced = matcher.forced()
        except ConstraintError as broken:
            self._settle(run, Done(request.index, "error", error=str(broken)))
            return None
        if matcher is not None and (matcher.ended or len(forced) >= request.limit):  # nothing is left to ask the model
            finish: Finish = "stop" if matcher.ended and len(forced) <= request.limit else "length"
            reply = tuple(forced[: request.limit])
            self._settle(run, Done(request.index, finish, reply, usage=Usage(generated=len(reply))))
            return None
        return Ready(request, tokens, matcher, forced)

    def _enter(self, run: Run, ready: Ready) -> bool:
        """Give a request cells for its worst case, a sequence, its prefixes. False while there is no room."""
        request, tokens = ready.request, ready.tokens
        levels = [part for part in (tokens.prefix, tokens.shared if request.grouped else ()) if part]
        own = tokens.own if request.grouped else tokens.shared + tokens.own
        base: Prefix | None = None
        while levels and (found := self._prefixes.find(base, levels[0], request.layer)):
            base = found
            del levels[0]
        anew = sum(map(len, levels))
        cells = len(own) + request.limit
        self._prefixes.pin(base)  # not to be given up for its own continuation
        fits = self._make_room(anew + cells, len(levels))
        self._prefixes.unpin(base)
        if not fits:
            return False
        for level in levels:
            base = self._prefixes.add(base, level, request.layer)
        self._prefixes.pin(base)
        self._cells -= anew + cells
        at = base.end if base else 0
        usage = Usage(prompt=len(own) + anew, cached=at - anew)
        lookahead = Lookahead(request.source() if request.source else ())
        work = Work(run, ready, self._spare.pop(), base, [*own, *ready.forced], at, cells, usage, [*ready.forced], lookahead)
        self._active.append(work)
        run.waiting.popleft()
        run.next = None
        run.open += 1
        return True

    def _make_room(self, cells: int, prefixes: int) -> bool:
        while self._cells < cells or self._prefixes.room < prefixes:
            oldest = self._prefixes.oldest()
            if oldest is None:
                return False
            self._forget(oldest)
        return True

    def _join(self) -> None:
        """Begin a step: let those go on whose prefix has been computed."""
        for work in self._active:
            work.logits, work.own, work.ahead = [], range(0), []
            if not work.joined and (work.prefix is None or work.prefix.ready):
                work.joined = True
                if work.prefix is not None:
                    self._context.share(work.prefix.sequence, work.sequence)

    def _last(self, due: list[Work]) -> list[Row]:
        """Return the rows of a step of last tokens, whose states are wanted."""
        rows: list[Row] = []
        for work in due:
            self._feed(work, rows, len(due))
        return rows

    def _pack(self, active: list[Work], layer: int | None) -> list[Row]:
        """Choose the rows of a step that ends at a layer: what replies need next, then prefixes, then prompts, as many as a step takes."""
        rows: list[Row] = []
        budget = self._context.shape.rows
        joined = [work for work in active if work.joined]
        for work in joined:
            if work.writing:
                self._feed(work, rows, budget)
        due = [prefix for prefix in self._prefixes if prefix.used and not prefix.ready and prefix.layer == layer]
        for prefix in [prefix for prefix in due if prefix.parent is None or prefix.parent.ready]:  # ready before this step
            self._compute(prefix, rows, budget)
        for work in joined:
            if not work.writing and not work.due:
                self._feed(work, rows, budget)
        self._guess(rows)
        return rows

    def _feed(self, work: Work, rows: list[Row], budget: int) -> None:
        room = budget - len(rows)
        take = work.feed[: room if work.due or not work.ready.request.state else min(room, len(work.feed) - 1)]
        if not take:
            return
        if work.ready.request.pooled:
            shared = min(len(take), max(0, len(work.feed) - len(work.ready.tokens.own)))
            work.own = range(len(rows) + shared, len(rows) + len(take))
        rows += [(token, work.at + k, work.sequence, False) for k, token in enumerate(take)]
        work.at += len(take)
        work.feed = work.feed[len(take) :]
        if not work.feed:
            work.logits = [len(rows) - 1]
            rows[-1] = (*rows[-1][:3], True)

    def _guess(self, rows: list[Row]) -> None:
        """Fill a small step with what replies may say next, as far as their grammars and limits have room for it.

        A row costs about the same in any step, but a small step costs a share of its own: a guess in eight of ten right is worth
        its row when few requests are left, and not when the step is well filled without it.
        """
        if not self._context.can_go_back:
            return
        writers = [work for work in self._active if work.logits and work.ready.matcher is not None]
        for n, work in enumerate(writers):
            matcher = work.ready.matcher
            room = min((self._filled - len(rows)) // (len(writers) - n), work.ready.request.limit - len(work.out) - 1)
            if matcher is None or room <= 0:
                continue
            guess = work.lookahead.guess(work.out, room)
            work.ahead = guess[: matcher.prefix(guess)]
            work.logits += range(len(rows), len(rows) + len(work.ahead))
            rows += [(token, work.at + k, work.sequence, True) for k, token in enumerate(work.ahead)]

    def _compute(self, prefix: Prefix, rows: list[Row], budget: int) -> None:
        if prefix.parent is not None and not prefix.fed:
            self._context.share(prefix.parent.sequence, prefix.sequence)
        take = prefix.tokens[prefix.fed :][: budget - len(rows)]
        at = prefix.start + prefix.fed
        rows += [(token, at + k, prefix.sequence, False) for k, token in enumerate(take)]
        prefix.fed += len(take)

    def _advance(self, work: Work) -> None:
        """Go on from the logits of a finished row: read them, or choose the next tokens, as far as the guess was right."""
        request, matcher = work.ready.request, work.ready.matcher
        if matcher is None:
            value = request.read(self._context.logits(work.logits[0])) if request.read else None
            state = self._context.state(work.logits[0]) if request.state or request.layer is not None else None
            if state is not None and work.total is not None:
                state = np.concatenate([state, rounded(work.total / len(work.ready.tokens.own))])
            self._finish(work, "stop", value=value, state=state)
            return
        right = 0
        while True:
            try:
                token = matcher.likeliest(self._context.logits(work.logits[right]))
                if token in self._enders:
                    self._finish(work, "stop")
                    return
                matcher.take(token)
                new = [token, *matcher.forced()]
            except ConstraintError as error:
                self._finish(work, "error", error=str(error))
                return
            room = request.limit - len(work.out)
            work.out += new[:room]
            if matcher.ended and len(new) <= room:
                self._finish(work, "stop")
                return
            if len(new) >= room:
                self._finish(work, "length")
                return
            same = _in_common(new, work.ahead[right:])
            right += same
            if same < len(new):
                break
        work.lookahead.learn(len(work.ahead), right)
        work.at += right
        if right < len(work.ahead):
            self._context.drop(work.sequence, work.at)
        work.feed = new[same:]

    def _finish(
        self, work: Work, finish: Finish, *, value: float | None = None, state: NDArray[np.float32] | None = None, error: str = ""
    ) -> None:
        usage = replace(work.usage, generated=len(work.out))
        spent = round((time.monotonic() - work.started) * 1000)
        self._release(work)
        done = Done(work.ready.request.index, finish, tuple(work.out), value, usage, spent, error, state)
        work.run.finished.append(done)

    def _settle(self, run: Run, done: Done) -> None:
        run.waiting.popleft()
        run.finished.append(done)

    def _release(self, work: Work) -> None:
        """Give back what a request held."""
        self._context.drop(work.sequence)
        self._spare.append(work.sequence)
        self._cells += work.cells
        self._prefixes.unpin(work.prefix)
        self._active.remove(work)
        work.run.open -= 1

    def _forget(self, prefix: Prefix) -> None:
        self._context.drop(prefix.sequence)
        self._cells += len(prefix.tokens)
        self._prefixes.remove(prefix)

    def _restart(self) -> None:
        """Begin again after a failed step: no cell and no count can be trusted, and every request goes back to its run."""
        for work in reversed(self._active):
            work.run.waiting.appendleft(work.ready.request)
        for run in self._runs:
            run.open = 0
            run.next = None
        self._active.clear()
        self._spare = list(range(self._sequences))
        self._context.clear()
        self._prefixes = Prefixes(list(range(self._sequences, self._context.shape.sequences)))
        self._cells = self._context.cells


def _in_common(one: list[int], other: list[int]) -> int:
    """Return how many tokens two lists begin with alike."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _too_long(prompt: int, reply: int, longest: int) -> str:
    with_reply = f" with a reply of {reply}" if prompt <= longest else ""
    return f"prompt of {prompt} tokens does not fit the context of {longest}{with_reply}"
