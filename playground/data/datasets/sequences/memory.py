"""Sequences of which something early has to be kept in mind."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import Task
from playground.data.datasets.recipes.drawing import between
from playground.data.datasets.sequences.drawing import SequenceRecipe, Shorter, ended, lengths_of
from playground.data.sample import Floats, SampleShape, Targets
from playground.randomness import Source
from playground.text import Text, say
from playground.value import Typical, Unit


class Echo(SequenceRecipe):
    title = "Echo"
    help = "Values by chance, and at every step the one of some steps before; noise moves it."
    formula = "t(s) = x(s − d);   the first d steps have no target"
    advice = "For seeing how far back a network remembers; the loss counts only what is asked."
    reference = "Jaeger 2001."
    kind: Literal["echo"] = "echo"
    length: Annotated[int, Unit("steps"), Typical(4, 40)] = Field(
        12, ge=2, le=100, title="Length", description="How many steps there are, 10 to 20 as a rule."
    )
    shorter: Shorter = 0.0
    delay: Annotated[int, Unit("steps"), Typical(0, 20)] = Field(
        3, ge=0, le=99, title="Delay", description="After how many steps a value comes back; more is harder."
    )

    @property
    def problem(self) -> Text | None:
        if self.delay < self.length:
            return None
        return say(
            "data.unheard_echo",
            "An echo after {delay} steps is not heard in {length}; take longer sequences or a shorter delay.",
            delay=self.delay,
            length=self.length,
        )

    @property
    def task(self) -> Task:
        """Repeat each value after the delay."""
        return Task("regression", sizes=(self.length, 1))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=self.length, columns=("x",))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Values (n, length, 1) and their echoes (n, length, 1)."""
        lengths = lengths_of(self.samples, self.length, self.shorter, source)
        raw = between(-1, 1, source.uniform((self.samples, self.length, 1)))
        noise = source.normal(raw.shape) * self.noise / 100
        targets = np.full_like(raw, np.nan)
        targets[:, self.delay :] = raw[:, : max(self.length - self.delay, 0)]
        return ended(raw, lengths), ended(targets + noise, lengths)


class Adding(SequenceRecipe):
    title = "Adding problem"
    help = "Values, of which two are marked: what is their sum?  Noise moves the answer."
    formula = "t = Σ value · mark,   one mark in each half"
    advice = "For telling networks that remember from those that do not; try longer ones."
    reference = "Hochreiter & Schmidhuber 1997."
    kind: Literal["adding"] = "adding"
    length: Annotated[int, Unit("steps"), Typical(4, 40)] = Field(
        8, ge=2, le=200, title="Length", description="How many steps there are, 6 to 50; more is harder."
    )
    shorter: Shorter = 0.0

    @property
    def task(self) -> Task:
        """Add the two marked values."""
        return Task("regression")

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=self.length, columns=("value", "mark"))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Values and marks (n, length, 2), and sums (n,)."""
        lengths = lengths_of(self.samples, self.length, self.shorter, source)
        values = source.uniform((self.samples, self.length))
        first, second = source.uniform((2, self.samples))
        half, steps = lengths // 2, np.arange(self.length)
        early, late = np.floor(first * half), half + np.floor(second * (lengths - half))
        marks = (steps == early[:, np.newaxis]) | (steps == late[:, np.newaxis])
        sums = (values * marks).sum(axis=1) + source.normal(self.samples) * self.noise / 100
        return ended(np.stack([values, marks], axis=2), lengths), sums


class Copy(SequenceRecipe):
    title = "Copy"
    help = "Bits by chance, a mark at their end, and then silence, in which they are to be said again."
    formula = "t(s) = x(s − length − 1) behind the mark;   no target before"
    advice = "For seeing whether a network can keep a whole list in mind and say it in order."
    reference = "Graves, Wayne & Danihelka 2014."
    kind: Literal["copy"] = "copy"
    length: Annotated[int, Unit("steps"), Typical(2, 20)] = Field(
        5, ge=1, le=50, title="Length", description="How many steps are to be said again; more is harder."
    )
    bits: Annotated[int, Typical(1, 8)] = Field(
        3, ge=1, le=16, title="Bits", description="How many bits there are at each step."
    )
    shorter: Shorter = 0.0

    @property
    def task(self) -> Task:
        """Say the bits again behind the mark."""
        return Task("regression", sizes=(2 * self.length + 1, self.bits))

    @property
    def shape(self) -> SampleShape:
        names = [f"bit {number}" for number in range(1, self.bits + 1)]
        return SampleShape.of(time=2 * self.length + 1, columns=(*names, "mark"))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Bits and mark (n, 2 · length + 1, bits + 1), and the bits again (n, 2 · length + 1, bits)."""
        lengths = lengths_of(self.samples, self.length, self.shorter, source, least=1)
        bits = np.floor(2 * source.uniform((self.samples, self.length, self.bits)))
        raw = np.zeros((self.samples, 2 * self.length + 1, self.bits + 1))
        targets = np.full(raw[:, :, :-1].shape, np.nan)
        for length in np.unique(lengths):
            those = lengths == length
            raw[those, :length, :-1] = bits[those, :length]
            raw[those, length, -1] = 1
            targets[those, length + 1 : 2 * length + 1] = bits[those, :length]
        noise = source.normal(raw[:, :, :-1].shape) * self.noise / 100
        raw[:, :, :-1] += noise
        return ended(raw, 2 * lengths + 1), targets
