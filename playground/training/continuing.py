"""How a network goes on with a sequence by itself: what it says is given back to it, again and again."""

from __future__ import annotations

import numpy as np

from playground.data.prepared import PreparedData
from playground.data.sample import Floats, lengths
from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.training.moment import of_each_class
from playground.training.snapshot import TEMPERATURE

MOST_STEPS = 60
HUGE = 1e30
"""Beyond this a network has run away from itself, and nothing more is to be seen."""

STEPS_A_TIME = 3
"""How far a continuation grows from one look to the next while the network learns."""

STAYS = 20
"""For how many looks one that has ended stays."""


class Continuation:
    """How a sequence (time, columns) goes on, as far as it has come: numbers for as many steps as it has.

    Symbols are drawn by their probabilities, and always from one seed, so that a network which stays says the
    same again.  It ends where the network says something that is no number, or huge.
    """

    def __init__(self, data: PreparedData, raw: Floats, temperature: float = TEMPERATURE) -> None:
        self._data, self._raw, self._temperature = data, raw, temperature
        self._known = given = raw[: int(lengths(raw[np.newaxis])[0])]
        self._given = len(given)
        self._wanted = MOST_STEPS if data.task.classes else min(len(given), MOST_STEPS)
        self._chance = np.random.default_rng(0)
        self.ended = self._wanted == 0
        """Whether nothing more comes."""

    def goes_on_with(self, data: PreparedData, raw: Floats, temperature: float) -> bool:
        """Whether it is of this sequence."""
        same = np.array_equal(self._raw, raw, equal_nan=True)
        return self._data is data and same and self._temperature == temperature

    @property
    def steps(self) -> Floats:
        """Those that were found so far, (n, columns)."""
        return self._known[self._given : self._given + self._wanted]

    def grow(self, network: Network, steps: int = MOST_STEPS) -> None:
        """Go on for so many steps at least, by what a network says now."""
        goal = len(self._known) + steps
        while not self.ended and len(self._known) < goal:
            following = self._following(network)
            there = (np.abs(following) < HUGE).all()  # nor is it where there is no number
            if there:
                self._known = np.concatenate([self._known, following])
            self.ended = not there or len(self.steps) == self._wanted

    def _following(self, network: Network) -> Floats:
        data, last = self._data, self._known[-len(self._raw) :]
        window = np.full_like(self._raw, np.nan)
        window[: len(last)] = last
        outputs = network.predict(data.transform(window[np.newaxis]).astype(network.dtype))
        if data.task.classes:
            return _drawn(outputs, self._temperature, self._chance)
        return data.unscaled(outputs).reshape(-1, self._known.shape[1])


def continued(network: Network, data: PreparedData, raw: Floats, temperature: float = TEMPERATURE) -> Floats:
    """The steps (n, columns) that follow a sequence (time, columns), all at once."""
    whole = Continuation(data, raw, temperature)
    whole.grow(network)
    return whole.steps


class LiveContinuation:
    """What is seen of a continuation: whole while a network rests, and growing while it learns.

    One that has come to its end stays for a while, before the next begins with what was learnt since.
    """

    def __init__(self) -> None:
        self._under_way: Continuation | None = None
        self._stayed = 0
        self._by: tuple[Network, Array] | None = None
        """The network at rest that found one, and its parameters then; None for one that grows."""

    def seen(
        self, network: Network, data: PreparedData, raw: Floats, temperature: float, learning: bool
    ) -> Floats:
        """The steps (n, columns) that are seen of it now."""
        known = self._under_way
        same = known is not None and known.goes_on_with(data, raw, temperature)
        if known is None or not same or not (self._may_grow() if learning else self._is_by(network)):
            self._under_way = known = Continuation(data, raw, temperature)
            self._stayed, self._by = 0, None
        if learning:
            known.grow(network, STEPS_A_TIME)
            self._stayed += known.ended
        elif self._by is None:
            known.grow(network)
            self._by = network, network.parameters.copy()
        return known.steps

    def _may_grow(self) -> bool:
        return self._by is None and self._stayed <= STAYS

    def _is_by(self, network: Network) -> bool:
        """Whether this network, as it is, would find the same again."""
        return (
            self._by is not None
            and self._by[0] is network
            and np.array_equal(self._by[1], network.parameters)
        )


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
