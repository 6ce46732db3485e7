"""What there is to explain of an experiment, and which of it a person has just changed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from playground.data import Augmentation, Data, available
from playground.data.data import without_effect
from playground.data.features import CoordinateFeature, FormulaFeature
from playground.experiment import Experiment
from playground.fields import describe
from playground.record import record
from playground.value import Kind, Value
from widgets.sentences import layer_name, said, sentence, shown_fields

DATA, TRAINING = "data", "training"
"""Places of topics; any other place is a layer, by its id."""

Function = CoordinateFeature | FormulaFeature
"""An input that is a function, which there is something to say of."""

Key = tuple[str, str]
"""A place and the name of a field there; "" for the layer itself."""


@record
class Topic:
    """Something that has a page of its own.

    Attributes:
        key: where it is.
        title: what its place and its field are called.
        value: what it is now.
    """

    key: Key
    title: str
    value: Kind


def _tr(text: str) -> str:
    return QCoreApplication.translate("Topics", text)


def topics(experiment: Experiment, layer_id: str) -> tuple[Topic, ...]:
    """Every topic of the data, of the training and of one layer, if there is such a one."""
    network = experiment.network
    found = [
        *_of_data(experiment.data),
        *_of_inputs(experiment.data),
        *_of_augmentations(experiment.data),
        *_of_fields(TRAINING, _tr("Training"), experiment.training),
    ]
    if layer_id in (layer.id for layer in network.layers):
        place = network.index(layer_id)
        name, layer = layer_name(network, place), network.layers[place]
        found.append(Topic((layer_id, ""), _join(name, _tr("Layer")), layer))
        found += _of_fields(layer_id, name, layer)
    return tuple(found)


def changed(before: Experiment, after: Experiment) -> Key | None:
    """Where a change began: data fit the loss to themselves, and a loss the output layer."""
    pairs = [(DATA, before.data, after.data), (TRAINING, before.training, after.training)]
    old = {layer.id: layer for layer in before.network.layers}
    layers = [(layer.id, old[layer.id], layer) for layer in after.network.layers if layer.id in old]
    for place, was, now in (*pairs, *layers):
        if type(was) is type(now) and was != now:
            if isinstance(now, Data) and was.dataset == now.dataset and (key := _changed_in_list(was, now)):
                return key
            for name in _members(now):
                if getattr(was, name) != getattr(now, name):
                    return place, name
            if isinstance(now, Kind):
                return place, ""
    return None


def _of_data(data: Data) -> Iterator[Topic]:
    """Those of its fields that mean something for it."""
    for topic in _of_fields(DATA, _tr("Data"), data):
        if topic.key[1] not in without_effect(data):
            yield topic


def _of_fields(place: str, name: str, value: Value) -> Iterator[Topic]:
    for field in shown_fields(type(value)):
        if field.members:
            yield Topic((place, field.name), _join(name, field.title), getattr(value, field.name))


def _of_inputs(data: Data) -> Iterator[Topic]:
    """The functions of the coordinates that can be inputs, whether they are or not, and formulas that are."""
    formulas = (feature for feature in data.inputs if isinstance(feature, FormulaFeature))
    for feature in (*available(data.dataset), *formulas):
        if isinstance(feature, Function):
            yield Topic(_key_of(feature), _join(_tr("Input"), sentence(feature.name)), feature)


def _changed_in_list(before: Data, after: Data) -> Key | None:
    return _changed_input(before, after) or _changed_augmentation(before, after)


def _changed_input(before: Data, after: Data) -> Key | None:
    """The input that came or went."""
    moved = [
        each for each in (*after.inputs, *before.inputs) if (each in before.inputs) != (each in after.inputs)
    ]
    return next((_key_of(feature) for feature in moved if isinstance(feature, Function)), None)


def _of_augmentations(data: Data) -> Iterator[Topic]:
    """Those that there are, one of each kind."""
    for augmentation in {type(each): each for each in reversed(data.augmentations)}.values():
        title = _join(_tr("Augmentation"), said(augmentation))
        yield Topic(_key_of_augmentation(augmentation), title, augmentation)


def _changed_augmentation(before: Data, after: Data) -> Key | None:
    """The augmentation that came, or is set otherwise."""
    new = (each for each in after.augmentations if each not in before.augmentations)
    return next((_key_of_augmentation(each) for each in new), None)


def _key_of_augmentation(augmentation: Augmentation) -> Key:
    return DATA, f"augmentations.{augmentation.tag()}"


def _key_of(feature: Function) -> Key:
    name = feature.expression if isinstance(feature, FormulaFeature) else feature.tag()
    return DATA, f"inputs.{name}"


def _members(value: Value) -> Iterator[str]:
    """The names of the fields that hold one of a family."""
    return (field.name for field in describe(type(value)) if field.members)


def _join(place: str, name: str) -> str:
    return f"{place} › {name}"
