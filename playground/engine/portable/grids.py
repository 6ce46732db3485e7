"""Operations on pictures (samples, height, width, channels); a sequence is a picture of one row."""

from __future__ import annotations

from typing import Literal

from playground.engine.arrays import Array, Shape
from playground.engine.portable.base import PortableOp
from playground.record import record


@record(eq=False)
class ConvolveOp(PortableOp):
    """y(i, j, f) = Σ kernels(f, u, v, c) x(s i + d u − top, s j + d v − left, c) + bias(f), 0 outside.

    Attributes:
        kernels: (filters, down, across, channels of a group).
        padding: how many zeros stand above, below, left and right.
        strides, dilations: down and across.
    """

    kernels: Array
    bias: Array
    padding: tuple[int, int, int, int] = (0, 0, 0, 0)
    strides: tuple[int, int] = (1, 1)
    dilations: tuple[int, int] = (1, 1)
    groups: int = 1

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        filters, down, across, _ = self.kernels.shape
        sizes = counted(inputs[0], (down, across), self.padding, self.strides, self.dilations)
        return (*sizes, filters)


@record(eq=False)
class ConvolveTransposedOp(PortableOp):
    """Each value lays kernels down, `strides` apart; of the sum, `sizes` from (top, left) on remain, + bias.

    Attributes:
        kernels: (filters, down, across, channels).
        sizes: height and width of what it gives; where no kernel reaches there is the bias alone.
    """

    kernels: Array
    bias: Array
    strides: tuple[int, int]
    top: int
    left: int
    sizes: tuple[int, int]

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*self.sizes, len(self.kernels))


@record(eq=False)
class PoolOp(PortableOp):
    """The largest or the mean of each window of a channel; what is outside does not count in either.

    With a second input, the mask (samples, width) of a sequence, places that are not there do not count; of
    none at all it gives 0.
    """

    by: Literal["max", "mean"]
    window: tuple[int, int]
    strides: tuple[int, int]
    padding: tuple[int, int, int, int] = (0, 0, 0, 0)

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        sizes = counted(inputs[0], self.window, self.padding, self.strides, (1, 1))
        return (*sizes, inputs[0][2])


@record(eq=False)
class ReduceOp(PortableOp):
    """The sum, mean or maximum over all axes between the samples and the last.

    With a second input, the mask (samples, places), of those places that are there; of none it gives 0.
    """

    by: Literal["sum", "mean", "max"]

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return inputs[0][-1:]


@record(eq=False)
class RepeatOp(PortableOp):
    """Each value so many times down and across."""

    factors: tuple[int, int]

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        height, width, channels = inputs[0]
        return (height * self.factors[0], width * self.factors[1], channels)


def counted(
    given: Shape,
    window: tuple[int, int],
    padding: tuple[int, int, int, int],
    strides: tuple[int, int],
    dilations: tuple[int, int],
) -> tuple[int, int]:
    """How many windows there are down and across a padded picture."""
    top, bottom, left, right = padding
    sizes = given[0] + top + bottom, given[1] + left + right
    reach = [dilation * (size - 1) + 1 for dilation, size in zip(dilations, window, strict=True)]
    down, across = (
        (size - far) // stride + 1 for size, far, stride in zip(sizes, reach, strides, strict=True)
    )
    return down, across
