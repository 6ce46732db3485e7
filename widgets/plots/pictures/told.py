"""What is told of one picture on a wall: the answer, whether that is wrong, and all of it in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.data.sample import Floats
from playground.numbers.writing import NONE

SHORT = 3
"""Letters of a name of which two stand in one line."""


@dataclass(frozen=True)
class Told:
    """What is told of a picture: a caption, whether the answer is `wrong`, and words for who cannot see."""

    caption: str
    wrong: bool
    words: str


@dataclass(frozen=True, eq=False)
class WallContent:
    """The pictures of a wall, in order.

    Attributes:
        source: what they belong to; pictures of another source are drawn anew.
        samples: (n,) the number of each in its source.
        raw: the values (height, width, channels) of a sample.
        told: what is told of a sample.
        ends: which values are black and white.
        lines: how many lines captions have.
        aspect: how many times as wide as high they are.
        signed: whether they are numbers (height, width) around 0, in the diverging colours.
    """

    source: object
    samples: NDArray[np.int64]
    raw: Callable[[int], Floats]
    told: Callable[[int], Told]
    ends: tuple[float, float]
    lines: int = 1
    aspect: float = 1.0
    signed: bool = False


def lines_for(names: Sequence[str]) -> int:
    """How many lines a caption needs in which two of these classes are named."""
    return 1 if max(map(len, names), default=0) <= SHORT else 2


def told(sample: str, said: str, share: str, truth: str, lines: int = 1, certain: bool = True) -> Told:
    """What is told of a sample that is taken for one class and is another, or the same.

    Without `certain` the answer is no number, and nothing is right or wrong.
    """
    if not certain:
        return Told(NONE, False, f"{sample}: {_tr('no answer')}, {_tr('truth')} {truth}")
    answer = f"{said} {share}".strip()
    words = _tr("{sample}: {answer}, truth {truth}").format(sample=sample, answer=answer, truth=truth)
    if said == truth:
        return Told(said, False, words)
    caption = _tr("✗ {said} ({truth})") if lines == 1 else _tr("✗ {said}\n({truth})")
    return Told(caption.format(said=said, truth=truth), True, f"{words} · {_tr('wrong')}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pictures", text)
