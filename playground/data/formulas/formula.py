"""A formula as it was understood: a tree of operations over columns, and where it has no value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy as np

from playground.data.formulas.operations import TOO_LARGE, Floats, Operation
from playground.text import Text, say

LARGEST = 1e12
"""What is larger counts as no value, for float32 must be able to square it."""

SHOWN = 4
"""Columns that are named where a formula has no value."""

Columns: TypeAlias = Mapping[str, Floats]


@dataclass(frozen=True)
class WrittenNumber:
    """A number, written out or by a name such as π."""

    value: float


@dataclass(frozen=True)
class ColumnValues:
    """The values of a column."""

    column: str


@dataclass(frozen=True)
class Call:
    """An operation on the values of others, and how it is written, `start` to `end` of the text."""

    operation: Operation
    arguments: tuple[Node, ...]
    start: int
    end: int


Node: TypeAlias = WrittenNumber | ColumnValues | Call


@dataclass(frozen=True)
class Formula:
    """What a text says."""

    text: str
    root: Node

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it needs, in the order in which they come."""
        return tuple(dict.fromkeys(_columns(self.root)))

    def compute(self, columns: Columns, count: int) -> Floats:
        """Its values (count,) from those of the columns; NaN where it has none."""
        with np.errstate(all="ignore"):
            values = np.broadcast_to(np.asarray(_value(self.root, columns), np.float64), (count,))
            return np.where(np.abs(values) <= LARGEST, values, np.nan)

    def written(self, names: Mapping[str, str]) -> str:
        """The same as an expression (see `engine.calculation`), with names for the columns."""
        return _written(self.root, names)

    def flaw(self, columns: Columns, values: Floats) -> Text | None:
        """Why it has no value, and where, when some of the values that it computed are none."""
        without = np.flatnonzero(np.isnan(values))
        if not len(without):
            return None
        here = {name: float(columns[name][without[0]]) for name in self.columns}
        with np.errstate(all="ignore"):
            culprit = _culprit(self.root, here)
        part, why = (self.text, TOO_LARGE) if culprit is None else self._told(culprit)
        if not here:
            return say("formula.no_value", "has no value: {why}, in “{part}”", part=part, why=why)
        return say(
            "formula.no_value_where",
            "has no value where {place}: {why}, in “{part}”",
            part=part,
            place=_places(here),
            why=why,
        )

    def _told(self, culprit: Call) -> tuple[str, Text]:
        return self.text[culprit.start : culprit.end], culprit.operation.why_not


def _columns(node: Node) -> Iterator[str]:
    if isinstance(node, ColumnValues):
        yield node.column
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from _columns(argument)


def _value(node: Node, columns: Mapping[str, Any]) -> Any:
    """The values (n,) of a node, or its one value."""
    if isinstance(node, WrittenNumber):
        return node.value
    if isinstance(node, ColumnValues):
        return columns[node.column]
    return node.operation.compute(*(_value(argument, columns) for argument in node.arguments))


def _written(node: Node, names: Mapping[str, str]) -> str:
    if isinstance(node, WrittenNumber):
        return repr(float(node.value))
    if isinstance(node, ColumnValues):
        return names[node.column]
    first, *others = (_written(argument, names) for argument in node.arguments)
    if not others:
        return node.operation.written.format(first)
    return reduce(node.operation.written.format, others, first)


def _culprit(node: Node, here: Mapping[str, float]) -> Call | None:
    """The innermost operation that has no value at a place."""
    if not isinstance(node, Call) or np.isfinite(_value(node, here)):
        return None
    inner = (_culprit(argument, here) for argument in node.arguments)
    return next((found for found in inner if found is not None), node)


def _places(here: Mapping[str, float]) -> Text:
    told = [say("formula.place", "{name} = {value}", name=name, value=value) for name, value in here.items()]
    text = told[0]
    for other in told[1:SHOWN]:
        text = say("formula.places", "{first}, {then}", first=text, then=other)
    return text
