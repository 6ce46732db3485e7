"""A sequential network made of the arrays of a file, where the present one is of other sizes."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine.activations import Activation, Relu
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, Layer, LayerNorm
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.layers.shape import Flatten
from playground.experiment import USUAL_LOSSES, Experiment
from playground.text import say
from playground.weights.found import FoundWeights, WeightsProblem
from playground.weights.groups import Convention, LayerArrays

BY_GATES = {1: SimpleRnn, 3: Gru, 4: Lstm}


def networks(experiment: Experiment, found: FoundWeights) -> list[Experiment]:
    """Experiments with the network that the file has, the likelier first, each of which can train.

    Raises:
        WeightsProblem: when there is none.
    """
    if found.layers:
        return [_learning(experiment, found.layers, known=True)]
    made: list[Experiment] = []
    problems: list[WeightsProblem] = []
    for convention in found.conventions:
        try:
            layers = tuple(_layers(found.groups, convention, _usual(experiment)))
            made.append(_learning(experiment, layers, known=False))
        except WeightsProblem as problem:
            problems.append(problem)
    if not made:
        raise problems[0]
    return made


def _usual(experiment: Experiment) -> Activation:
    """The activation of the hidden layers there are."""
    hidden = (getattr(layer, "activation", None) for layer in experiment.network.layers[:-1])
    return next((each for each in hidden if isinstance(each, Activation)), Relu())


def _layers(
    groups: tuple[LayerArrays, ...], convention: Convention, activation: Activation
) -> Iterator[Layer]:
    on_grid = False
    for number, group in enumerate(groups, 1):
        layer = _layer(group, convention, activation)
        if isinstance(layer, Dense) and on_grid:
            yield Flatten(id=f"flatten{number}")
        on_grid = isinstance(layer, Conv2D | Conv1D) or (on_grid and not isinstance(layer, Dense))
        yield layer.with_(id=f"{layer.tag()}{number}")


def _layer(group: LayerArrays, convention: Convention, activation: Activation) -> Layer:
    weight, recurrent = group.weight, group.arrays.get("recurrent")
    if recurrent is not None:
        units = min(recurrent.shape)
        kind = BY_GATES.get(max(recurrent.shape) // units)
        if kind is not None and recurrent.ndim == 2:
            made: Layer = kind(units=units)
            return made
    elif weight is not None:
        by_columns = convention == "columns"
        units, kernel = weight.shape[-1 if by_columns else 0], weight.shape[0 if by_columns else -1]
        if weight.ndim == 2:
            return Dense(units=units, activation=activation)
        if weight.ndim == 3:
            return Conv1D(filters=units, kernel=kernel, activation=activation)
        if weight.ndim == 4:
            return Conv2D(filters=units, kernel=kernel, activation=activation)
    elif "gamma" in group.arrays:
        return BatchNorm() if "mean" in group.arrays else LayerNorm()
    raise WeightsProblem(
        say(
            "weights.unknown_layer",
            "“{name}” is of no layer that is known by its arrays; make the network first, then open its "
            "weights.",
            name=group.name,
        )
    )


def _learning(experiment: Experiment, layers: tuple[Layer, ...], known: bool) -> Experiment:
    """With these layers and a loss that suits them, at the beginning of a new run.

    Raises:
        WeightsProblem: when that cannot learn the data.
    """
    network = Architecture(layers=layers)
    begun = experiment.with_(network=network, weights_draw=experiment.weights_draw + 1)
    classes = experiment.task.classes
    losses = [experiment.training.loss, *(loss for loss in USUAL_LOSSES if loss.suits(classes))]
    tries = [_with_loss(begun, loss, known) for loss in losses]
    for each in tries:
        if not each.problems():
            return each
    raise WeightsProblem(
        say(
            "weights.network_unfit",
            "The network of the file cannot learn these data. {problem}",
            problem=tries[0].problems()[0].text,
        )
    )


def _with_loss(experiment: Experiment, loss: object, known: bool) -> Experiment:
    changed = experiment.with_(training=experiment.training.with_(loss=loss))
    output = experiment.network.layers[-1]
    present = getattr(output, "activation", None)
    if known or present is None:
        return changed
    fitting = output.with_(
        activation=changed.training.loss.output_activation(experiment.task.classes, present)
    )
    return changed.with_(network=Architecture(layers=(*experiment.network.layers[:-1], fitting)))
