"""The receptive field of a layer in words: how much of a picture or a sequence one of its values sees."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.analysis.receptive_field import field_size
from playground.engine.graph import Graph
from playground.numbers.writing import by, whole


def field_told(graph: Graph, position: int) -> str:
    """What a value in the middle sees, "5×5 of 8×8 pixels"; "" where that has no meaning."""
    size, shape = field_size(graph, position), graph.input_shape[:-1]
    if not size or len(size) != len(shape):
        return ""
    if len(size) == 1:
        return _tr("{0} of {1} steps").format(*(whole(count) for count in (min(size[0], shape[0]), shape[0])))
    if all(along >= side for along, side in zip(size, shape, strict=True)):
        return _tr("all of {0} pixels").format(by(shape))
    return _tr("{0} of {1} pixels").format(by(size), by(shape))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReceptiveField", text)
