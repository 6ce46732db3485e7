"""Files that hold arrays by name: NumPy's archives and safetensors."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np

from playground.text import say
from playground.weights.found import FoundWeights, WeightsProblem
from playground.weights.groups import Numbers, finite, grouped, is_of_weights
from playground.words import shortened

MOST_ARRAYS = 10_000
MOST_BYTES = 1 << 30
"""What all arrays of an archive may have unpacked."""

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError)


def read_npz(path: Path) -> FoundWeights:
    """The arrays of an archive in their order; never anything that would have to be unpickled.

    Raises:
        WeightsProblem: when it is damaged, or holds what is no array of numbers.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ARRAYS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise WeightsProblem(
                    say("weights.unpacks_large", "{name} is larger than 1 GiB unpacked.", name=_name(path))
                )
        with np.load(path, allow_pickle=False) as stored:
            return _found(path, {name: np.asarray(stored[name]) for name in stored.files})
    except WeightsProblem:
        raise
    except DAMAGED:
        raise _damaged(path) from None


def read_safetensors(path: Path) -> FoundWeights:
    """The arrays of a safetensors file.

    Raises:
        WeightsProblem: when it is damaged.
    """
    from safetensors import SafetensorError, safe_open

    arrays: dict[str, Numbers] = {}
    try:
        with safe_open(path, framework="numpy") as stored:
            for name in stored.keys():  # noqa: SIM118 (it is no mapping)
                arrays[name] = stored.get_tensor(name)
    except (TypeError, AttributeError):
        raise WeightsProblem(
            say(
                "weights.other_precision",
                "{name} holds numbers of a precision that NumPy has not; save them as float32.",
                name=_name(path),
            )
        ) from None
    except (SafetensorError, *DAMAGED):
        raise _damaged(path) from None
    return _found(path, arrays)


def _found(path: Path, arrays: dict[str, Numbers]) -> FoundWeights:
    numbers: dict[str, Numbers] = {}
    for name, values in arrays.items():
        if values.ndim == 0 and values.dtype.kind in "iu":
            continue  # a count, as of batches seen
        if values.dtype.kind not in "fiu" or not finite(values):
            raise WeightsProblem(
                say("weights.no_numbers", "“{name}” holds what is no finite number.", name=shortened(name))
            )
        numbers[name] = values.astype(np.float32) if values.dtype == np.float16 else values
    groups, convention = grouped(numbers)
    return FoundWeights(numbers, groups, convention)


def npz_holds_weights(path: Path) -> bool:
    """Whether the arrays of an archive are called as weights are; a table has others."""
    try:
        with zipfile.ZipFile(path) as archive:
            return is_of_weights([name.removesuffix(".npy") for name in archive.namelist()])
    except (OSError, *DAMAGED):
        return False


def _name(path: Path) -> str:
    return shortened(path.name)


def _damaged(path: Path) -> WeightsProblem:
    return WeightsProblem(
        say("weights.damaged", "{name} is damaged, or no file of weights.", name=_name(path))
    )
