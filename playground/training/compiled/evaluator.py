"""The evaluator: loss, accuracy and the lengths of gradients in machine code, for the row of every epoch."""

from __future__ import annotations

import math
import sys

import numpy as np

from playground.engine.arrays import LEAST_SQUARES, Array
from playground.engine.loops import LoopRow, loop_of
from playground.engine.losses import Loss
from playground.engine.network import Network
from playground.training.compiled.building import Code, Run
from playground.training.compiled.forward import AT_ONCE, Forward
from playground.training.evaluator import Evaluation, Evaluator
from playground.training.measures import CodedSamples


class CompiledEvaluator(Evaluator):
    """Measures by the loops of the layers and of the loss."""

    def __init__(self, network: Network, loss: Loss, classes: int, threshold: float, code: Code) -> None:
        super().__init__(network, loss, classes, threshold)
        self._code = code
        self._sides: dict[CodedSamples, _Side] = {}
        spans = network.spans()
        self._names = tuple(spans)
        self._spans = np.array([(span.start, span.stop) for span in spans.values()], np.int64).reshape(-1, 2)
        self._squares = np.zeros(len(spans))

    def _find(self, samples: CodedSamples) -> Evaluation:
        if samples.gaps or samples.whole is not None:
            return super()._find(samples)
        side = self._sides.get(samples)
        if side is None:
            side = self._sides[samples] = _Side(self._network, self._loss, samples, bool(self._classes))
        return side.find(self._code.measure, self._threshold)

    def norms(self) -> dict[str, float]:
        gradients = self._network.gradients
        self._code.lengths(gradients, self._spans, self._squares)
        squares = self._squares.tolist()
        if all(LEAST_SQUARES < square < sys.float_info.max for square in squares):
            return dict(zip(self._names, map(math.sqrt, squares), strict=True))
        return super().norms()


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
        self._outputs: Array = np.empty((count, outputs), network.dtype)
        self._found = np.zeros(3)

    def find(self, measure: Run, threshold: float) -> Evaluation:
        forward, count = self._forward, len(self._outputs)
        forward.load()
        measure(
            forward.table, forward.numbers, forward.values, self._at, *self._tables, self._labels,
            threshold, forward.samples, self._outputs, self._found,
        )  # fmt: skip
        total, smoothed, right = self._found.tolist()
        mean, aimed = total / count, smoothed / count if self._smooths else None
        return Evaluation(self._outputs, mean, aimed, None, int(right) if len(self._labels) else None)
