"""What each hidden unit looks for: its weights as a picture."""

from __future__ import annotations

import numpy as np

from playground.analysis.ranges import symmetric_level
from playground.labs.boltzmann.learning import Seen
from playground.numbers.writing import figures, whole
from widgets.pages.labs.frames import LabFrame
from widgets.plots.pictures.told import Told, WallContent
from widgets.plots.pictures.wall import PictureWall

SIDE = 52


class HiddenUnitsFrame(LabFrame):
    """A wall of weights that move while it learns."""

    def __init__(self) -> None:
        self.wall = PictureWall(self.tr("Weights of the hidden units"), SIDE)
        super().__init__(self.tr("Hidden units"), self.wall, [self.wall.menu_button])

    def show_seen(self, seen: Seen) -> None:
        """Show them as they are now."""
        side = seen.pictures.side
        pictures = seen.machine.weights.reshape(-1, side, side)
        level = symmetric_level(pictures)

        def told(unit: int) -> Told:
            low, high = (figures(float(each), 3) for each in (pictures[unit].min(), pictures[unit].max()))
            words = self.tr("hidden unit {number}: weights {low} to {high}")
            return Told("", False, words.format(number=whole(unit + 1), low=low, high=high))

        units, ends = np.arange(len(pictures)), (-level, level)
        content = WallContent(pictures, units, lambda unit: pictures[unit], told, ends, lines=0, signed=True)
        self.wall.show_content(content, self.wall.current)
        words = self.tr("{count}; weights −{level} to {level}")
        self.show_remark(words.format(count=whole(len(pictures)), level=figures(level, 2)))
