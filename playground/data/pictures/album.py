"""Pictures that were read: all of one size, in classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.sizing import Sizing
from playground.record import record
from playground.text import Text


@record(eq=False)
class Album:
    """Pictures of one size with their classes.

    Attributes:
        pixels: (n, side, side, channels) 0 to 255.
        labels: (n,) indices of the classes.
        sides: (n,) the side of the split of each, as `Samples` has it; None where nothing says.
        names: of the files; empty where the pictures come in one.
        remarks: what to know of what was passed over.
    """

    name: str
    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    sides: NDArray[np.int8] | None
    sizing: Sizing
    names: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()
