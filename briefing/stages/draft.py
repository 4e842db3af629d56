"""One sentence, one claim: the request to the model, with a grammar made for that sentence.

Problem: a small model rewrites freely and loses who said it, swaps actors, borrows subjects. Choice: a claim is made of the words of its
sentence, in their order; parts may be dropped, but not the words that carry their truth. Reason: free drafts
of this model often lose the speaker, and the judge does not see it. A stronger model would change this.
"""

import json
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.model.base import Call, Constraint, Reply
from briefing.model.task import Task
from briefing.stages.plan import Plan
from briefing.text.clauses import Part, Piece
from briefing.text.words import fold, words

_END = "[.]"


class Answer(BaseModel):
    """The reply of the draft task. The claim may begin with a space, which is not part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str = Field(min_length=2, max_length=600)


def pattern(parts: Sequence[Part]) -> str:
    """Return the regular expression of every claim that may be drafted from these parts: a space before each word, one full stop."""
    return "".join(_part(part) for part in parts) + _END


def _part(part: Part) -> str:
    words = "".join(_piece(piece) for piece in part.pieces)
    return words if part.main else f"({words})?"


def _piece(piece: Piece) -> str:
    text = _literal(re.sub(r"[.,](?=[”»]$)", "\0", _plain(piece.text))).replace("\0", "[.,]?")
    word = f" {text}[,;:]?"
    return word if piece.needed else f"({word})?"


def _literal(text: str) -> str:
    """Escape text for a pattern as every reader of one understands it: in classes and codes, for some servers know no other escapes."""
    return re.sub(r"[.$*+?(){}|]", r"[\g<0>]", re.sub(r"[\[\]^\\]", lambda mark: f"\\x{ord(mark[0]):02X}", text))


def _plain(text: str) -> str:
    """Return text as it may stand in a JSON string and in the prompt: straight double quotes become typographic ones."""
    text = re.sub(r'^"(.*?)("?)$', lambda m: f"“{m.group(1)}{'”' if m.group(2) else ''}", text)
    return text.replace('"', "”").replace("\\", " ")


def schema(parts: Sequence[Part]) -> str:
    """Return the JSON Schema of the reply: the claim is held to the pattern of these parts."""
    claim = {"type": "string", "pattern": f"^{pattern(parts)}$"}
    reply = {"type": "object", "properties": {"claim": claim}, "required": ["claim"], "additionalProperties": False}
    return json.dumps(reply, ensure_ascii=False)


def call(task: Task, plan: Plan, *, again: bool = False) -> Call:
    """Return the request for a claim. `again` asks for the second draft: only what must be there, the side parts dropped."""
    parts = tuple(p for p in plan.parts if p.main) if again else plan.parts
    sentence = " ".join(piece.text for part in parts for piece in part.pieces) + "." if again else plan.text
    quoted = re.sub(r'"([^"]*)"', r"“\1”", sentence).replace('"', "”")
    return Call(task.name, task.prompt(sentence=quoted), Constraint(schema(parts)), task.max_tokens)


def read(reply: Reply, plan: Plan) -> str | None:
    """Return the claim of a reply, or None where it did not end or is not made of the plan's words in their order.

    The second is for servers that do not hold the model to its grammar; what such a model writes of its own is nobody's statement.
    """
    if reply.finish != "stop":
        return None
    try:
        claim = Answer.model_validate_json(reply.text).claim.strip()
    except ValidationError:
        return None
    rest = iter([fold(word.text) for word in words(_plain(plan.kept))])
    if not words(claim) or any(fold(word.text) not in rest for word in words(claim)):
        return None
    claim = re.sub(r"[.,]”\.$", ".”", claim)  # American and British full stops at once
    return claim[:1].upper() + claim[1:]
