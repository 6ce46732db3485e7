"""What is said of normalization: how narrow the valley is, what a batch does to a sample, what drifts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.normalization import Normalizing
from playground.labs.normalization.batches import AmongOthers
from playground.labs.normalization.drift import Drift
from playground.numbers.writing import figures, percent, whole


def valley_told(lab: Normalizing, steps: int | None) -> str:
    """How narrow the valley is, and how many steps it takes; None where they are too many."""
    words = _tr("It is {times} times steeper across the valley than along it.")
    told = words.format(times=figures(lab.weights.condition, 3))
    if lab.rate >= 1:
        return told + " " + _tr("From a rate of 2/λ on, plain descent runs away.")
    if steps is None:
        return told + " " + _tr("The bottom is not reached in 10 000 steps.")
    return told + " " + _tr("Descent is at the bottom after {steps} steps.").format(steps=whole(steps))


def together_told(lab: Normalizing) -> str:
    """How many samples push both weights the same way."""
    share = lab.weights.together(lab.weights.place(lab.start))
    return _tr("{share} of samples push both weights the same way").format(share=percent(share))


def batch_told(lab: Normalizing, found: AmongOthers) -> str:
    """What a batch of the chosen size does to one sample."""
    if lab.batch == 1:
        return _tr("A batch of one has no variance: the running averages take its place, as at test time.")
    place = int(abs(found.sizes - lab.batch).argmin())
    words = _tr("In batches of {size} one sample varies by σ = {spread}; at test time it is always {value}.")
    told = words.format(
        size=whole(int(found.sizes[place])),
        spread=figures(float(found.spread[place]), 2),
        value=figures(found.at_test, 2),
    )
    penalty = _tr("On two weights such noise acts like an L2 penalty of {penalty}.")
    return told + " " + penalty.format(penalty=figures(float(found.spread[place] ** 2), 2))


def drift_told(without: Drift, norm: Drift) -> str:
    """How far the net inputs drifted, and where the losses are."""
    if without.looks < without.quantiles.shape[1]:
        return _tr("Without batch norm the deep network ran away.")
    words = _tr("Loss {without} without batch norm, {norm} with it.")
    ends = (float(drift.losses[max(drift.looks - 1, 0)]) for drift in (without, norm))
    first, second = (figures(end, 2) for end in ends)
    return words.format(without=first, norm=second)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NormalizationWords", text)
