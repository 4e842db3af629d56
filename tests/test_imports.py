"""Imports point one way, and what one module is there for, no other does. Read from the source, nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import briefing

PACKAGE = Path(briefing.__file__).parent
# A module may import what stands above it, and its own folder; never a sibling of its line.
LEVELS = [
    {"__init__", "errors", "address"},
    {"types", "progress", "eta", "resources", "calls", "day", "durable"},
    {"brief"},
    {"records"},
    {"text"},
    {"config", "model", "sources", "page", "console", "language"},
    {"store", "register"},
    {"arrange", "plot", "index", "similarity", "identity", "digest"},
    {"sqlite", "postgres"},
    {"opening"},
    {"stages", "atom", "schedule", "render", "render_answer", "render_article", "render_diff", "render_timeline"},
    {"pipeline", "check", "verify", "diff", "web"},
    {"engines", "output", "reading", "threads"},
    {"target", "fetching"},
    {"history", "forget", "archive", "lookback"},
    {"asking", "pages", "sending"},
    {"app", "serving", "schemas"},
    {"api"},
    {"newsroom"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}
ONLY = {
    "llama_cpp": "briefing.model.llama",
    "llguidance": "briefing.model.llama",
    "httpx": "briefing.model.server briefing.fetching.web",
    "tenacity": "briefing.model.server briefing.fetching.web",
    "rich": "briefing.console",
    "spacy": "briefing.language.english",
    "sqlite3": "briefing.sqlite briefing.fetching.web",
    "psycopg": "briefing.postgres briefing.newsroom.queue",
    "pgvector": "briefing.postgres",
    "datasketch": "briefing.newsroom.signature",
    "safetensors": "briefing.model.embedder",
    "threadpoolctl": "briefing.model.embedder",
    "tokenizers": "briefing.model.embedder",
    "hishel": "briefing.fetching.web",
    "protego": "briefing.fetching.web",
    "listparser": "briefing.fetching.fetch",
    "feedparser": "briefing.sources.readers.feed",
    "trafilatura": "briefing.sources.readers.page",
    "lxml": "briefing.sources.readers.page briefing.sources.readers.hidden",
    "pypdfium2": "briefing.sources.readers.pdf",
    "docx": "briefing.sources.readers.word",
    "apprise": "briefing.sending",
    "xllamacpp": "briefing.model.prebuilt",
    "procrastinate": "briefing.newsroom.queue",
}
ONLY |= {
    "typer": "briefing.cli",
    "os.environ": "briefing.config briefing.cli.running",
    "os.getenv": "briefing.config",
    "print": "briefing.cli.printing",
}
ONLY |= dict.fromkeys(("sys.exit", "exit", "quit", "SystemExit"), "briefing.cli.running")


def used(source: str, module: str) -> Iterator[str]:
    """Yield the full names that a module imports, and the dotted names it uses of what has one owner."""
    tree = ast.parse(source, filename=module)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    handed = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "env"]  # whole, to a child
    allowed = {id(name) for value in handed if isinstance(value, ast.Dict) for name in value.values}
    allowed |= {id(call.func) for call in calls if any(keyword.arg == "file" for keyword in call.keywords)}  # not on stdout
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(module.split(".")[: -node.level]) + "." if node.level else ""
            yield from (f"{base}{node.module or ''}.{alias.name}".replace("..", ".") for alias in node.names)
        elif isinstance(node, ast.Name | ast.Attribute) and id(node) not in allowed:
            yield from {ast.unparse(node)} & ONLY.keys()


def faults(source: str, module: str) -> list[str]:
    """Return what a module may not do."""
    group = module.split(".")[1]
    if group == "__init__":  # the door: what it names is imported when it is asked for, see test_lazy
        return []
    found = []
    for name in used(source, module):
        if name.split(".")[0] == "briefing":
            other = name.split(".")[1] if name.split(".")[1:] and name.split(".")[1] in LEVEL else "__init__"
            if other != group and LEVEL[other] >= LEVEL[group]:
                found.append(f"{module} imports {name}")
        for mine, owner in ONLY.items():
            if (name == mine or name.startswith(f"{mine}.")) and not f"{module}.".startswith(tuple(f"{one}." for one in owner.split())):
                found.append(f"{module} uses {name}")
    return found


def test_imports_point_one_way() -> None:
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        module = ".".join(parts)
        assert parts[1] in LEVEL, f"{module} has no level: say where it belongs"
        found += faults(file.read_text(encoding="utf-8"), module)
    assert found == []


def test_a_planted_bad_edge_is_found() -> None:
    bad = {
        "briefing.types": "from briefing import store",
        "briefing.model.cached": "def f():\n    import briefing.store",
        "briefing.text.spans": "from ..model.base import Call",
        "briefing.language.cuts": "from briefing.similarity import cosine",
        "briefing.language.kept": "from briefing.model.base import Call",
        "briefing.similarity": "from briefing.stages import rank",
        "briefing.stages.summarize": "import briefing.pipeline as p",
        "briefing.stages.check": "import spacy",
        "briefing.model.states": "import llama_cpp.llama",
        "briefing.model.llamas": "from llguidance import LLMatcher",
        "briefing.app": "import os\nos.environ.get('X')",
        "briefing.sources.files": "from os import environ",
        "briefing.pipeline": "print('hello')",
        "briefing.model.wheels": "run(env={'A': os.environ['X']})",
        "briefing.verify": "import sys\nsys.exit(1)",
        "briefing.diff": "raise SystemExit",
        "briefing.cli.ask": "print('hello')",
        "briefing.cli.show": "import sys\nsys.exit(1)",
    }
    for module, source in bad.items():
        assert len(faults(source, module)) == 1, (module, source, faults(source, module))
    good = {
        "briefing.cli.running": "import sys, typer\nfrom briefing.app import run\nsys.exit(1)",
        "briefing.cli.printing": "print('hello')",
        "briefing.model.__init__": "from . import base",
        "briefing.model.llama.engine": "import llama_cpp\nfrom ..base import Call\nfrom briefing import text",
        "briefing.console": "import sys\nfrom rich import progress\nprint(1, file=sys.stderr)",
        "briefing.config": "import os\nos.environ",
        "briefing.model.parts": "run(env={**os.environ, 'TMPDIR': 'x'})",
    }
    assert [fault for module, source in good.items() for fault in faults(source, module)] == []
