"""The plots of a race: the losses over the steps, and what other learning rates would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playground.labs.race.racing import RateSweep, Way
from playground.labs.race.terrain import Floats
from widgets.pages.labs.entries import entry_colour
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.theme import Theme, current

LEAST = 1e-9
"""A height above the bottom that is as good as none: a logarithmic axis ends there."""
HIGHEST = 10.0
"""How many times higher than at the start is as good as lost."""


class RacePlot(CurvePlot):
    """The height of every racer above the bottom, or its loss where there is no bottom."""

    def __init__(self) -> None:
        super().__init__(self.tr("Loss over steps"), self.tr("step"), logarithmic=True)

    def show_ways(
        self, names: Sequence[str], ways: Sequence[Way], bottom: float | None, steps: int, seen: int
    ) -> None:
        """Show so many steps of each."""
        self.x_limits = (0, max(steps, 1))
        self.set_logarithmic(bottom is not None)
        x = np.arange(steps + 1, dtype=np.float64)
        curves = []
        for place, (name, way) in enumerate(zip(names, ways, strict=True)):
            values = np.full(steps + 1, np.nan)
            values[: len(way.losses)] = heights(way.losses, bottom)
            values[seen + 1 :] = np.nan
            curves.append(Curve(name, values, entry_colour(place)))
        self.show_curves(x, curves)


class SweepPlot(CurvePlot):
    """How low one optimizer gets in the steps of the race, over its learning rate."""

    def __init__(self) -> None:
        super().__init__(self.tr("Rate sweep"), self.tr("log₁₀ η"), x_limits=(-3, 1), logarithmic=True)

        self._border = NoteMarks()
        self._border.show_theme(current())
        self.canvas.addItem(self._border)

    def show_sweep(self, name: str, place: int, swept: RateSweep, bottom: float | None, begun: float) -> None:
        """Show what each rate leads to; what ends far above where it began is drawn at the top."""
        self.set_logarithmic(bottom is not None)
        top = HIGHEST * float(heights(np.array([begun]), bottom)[0])
        ends = heights(swept.ends, bottom)
        if bottom is not None:
            ends = np.minimum(np.nan_to_num(ends, nan=top, posinf=top), top)
        self.show_curves(np.log10(swept.rates), [Curve(name, ends, entry_colour(place))])

    def show_border(self, rate: float | None) -> None:
        """Mark the rate from which on plain descent runs away; None for no such mark."""
        notes = () if rate is None else (Note(float(np.log10(rate)), ("2/λ",)),)
        self.stops = replace(self.stops, notes=notes)
        self._border.show_notes(notes)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._border.show_theme(theme)


def heights(losses: Floats, bottom: float | None) -> Floats:
    """How far losses are above the bottom, or the losses themselves where there is none."""
    if bottom is None:
        return losses
    found: Floats = np.where(np.isfinite(losses), np.maximum(losses - bottom, LEAST), np.nan)
    return found
