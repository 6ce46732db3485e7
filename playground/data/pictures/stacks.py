"""Pictures that come as arrays: many of one size, with a label each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.decoding import Bytes, ends_of, resized
from playground.data.pictures.files import Report
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.sizing import LARGEST, SMALLEST, Sizing
from playground.text import say
from playground.words import shortened

AT_ONCE = 512
"""Pictures between two looks at whether to stop."""


@dataclass(frozen=True, eq=False)
class Stack:
    """Pictures of one size.

    Attributes:
        name: of the file or the array that they come from.
        pixels: (n, h, w) or (n, h, w, channels) numbers of any kind.
        labels: (n,) numbers or texts, (n, 1), or (n, k) with a one for the class.
        side: of the split, 0 training, 1 validation, 2 test; None where nothing says.
    """

    name: str
    pixels: NDArray[Any]
    labels: NDArray[Any] | None
    side: int | None = None

    def words(self) -> list[str]:
        """The class of each picture.

        Raises:
            PictureProblem: when there are not as many labels as pictures, or they are no classes.
        """
        assert self.labels is not None
        labels = _single(self.labels)
        if labels.ndim != 1 or len(labels) != len(self.pixels):
            raise PictureProblem(
                say(
                    "stack.other_length",
                    "{name} holds {count} pictures, and there are labels of shape {shape}.",
                    name=shortened(self.name, 60),
                    count=len(self.pixels),
                    shape=shortened(labels.shape, 40),
                )
            )
        if labels.dtype.kind == "f":
            if not np.isfinite(labels).all() or (labels % 1).any():
                raise PictureProblem(
                    say(
                        "stack.no_classes",
                        "The labels of {name} are numbers with decimals or none, and no classes.",
                        name=shortened(self.name, 60),
                    )
                )
            labels = labels.astype(np.int64)
        if labels.dtype.kind == "S":
            labels = np.char.decode(labels, "utf-8", "replace")
        return [shortened(label.strip(), 200) for label in labels.astype(str).tolist()]

    @property
    def usual(self) -> Sizing:
        """The size that they have, as far as it can be had."""
        height, width = self.pixels.shape[1:3]
        colour = self.pixels.ndim == 4 and self.pixels.shape[3] == 3
        side = min(max(height, width, SMALLEST), LARGEST)
        return Sizing(side=side, colour="colour" if colour else "grey", fit="pad")

    def sized(self, sizing: Sizing, report: Report) -> Bytes:
        """The pictures (n, side, side, channels).

        Raises:
            PictureProblem: when their values are no numbers.
        """
        pixels = self.pixels if self.pixels.ndim == 4 else self.pixels[..., np.newaxis]
        found = np.empty((len(pixels), sizing.side, sizing.side, sizing.channels), np.uint8)
        ends = self._ends()
        for first in range(0, len(pixels), AT_ONCE):
            report(first / len(pixels))
            part = slice(first, first + AT_ONCE)
            found[part] = list(_sized(_bytes(pixels[part], *ends), sizing))
        return found

    def _ends(self) -> tuple[float, float]:
        """Black and white of all of them."""
        values = self.pixels
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            bad = ~np.isfinite(values).all(axis=tuple(range(1, values.ndim)))
            raise PictureProblem(
                say(
                    "stack.not_finite",
                    "Picture {number} of {name} holds values that are no numbers.",
                    number=int(bad.argmax()) + 1,
                    name=shortened(self.name, 60),
                )
            )
        return ends_of(values)


def _single(labels: NDArray[Any]) -> NDArray[Any]:
    """(n,) of labels in a column, or as a one among zeros."""
    if labels.ndim == 2 and labels.shape[1] == 1:
        return labels[:, 0]
    if labels.ndim == 2 and labels.dtype.kind in "biuf":
        ones = labels == 1
        if (ones.sum(axis=1) == 1).all() and (ones | (labels == 0)).all():
            places: NDArray[np.int64] = ones.argmax(axis=1)
            return places
    return labels


def _bytes(values: NDArray[Any], low: float, high: float) -> Bytes:
    if values.dtype == np.uint8:
        return values
    scaled = (values.astype(np.float64) - low) * (255 / (high - low))
    return np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)


def _sized(pixels: Bytes, sizing: Sizing) -> Iterator[Bytes]:
    """Each of the pictures (n, h, w, c); four channels are those of colours and how opaque they are."""
    from PIL import Image

    if pixels.shape[1:] == (sizing.side, sizing.side, sizing.channels):
        yield from pixels
        return
    mode = "RGB" if sizing.channels == 3 else "L"
    for picture in pixels:
        plain = picture[..., 0] if picture.shape[-1] == 1 else picture[..., :3]
        yield resized(Image.fromarray(np.ascontiguousarray(plain)).convert(mode), sizing)


def joined(parts: Sequence[Bytes]) -> Bytes:
    """The pictures of several stacks, one behind the other."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
