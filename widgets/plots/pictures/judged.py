"""One side of the split as a network answers it: which samples are wrong, and in which order to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.data.pictures.looks import Looks
from playground.data.prepared import PreparedData, Split
from playground.numbers.writing import NONE, loss, percent, whole
from playground.training.moment import Answers, Moment
from widgets.plots.output_meaning import class_names
from widgets.plots.pictures.told import Told, WallContent, lines_for, told


@dataclass(frozen=True, eq=False)
class Judged:
    """The samples of one side with the answers to them.

    Attributes:
        side: "train" or "test".
        names: of the classes; none where there are none.
        wrong: (n,) which are taken for what they are not; none where there are no classes.
        looks: how the training pictures look.
        order: (n,) wrong ones first, of these and of the others the worst first.
    """

    data: PreparedData
    side: str
    split: Split
    looks: Looks
    names: tuple[str, ...]
    answers: Answers
    wrong: NDArray[np.bool_]
    order: NDArray[np.int64]

    @classmethod
    def of(cls, moment: Moment, side: str, before: Judged | None, given_up: Callable[[], bool]) -> Self:
        """What a network says of a side; of the training samples where there are no others.

        What was known `before` of the same data is not looked for again.

        Raises:
            GivenUp: as soon as that is so.
        """
        tests = side == "test" and len(moment.data.test.raw) > 0
        split = moment.data.test if tests else moment.data.train
        with np.errstate(all="ignore"):
            answers = moment.judge(split, given_up)
        finite = np.isfinite(answers.outputs).all(axis=1)
        wrong = np.zeros(len(finite), np.bool_)
        if answers.classes is not None:
            wrong = finite & (answers.classes != split.labels)
        assert answers.losses is not None
        order = np.lexsort((-np.nan_to_num(answers.losses), ~wrong))
        known = before is not None and before.data is moment.data
        looks = before.looks if known else Looks.of(moment.data.train.raw)
        names, shown = class_names(moment.data.task), "test" if tests else "train"
        return cls(moment.data, shown, split, looks, names, answers, wrong, order)

    @property
    def count_wrong(self) -> int:
        """How many are wrong."""
        return int(self.wrong.sum())

    def content(self, order: NDArray[np.int64] | None = None) -> WallContent:
        """What a wall shows of it, in its own order or in another."""
        samples = self.order if order is None else order
        ends = self.looks.low, self.looks.high
        lines = lines_for(self.names) if self.answers.classes is not None else 1
        return WallContent(self.split, samples, lambda sample: self.split.raw[sample], self.told, ends, lines)

    def told(self, sample: int) -> Told:
        """What is told of a sample, counted from 0."""
        title = _tr("test sample {number}") if self.side == "test" else _tr("training sample {number}")
        name = title.format(number=whole(sample + 1))
        answers = self.answers
        if answers.classes is None or not self.names:
            amount = NONE if answers.losses is None else loss(float(answers.losses[sample]))
            words = _tr("{sample}: loss {amount}").format(sample=name, amount=amount)
            return Told(amount, False, words)
        said = int(answers.classes[sample])
        share = "" if answers.shares is None else percent(float(answers.shares[sample, said]))
        certain = bool(np.isfinite(answers.outputs[sample]).all())
        truth = self.names[int(self.split.labels[sample])]
        return told(name, self.names[said], share, truth, lines_for(self.names), certain)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pictures", text)
