"""The mathematics of convolutions: what all windows see is laid out in columns, and multiplied at once.

Known as im2col (Chellapilla, Puri & Simard 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import prod
from typing import Protocol, TypeAlias

import numpy as np

from playground.engine.activations import Activation, ActivationWires, Linear
from playground.engine.arrays import Array, Operation, Shape, product
from playground.engine.layers.base import Operations, Wires
from playground.engine.layers.sliding import SlidingWindows
from playground.engine.sums import GradientSum, with_ones
from playground.record import record

MOST_COLUMNS = 1 << 22
"""Numbers that are laid out at once; of larger batches some samples are taken at a time."""


@record
class Convolution:
    """A convolution over pictures of the shape `grid`, (height, width, channels), in groups of channels."""

    grid: Shape
    windows: SlidingWindows
    activation: Activation
    groups: int = 1

    @property
    def of_each(self) -> int:
        """How many numbers are laid out of each sample."""
        return self.windows.count * (self.windows.size * self.grid[2] + self.groups)

    def workspace(self, filters: int, samples: int) -> int:
        """What is laid out at once, and net inputs and the padded input, both with their gradients."""
        at_once = min(max(self.of_each, MOST_COLUMNS), samples * self.of_each)
        padded = 2 * prod(self.grid) if self.windows.pads else 0
        return at_once + samples * (4 * filters * self.windows.count + padded)

    def bind(self, wires: Wires) -> Operations:
        """Its operations; the block `weights` is (filters, values of a window + 1), the bias last."""
        return in_parts(partial(_Piece, self, wires), self.of_each, wires)


class Piece(Protocol):
    """Operations for some samples of a batch, all of them as a rule.

    Attributes:
        lay_out: what `forward` begins with; of these samples it must have been called last before `backward`.
        z, delta: the net inputs and the gradient with respect to them (rows, columns, filters, samples).
    """

    lay_out: list[Operation]
    forward: list[Operation]
    backward: list[Operation]
    z: Array | None
    delta: Array | None

    def sums(self) -> tuple[GradientSum, ...]:
        """How the gradient of the weights came about, where these are all samples."""


Part: TypeAlias = Callable[[slice, Mapping[str, Array], dict[int, Array]], Piece]
"""Makes a piece of some samples, which adds up gradients of its own; pieces share the room by its size."""


def in_parts(piece: Part, of_each: int, wires: Wires) -> Operations:
    """The operations of a layer that lays out so many numbers of each sample: not of all of many at once."""
    samples = wires.inputs[0].values.shape[1]
    at_once = max(1, MOST_COLUMNS // of_each)
    parts = [slice(start, min(start + at_once, samples)) for start in range(0, samples, at_once)]
    if len(parts) == 1:
        whole = piece(parts[0], wires.gradients, {})
        return Operations(whole.forward, whole.backward, z=whole.z, delta=whole.delta, sums=whole.sums)
    room: dict[int, Array] = {}
    forward: list[Operation] = []
    backward: list[Operation] = [partial(total.fill, 0) for total in wires.gradients.values()]
    for part in parts:
        gradients = {name: np.empty_like(total) for name, total in wires.gradients.items()}
        each = piece(part, gradients, room)
        forward += each.forward
        backward += [*each.lay_out, *each.backward]
        backward += [
            partial(np.add, total, gradients[name], total) for name, total in wires.gradients.items()
        ]
    return Operations(forward, [] if wires.output_gradient is None else backward)


class _Piece:
    """A convolution of some samples of a batch, all of them as a rule.

    Attributes:
        lay_out: lays out what the windows see.
        z, delta: the net inputs and their gradient, as the values of a layer lie.
        forward, backward: the operations; what was laid out last must be of these samples when `backward` is
            called, and is lost after it.
    """

    def __init__(
        self,
        convolution: Convolution,
        wires: Wires,
        samples: slice,
        gradients: Mapping[str, Array],
        room: dict[int, Array],
    ) -> None:
        self._of, self._wires, self._gradients = convolution, wires, gradients
        self._samples, self._count = samples, samples.stop - samples.start
        weights = wires.parameters["weights"]
        self._weights = weights.reshape(convolution.groups, len(weights) // convolution.groups, -1)
        self._columns = self._room(room)
        self.lay_out = self._lay_out()
        z = np.empty((len(weights), convolution.windows.count * self._count), weights.dtype)
        given = None if wires.output_gradient is None else self._outputs(wires.output_gradient.values)
        onward = None if given is None else np.empty_like(z)
        a, delta = z, onward
        bend: list[Operation] = []
        unbend: list[Operation] = []
        if not isinstance(convolution.activation, Linear):
            a, delta = np.empty_like(z), None if onward is None else np.empty_like(z)
            around = ActivationWires(z, a, onward, delta, wires.parameters, gradients)
            bend, unbend = convolution.activation.bind(around)
        give = partial(np.copyto, self._outputs(wires.output.values), self._spread(a))
        self.forward: list[Operation] = [*self.lay_out, self._multiply(z), *bend, give]
        self.backward: list[Operation] = []
        if given is not None and onward is not None and delta is not None:
            take = partial(np.copyto, self._spread(onward), given)
            self.backward += [take, *unbend, *self._backward(delta)]
        self.z, self.delta = (
            None if values is None else self._spread(values).transpose(1, 2, 0, 3) for values in (z, delta)
        )
        self._delta = delta

    def sums(self) -> tuple[GradientSum, ...]:
        """One for each group; what windows see is laid out anew."""
        if self._delta is None:
            return ()
        for operation in self.lay_out:
            operation()
        windows, groups = self._of.windows, self._of.groups
        sizes = windows.down.count, windows.across.count, self._count
        deltas = self._delta.reshape(groups, -1, *sizes)
        read = self._columns.reshape(groups, -1, *sizes)
        values = np.arange(float(prod(self._of.grid))).reshape(*self._of.grid, 1)
        padded = windows.padded(values, -1)
        windows.inside(padded)[:] = values
        seen = self._in_groups(windows.view(padded)).reshape(groups, -1, *sizes[:2]).astype(int)
        entries = np.arange(self._weights.size).reshape(self._weights.shape)
        return tuple(
            GradientSum("weights", deltas[group], read[group], entries[group], with_ones(seen[group]))
            for group in range(groups)
        )

    # --- the same numbers in other arrangements ---------------------------------------------------------

    def _room(self, room: dict[int, Array]) -> Array:
        """Where columns go, (groups, values of a window + 1, windows · samples), the last row ones.

        Pieces of equal size share it.
        """
        if self._count not in room:
            groups, _, length = self._weights.shape
            shape = groups, length, self._of.windows.count * self._count
            room[self._count] = np.ones(shape, self._weights.dtype)
        return room[self._count]

    def _split(self, columns: Array) -> Array:
        """Columns as (groups, channels, down, across, rows, columns, samples), without the ones."""
        windows, channels = self._of.windows, self._of.grid[2] // self._of.groups
        sizes = windows.down.size, windows.across.size, windows.down.count, windows.across.count
        return columns[:, :-1].reshape(self._of.groups, channels, *sizes, self._count)

    def _in_groups(self, windows: Array) -> Array:
        """All windows (down, across, rows, columns, channels, samples) in the order of `_split`."""
        *sizes, _, samples = windows.shape
        return windows.reshape(*sizes, self._of.groups, -1, samples).transpose(4, 5, 0, 1, 2, 3, 6)

    def _pictures(self, values: Array) -> Array:
        """A layer's inputs (units, all samples) as (height, width, channels, these samples)."""
        return values.reshape(*self._of.grid, -1)[..., self._samples]

    def _outputs(self, values: Array) -> Array:
        """A layer's outputs (units, all samples) as (filters, rows, columns, these samples)."""
        down, across = self._of.windows.down.count, self._of.windows.across.count
        return values.reshape(down, across, -1, values.shape[1])[..., self._samples].transpose(2, 0, 1, 3)

    def _spread(self, values: Array) -> Array:
        """Values (filters, windows · samples) as (filters, rows, columns, samples)."""
        return values.reshape(-1, self._of.windows.down.count, self._of.windows.across.count, self._count)

    # --- operations -------------------------------------------------------------------------------------

    def _lay_out(self) -> list[Operation]:
        """Copy what each window sees into the columns."""
        windows, pictures = self._of.windows, self._pictures(self._wires.inputs[0].values)
        padded = windows.padded(pictures)
        if (mask := self._mask()) is not None:
            padded = padded if windows.pads else np.empty_like(pictures)
            enter: Operation = partial(np.multiply, pictures, mask, windows.inside(padded))
        else:
            enter = partial(np.copyto, windows.inside(padded), pictures)
        lay = partial(np.copyto, self._split(self._columns), self._in_groups(windows.view(padded)))
        return [lay] if padded is pictures else [enter, lay]

    def _mask(self) -> Array | None:
        """Which steps of these samples are there, as the pictures lie; None where all are."""
        mask = self._wires.mask
        return None if mask is None else mask[np.newaxis, :, np.newaxis, self._samples]

    def _multiply(self, z: Array) -> Operation:
        if self._of.groups == 1:
            return product(self._weights[0], self._columns[0], z)
        return partial(np.matmul, self._weights, self._columns, z.reshape(self._of.groups, -1, z.shape[1]))

    def _backward(self, delta: Array) -> list[Operation]:
        """From the gradient δ of the net inputs (filters, windows · samples) to weights and inputs."""
        delta = delta.reshape(self._of.groups, -1, delta.shape[1])
        gradient = self._gradients["weights"].reshape(self._weights.shape)
        found: list[Operation] = [partial(np.matmul, delta, self._columns.transpose(0, 2, 1), gradient)]
        if (upstream := self._wires.input_gradients[0]) is None:
            return found
        seen = self._columns[:, :-1]  # needed no longer, and of the size of its gradient
        found.append(partial(np.matmul, self._weights[:, :, :-1].transpose(0, 2, 1), delta, seen))
        return [*found, *self._gather(self._split(self._columns), self._pictures(upstream.values))]

    def _gather(self, columns: Array, pictures: Array) -> list[Operation]:
        """Add up what all windows say of each value of the pictures."""
        windows = self._of.windows
        padded = windows.padded(pictures)
        found: list[Operation] = [partial(padded.fill, 0)]
        places = np.ndindex(windows.down.size, windows.across.size)
        for values, place in zip(windows.places(padded), places, strict=True):
            seen = columns[:, :, *place].transpose(2, 3, 0, 1, 4)
            values = values.reshape(seen.shape)
            found.append(partial(np.add, values, seen, values))
        if windows.pads:
            found.append(partial(np.copyto, pictures, windows.inside(padded)))
        if (mask := self._mask()) is not None:
            found.append(partial(np.multiply, pictures, mask, pictures))
        return found
