"""How well the judge tells true claims from edited ones: the figures behind its threshold.

    python -m tests.benchmarks.judge BRIEF.json [--every N]

The claims of a brief are taken as true (read them first), and each is edited by rule: two names swapped, a name replaced, numbers raised,
a "not" put in, another sentence's claim. Prints, a kind of edit a line, the area under the curve and the share refused at the threshold.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from briefing.app import choose, llama
from briefing.config import load_settings
from briefing.console import watcher
from briefing.model.base import Identity
from briefing.model.files import ensure
from briefing.pipeline import tasks
from briefing.stages.judge import THRESHOLD, support
from briefing.text.names import names
from briefing.types import Brief, Claim

_STRANGERS = ("Brazil", "Angela Merkel", "Toyota", "Kazakhstan")
_VERB = re.compile(r"\b(?:is|was|were|has|had|will|have|are)\b")

Case = tuple[str, str, list[str]]
"""Kind of edit ("true" for none), the claim, the quotes of its citations."""


def edits(claims: list[Claim]) -> list[Case]:
    """Return the claims and their edited forms, in a fixed order."""
    cases: list[Case] = []
    for n, claim in enumerate(claims):
        quotes = [citation.quote for citation in claim.citations]
        text = claim.text
        cases.append(("true", text, quotes))
        found = list(dict.fromkeys(name.text for name in names(text)))
        if len(found) > 1:
            first, last = found[0], found[-1]
            cases.append(("swapped names", text.replace(first, "\0").replace(last, first).replace("\0", last), quotes))
            cases.append(("another name", text.replace(last, _STRANGERS[n % len(_STRANGERS)]), quotes))
        if re.search(r"\d", text):
            cases.append(("another number", re.sub(r"\d+", lambda m: str(int(m.group()) + 7), text), quotes))
        if verb := _VERB.search(text):
            cases.append(("negated", f"{text[: verb.end()]} not{text[verb.end() :]}", quotes))
        cases.append(("another claim", claims[(n + 5) % len(claims)].text, quotes))
    return cases


def area(true: list[float], false: list[float]) -> float:
    """Return the area under the ROC curve: how often a true claim scores above a false one."""
    return sum((t > f) + 0.5 * (t == f) for t in true for f in false) / (len(true) * len(false))


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("brief", type=Path)
    parser.add_argument("--every", type=int, default=2, help="take every Nth claim (default 2)")
    options = parser.parse_args()
    brief = Brief.model_validate_json(options.brief.read_text(encoding="utf-8"))
    cases = edits([claim for claim in brief.claims if not claim.verbatim][:: options.every])
    settings = load_settings({})
    entry = choose(settings).entry
    if entry is None:
        sys.exit("error: the default model is measured")
    model = llama(ensure(entry, settings.models, watcher()), Identity(entry.name, entry.sha256), settings)
    judged = support(model, tasks()["support"], [(text, quotes) for _, text, quotes in cases])
    model.close()
    scores: dict[str, list[float]] = {}
    for (kind, _, _), judgement in zip(cases, judged, strict=True):
        scores.setdefault(kind, []).append(judgement.probability or 0.0)
    true = scores.pop("true")
    figures = {
        "threshold": THRESHOLD,
        "true": {"claims": len(true), "passed": round(sum(p >= THRESHOLD for p in true) / len(true), 3), "least": round(min(true), 3)},
        **{
            kind: {"claims": len(p), "area": round(area(true, p), 3), "refused": round(sum(x < THRESHOLD for x in p) / len(p), 3)}
            for kind, p in scores.items()
        },
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
