"""The second engine: xllamacpp, installed without a compiler; used only where llama_cpp is not there. It is asked as a server is.

Its server runs in this process, on a free port of loopback, behind a key made for this run. It gives no states, so what is read from them
is not known: its answers are kept under an identity of their own.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import secrets
from importlib import metadata
from pathlib import Path

from briefing.errors import ModelError, ModelUnsuitableError
from briefing.model.base import Identity
from briefing.model.wrapped import Wrapped

_TOKENS = 2048  # of one request, prompt and reply
_SEQUENCES = 2  # requests at once: each of them reads the instructions for itself, where the other engine reads them once
_QUIET = -1  # says nothing on stderr


def wanted() -> bool:
    """Return whether this engine is to be used: llama_cpp is not installed, and xllamacpp is."""
    return importlib.util.find_spec("llama_cpp") is None and importlib.util.find_spec("xllamacpp") is not None


def identity(model: Identity) -> Identity:
    """Return which model answers: the file's name with that of this engine, and a hash of both. No probe reads it: it gives no states."""
    version = metadata.version("xllamacpp")
    return Identity(f"{model.name}, xllamacpp", hashlib.sha256(f"xllamacpp {version} {model.sha256}".encode()).hexdigest())


class PrebuiltModel(Wrapped):
    """A GGUF file, loaded by xllamacpp. `threads` and `sequences` are None for the engine's choice, `context` is in tokens a request."""

    def __init__(
        self,
        path: Path,
        named: Identity,
        *,
        threads: int | None = None,
        gpu_layers: int = 0,
        sequences: int | None = None,
        context: int | None = None,
    ) -> None:
        import xllamacpp

        from briefing.model.server.address import Address  # with it comes the HTTP client
        from briefing.model.server.fleet import ServerModel

        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.model_alias = {named.name}
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        key = secrets.token_urlsafe(24)
        params.api_keys = [key]
        params.n_parallel = sequences or _SEQUENCES
        params.n_ctx = params.n_parallel * (context or _TOKENS)
        params.n_gpu_layers = gpu_layers
        params.cpuparams.n_threads = threads or -1
        params.verbosity = _QUIET
        params.ui = params.warmup = False
        try:
            self._server = xllamacpp.Server(params)
        except RuntimeError as error:
            raise ModelUnsuitableError(f"{path}: xllamacpp cannot load it", "`briefing models verify` says whether it is whole") from error
        address = Address(f"{self._server.listening_address}/v1", key, parallel=params.n_parallel)
        self._asked = ServerModel([address], named, lambda _: None)
        super().__init__(self._asked)

    def drain(self) -> None:
        """Wait for what is asked, and ask nothing else."""
        self._asked.drain()

    def close(self) -> None:
        """Stop the server. Safe to call twice."""
        super().close()
        with contextlib.suppress(AttributeError):
            del self._server  # its end stops it


def missing() -> ModelError:
    """Return the error for an installation without any engine."""
    return ModelError(
        "no engine is installed", "`pip install llama-cpp-python`, which compiles it, or `pip install xllamacpp`, which does not"
    )
