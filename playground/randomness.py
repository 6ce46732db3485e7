"""Where chance comes from: one seed in the experiment, one named stream of random numbers a purpose."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, Protocol

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray
from pydantic import Field

from playground.record import record
from playground.text import say
from playground.value import InvalidValue, Kind

Floats = NDArray[np.float64]
Shape = int | tuple[int, ...]


class Source(Protocol):
    """What data and initial parameters are drawn from; arrays are filled in C order."""

    def uniform(self, shape: Shape) -> Floats:
        """Numbers spread evenly over [0, 1)."""

    def normal(self, shape: Shape) -> Floats:
        """Numbers of the standard normal distribution."""

    def permutation(self, n: int) -> NDArray[np.int64]:
        """The numbers 0 … n−1 in random order, (n,)."""


class GeneratorSource:
    """A `Source` that draws from a NumPy generator."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    def uniform(self, shape: Shape) -> Floats:
        """Numbers spread evenly over [0, 1)."""
        return self._generator.random(shape)

    def normal(self, shape: Shape) -> Floats:
        """Numbers of the standard normal distribution."""
        return self._generator.standard_normal(shape)

    def permutation(self, n: int) -> NDArray[np.int64]:
        """The numbers 0 … n−1 in random order, (n,)."""
        return self._generator.permutation(n)


class Rc4:
    """The `Source` of TensorFlow Playground: `Math.seedrandom(seed)` of seedrandom 2.4 (David Bau)."""

    def __init__(self, seed: str) -> None:
        utf16 = seed.encode("utf-16-le")
        self._bytes = _rc4_bytes(key=utf16[::2] or b"\0")  # the low byte of each JavaScript character

    def uniform(self, shape: Shape) -> Floats:
        """Numbers spread evenly over [0, 1)."""
        return _filled(shape, self._uniform)

    def normal(self, shape: Shape) -> Floats:
        """Numbers of the standard normal distribution."""
        return _filled(shape, self._normal)

    def permutation(self, n: int) -> NDArray[np.int64]:
        """The numbers 0 … n−1 in the order of TF Playground's `shuffle` (Fisher and Yates), (n,)."""
        order = np.arange(n)
        for last in range(n - 1, -1, -1):
            other = int(self._uniform() * (last + 1))
            order[last], order[other] = order[other], order[last]
        return order

    def _uniform(self) -> float:
        """The next double: at least 52 random bits, exactly as seedrandom composes them."""
        draw = self._bytes
        numerator = 0
        for _ in range(6):
            numerator = numerator << 8 | next(draw)
        denominator, extra = 1 << 48, 0
        while numerator < 1 << 52:
            numerator, denominator, extra = (numerator + extra) << 8, denominator << 8, next(draw)
        while numerator >= 1 << 53:
            numerator, denominator, extra = numerator >> 1, denominator >> 1, extra >> 1
        return (numerator + extra) / denominator

    def _normal(self) -> float:
        """The next normal deviate by Marsaglia's polar method, its twin thrown away as in the original."""
        while True:
            v1 = 2 * self._uniform() - 1
            v2 = 2 * self._uniform() - 1
            s = v1 * v1 + v2 * v2
            if 0 < s <= 1:
                return math.sqrt(-2 * math.log(s) / s) * v1


def _filled(shape: Shape, draw: Callable[[], float]) -> Floats:
    numbers = np.empty(shape)
    numbers.reshape(-1)[:] = [draw() for _ in range(numbers.size)]
    return numbers


def _rc4_bytes(key: bytes) -> Iterator[int]:
    """RC4's key stream, its first 256 bytes discarded."""
    s = list(range(256))
    j = 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    i = j = count = 0
    while True:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        if count >= 256:
            yield s[(s[i] + s[j]) & 255]
        else:
            count += 1


_TRAINING = ("shuffle", "dropout", "augment", "noise")


@record
class Streams:
    """The random streams of one run, each for one purpose, so that one never disturbs another."""

    data: Source
    """Draws the samples, then their split into training and test."""
    init: Source
    """Draws the initial parameters."""
    shuffle: Generator
    """Orders the training samples anew for each epoch."""
    dropout: Generator
    """Chooses the units that a step leaves out."""
    augment: Generator
    """Varies the training samples."""
    noise: Generator
    """Disturbs activations and gradients."""

    def state(self) -> dict[str, Any]:
        """Where the four training generators stand, fit for JSON."""
        return {name: getattr(self, name).bit_generator.state for name in _TRAINING}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put the training generators back, bit for bit, to where `state()` found them.

        Raises:
            InvalidValue: when this is no such state; then nothing has changed.
        """
        if not isinstance(state, Mapping) or set(state) != set(_TRAINING):
            raise InvalidValue(
                say(
                    "streams.other_names",
                    "the state of the random streams must name {names}",
                    names=", ".join(_TRAINING),
                )
            )
        for name in _TRAINING:
            if not _is_pcg64_state(state[name]):
                raise InvalidValue(
                    say(
                        "streams.unknown_state",
                        "the state of the random stream '{name}' is not one of PCG64",
                        name=name,
                    )
                )
        for name in _TRAINING:
            getattr(self, name).bit_generator.state = state[name]


def _is_pcg64_state(state: Any) -> bool:
    trial = PCG64(0)
    try:
        trial.state = state
    except (TypeError, ValueError, KeyError, OverflowError):
        return False
    return bool(trial.state == state)


class Randomness(Kind):
    """The generator of random numbers and its seed: the same seed gives the same run."""

    @abstractmethod
    def streams(self) -> Streams:
        """Fresh streams, all at their beginning."""


class Pcg64(Randomness):
    title = "PCG64"
    help = "PCG64, NumPy's own generator: fast, and every purpose has an independent stream."
    advice = "For everything that does not have to be the same as elsewhere."
    reference = "O'Neill 2014."
    kind: Literal["pcg64"] = "pcg64"
    seed: int = Field(
        42,
        ge=0,
        le=2**32 - 1,
        title="Seed",
        description="Any whole number; each gives another run of chance.",
    )

    def streams(self) -> Streams:
        """Fresh streams, all at their beginning."""
        data, init, *training = _generators(SeedSequence(self.seed))
        return Streams(GeneratorSource(data), GeneratorSource(init), *training)


class TFPlaygroundRandomness(Randomness):
    title = "TF Playground"
    help = (
        "TensorFlow Playground's generator: a seed of its links gives the same data and initial weights here."
    )
    advice = "To see the same run here and there."
    kind: Literal["tf_playground"] = "tf_playground"
    seed: str = Field(
        "0.5",
        max_length=64,
        title="Seed",
        description="Any text; TF Playground uses a decimal such as 0.59704.",
    )

    def streams(self) -> Streams:
        """Fresh streams, all at their beginning; data and weights share one, in this order."""
        rc4 = Rc4(self.seed)
        _, _, *training = _generators(SeedSequence(list(self.seed.encode())))
        return Streams(rc4, rc4, *training)


def _generators(seed: SeedSequence) -> list[Generator]:
    """Independent generators in the order of the fields of `Streams`; a new one may only be appended."""
    return [Generator(PCG64(child)) for child in seed.spawn(6)]
