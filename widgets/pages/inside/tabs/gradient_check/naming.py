"""What the numbers of a network are called, whose derivatives are checked."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from playground.analysis.inspections.gradient_check.results import OF_OUTPUT, CheckedNumber
from playground.numbers.writing import whole

PARTS = {
    "weights": QT_TRANSLATE_NOOP("GradientCheck", "weights"),
    "bias": QT_TRANSLATE_NOOP("GradientCheck", "bias"),
    "gamma": QT_TRANSLATE_NOOP("GradientCheck", "γ"),
    "beta": QT_TRANSLATE_NOOP("GradientCheck", "β"),
}
"""What people call pieces; one that is not here is called as it is in files."""


def entry_name(entry: CheckedNumber) -> str:
    """A number of a layer: a weight from where to where, a bias, a value of a sample."""
    numbers = [whole(place + 1) for place in entry.index]
    if entry.part == OF_OUTPUT:
        return _tr("value {unit} of sample {sample}").format(unit=numbers[0], sample=numbers[1])
    if entry.part == "weights" and len(numbers) == 2:
        return _tr("weight {source} → {unit}").format(source=numbers[1], unit=numbers[0])
    return f"{part_name(entry.part)} {', '.join(numbers)}"


def part_name(part: str) -> str:
    """What an array of a layer is called."""
    return _tr(PARTS.get(part, part.replace("_", " ")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("GradientCheck", text)
