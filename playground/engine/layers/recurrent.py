"""Recurrent layers: they read a sequence step by step and carry along what they have to keep in mind."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Shape
from playground.engine.initializers import Initializer, Orthogonal, XavierUniform
from playground.engine.layers.base import Frozen, Layer, Operations, Tensor, Wires
from playground.engine.layers.cells import GruScan, LstmScan, ReluScan, TanhScan
from playground.engine.layers.scan import Scan, Span
from playground.engine.layers.sliding import in_time
from playground.engine.parameter import Parameter, affine, constant
from playground.engine.portable import ConcatenateOp, PortableValue, RecurrentOp, Wording
from playground.engine.sums import GradientSum
from playground.randomness import Source
from playground.value import AnyOf, Basic, Logarithmic, Titles, Typical, Unit

BACKWARDS = "_backwards"
"""How the blocks of the direction that reads from the end are marked."""

Neurons: TypeAlias = Annotated[
    int,
    Field(ge=1, le=512, title="Neurons", description="How many numbers its state has; 8 to 64 as a rule."),
    Logarithmic(1),
    Typical(1, 64),
    Basic(),
]


class Recurrent(Layer):
    """The state begins as zero; at a step that is not there it is copied.

    Reading both ways it has two sets of weights, and gives the state of the one and behind it that of the
    other, each at the same step (Schuster & Paliwal 1997).

    `Operations.seen` has, (time, units, samples) in the order of time, "state", the gates by name and, behind
    a step of training, "slope": the gradient of the loss with respect to the state at each step.  Of the
    second of two directions these are "state backwards" and so on.
    """

    icon = "arrows-clockwise"
    has_neurons = True
    axes = ("time", "columns")
    sized_by = "units"
    common = True

    units: Neurons = 16
    gives: Annotated[Literal["last", "all"], Titles({"last": "Last state", "all": "All states"})] = Field(
        "last",
        title="Gives",
        description="The last state alone, or that of each step for another layer that reads sequences.",
    )
    reads: Annotated[
        Literal["forwards", "backwards", "both"],
        Titles({"forwards": "Forwards", "backwards": "Backwards", "both": "Both ways"}),
    ] = Field(
        "forwards", title="Reads", description="From the first step, from the last, or both, side by side."
    )
    initializer: AnyOf[Initializer] = Field(
        XavierUniform.usual(), title="Initial weights", description="How the weights of the inputs are drawn."
    )
    recurrent_initializer: AnyOf[Initializer] = Field(
        Orthogonal.usual(),
        title="Recurrent weights",
        description="How those from state to state are drawn; orthogonal ones neither fade nor grow.",
    )
    back: Annotated[int, Unit("steps"), Typical(0, 50)] = Field(
        0,
        ge=0,
        le=1000,
        title="Truncate after",
        description="Backpropagate through so many of the last steps, and no further; 0 for all steps.",
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (
            cls(units=3),
            cls(units=2, reads="backwards"),
            cls(units=2, reads="both"),
            cls(units=2, reads="both", gives="all"),
            cls(units=2, gives="all"),
        )

    @property
    @abstractmethod
    def _scan(self) -> type[Scan]:
        """What it does at each step."""

    @property
    def output_range(self) -> tuple[float, float]:
        return (-1.0, 1.0)

    @property
    def marks(self) -> tuple[str, ...]:
        """What marks the blocks of each direction that it reads in."""
        return {"forwards": ("",), "backwards": (BACKWARDS,), "both": ("", BACKWARDS)}[self.reads]

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        time, _ = in_time(self, inputs[0])
        units = self.units * len(self.marks)
        return (time, units) if self.gives == "all" else (units,)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        columns = inputs[0][1]
        return tuple(_named(block, mark) for mark in self.marks for block in self._blocks(columns))

    def _blocks(self, columns: int) -> tuple[Parameter, ...]:
        """Those of one direction: (gates, units, columns + 1), the bias last, and from state to state."""
        gates = self._scan.gates
        weights = affine("weights", (gates, self.units, columns), self.initializer, 0.0)
        return weights, square("recurrent", (gates, self.units, self.units), self.recurrent_initializer)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        time, columns = inputs[0]
        return samples * time * len(self.marks) * (2 * columns + self._scan.kept * self.units)

    def portable(self, wording: Wording) -> PortableValue:
        given = [
            wording.do(self._portable_direction(wording, mark), *wording.inputs, *wording.masked, name=name)
            for mark, name in zip(self.marks, ("", "backwards"), strict=False)
        ]
        return given[0] if len(given) == 1 else wording.do(ConcatenateOp(), *given, name="both")

    def _portable_direction(self, wording: Wording, mark: str) -> RecurrentOp:
        blocks = _unmarked(wording.blocks, mark)
        weights = blocks["weights"]
        return RecurrentOp(
            self._scan.cell,
            weights[..., :-1],
            weights[..., -1],
            blocks["recurrent"],
            blocks.get("recurrent_bias"),
            backwards=bool(mark),
            gives_all=self.gives == "all",
        )

    def bind(self, wires: Wires) -> Operations:
        scans = [(mark, self._bound(wires, mark, place)) for place, mark in enumerate(self.marks)]
        seen: dict[str, Array] = {}
        for place, (mark, scan) in enumerate(scans):
            order, behind = _order(mark), " backwards" if place else ""
            seen |= {name + behind: values[order] for name, values in scan.seen.items()}
        return Operations(
            [operation for _, scan in scans for operation in scan.forward],
            [operation for _, scan in scans for operation in scan.backward],
            seen=seen,
            sums=None if wires.output_gradient is None else partial(_sums, scans),
        )

    def _bound(self, wires: Wires, mark: str, place: int) -> Scan:
        """The scan of a direction, whose states are given at that place of all."""
        shape, order = wires.shapes[0], _order(mark)

        def steps(tensor: Tensor) -> Array:
            return tensor.values.reshape(*shape, -1)[order]

        def own(tensor: Tensor) -> Array:
            units = slice(place * self.units, (place + 1) * self.units)
            if self.gives == "last":
                return tensor.values[units]
            grid = tensor.values.reshape(shape[0], -1, tensor.values.shape[1])
            return grid[order, units]

        given, upstream = wires.output_gradient, wires.input_gradients[0] if wires.input_gradients else None
        span = Span(
            x=steps(wires.inputs[0]),
            dx=None if upstream is None else steps(upstream),
            y=own(wires.output),
            dy=None if given is None else own(given),
            there=None if wires.mask is None else wires.mask[order],
            adds=place > 0,
            back=self.back,
        )
        return self._scan(span, _unmarked(wires.parameters, mark), _unmarked(wires.gradients, mark))


def square(name: str, shape: Shape, initializer: Initializer) -> Parameter:
    """Weights from state to state, (gates, units, units), those of each gate drawn by themselves."""

    def draw(source: Source, block: Array) -> None:
        for piece in block:
            piece[:] = initializer.draw(source, (shape[1], shape[2]))

    return Parameter(name, shape, draw, {name: (slice(None),)}, penalized=(name,))


def _sums(scans: Sequence[tuple[str, Scan]]) -> tuple[GradientSum, ...]:
    """Those of all directions, in the order of time."""
    return tuple(each.read_in(mark, _order(mark)) for mark, scan in scans for each in scan.sums())


def _order(mark: str) -> slice:
    """The order in which a direction reads the steps."""
    return slice(None, None, -1 if mark else 1)


def _named(block: Parameter, mark: str) -> Parameter:
    """A block, and its pieces, as they are called for one direction."""
    parts = {name + mark: part for name, part in block.parts.items()}
    return replace(
        block, name=block.name + mark, parts=parts, penalized=tuple(part + mark for part in block.penalized)
    )


def _unmarked(blocks: Mapping[str, Array], mark: str) -> dict[str, Array]:
    """The blocks of one direction, by their names without its mark."""
    return {
        name.removesuffix(BACKWARDS): block
        for name, block in blocks.items()
        if name.endswith(BACKWARDS) == bool(mark)
    }


# --- the members ------------------------------------------------------------------------------------


class SimpleRnn(Recurrent):
    kind: Literal["simple_rnn"] = "simple_rnn"
    title = "Simple RNN"
    help = "At each step, neurons that weigh the input and their own values of the step before."
    formula = "h(t) = f(W x(t) + U h(t − 1) + b),   h(0) = 0"
    advice = "For short sequences.  What lies 10 to 20 steps back fades; an LSTM or a GRU keeps it."
    reference = "Elman 1990."

    function: Annotated[Literal["tanh", "relu"], Titles({"tanh": "tanh", "relu": "ReLU"})] = Field(
        "tanh", title="Activation", description="The function applied to each net input; tanh is usual."
    )
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (*super().examples(), cls(units=3, function="relu", gives="all"))

    @property
    def _scan(self) -> type[Scan]:
        return ReluScan if self.function == "relu" else TanhScan

    @property
    def output_range(self) -> tuple[float, float]:
        return (0.0, np.inf) if self.function == "relu" else (-1.0, 1.0)


class Gru(Recurrent):
    kind: Literal["gru"] = "gru"
    title = "GRU"
    help = "A recurrent layer whose gates say how much of its state it keeps, and how much of it is read."
    formula = "r, z = σ(W x + U h + b),   n = tanh(W x + b + r (U h + c)),   h ← (1 − z) n + z h"
    advice = "As an LSTM with fewer weights.  It resets what U makes of the state, as PyTorch and Keras do."
    reference = "Cho et al. 2014."

    frozen: Frozen = False

    @property
    def _scan(self) -> type[Scan]:
        return GruScan

    def _blocks(self, columns: int) -> tuple[Parameter, ...]:
        return (*super()._blocks(columns), constant("recurrent_bias", self.units, 0.0))


class Lstm(Recurrent):
    kind: Literal["lstm"] = "lstm"
    title = "LSTM"
    help = "A recurrent layer with a cell that keeps what it holds until its gates say otherwise."
    formula = "o, i, f = σ(W x + U h + b),   g = tanh(W x + U h + b),   c ← f c + i g,   h = o tanh(c)"
    advice = "For keeping something in mind over many steps.  Clip the gradient by its norm."
    reference = "Hochreiter & Schmidhuber 1997; Gers et al. 2000."

    forget_bias: float = Field(
        1.0,
        ge=-10,
        le=10,
        title="Initial forget bias",
        description="The bias of the gate that keeps the cell; 1 lets it remember from the start.",
    )
    frozen: Frozen = False

    @property
    def _scan(self) -> type[Scan]:
        return LstmScan

    def _blocks(self, columns: int) -> tuple[Parameter, ...]:
        weights, *others = super()._blocks(columns)

        def draw(source: Source, block: Array) -> None:
            weights.initialize(source, block)
            block[LstmScan.forget, :, -1] = self.forget_bias

        return (replace(weights, initialize=draw), *others)
