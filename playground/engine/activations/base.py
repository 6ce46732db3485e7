"""What an activation function is: what a neuron makes of its net input.

Every method writes into arrays given to it and allocates nothing.  `z` is the net input and `a` the
activation, both `(units, samples)`; `out` and `work` have the same shape and overlap nothing else.  At a
kink the derivative is the one from the left.
"""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from collections.abc import Mapping
from enum import Enum
from functools import partial
from typing import ClassVar

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.loops import Loop, LoopRow, loop_of
from playground.engine.parameter import Parameter
from playground.record import record
from playground.text import say
from playground.value import Kind


class Saturation(Enum):
    """On which side a function becomes flat, so that learning stops there."""

    NONE = say("saturation.none", "nowhere")
    LEFT = say("saturation.left", "on the left")
    RIGHT = say("saturation.right", "on the right")
    BOTH = say("saturation.both", "on both sides")


@record
class Properties:
    """What is known of a function.

    Attributes:
        range: the lowest and the highest value it can give.
        odd: whether f(−z) = −f(z), so that its values centre on zero.
        saturation: where its slope goes to zero.
        monotonic: whether it never falls.
        kinks: where its slope jumps; none for a smooth function.
        steepest: its largest slope.
        can_die: whether its slope is exactly zero over a half-line, so that a neuron there stays as it is.
    """

    range: tuple[float, float] = (-np.inf, np.inf)
    odd: bool = False
    saturation: Saturation = Saturation.NONE
    monotonic: bool = True
    kinks: tuple[float, ...] = ()
    steepest: float = 1.0
    can_die: bool = False

    @property
    def smooth(self) -> bool:
        """Whether it has no kinks."""
        return not self.kinks


@record
class ActivationWires:
    """The arrays that an activation is bound to, (units, samples) each.

    Attributes:
        z, a: its net input, and where it writes what it gives.
        gradient: that with respect to `a`; None where none is wanted.
        out: where it writes the gradient with respect to `z`.
        learned, learned_gradients: what `Activation.learned` asked for, by name, and their gradients.
    """

    z: Array
    a: Array
    gradient: Array | None
    out: Array | None
    learned: Mapping[str, Array]
    learned_gradients: Mapping[str, Array]

    @property
    def flow(self) -> tuple[Array, Array, Array | None, Array | None]:
        """z, a and their gradients: that with respect to `a`, and where that for `z` is written."""
        return self.z, self.a, self.gradient, self.out


class Activation(Kind):
    """A function applied to every net input of a layer."""

    has_slope: ClassVar[bool] = True
    """Whether a gradient can flow back through it."""

    loops: ClassVar[tuple[Loop, ...]] = ()
    """What the rows of `lower` do where it learns, and so needs others than those of its methods."""

    @property
    @abstractmethod
    def properties(self) -> Properties:
        """What is known of it."""

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest value it can give."""
        return self.properties.range

    @property
    def expressions(self) -> tuple[str, str]:
        """f(z) and f′(z) written out (see `calculation`) by z and a; "" for what cannot be."""
        return "", ""

    def learned(self, units: int) -> tuple[Parameter, ...]:
        """The parameters of its own that it learns in a layer of so many neurons."""
        return ()

    @abstractmethod
    def forward(self, z: Array, out: Array, work: Array) -> None:
        """Write f(z) into `out`."""

    @abstractmethod
    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        """Write f'(z) into `out`, given z and a = f(z)."""

    def backward(self, z: Array, a: Array, gradient: Array, out: Array, work: Array) -> None:
        """Write the loss's gradient with respect to z into `out`, given the one with respect to a."""
        self.derivative(z, a, out, work)
        np.multiply(out, gradient, out=out)

    def bind(self, wires: ActivationWires) -> tuple[list[Operation], list[Operation]]:
        """The operations forward (z to a) and backward (gradient to out; none when not asked for)."""
        z, a, gradient, out = wires.flow
        work = np.empty_like(z)
        forward: list[Operation] = [partial(self.forward, z, a, work)]
        if gradient is None or out is None:
            return forward, []
        return forward, [partial(self.backward, z, a, gradient, out, work)]

    def lower(self, wires: ActivationWires) -> tuple[list[LoopRow], list[LoopRow]]:
        """The same as `bind` as rows of an operation table."""
        z, a, gradient, out = wires.flow
        kind = type(self)
        single = loop_of(kind, "forward_single") if z.dtype == np.float32 else None
        forward = single or loop_of(kind, "forward")
        backward = loop_of(kind, "derivative") or loop_of(kind, "backward")
        assert forward is not None
        assert backward is not None
        bent = [LoopRow(forward, (z, a), (z.size,), self)]
        if gradient is None or out is None:
            return bent, []
        return bent, [LoopRow(backward, (z, a, gradient, out), (z.size,), self)]

    def __call__(self, z: Array) -> Array:
        """f(z) in a new array; for plots and tests."""
        out = np.empty_like(z)
        self.forward(z, out, np.empty_like(z))
        return out

    def slope(self, z: Array) -> Array:
        """f'(z) in a new array; for plots and tests."""
        out = np.empty_like(z)
        self.derivative(z, self(z), out, np.empty_like(z))
        return out
