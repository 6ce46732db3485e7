"""The spaces over which maps of a network are drawn: a plane or a line through the samples, or one of them.

A space turns the places of a picture into samples, and samples into places of the picture.  It knows the
samples by their description alone, so that every dataset has those that make sense for it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.prepared import PreparedData, Split
from playground.data.sample import Column, Floats, first_values, flattened
from playground.record import record
from playground.value import Hidden, Kind

MARGIN = 0.08
"""How far a map reaches beyond the samples that were seen, as a share of their range."""

MOST_ROWS = 20_000
"""Samples from which principal components are worked out; the training samples stand in random order."""

Name = Annotated[str, Field(max_length=200)]


@record(eq=False)
class Frame:
    """A space worked out for certain data.

    Attributes:
        axes: the columns that the picture's axes show, with their ranges: two, one or none.
        places: the samples (p, …) at the points of the picture, the first axis fastest; the outer points
            lie on the ends of the axes.
        project: where samples (n, …) lie in the picture, (n, number of axes).
        sample: the chosen sample, when that is what the space is; None otherwise.
        over_time: whether that is a sequence, whose time goes from left to right.
    """

    axes: tuple[Column, ...]
    places: Floats
    project: Callable[[Floats], Floats]
    sample: Chosen | None = None
    over_time: bool = False

    def arrange(self, values: NDArray[Any], sizes: tuple[int, ...]) -> NDArray[Any]:
        """A layer's values (units, p) as pictures: maps (units, r, r) or (units, r) over the axes.

        Over one sample alone a layer whose values have a shape, `sizes`, gives one picture a channel,
        (channels, height, width); any other gives one pixel a value, (units, 1, 1).
        """
        if self.axes:
            resolution = round(len(self.places) ** (1 / len(self.axes)))
            return values.reshape(len(values), *(resolution,) * len(self.axes))
        if len(sizes) == 3:
            return np.moveaxis(values.reshape(sizes), -1, 0)
        if len(sizes) == 2:
            picture = values.reshape(1, *sizes)
            return picture.swapaxes(1, 2) if self.over_time else picture
        return values.reshape(-1, 1, 1)

    def answer(self, outputs: NDArray[Any]) -> NDArray[Any] | None:
        """What the outputs (outputs, p) say of the chosen sample, (outputs,); None without one."""
        return None if self.axes else outputs[:, 0]

    def of_side(self, split: Split, most: int) -> Floats:
        """Where the samples of a side of the split lie in the picture, so many of them at most."""
        return self.project(split.raw[:most])


@record(eq=False)
class Chosen:
    """One sample: which of which side it is, how its values are, and what there is to learn of it."""

    side: str
    index: int
    raw: Floats
    label: float
    truth: NDArray[Any] | None = None
    row: int = -1
    """Which of all samples it is, in the order of the dataset; −1 where that is not known."""


class Space(Kind):
    """What maps are drawn over."""

    @classmethod
    @abstractmethod
    def fits(cls, dataset: Dataset) -> bool:
        """Whether the samples of a dataset have such a space."""

    @classmethod
    def is_usual(cls, dataset: Dataset) -> bool:
        """Whether it is made for the samples of a dataset, and goes before all others."""
        return False

    @abstractmethod
    def frame(self, data: PreparedData, resolution: int) -> Frame:
        """The space with so many points along each axis."""


class OverColumns(Space):
    """A grid over some columns, `across` and perhaps `up`; all others are held."""

    held: Annotated[tuple[tuple[Name, float], ...], Hidden()] = Field((), max_length=1000)

    @property
    @abstractmethod
    def free(self) -> tuple[str, ...]:
        """The names of the columns along the axes; an unknown one stands for the next that there is."""

    def frame(self, data: PreparedData, resolution: int) -> Frame:
        places = _places_of(self.free, data)
        axes = tuple(_wide(data.columns[place]) for place in places)
        points = np.tile(_held(data, places, dict(self.held)), (resolution ** len(axes), 1))
        points[:, places] = _grid(axes, resolution)
        return Frame(axes, points, lambda raw: raw[:, places])


class PlaneOfColumns(OverColumns):
    kind: Literal["plane"] = "plane"
    title = "Plane of two columns"
    help = "The plane of two columns; all others are held where they are chosen, or at their median."
    advice = "To see how two things together change the answer, all else being equal."

    across: Name = Field("", title="Across", description="The column from left to right.")
    up: Name = Field("", title="Up", description="The column from bottom to top.")

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return len(dataset.columns) >= 2

    @property
    def free(self) -> tuple[str, ...]:
        return self.across, self.up


class LineOfColumn(OverColumns):
    kind: Literal["line"] = "line"
    title = "Line along a column"
    help = "The line along one column; all others are held where they are chosen, or at their median."
    advice = "To see how one thing alone changes the answer."

    across: Name = Field("", title="Across", description="The column from left to right.")

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return len(dataset.columns) >= 1

    @property
    def free(self) -> tuple[str, ...]:
        return (self.across,)


class PrincipalPlane(Space):
    kind: Literal["principal"] = "principal"
    title = "Principal components"
    help = "The plane in which the training samples spread most, each value in its own σ."
    reference = "Pearson 1901."
    formula = "x = μ + σ (p₁ v₁ + p₂ v₂),   v₁, v₂: the first principal components"
    advice = "To see all samples at once, as far apart as a plane can show them."

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return dataset.shape.size > 2

    def frame(self, data: PreparedData, resolution: int) -> Frame:
        plane = Components.of(data.train.raw)
        axes = tuple(
            _wide(Column(f"PC {number}", low=float(values.min()), high=float(values.max())))
            for number, values in enumerate(plane.project(data.train.raw).T, 1)
        )
        points = plane.back(_grid(axes, resolution))
        return Frame(axes, points.reshape(-1, *data.train.raw.shape[1:]), plane.project)


@record(eq=False)
class Components:
    """The first two principal components (2, k) of samples with k values, around `mean` and in units of σ."""

    mean: Floats
    spread: Floats
    vectors: Floats

    @classmethod
    def of(cls, raw: Floats) -> Components:
        """Those of samples (n, …)."""
        rows = _whole_rows(raw[:MOST_ROWS])
        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        spread = np.where(spread > 0, spread, 1.0)
        return cls(mean, spread, _principal((rows - mean) / spread))

    def project(self, raw: Floats) -> Floats:
        """Where samples (n, …) lie in the plane, (n, 2)."""
        places: Floats = ((_whole_rows(raw) - self.mean) / self.spread) @ self.vectors.T
        return places

    def back(self, places: Floats) -> Floats:
        """The samples (n, k) at places (n, 2) of the plane."""
        rows: Floats = self.mean + self.spread * (places @ self.vectors)
        return rows


def _whole_rows(raw: Floats) -> Floats:
    """Samples (n, …) as rows (n, k), with 0 for steps that are not there."""
    rows = flattened(raw)
    return np.where(np.isnan(rows), 0.0, rows)


class OneSample(Space):
    kind: Literal["sample"] = "sample"
    title = "One sample"
    help = "One sample of the data: the values that it gives every neuron."
    advice = "For pictures, and to see what the network makes of a single case."

    side: Literal["test", "train"] = Field("test", title="From", description="The side of the split.")
    index: int = Field(0, ge=0, le=100_000_000, title="Sample", description="Which of them, counted from 0.")

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return True

    def frame(self, data: PreparedData, resolution: int) -> Frame:
        split: Split = data.train if self.side == "train" or not len(data.test.raw) else data.test
        index = self.index % len(split.raw)
        chosen = Chosen(
            "train" if split is data.train else "test",
            index,
            split.raw[index],
            float(first_values(split.labels[index : index + 1])[0]),
            split.labels[index],
            int(split.rows[index]),
        )
        return Frame(
            (),
            split.raw[index : index + 1],
            lambda raw: np.empty((len(raw), 0)),
            chosen,
            data.dataset.shape.is_sequence,
        )


def available(dataset: Dataset) -> tuple[type[Space], ...]:
    """The kinds of space that the samples of a dataset have."""
    return tuple(kind for kind in Space.members() if kind.fits(dataset))


def usual(dataset: Dataset) -> Space:
    """The space that a dataset is looked at in as a rule."""
    if (kind := next((kind for kind in Space.members() if kind.is_usual(dataset)), None)) is not None:
        return kind()
    match len(dataset.columns):
        case 0:
            return OneSample()
        case 1:
            return LineOfColumn()
        case 2:
            return PlaneOfColumns()
        case _:
            return PrincipalPlane()


def _grid(axes: tuple[Column, ...], resolution: int) -> Floats:
    """Points (p, axes) over the ranges of one axis or two, the first axis fastest."""
    grid = np.meshgrid(*(np.linspace(*axis.range, resolution) for axis in axes))
    points: Floats = np.stack(grid, axis=-1).reshape(-1, len(axes))
    return points


def _places_of(names: tuple[str, ...], data: PreparedData) -> list[int]:
    """The positions of columns by name; for those that are not there, the first that are left."""
    known = [column.name for column in data.columns]
    found = [known.index(name) if name in known else None for name in names]
    free = [place for place in range(len(known)) if place not in found]
    return [free.pop(0) if place is None else place for place in found]


def _held(data: PreparedData, free: list[int], chosen: dict[str, float]) -> Floats:
    """Where the columns are held that are not free: where it is chosen, or in the middle of what was seen."""
    row = np.zeros(len(data.columns))
    for place, column in enumerate(data.columns):
        if place not in free:
            row[place] = chosen[column.name] if column.name in chosen else middle(data, place)
    return row


def middle(data: PreparedData, place: int) -> float:
    """The median of a column in training, or its most frequent category."""
    values = data.train.raw[:, place]
    if data.columns[place].categories:
        return float(np.bincount(values.astype(int)).argmax())
    return float(np.median(values))


def _wide(column: Column) -> Column:
    """The column with some room around what was seen; a coordinate is drawn over its whole range as it is."""
    if column.coordinate:
        return column
    low, high = column.range
    room = MARGIN * (high - low)
    return Column(column.name, column.unit, column.categories, low - room, high + room)


def _principal(rows: Floats) -> Floats:
    """The first two principal components (2, k) of centred rows, each with its largest entry positive."""
    _, _, components = np.linalg.svd(np.linalg.qr(rows, mode="r"))
    first: Floats = components[:2]
    largest = np.take_along_axis(first, np.abs(first).argmax(axis=1)[:, np.newaxis], axis=1)
    return first * np.sign(largest)
