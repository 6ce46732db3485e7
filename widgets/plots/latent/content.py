"""What is drawn of codes: their places on two axes, their colours, and what is decoded."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPolygonF

from playground.record import record
from playground.training.codes import Code, Codes
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats, label_colouring
from widgets.pictures import picture_image
from widgets.plots.latent.ground import Ground
from widgets.plots.output_meaning import class_names
from widgets.theme import Theme, class_colours


@record(eq=False)
class CodeContent:
    """The codes of one moment, over the two `axes` of them that are shown; a single one lies in lanes."""

    codes: Codes
    axes: tuple[int, int]
    classes: tuple[str, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, axes: tuple[int, int]) -> CodeContent | None:
        """What a snapshot shows; None where it shows no codes."""
        if snapshot.codes is None or not len(snapshot.codes.places):
            return None
        return cls(snapshot.codes, axes, class_names(snapshot.experiment.data.dataset.task))

    @property
    def size(self) -> int:
        """How many numbers a code has."""
        return self.codes.places.shape[1]

    @cached_property
    def places(self) -> Floats:
        """Where the samples lie, (n, 2)."""
        if self.size == 1:
            return np.column_stack([self.codes.places[:, 0], self.codes.labels.astype(np.float32)])
        return self.codes.places[:, list(self.axes)]

    @cached_property
    def middle(self) -> Code:
        """The code in the middle of all."""
        return tuple(np.nan_to_num(np.median(self.codes.places, axis=0)).tolist())

    def code(self, across: float, up: float, held: Code) -> Code:
        """The code at a place of the plane; what is not along its axes is held."""
        if self.size == 1:
            return (across,)
        code = list(held if len(held) == self.size else self.middle)
        code[self.axes[0]], code[self.axes[1]] = across, up
        return tuple(code)

    def place(self, code: Code) -> tuple[float, float]:
        """Where a code lies on the plane."""
        if self.size == 1:
            return code[0], float(self.places[:, 1].mean())
        return code[self.axes[0]], code[self.axes[1]]

    def colours(self, theme: Theme) -> list[str]:
        """The colour of each sample."""
        return label_colouring(self.classes, self.codes.labels).point_colours(self.codes.labels, theme)

    def legend(self) -> list[tuple[str, str]]:
        """The classes and their colours; none where samples have a value instead."""
        return list(zip(self.classes, class_colours(len(self.classes)), strict=True))

    def dots(self, ground: Ground, theme: Theme) -> list[tuple[str, QPolygonF]]:
        """Pixels of the samples, by colour."""
        colours = np.array(self.colours(theme))
        pixels = ground.to_pixels(np.nan_to_num(self.places, nan=1e6, posinf=1e6, neginf=-1e6))
        return [
            (str(colour), QPolygonF([QPointF(x, y) for x, y in pixels[colours == colour].tolist()]))
            for colour in np.unique(colours)
        ]

    def picture(self) -> QImage | None:
        """What the point is decoded to, where it is a picture."""
        found = self.codes.decoded
        return None if found is None or found.ndim != 3 else picture_image(found, self._ends)

    def grid(self, across: int, up: int) -> QImage | None:
        """What the cells of a grid are decoded to, as one picture."""
        found = self.codes.pictures
        if found is None or found.ndim != 4 or len(found) != across * up:
            return None
        _, height, width, channels = found.shape
        rows = found.reshape(up, across, height, width, channels).transpose(0, 2, 1, 3, 4)
        return picture_image(rows.reshape(up * height, across * width, channels), self._ends)

    @property
    def _ends(self) -> tuple[float, float]:
        low, high = float(self.codes.low.min()), float(self.codes.high.max())
        return (low, high) if high > low else (low, low + 1)
