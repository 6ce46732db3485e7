"""How a network goes on with a sequence by itself: what it says is given back to it, again and again."""

from __future__ import annotations

import numpy as np

from playground.data.prepared import PreparedData
from playground.data.sample import Floats, lengths
from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.training.moment import of_each_class

MOST_STEPS = 60
HUGE = 1e30
"""Beyond this a network has run away from itself, and nothing more is to be seen."""

TEMPERATURE = 0.5
"""How freely the next symbol is drawn: near 0 it is always the likeliest, at 1 as the network says."""


def continued(network: Network, data: PreparedData, raw: Floats, temperature: float = TEMPERATURE) -> Floats:
    """The steps (n, columns) that follow a sequence (time, columns): of numbers as many as it has.

    Symbols are drawn by their probabilities, and always from one seed, so that a network which stays says the
    same again.  They end where the network says something that is no number, or huge.
    """
    given = raw[: int(lengths(raw[np.newaxis])[0])]
    classes, columns = data.task.classes, raw.shape[1]
    wanted = MOST_STEPS if classes else min(len(given), MOST_STEPS)
    known, chance = given, np.random.default_rng(0)
    while len(known) < len(given) + wanted:
        window = np.full_like(raw, np.nan)
        last = known[-len(raw) :]
        window[: len(last)] = last
        outputs = network.predict(data.transform(window[np.newaxis]).astype(network.dtype))
        following = data.unscaled(outputs).reshape(-1, columns)
        if classes:
            following = _drawn(outputs, temperature, chance)
        if not (np.abs(following) < HUGE).all():  # nor is it where there is no number
            break
        known = np.concatenate([known, following])
    return known[len(given) : len(given) + wanted]


def _drawn(outputs: Array, temperature: float, chance: np.random.Generator) -> Floats:
    """One symbol (1, symbols) by the shares that it has (1, outputs); of mere scores the highest."""
    shares = of_each_class(outputs)[0].astype(np.float64)
    if not np.isfinite(shares).all():
        return np.full((1, len(shares)), np.nan)
    place = int(shares.argmax())
    if temperature > 0 and shares.min() >= 0 and shares.max() > 0:
        sharpened = np.cumsum((shares / shares.max()) ** (1 / temperature))
        place = int(np.searchsorted(sharpened, chance.random() * sharpened[-1], side="right"))
    return np.eye(len(shares))[place : place + 1]
