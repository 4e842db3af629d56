"""How close the embedded engine comes to the hardware, and how far ahead of a loop and of a server: one JSON object on stdout.

    python -m tests.benchmarks.engine [--model NAME|PATH] [--quick]

The requests are the program's own: the seeds' sentences, to be shortened, and judgements of what came of it. The wall is what one prompt
of 512 tokens reaches; every token, read or written, has to pass it. The loop is what one would write with llama-cpp-python:
`create_chat_completion` with `response_format`, one request after the other, the same prompts and schemas. The server is
`llama_cpp.server` with eight clients. All in one run, because only the ratios are stable; the wall and the loop are measured before,
between and after. Takes about twelve minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any

import llama_cpp
import pytest

from briefing.config import load_settings
from briefing.console import watcher
from briefing.engines import choose
from briefing.language.document import Document
from briefing.model import files
from briefing.model.base import Call, Prompt, Question, Usage
from briefing.model.llama import constraint
from briefing.model.llama.engine import LlamaModel
from briefing.model.server.address import Address
from briefing.model.server.fleet import ServerModel, discover
from briefing.model.server.requests import messages
from briefing.pipeline import tasks
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.stages.edits import Rewrite
from briefing.stages.judging import Judge
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import Chosen, summarize
from briefing.stages.support import asked as fields_of
from briefing.types import Edit
from tests.llama_server import plain_kernels, serving
from tests.model_here import default_parser
from tests.stages.fakes import FakeModel

SEEDS = Path(__file__).parents[2] / "seeds"
VERDICT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["reason", "supported"],
    "properties": {"reason": {"type": "string", "maxLength": 120}, "supported": {"enum": ["yes", "no"]}},
}
BARE = {"type": "object", "additionalProperties": False, "required": ["supported"], "properties": {"supported": {"enum": ["yes", "no"]}}}
SEQUENCES = (1, 2, 4, 8, 16, 32)
CLIENTS = 8
STARTED = time.perf_counter()


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", metavar="NAME|PATH", help="default: the default model, fetched if it is not there")
    parser.add_argument("--quick", action="store_true", help="a few requests instead of 64: does it run at all?")
    options = parser.parse_args()
    count, looped = (8, 2) if options.quick else (64, 9)
    sys.stdout.write(json.dumps(measure(model_file(options.model), count, looped), indent=2) + "\n")


def model_file(name: str | None) -> Path:
    """Return the file of a model of the catalog, fetched if need be, or the one that is named."""
    settings = load_settings({"model": name})
    chosen = choose(settings)
    return files.ensure(chosen.entry, settings.models, watcher()) if chosen.entry else chosen.path


def measure(path: Path, count: int, looped: int) -> dict[str, Any]:
    """Return the figures for `count` drafts and judgements, of which `looped` are also asked in a loop and of a server."""
    calls = shortened(count)
    third = max(1, looped // 3)
    with closing(Loop(path)) as loop:
        drafting = Parts(lambda: loop.drafts(calls[len(drafting.seconds) * third :][:third]), third)
        judging = Parts(lambda: loop.verdicts(asked[len(judging.seconds) * third :][:third], VERDICT), third)
        bare = Parts(lambda: loop.verdicts(asked[len(bare.seconds) * third :][:third], BARE), third)
        say("loading")
        started = time.perf_counter()
        model = open_model(path)
        ready = time.perf_counter() - started
        spent = watch(constraint.Matcher, ("likeliest", "take", "forced", "prefix")) + watch(constraint.Constraints, ("matcher",))
        walls = [wall(model)]
        say("drafts")
        drafting.measure()
        replies, draft_seconds, draft_usage = timed(model.generate(calls))
        constrained = sum(clock[0] for clock in spent)
        walls.append(wall(model))
        drafting.measure()
        claims = [json.loads(replies[n].text)["claim"] for n in range(len(calls))]
        support = tasks()["support"]
        asked = [
            Question("support", support.prompt(**fields_of(claim, [call.prompt.text]))) for claim, call in zip(claims, calls, strict=True)
        ]
        say("judgements")
        judging.measure()
        bare.measure()
        _, judge_seconds, judge_usage = timed(model.judge(asked))
        walls.append(wall(model))
        judging.measure()
        bare.measure()
        drafting.measure()
        say("the same requests in another order")
        steady = steadiness(model, calls[: third * 8], asked[: third * 8])
        say("more requests")
        growth = [grown(model, asked, times) for times in (1, 2)]
        model.close()
    say("sequences")
    table = [by_sequences(path, calls[: max(2, count // 4)], sequences) for sequences in SEQUENCES]
    say("server")
    served_draft, served_judgement = served(path, calls[:looped], asked[:looped])
    best = max(walls)
    drafted, judged = draft_seconds / count, judge_seconds / count
    return {
        "ready_seconds": round(ready, 2),
        "wall_tokens_per_second": round(best, 1),
        "slowest_wall": round(min(walls), 1),
        "drafts_per_second": round(1 / drafted, 3),
        "judgements_per_second": round(1 / judged, 3),
        "drafts_share_of_wall": round((draft_usage.prompt + draft_usage.generated) / draft_seconds / best, 3),
        "judgements_share_of_wall": round(judge_usage.prompt / judge_seconds / best, 3),
        "drafts_vs_loop": round(drafting.mean / drafted, 2),
        "judgements_vs_loop": round(judging.mean / judged, 2),
        "judgements_vs_loop_without_reason": round(bare.mean / judged, 2),
        "drafts_vs_server": round(served_draft / drafted, 2),
        "judgements_vs_server": round(served_judgement / judged, 2),
        "tokens_per_claim": round((draft_usage.prompt + draft_usage.generated) / count, 1),
        "tokens_per_judgement": round(judge_usage.prompt / count, 1),
        "constraint_share": round(constrained / draft_seconds, 4),
        "same_in_other_order": steady,
        "sequences": table,
        "requests": growth,
    }


class Parts:
    """The same thing measured several times in a run, each time with other requests; `mean` is the seconds of one request."""

    def __init__(self, run: Callable[[], float], size: int) -> None:
        self._run = run
        self._size = size
        self.seconds: list[float] = []

    def measure(self) -> None:
        """Measure once more."""
        self.seconds.append(self._run() / self._size)

    @property
    def mean(self) -> float:
        """Return the seconds of a request, over all times."""
        return statistics.mean(self.seconds)


def shortened(count: int) -> list[Call]:
    """Return the requests to shorten that many sentences of the seeds, each as if three parts of it could go: few of them are that long."""
    parser, model, known = default_parser(), FakeModel(), tasks()
    documents = [Document(outcome.article, parser) for outcome in read([SEEDS]) if outcome.article is not None]
    told = [(document, rewrite(document, sentence.number)) for document in documents for sentence in document.article.sentences]
    chosen = [
        Chosen(document, plan._replace(needed=(), optional=parts(document, plan.number)), 1.0)
        for document, plan in told
        if isinstance(plan, Rewrite) and not plan.verbatim
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefing.stages.summarize.WHOLE", 0)
        summarize(chosen, judge=Judge(model, known), progress=Silent())
    return (model.calls * (count // len(model.calls) + 1))[:count]


def parts(document: Document, number: int) -> tuple[Edit, ...]:
    """Return three parts of a sentence, of three words each or fewer, with words between them."""
    start = document.sentence(number).start
    spans = [match.span() for match in re.finditer(r"(?: \S+){1,3}", document.text(number))][:6:2]
    return tuple(Edit(start=start + first, end=start + last, reason="aside") for first, last in spans)


def open_model(path: Path, sequences: int | None = None) -> LlamaModel:
    """Open a model file as the engine has it."""
    return LlamaModel(path, name=path.stem, sha256="0" * 64, sequences=sequences)


def wall(model: LlamaModel) -> float:
    """Return the tokens a second of one prompt of 512 tokens, the better of two."""
    text = " ".join(f"{n} rivers rose by {n * 7} metres" for n in range(400))
    tokens = model._weights.plain(text)[:490] if model._weights else ()
    text = model._tokenizer.decode_bytes(list(tokens)).decode()
    rates = []
    for n in range(2):
        _, seconds, usage = timed(model.judge([Question("wall", Prompt("", (), "", f"{n} {text}"))]))
        rates.append(usage.prompt / seconds)
    return max(rates)


def timed(answers: Iterable[tuple[int, Any]]) -> tuple[dict[int, Any], float, Usage]:
    """Return the answers by index, the seconds that it takes to get them all, and their tokens."""
    started = time.perf_counter()
    found = dict(answers)
    seconds = time.perf_counter() - started
    return found, seconds, sum((answer.usage for answer in found.values()), Usage())


def steadiness(model: LlamaModel, calls: Sequence[Call], asked: Sequence[Question]) -> dict[str, Any]:
    """Return how far answers hold when other requests stand beside them: asked in order, backwards, and some of them alone."""
    alone = len(calls) // 3
    forward = [reply.text for _, reply in sorted(model.generate(calls), key=lambda pair: pair[0])]
    backward = [reply.text for _, reply in sorted(model.generate(calls[::-1]), key=lambda pair: -pair[0])]
    single = [reply.text for call in calls[:alone] for _, reply in model.generate([call])]
    one = [judgement.probability for _, judgement in sorted(model.judge(asked), key=lambda pair: pair[0])]
    other = [judgement.probability for _, judgement in sorted(model.judge(asked[::-1]), key=lambda pair: -pair[0])]
    return {
        "drafts_backwards": f"{sum(a == b for a, b in zip(forward, backward, strict=True))} of {len(calls)}",
        "drafts_alone": f"{sum(a == b for a, b in zip(forward, single, strict=False))} of {alone}",
        "judgements_moved_at_most": round(max(abs((a or 0) - (b or 0)) for a, b in zip(one, other, strict=True)), 4),
    }


def by_sequences(path: Path, calls: Sequence[Call], sequences: int) -> dict[str, float]:
    """Return the tokens a second of drafts with so many requests at once."""
    with closing(open_model(path, sequences)) as model:
        _, seconds, usage = timed(model.generate(calls))
    return {"at_once": sequences, "tokens_per_second": round((usage.prompt + usage.generated) / seconds, 1)}


def grown(model: LlamaModel, asked: Sequence[Question], times: int) -> dict[str, float]:
    """Return time and memory of so many judgements."""
    _, seconds, _ = timed(model.judge([*asked] * times))
    count = len(asked) * times
    return {"requests": count, "seconds_a_request": round(seconds / count, 3), "resident_mb": round(resident() / 1e6)}


def resident() -> int:
    """Return this process's resident memory in bytes; 0 where it is not told."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
    except OSError:
        return 0


def served(path: Path, calls: Sequence[Call], asked: Sequence[Question]) -> tuple[float, float]:
    """Return the seconds of a draft and of a judgement by `llama_cpp.server`, with eight clients asking at once."""
    with serving(path) as url:
        addresses = [Address(url, parallel=CLIENTS)]
        model = ServerModel(addresses, discover(addresses), say)
        _, drafted, _ = timed(model.generate(calls))
        _, judged, _ = timed(model.judge(asked))
    return drafted / len(calls), judged / len(asked)


class Loop:
    """What one would write with llama-cpp-python: one request after the other."""

    def __init__(self, path: Path) -> None:
        with plain_kernels():
            self._llama = llama_cpp.Llama(str(path), n_ctx=2048, verbose=False, n_gpu_layers=0)

    def drafts(self, calls: Sequence[Call]) -> float:
        """Return the seconds of these drafts."""
        return sum(self._ask(call.prompt, json.loads(call.constraint.schema), call.max_tokens) for call in calls)

    def verdicts(self, questions: Sequence[Question], schema: dict[str, Any]) -> float:
        """Return the seconds of these judgements, written as JSON."""
        return sum(self._ask(question.prompt, schema, 80) for question in questions)

    def close(self) -> None:
        """Free the model."""
        self._llama.close()

    def _ask(self, prompt: Prompt, schema: dict[str, Any], limit: int) -> float:
        asked: Any = messages(prompt)
        form: Any = {"type": "json_object", "schema": schema}
        started = time.perf_counter()
        self._llama.create_chat_completion(asked, temperature=0, max_tokens=limit, response_format=form)
        return time.perf_counter() - started


def watch(owner: type, names: tuple[str, ...]) -> list[list[float]]:
    """Wrap methods so that the time spent in them adds up; return the clocks."""
    clocks = []
    for name in names:
        clock = [0.0]
        setattr(owner, name, _clocked(getattr(owner, name), clock))
        clocks.append(clock)
    return clocks


def _clocked(function: Callable[..., Any], clock: list[float]) -> Callable[..., Any]:
    @wraps(function)
    def clocked(*args: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*args)
        finally:
            clock[0] += time.perf_counter() - started

    return clocked


def say(text: str) -> None:
    """Tell on stderr how far it is."""
    sys.stderr.write(f"{time.perf_counter() - STARTED:6.1f} s  {text}\n")


if __name__ == "__main__":
    main()
