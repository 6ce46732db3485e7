"""How many patterns a Hopfield network holds: recall measured over the load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from playground.labs.hopfield.recall import weights

Floats = NDArray[np.float64]

CAPACITY = 0.138
"""Patterns a neuron that Hebb's rule recalls with few errors, when there are very many neurons
(Amit, Gutfreund and Sompolinsky 1985)."""

LOADS = np.arange(0.02, 0.321, 0.02)
"""Patterns a neuron."""

FEWEST, NEURONS = 2, 600
"""Networks a load: so many that they have these neurons together, and at least so few."""

STARTS, SWEEPS = 12, 8
"""Patterns of each network from which recall begins, and how often each neuron is asked then."""

RECALLED = 0.9
"""The overlap from which on a pattern counts as recalled; by theory it jumps from 0.97 to 0.35."""


@dataclass(frozen=True)
class Course:
    """A curve of the measurement: a rule, and the share of pixels that are turned over at the start."""

    rule: str
    damage: float = 0.0


@dataclass(frozen=True, eq=False)
class Capacity:
    """The share of patterns that were recalled, by course, over the loads measured so far."""

    loads: Floats
    rates: dict[Course, Floats]

    @property
    def progress(self) -> float:
        """The share of the loads that is measured."""
        return len(self.loads) / len(LOADS)


def courses(damage: float) -> tuple[Course, ...]:
    """What is measured: Hebb's rule on whole patterns, and both rules on damaged ones."""
    found = (Course("hebb"), Course("hebb", damage), Course("projection", damage))
    return tuple(dict.fromkeys(found))


def measured(neurons: int, damage: float, seed: int) -> Iterator[Capacity]:
    """Measure networks of random patterns, a load at a time; damage is a share from 0 to 1."""
    chance = default_rng([seed, 2])
    loads: list[float] = []
    rates: dict[Course, list[float]] = {course: [] for course in courses(damage)}
    for load in LOADS:
        count = max(1, round(load * neurons))
        loads.append(count / neurons)
        found: dict[Course, list[float]] = {course: [] for course in rates}
        for _ in range(max(FEWEST, NEURONS // neurons)):
            patterns = np.where(chance.random((count, neurons)) < 0.5, -1.0, 1.0)
            held = {rule: weights(patterns, rule) for rule in {course.rule for course in rates}}
            for course, seen in found.items():
                seen.append(_rate(patterns, held[course.rule], course.damage, chance))
        for course, seen in found.items():
            rates[course].append(float(np.mean(seen)))
        yield Capacity(np.array(loads), {course: np.array(each) for course, each in rates.items()})


def _rate(patterns: Floats, weight: Floats, damage: float, chance: np.random.Generator) -> float:
    """The share of some stored patterns that the network comes back to from damaged ones."""
    wanted = patterns[:STARTS].T
    states = wanted.copy()
    for column in states.T:
        column[chance.permutation(len(column))[: round(damage * len(column))]] *= -1
    for _ in range(SWEEPS):
        before = states.copy()
        for neuron in chance.permutation(len(states)):
            pulls = weight[neuron] @ states
            np.copyto(states[neuron], np.sign(pulls), where=pulls != 0)
        if (states == before).all():
            break
    return float(((states * wanted).mean(axis=0) > RECALLED).mean())
