"""A text of one's own as what maps are drawn over: the values it gives every neuron, and how it goes on."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.pictures.given import GIVEN
from playground.data.prepared import PreparedData
from playground.data.sample import Floats
from playground.data.spaces import Chosen, Frame, Space
from playground.data.typed_sequence import typed
from playground.value import Hidden, InvalidValue

LONGEST = 10_000


class GivenText(Space):
    kind: Literal["given_text"] = "given_text"
    title = "A text of your own"
    help = "A text that you type: the values that its end gives every neuron, and how the network goes on."
    advice = "To see what the network makes of what it has never read."

    text: Annotated[str, Hidden()] = Field(
        "", max_length=LONGEST, title="Text", description="What was typed; its end is what counts."
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return dataset.continues and bool(dataset.shape.symbols)

    def frame(self, data: PreparedData, resolution: int) -> Frame:
        raw = self._read(data)
        chosen = Chosen(GIVEN, 0, raw, np.nan)
        return Frame((), raw[np.newaxis], lambda others: np.empty((len(others), 0)), chosen, True)

    def _read(self, data: PreparedData) -> Floats:
        """The end of the text; of one that cannot be read, or of none, a sample in its place."""
        try:
            return typed(self.text, data.dataset)
        except InvalidValue:
            first: Floats = data.train.raw[0]
            return first
