"""What one sample is: how its values are arranged, and what each of them means.

A dataset says it once; which inputs are offered, the shape that the network starts from, and over which space
its maps are drawn all follow from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from playground.record import record
from playground.text import Text, say, written_elsewhere

Floats = NDArray[np.float64]
Targets = NDArray[Any]
"""(n,) class indices (int64) or values (float64), or (n, …) values of a shape."""


@record
class Axis:
    """A direction in which the values of a sample are counted; `names` are those of its places, if any."""

    name: str
    size: int
    names: tuple[str, ...] = ()


@record
class SampleShape:
    """How the values of one sample are arranged: `columns`, or `height, width, channels`, and so on.

    A sequence is `time, columns`, or `time, symbols` where each step is one of some symbols, with 1 at its
    place and 0 at the others.  Of one that is shorter than others the last steps are NaN.
    """

    axes: tuple[Axis, ...]

    @classmethod
    def of(cls, **sizes: int | Sequence[str]) -> Self:
        """`SampleShape.of(height=8, width=8, channels=1)`, or `SampleShape.of(time=9, columns="xy")`."""
        return cls(
            tuple(
                Axis(name, size) if isinstance(size, int) else Axis(name, len(size), tuple(size))
                for name, size in sizes.items()
            )
        )

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values there are along each axis."""
        return tuple(axis.size for axis in self.axes)

    @property
    def size(self) -> int:
        """How many values a sample has."""
        return prod(self.sizes)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of columns."""
        return [axis.name for axis in self.axes] == ["columns"]

    @property
    def is_graph(self) -> bool:
        """Whether it is a graph: a row a node, with its columns and behind them its edge to each node."""
        return [axis.name for axis in self.axes] == ["nodes", "columns"]

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return [axis.name for axis in self.axes] == ["height", "width", "channels"]

    @property
    def is_sequence(self) -> bool:
        """Whether it is one step after the other."""
        return self.axes[0].name == "time"

    @property
    def symbols(self) -> tuple[str, ...]:
        """What each step is one of; none where steps are numbers."""
        last = self.axes[-1]
        return last.names if last.name == "symbols" else ()

    def __str__(self) -> str:
        return "×".join(str(size) for size in self.sizes)


@record
class Column:
    """One value of every sample, and what it means.

    Attributes:
        unit: the unit of a number; empty for none.
        categories: what its values 0, 1, … stand for; none for a number.
        low, high: the range in which its values were seen, or are drawn; None where nobody looked yet.
        coordinate: whether it is a place on the line or on the plane, rather than something measured.
    """

    name: str
    unit: str = ""
    categories: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    coordinate: bool = False

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest value, a little apart at least; 0 to 1 where nobody looked yet."""
        if self.low is None or self.high is None:
            return 0.0, 1.0
        return (self.low, self.high) if self.high > self.low else (self.low - 0.5, self.high + 0.5)

    @property
    def title(self) -> Text:
        """Its name and its unit."""
        name = column_text(self.name)
        return say("column.with_unit", "{name} ({unit})", name=name, unit=self.unit) if self.unit else name


def column_text(name: str) -> Text:
    """The name of a column, to be shown."""
    return written_elsewhere(f"column.{name}", name)


def subscript(number: int) -> str:
    """A whole number as it stands below the line: ₁₂."""
    return str(number).translate(SUBSCRIPTS)


def on_the_line(name: str) -> str:
    """A name with all its digits on the line, as it is typed: x₁₂ as x12."""
    return name.translate(LEVEL)


SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LEVEL = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def flattened(values: NDArray[Any]) -> NDArray[Any]:
    """Values (n, …) of samples as rows (n, k), also where there are none."""
    return values.reshape(len(values), prod(values.shape[1:]))


def first_values(targets: Targets) -> Targets:
    """Of targets (n,) or (n, …) the first that is asked for and no NaN, (n,); 0 where none is."""
    values = flattened(targets)
    asked = np.take_along_axis(values, np.isnan(values).argmin(axis=1)[:, np.newaxis], axis=1)[:, 0]
    return np.where(np.isnan(asked), 0, asked)


def lengths(raw: NDArray[Any]) -> NDArray[np.int64]:
    """How many steps each sequence (n, time, columns) has, (n,): behind its last one there is NaN."""
    steps: NDArray[np.int64] = (~np.isnan(raw).all(axis=2)).sum(axis=1)
    return steps


def some(values: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[Any]:
    """The values (n, …) of these samples; NumPy is slow to find them along several axes."""
    return flattened(values)[rows].reshape(len(rows), *values.shape[1:])


LINE = (Column("x", low=-6.0, high=6.0, coordinate=True),)
PLANE = tuple(Column(name, low=-6.0, high=6.0, coordinate=True) for name in ("x₁", "x₂"))


def seen(columns: Sequence[Column], raw: Floats) -> tuple[Column, ...]:
    """The columns with the ranges of these rows (n, d); those that are drawn from a range keep it."""
    return tuple(
        replace(column, low=float(values.min()), high=float(values.max())) if column.low is None else column
        for column, values in zip(columns, raw.T, strict=True)
    )


def completed(raw: Floats, fill: Floats | None) -> Floats:
    """The samples (n, columns) with what stands for each missing value; as they are without such."""
    return raw if fill is None else np.where(np.isnan(raw), fill, raw)
