"""The same experiment with other seeds."""

from __future__ import annotations

from playground.experiment import Experiment
from playground.randomness import Pcg64, TFPlaygroundRandomness

SEEDS = 2**32
"""How many there are of the usual random numbers."""


def with_seed(experiment: Experiment, number: int) -> Experiment:
    """The experiment with the seed that comes so many after its own; with 0 it is itself."""
    if number == 0:
        return experiment
    chance = experiment.randomness
    if isinstance(chance, TFPlaygroundRandomness):
        ending = f":{number}"
        return experiment.with_(randomness=chance.with_(seed=f"{chance.seed[: 64 - len(ending)]}{ending}"))
    assert isinstance(chance, Pcg64)
    return experiment.with_(randomness=chance.with_(seed=(chance.seed + number) % SEEDS))
