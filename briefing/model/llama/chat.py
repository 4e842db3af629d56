"""Turns prompt parts into tokens through the model's own chat template; no content ever becomes a special token.

The template is rendered once per shape of a conversation, with sentinels in place of the contents; what stands
between the sentinels is scaffolding and may contain special tokens, the contents are tokenised apart and may not.
Contents pass unstripped. A template comes with a file from anywhere: it is run in bounds, and what goes beyond them is refused.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import jinja2

from briefing.errors import ModelUnsuitableError
from briefing.model.base import Prompt
from briefing.model.llama.bounded import COMPILING, RENDERING, Bounded, EndlessError, bounded

# Some templates print today's date. The same request must give the same reply on any day, so theirs stands still.
_TODAY = datetime(2024, 7, 26, tzinfo=UTC)
_KEPT = 64
_SHOWN = 200  # characters of what is said of a template
_LONGEST = 1 << 17  # characters of a template
_BROKEN = (
    jinja2.TemplateError,
    *(TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, SyntaxError, MemoryError),
    EndlessError,
)
"""What a template raises that is no template for chats."""
_MARK = re.compile("\ue000([0-9]+)\ue001")


class Vocabulary(Protocol):
    """What chat needs of a model's tokenizer."""

    def plain(self, text: str) -> tuple[int, ...]:
        """Return the tokens of text that is data: none of them special."""

    def special(self, text: str) -> tuple[int, ...]:
        """Return the tokens of scaffolding, where special tokens are meant."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A prompt as tokens: what its task shares, what its group shares, its own with the end of the turn."""

    prefix: tuple[int, ...]
    shared: tuple[int, ...]
    own: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.prefix) + len(self.shared) + len(self.own)


@dataclass(frozen=True, slots=True)
class Specials:
    """The special tokens a template may ask for, and whether the model wants its text to begin with the first."""

    bos: str = ""
    eos: str = ""
    add_bos: bool = False


class Chat:
    """One model's chat template. `tokens` is a pure function of the prompt; the last few prefixes are remembered."""

    def __init__(self, template: str, specials: Specials, vocabulary: Vocabulary) -> None:
        if not template:
            raise ModelUnsuitableError("the model has no chat template", "take an instruct model, in GGUF with its template")
        if len(template) > _LONGEST:
            raise _unsuitable(ValueError(f"it has {len(template):,} characters"))
        environment = Bounded(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"], autoescape=False)
        environment.globals["raise_exception"] = _raise
        environment.globals["strftime_now"] = _TODAY.strftime
        try:
            with bounded(COMPILING):
                self._template = environment.from_string(template)
        except _BROKEN as error:
            raise _unsuitable(error) from error
        self._specials = specials
        self._vocabulary = vocabulary
        self._scaffolds: dict[tuple[bool, int], tuple[tuple[int, ...], ...]] = {}
        self._prefixes: OrderedDict[tuple[str, tuple[tuple[str, str], ...]], tuple[int, ...]] = OrderedDict()
        self._scaffold(system=True, examples=0)  # a template that cannot be used is found now, not at the first request

    def tokens(self, prompt: Prompt) -> Tokens:
        """Return the prompt's tokens, each part tokenised apart."""
        scaffold = self._scaffold(system=bool(prompt.system), examples=len(prompt.examples))
        plain = self._vocabulary.plain
        return Tokens(prefix=self._prefix(prompt, scaffold), shared=plain(prompt.shared), own=plain(prompt.text) + scaffold[-1])

    def _prefix(self, prompt: Prompt, scaffold: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
        key = (prompt.system, prompt.examples)
        if key not in self._prefixes:
            contents = [prompt.system] if prompt.system else []
            contents += [content for turn in prompt.examples for content in turn]
            tokens = list(scaffold[0])
            for content, after in zip(contents, scaffold[1:-1], strict=True):
                tokens += self._vocabulary.plain(content)
                tokens += after
            self._prefixes[key] = tuple(tokens)
            if len(self._prefixes) > _KEPT:
                self._prefixes.popitem(last=False)
        self._prefixes.move_to_end(key)
        return self._prefixes[key]

    def _scaffold(self, *, system: bool, examples: int) -> tuple[tuple[int, ...], ...]:
        """Return the tokens before, between and after the contents of a conversation of this shape."""
        shape = (system, examples)
        if shape not in self._scaffolds:
            roles = ["system"] * system + ["user", "assistant"] * examples + ["user"]
            messages = [{"role": role, "content": f"\ue000{n}\ue001"} for n, role in enumerate(roles)]
            attempts = [messages]
            if system:  # a template without a system role: its text opens the first user message
                joined = f"{messages[0]['content']}\n\n{messages[1]['content']}"
                attempts.append([{"role": "user", "content": joined}, *messages[2:]])
            pieces = self._render(attempts, len(roles))
            if self._specials.add_bos and not pieces[0].startswith(self._specials.bos):
                pieces[0] = self._specials.bos + pieces[0]
            self._scaffolds[shape] = tuple(self._vocabulary.special(piece) for piece in pieces)
        return self._scaffolds[shape]

    def _render(self, attempts: list[list[dict[str, str]]], contents: int) -> list[str]:
        problem: BaseException = ValueError("it leaves out or repeats messages")
        for messages in attempts:
            try:
                with bounded(RENDERING):
                    text = self._template.render(
                        messages=messages,
                        add_generation_prompt=True,
                        bos_token=self._specials.bos,
                        eos_token=self._specials.eos,
                    )
            except _BROKEN as error:
                problem = error
                continue
            if [int(number) for number in _MARK.findall(text)] == list(range(contents)):
                return _MARK.split(text)[::2]
        raise _unsuitable(problem) from problem


def _unsuitable(problem: BaseException) -> ModelUnsuitableError:
    if isinstance(problem, EndlessError | MemoryError | RecursionError):
        reason = "it does not end, or takes more than any template needs"
    else:
        reason = " ".join(str(problem).encode("utf-8", "replace").decode().split())[:_SHOWN] or type(problem).__name__
    return ModelUnsuitableError(f"the model's chat template cannot be used: {reason}", "take another instruct model")


def _raise(message: str) -> None:
    raise jinja2.TemplateError(message)
