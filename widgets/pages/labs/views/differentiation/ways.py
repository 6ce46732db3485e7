"""The table of ways to the same slope: what each says, how far off it is, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.labs.differentiation import Differentiation
from playground.labs.differentiation.numerical import differences, errors
from playground.labs.differentiation.symbolic import SymbolicDerivative
from playground.numbers.writing import NONE, figures, whole
from widgets.pages.labs.table import LabTable

GOOD = 1e-12
"""No farther off than that is exact, as far as numbers of 64 bits go."""


@dataclass(frozen=True)
class WayTold:
    """One way: its name, the slope it comes to (None while that is not known), and what it takes."""

    name: str
    slope: float | None
    takes: str


class WaysTable(LabTable):
    """A row a way."""

    def __init__(self) -> None:
        super().__init__(4)

    def show_ways(self, by: str, ways: Sequence[WayTold], exact: float) -> None:
        """Show these, measured against the exact slope."""
        heads = (self.tr("way"), f"∂f/∂{by}", self.tr("off by"), self.tr("takes"))
        self.show_rows(heads, [self._told(way, exact) for way in ways])

    def _told(self, way: WayTold, exact: float) -> tuple[str, str, str, str]:
        if way.slope is None or not np.isfinite((way.slope, exact)).all():
            return way.name, NONE, NONE, way.takes
        off = float(errors(np.array([way.slope]), exact)[0])
        told = self.tr("exact") if off <= GOOD else figures(off, 2)
        return way.name, figures(way.slope, 6), told, way.takes


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
