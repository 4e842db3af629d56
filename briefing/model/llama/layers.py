"""States in the middle of a model: llama.cpp shows every tensor of a step to a callback, which copies one of them and ends the step there.

Such a state says more about a text than the last one, which is about the next token; and what comes after it is not computed. Tensors are
known by the names that llama.cpp gives them ("l_out-16", the output of layer 16); rows stand in the order of the step. Where other devices
than the processor may compute, a step is computed to its end: an ended one is ended for one device alone.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import llama_cpp
import numpy as np
from llama_cpp._ctypes_extensions import load_shared_library
from numpy.typing import NDArray

from briefing.errors import ModelError

_CALLBACK: Any = next(field[1] for field in llama_cpp.llama_context_params._fields_ if field[0] == "cb_eval")


class Layers:
    """Reads the output of a layer while a step is computed. `callback` must live as long as the context that it is given to."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._wanted = b""
        self._rows = 0
        self._parts: list[NDArray[np.float32]] = []
        self._whole: NDArray[np.float32] | None = None
        self.layer: int | None = None
        self.callback: Any = _CALLBACK(self._seen)

    def stop_after(self, layer: int | None, rows: int) -> None:
        """Let the next step, of so many rows, end after a layer, None: after the last one."""
        if layer is not None:
            _ggml()  # what it raises would be lost in the callback
        self.layer, self._rows = layer, rows
        self._wanted = b"" if layer is None else b"l_out-%d" % layer
        self._parts, self._whole = [], None

    def states(self, rows: range) -> NDArray[np.float32]:
        """Return the output of the layer for some rows of the step. Raises ModelError where the model has no such layer."""
        if self._whole is None:
            self._whole = np.concatenate(self._parts) if self._parts else np.empty((0, self._width), np.float32)
        if len(self._whole) != self._rows:
            raise ModelError(f"llama.cpp gave no state of layer {self.layer}")
        return self._whole[rows.start : rows.stop]

    def _seen(self, tensor: int, asked: bool, _: object) -> bool:
        """Say whether a tensor is wanted, where that is asked; else copy it, and say whether the step is to go on."""
        if asked:
            return bool(self._wanted) and _ggml().name(tensor) == self._wanted
        data = np.empty((_ggml().size(tensor) // (4 * self._width), self._width), np.float32)
        _ggml().copy(tensor, data.ctypes.data, 0, data.nbytes)
        self._parts.append(data)
        return _ggml().devices != 1


class _Ggml(NamedTuple):
    """What is called of ggml: the name and the bytes of a tensor, its copy to memory; and how many devices may compute."""

    name: Any
    size: Any
    copy: Any
    devices: int


@cache
def _ggml() -> _Ggml:
    to_memory = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t)
    return _Ggml(
        name=ctypes.PYFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(_symbol("ggml_get_name")),
        size=ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_void_p)(_symbol("ggml_nbytes")),
        copy=ctypes.CFUNCTYPE(None, *to_memory)(_symbol("ggml_backend_tensor_get")),
        devices=ctypes.CFUNCTYPE(ctypes.c_size_t)(_symbol("ggml_backend_dev_count", "ggml"))(),
    )


def _symbol(name: str, library: str = "ggml-base") -> tuple[str, Any]:
    """Return a function of ggml: on some systems those that the library of llama.cpp needs can be had through it, on some not."""
    if hasattr(llama_cpp.llama_cpp._lib, name):
        return name, llama_cpp.llama_cpp._lib
    return name, load_shared_library(library, Path(llama_cpp.__file__).parent / "lib")
