"""The kinds of layers in the order in which they are offered: those for the data first, and in groups."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from playground.engine.layers import Layer
from playground.experiment import Experiment
from playground.shapes import GraphShape

Axes = tuple[str, ...]

ANY: Axes = ()
SEQUENCES: Axes = ("time", "columns")
GRAPHS: Axes = ("nodes", "columns")
TITLES: Mapping[Axes, str] = {
    ANY: QT_TRANSLATE_NOOP("LayerKinds", "Any values"),
    ("height", "width", "channels"): QT_TRANSLATE_NOOP("LayerKinds", "Pictures"),
    SEQUENCES: QT_TRANSLATE_NOOP("LayerKinds", "Sequences"),
    GRAPHS: QT_TRANSLATE_NOOP("LayerKinds", "Graphs"),
}
"""What layers that read these axes are for."""


def axes_of(experiment: Experiment) -> Axes:
    """The axes of what a network is given, where there are layers for them."""
    if isinstance(experiment.data.input_shape, GraphShape):
        return GRAPHS
    shape = experiment.data.dataset.shape
    axes = SEQUENCES if shape.is_sequence else tuple(axis.name for axis in shape.axes)
    return axes if axes in TITLES and len(experiment.data.input_shape) == len(axes) else ANY


def layer_kinds(axes: Axes = ANY) -> tuple[type[Layer], ...]:
    """Every layer there is: what most networks on such data have, what else reads it, and the others."""

    def rank(kind: type[Layer]) -> tuple[object, ...]:
        return _distance(kind, axes), kind.axes, not kind.has_neurons, not kind.sized_by, kind.merges

    return tuple(sorted(Layer.members(), key=rank))


def layer_groups(axes: Axes = ANY) -> tuple[tuple[str, tuple[type[Layer], ...]], ...]:
    """The same in groups, each under a title: first those for the data, then those for anything."""
    kinds = layer_kinds(axes)
    known = dict.fromkeys((*((axes,) if axes in TITLES else ()), ANY, *TITLES))
    groups = ((TITLES[each], tuple(kind for kind in kinds if _group(kind) == each)) for each in known)
    return tuple((QCoreApplication.translate("LayerKinds", title), found) for title, found in groups if found)


def _group(kind: type[Layer]) -> Axes:
    return kind.axes if kind.axes in TITLES else ANY


def _distance(kind: type[Layer], axes: Axes) -> int:
    """How far a kind is from what is usual for such data."""
    fits = bool(axes) and kind.axes == axes
    if kind.common and (fits or not kind.axes):
        return 0 if fits else 1
    return 2 if fits else 4 if kind.axes else 3
