"""What of an experiment is not as usual, of all that beginners are not shown: so that nothing is secret."""

from __future__ import annotations

from functools import lru_cache

from playground.data import Dataset
from playground.engine.layers import Layer
from playground.experiment import Experiment
from playground.fields import basic_fields, describe, field_texts
from playground.text import Text
from playground.value import Kind, Value


def of_training(experiment: Experiment) -> tuple[Text, ...]:
    """What the settings of training, and of the whole experiment, are called that differ."""
    usual = _usual(experiment.data.dataset)
    found = _of(experiment.training, usual.training)
    if experiment.precision == usual.precision:
        return found
    (field,) = (field for field in describe(Experiment) if field.name == "precision")
    return (*found, field_texts(Experiment, field)["title"])


def of_data(experiment: Experiment) -> tuple[Text, ...]:
    """What the settings of the data are called that differ."""
    dataset = experiment.data.dataset
    of_dataset = _of(dataset, type(dataset).usual()) if type(dataset) in Dataset.ready() else ()
    return of_dataset + _of(experiment.data, _usual(dataset).data)


def of_layer(layer: Layer) -> tuple[Text, ...]:
    """What the settings of a layer are called that differ."""
    return _of(layer, type(layer).usual())


@lru_cache(maxsize=8)
def _usual(dataset: Dataset) -> Experiment:
    """What is learnt of a dataset when nobody has changed anything."""
    return Experiment().with_dataset(dataset)


def _of(value: Value, usual: Value) -> tuple[Text, ...]:
    found: list[Text] = []
    basic = basic_fields(type(value))
    for field in describe(type(value)):
        now, was = getattr(value, field.name), getattr(usual, field.name)
        if field.hidden or now is was or now == was:
            continue
        if isinstance(now, Kind) and type(now) is type(was):
            found += _of_member(now, was)
        elif field.name not in basic:
            found.append(field_texts(type(value), field)["title"])
    return tuple(found)


def _of_member(now: Kind, was: Kind) -> tuple[Text, ...]:
    """Of a member of a family beginners are shown only the fields that are marked."""
    return tuple(
        field_texts(type(now), field)["title"]
        for field in describe(type(now))
        if not (field.hidden or field.basic) and getattr(now, field.name) != getattr(was, field.name)
    )
