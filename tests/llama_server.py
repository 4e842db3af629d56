"""A real server to test against: `llama_cpp.server` with a model file, on a free port of this machine.

    python -m tests.llama_server --model FILE --port 0 [OPTIONS of llama_cpp.server]

Run so, it is `python -m llama_cpp.server`, but that llama.cpp's kernels for AMX stay off as in the engine: where they are broken, they
end the process.
"""

from __future__ import annotations

import contextlib
import re
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def serving(model: Path, *options: str, ready_within: float = 120.0) -> Iterator[str]:
    """Start a server, give its address once it answers, and stop it. RuntimeError with its last words where it does not start."""
    command = [sys.executable, "-m", "tests.llama_server", "--model", str(model), "--model_alias", model.stem, "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    said: list[str] = []
    found = threading.Event()

    def listen() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            if "Uvicorn running on" in line:
                found.set()
        found.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        found.wait(ready_within)
        address = re.search(r"Uvicorn running on (http://\S+)", "".join(said))
        if address is None:
            raise RuntimeError(f"the server did not start: {''.join(said[-5:])}")
        yield address.group(1)
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def plain_kernels() -> Iterator[None]:
    """Let llama_cpp load models with the same kernels as the engine does: where the AMX ones are broken, they end the process."""
    import llama_cpp

    library: Any = llama_cpp.llama_cpp
    default = library.llama_model_default_params

    def without_amx() -> Any:
        parameters = default()
        parameters.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
        return parameters

    library.llama_model_default_params = without_amx
    try:
        yield
    finally:
        library.llama_model_default_params = default


def main() -> None:
    """Run the server in this process."""
    with plain_kernels():
        runpy.run_module("llama_cpp.server", run_name="__main__")


if __name__ == "__main__":
    main()
