"""Checks tokens against a JSON Schema; JSON is compact, without free white space.

A broken grammar is a ConstraintError, to be told as that request's error. Compiled matchers are kept and copied,
never shared.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import llguidance.numpy
import numpy as np
from llguidance import LLMatcher, LLTokenizer
from numpy.typing import NDArray

from briefing.model.base import Constraint

if TYPE_CHECKING:
    from llguidance._lib import JsonCompileOptions

_KEPT = 64
_COMPACT: JsonCompileOptions = {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}


class ConstraintError(Exception):
    """A constraint that cannot be compiled, or whose matcher gave up. Never leaves this package."""


class Constraints:
    """Compiles constraints for one tokenizer, and keeps the last few."""

    def __init__(self, tokenizer: LLTokenizer) -> None:
        self._tokenizer = tokenizer
        self._compiled: OrderedDict[Constraint, LLMatcher] = OrderedDict()
        self._mask: NDArray[np.int32] = llguidance.numpy.allocate_token_bitmask(1, tokenizer.vocab_size)

    def matcher(self, constraint: Constraint) -> Matcher:
        """Return a fresh matcher; ConstraintError where the grammar is broken."""
        if constraint not in self._compiled:
            self._compiled[constraint] = self._compile(constraint)
            if len(self._compiled) > _KEPT:
                self._compiled.popitem(last=False)
        self._compiled.move_to_end(constraint)
        return Matcher(self._compiled[constraint].deep_copy(), self._mask)

    def _compile(self, constraint: Constraint) -> LLMatcher:
        try:
            grammar = LLMatcher.grammar_from_json_schema(constraint.schema, overrides=_COMPACT)
        except ValueError as error:
            raise ConstraintError(_first_line(str(error))) from error
        matcher = LLMatcher(self._tokenizer, grammar, log_level=0)
        if matcher.is_error():
            raise ConstraintError(_first_line(matcher.get_error()))
        return matcher


class Matcher:
    """Where one reply stands in its grammar."""

    def __init__(self, matcher: LLMatcher, mask: NDArray[np.int32]) -> None:
        self._matcher = matcher
        self._mask = mask

    def likeliest(self, logits: NDArray[np.float32]) -> int:
        """Return the likeliest token that the grammar admits; masks only if the likeliest of all is refused."""
        token = int(logits.argmax())
        if self._matcher.validate_tokens([token]) == 1:
            return token
        llguidance.numpy.fill_next_token_bitmask(self._matcher, self._mask, 0)
        bits = np.unpackbits(self._mask[0].view(np.uint8), count=logits.size, bitorder="little")
        allowed = np.flatnonzero(bits)
        if allowed.size == 0 or self._matcher.is_error():
            raise ConstraintError(self._reason())
        return int(allowed[logits[allowed].argmax()])

    def take(self, token: int) -> None:
        """Go past a token that `likeliest` returned."""
        if not self._matcher.consume_token(token):
            raise ConstraintError(self._reason())

    def forced(self) -> list[int]:
        """Go past the tokens that alone can follow, and return them."""
        tokens: list[int] = self._matcher.compute_ff_tokens()
        if tokens and not self._matcher.consume_tokens(tokens):
            raise ConstraintError(self._reason())
        return tokens

    def prefix(self, tokens: list[int]) -> int:
        """Return how many of these tokens could follow in a row."""
        return int(self._matcher.validate_tokens(tokens))

    @property
    def ended(self) -> bool:
        """True when nothing more can follow."""
        return bool(self._matcher.is_stopped())

    @property
    def failure(self) -> str:
        """Why the matcher gave up; empty while it works."""
        return _first_line(self._matcher.get_error()) if self._matcher.is_error() else ""

    def _reason(self) -> str:
        return self.failure or "no token can follow"


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines else "the grammar is broken"
