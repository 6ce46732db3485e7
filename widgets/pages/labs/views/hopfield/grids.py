"""Four grids side by side: a pattern, the same damaged, and what two networks make of that."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from playground.labs.hopfield.recall import ModernRecall, Recall
from playground.labs.hopfield.recognized import blended, recognized
from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame, say_in, words
from widgets.pages.labs.patterns.grid import PixelGrid
from widgets.pages.labs.views.hopfield.edits import HopfieldEdits
from widgets.sentences import sentence
from widgets.tips import tip

ABOUT_SQUARES = 60
"""Pixels of the panel above and below the squares."""


class GridsFrame(LabFrame):
    """The first two are painted by hand."""

    def __init__(self, edits: HopfieldEdits) -> None:
        self._edits = edits
        self.pattern = PixelGrid(self.tr("Pattern"), paints=True)
        self.cue = PixelGrid(self.tr("Damaged"), paints=True)
        self.classic = PixelGrid(self.tr("Hopfield 1982"))
        self.modern = PixelGrid(self.tr("Modern 2020"))
        told = self.tr("Take away what was painted on the damaged one.")
        self.clean = link_button(self.tr("clean"), tip(told))
        self.told_classic, self.told_modern = words("", "caption"), words("", "caption")
        super().__init__(self.tr("Recall"), self._laid_out())
        self.pattern.painted.connect(edits.paint)
        self.cue.painted.connect(edits.damage)
        self.clean.clicked.connect(edits.clean)

    def _laid_out(self) -> QWidget:
        hints = (self.tr("paint: left inks, right wipes"), self.tr("paint on it too"))
        captions = [*(words(hint, "caption") for hint in hints), self.told_classic, self.told_modern]
        content = QWidget()
        content.setObjectName("picture")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        for place, shown in enumerate((self.pattern, self.cue, self.classic, self.modern)):
            head = QHBoxLayout()
            head.addWidget(words(shown.title, "muted"), 1)
            if shown is self.cue:
                head.addWidget(self.clean)
            head.addWidget(shown.menu_button)
            grid.addLayout(head, 0, place)
            grid.addWidget(shown, 1, place)
            captions[place].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(captions[place], 2, place)
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(1, 1)
        return content

    def suit(self, width: int) -> None:
        """Be no higher than the squares need in such a width."""
        self.setMaximumHeight(width // 4 + ABOUT_SQUARES)

    def show_cue(self) -> None:
        """Show the pattern and what is damaged of it."""
        lab, wanted = self._edits.lab, self._edits.wanted
        self.pattern.show_values(wanted)
        self.cue.show_values(lab.cue, wanted)
        self.clean.setEnabled(bool(lab.painted.strip(".")))

    def show_recall(self, classic: Recall, modern: ModernRecall) -> str:
        """Show where both networks are; returns what is to be said of that."""
        lab = self._edits.lab
        wanted = self._edits.wanted if len(lab.stored) else None
        told = (
            self.tr("Two states take turns for ever.")
            if classic.ended == "cycle"
            else sentence(recognized(lab.stored, classic.state)),
            sentence(blended(lab.stored, modern.state, lab.beta)),
        )
        for grid, state, shown, said in (
            (self.classic, classic.state, self.told_classic, told[0]),
            (self.modern, modern.state, self.told_modern, told[1]),
        ):
            grid.show_values(state, wanted)
            grid.setAccessibleDescription(said)
            say_in(shown, said)
        return self.tr("Hopfield: {classic}\nModern: {modern}").format(classic=told[0], modern=told[1])
