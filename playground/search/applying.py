"""An experiment with settings put in; what cannot be is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeAlias

from playground.data import Data, available
from playground.engine import edits
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment, Training
from playground.search.settings import (
    ACTIVATION_OF_ALL,
    HIDDEN_LAYERS,
    MOST_LAYERS,
    UNITS_OF_ALL,
    hidden_run,
    path_of,
    what_can_vary,
)
from playground.search.variation import Plain
from playground.text import either, say
from playground.value import InvalidValue, Kind, Value
from playground.words import shortened

Tree: TypeAlias = dict[str, Any]
"""New values by field; "" is what the value itself becomes, of which then the fields are changed."""

SHARED = (HIDDEN_LAYERS, UNITS_OF_ALL, ACTIVATION_OF_ALL)


def apply(experiment: Experiment, settings: Mapping[str, Plain]) -> Experiment:
    """The experiment with these settings, by their paths.

    A setting of something that is not there any more, as of a layer that went, says nothing.

    Raises:
        InvalidValue: when it cannot be or cannot train so, or a path is not known; in a sentence.
    """
    tree = _tree(experiment, settings)
    network = _with_structure(experiment.network, settings)
    network = _with_layers(network, tree.get("network", {}))
    training = _changed(experiment.training, tree.get("training", {}))
    assert isinstance(training, Training)
    data = _with_data(experiment.data, tree.get("data", {}))
    changed = experiment.with_(network=network, training=training.with_(loss=experiment.training.loss))
    changed = changed.with_data(data)
    if training.loss != experiment.training.loss:
        changed = changed.with_loss(training.loss)
    if problems := changed.problems():
        raise InvalidValue(problems[0].text)
    return changed


def _tree(experiment: Experiment, settings: Mapping[str, Plain]) -> Tree:
    """The settings by the steps of their paths, without those of all layers together."""
    known = {setting.path: setting.steps for setting in what_can_vary(experiment)}
    tree: Tree = {}
    for path, value in settings.items():
        if path not in known:
            raise InvalidValue(_unknown(path, known))
        if known[path] in SHARED:
            continue
        place = tree
        for step in known[path]:
            place = place.setdefault(step, {})
        place[""] = value
    return tree


def _unknown(path: str, known: Mapping[str, object]) -> Any:
    near = get_close_matches(path, known) or list(known)[:3]
    return say(
        "search.unknown_setting",
        "There is no setting {path}; there is {near}.",
        path=shortened(path),
        near=either(near),
    )


def _changed(value: Value, tree: Tree) -> Value:
    """A value with all changes of its fields at once, so that none is refused for want of another."""
    if isinstance(value, Kind) and "" in tree and tree[""] != value.tag():
        value = _member(value, str(tree[""]))
    changes: dict[str, Any] = {}
    for name, subtree in tree.items():
        if name == "" or name not in type(value).model_fields:  # of another member of the family
            continue
        present = getattr(value, name)
        changes[name] = _changed(present, subtree) if isinstance(present, Value) else subtree[""]
    return value.with_(**changes) if changes else value


def _member(value: Kind, tag: str) -> Kind:
    """Another member of the family of a value, as it usually is."""
    members = {member.tag(): member for member in value.family().ready()}
    if tag not in members:
        raise InvalidValue(
            say("search.unknown_choice", "There is no choice {choice}.", choice=shortened(tag))
        )
    return members[tag].usual()


# --- the network ------------------------------------------------------------------------------------


def _with_structure(network: Architecture, settings: Mapping[str, Plain]) -> Architecture:
    """With so many hidden layers, and with what all of them have in common."""
    count = settings.get(path_of(HIDDEN_LAYERS))
    if count is not None:
        network = _with_count(network, int(count))
    units, activation = settings.get(path_of(UNITS_OF_ALL)), settings.get(path_of(ACTIVATION_OF_ALL))
    tree: Tree = {}
    if units is not None:
        tree["units"] = {"": units}
    if activation is not None:
        tree["activation"] = {"": activation}
    return _with_layers(network, dict.fromkeys(hidden_run(network), tree)) if tree else network


def _with_count(network: Architecture, count: int) -> Architecture:
    """With the last hidden layers gone, or with copies of the last one."""
    if not 0 <= count <= MOST_LAYERS:
        raise InvalidValue(
            say(
                "search.too_many_layers",
                "Hidden layers: 0 to {most}, and not {count}.",
                most=MOST_LAYERS,
                count=count,
            )
        )
    run = hidden_run(network)
    if len(run) >= count:
        return edits.remove(network, run[count:])
    for _ in range(count - len(run)):
        last = network.layers[-2]
        assert isinstance(last, Dense)
        network = edits.append(network, last.with_(id="", name="", frozen=False))
    return network


def _with_layers(network: Architecture, tree: Tree) -> Architecture:
    """With fields of layers changed, by their ids; those of layers that went say nothing."""
    layers = tuple(_changed(layer, tree.get(layer.id, {})) for layer in network.layers)
    return network.with_(layers=layers) if layers != network.layers else network


# --- the data ---------------------------------------------------------------------------------------


def _with_data(data: Data, tree: Tree) -> Data:
    """With the dataset, inputs and augmentations changed, and then the other fields."""
    changes: dict[str, Any] = {}
    if "dataset" in tree:
        changes["dataset"] = _changed(data.dataset, tree["dataset"])
    if "inputs" in tree:
        changes["inputs"] = tuple(_inputs(data, tree["inputs"]))
    if "augmentations" in tree:
        changes["augmentations"] = tuple(_augmentations(data, tree["augmentations"]))
    for name, subtree in tree.items():
        if name not in ("dataset", "inputs", "augmentations"):
            present = getattr(data, name)
            changes[name] = _changed(present, subtree) if isinstance(present, Value) else subtree[""]
    return data.with_(**changes) if changes else data


def _inputs(data: Data, tree: Tree) -> Iterator[Value]:
    for feature in dict.fromkeys((*available(data.dataset), *data.inputs)):
        present = feature in data.inputs
        if tree.get(str(feature.name), {}).get("", present):
            yield feature


def _augmentations(data: Data, tree: Tree) -> Iterator[Value]:
    for augmentation in data.augmentations:
        subtree = tree.get(augmentation.tag(), {})
        if subtree.get("", True):
            yield _changed(augmentation, {name: each for name, each in subtree.items() if name})
