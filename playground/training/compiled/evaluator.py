"""The evaluator: loss, accuracy and the lengths of gradients in machine code, for the row of every epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.scaling import ByColumn
from playground.engine.arrays import Array
from playground.engine.loops import LoopRow, loop_of
from playground.engine.losses import Loss
from playground.engine.metrics import metrics_of_sums, squared_deviation
from playground.engine.network import Network
from playground.training.compiled.code import Code, SideArrays
from playground.training.compiled.forward import AT_ONCE, Forward
from playground.training.compiled.measuring import FOUND
from playground.training.evaluator import Evaluation, Evaluator
from playground.training.measures import CodedSamples, Sides


class CompiledEvaluator(Evaluator):
    """Measures by the loops of the layers and of the loss."""

    def __init__(self, network: Network, loss: Loss, classes: int, threshold: float, code: Code) -> None:
        super().__init__(network, loss, classes, threshold)
        self._code = code
        self._sides: dict[CodedSamples, _Side] = {}
        spans = network.spans()
        self._names = tuple(spans)
        self._spans = np.array([(span.start, span.stop) for span in spans.values()], np.int64).reshape(-1, 2)
        self._lengths = np.zeros((1, len(spans)))
        self._told: Sequence[Any] | None = None
        self._order: list[CodedSamples | None] = []

    def _find(self, samples: CodedSamples) -> Evaluation:
        if self._told is not None:
            place = FOUND * self._order.index(samples)
            return self._sides[samples].evaluation(*self._told[place : place + FOUND])
        if not _by_code(samples):
            return super()._find(samples)
        return self._side(samples).find(self._code, self._threshold)

    def _side(self, samples: CodedSamples) -> _Side:
        side = self._sides.get(samples)
        if side is None:
            side = self._sides[samples] = _Side(self._network, self._loss, samples, bool(self._classes))
        return side

    def norms(self) -> dict[str, float]:
        if self._told is not None:
            return dict(zip(self._names, self._told[FOUND * len(self._order) :], strict=True))
        self._code.lengths(self._network.gradients, self._spans, self._lengths)
        return dict(zip(self._names, self._lengths[0].tolist(), strict=True))

    # --- what is measured in one go with the steps ------------------------------------------------------

    def bound(self, sides: Sides) -> tuple[tuple[SideArrays, ...], NDArray[np.int64]] | None:
        """All sides as `epochs` takes them, and where each layer's gradients lie.

        None where NumPy has a part in measuring them.
        """
        self._order = [sides.train, sides.test, sides.validation]
        there = [samples for samples in self._order if samples is not None and len(samples.inputs)]
        if sides.train not in there or not all(map(_by_code, there)):
            return None
        nothing = self._side(sides.train).bound(self._threshold, empty=True)
        return tuple(
            self._side(samples).bound(self._threshold) if samples in there else nothing
            for samples in self._order
        ), self._spans

    def tell(self, found: Sequence[Any]) -> None:
        """Take this for what is measured until it is forgotten: the sums of each side, and the lengths.

        Each may be an array, with one for each of several epochs, and then so is all that is measured.
        """
        self._told = found

    def forget(self) -> None:
        self._told = None


def _by_code(samples: CodedSamples) -> bool:
    """Whether machine code can measure them."""
    return not samples.gaps and samples.whole is None and isinstance(samples.scaling, ByColumn | None)


class _Side:
    """One side of the split, bound to the pass over it."""

    def __init__(self, network: Network, loss: Loss, samples: CodedSamples, has_classes: bool) -> None:
        count = len(samples.inputs)
        parts = -(-count // AT_ONCE)
        forward = self._forward = Forward(network, -(-count // parts))
        each, smoothed, target, aim = (np.empty_like(forward.outputs) for _ in range(4))
        self._smooths = samples.aims is not samples.targets
        rule = loop_of(type(loss), "each")
        assert rule is not None

        def row(targets: Array, out: Array) -> LoopRow:
            size = forward.outputs.size
            return LoopRow(rule, (forward.net_outputs, forward.outputs, targets, out), (size,), loss)

        rows = [row(target, each)]
        if self._smooths:
            rows.append(row(aim, smoothed))
        forward.furnish(rows)
        outputs, inputs, place = len(forward.outputs), network.graph.inputs, forward.place
        self._at = np.array(
            [
                place(forward.tensors[0]), inputs, place(target), outputs,
                place(aim) if self._smooths else -1, place(forward.outputs), place(each),
                place(smoothed) if self._smooths else -1,
            ]
        )  # fmt: skip
        self._tables = tuple(
            np.require(table, network.dtype, ("C", "W"))
            for table in (samples.inputs, samples.targets, samples.aims)
        )
        truth = samples.split.truth
        self._labels = truth.astype(np.int64) if has_classes else np.empty(0, np.int64)
        self._truths = np.empty((0, 1)) if has_classes else np.array(truth, np.float64).reshape(count, -1)
        scaling = samples.scaling
        if not isinstance(scaling, ByColumn):
            scaling = ByColumn(np.zeros(outputs), np.ones(outputs))
        self._scale = np.array([scaling.factor, scaling.shift])
        self._spread = squared_deviation(self._truths)
        self._outputs: Array = np.empty((count, outputs), network.dtype)
        self._found = np.zeros((1, FOUND))

    def bound(self, threshold: float, empty: bool = False) -> SideArrays:
        """All that `measure` asks for but where to write; or the same of no samples."""
        forward, rows = self._forward, slice(0, 0) if empty else slice(None)
        inputs, targets, aims = (table[rows] for table in self._tables)
        return (
            forward.table, forward.numbers, forward.values, self._at, inputs, targets, aims,
            self._labels[rows], threshold, self._truths[rows], self._scale, self._outputs[rows],
            forward.samples,
        )  # fmt: skip

    def find(self, code: Code, threshold: float) -> Evaluation:
        self._forward.load()
        code.measure(self.bound(threshold), self._found)
        return self.evaluation(*self._found[0].tolist())

    def evaluation(self, total: Any, smoothed: Any, right: Any, squares: Any) -> Evaluation:
        """What sums over all samples come to."""
        count = len(self._outputs)
        mean, aimed = total / count, smoothed / count if self._smooths else None
        if len(self._labels):
            return Evaluation(self._outputs, mean, aimed, metrics={"accuracy": right / count})
        metrics = metrics_of_sums(right, squares, self._spread, self._truths.size)
        return Evaluation(self._outputs, mean, aimed, metrics=metrics)
