"""What every portable operation is: its numbers as fields, and the shape that it gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import ClassVar

import numpy as np

from playground.engine.arrays import Array, Shape
from playground.record import record
from playground.text import Text


class NotPortable(ValueError):
    """Why a network cannot be said in other words: a sentence that names the layer."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


@record
class PortableValue:
    """What an operation gives, or the network is given; its shape is that of one sample."""

    name: str
    shape: Shape


class PortableOp(ABC):
    """An operation on values, samples first; the arrays among its fields are the weights it needs."""

    only_in_training: ClassVar[bool] = False
    """Whether it hands on what it is given, as soon as the network no longer trains."""

    @abstractmethod
    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The shape of a sample of what it gives, for samples of these shapes."""

    @property
    def arrays(self) -> Mapping[str, Array]:
        """Its weights by the names of its fields."""
        return dict(self._arrays())

    def _arrays(self) -> Iterator[tuple[str, Array]]:
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            if isinstance(value, np.ndarray):
                yield each.name, value
            elif isinstance(value, Mapping):
                yield from value.items()


class SameShape(PortableOp):
    """One that gives the shape of what it is given first."""

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return inputs[0]
