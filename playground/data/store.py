"""The samples of datasets that have them, kept once by what they are for all that learn from them.

An experiment names its samples by a hash of their content; undo steps, copies and runs share the arrays, and
a file holds them beside the experiment.  What a library carries stays once it is loaded; what a person brings
is here as long as a dataset holds it, so that what no step of undo knows any more goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cached_property
from hashlib import sha256
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from playground.record import record
from playground.text import say
from playground.value import InvalidValue


@record(eq=False)
class Content:
    """The samples of a dataset that has them; nobody writes to the arrays."""

    raw: NDArray[np.generic]
    """(n, …), each sample in the shape that its dataset says."""
    targets: NDArray[np.generic]
    """(n,) class indices or values, or (n, …)."""
    more: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    """What else belongs to them, by name, such as the edges of a graph."""

    def __post_init__(self) -> None:
        """Take the arrays out of reach of whoever gave them."""
        for array in (self.raw, self.targets, *self.more.values()):
            array.setflags(write=False)

    @cached_property
    def key(self) -> str:
        """The hash of what it holds, the same on every machine."""
        digest = sha256()
        named = [array for name in sorted(self.more) for array in (_letters(name), self.more[name])]
        for array in (self.raw, self.targets, *named):
            little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
            digest.update(f"{little.dtype.str}{little.shape}".encode())
            digest.update(little.data.cast("B") if little.size else b"")
        return digest.hexdigest()


def _letters(name: str) -> NDArray[np.uint8]:
    return np.frombuffer(name.encode(), np.uint8)


_CONTENTS: WeakValueDictionary[str, Content] = WeakValueDictionary()
_LOADED: dict[str, Content] = {}
_NEWEST: list[Content] = []
"""The one that came last, which nobody may hold yet."""


def put(content: Content) -> str:
    """Keep it as long as anybody holds it; returns the key by which it is found again."""
    kept = _CONTENTS.setdefault(content.key, content)
    _NEWEST[:] = [kept]
    return kept.key


def has(key: str) -> bool:
    """Whether what has this key is here."""
    return key in _CONTENTS


def others() -> InvalidValue:
    """What is raised when samples are not what they should be."""
    return InvalidValue(say("data.other_samples", "its samples are not those that it was made with"))


def get(key: str, load: Callable[[], Content]) -> Content:
    """What has this key; when it is not here yet, what `load` gives.

    Raises:
        InvalidValue: when that is something else, or cannot be had.
    """
    if (held := _CONTENTS.get(key)) is None:
        held = load()
        if put(held) != key:
            raise others()
        _LOADED[key] = held
    return held
