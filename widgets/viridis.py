"""The colours of magnitudes: viridis, which rises evenly in brightness and is told apart by any eye.

Smith & van der Walt 2015; its table is in the public domain, of which every sixteenth colour stands here.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from widgets.colouring import Pixels, pack

ANCHORS = (
    "440154", "481a6c", "472f7d", "414487", "39568c", "31688e", "2a788e", "23888e", "1f988b", "22a884",
    "35b779", "54c568", "7ad151", "a5db36", "d2e21b", "fde725",
)  # fmt: skip


@cache
def viridis() -> NDArray[np.uint8]:
    """The colours from the lowest to the highest: (256, 3), read-only."""
    known = np.array([list(bytes.fromhex(anchor)) for anchor in ANCHORS])
    places = np.linspace(0, len(ANCHORS) - 1, 256)
    table = np.stack([np.interp(places, range(len(ANCHORS)), channel) for channel in known.T], axis=1)
    table = table.round().astype(np.uint8)
    table.flags.writeable = False
    return table


@cache
def viridis_pixels() -> Pixels:
    """The same as pixels (256,)."""
    return pack(viridis())
