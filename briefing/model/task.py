"""One definition of a task: prompt text, worked examples and limits together in one file, versioned and hashed.

A task file is TOML in `prompts/`: `name`, `version`, `system`, `user` (a jinja2 template of the own part of the last message),
optionally `shared` (a template of what several requests have in common), `max_tokens`, and `[[examples]]` with the template's
`fields` and the `reply`. White space in the file is what the model gets; an undefined variable is an error.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template, TemplateError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.errors import UsageError
from briefing.model.base import Prompt


class Example(BaseModel):
    """A worked example: the template's fields and the reply that is wanted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: dict[str, str]
    reply: str


class Task(BaseModel):
    """A prompt with its examples. `sha256` is of the file's bytes: it stands in the record, and any change of the file is another task."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int = Field(ge=1)
    system: str
    user: str
    shared: str = ""
    max_tokens: int = Field(default=192, ge=1)
    examples: tuple[Example, ...] = ()
    sha256: str

    @cached_property
    def _environment(self) -> Environment:
        return Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - text for a model

    @cached_property
    def _templates(self) -> tuple[Template, Template]:
        return self._environment.from_string(self.shared), self._environment.from_string(self.user)

    @cached_property
    def _turns(self) -> tuple[tuple[str, str], ...]:
        shared, user = self._templates
        return tuple((shared.render(e.fields) + user.render(e.fields), e.reply) for e in self.examples)

    def prompt(self, **fields: str) -> Prompt:
        """Return the prompt for these fields. Raises jinja2.UndefinedError where one is missing: a bug, not an input."""
        shared, user = self._templates
        return Prompt(self.system, self._turns, shared.render(fields), user.render(fields))


def load_task(path: Path) -> Task:
    """Read a task file. Raises UsageError, one line, where it is not one; the examples are rendered, so a wrong field shows at once."""
    try:
        return _task(path.read_bytes())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError, TemplateError) as error:
        raise UsageError(f"{path}: not a task file: {str(error).splitlines()[0]}") from error


@lru_cache(maxsize=64)
def _task(data: bytes) -> Task:
    task = Task.model_validate({**tomllib.loads(data.decode()), "sha256": hashlib.sha256(data).hexdigest()})
    _ = task._turns
    return task
