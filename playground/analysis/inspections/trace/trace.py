"""The trace of one step of training: its stages, the lines of each, and every number in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.layers import Layers
from playground.analysis.inspections.trace.loss import loss_lines
from playground.analysis.inspections.trace.parts import parts
from playground.analysis.inspections.trace.source import StepSource, Workbench
from playground.analysis.inspections.trace.step import Ran, run
from playground.analysis.inspections.trace.summed import TensorSums
from playground.analysis.inspections.trace.updating import Updated, update_lines
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.edits import label
from playground.text import Text, say

OF_UNIT = re.compile(r"(?:z|a|da|delta|slope)(\d+)")
"""The names of matrices that have a row for each unit of a layer."""

StageKind: TypeAlias = Literal["input", "forward", "loss", "slope", "backward", "update"]


@dataclass(frozen=True)
class TraceStage:
    """A part of a step: what one layer does forward or backward, or what belongs to all of them.

    Attributes:
        layer_id: the layer that it is about; "" for none.
        name: what people call that: "Dense 1", "Loss".
    """

    kind: StageKind
    name: Text
    lines: tuple[Equation, ...]
    layer_id: str = ""

    @property
    def goes_back(self) -> bool:
        """Whether gradients are what it is about."""
        return self.kind in ("slope", "backward")


@dataclass(frozen=True, eq=False)
class Trace:
    """One step of training taken apart.

    Attributes:
        values: every matrix (units, samples) and number by its name in the lines.
        before: the parameters as they stood before the update, flat.
        change: what the update does to each tensor of parameters, by the network's name for it, in its shape;
            of no tensor where the sample is not learnt from.
        loss: the mean over the samples, and what layers add to it; `step` how many updates were done before.
        rate: the learning rate of the step.
        sums: what the gradient of each tensor is summed up from, by the network's name for it.
        row: which of all samples of the dataset it is about; −1 for a batch.
    """

    tracing: Tracing
    ran: Ran
    stages: tuple[TraceStage, ...]
    values: Mapping[str, Any]
    before: Array
    change: Mapping[str, Array]
    sums: Mapping[str, TensorSums]
    loss: float
    step: int
    rate: float
    row: int

    @property
    def notes(self) -> tuple[Text, ...]:
        """What is to be known of how the step was taken."""
        return self.ran.notes

    def unit(self, name: str, row: int) -> tuple[str, int] | None:
        """The layer, "" for the input, and the unit that a row of a matrix is of; None of others."""
        if name == "x":
            return "", row
        found = OF_UNIT.fullmatch(name)
        return None if found is None else (self.ran.network.graph.nodes[int(found[1]) - 1].layer.id, row)

    def weight(self, name: str, row: int, column: int) -> tuple[str, str, tuple[int, ...]] | None:
        """The layer, the array and the place there that an entry of a gradient is of; None of others."""
        part = next((part for part in parts(self.ran).values() if part.gradient == name), None)
        if part is None:
            return None
        shape = dict(self.ran.network.shapes)[part.tensor]
        at = row * self.values[name].shape[1] + column
        return part.layer_id, part.part, tuple(int(place) for place in np.unravel_index(at, shape))

    def lines(self) -> Iterator[Equation]:
        """All of them, in order."""
        for stage in self.stages:
            yield from stage.lines

    def number(self, layer_id: str) -> int:
        """How a layer is counted in the names of lines, from 1."""
        return self.ran.network.architecture.index(layer_id) + 1

    def of(self, letter: str, layer_id: str) -> Array | None:
        """A layer's `a`, `z`, `delta` or `da`, (units, samples); None where it has none."""
        values: Array | None = self.values.get(f"{letter}{self.number(layer_id)}")
        return values


def traced(source: StepSource, tracing: Tracing) -> Trace:
    """Take a step on a copy, and write it out.

    Raises:
        InvalidValue: a sentence, when there is no such sample or batch.
    """
    bench, loss = Workbench(source), source.loss(tracing.learns)
    ran = run(source, tracing, bench)
    layers = Layers(ran)
    values: dict[str, Any] = dict(layers.values())
    parameters = bench.network.parameters.copy()
    of_loss = loss_lines(loss, ran)
    values |= {"t": ran.target} | of_loss.values
    update = _update(source, bench, ran, values) if tracing.learns else ()
    stages = (
        TraceStage("input", say("trace.input", "Input"), (Equation("x"), Equation("t"))),
        *_forward(ran, layers),
        TraceStage("loss", say("trace.loss", "Loss"), of_loss.forward),
        TraceStage("slope", say("trace.slope", "∂ Loss"), of_loss.backward),
        *_backward(ran, layers, loss.from_logits),
        *update,
    )
    for stage in stages:
        layers.derived(stage.lines, values)
    change = dict(bench.network.tensors(bench.network.parameters - parameters)) if tracing.learns else {}
    row = _row(source, tracing)
    return Trace(
        tracing,
        ran,
        stages,
        values,
        parameters,
        change,
        layers.sums,
        of_loss.loss + ran.term,
        source.step,
        source.rate,
        row,
    )


def _update(source: StepSource, bench: Workbench, ran: Ran, values: dict[str, Any]) -> tuple[TraceStage, ...]:
    """The stage of the update, which is done on the bench; what it works out is added to the values."""
    bench.network.gradients[:] = ran.gradients
    updated = Updated(bench, source.experiment.training, source.rate)
    lines, moved = update_lines(updated, ran, _headings(ran))
    values |= updated.numbers | moved
    return (TraceStage("update", say("trace.update", "Update"), lines),)


def _row(source: StepSource, tracing: Tracing) -> int:
    """Which of all samples of the dataset is traced; −1 for a batch."""
    samples = None if tracing.of == "batch" else source.side(tracing.side)
    return -1 if samples is None else int(samples.split.rows[tracing.sample])


def _named(ran: Ran, layer_id: str) -> Text:
    architecture = ran.network.architecture
    return label(architecture, architecture.index(layer_id))


def _forward(ran: Ran, layers: Layers) -> Iterator[TraceStage]:
    for node in layers.nodes:
        if not node.layer.reshapes:
            layer_id = node.layer.id
            yield TraceStage("forward", _named(ran, layer_id), layers.forward(node), layer_id)


def _backward(ran: Ran, layers: Layers, from_logits: bool) -> Iterator[TraceStage]:
    for node in reversed(layers.nodes):
        if node.layer.reshapes or node.layer.id not in {*ran.a_gradients, *ran.deltas}:
            continue
        layer_id = node.layer.id
        yield TraceStage("backward", _named(ran, layer_id), layers.backward(node, from_logits), layer_id)


def _headings(ran: Ran) -> dict[str, str]:
    """What the lines of each tensor's update stand under."""
    return {
        tensor: f"{_named(ran, part.layer_id)} · {part.part.replace('_', ' ')}"
        for tensor, part in parts(ran).items()
    }


def listed(values: Array | None) -> Any:
    """Numbers as JSON has them: nested lists, None for what is not finite."""
    if values is None:
        return None
    if np.isfinite(values).all():
        return values.tolist()
    known = values.astype(object)
    known[~np.isfinite(values)] = None
    return known.tolist()
