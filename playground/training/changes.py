"""What an edit changes: for the training that goes on, and in words short enough to stand beside a curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import Field

from playground.engine.edits import label
from playground.engine.graph import Architecture
from playground.engine.layers import Layer
from playground.experiment import Experiment, Training
from playground.numbers.writing import NONE, setting, with_unit
from playground.text import Text, say
from playground.value import FieldDescription, Kind, Value, describe
from playground.words import shortened

SILENT = {Experiment: {"notes", "randomness", "weights_draw"}, Training: {"epochs"}, Layer: {"id", "name"}}
"""Fields that say nothing of how training goes on, or begin it anew."""

LONGEST = 80
Word = Annotated[str, Field(max_length=200)]


class Change(Value):
    """One thing that was changed; nothing it `was` when it was added, nothing it is `now` when removed."""

    what: Word
    was: Word = ""
    now: Word = ""

    @property
    def words(self) -> Text:
        """The change in a few words: "Learning rate 0.03 → 0.1"."""
        if not self.now:
            return say("change.removed", "{what} removed", what=self.what)
        if not self.was:
            return say("change.added", "{what} added", what=self.what)
        if self.was == self.now:
            return say("change.back", "{what} back at {now}", what=self.what, now=self.now)
        return say("change.from_to", "{what} {was} → {now}", what=self.what, was=self.was, now=self.now)


def changes(before: Experiment, after: Experiment) -> tuple[Change, ...]:
    """All that makes an experiment learn otherwise than another did, data first."""
    found = [
        *_of_value(before.data, after.data, ""),
        *_of_network(before.network, after.network),
        *_of_value(before.training, after.training, ""),
        *_of_value(before, after, "", without={"data", "network", "training"}),
    ]
    return tuple(found)


def judged(experiment: Experiment) -> tuple[object, ...]:
    """What the validation loss depends on beside the data and the weights; not what is named how."""
    layers = [layer.model_dump(exclude={"name", "frozen"}) for layer in experiment.network.layers]
    return experiment.training.loss.plain, experiment.precision, layers


def batching(experiment: Experiment) -> tuple[object, ...]:
    """What the batches of an epoch depend on beside the data."""
    training = experiment.training
    sizes = training.batch_sizes(experiment.data.train_samples)
    return training.loss, sizes, training.shuffle, training.last_batch


def joined(first: Iterable[Change], then: Iterable[Change]) -> tuple[Change, ...]:
    """Changes that came one after the other, as one change of each thing."""
    by_thing: dict[str, Change] = {}
    for change in (*first, *then):
        earlier = by_thing.pop(change.what, None)
        by_thing[change.what] = change if earlier is None else change.with_(was=earlier.was)
    return tuple(by_thing.values())


def effective(given: Iterable[Change]) -> tuple[Change, ...]:
    """Those after which something is not as it was."""
    return tuple(change for change in given if change.was != change.now)


def _of_network(before: Architecture, after: Architecture) -> Iterator[Change]:
    """Layers that went, came, stand elsewhere or work otherwise."""
    old = {layer.id: (str(label(before, place)), layer) for place, layer in enumerate(before.layers)}
    new = {layer.id: (str(label(after, place)), layer) for place, layer in enumerate(after.layers)}
    for layer_id, (name, layer) in old.items():
        if layer_id not in new:
            yield _change(name, layer.title, "")
    for layer_id, (name, layer) in new.items():
        if layer_id not in old:
            yield _change(name, "", layer.title)
        else:
            yield from _of_value(old[layer_id][1], layer, f"{name}: ")
    stayed = [[layer_id for layer_id in side if layer_id in old and layer_id in new] for side in (old, new)]
    if stayed[0] != stayed[1]:
        orders = (", ".join(old[layer_id][0] for layer_id in order) for order in stayed)
        yield _change("Order", *orders)


def _of_value(before: Value, after: Value, where: str, without: Iterable[str] = ()) -> Iterator[Change]:
    """The fields of a value that differ, those of the values in it one by one."""
    silent = {name for family, names in SILENT.items() if isinstance(after, family) for name in names}
    for field in describe(type(after)):
        if field.name in silent or field.name in without:
            continue
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was == now:
            continue
        if isinstance(now, Kind) and type(was) is type(now):
            yield from _of_value(was, now, where)
        else:
            yield _change(where + field.title, _text(field, was), _text(field, now))


def _change(what: str, was: str, now: str) -> Change:
    return Change(what=shortened(what, LONGEST), was=shortened(was, LONGEST), now=shortened(now, LONGEST))


def _text(field: FieldDescription, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, Kind):
        return value.title
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(_text(field, each) for each in value) or NONE
    if isinstance(value, int | float):
        return with_unit(setting(value), field.unit)
    return field.titles.get(value, str(value)) or NONE
