"""Operations on sequences (samples, time, columns); a mask (samples, time) is 1 where a step is there."""

from __future__ import annotations

from typing import Literal

from playground.engine.arrays import Array, Shape
from playground.engine.portable.base import PortableOp
from playground.record import record


@record(eq=False)
class RecurrentOp(PortableOp):
    """A recurrent layer in one direction; its state begins as 0, and is copied where no step is there.

    tanh, relu: h ← f(W x + U h + b).
    gru: r, z = σ(W x + U h + b), n = tanh(W x + b + r (U h + c)), h ← (1 − z) n + z h.
    lstm: o, i, f = σ(W x + U h + b), g = tanh(W x + U h + b), c ← f c + i g, h = o tanh(c).
    The gates stand in this order.

    Attributes:
        weights, bias, recurrent: (gates, units, columns), (gates, units), (gates, units, units).
        recurrent_bias: c of a GRU, (units,); None for the others.
        backwards: whether it reads from the last step to the first.
        gives_all: the state at each step, in the order of time, or the last that was reached.
    """

    cell: Literal["tanh", "relu", "gru", "lstm"]
    weights: Array
    bias: Array
    recurrent: Array
    recurrent_bias: Array | None = None
    backwards: bool = False
    gives_all: bool = False

    @property
    def units(self) -> int:
        """How many numbers its state has."""
        return int(self.weights.shape[1])

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (inputs[0][0], self.units) if self.gives_all else (self.units,)


@record(eq=False)
class AttendOp(PortableOp):
    """softmax(Q Kᵗ / √d) V of three inputs Q, K and V (samples, time, d), over the steps that there are.

    Attributes:
        causal: whether no step looks at a later one.
    """

    causal: bool = False

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (inputs[0][0], inputs[2][1])


@record(eq=False)
class PlacesOp(PortableOp):
    """Some places of a mask (samples, places): those by which the places behind a layer are there."""

    places: tuple[int, ...]

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (len(self.places),)


@record(eq=False)
class ExternalMemoryOp(PortableOp):
    """A Neural Turing Machine with one head that writes and one that reads; see `layers.external_memory`.

    Attributes:
        controller, heads: (units, columns + width + 1) and (numbers told, units + 1), the biases last.
    """

    controller: Array
    heads: Array
    slots: int
    width: int

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (inputs[0][0], len(self.controller) + self.width)
