"""How a network goes on with a sequence by itself: what it says is given back to it, again and again."""

from __future__ import annotations

import numpy as np

from playground.data.prepared import PreparedData
from playground.data.sample import Floats, lengths
from playground.engine.network import Network

MOST_STEPS = 60


def continued(network: Network, data: PreparedData, raw: Floats) -> Floats:
    """The steps (n, columns) that follow a sequence (time, columns): once more as many as it has.

    They end where the network says something that is no number.
    """
    given = raw[: int(lengths(raw[np.newaxis])[0])]
    wanted, columns = min(len(given), MOST_STEPS), raw.shape[1]
    known = given
    while len(known) < len(given) + wanted:
        window = np.full_like(raw, np.nan)
        last = known[-len(raw) :]
        window[: len(last)] = last
        inputs = data.transform(window[np.newaxis]).astype(network.dtype)
        following = data.unscaled(network.predict(inputs)).reshape(-1, columns)
        if not np.isfinite(following).all():
            break
        known = np.concatenate([known, following])
    return known[len(given) : len(given) + wanted]
