"""Reading a sequence step by step: what simple recurrent networks, GRUs and LSTMs have in common.

What the inputs say is worked out for all steps at once, and so are the gradients of the weights; only what
goes from one state to the next is done a step at a time.  Everything here lies in the order in which the
steps are read, which is that of time, or the other way round.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, Literal

import numpy as np

from playground.engine.arrays import Array, Operation, number, product
from playground.engine.sums import GradientSum, columns, numbered
from playground.record import record


@record
class Span:
    """What is read, and where it goes.

    Attributes:
        x, dx: inputs (time, columns, samples) and where their gradient goes; None where nobody wants it.
        y, dy: outputs and their gradient, (time, units, samples), or (units, samples) of the last state.
        there: (time, samples), 0 for a step that is not there; None where all are.
        adds: whether the gradient of the inputs is added to what is there already.
        back: through how many of its last steps a gradient goes; 0 for all.
    """

    x: Array
    dx: Array | None
    y: Array
    dy: Array | None
    there: Array | None = None
    adds: bool = False
    back: int = 0

    @property
    def gives_all(self) -> bool:
        """Whether all states are given, and not the last alone."""
        return self.y.ndim == 3


class Gone:
    """Steps that are not there: at them a state is copied.

    Attributes:
        where: (time, 1, samples) whether a step of a sample is not there.
        some: for each step whether that is so of any sample.
        kept: (time, 1, samples), 0 where no gradient goes on to the step before; None where all does.
    """

    def __init__(self, there: Array, back: int) -> None:
        self._there, self._back = there, back
        self.where = np.zeros((len(there), 1, there.shape[1]), bool)
        self.some = [False] * len(there)
        self.kept = goes_on(there, back) if back else None

    def look(self) -> None:
        """See which steps of this batch are not there."""
        np.equal(self._there, 0, self.where[:, 0])
        self.some[:] = np.any(self.where[:, 0], axis=1).tolist()
        if self.kept is not None:
            self.kept[:] = goes_on(self._there, self._back)

    def at(self, step: int, operation: Callable[[], object]) -> Operation:
        """An operation that is done only where some sample lacks a step."""

        def only_then() -> None:
            if self.some[step]:
                operation()

        return only_then


def goes_on(there: Array, back: int) -> Array:
    """1 where a gradient goes on to the step before, (time, 1, samples), and 0 behind every `back` steps.

    They are counted from the last step that is there.
    """
    left = np.cumsum(there[::-1], axis=0)[::-1]
    found: Array = ((left % back != 0) | (there == 0)).astype(there.dtype)[:, np.newaxis]
    return found


class Scan(ABC):
    """One layer reading a batch of sequences in one direction.

    Attributes:
        net: W x + b of each step, (time, gates · units, samples), and then what its gates make of it.
        states: (time + 1, units, samples), the first before anything was read.
        slopes: the gradient with respect to the state behind each step, (time, units, samples).
        deltas: that with respect to the net inputs, (time, rows · units, samples).
    """

    cell: ClassVar[Literal["tanh", "relu", "gru", "lstm"]] = "tanh"
    gates: ClassVar[int] = 1
    rows: ClassVar[int] = 1
    """How many gradients there are of each unit and step."""

    kept: ClassVar[int] = 6
    """How many numbers are kept of each unit and step in training."""

    of_inputs: ClassVar[int] = 0
    """Behind how many of these are those with respect to what the inputs say."""

    forward: list[Operation]
    backward: list[Operation]

    def __init__(self, span: Span, blocks: Mapping[str, Array], gradients: Mapping[str, Array]) -> None:
        time, columns, samples = span.x.shape
        self._span, self._blocks, self._gradients = span, blocks, gradients
        self._steps = time
        weights = blocks["weights"]
        self.units, dtype = weights.shape[1], weights.dtype
        self._weights = weights.reshape(-1, columns + 1)
        self._recurrent = blocks["recurrent"].reshape(-1, self.units)
        self._read = np.ones((columns + 1, time, samples), dtype)
        self.net = np.empty((time, self.gates * self.units, samples), dtype)
        self.states = np.zeros((time + 1, self.units, samples), dtype)
        self._gone = None if span.there is None else Gone(span.there, span.back)
        self._one = number(1, dtype)
        self._work, self._held = (np.empty((self.units, samples), dtype) for _ in range(2))
        self.slopes = self.deltas = np.empty((0, 0, 0), dtype)
        if span.dy is not None:
            self.slopes = np.empty((time, self.units, samples), dtype)
            self.deltas = np.empty((time, self.rows * self.units, samples), dtype)
        self._make_room()
        self.forward = self._forward()
        self.backward = [] if span.dy is None else self._backward(span.dy)

    # --- what each kind does ----------------------------------------------------------------------------

    @abstractmethod
    def _make_room(self) -> None:
        """Allocate what this kind needs besides."""

    @abstractmethod
    def _begin(self) -> list[Operation]:
        """What is done once a batch, `net` included."""

    @abstractmethod
    def _step(self, step: int) -> list[Operation]:
        """From the state before a step to that behind it."""

    @abstractmethod
    def _prepare(self) -> list[Operation]:
        """What of the way back can be done for all steps at once."""

    @abstractmethod
    def _step_back(self, step: int, onward: Array | None) -> list[Operation]:
        """From the slope of a state to the deltas of its step, and on to the slope of the state before."""

    def _cut(self, factor: Array) -> list[Operation]:
        """Let less of whatever else goes on to the step before."""
        return []

    @property
    def seen(self) -> Mapping[str, Array]:
        """What can be looked at, (time, units, samples) in the order of reading."""
        slope = {"slope": self.slopes} if len(self.slopes) else {}
        return {"state": self.states[1:], **self._gates_seen(), **slope}

    def sums(self) -> tuple[GradientSum, ...]:
        """How the gradients of its blocks came about, in the order of reading."""
        places, width = (self._steps, self.states.shape[2]), len(self._read) - 1
        units = numbered(places[:1], columns(width), width)
        before = self.states[:-1].transpose(1, 0, 2)
        return (
            GradientSum("weights", self._of_inputs.reshape(-1, *places), self._read, units=units),
            GradientSum("recurrent", self._all_deltas.reshape(-1, *places), before),
        )

    def _gates_seen(self) -> Mapping[str, Array]:
        """What this kind has besides its state."""
        return {}

    holds: ClassVar[bool] = True
    """Whether the slope of a state that was copied has to be added to that of the one before."""

    # --- forward ----------------------------------------------------------------------------------------

    def _forward(self) -> list[Operation]:
        span, states = self._span, self.states[1:]
        look = [] if self._gone is None else [self._gone.look]
        enter = partial(np.copyto, self._read[:-1], span.x.transpose(1, 0, 2))
        steps = [operation for step in range(self._steps) for operation in self._step(step)]
        give = partial(np.copyto, span.y, states if span.gives_all else states[-1])
        return [*look, enter, *self._begin(), *steps, give]

    def _where_gone(self, step: int, *changes: tuple[Array, Array | int]) -> list[Operation]:
        """Put these values where a sample lacks the step."""
        if (gone := self._gone) is None:
            return []
        where = gone.where[step]
        return [gone.at(step, partial(np.copyto, into, value, where=where)) for into, value in changes]

    def _hold(self, step: int) -> list[Operation]:
        """Copy the state where the step is not there."""
        return self._where_gone(step, (self.states[step + 1], self.states[step]))

    # --- backward ---------------------------------------------------------------------------------------

    def _backward(self, dy: Array) -> list[Operation]:
        begin: Operation = partial(np.copyto, self.slopes if self._span.gives_all else self.slopes[-1], dy)
        steps = [operation for step in reversed(range(self._steps)) for operation in self._all_back(step)]
        gather, self._all_deltas = _by_row(self.deltas)
        return [begin, *self._prepare(), *steps, gather, *self._to_blocks(), *self._to_inputs()]

    def _all_back(self, step: int) -> list[Operation]:
        if not step:
            return self._step_back(step, None)
        before, adds = self.slopes[step - 1], self._span.gives_all
        onward = self._work if adds else before
        operations = self._step_back(step, onward)
        factor = self._kept(step)
        if factor is not None:
            operations += [partial(np.multiply, onward, factor, onward), *self._cut(factor)]
        if adds:
            operations.append(partial(np.add, before, onward, before))
        if self.holds and (gone := self._gone) is not None:
            held = self._held
            operations.append(gone.at(step, partial(np.multiply, self.slopes[step], gone.where[step], held)))
            operations.append(gone.at(step, partial(np.add, before, held, before)))
        return operations

    def _kept(self, step: int) -> Array | None:
        """What share of a gradient goes on to the step before; None where all does."""
        if self._gone is not None:
            return None if self._gone.kept is None else self._gone.kept[step]
        if not self._span.back or (self._steps - step) % self._span.back:
            return None
        return number(0, self.net.dtype)

    def _to_blocks(self) -> list[Operation]:
        """The gradients of the weights, of all steps at once."""
        states, before = _by_row(self.states[:-1])
        gradient = self._gradients["weights"].reshape(self._weights.shape)
        return [
            states,
            product(self._of_inputs, _flat(self._read).T, gradient),
            *self._to_recurrent(before, self._gradients["recurrent"].reshape(self._recurrent.shape)),
        ]

    def _to_recurrent(self, before: Array, gradient: Array) -> list[Operation]:
        """That of what leads from state to state, given the states before, (units, time · samples)."""
        return [product(self._all_deltas, before.T, gradient)]

    @property
    def _of_inputs(self) -> Array:
        """The deltas of what the inputs say, (gates · units, time · samples)."""
        first = self.of_inputs * self.units
        return self._all_deltas[first : first + self.gates * self.units]

    def _to_inputs(self) -> list[Operation]:
        if (dx := self._span.dx) is None:
            return []
        found = np.empty((len(self._read) - 1, *self._read.shape[1:]), self.net.dtype)
        in_time = found.transpose(1, 0, 2)
        multiply = product(self._weights[:, :-1].T, self._of_inputs, _flat(found))
        if self._span.adds:
            return [multiply, partial(np.add, dx, in_time, dx)]
        return [multiply, partial(np.copyto, dx, in_time)]


def _by_row(values: Array) -> tuple[Operation, Array]:
    """How values (time, rows, samples) become rows (rows, time · samples)."""
    time, rows, samples = values.shape
    found = np.empty((rows, time, samples), values.dtype)
    return partial(np.copyto, found, values.transpose(1, 0, 2)), _flat(found)


def _flat(values: Array) -> Array:
    """Values (rows, time, samples) as (rows, time · samples)."""
    return values.reshape(len(values), -1)
