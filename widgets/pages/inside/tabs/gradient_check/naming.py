"""What the numbers of a network are called, whose derivatives are checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from playground.analysis.inspections.gradient_check.results import OF_OUTPUT, CheckedNumber
from playground.numbers.writing import whole
from playground.text import Text
from widgets.sentences import sentence

PARTS = {
    "weights": QT_TRANSLATE_NOOP("GradientCheck", "weights"),
    "bias": QT_TRANSLATE_NOOP("GradientCheck", "bias"),
    "gamma": QT_TRANSLATE_NOOP("GradientCheck", "γ"),
    "beta": QT_TRANSLATE_NOOP("GradientCheck", "β"),
}
"""What people call pieces; one that is not here is called as it is in files."""


def entry_name(entry: CheckedNumber, gates: Sequence[Text] = ()) -> str:
    """A number of a layer, or of a gate: from where to where a weight leads, or which value it is."""
    numbers = [whole(place + 1) for place in entry.index]
    if gates and entry.part != OF_OUTPUT and len(numbers) > 1:
        gate = sentence(gates[entry.index[0]])
        if len(numbers) == 2:
            return f"{gate}: {part_name(entry.part)} {numbers[1]}"
        part = _tr("weight") if entry.part.startswith("weights") else part_name(entry.part)
        return f"{gate}: {part} {numbers[2]} → {numbers[1]}"
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
