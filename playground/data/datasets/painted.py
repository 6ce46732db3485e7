"""Points that a person paints on the plane, by class or by value."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from playground.data import store
from playground.data.dataset import Brought, Dataset, Recipe, Task
from playground.data.sample import PLANE, Column, Floats, Targets
from playground.data.store import Content
from playground.randomness import Source
from playground.text import Text, say, written_elsewhere
from playground.value import Hidden, InvalidValue

MOST_POINTS = 10_000
LEAST_POINTS = 2
LETTERS = "ABCDEFGH"
MOST_CLASSES = len(LETTERS)
TWO = ("−1", "+1")
FAR = 1e6
"""No point lies farther out."""

Chosen = NDArray[np.bool_]
"""(n,) which of the points are meant."""
ClassName = Annotated[str, Field(min_length=1, max_length=100)]


class Painted(Brought):
    kind: Literal["painted"] = "painted"
    title = "Painted"
    help = "Points that you paint on the map of the output, by class or by value."
    advice = "To try what a network makes of a shape of your own."
    grows = True

    points: Annotated[int, Hidden()] = Field(
        ge=0, le=MOST_POINTS, title="Points", description="How many points there are."
    )
    names: Annotated[tuple[ClassName, ...], Hidden()] = Field(
        TWO,
        max_length=MOST_CLASSES,
        title="Classes",
        description="The classes of the points; none for values.",
    )

    @field_validator("names")
    @classmethod
    def _tell_apart(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(names) == 1 or len(set(names)) < len(names):
            raise ValueError(say("painted.names", "must be none, or at least two that differ"))
        return names

    # --- where they come from ---------------------------------------------------------------------------

    @classmethod
    def empty(cls) -> Self:
        """No points yet, of two classes."""
        return cls._holding(np.empty((0, 2)), np.empty(0, np.int64), TWO)

    @classmethod
    def of(cls, dataset: Dataset, source: Source) -> Self:
        """The points of a dataset of the plane as it takes them from the source; not more than can be."""
        few = isinstance(dataset, Recipe) and dataset.count > MOST_POINTS
        samples = dataset.few(MOST_POINTS, source) if few else dataset.take(source)
        raw, targets = samples.raw[:MOST_POINTS], samples.targets[:MOST_POINTS]
        return cls._holding(raw, targets, dataset.task.class_names)

    @classmethod
    def _holding(cls, raw: Floats, targets: Targets, names: tuple[str, ...]) -> Self:
        kind = np.int64 if names else np.float64
        content = Content(np.array(raw, np.float64), np.array(targets, kind))
        return cls.build({"content": store.put(content), "points": len(raw), "names": names})

    # --- what a dataset says ----------------------------------------------------------------------------

    @property
    def task(self) -> Task:
        """Tell the classes apart, or predict the value."""
        return Task("classification", self.names) if self.names else Task("regression")

    @property
    def columns(self) -> tuple[Column, ...]:
        return PLANE

    @property
    def count(self) -> int:
        return self.points

    @cached_property
    def arrays(self) -> Content:
        held = super().arrays
        _refuse_others(held, self)
        return held

    @property
    def problem(self) -> Text | None:
        """Too few points, or all of one class."""
        if self.points < LEAST_POINTS:
            return say("painted.too_few", "Paint at least {least} points.", least=LEAST_POINTS)
        try:
            targets = self.targets
        except InvalidValue as missing:
            return missing.text
        if not self.names or (targets != targets[0]).any():
            return None
        name = self.names[int(targets[0])]
        return say(
            "painted.one_class",
            "Paint at least one point of another class; all are of class {name} so far.",
            name=written_elsewhere(f"class.{name}", name),
        )

    @property
    def places(self) -> Floats:
        """Where the points are, (n, 2)."""
        return np.asarray(self.arrays.raw, np.float64)

    @property
    def targets(self) -> Targets:
        """Their classes or values, (n,)."""
        return self.arrays.targets

    # --- edits ------------------------------------------------------------------------------------------

    def with_points(self, places: Floats, target: float) -> Self:
        """With more points (n, 2) of one class or value, as many as there is room for."""
        added = np.asarray(places, np.float64).reshape(-1, 2)[: MOST_POINTS - self.points]
        targets = np.concatenate([self.targets, np.full(len(added), target)])
        return self._holding(np.concatenate([self.places, added]), targets, self.names)

    def without(self, chosen: Chosen) -> Self:
        """Without some of the points."""
        return self._holding(self.places[~chosen], self.targets[~chosen], self.names)

    def moved(self, chosen: Chosen, by: tuple[float, float]) -> Self:
        """With some of the points elsewhere, as far as all of them can go on the plane."""
        if not chosen.any():
            return self
        places, there = self.places.copy(), self.places[chosen]
        lows, highs = np.array([column.range for column in PLANE]).T
        least = np.minimum(lows - there.min(axis=0), 0)
        most = np.maximum(highs - there.max(axis=0), 0)
        places[chosen] = there + np.clip(by, least, most)
        return self._holding(places, self.targets, self.names)

    def with_target(self, chosen: Chosen, target: float) -> Self:
        """With another class or value for some of the points."""
        return self._holding(self.places, np.where(chosen, target, self.targets), self.names)

    def with_one_class_more(self) -> Self:
        """With a further class, of which there are no points yet; the same where there are eight."""
        count = len(self.names)
        if not count or count == MOST_CLASSES:
            return self
        names = tuple(LETTERS[:count]) if self.names == TWO else self.names
        return self.with_(names=(*names, _new_name(names)))

    def without_class(self, number: int) -> Self:
        """Without a class and its points; the same where there are only two."""
        if len(self.names) <= len(TWO):
            return self
        stay = self.targets != number
        targets = self.targets[stay]
        names = self.names[:number] + self.names[number + 1 :]
        return self._holding(self.places[stay], targets - (targets > number), names)

    def by_value(self) -> Self:
        """With values in place of classes: from −1 for the first to 1 for the last."""
        last = len(self.names) - 1
        return self._holding(self.places, self.targets * 2 / last - 1, ()) if self.names else self

    def by_class(self) -> Self:
        """With two classes in place of values: negative and positive ones."""
        return self if self.names else self._holding(self.places, self.targets >= 0, TWO)


def can_become(dataset: Dataset) -> bool:
    """Whether the samples of a dataset are points of the plane with a class or a value each."""
    task = dataset.task
    return dataset.columns == PLANE and task.numbers == 1 and task.classes <= MOST_CLASSES


def _new_name(names: tuple[str, ...]) -> str:
    return next(letter for letter in LETTERS if letter not in names)


def _refuse_others(held: Content, painted: Painted) -> None:
    """Refuse samples that are not such points."""
    raw, targets = held.raw, held.targets
    fits = raw.shape == (painted.points, 2) and targets.shape == (painted.points,) and _are_near(raw)
    if not (fits and _are_targets(targets, len(painted.names))):
        raise InvalidValue(say("painted.others", "its samples are not points of the plane as it says"))


def _are_near(raw: NDArray[Any]) -> bool:
    return raw.dtype == np.float64 and bool((np.abs(raw) <= FAR).all())


def _are_targets(targets: NDArray[Any], classes: int) -> bool:
    if not classes:
        return targets.dtype == np.float64 and bool((np.abs(targets) <= FAR).all())
    return targets.dtype == np.int64 and bool(((targets >= 0) & (targets < classes)).all())
