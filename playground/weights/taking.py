"""Where the weights of a file go in an experiment: onto its network, or with a network of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.engine.edits import label
from playground.experiment import Experiment
from playground.text import Text, lines, say, say_counted
from playground.weights.fitting import Fit, fit
from playground.weights.found import FoundWeights, WeightsProblem
from playground.weights.loaded import LoadedWeights
from playground.weights.making import networks

MOST_NAMED = 6
"""Layers of which it is told where they went."""


@dataclass(frozen=True, eq=False)
class Taken:
    """What becomes of an experiment.

    Attributes:
        experiment: the same one, or one with the network of the file.
        weights: what is put onto its network.
        is_new: whether the network is another.
        report: what went where, and what has no place.
    """

    experiment: Experiment
    weights: LoadedWeights
    is_new: bool
    report: Text


def take(experiment: Experiment, found: FoundWeights, name: str) -> Taken:
    """Find the place of everything in a file of that name.

    Where names or shapes fit the network, it gets the weights; else it becomes the network of the file; and
    where that cannot be, what fits is put in place.

    Raises:
        WeightsProblem: when nothing fits.
    """
    present = None if experiment.graph.problems or not _alike(experiment, found) else _fit(experiment, found)
    if present is not None and (present.whole or _goes_by_name(present)):
        return _taken(experiment, present, found, name, is_new=False)
    try:
        made = [(each, _fit(each, found)) for each in networks(experiment, found)]
        whole = next(((each, fits) for each, fits in made if fits.whole or found.layers), None)
        if whole is not None:
            return _taken(*whole, found, name, is_new=True)
        raise _nothing_fits(experiment, found, name)
    except WeightsProblem:
        if present is None or not present.went:
            raise
    return _taken(experiment, present, found, name, is_new=False)


def _nothing_fits(experiment: Experiment, found: FoundWeights, name: str) -> WeightsProblem:
    weight = found.groups[0].weight if found.groups else None
    given = experiment.graph.inputs
    if weight is not None and weight.ndim == 2 and given not in weight.shape:
        reads = weight.shape[0 if found.convention == "columns" else 1]
        return WeightsProblem(
            say(
                "weights.other_inputs",
                "The network of {name} reads {reads} values, and these data give {given}.",
                name=name,
                reads=reads,
                given=given,
            )
        )
    return WeightsProblem(say("weights.nothing_fits", "Nothing in {name} fits this network.", name=name))


def _fit(experiment: Experiment, found: FoundWeights) -> Fit:
    network = experiment.network
    titles = {layer.id: str(label(network, place)) for place, layer in enumerate(network.layers)}
    return fit(experiment.graph, found, titles)


def _goes_by_name(present: Fit) -> bool:
    """Whether so much is called as here that the rest is meant to stay out."""
    same = sum(layer == group for layer, group in present.went.items())
    return same > 0 and 2 * same >= len(present.went) + len(present.groups)


def _alike(experiment: Experiment, found: FoundWeights) -> bool:
    """Whether a network that the file describes does the same as the present one, its weights aside."""
    if not found.layers:
        return True
    ours, theirs = (
        [(layer.tag(), getattr(layer, "activation", None)) for layer in layers if layer.tag() != "dropout"]
        for layers in (experiment.network.layers, found.layers)
    )
    return ours == theirs


def _taken(experiment: Experiment, place: Fit, found: FoundWeights, name: str, is_new: bool) -> Taken:
    weights = LoadedWeights(name, place.pieces)
    return Taken(experiment, weights, is_new, _report(experiment, place, found, name, is_new))


def _report(experiment: Experiment, place: Fit, found: FoundWeights, name: str, is_new: bool) -> Text:
    network = experiment.network
    titles = {layer.id: label(network, at) for at, layer in enumerate(network.layers)}
    count = len(place.went)
    head = say_counted(
        "weights.put",
        "Weights of {name} are in {count} layer.",
        "Weights of {name} are in {count} layers.",
        count,
        name=name,
    )
    if is_new:
        head = say_counted(
            "weights.made",
            "Made a network of {name}: {count} layer has weights.",
            "Made a network of {name}: {count} layers have weights.",
            count,
            name=name,
        )
    return lines(
        [head, *_went(place.went, titles), *_without(place, titles), *found.left, *_guessed(found, is_new)]
    )


def _went(went: Mapping[str, str], titles: Mapping[str, Text]) -> Sequence[Text]:
    moved = [(group, titles[layer]) for layer, group in went.items() if group != layer]
    return [
        say("weights.went", "{group} → {layer}", group=group, layer=layer)
        for group, layer in moved[:MOST_NAMED]
    ]


def _without(place: Fit, titles: Mapping[str, Text]) -> Sequence[Text]:
    groups = [
        say("weights.no_place", "{group} has no place here.", group=group)
        for group in place.groups[:MOST_NAMED]
    ]
    layers = [
        say("weights.nothing_for", "{layer} keeps the weights it had.", layer=titles[layer])
        for layer in place.layers[:MOST_NAMED]
    ]
    return [*groups, *layers]


def _guessed(found: FoundWeights, is_new: bool) -> Sequence[Text]:
    if not is_new or found.layers:
        return []
    return [
        say(
            "weights.activations_unknown",
            "The file does not say which activations the layers have; choose them as they were.",
        )
    ]
