"""How close the embedded engine comes to the hardware, and how far ahead of a plain loop: one JSON object on stdout.

    python -m tests.benchmarks.engine [--model NAME|PATH] [--quick]

The wall is what one prompt of 512 tokens reaches; every token, read or written, has to pass it. The loop is what one
would write with llama-cpp-python: `create_chat_completion` with `response_format`, one request after the other. All in
one run, because only the ratios are stable.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import llama_cpp

from briefing.app import choose
from briefing.config import load_settings
from briefing.console import watcher
from briefing.model import files
from briefing.model.base import Call, Constraint, Prompt, Question, Usage
from briefing.model.llama import constraint
from briefing.model.llama.engine import LlamaModel

SEEDS = Path(__file__).parents[2] / "seeds"
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["speaker", "claim"],
    "properties": {"speaker": {"type": "string", "maxLength": 60}, "claim": {"type": "string", "maxLength": 300}},
}
VERDICT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["reason", "verdict"],
    "properties": {"reason": {"type": "string", "maxLength": 120}, "verdict": {"enum": ["yes", "no"]}},
}
DRAFT = "You get one sentence of an article. Return JSON: speaker (who said it, or empty) and claim (one neutral sentence)."
JUDGE = "Say whether the passage supports the sentence. Answer yes or no."
EXAMPLES = (
    (
        "The mayor said on Monday that the bridge would close.",
        '{"speaker":"The mayor","claim":"The bridge will close."}',
    ),
    ("Prices rose by 3 percent in May.", '{"speaker":"","claim":"Prices rose by 3 percent in May."}'),
)
LIMIT = 160


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", metavar="NAME|PATH", help="default: the default model, fetched if it is not there")
    parser.add_argument("--quick", action="store_true", help="a few requests instead of 64: does it run at all?")
    options = parser.parse_args()
    count, looped = (8, 2) if options.quick else (64, 8)
    sys.stdout.write(json.dumps(measure(model_file(options.model), count, looped), indent=2) + "\n")


def model_file(name: str | None) -> Path:
    """Return the file of a model of the catalog, fetched if need be, or the one that is named."""
    settings = load_settings({"model": name})
    chosen = choose(settings)
    return files.ensure(chosen.entry, settings.models, watcher()) if chosen.entry else chosen.path


def measure(path: Path, count: int, looped: int) -> dict[str, float]:
    """Return the figures for `count` drafts and judgements, of which `looped` are also asked in a loop."""
    sentences = read_seeds(count)
    started = time.perf_counter()
    model = LlamaModel(path, name=path.stem, sha256="0" * 64)
    ready = time.perf_counter() - started
    spent = watch(constraint.Matcher, ("likeliest", "take", "forced")) + watch(constraint.Constraints, ("matcher",))
    walls = [wall(model)]
    calls = [Call("draft", Prompt(DRAFT, EXAMPLES, "", text), Constraint(json.dumps(SCHEMA)), LIMIT) for text in sentences]
    drafts, draft_usage = timed(reply.usage for _, reply in model.generate(calls))
    constrained = sum(clock[0] for clock in spent)
    walls.append(wall(model))
    questions = [Question("judge", Prompt(JUDGE, (), f"Passage: {a}\n", f"Sentence: {b}")) for a, b in pairs(sentences)]
    judged, judge_usage = timed(answer.usage for _, answer in model.judge(questions))
    walls.append(wall(model))
    model.close()
    draft_loop, verdict_loop = loop(path, sentences[:looped])
    best = max(walls)
    return {
        "ready_seconds": round(ready, 2),
        "wall_tokens_per_second": round(best, 1),
        "drafts_per_second": round(count / drafts, 3),
        "judgements_per_second": round(count / judged, 3),
        "drafts_share_of_wall": round((draft_usage.prompt + draft_usage.generated) / drafts / best, 3),
        "judgements_share_of_wall": round(judge_usage.prompt / judged / best, 3),
        "drafts_vs_loop": round(draft_loop / (drafts / count), 2),
        "judgements_vs_loop": round(verdict_loop / (judged / count), 2),
        "tokens_per_claim": round((draft_usage.prompt + draft_usage.generated) / count, 1),
        "constraint_share": round(constrained / drafts, 4),
    }


def read_seeds(count: int) -> list[str]:
    """Return that many sentences of the articles, with typographic quotation marks."""
    found: list[str] = []
    for file in sorted(SEEDS.glob("*.txt")):
        found += [part.strip() for part in re.split(r"(?<=[.!?”])\s+", file.read_text(encoding="utf-8"))]
    long_enough = [text.replace('"', "”") for text in found if 8 < len(text.split()) < 60]
    return (long_enough * (count // len(long_enough) + 1))[:count]


def pairs(sentences: list[str]) -> Iterable[tuple[str, str]]:
    """Return four questions a passage, as the pipeline asks them."""
    for n in range(len(sentences)):
        yield sentences[n // 4], sentences[(n * 7) % len(sentences)]


def wall(model: LlamaModel) -> float:
    """Return the tokens a second of one prompt of 512 tokens."""
    text = " ".join(f"{n} rivers rose by {n * 7} metres" for n in range(400))
    chat = model._chat.tokens(Prompt("", (), "", text))
    tokens = [*chat.prefix, *chat.own][:512]
    context = model._context
    assert context is not None
    sequence = context.shape.sequences - 1
    context.drop(sequence)
    started = time.perf_counter()
    context.decode([(token, n, sequence, n == len(tokens) - 1) for n, token in enumerate(tokens)])
    context.logits(len(tokens) - 1)
    seconds = time.perf_counter() - started
    context.drop(sequence)
    return len(tokens) / seconds


def timed(usages: Iterable[Usage]) -> tuple[float, Usage]:
    """Return the seconds that it takes to get them all, and their sum."""
    started = time.perf_counter()
    total = sum(usages, Usage())
    return time.perf_counter() - started, total


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


def loop(path: Path, sentences: list[str]) -> tuple[float, float]:
    """Return the seconds of a draft and of a JSON verdict, asked one after the other as llama-cpp-python has it."""
    default = llama_cpp.llama_cpp.llama_model_default_params

    def without_amx() -> Any:  # the same kernels as the engine's: where the AMX ones are broken, they end the process
        params = default()
        params.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
        return params

    llama_cpp.llama_cpp.llama_model_default_params = without_amx
    try:
        llama = llama_cpp.Llama(str(path), n_ctx=2048, verbose=False, n_gpu_layers=0)
    finally:
        llama_cpp.llama_cpp.llama_model_default_params = default
    examples = [{"role": role, "content": text} for turn in EXAMPLES for role, text in zip(("user", "assistant"), turn, strict=True)]

    def ask(system: str, before: list[dict[str, str]], text: str, schema: dict[str, Any]) -> float:
        started = time.perf_counter()
        messages: Any = [{"role": "system", "content": system}, *before, {"role": "user", "content": text}]
        form: Any = {"type": "json_object", "schema": schema}
        llama.create_chat_completion(messages, temperature=0, max_tokens=LIMIT, response_format=form)
        return time.perf_counter() - started

    ask(DRAFT, examples, "It rained.", SCHEMA)
    drafts = [ask(DRAFT, examples, text, SCHEMA) for text in sentences]
    asked = [f"Passage: {a}\nSentence: {b}" for a, b in pairs(sentences)]
    verdicts = [ask(f"{JUDGE} Return JSON: reason and verdict.", [], text, VERDICT) for text in asked]
    llama.close()
    return statistics.mean(drafts), statistics.mean(verdicts)


if __name__ == "__main__":
    main()
