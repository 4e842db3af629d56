"""A model file in memory: its tokenizer, metadata and special tokens. Refuses what cannot be used, with a hint.

llama.cpp's own messages are collected instead of printed; the last of them end up in the error.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections import deque
from pathlib import Path
from typing import Any

import llama_cpp
from llguidance import LLTokenizer

from briefing.errors import ModelCorruptError, ModelError, ModelMissingError, ModelUnsuitableError
from briefing.model.llama.chat import Specials

_MAGIC = b"GGUF"
_WARNING, _ERROR = 3, 4  # as ggml.h has them; llama_cpp._logger has them otherwise
_HINT_FILE = "fetch it again with `briefing models pull`, or give the path of a GGUF file"
_DAMAGED = (
    "not within the file bounds",
    "corrupted or incomplete",
    "failed to read",
    "invalid magic",
    "unexpectedly reached end",
)
_SPECIAL_PIECE = b"\xff"
_SPECIAL = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED | llama_cpp.LLAMA_TOKEN_ATTR_UNKNOWN


class Log:
    """Takes llama.cpp's messages away from stderr and keeps the last warnings and errors."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=8)

        def keep(level: int, text: bytes, _: object) -> None:
            if level in (_WARNING, _ERROR):
                self._lines.append(text.decode("utf-8", "replace").strip())

        self._callback = llama_cpp.llama_log_callback(keep)
        llama_cpp.llama_log_set(self._callback, ctypes.c_void_p(0))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the last warnings and errors."""
        return tuple(self._lines)

    def last(self) -> str:
        """Return the last error in one line; empty when there was none."""
        return next((line for line in reversed(self._lines) if line), "")

    def close(self) -> None:
        """Give the messages back to llama_cpp's own handler, so that nothing calls into a freed object."""
        llama_cpp.llama_log_set(llama_cpp._logger.llama_log_callback, ctypes.c_void_p(0))


class Weights:
    """An open model file. Free it with `close`, after every context made of it."""

    def __init__(self, path: Path, gpu_layers: int, log: Log) -> None:
        llama_cpp.llama_backend_init()
        _inspect(path)
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = gpu_layers
        params.use_extra_bufts = not _has_amx()
        params.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE  # read, not mapped: a file cut off under a run would end the process (SIGBUS)
        self.handle: Any = llama_cpp.llama_model_load_from_file(os.fsencode(path), params)
        if not self.handle:
            raise _refused(path, log)
        self.vocabulary: Any = llama_cpp.llama_model_get_vocab(self.handle)
        self.size: int = llama_cpp.llama_vocab_n_tokens(self.vocabulary)
        self.trained: int = llama_cpp.llama_model_n_ctx_train(self.handle)
        self.enders = frozenset(t for t in range(self.size) if llama_cpp.llama_vocab_is_eog(self.vocabulary, t))
        self._breakers = self._special_texts()

    @property
    def cell_bytes(self) -> int:
        """Return the memory that one token of context takes, keys and values at 16 bits."""
        width = self.width // (llama_cpp.llama_model_n_head(self.handle) or 1)
        heads = llama_cpp.llama_model_n_layer(self.handle) * llama_cpp.llama_model_n_head_kv(self.handle)
        return int(heads * width * 4)

    @property
    def width(self) -> int:
        """Return how many numbers the model's state has."""
        return int(llama_cpp.llama_model_n_embd(self.handle))

    @property
    def can_go_back(self) -> bool:
        """Tell whether the last tokens of a sequence can be taken back: a recurrent model remembers no single token."""
        return not (llama_cpp.llama_model_is_recurrent(self.handle) or llama_cpp.llama_model_is_hybrid(self.handle))

    def template(self) -> str:
        """Return the chat template of the file; empty when it has none."""
        text = llama_cpp.llama_model_chat_template(self.handle, None)
        return text.decode("utf-8", "replace") if text else ""

    def specials(self) -> Specials:
        """Return the special tokens that a chat template may ask for."""
        return Specials(
            bos=self._text(llama_cpp.llama_vocab_bos(self.vocabulary)),
            eos=self._text(llama_cpp.llama_vocab_eos(self.vocabulary)),
            add_bos=bool(llama_cpp.llama_vocab_get_add_bos(self.vocabulary)),
        )

    def matcher_tokenizer(self) -> LLTokenizer:
        """Return the tokenizer as llguidance wants it; takes about a second for a large vocabulary."""
        room = 1 << 14
        buffer = ctypes.create_string_buffer(room)
        pieces: list[bytes] = []
        for token in range(self.size):
            length = llama_cpp.llama_token_to_piece(self.vocabulary, token, buffer, room, 0, True)
            piece = ctypes.string_at(buffer, max(length, 0))
            pieces.append(_SPECIAL_PIECE + piece if self._is_mark(token, piece) else piece)
        function = ctypes.cast(llama_cpp.llama_cpp._lib.llama_tokenize, ctypes.c_void_p).value
        tokenizer: LLTokenizer = LLTokenizer.from_llamacpp(  # type: ignore[attr-defined]
            tokens=pieces, vocab_ptr=self.vocabulary, tokenize_fptr=function, eos_token=sorted(self.enders), slices=None
        )
        return tokenizer

    def _is_mark(self, token: int, piece: bytes) -> bool:
        """Tell whether llguidance is to keep a token out of any text."""
        kind = llama_cpp.llama_vocab_get_attr(self.vocabulary, token)
        user_defined = kind & llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED and piece[:1] == b"<" and piece[-1:] == b">"
        return bool(kind & llama_cpp.LLAMA_TOKEN_ATTR_CONTROL or user_defined)

    def plain(self, text: str) -> tuple[int, ...]:
        """Return the tokens of text that is data: none special, not even those that llama.cpp always looks for."""
        if self._breakers is None:
            return self._tokenize(text, special=False)
        tokens: list[int] = []
        start = 0
        for match in self._breakers.finditer(text):
            tokens += self._tokenize(text[start : match.start() + 1], special=False)
            start = match.start() + 1
        return (*tokens, *self._tokenize(text[start:], special=False))

    def special(self, text: str) -> tuple[int, ...]:
        """Return the tokens of the template's scaffolding, special ones included."""
        return self._tokenize(text, special=True)

    def is_special(self, token: int) -> bool:
        """Tell whether a token means something to the model beyond its text."""
        return bool(llama_cpp.llama_vocab_get_attr(self.vocabulary, token) & _SPECIAL)

    def close(self) -> None:
        """Free the weights. Safe to call twice."""
        if self.handle:
            llama_cpp.llama_model_free(self.handle)
            self.handle = None

    def _tokenize(self, text: str, *, special: bool) -> tuple[int, ...]:
        if not text:
            return ()
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self.vocabulary, data, len(data), buffer, room, False, special)
        if count < 0:
            buffer = (llama_cpp.llama_token * -count)()
            count = llama_cpp.llama_tokenize(self.vocabulary, data, len(data), buffer, -count, False, special)
        return tuple(buffer[:count])

    def _text(self, token: int) -> str:
        if token < 0:
            return ""
        return str(llama_cpp.llama_vocab_get_text(self.vocabulary, token).decode("utf-8", "replace"))

    def _special_texts(self) -> re.Pattern[str] | None:
        """Return what finds the marks among the user-defined tokens: llama.cpp looks for those in any text."""
        marks = set()
        for token in range(self.size):
            if llama_cpp.llama_vocab_get_attr(self.vocabulary, token) & llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED:
                text = self._text(token)
                if len(text.strip()) > 1:
                    marks.add(text)
        if not marks:
            return None
        return re.compile("|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True)))


def _has_amx() -> bool:
    """Tell whether llama.cpp would use the AMX unit: then its extra buffers must be off.

    GCC 12 drops the stores of ggml's tile configuration (its `_tile_loadconfig` declares too small an input), and the
    process dies at the first decode of repacked weights; a library compiled on the user's machine may be of that kind,
    and a crash cannot be caught. The plain kernels measured as fast there as the other repacked ones at 16 rows a step
    and faster from 64 on (59 against 41 tokens a second of one core, with the default model).
    """
    return b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info()


def _inspect(path: Path) -> None:
    """Refuse what llama.cpp could not load for a reason that can be told beforehand."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
        size = path.stat().st_size
    except OSError as error:
        raise ModelMissingError(f"{path.name} cannot be read: {error.strerror}", _HINT_FILE) from error
    if magic != _MAGIC:
        raise ModelUnsuitableError(f"{path.name} is not a GGUF file", _HINT_FILE)
    memory = total_memory()
    if memory and size > memory:
        raise ModelUnsuitableError(
            f"{path.name} needs {size / 1e9:.1f} GB of memory, and this machine has {memory / 1e9:.1f} GB",
            "choose a smaller model: `briefing models list`",
        )


def _refused(path: Path, log: Log) -> ModelError:
    """Say in one line why llama.cpp did not load a file: it is damaged, or of a kind that llama.cpp does not know."""
    if any(word in line for line in log.lines for word in _DAMAGED):
        return ModelCorruptError(f"{path.name} is cut off or damaged", _HINT_FILE)
    return ModelUnsuitableError(f"{path.name} cannot be loaded: {log.last() or 'unknown reason'}", _HINT_FILE)


def total_memory() -> int:
    """Return the machine's memory in bytes; 0 where it does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0
