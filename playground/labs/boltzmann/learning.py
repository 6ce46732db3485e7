"""A Boltzmann machine that learns, a piece at a time: it goes on bit for bit from what a file remembers."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.random import default_rng

from playground.labs.base import Memory
from playground.labs.boltzmann.laboratory import Boltzmann, Pictures
from playground.labs.boltzmann.machine import Floats, RestrictedMachine
from playground.text import say
from playground.value import InvalidValue

PIECE_SECONDS = 0.03
"""How long it learns before it is looked at."""

ORDER, DREAMS, START, SHOWN = range(4)
"""Streams of chance that do not disturb one another."""

MOST_MEASURED = 200
"""Pictures whose free energy and reconstruction are measured."""

HISTORY = ("epoch", "train_error", "test_error", "train_energy", "test_energy", "likelihood")
LARGEST = 1e6
"""A weight beyond this has run away."""


PARTS = ("weights", "visible", "hidden")


@dataclass(frozen=True, eq=False)
class Seen:
    """How far it is, and what it has become.

    Attributes:
        pictures: what it learns.
        epoch: how often it saw them all.
        history: a column a name of `HISTORY`, a row an epoch; the likelihood is no number in large machines.
        memory: all that changes, for a file.
        diverged: whether the weights ran away, and learning stopped.
    """

    machine: RestrictedMachine
    pictures: Pictures
    epoch: float
    history: dict[str, Floats]
    memory: Memory
    diverged: bool


class Learning:
    """The state of one machine that learns the pictures of a laboratory.

    All chance comes from the seed, the epoch and the step, so that nothing of it has to be remembered.
    Rates, momentum, decay, steps and batch may change on the way: `lab` is another one then.
    """

    def __init__(self, lab: Boltzmann) -> None:
        self.lab, self.pictures = lab, lab.pictures()
        pixels = self.pictures.train.shape[1]
        chance = default_rng([lab.seed, START])
        self.machine = RestrictedMachine.drawn(pixels, lab.hidden, self.pictures.train.mean(axis=0), chance)
        self._speed = [np.zeros_like(each) for each in self._parameters()]
        self.steps, self.epoch, self._start, self.diverged = 0, 0, 0, False
        self._rows: list[tuple[float, ...]] = [self._measured()]
        self._ordered, self._order = -1, np.empty(0, np.int64)

    # --- learning ---------------------------------------------------------------------------------------

    def learn(self, seconds: float = PIECE_SECONDS) -> Seen:
        """Learn for a while."""
        end = perf_counter() + seconds
        while not self.diverged:
            self.step()
            if perf_counter() > end:
                break
        return self.seen()

    def step(self) -> None:
        """One update."""
        lab = self.lab
        if self.epoch != self._ordered:
            self._ordered = self.epoch
            self._order = default_rng([lab.seed, ORDER, self.epoch]).permutation(len(self.pictures.train))
        batch = self.pictures.train[self._order[self._start : self._start + lab.batch]]
        slope = self.machine.divergence(batch, lab.steps, default_rng([lab.seed, DREAMS, self.steps]))
        pulls = (slope.weights - lab.decay * self.machine.weights, slope.visible, slope.hidden)
        for values, speed, pull in zip(self._parameters(), self._speed, pulls, strict=True):
            speed *= lab.momentum
            speed += lab.rate * pull
            values += speed
        self.steps += 1
        self._start += lab.batch
        if self._start >= len(self._order):
            self._end_epoch()

    def _end_epoch(self) -> None:
        self.epoch, self._start = self.epoch + 1, 0
        self.diverged = not all(np.abs(each).max() < LARGEST for each in self._parameters())
        if not self.diverged and self.epoch % _stride(self.epoch) == 0:
            self._rows.append(self._measured())

    def _parameters(self) -> tuple[Floats, Floats, Floats]:
        machine = self.machine
        return machine.weights, machine.visible, machine.hidden

    # --- looking ----------------------------------------------------------------------------------------

    def seen(self) -> Seen:
        """What it is now, a copy."""
        memory = self.memory()
        machine = RestrictedMachine(*(np.asarray(memory[name], np.float64) for name in PARTS))
        history = dict(zip(HISTORY, np.array(self._rows).T, strict=True))
        epoch = self.epoch + self._start / len(self.pictures.train)
        return Seen(machine, self.pictures, epoch, history, memory, self.diverged)

    def _measured(self) -> tuple[float, ...]:
        machine, sides = self.machine, (self.pictures.train, self.pictures.test)
        few = [side[:MOST_MEASURED] for side in sides]
        errors = [float(np.square(side - machine.reconstructed(side)).mean()) for side in few]
        energies = [float(machine.free_energy(side).mean()) for side in few]
        likelihood = machine.log_likelihood(sides[0]) if machine.is_small else np.nan
        return (float(self.epoch), *errors, *energies, likelihood)

    # --- files ------------------------------------------------------------------------------------------

    def memory(self) -> Memory:
        """A copy of all that changes."""
        found = {name: each.copy() for name, each in zip(PARTS, self._parameters(), strict=True)}
        found |= {f"speed.{name}": each.copy() for name, each in zip(PARTS, self._speed, strict=True)}
        place = np.array([self.steps, self.epoch, self._start])
        return {**found, "place": place, "history": np.array(self._rows)}

    def restore(self, memory: Memory) -> None:
        """Go on from there.

        Raises:
            InvalidValue: when that is not of such a machine; then nothing has changed.
        """
        check(self.lab, memory)
        for name, values, speed in zip(PARTS, self._parameters(), self._speed, strict=True):
            values[:], speed[:] = memory[name], memory[f"speed.{name}"]
        self.steps, self.epoch, self._start = (int(number) for number in memory["place"])
        self._rows = [tuple(row) for row in memory["history"].tolist()]


def _stride(epoch: int) -> int:
    """Every so many epochs are measured: the later, the fewer."""
    return int(10 ** max(0, len(str(epoch)) - 4))


def check(lab: Boltzmann, memory: Memory) -> None:
    """Refuse what is not of a machine with these settings.

    Raises:
        InvalidValue: in a sentence.
    """
    if not _fits(lab, memory):
        raise InvalidValue(say("boltzmann.other_memory", "what was learnt does not belong to these settings"))


def _fits(lab: Boltzmann, memory: Memory) -> bool:
    """Whether all is there, of the right shape, and finite."""
    shapes = {"weights": (lab.hidden, lab.inputs), "visible": (lab.inputs,), "hidden": (lab.hidden,)}
    wanted = shapes | {f"speed.{name}": shape for name, shape in shapes.items()}
    if memory.keys() != {*wanted, "place", "history"}:
        return False
    place, history = memory["place"], memory["history"]
    floats = [memory[name] for name in wanted]
    return (
        all(memory[name].shape == shape for name, shape in wanted.items())
        and all(each.dtype == np.float64 and bool(np.isfinite(each).all()) for each in floats)
        and place.shape == (3,)
        and place.dtype == np.int64
        and min(place.tolist()) >= 0
        and history.dtype == np.float64
        and history.ndim == 2
        and history.shape[1] == len(HISTORY)
        and len(history) > 0
    )
