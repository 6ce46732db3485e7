"""How the person's locale writes numbers, and what is said of those that cannot be read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from playground.numbers.reading import Ambiguous, NotANumber, Signs
from playground.words import shortened


def local_signs() -> Signs:
    """The signs in the numbers of the person's locale."""
    locale = QLocale()
    return Signs(locale.decimalPoint(), locale.groupSeparator())


def sentence(problem: NotANumber | Ambiguous) -> str:
    """Why it cannot be read, and how it could."""
    entry = shortened(problem.entry)
    if isinstance(problem, NotANumber):
        return _tr("“{entry}” is not a number").format(entry=entry)
    first, second = map(shortened, problem.readings)
    words = _tr("“{entry}” can be {first} or {second}; type the one you mean")
    return words.format(entry=entry, first=first, second=second)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TypedNumbers", text)
