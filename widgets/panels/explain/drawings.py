"""The picture of each family: which curve, over what, in which colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.analysis import curves
from playground.data.features import CoordinateFeature, Feature, FormulaFeature
from playground.engine.activations import Activation
from playground.engine.initializers import Initializer
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.engine.schedules import Schedule
from playground.experiment import Experiment
from playground.numbers.writing import figures, whole
from playground.value import Kind
from widgets.panels.explain.diagram import Diagram
from widgets.panels.inputs import is_place
from widgets.plots.curves import Curve
from widgets.plots.function_plot import Functions
from widgets.plots.path_plot import STEPS_A_DOT
from widgets.sentences import sentence
from widgets.theme import Theme

BINS = 41
PATH_STEPS = 100
EPOCH_MARGIN = 1.03
"""Room for the last number of the axis."""


@dataclass(frozen=True)
class Scene:
    """What a picture may depend on besides the value itself."""

    experiment: Experiment
    layer_id: str
    steps_per_epoch: int
    theme: Theme


@dataclass(frozen=True, eq=False)
class Picture:
    """Functions, a path down the bowl or a drawing, and a line that says what is seen."""

    content: Functions | NDArray[np.floating] | Diagram | None
    caption: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Explain", text)


@singledispatch
def picture(value: Kind, scene: Scene) -> Picture | None:
    """The picture of a value; None where there is nothing to draw."""
    return None


@picture.register
def _(value: Activation, scene: Scene) -> Picture:
    curve = curves.activation_curve(value)
    kinks = value.properties.kinks
    heights = curve.value[np.searchsorted(curve.x, kinks)]
    content = Functions(
        "z",
        curve.x,
        _value_and_slope(curve, "f", "f′", scene.theme),
        x_limits=curves.NET_INPUTS,
        marks=tuple(zip(kinks, heights.tolist(), strict=True)),
    )
    return Picture(content)


@picture.register
def _(value: Loss, scene: Scene) -> Picture:
    names = {
        "error": _tr("error a − t"),
        "probability": _tr("probability of the right class"),
        "margin": _tr("margin t · z"),
    }
    axis = curves.loss_axis(value)
    curve = curves.loss_curve(value)
    slope = _tr("slope in z") if axis == "probability" else _tr("slope")
    limits = (0.0, 1.0) if axis == "probability" else None
    lines = _value_and_slope(curve, _tr("loss of one sample"), slope, scene.theme)
    return Picture(Functions(names[axis], curve.x, lines, x_limits=limits))


@picture.register
def _(value: Schedule, scene: Scene) -> Picture:
    training = scene.experiment.training
    initial, epochs = training.optimizer.learning_rate, training.epochs
    x, rates = curves.schedule_curve(value, initial, epochs, scene.steps_per_epoch)
    line = Curve(_tr("learning rate"), rates, scene.theme.lines[2])
    caption = _tr("Until it does something, the rate stays as it is.") if value.watches else ""
    return Picture(
        Functions(_tr("epoch"), x, [line], x_limits=(0.0, EPOCH_MARGIN * epochs), from_zero=True), caption
    )


@picture.register
def _(value: Regularizer, scene: Scene) -> Picture | None:
    curve = curves.penalty_curve(value)
    if not curve.value.any():
        return None
    lines = _value_and_slope(curve, _tr("penalty"), _tr("slope"), scene.theme)
    return Picture(Functions(_tr("weight"), curve.x, lines))


@picture.register
def _(value: Initializer, scene: Scene) -> Picture | None:
    graph = scene.experiment.graph
    node = graph.nodes[scene.experiment.network.index(scene.layer_id)]
    if (
        not node.units
        or (weights := curves.initializer_sample(value, sum(node.input_units), node.units)) is None
    ):
        return None
    counts, edges = np.histogram(weights, BINS, density=True)
    content = Functions(
        _tr("weight"),
        np.repeat(edges, 2),
        [Curve(_tr("density"), np.concatenate([[0], np.repeat(counts, 2), [0]]), scene.theme.lines[1])],
        filled=True,
        from_zero=True,
    )
    caption = _tr(
        "Weights of this layer, {inputs} inputs and {outputs} outputs: {low} to {high}, σ = {spread}."
    )
    return Picture(
        content,
        caption.format(
            inputs=whole(sum(node.input_units)),
            outputs=whole(node.units),
            low=figures(weights.min(), 3),
            high=figures(weights.max(), 3),
            spread=figures(weights.std(), 3),
        ),
    )


@picture.register(CoordinateFeature)
@picture.register(FormulaFeature)
def _(value: Feature, scene: Scene) -> Picture | None:
    dataset = scene.experiment.data.dataset
    columns = dataset.columns
    if not is_place(dataset):
        return None
    if len(columns) > 1:
        return Picture(None, _tr("Blue is positive, orange negative, over the plane of the data."))
    x = np.linspace(*columns[0].range, curves.POINTS)
    values = value.compute(x[:, np.newaxis], dataset)[:, 0]
    line = Curve(sentence(value.name), values, scene.theme.lines[1])
    return Picture(Functions(sentence(columns[0].title), x, [line]))


@picture.register
def _(value: Optimizer, scene: Scene) -> Picture:
    path = curves.optimizer_path(value, PATH_STEPS)
    if len(path) <= PATH_STEPS:
        text = _tr("At this learning rate it leaves the bowl after {steps} steps.")
        return Picture(path, text.format(steps=len(path) - 1))
    text = _tr("{steps} steps, a dot every {dot}, down a bowl {ratio} times as steep one way as the other.")
    ratio = whole(round(curves.BOWL[1] / curves.BOWL[0]))
    return Picture(path, text.format(steps=PATH_STEPS, dot=STEPS_A_DOT, ratio=ratio))


def _value_and_slope(curve: curves.ValueAndSlope, value: str, slope: str, theme: Theme) -> list[Curve]:
    return [Curve(value, curve.value, theme.lines[1]), Curve(slope, curve.slope, theme.lines[3])]
