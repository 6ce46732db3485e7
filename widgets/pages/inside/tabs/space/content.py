"""What is drawn of the space of a layer: samples by colour, lines of the plane, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.analysis.inspections.space.seeing import SpaceSeen
from playground.engine.graph import INPUT
from playground.numbers.writing import figures, percent, whole
from widgets.colouring import Floats, label_colouring
from widgets.figures.columns import Columns
from widgets.plots.output_meaning import class_names
from widgets.sentences import layer_name
from widgets.theme import Theme, class_colours

Dots = tuple[str, bool, Floats]
"""A colour, whether these are test samples, and where they are, (n, 2) in pixels."""

FAR = 1e4


@dataclass(frozen=True, eq=False)
class SpaceContent:
    """What is seen at one moment; `places` may be those of an embedding."""

    seen: SpaceSeen
    places: Floats
    chosen: tuple[int, ...] = ()
    """The neurons that are the axes, from 1; none where it is components."""
    embedded: bool = False
    grid: bool = True

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes of the dataset, also where something else is learnt."""
        return class_names(self.seen.experiment.data.dataset.task)

    @cached_property
    def names(self) -> list[str]:
        """What the layers are called, the inputs first."""
        network = self.seen.experiment.network
        return [
            _tr("Inputs") if name == INPUT else layer_name(network, network.index(name))
            for name in self.seen.layers
        ]

    @property
    def caption(self) -> str:
        """Which layer this is, or between which, and what the axes are."""
        depth = self.seen.depth
        if depth != int(depth):
            return f"{self.names[int(depth)]} → {self.names[int(depth) + 1]}"
        return f"{self.names[int(depth)]} · {self._axes()}"

    def _axes(self) -> str:
        seen = self.seen
        if self.embedded:
            return _tr("t-SNE")
        share = percent(min(seen.share, 1.0))
        if seen.components:
            words = _tr("{count} principal components with {share} of the variance")
            return words.format(count=whole(self.places.shape[1]), share=share)
        if seen.units == 1:
            return _tr("its only value")
        if not self.chosen:
            return _tr("its neurons")
        numbers = ", ".join(whole(min(unit, seen.units)) for unit in self.chosen)
        return _tr("neurons {numbers} with {share} of the variance").format(numbers=numbers, share=share)

    def legend(self, theme: Theme) -> list[tuple[str, str]]:
        """The classes and their colours; none where samples have a value instead."""
        if len(self.classes) == 2:
            return list(zip(self.classes, (theme.negative, theme.positive), strict=True))
        return list(zip(self.classes, class_colours(len(self.classes)), strict=True))

    def colours(self, theme: Theme) -> list[str]:
        """The colour of each sample."""
        return label_colouring(self.classes, self.seen.labels).point_colours(self.seen.labels, theme)

    def dots(self, pixels: Floats, theme: Theme) -> list[Dots]:
        """The samples (n, 2) in pixels, by colour, those for training first."""
        colours, tested = np.array(self.colours(theme)), self.seen.tested
        found = []
        for of_test in (False, True):
            for colour in np.unique(colours):
                some = pixels[(colours == colour) & (tested == of_test)]
                found.append((str(colour), of_test, within_bounds(some)))
        return found

    def words(self, sample: int) -> str:
        """What there is to read of a sample."""
        seen = self.seen
        side = _tr("test") if seen.tested[sample] else _tr("training")
        label = seen.labels[sample]
        told = self.classes[int(label)] if self.classes else figures(float(label), 4)
        return _tr("{told}, a {side} sample").format(told=told, side=side)

    def columns(self) -> Columns:
        """The place of each sample, what the dataset says of it, and whether it is of the test side."""
        axes = {f"axis {number}": values for number, values in enumerate(self.places.T, 1)}
        return axes | {"label": self.seen.labels, "test": self.seen.tested.astype(int)}


def within_bounds(pixels: Floats) -> Floats:
    """Points (…, 2) that a painter can bear."""
    near: Floats = np.clip(np.nan_to_num(pixels, nan=FAR), -FAR, FAR)
    return near


def _tr(text: str) -> str:
    return QCoreApplication.translate("SpaceContent", text)
