"""What the network says of every sample of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.numbers.writing import NONE, figures, loss, percent
from playground.training.moment import Answers, Moment
from widgets.pages.data.sheet import Meaning, Sheet, SheetColumn

SHOWN = 3
"""Numbers that are written of an answer of several."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """The answers to n samples, in the order of the sheet.

    Attributes:
        step: at which step of the training.
        names: the classes; none for numbers.
        outputs: (n, outputs).
        classes: (n,) the class that is said; None for numbers.
        certainty: (n,) its probability; None where there are none.
        losses: (n,).
    """

    step: int
    names: tuple[str, ...]
    outputs: Array
    classes: NDArray[np.intp] | None
    certainty: Array | None
    losses: Array

    @classmethod
    def of(cls, moment: Moment, sheet: Sheet, given_up: Callable[[], bool]) -> Verdict:
        """What was known at a moment.

        Raises:
            GivenUp: as soon as that is so.
        """
        answers = [moment.judge(split, given_up) for split in sheet.splits]
        names = next((each.categories for each in sheet.columns if each.meaning is Meaning.TARGET), ())

        def ordered(part: Callable[[Answers], Array | None]) -> Array | None:
            parts = [part(answer) for answer in answers]
            return None if parts[0] is None else _in_order(sheet, parts)

        outputs, losses = ordered(lambda a: a.outputs), ordered(lambda a: a.losses)
        assert outputs is not None and losses is not None  # noqa: PT018
        certainty = ordered(lambda a: None if a.shares is None else a.shares.max(axis=1))
        return cls(moment.step, names, outputs, ordered(lambda a: a.classes), certainty, losses)

    def values(self, column: SheetColumn) -> Array:
        """By what rows are sorted in a column of answers: (n,)."""
        if column.meaning is Meaning.LOSS:
            return self.losses
        if self.classes is None:
            return self.outputs[:, 0].astype(np.float64)
        return self.classes + (0.0 if self.certainty is None else self.certainty / 2)

    def text(self, row: int, column: SheetColumn) -> str:
        """What is written of a sample."""
        return loss(float(self.losses[row])) if column.meaning is Meaning.LOSS else self.said(row)

    def said(self, row: int) -> str:
        """The answer: a class and how sure the network is, or numbers."""
        outputs = self.outputs[row]
        if not np.isfinite(outputs).all():
            return NONE
        if self.classes is None:
            more = "…" if len(outputs) > SHOWN else ""
            return ", ".join(figures(float(value), 4) for value in outputs[:SHOWN]) + more
        name = self.names[self.classes[row]]
        return name if self.certainty is None else f"{name} {percent(float(self.certainty[row]))}"

    def is_wrong(self, row: int, truth: float) -> bool | None:
        """Whether the class that is said is not the true one; None for numbers."""
        return None if self.classes is None else bool(self.classes[row] != truth)


def _in_order(sheet: Sheet, parts: list[Array | None]) -> Array:
    first = parts[0]
    assert first is not None
    result = np.empty((sheet.rows, *first.shape[1:]), first.dtype)
    for split, part in zip(sheet.splits, parts, strict=True):
        result[sheet.places(split)] = part
    return result
