"""What is said of moving averages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.averages import Averages
from playground.labs.averages.averaging import ExponentialAverage, MovingAverage, WindowAverage
from playground.numbers.writing import figures, percent, setting, whole
from playground.value import Kind


def setting_of(average: Kind) -> str:
    """What stands behind the name of an average."""
    if isinstance(average, ExponentialAverage):
        return f"β {setting(average.beta)}"
    assert isinstance(average, WindowAverage)
    return f"k {whole(average.width)}"


def name_of(average: MovingAverage) -> str:
    """What tells it from the others in a plot."""
    if isinstance(average, ExponentialAverage) and average.corrected:
        return _tr("{beta}, corrected").format(beta=setting_of(average))
    return setting_of(average)


def told(lab: Averages, count: int) -> str:
    """What is to be said of so many numbers and their averages."""
    if not count:
        return _tr("There are no numbers yet: take the loss of your run, or open a table.")
    smoothest, biased = lab.smoothest, lab.biased
    words = _tr(
        "{name} averages over about {window} numbers, is {lag} behind, and leaves {noise} of the noise."
    )
    found = words.format(
        name=name_of(smoothest),
        window=figures(smoothest.window, 3),
        lag=figures(smoothest.lag, 3),
        noise=percent(smoothest.noise_left),
    )
    if biased is None:
        return found
    words = _tr("Without correction β = {beta} begins at {share} of the first number.")
    return f"{found} {words.format(beta=setting(biased.beta), share=percent(1 - biased.beta))}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("AveragesWords", text)
