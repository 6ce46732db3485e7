"""Where machine code is kept: in the user's cache folder, or, where that cannot be written, nowhere."""

from __future__ import annotations

import gc
import os
import sys
from collections import defaultdict
from contextlib import suppress
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from time import time
from typing import Any

import numpy as np

from playground.folders import home
from playground.training.compiled.code import Code
from playground.training.compiled.fingerprint import fingerprint
from playground.training.compiled.jit import compilers
from playground.training.compiled.registry import module_text

HEAD = '''"""Made by Neural Playground, and made again when it is missing."""

from playground.training.compiled.jit import compilers

globals().update(compilers())
'''


LOCK = Lock()
PREFIX = "compiled_"
UNUSED = 7 * 24 * 3600
"""Seconds for which machine code of another version is kept that is not used."""

AT_HAND: set[str] = set()
"""The precisions for which there is machine code in this program."""

NOT_KEPT: list[str] = []
"""Why machine code is not kept from one run of the program to the next; nothing where it is."""


def is_installed() -> bool:
    """Whether Numba is there."""
    return find_spec("numba") is not None


def is_ready(dtype: np.dtype[Any]) -> bool:
    """Whether steps in a precision take no compiling, as they were compiled before."""
    return is_installed() and _mark(dtype.name).exists()


def can_be_kept() -> bool:
    """Whether the cache folder takes what is made."""
    try:
        _module_file()
    except OSError:
        return False
    return True


def is_at_hand(dtype: np.dtype[Any]) -> bool:
    """Whether steps in a precision are loaded."""
    return dtype.name in AT_HAND


def code_of(dtype: np.dtype[Any]) -> Code:
    """What trains and measures any network in a precision; the first time it is compiled."""
    with LOCK:
        code = _code_of(dtype.name)
        AT_HAND.add(dtype.name)
        return code


def cache_folder() -> Path:
    """The user's folder for what can be made again."""
    own = home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or own / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = own / "Library" / "Caches"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or own / ".cache")
    return folder / "neural-playground"


@cache
def _code_of(precision: str) -> Code:
    collects = gc.isenabled()
    gc.disable()  # a tenth of the time of compiling would go into looking for garbage, of which there is none
    try:
        code = _made(vars(_module()), precision)
        code.warm()
        _mark(precision).touch()
    except OSError as error:
        NOT_KEPT.append(str(error))
        code = _made_without_file(precision)
        code.warm()
    finally:
        if collects:
            gc.enable()
    return code


def _file() -> Path:
    return cache_folder() / f"{PREFIX}{fingerprint()}.py"


def _mark(precision: str) -> Path:
    """The file that says that it is compiled."""
    return _file().with_suffix(f".{precision}")


def _module_file() -> Path:
    """Its file, written unless it is there.

    Raises:
        OSError: when it cannot be.
    """
    file = _file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=file.parent, suffix=".part", delete=False, encoding="utf-8") as part:
            whole = Path(part.name)
        try:
            whole.write_text(f"{HEAD}\n{module_text()}", "utf-8")
            os.replace(whole, file)
        except OSError:
            whole.unlink(missing_ok=True)
            raise
    return file


@cache
def _module() -> Any:
    """The module in the cache folder.

    Raises:
        OSError: when it is not there and cannot be.
    """
    file = _module_file()
    _remove_outdated()
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[file.stem] = module_from_spec(spec)  # where Numba looks for it
    spec.loader.exec_module(module)
    return module


def _remove_outdated() -> None:
    """Take away what other versions made that nobody used of late; a file that is in use stays."""
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for file in (*_file().parent.glob(f"{PREFIX}*"), *(_file().parent / "__pycache__").glob(f"{PREFIX}*")):
        groups[file.name.removeprefix(PREFIX)[: len(fingerprint())]].append(file)
    groups.pop(fingerprint(), None)
    for files in groups.values():
        with suppress(OSError):
            if time() - max(file.stat().st_mtime for file in files) > UNUSED:
                for file in files:
                    file.unlink()


def _made_without_file(precision: str) -> Code:
    names = compilers(kept=False)
    exec(module_text(), names)
    return _made(names, precision)


def _made(names: dict[str, Any], precision: str) -> Code:
    return Code(names["work"], names["flow"], precision)
