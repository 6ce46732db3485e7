"""Operations on the last axis of values, or on each value by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from playground.engine.activations import Activation
from playground.engine.arrays import Array, Shape
from playground.engine.portable.base import PortableOp, SameShape
from playground.record import record


@record(eq=False)
class AffineOp(PortableOp):
    """y = x Wᵗ + b along the last axis; of one-hot symbols without a bias it is an embedding.

    Attributes:
        weights: (units, inputs).
        bias: (units,); None for none.
        tied_to: the id of the layer whose weights these are, transposed; "" for weights of its own.
    """

    weights: Array
    bias: Array | None = None
    tied_to: str = ""

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], len(self.weights))


@record(eq=False)
class ActivateOp(SameShape):
    """An activation of each value, by `expression` of z and of what it has learnt.

    Attributes:
        learned: its parameters by name, (1,) or one for each place of the last axis.
    """

    activation: Activation
    learned: Mapping[str, Array] = field(default_factory=dict)

    @property
    def expression(self) -> str:
        """f(z) in the words of `playground.engine.calculation`."""
        return self.activation.expressions[0]


@record(eq=False)
class SoftmaxOp(SameShape):
    """Shares e^x / Σ e^x along the last axis; the largest x is subtracted before."""


@record(eq=False)
class ScaleOp(SameShape):
    """y = factor · x; the factor (values,) is one for each place of the last axis."""

    factor: Array


@record(eq=False)
class AddConstantOp(SameShape):
    """y = x + amounts, which have the shape of a sample, or of its last axis."""

    amounts: Array


@record(eq=False)
class SumOp(SameShape):
    """The sum of several values of one shape."""


@record(eq=False)
class MaximumOp(SameShape):
    """The largest of several values of one shape, place by place."""


@record(eq=False)
class ConcatenateOp(PortableOp):
    """Several values side by side, along the last axis."""

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], sum(shape[-1] for shape in inputs))


@record(eq=False)
class SliceOp(PortableOp):
    """Some places of the last axis, from `start` up to `stop`."""

    start: int
    stop: int

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], self.stop - self.start)


@record(eq=False)
class ReshapeOp(PortableOp):
    """The same values in another shape, in their order with the last axis fastest."""

    sizes: Shape

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return self.sizes


@record(eq=False)
class DropoutOp(SameShape):
    """In training a share of the values is 0 and the others larger; at rest nothing is done.

    Attributes:
        whole_channels: whether all places of a channel are dropped together.
    """

    only_in_training = True
    probability: float
    whole_channels: bool = False


@record(eq=False)
class NoiseOp(SameShape):
    """In training noise of that standard deviation is added; at rest nothing is done."""

    only_in_training = True
    sigma: float
