"""Handwritten digits, as small pictures."""

from __future__ import annotations

from typing import Literal

import numpy as np

from playground.data import library
from playground.data.dataset import Carried, Task
from playground.data.sample import SampleShape
from playground.data.scaling import MinMax
from playground.data.store import Content


class Digits(Carried):
    kind: Literal["digits"] = "digits"
    title = "Digits"
    help = "1,797 handwritten digits, scanned to 8×8 pixels of 17 greys."
    advice = "For a first network that reads pictures: a Flatten and a dense layer will do."
    reference = "Alpaydin & Kaynak 1998."
    usual_scaling = MinMax.usual()
    content = "37d1610da92ad92a78def3c678fbe623977e7199b2facaf377b5d7a01f247022"

    @property
    def task(self) -> Task:
        """Read the digit."""
        return Task("classification", tuple("0123456789"))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(height=8, width=8, channels=1)

    @property
    def count(self) -> int:
        return 1797

    def load(self) -> Content:
        found = library.rows("digits.csv.gz", heading=0)
        pictures = found[:, :-1].astype(np.uint8).reshape(-1, 8, 8, 1)
        return Content(pictures, found[:, -1].astype(np.int64))
