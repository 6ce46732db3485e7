"""What machine code depends on, in a few letters, so that it is made anew when any of that changes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from playground.training.compiled.registry import codes, module_text


@cache
def fingerprint() -> str:
    """Of all loops, the program, Python, NumPy and Numba, which need not be loaded for it."""
    beside = (Path(__file__).with_name(name).read_text("utf-8") for name in ("jit.py", "kernels.py"))
    parts = [module_text(), *beside, sys.version, version("numpy"), version("numba"), version("llvmlite")]
    parts += [repr(part) for loop in codes() for part in _said(loop)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _said(loop: Any) -> Iterator[object]:
    """What a function says, wherever it stands, and those of its module that it calls."""
    code: CodeType = loop.__code__
    yield from (code.co_code, code.co_consts, code.co_names, code.co_varnames)
    for name in code.co_names:
        value = loop.__globals__.get(name)
        if isinstance(value, FunctionType):
            yield from _said(value)
        elif isinstance(value, int | float):
            yield value
