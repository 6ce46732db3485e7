"""What is said of a step, a formula and a cost, in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.differentiation import Differentiation
from playground.labs.differentiation.cost import JacobianCost
from playground.labs.differentiation.graph import ExpressionGraph
from playground.labs.differentiation.rules import rule_of
from playground.labs.differentiation.sweeps import SweepStep
from playground.labs.differentiation.symbolic import SymbolicDerivative
from playground.numbers.writing import figures, scientific, whole

LONGEST = 400
"""Letters of a formula that are shown."""
WORDY = 10_000_000
"""From here on a count is a power of ten."""


class Telling:
    """Sentences of this laboratory."""

    def step(
        self, graph: ExpressionGraph, lab: Differentiation, step: SweepStep, at: int | None, last: int
    ) -> str:
        """What was done in a step; what came out where all are seen, for `at` of None."""
        if at is None:
            return self._all(graph, lab, step)
        counted = _tr("step {at} of {last}").format(at=whole(at), last=whole(last))
        if step.node < 0:
            return f"{counted}: " + _tr("nothing is worked out yet")
        if step.backward:
            return f"{counted}: {self._handed_back(graph, step, at)}"
        return f"{counted}: {self._worked_out(graph, lab, step)}"

    def legend(self, lab: Differentiation) -> tuple[str, str]:
        """What the two numbers of a node are."""
        if lab.mode == "forward":
            return _tr("value"), _tr("its slope by {by}").format(by=lab.by)
        return _tr("value"), _tr("slope of f by it")

    def _all(self, graph: ExpressionGraph, lab: Differentiation, step: SweepStep) -> str:
        """All slopes that one sweep gives."""
        if lab.flaw() is not None:
            return _tr("there is no slope here")
        pairs = list(zip(graph.nodes, step.slopes, strict=True))
        if lab.mode == "forward":
            pairs, names = pairs[-1:], [lab.by]
        else:
            pairs = [pair for pair in pairs if pair[0].variable]
            names = [node.variable for node, _ in pairs]
        told = [
            f"∂f/∂{name} = {figures(slope or 0.0, 4)}" for name, (_, slope) in zip(names, pairs, strict=True)
        ]
        return ", ".join(told)

    def _worked_out(self, graph: ExpressionGraph, lab: Differentiation, step: SweepStep) -> str:
        node, value, slope = graph.nodes[step.node], step.values[step.node], step.slopes[step.node]
        if value is None:
            return node.key
        told = f"{node.key} = {figures(value, 4)}"
        if slope is None:
            return told
        words = _tr("{value}, slope by {by} {slope}")
        return words.format(value=told, by=lab.by, slope=figures(slope, 4))

    def _handed_back(self, graph: ExpressionGraph, step: SweepStep, at: int) -> str:
        node, own = graph.nodes[step.node], step.slopes[step.node]
        if node.operation is None or own is None or at == len(graph.nodes) + 1:
            return _tr("the slope of f by itself is 1")
        names = [graph.nodes[place].key for place in node.arguments]
        rule = rule_of(node.operation)
        parts = [
            _tr("{name} gets {own} · ({slope})").format(
                name=names[place], own=figures(own, 3), slope=rule.words(place).format(*names)
            )
            for place, argument in enumerate(node.arguments)
            if graph.active[argument]
        ]
        return ", ".join(parts)

    def formula(self, lab: Differentiation, found: SymbolicDerivative | None) -> str:
        """The derivative as a formula, cut off where it is long."""
        if found is None:
            return _tr("The formula is being made.")
        text = found.text if len(found.text) <= LONGEST else found.text[: LONGEST - 1] + "…"
        return f"∂f/∂{lab.by} = {text}"

    def built(self, recorded: int, optimized: int, lab: Differentiation) -> str:
        """How many nodes there are, and how many there would be."""
        if recorded == optimized:
            return _tr("The graph has {count} nodes, and nothing can be shared.").format(count=recorded)
        if lab.built == "once":
            words = _tr("Built once, {many} nodes became {few}: what is alike is worked out once.")
        else:
            words = _tr("Each call records {many} nodes; built once, {few} would do.")
        return words.format(many=recorded, few=optimized)

    def cost(self, cost: JacobianCost) -> str:
        """What all slopes of a network take."""
        words = _tr(
            "For n = {n} inputs and m = {m} outputs forward mode takes n passes, reverse mode m: "
            "{forward} products against {reverse}.",
        )
        return words.format(
            n=whole(cost.inputs),
            m=whole(cost.outputs),
            forward=_count(cost.forward),
            reverse=_count(cost.reverse),
        )


def _count(number: int) -> str:
    """A count, or about how many where it is large: 1.6e13."""
    if number < WORDY:
        return whole(number)
    return scientific(float(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Telling", text)
