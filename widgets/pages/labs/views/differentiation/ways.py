"""The table of ways to the same slope: what each says, how far off it is, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.labs.differentiation import Differentiation
from playground.labs.differentiation.numerical import differences, errors
from playground.labs.differentiation.symbolic import SymbolicDerivative
from playground.numbers.writing import NONE, figures, whole
from widgets.labels import label, show_text
from widgets.pages.labs.frames import words

ROOMY = 330
"""Pixels from which on there is room for the last column."""
GOOD = 1e-12
"""No farther off than that is exact, as far as numbers of 64 bits go."""


@dataclass(frozen=True)
class WayTold:
    """One way: its name, the slope it comes to (None while that is not known), and what it takes."""

    name: str
    slope: float | None
    takes: str


class WaysTable(QWidget):
    """A row a way."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[QLabel, ...]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(3, 1)
        self._head = tuple(label("", "caption") for _ in range(4))
        for column, head in enumerate(self._head):
            self._grid.addWidget(head, 0, column, _side(column))

    def show_ways(self, by: str, ways: Sequence[WayTold], exact: float) -> None:
        """Show these, measured against the exact slope."""
        heads = (self.tr("way"), f"∂f/∂{by}", self.tr("off by"), self.tr("takes"))
        for shown, text in zip(self._head, heads, strict=True):
            show_text(shown, text)
        while len(self.rows) < len(ways):
            self._add()
        for row, way in zip(self.rows, ways, strict=True):
            known = way.slope is not None and np.isfinite(way.slope) and np.isfinite(exact)
            off = float(errors(np.array([way.slope or 0.0]), exact)[0]) if known else np.nan
            texts = (
                way.name,
                figures(way.slope, 8) if known and way.slope is not None else NONE,
                self.tr("exact") if known and off <= GOOD else figures(off, 2),
                way.takes,
            )
            for shown, text in zip(row, texts, strict=True):
                show_text(shown, text)
            row[3].setToolTip(way.takes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what it takes where there is no room to say it."""
        super().resizeEvent(event)
        for row in (self._head, *self.rows):
            row[3].setVisible(self.width() >= ROOMY)

    def _add(self) -> None:
        row = (*(label("", role) for role in ("", "", "muted")), words("", "muted"))
        row[3].setVisible(self.width() >= ROOMY)
        for column, shown in enumerate(row):
            self._grid.addWidget(shown, len(self.rows) + 1, column, _side(column))
        self.rows.append(row)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (1, 2) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def ways_of(lab: Differentiation, formula: SymbolicDerivative | None, exact: float) -> tuple[WayTold, ...]:
    """All ways to the slope of a laboratory; its formula is None while it is being made."""
    found = differences(lab.graph(), lab.at, lab.by, np.array([lab.step]))
    count = len(lab.parsed.columns)
    two = _tr("two evaluations")
    operations = "" if formula is None else _tr("{count} operations").format(count=whole(formula.operations))
    return (
        WayTold(_tr("formula"), None if formula is None else formula.value, operations),
        WayTold(_tr("forward difference"), float(found.forward[0]), two),
        WayTold(_tr("central difference"), float(found.central[0]), two),
        WayTold(_tr("complex step"), float(found.complex_step[0]), _tr("one, of complex numbers")),
        WayTold(_tr("forward mode"), exact, _tr("one pass for each of {count}").format(count=count)),
        WayTold(_tr("reverse mode"), exact, _tr("one pass for all {count}").format(count=count)),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("WaysTable", text)
