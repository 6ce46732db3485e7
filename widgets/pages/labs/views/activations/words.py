"""What is said of a signal on its way through layers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.activations import ActivationExplorer
from playground.labs.activations.as_one import AsOne
from playground.labs.activations.signal import SignalTravel
from playground.numbers.writing import figures, percent, whole

GOOD = 10.0
"""A variance that changes by no more than this over all layers is kept."""


def told(lab: ActivationExplorer, passage: SignalTravel) -> str:
    """What becomes of signal and gradient."""
    depth = whole(lab.depth)
    if (layer := passage.overflow) is not None:
        words = _tr("The signal grows until it is too large to be told, in layer {layer}.")
        return words.format(layer=whole(layer))
    if not passage.net[0]:
        return _tr("Nothing gets through the first layer, and nothing comes back.")
    signal = _fate(_tr("signal"), passage.signal_ratio, depth)
    gradient = _fate(_tr("gradient"), passage.gradient_ratio, depth)
    return f"{signal} {gradient} " + _tr("n Var(w) is {gain}.").format(gain=figures(lab.gain, 2))


def _fate(name: str, ratio: float, depth: str) -> str:
    if not ratio:
        words = _tr("Of the {name} nothing is left after {depth} layers.")
    elif 1 / GOOD <= ratio <= GOOD:
        words = _tr("The {name} gets through {depth} layers: its variance becomes {times} times what it was.")
    elif ratio < 1:
        words = _tr("The {name} fades over {depth} layers: {times} of its variance is left.")
    else:
        words = _tr("The {name} explodes over {depth} layers: its variance grows {times}-fold.")
    return words.format(name=name, depth=depth, times=figures(ratio, 2))


def place_told(lab: ActivationExplorer) -> str:
    """Value and slope at the place that is looked at, and what many such slopes make."""
    value, slope = lab.here
    words = _tr("z {z}: f {f}, f′ {slope}; {depth} such slopes make {product}")
    return words.format(
        z=figures(lab.place, 3),
        f=figures(value, 3),
        slope=figures(slope, 3),
        depth=whole(lab.depth),
        product=figures(slope**lab.depth, 2),
    )


def as_one_told(depth: int, found: AsOne | None) -> str:
    """Whether one layer would do."""
    if found is None:
        return _tr("Nothing arrives at the last layer, or it is too large to be told.")
    if found.differs is not None:
        words = _tr("{depth} linear layers are one: their product does the same, to {share} of its size.")
        return words.format(depth=whole(depth), share=figures(found.differs, 1))
    words = _tr(
        "No single layer does what these {depth} do: the nearest to neuron 1 leaves {share} of its variance."
    )
    return words.format(depth=whole(depth), share=percent(found.left))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationsWords", text)
