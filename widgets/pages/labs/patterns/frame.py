"""The stored patterns in a row, with links that store one more and forget one."""

from __future__ import annotations

import numpy as np

from playground.labs.patterned import MOST_PATTERNS, Patterned
from playground.numbers.writing import whole
from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.patterns.edits import PatternEdits
from widgets.plots.pictures.told import Told, WallContent
from widgets.plots.pictures.wall import PictureWall
from widgets.tips import tip

THUMBNAIL = 44


class PatternsFrame(LabFrame):
    """A wall one row high."""

    def __init__(self, edits: PatternEdits) -> None:
        self.wall = PictureWall(self.tr("Stored patterns"), THUMBNAIL, 1)
        self.letter = link_button(self.tr("+ letter"), tip(self.tr("Store the next letter.")))
        self.random = link_button(self.tr("+ random"), tip(self.tr("Store a pattern of chance.")))
        self.empty = link_button(self.tr("+ empty"), tip(self.tr("Store a pattern to be painted.")))
        self.delete = link_button(self.tr("delete"), tip(self.tr("Forget the chosen pattern.")))
        links = (self.letter, self.random, self.empty, self.delete, self.wall.menu_button)
        super().__init__(self.tr("Stored patterns"), self.wall, links)
        self.column.addStretch(1)
        self.wall.chosen.connect(edits.choose)
        self.letter.clicked.connect(edits.add_letter)
        self.random.clicked.connect(edits.add_random)
        self.empty.clicked.connect(edits.add_empty)
        self.delete.clicked.connect(edits.delete)

    def show_patterns(self, lab: Patterned) -> None:
        """Show what is stored."""
        inks = (lab.stored.reshape(-1, lab.grid, lab.grid) + 1) / 2
        count, full = len(inks), len(inks) >= MOST_PATTERNS
        content = WallContent(
            lab.stored, np.arange(count), lambda number: inks[number], self._told, (-1.0, 1.0), signed=True
        )
        self.wall.show_content(content, lab.current)
        for button in (self.letter, self.random, self.empty):
            button.setEnabled(not full)
        self.delete.setEnabled(count > 0)

    def _told(self, number: int) -> Told:
        name = whole(number + 1)
        return Told(name, False, self.tr("pattern {number}").format(number=name))
