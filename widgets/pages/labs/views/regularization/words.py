"""What is said of penalties and of dropout, in sentences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.labs.regularization import Regularization
from playground.labs.regularization.dropping import SubNetworks
from playground.labs.regularization.shrinking import Price, cost
from playground.numbers.writing import figures, whole

Floats = NDArray[np.float64]

NONE_AT_ALL = 1e-12
"""A weight that small is 0."""


def number_rows(
    lab: Regularization, weights: Floats, strength: float, networks: SubNetworks
) -> list[tuple[str, str, str]]:
    """Name, number and meaning of what is seen."""
    shared = lab.shared()
    return [
        ("λ", figures(strength, 3), _tr("strength of the penalty")),
        (_tr("loss"), figures(lab.loss(weights), 3), _tr("above its least")),
        (_tr("price"), figures(cost(weights, lab.price(strength)), 3), _tr("of both weights")),
        ("Σ|w|", figures(float(np.abs(shared).sum()), 3), _tr("of four equal inputs")),
        ("Σw²", figures(2 * cost(shared, Price(1, 0)), 3), _tr("¼ when evenly spread")),
        (_tr("off by"), figures(_seen(networks.apart), 2), _tr("scaled whole from average")),
    ]


def told(lab: Regularization, weights: Floats, found: Floats | None, networks: SubNetworks) -> str:
    """What there is to be seen now."""
    said = [_touch(lab, weights)]
    if found is not None:
        gone = int((np.abs(found) < NONE_AT_ALL).sum())
        words = _tr("None of {count} weights that tell the alcohol of wines is 0.")
        if gone:
            words = _tr("Of {count} weights that tell the alcohol of wines {gone} are 0.")
        said.append(words.format(count=len(found), gone=gone))
    words = _tr("Dropout leaves {count} networks; {rest}.")
    off = _tr("the scaled whole is their average exactly")
    if _seen(networks.apart):
        off = _tr("the scaled whole is their geometric mean, and off their average by {off} at most").format(
            off=figures(networks.apart, 2)
        )
    said.append(words.format(count=whole(len(networks.outputs)), rest=off))
    return " ".join(said)


def _touch(lab: Regularization, weights: Floats) -> str:
    zero = np.abs(weights) < NONE_AT_ALL
    if np.abs(lab.best).max() == 0:
        return _tr("The loss itself wants weights of 0: there is nothing to pay for.")
    if lab.strength == 0:
        return _tr("Nothing is charged: the weights are those of the loss alone.")
    if zero.all():
        return _tr("The price is so high that both weights are 0.")
    if zero.any():
        name = "w₁" if zero[0] else "w₂"
        return _tr("The ellipse touches a corner of the ball: {name} is 0.").format(name=name)
    return _tr("The ellipse touches a side of the ball: both weights are smaller, none is 0.")


def _seen(off: float) -> float:
    """What is off by rounding alone is not off."""
    return off if off > NONE_AT_ALL else 0.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("RegularizationWords", text)
