"""A picture of one's own, drawn or opened, as what maps are drawn over: its values for every neuron."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.pictures.looks import Looks
from playground.data.prepared import PreparedData
from playground.data.sample import Floats
from playground.data.spaces import Chosen, Frame, Space
from playground.value import Hidden

GIVEN = "given"
"""The side of a sample that is on no side of the split."""

MOST_VALUES = 100_000


class GivenPicture(Space):
    kind: Literal["given"] = "given"
    title = "A picture of your own"
    help = "A picture that you draw or open: the values that it gives every neuron."
    advice = "To see what the network makes of what it has never seen."

    values: Annotated[tuple[float, ...], Hidden()] = Field(
        (),
        max_length=MOST_VALUES,
        title="Values",
        description="Those of its pixels, row by row; none for an empty picture.",
    )

    @classmethod
    def of(cls, raw: Floats) -> GivenPicture:
        """That of a sample (height, width, channels)."""
        return cls(values=tuple(raw.ravel().tolist()))

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return dataset.shape.is_picture

    def frame(self, data: PreparedData, resolution: int) -> Frame:
        sizes = data.dataset.shape.sizes
        if len(self.values) == np.prod(sizes):
            raw = np.array(self.values).reshape(sizes)
        else:  # of other data, which were there before
            raw = Looks.of(data.train.raw).empty
        chosen = Chosen(GIVEN, 0, raw, np.nan)
        return Frame((), raw[np.newaxis], lambda others: np.empty((len(others), 0)), chosen)
