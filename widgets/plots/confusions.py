"""What is taken for what at one moment, on both sides of the split, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import numpy as np

from playground.record import record
from playground.training.measures import Measures
from playground.training.snapshot import Snapshot
from widgets.figures.columns import Columns
from widgets.plots.output_meaning import class_names

SIDES = ("training", "test")


@record(eq=False)
class Confusions:
    """The names of the classes, none where numbers are predicted; and what is measured of each side.

    `measures` is empty where there is nothing to show.
    """

    names: tuple[str, ...] = ()
    measures: Mapping[str, Measures] = field(default_factory=dict)

    def followed_by(self, snapshot: Snapshot) -> Confusions:
        """What a snapshot says; itself where that is nothing new."""
        names = class_names(snapshot.experiment.task)
        measures = {"training": snapshot.train, "test": snapshot.test}
        known = all(_fits(side, names) for side in measures.values())
        if names and names == self.names and not known:
            return self  # what is not measured in detail at this moment will be soon
        if known and all(measures[side] is self.measures.get(side) for side in SIDES):
            return self
        return Confusions(names, measures if known else {})

    def columns(self) -> Columns:
        """A row for each pair of a true and a predicted class, with the counts of both sides."""
        if not self.measures:
            return {}
        names = np.array(self.names)
        pairs = {"true": np.repeat(names, len(names)), "predicted": np.tile(names, len(names))}
        return pairs | {side: np.ravel(self.measures[side].confusion) for side in SIDES}


def _fits(side: Measures, names: tuple[str, ...]) -> bool:
    """Whether a side is measured in detail, and for these classes."""
    return side.confusion is not None and len(side.confusion) == len(names)
