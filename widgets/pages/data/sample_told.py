"""What is told of one sample of a sheet on the wall."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.numbers.writing import loss, percent, whole
from widgets.pages.data.sheet import Sheet, side_names
from widgets.pages.data.verdict import Verdict
from widgets.plots.pictures.told import Told, lines_for, told


def name_of(sheet: Sheet, row: int) -> str:
    """Which sample it is, and on which side."""
    (number,) = sheet.numbers(np.array([row]))
    words = _tr("sample {number} ({side})")
    return words.format(number=whole(int(number)), side=side_names()[sheet.side[row]])


def told_of(sheet: Sheet, verdict: Verdict | None, row: int) -> Told:
    """What is true of a sample, what the network takes it for, and how wrong that is."""
    name, target = name_of(sheet, row), sheet.target
    if target is None:
        return Told(*_amount(name, verdict, row))
    truth = target.categories[int(sheet.value(row, target))]
    if verdict is None:
        return Told(truth, False, f"{name}: {truth}")
    amount = _tr("loss {amount}").format(amount=loss(float(verdict.losses[row])))
    if verdict.classes is None:
        return Told(truth, False, f"{name}: {truth} · {amount}")
    said = verdict.names[int(verdict.classes[row])]
    share = "" if verdict.certainty is None else percent(float(verdict.certainty[row]))
    certain = bool(np.isfinite(verdict.outputs[row]).all())
    found = told(name, said, share, truth, lines_for(target.categories), certain)
    return Told(found.caption, found.wrong, f"{found.words} · {amount}")


def _amount(name: str, verdict: Verdict | None, row: int) -> tuple[str, bool, str]:
    if verdict is None:
        return "", False, name
    amount = loss(float(verdict.losses[row]))
    return amount, False, _tr("{sample}: loss {amount}").format(sample=name, amount=amount)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pictures", text)
