"""Writes a model file again with less in it, by the library that llama.cpp reads it with."""

import ctypes
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

_P = ctypes.c_void_p


class _Options(ctypes.Structure):
    _fields_ = (("no_alloc", ctypes.c_bool), ("tensors", ctypes.POINTER(_P)))


def rewrite(source: Path, target: Path, *, layers: int, template: bool = True) -> Path:
    """Write a Llama model with its first layers only: nonsense for an answer, at a small part of the time."""
    tensors = _P()
    old = _function("gguf_init_from_file", _P, ctypes.c_char_p, _Options)(os.fsencode(source), _Options(False, ctypes.pointer(tensors)))
    new = _function("gguf_init_empty", _P)()
    _function("gguf_set_kv", None, _P, _P)(new, old)
    _function("gguf_set_val_u32", None, _P, ctypes.c_char_p, ctypes.c_uint32)(new, b"llama.block_count", layers)
    if not template:
        _function("gguf_remove_key", ctypes.c_int64, _P, ctypes.c_char_p)(new, b"tokenizer.chat_template")
    name, find = _function("ggml_get_name", ctypes.c_char_p, _P), _function("gguf_find_tensor", ctypes.c_int64, _P, ctypes.c_char_p)
    add, following = _function("gguf_add_tensor", None, _P, _P), _function("ggml_get_next_tensor", _P, _P, _P)
    tensor = _function("ggml_get_first_tensor", _P, _P)(tensors)
    while tensor:
        layer = re.match(rb"blk\.([0-9]+)\.", name(tensor))
        if find(old, name(tensor)) >= 0 and (layer is None or int(layer[1]) < layers):
            add(new, tensor)
        tensor = following(tensors, tensor)
    assert _function("gguf_write_to_file", ctypes.c_bool, _P, ctypes.c_char_p, ctypes.c_bool)(new, os.fsencode(target), False)
    for file in (old, new):
        _function("gguf_free", None, _P)(file)
    _function("ggml_free", None, _P)(tensors)
    return target


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    from llama_cpp._ggml import libggml

    return ctypes.CFUNCTYPE(result, *arguments)((name, libggml))
