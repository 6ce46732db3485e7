"""Sequences of symbols that are right or wrong as a whole."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Task
from playground.data.datasets.sequences.drawing import (
    SequenceRecipe,
    Shorter,
    Whole,
    lengths_of,
    one_of,
)
from playground.data.sample import Floats, SampleShape, Targets
from playground.randomness import Source
from playground.value import Typical, Unit

BRACKETS = "()[]{}"
ROUNDS = 8
"""How often another exchange is tried for a sequence that is right still."""


class SequenceParity(SequenceRecipe):
    title = "Parity of a sequence"
    help = "0 and 1 in a row, and whether the ones are odd in number; noise turns labels over."
    formula = "t = (b₁ + b₂ + …) mod 2"
    advice = "A network with one bit of memory learns it at any length, and one without hardly."
    reference = "Minsky & Papert 1969."
    kind: Literal["sequence_parity"] = "sequence_parity"
    length: Annotated[int, Unit("steps"), Typical(2, 16)] = Field(
        6, ge=2, le=100, title="Length", description="How many steps there are, 4 to 10; more is harder."
    )
    shorter: Shorter = 50.0

    @property
    def task(self) -> Task:
        """Tell odd from even."""
        return Task("classification", ("even", "odd"))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=self.length, symbols=tuple("01"))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Bits (n, length, 2) and classes (n,)."""
        lengths = lengths_of(self.samples, self.length, self.shorter, source)
        numbers = source.uniform((self.samples, self.length + 1))
        bits = (numbers[:, :-1] < 0.5) & _there(lengths, self.length)
        turned = numbers[:, -1] < self.noise / 200
        codes = np.where(_there(lengths, self.length), bits, -1)
        return one_of(codes, 2), (bits.sum(axis=1) + turned) % 2


class Brackets(SequenceRecipe):
    title = "Brackets"
    help = (
        "Brackets that match, and as many with two of them exchanged, so that no count tells which is which; "
        "noise turns labels over."
    )
    formula = "S → S S | ( S ) | [ S ] | { S } | nothing"
    advice = "For seeing whether a network can keep a stack; with one kind it needs only to count."
    reference = "Chomsky & Schützenberger 1963."
    kind: Literal["brackets"] = "brackets"
    pairs: Annotated[int, Typical(2, 10)] = Field(
        4,
        ge=1,
        le=50,
        title="Pairs",
        description="How many pairs there are at most, 3 to 10; more is harder.",
    )
    shorter: Shorter = 50.0
    kinds: int = Field(2, ge=1, le=3, title="Kinds", description="How many kinds of brackets there are.")

    @property
    def task(self) -> Task:
        """Tell whether they match."""
        return Task("classification", ("wrong", "matched"))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=2 * self.pairs, symbols=tuple(BRACKETS[: 2 * self.kinds]))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Brackets (n, 2 · pairs, 2 · kinds) and classes (n,)."""
        lengths = 2 * lengths_of(self.samples, self.pairs, self.shorter, source, least=1)
        codes = _matched(lengths, source.uniform((2, self.samples, 2 * self.pairs)), self.kinds)
        chance = source.uniform((ROUNDS, 2, self.samples))
        labels = np.arange(self.samples) % 2
        wrong = labels == 0
        codes[wrong] = _spoilt(codes[wrong], lengths[wrong], chance[..., wrong])
        turned = source.uniform(self.samples) < self.noise / 200
        return one_of(codes, 2 * self.kinds), labels ^ turned


def _there(lengths: Whole, longest: int) -> NDArray[np.bool_]:
    """Which steps each sequence has, (n, longest)."""
    there: NDArray[np.bool_] = np.arange(longest) < lengths[:, np.newaxis]
    return there


def _matched(lengths: Whole, chance: Floats, kinds: int) -> Whole:
    """Codes (n, time) of brackets that match, −1 behind the end.

    Every shape of a length is equally likely: where r steps are left and h brackets are open, another one
    opens with probability (r − h)(h + 2) / (2 r (h + 1)), Arnold & Sleep 1980.
    """
    count, longest = chance.shape[1:]
    rows, codes = np.arange(count), np.full((count, longest), -1)
    height, stack = np.zeros(count, np.int64), np.zeros((count, longest + 1), np.int64)
    for step in range(longest):
        left = lengths - step
        there = left > 0
        opens = there & (chance[0, :, step] * 2 * left * (height + 1) < (left - height) * (height + 2))
        closes = there & ~opens
        stack[rows[opens], height[opens]] = np.floor(chance[1, opens, step] * kinds)
        height += opens
        height -= closes
        kind = stack[rows, np.where(opens, height - 1, height)]
        codes[:, step] = np.where(there, 2 * kind + closes, -1)
    return codes


def matches(codes: Whole) -> NDArray[np.bool_]:
    """Whether brackets (n, time) match; even codes open, the next odd one closes, −1 is nothing."""
    count, longest = codes.shape
    rows, right = np.arange(count), np.ones(count, bool)
    height, stack = np.zeros(count, np.int64), np.full((count, longest + 1), -1)
    for step in range(longest):
        code = codes[:, step]
        opens, closes = (code >= 0) & (code % 2 == 0), code % 2 == 1
        closes &= code >= 0
        stack[rows[opens], height[opens]] = code[opens] // 2
        height += opens
        height -= closes
        right &= (height >= 0) & (~closes | (stack[rows, height] == code // 2))
        np.maximum(height, 0, out=height)
    right &= height == 0
    return right


def _spoilt(codes: Whole, lengths: Whole, chance: Floats) -> Whole:
    """The same with two brackets exchanged, so that they match no more."""
    rows, spoilt = np.arange(len(codes)), codes.copy()
    todo = rows
    for first, second in chance:
        one, other = (np.floor(each[todo] * lengths[todo]).astype(np.int64) for each in (first, second))
        spoilt[todo] = codes[todo]
        spoilt[todo, one], spoilt[todo, other] = codes[todo, other], codes[todo, one]
        todo = todo[matches(spoilt[todo])]
    spoilt[todo] = codes[todo]
    spoilt[todo, 0], spoilt[todo, lengths[todo] - 1] = codes[todo, lengths[todo] - 1], codes[todo, 0]
    return spoilt
