"""A network with a memory beside it that it reads and writes where it looks: a Neural Turing Machine."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape
from playground.engine.initializers import XavierUniform
from playground.engine.layers.addressing import Addressing, head_size
from playground.engine.layers.base import Frozen, InitialWeights, Layer, Operations, Wires
from playground.engine.layers.sliding import in_time
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import ExternalMemoryOp, PortableValue, Wording
from playground.engine.sums import GradientSum, numbered
from playground.value import Basic, Logarithmic, Typical

Lacking: TypeAlias = NDArray[np.intp]
"""Which samples of a batch lack a step."""


class ExternalMemory(Layer):
    """At each step a controller is given the input and what was read a step before.

    One head writes: it erases and adds where it looks.  Then the other reads.  What the controller says and
    what was read is given on, side by side.  At a step that is not there all stays as it was, and it gives 0.

    `Operations.seen` has, samples last, "writing" and "reading" (time, slots), where the heads look; "added"
    and "read" (time, width); and "memory" behind each step, (time, slots · width).
    """

    kind: Literal["external_memory"] = "external_memory"
    title = "Memory"
    help = "A controller with a memory of slots, which it writes and reads where its two heads look."
    formula = "M ← M (1 − w eᵗ) + w aᵗ,   r = Mᵗ w′"
    advice = (
        "For keeping a whole list in mind, in order.  Lists of 6 steps of 4 bits are said again nearly as "
        "they were (R² 0.99) after some hundred batches, a few seconds; how soon hangs on the seed."
    )
    reference = "Graves, Wayne & Danihelka 2014."
    icon = "memory"
    has_neurons = True
    axes = ("time", "columns")
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        16, ge=1, le=512, title="Controller", description="How many neurons decide where to look."
    )
    slots: Annotated[int, Typical(2, 32)] = Field(
        12, ge=2, le=128, title="Slots", description="How many rows the memory has."
    )
    width: Annotated[int, Typical(1, 16)] = Field(
        6, ge=1, le=64, title="Width", description="How many numbers a slot holds."
    )
    initializer: InitialWeights = XavierUniform.usual()
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(units=3, slots=4, width=2), cls(units=2, slots=2, width=1)

    @property
    def output_range(self) -> tuple[float, float]:
        return (-np.inf, np.inf)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (in_time(self, inputs[0])[0], self.units + self.width)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        reads = in_time(self, inputs[0])[1] + self.width
        return (
            self._block("controller", self.units, reads),
            self._block("heads", self._told, self.units),
        )

    def _block(self, name: str, neurons: int, inputs: int) -> Parameter:
        """Weights and biases under names of their own."""
        block = affine(name, (neurons, inputs), self.initializer, 0.0)
        parts = {f"{name}_{part}": where for part, where in block.parts.items()}
        return replace(block, parts=parts, penalized=(f"{name}_weights",))

    @property
    def _told(self) -> int:
        """How many numbers the controller tells the heads; the writing one also what to erase and to add."""
        return 2 * head_size(self.width) + 2 * self.width

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        time, columns = inputs[0]
        of_step = 3 * self.slots * self.width + 20 * self.slots + columns + self.units + 3 * self._told
        return time * samples * of_step

    def portable(self, wording: Wording) -> PortableValue:
        blocks = wording.blocks
        machine = ExternalMemoryOp(blocks["controller"], blocks["heads"], self.slots, self.width)
        return wording.do(machine, *wording.inputs, *wording.masked)

    def bind(self, wires: Wires) -> Operations:
        machine = _Machine(self, wires)
        if wires.output_gradient is None:
            return Operations([machine.forward], [], seen=machine.seen)
        return Operations([machine.forward], machine.backward(), seen=machine.seen, sums=machine.sums)


class _Machine:
    """The layer on the arrays of one batch; inside, time comes first and then the samples."""

    def __init__(self, layer: ExternalMemory, wires: Wires) -> None:
        self._wires, self._width, self._units = wires, layer.width, layer.units
        time, columns = wires.shapes[0]
        x = wires.inputs[0].values
        samples, dtype = x.shape[1], x.dtype
        self._steps, self._columns = time, columns
        self._x = x.reshape(time, columns, samples)
        self._y = wires.output.values.reshape(time, -1, samples)
        self._given: Array = np.ones((time, samples, columns + layer.width + 1), dtype)
        self._given[0, :, columns:-1] = 0
        self._states: Array = np.ones((time, samples, layer.units + 1), dtype)
        self._wide: Array = np.zeros((samples, layer.units), dtype)
        self._told: Array = np.zeros((time, samples, layer._told), dtype)
        self._memory: Array = np.zeros((time + 1, samples, layer.slots, layer.width), dtype)
        self._kept: Array = np.zeros_like(self._memory[1:])
        self._work: Array = np.zeros_like(self._memory[0])
        of_head = partial(Addressing, time, samples, layer.slots, layer.width, dtype)
        self._write, self._read = of_head(), of_head()
        size = head_size(layer.width)
        self._of_write, self._of_read = slice(0, size), slice(size, 2 * size)
        self._erase = slice(2 * size, 2 * size + layer.width)
        self._add = slice(2 * size + layer.width, None)
        self._reads: Array = np.zeros((time, samples, layer.width), dtype)
        self._gone: list[Lacking] = [np.empty(0, np.intp)] * time
        memory = self._memory[1:].reshape(time, samples, -1)
        shown = {
            "writing": self._write.weights[1:],
            "reading": self._read.weights[1:],
            "added": self._told[:, :, self._add],
            "read": self._reads,
            "memory": memory,
        }
        self.seen = {name: values.swapaxes(1, 2) for name, values in shown.items()}

    # --- forward ------------------------------------------------------------------------------------

    def forward(self) -> None:
        """Read the sequences from their first step to their last."""
        np.copyto(self._given[:, :, : self._columns], self._x.swapaxes(1, 2))
        mask = self._wires.mask
        self._gone = self._gone if mask is None else [np.flatnonzero(there == 0) for there in mask]
        for step, gone in enumerate(self._gone):
            self._control(step)
            self._store(step)
            self._recall(step)
            if len(gone):
                self._hold(step, gone)
        np.copyto(self._y[:, : self._units], self._states[:, :, :-1].swapaxes(1, 2))
        np.copyto(self._y[:, self._units :], self._reads.swapaxes(1, 2))
        if mask is not None:
            self._y *= mask[:, np.newaxis]

    def _hold(self, step: int, gone: Lacking) -> None:
        """Leave all as it was for samples that lack the step."""
        for kept in (self._memory, self._write.weights, self._read.weights):
            kept[step + 1, gone] = kept[step, gone]
        self._reads[step, gone] = self._reads[step - 1, gone] if step else 0
        self._told[step, gone] = 0

    def _control(self, step: int) -> None:
        given, state, told = self._given[step], self._states[step, :, :-1], self._told[step]
        if step:
            given[:, self._columns : -1] = self._reads[step - 1]
        parameters = self._wires.parameters
        np.matmul(given, parameters["controller"].T, out=self._wide)
        np.tanh(self._wide, out=state)
        np.matmul(self._states[step], parameters["heads"].T, out=told)
        erase, add = told[:, self._erase], told[:, self._add]
        erase *= 0.5
        np.tanh(erase, out=erase)
        erase += 1
        erase *= 0.5
        np.tanh(add, out=add)

    def _store(self, step: int) -> None:
        told, before, after, kept = (
            self._told[step], self._memory[step], self._memory[step + 1], self._kept[step]
        )  # fmt: skip
        self._write.look(step, told[:, self._of_write], before)
        weights = self._write.weights[step + 1][:, :, np.newaxis]
        np.multiply(weights, told[:, np.newaxis, self._erase], out=kept)
        np.subtract(1, kept, out=kept)
        np.multiply(before, kept, out=after)
        np.multiply(weights, told[:, np.newaxis, self._add], out=self._work)
        after += self._work

    def _recall(self, step: int) -> None:
        memory = self._memory[step + 1]
        self._read.look(step, self._told[step][:, self._of_read], memory)
        weights = self._read.weights[step + 1][:, np.newaxis]
        np.matmul(weights, memory, out=self._reads[step][:, np.newaxis])

    # --- backward -----------------------------------------------------------------------------------

    def backward(self) -> list[Operation]:
        """The way back through all steps, and then the gradients of both blocks."""
        assert self._wires.output_gradient is not None
        self._dy: Array = self._wires.output_gradient.values.reshape(self._y.shape)
        self._slopes = np.zeros_like(self._states[:, :, :-1])
        self._of_told = np.zeros_like(self._told)
        self._of_memory, self._of_before = np.zeros_like(self._work), np.zeros_like(self._work)
        self._of_reads = np.zeros_like(self._reads[0])
        self._of_given = np.zeros_like(self._given[:, :, :-1])
        return [self._through_time, self._gather]

    def _through_time(self) -> None:
        for kept in (self._of_memory, self._of_reads, self._write.slope, self._read.slope):
            kept.fill(0)
        for step in reversed(range(self._steps)):
            gone = self._gone[step]
            held = [slope[gone] for slope in self._carried()] if len(gone) else []
            self._recall_back(step)
            self._store_back(step)
            self._control_back(step)
            if len(gone):
                self._hold_back(step, gone, held)

    def _carried(self) -> tuple[Array, ...]:
        """The gradients of what goes on from a step to the next, samples first."""
        return self._of_memory, self._of_reads, self._write.slope, self._read.slope

    def _hold_back(self, step: int, gone: Lacking, held: list[Array]) -> None:
        """Hand what was held at a step on to the one before, and nothing to what the step said."""
        for slope, as_before in zip(self._carried(), held, strict=True):
            slope[gone] = as_before
        for slopes in (self._of_told, self._slopes, self._of_given):
            slopes[step, gone] = 0

    def _recall_back(self, step: int) -> None:
        memory, of_reads = self._memory[step + 1], self._of_reads
        of_reads += self._dy[step, self._units :].T
        self._read.slope += np.vecdot(memory, of_reads[:, np.newaxis])
        weights = self._read.weights[step + 1][:, :, np.newaxis]
        np.multiply(weights, of_reads[:, np.newaxis], out=self._work)
        self._of_memory += self._work
        self._read.look_back(step, memory, self._of_told[step][:, self._of_read], self._of_memory)

    def _store_back(self, step: int) -> None:
        told, of_told, before = self._told[step], self._of_told[step], self._memory[step]
        erase, add, of_memory = told[:, self._erase], told[:, self._add], self._of_memory
        weights = self._write.weights[step + 1]
        of_add, of_erase = of_told[:, self._add], of_told[:, self._erase]
        np.copyto(of_add, (weights[:, np.newaxis] @ of_memory)[:, 0])
        self._write.slope += np.vecdot(of_memory, add[:, np.newaxis])
        np.multiply(of_memory, before, out=self._work)
        np.copyto(of_erase, (weights[:, np.newaxis] @ self._work)[:, 0])
        self._write.slope -= np.vecdot(self._work, erase[:, np.newaxis])
        of_erase *= erase * (erase - 1)  # less is left, the more is erased
        of_add *= 1 - np.square(add)
        np.multiply(of_memory, self._kept[step], out=self._of_before)
        self._write.look_back(step, before, of_told[:, self._of_write], self._of_before)
        self._of_memory, self._of_before = self._of_before, self._of_memory

    def _control_back(self, step: int) -> None:
        slope, state, parameters = self._slopes[step], self._states[step, :, :-1], self._wires.parameters
        np.matmul(self._of_told[step], parameters["heads"][:, :-1], out=slope)
        slope += self._dy[step, : self._units].T
        np.square(state, out=self._wide)
        np.subtract(1, self._wide, out=self._wide)
        slope *= self._wide
        np.matmul(slope, parameters["controller"][:, :-1], out=self._of_given[step])
        np.copyto(self._of_reads, self._of_given[step][:, self._columns :])

    def sums(self) -> tuple[GradientSum, ...]:
        """How the gradients of controller and heads came about, over all steps."""
        columns = np.arange(self._given.shape[2])
        units = numbered((self._steps,), np.where(columns < self._columns, columns, -1), self._columns)
        arrays = (self._slopes, self._given, self._of_told, self._states)
        slopes, given, of_told, states = (np.transpose(values, (2, 0, 1)) for values in arrays)
        return GradientSum("controller", slopes, given, units=units), GradientSum("heads", of_told, states)

    def _gather(self) -> None:
        gradients, upstream = self._wires.gradients, self._wires.input_gradients[0]
        for name, slopes, given in (
            ("controller", self._slopes, self._given),
            ("heads", self._of_told, self._states),
        ):
            flat = slopes.reshape(-1, slopes.shape[2])
            np.matmul(flat.T, given.reshape(len(flat), -1), out=gradients[name])
        if upstream is not None:
            into = upstream.values.reshape(self._x.shape)
            np.copyto(into, self._of_given[:, :, : self._columns].swapaxes(1, 2))
