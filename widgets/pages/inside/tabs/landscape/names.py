"""What the axes of a landscape are called, and what is said of its grid."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.analysis.inspections.landscape.inspection import ChosenWeight, Landscape
from playground.analysis.inspections.landscape.planes import LossPlane
from playground.analysis.inspections.landscape.survey import LossGrid
from playground.engine.graph import Architecture
from playground.numbers.writing import percent, whole
from widgets.sentences import layer_name


def axis_names(settings: Landscape, plane: LossPlane, network: Architecture) -> tuple[str, str]:
    """The names of the axes across and up."""
    if settings.plane == "weights":
        return _weight(settings.across, network), _weight(settings.up, network)
    if plane.shares is not None:
        across, up = (percent(share) for share in plane.shares)
        return (
            _tr("first principal component, {share} of the path").format(share=across),
            _tr("second principal component, {share}").format(share=up),
        )
    return _tr("first random direction"), _tr("second random direction")


def grid_told(grid: LossGrid | None) -> str:
    """What is to be said of a grid of losses; nothing where there is none."""
    if grid is None:
        return ""
    points = len(grid.x)
    said = _tr("{points} × {points} points, {train} training and {test} test samples").format(
        points=points, train=whole(grid.samples[0]), test=whole(grid.samples[1])
    )
    if grid.holes:
        said += _tr("; at {share} of them the loss is no finite number").format(
            share=percent(grid.holes / points**2)
        )
    return said


def _weight(chosen: ChosenWeight, network: Architecture) -> str:
    """A weight in words; empty where the layer is gone."""
    if all(layer.id != chosen.layer_id for layer in network.layers):
        return ""
    layer, unit = layer_name(network, network.index(chosen.layer_id)), chosen.unit + 1
    if chosen.source < 0:
        return _tr("{layer} · {unit}: bias").format(layer=layer, unit=unit)
    return _tr("{layer} · {unit}: weight {number}").format(layer=layer, unit=unit, number=chosen.source + 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Landscape", text)
