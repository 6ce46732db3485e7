"""A laboratory as a `.nnplay` file: its settings, and what it has worked out so far.

The zip holds `laboratory.json` in the place of an experiment, and `laboratory.safetensors` where there is
something to remember.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors import numpy as safetensors

from playground.files import experiment_file, json_object
from playground.files.archive import LABORATORY, MEMORY, pack, unpack
from playground.files.problem import FileProblem, naming
from playground.labs import Laboratory, Memory
from playground.text import say
from playground.value import AnyOf, Value

FORMAT = 1
"""The format of the settings that this version writes."""


class _Held(Value):
    laboratory: AnyOf[Laboratory]


@dataclass(frozen=True, eq=False)
class SavedLaboratory:
    """What a file holds: a laboratory, and what it remembers."""

    laboratory: Laboratory
    memory: Memory = field(default_factory=dict)


def to_json(laboratory: Laboratory) -> bytes:
    """The settings alone."""
    return json_object.to_bytes({"format": FORMAT} | laboratory.model_dump(mode="json"))


def from_json(data: bytes) -> Laboratory:
    """The settings.

    Raises:
        FileProblem: when they are wrong.
    """
    content = json_object.from_bytes(LABORATORY, data)
    _check_format(content)
    with naming(LABORATORY):
        return _Held.build({"laboratory": content}).laboratory


def dumps(saved: SavedLaboratory) -> bytes:
    """The bytes of a file."""
    entries = {LABORATORY: to_json(saved.laboratory)}
    if saved.memory:
        arrays = {name: np.ascontiguousarray(values) for name, values in saved.memory.items()}
        entries[MEMORY] = safetensors.save(arrays)
    return pack(entries)


def loads(data: bytes) -> SavedLaboratory:
    """What the bytes of a file hold.

    Raises:
        FileProblem: when anything in them is wrong.
    """
    entries = unpack(data)
    if foreign := sorted(set(entries) - {LABORATORY, MEMORY}):
        raise FileProblem(
            say("entry.foreign_to_laboratory", "{name}: does not belong to a laboratory", name=foreign[0])
        )
    return SavedLaboratory(from_json(entries[LABORATORY]), _memory(entries))


def load(path: Path) -> SavedLaboratory:
    """Read a file.

    Raises:
        FileProblem: when there is none, or what it holds is wrong.
    """
    return loads(experiment_file.read(path))


def _check_format(content: dict[str, Any]) -> None:
    found = content.pop("format", None)
    if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
        raise FileProblem(
            say("laboratory.newer", "This laboratory was made by a newer version of Neural Playground.")
        )
    if found != FORMAT or isinstance(found, bool):
        raise FileProblem(say("laboratory.no_format", "{entry}: format: must be 1", entry=LABORATORY))


def _memory(entries: Mapping[str, bytes]) -> Memory:
    if MEMORY not in entries:
        return {}
    try:
        return safetensors.load(entries[MEMORY])
    except (SafetensorError, ValueError, KeyError):
        raise FileProblem(say("entry.damaged", "{name}: is damaged", name=MEMORY)) from None
