"""An expression as a graph of operations: as it is recorded at a call, or built once and optimized."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from playground.data.formulas.formula import Call, ColumnValues, Formula, Node, WrittenNumber
from playground.data.formulas.operations import Operation
from playground.labs.differentiation.rules import rule_of
from playground.numbers.writing import figures


@dataclass(frozen=True)
class GraphNode:
    """A variable, a number, or an operation on nodes before it.

    Attributes:
        key: what it stands for, as it is written; the same for no other node of its graph.
        operation: None for variables and numbers.
        arguments: places of the nodes that it is of.
        variable: its name, where it is one.
        number: its value, where it is one.
    """

    key: str
    operation: Operation | None = None
    arguments: tuple[int, ...] = ()
    variable: str = ""
    number: float = 0.0

    @property
    def sign(self) -> str:
        """What stands for it in a drawing."""
        if self.operation is not None:
            return rule_of(self.operation).sign
        return self.variable or figures(self.number, 3)


@dataclass(frozen=True)
class ExpressionGraph:
    """Nodes in the order in which they are worked out; the last is the whole."""

    nodes: tuple[GraphNode, ...]

    @cached_property
    def active(self) -> tuple[bool, ...]:
        """Which nodes hang on a variable, so that slopes go through them."""
        found: list[bool] = []
        for node in self.nodes:
            found.append(bool(node.variable) or any(found[place] for place in node.arguments))
        return tuple(found)

    @property
    def operations(self) -> int:
        """How many there are."""
        return sum(node.operation is not None for node in self.nodes)

    @property
    def edges(self) -> int:
        """How many ways slopes go along."""
        return sum(self.active[place] for node in self.nodes for place in node.arguments)

    def values(self, at: Mapping[str, Any]) -> list[Any]:
        """What each node is worth, numbers or arrays; complex where the variables are."""
        found: list[Any] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                found.append(_worth(node, [found[place] for place in node.arguments], at))
        return found

    def slopes(self, values: Sequence[float]) -> list[tuple[float, ...]]:
        """The slope of each node by each of its arguments; 0 by what hangs on no variable."""
        found: list[tuple[float, ...]] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                if node.operation is None:
                    found.append(())
                    continue
                own = rule_of(node.operation).slopes(*(np.float64(values[place]) for place in node.arguments))
                pairs = zip(own, node.arguments, strict=True)
                found.append(tuple(float(slope) if self.active[place] else 0.0 for slope, place in pairs))
        return found


def _worth(node: GraphNode, arguments: Sequence[Any], at: Mapping[str, Any]) -> Any:
    if node.operation is None:
        return at[node.variable] if node.variable else np.float64(node.number)
    at_complex = rule_of(node.operation).at_complex
    if at_complex is not None and any(map(np.iscomplexobj, arguments)):
        return at_complex(*arguments)
    return node.operation.compute(*arguments)


def recorded(formula: Formula) -> ExpressionGraph:
    """A node for each operation as it is met, as a tape records it at a call."""
    builder = _Builder(formula.text)
    builder.add(formula.root)
    return ExpressionGraph(tuple(builder.nodes))


def optimized(graph: ExpressionGraph) -> ExpressionGraph:
    """The same with what is alike worked out once, and what hangs on no variable worked out beforehand."""
    nodes: list[GraphNode] = []
    known: dict[object, int] = {}
    places: list[int] = []
    values = graph.values(dict.fromkeys(("x", "y", "z"), np.nan))
    for old, active, value in zip(graph.nodes, graph.active, values, strict=True):
        node = (
            GraphNode(old.key, old.operation, tuple(places[place] for place in old.arguments), old.variable)
            if active
            else GraphNode(figures(float(value), 6), number=float(value))
        )
        alike = (node.operation, node.arguments, node.variable, node.number)
        if alike not in known:
            known[alike] = len(nodes)
            nodes.append(node)
        places.append(known[alike])
    return _needed(nodes, places[-1])


def _needed(nodes: Sequence[GraphNode], last: int) -> ExpressionGraph:
    """Only the nodes that the last is made of, which stands at the end."""
    needed: set[int] = set()
    waiting = [last]
    while waiting:
        place = waiting.pop()
        if place not in needed:
            needed.add(place)
            waiting += nodes[place].arguments
    order = [*sorted(needed - {last}), last]
    new = {place: at for at, place in enumerate(order)}
    unique = _unique()
    return ExpressionGraph(
        tuple(
            GraphNode(
                unique(nodes[place].key),
                nodes[place].operation,
                tuple(new[argument] for argument in nodes[place].arguments),
                nodes[place].variable,
                nodes[place].number,
            )
            for place in order
        )
    )


@dataclass
class _Builder:
    text: str
    nodes: list[GraphNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._variables: dict[str, int] = {}
        self._key = _unique()

    def add(self, node: Node) -> int:
        """Record a node and all that it is of; its place."""
        match node:
            case ColumnValues(column=name):
                if name not in self._variables:
                    self._variables[name] = self._record(GraphNode(self._key(name), variable=name))
                return self._variables[name]
            case WrittenNumber(value=value):
                return self._record(GraphNode(self._key(figures(value, 6)), number=value))
            case Call(operation=operation, arguments=arguments, start=start, end=end):
                places = tuple(self.add(argument) for argument in arguments)
                return self._record(GraphNode(self._key(self.text[start:end]), operation, places))

    def _record(self, node: GraphNode) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1


def _unique() -> Callable[[str], str]:
    """Names that were there before get a number behind them."""
    seen: dict[str, int] = {}

    def key(text: str) -> str:
        bare = text.partition(" #")[0]
        seen[bare] = seen.get(bare, 0) + 1
        return bare if seen[bare] == 1 else f"{bare} #{seen[bare]}"

    return key
