"""What an edit changes: for the training that goes on, and in words short enough to stand beside a curve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from playground.data import Brought, Feature, OwnPictures, OwnTable, TableSeries
from playground.engine.edits import label
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import Layer
from playground.experiment import Experiment, Training
from playground.fields import describe, field_texts
from playground.numbers.writing import NONE, setting, with_unit
from playground.text import Text, say
from playground.value import Kind, Value
from playground.words import shortened

SILENT = {
    Experiment: {"notes", "randomness", "weights_draw"},
    Training: {"epochs"},
    Layer: {"id", "name"},
    Brought: {"content"},
    OwnPictures: {"name", "class_names", "pictures", "shares"},
    TableSeries: {"name", "names", "rows", "filled"},
    OwnTable: {"name", "held", "rows", "remaining", "shares", "above", "edges"},
}
"""Fields that say nothing of how training goes on, or begin it anew."""

LONGEST = 80
Word = Annotated[str, Field(max_length=200)]
Written = Callable[[Text], str]
"""Makes a sentence into words."""


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


def changes(before: Experiment, after: Experiment, written: Written = str) -> tuple[Change, ...]:
    """All that makes an experiment learn otherwise than another did, data first; its words as told."""
    found = _Comparison(written)
    return (
        *found.of_value(before.data, after.data),
        *found.of_network(before.network, after.network),
        *found.of_value(before.training, after.training),
        *found.of_value(before, after, without={"data", "network", "training"}),
    )


def judged(experiment: Experiment) -> tuple[object, ...]:
    """What the validation loss depends on beside the data and the weights; not what is named how."""
    layers = [layer.model_dump(exclude={"name", "frozen"}) for layer in experiment.network.layers]
    return experiment.training.loss.plain, experiment.precision, layers


def batching(experiment: Experiment) -> tuple[object, ...]:
    """What the batches of an epoch depend on beside the data."""
    training = experiment.training
    sizes = experiment.batch_sizes
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


class _Comparison:
    """Finds what differs, and says it with `written`."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._names: dict[str, str] = {}
        """What layers are called, by their ids."""

    def of_network(self, before: Architecture, after: Architecture) -> Iterator[Change]:
        """Layers that went, came, stand elsewhere or work otherwise."""
        old, new = self._labelled(before), self._labelled(after)
        self._names = {INPUT: self._written(say("change.inputs", "the inputs"))}
        self._names |= {layer_id: name for layer_id, (name, _) in (old | new).items()}
        for layer_id, (name, layer) in old.items():
            if layer_id not in new:
                yield _change(name, self._written(layer.named()), "")
        for layer_id, (name, layer) in new.items():
            if layer_id not in old:
                yield _change(name, "", self._written(layer.named()))
            elif type(was := old[layer_id][1]) is not type(layer):
                yield _change(name, self._written(was.named()), self._written(layer.named()))
            else:
                yield from self.of_value(old[layer_id][1], layer, name)
        yield from self._of_order(old, new)

    def of_value(
        self, before: Value, after: Value, where: str = "", without: Iterable[str] = ()
    ) -> Iterator[Change]:
        """The fields of a value that differ, those of the values in it one by one."""
        silent = {name for family, names in SILENT.items() if isinstance(after, family) for name in names}
        for field in describe(type(after)):
            if field.name in silent or field.name in without:
                continue
            was, now = getattr(before, field.name), getattr(after, field.name)
            if was == now:
                continue
            if isinstance(now, Kind) and type(was) is type(now):
                yield from self.of_value(was, now, where)
            elif field.name == "augmentations" and _kinds(was) == _kinds(now):
                for old, new in zip(was, now, strict=True):
                    yield from self.of_value(old, new, self._written(new.named()))
            elif texts := field_texts(type(after), field):  # what has no name for people is not told
                yield _change(self._what(texts, where), self._text(texts, was), self._text(texts, now))

    def _labelled(self, network: Architecture) -> dict[str, tuple[str, Layer]]:
        names = (self._written(label(network, place)) for place in range(len(network.layers)))
        return {layer.id: (name, layer) for name, layer in zip(names, network.layers, strict=True)}

    def _of_order(
        self, old: Mapping[str, tuple[str, Layer]], new: Mapping[str, tuple[str, Layer]]
    ) -> Iterator[Change]:
        stayed = [
            [layer_id for layer_id in side if layer_id in old and layer_id in new] for side in (old, new)
        ]
        if stayed[0] != stayed[1]:
            orders = (", ".join(old[layer_id][0] for layer_id in order) for order in stayed)
            yield _change(self._written(say("change.order", "Order")), *orders)

    def _what(self, texts: Mapping[str, Text], where: str) -> str:
        title = texts["title"]
        return self._written(
            say("change.within", "{where}: {title}", where=where, title=title) if where else title
        )

    def _text(self, texts: Mapping[str, Text], value: Any) -> str:
        """A value as people read it."""
        if isinstance(value, tuple):
            return ", ".join(self._text(texts, each) for each in value) or NONE
        if isinstance(value, Kind):
            return self._written(value.name if isinstance(value, Feature) else value.named())
        if isinstance(value, bool):
            return self._written(say("change.on", "on") if value else say("change.off", "off"))
        if isinstance(value, int | float):
            return with_unit(setting(value), self._written(texts["unit"]) if "unit" in texts else "")
        if (choice := texts.get(f"choice.{value}")) is not None:
            return self._written(choice)
        return self._names.get(value, str(value)) or NONE


def _kinds(values: Iterable[object]) -> list[type]:
    return [type(value) for value in values]


def _change(what: str, was: str, now: str) -> Change:
    return Change(what=shortened(what, LONGEST), was=shortened(was, LONGEST), now=shortened(now, LONGEST))
