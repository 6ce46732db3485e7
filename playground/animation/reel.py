"""Frames on their way to a film, packed small, since hundreds of them wait until all are there."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

FilmFrame = NDArray[np.uint8]
"""Pixels (height, width, 3), red, green and blue."""


class Reel(Sequence[FilmFrame]):
    """Frames of one size, in order."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._shape: tuple[int, ...] = ()

    def add(self, frame: FilmFrame) -> None:
        """Put another frame at the end.

        Raises:
            ValueError: when it is of another size than those before.
        """
        if self._packed and frame.shape != self._shape:
            raise ValueError(f"a frame of {frame.shape} among those of {self._shape}")
        self._shape = frame.shape
        self._packed.append(zlib.compress(frame.tobytes(), 1))

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, index: int) -> FilmFrame: ...

    @overload
    def __getitem__(self, index: slice) -> list[FilmFrame]: ...

    def __getitem__(self, index: int | slice) -> FilmFrame | list[FilmFrame]:
        if isinstance(index, slice):
            return [self._unpacked(packed) for packed in self._packed[index]]
        return self._unpacked(self._packed[index])

    def __iter__(self) -> Iterator[FilmFrame]:
        return map(self._unpacked, self._packed)

    def _unpacked(self, packed: bytes) -> FilmFrame:
        return np.frombuffer(zlib.decompress(packed), np.uint8).reshape(self._shape)
