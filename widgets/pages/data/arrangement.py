"""Which rows of a sheet are shown, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.numbers.reading import Ambiguous, NotANumber, parse_number
from widgets.forms.local import local_signs
from widgets.pages.data.sheet import Meaning, Sheet, SheetColumn
from widgets.pages.data.verdict import Verdict

ANSWERS = (Meaning.SAID, Meaning.LOSS)


@dataclass(frozen=True)
class Wish:
    """What a person wants to see.

    Attributes:
        column: the number of the column that rows are sorted by; None for the order of the dataset.
        descending: whether the largest comes first; what is missing always comes last.
        side: which side of the split, by its number; None for all.
        words: what has to be in a row, each of these words somewhere.
        label: the class that samples are of, by its number; None for all.
        wrong: whether only those are shown that the network gets wrong.
    """

    column: int | None = None
    descending: bool = False
    side: int | None = None
    words: tuple[str, ...] = ()
    label: int | None = None
    wrong: bool = False

    @property
    def hangs_on_answers(self) -> bool:
        """Whether other rows may be shown, or in another order, when the network answers otherwise."""
        return self.column is not None or self.wrong


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Rows by where they are shown, and where each row is shown, −1 for nowhere."""

    rows: NDArray[np.int64]
    shown: NDArray[np.int64]

    @classmethod
    def of(cls, sheet: Sheet, verdict: Verdict | None, wish: Wish) -> Arrangement:
        """What is wished for; it takes a while where there are many."""
        rows = np.flatnonzero(_wanted(sheet, verdict, wish))
        column = None if wish.column is None else sheet.columns[wish.column]
        if column is not None and (column.meaning not in ANSWERS or verdict is not None):
            keys = _keys(sheet, verdict, column)[rows]
            rows = rows[np.argsort(-keys if wish.descending else keys, kind="stable")]
        shown = np.full(sheet.rows, -1)
        shown[rows] = np.arange(len(rows))
        return cls(rows, shown)


def _keys(sheet: Sheet, verdict: Verdict | None, column: SheetColumn) -> Floats:
    if column.meaning in ANSWERS and verdict is not None:
        return verdict.values(column)
    return sheet.values(column)


def _wanted(sheet: Sheet, verdict: Verdict | None, wish: Wish) -> NDArray[np.bool_]:
    wanted = np.ones(sheet.rows, np.bool_) if wish.side is None else sheet.side == wish.side
    for word in wish.words:
        wanted &= _has(sheet, verdict, word)
    if sheet.target is not None and (wish.label is not None or wish.wrong):
        truth = sheet.values(sheet.target)
        if wish.label is not None:
            wanted &= truth == wish.label
        if wish.wrong and verdict is not None and verdict.classes is not None:
            wanted &= verdict.classes != truth
    return wanted


def _has(sheet: Sheet, verdict: Verdict | None, word: str) -> NDArray[np.bool_]:
    """Where a word is part of a category, or a number is the one that is typed, as far as it is typed."""
    number, room = _number(word)
    found = np.zeros(sheet.rows, np.bool_)
    for column in sheet.columns:
        if column.categories:
            found |= np.isin(sheet.values(column), _places(column.categories, word))
        elif number is not None and column.meaning in (Meaning.NUMBER, Meaning.VALUE, Meaning.TARGET):
            found |= np.abs(sheet.values(column) - number) <= room
    if verdict is not None and verdict.classes is not None:
        found |= np.isin(verdict.classes, _places(verdict.names, word))
    return found


def _places(names: tuple[str, ...], word: str) -> list[int]:
    return [place for place, name in enumerate(names) if word.casefold() in name.casefold()]


def _number(word: str) -> tuple[float | None, float]:
    """The number that a word is, and how far from it one may be that would be written so."""
    try:
        number = float(parse_number(word, signs=local_signs()))
    except (NotANumber, Ambiguous):
        return None, 0.0
    _, _, decimals = word.replace(",", ".").rpartition(".")
    places = len(decimals) if "." in word.replace(",", ".") else 0
    return number, (0.5 + 1e-9) * 10.0**-places if places else 0.0
