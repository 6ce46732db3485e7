"""Every setting of an experiment that may vary in a search, by its path and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from playground.data import Data, Dataset, available
from playground.engine.activations import Activation, Softmax
from playground.engine.edits import label
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Layer
from playground.experiment import Experiment, Training
from playground.fields import FieldDescription, describe, field_texts
from playground.search.variation import Plain, Variation
from playground.text import Text, say
from playground.value import Kind, Value

ON, OFF = True, False

LEFT_OUT: Mapping[type, frozenset[str]] = {
    Data: frozenset(("dataset", "inputs", "targets", "split", "augmentations")),
    Training: frozenset(("epochs", "stopping")),
    Layer: frozenset(("id", "name", "inputs", "frozen")),
    Dataset: frozenset(("name", "content")),
}
"""Fields that do not vary, or not as others do."""

NARROWER: Mapping[str, tuple[float, float]] = {
    "learning_rate": (1e-4, 1.0),
    "units": (4, 64),
    "batch_size": (8, 128),
}
"""Where a search begins to look, which is narrower than what a slider covers."""

MOST_INPUTS = 40
"""Up to so many inputs each is a setting of its own."""

MOST_LAYERS = 8
USUAL_CHOICES: Mapping[str, tuple[Plain, ...]] = {
    "Activation": ("tanh", "relu", "gelu"),
    "Optimizer": ("gradient_descent", "momentum", "adam"),
}
"""Of large families a search begins with these."""

HIDDEN_LAYERS = ("network", "layers")
UNITS_OF_ALL = ("network", "units")
ACTIVATION_OF_ALL = ("network", "activation")


@dataclass(frozen=True)
class Setting:
    """Something of an experiment that may vary.

    Attributes:
        steps: the way to it: attributes, ids of layers, kinds of augmentations, names of inputs.
        words: what people call it, as "Dense 1: Neurons".
        value: what it is now.
        usual: how it varies unless otherwise said, by the description of its field.
        help: a sentence on it.
        choices: all values that it may take, where they can be counted; `usual` may have fewer.
        titles: what people call the choices.
        field: the field that it is; None for what is no field of its own.
    """

    steps: tuple[str, ...]
    words: Text
    value: Plain
    usual: Variation
    help: Text
    choices: tuple[Plain, ...] = ()
    titles: Mapping[Plain, Text] = field(default_factory=dict)
    field: FieldDescription | None = None

    @property
    def path(self) -> str:
        """Its name in plans and studies, as `network.dense1.units`."""
        return path_of(self.steps)


def path_of(steps: tuple[str, ...]) -> str:
    """The way to a setting as one text."""
    return ".".join(steps)


def what_can_vary(experiment: Experiment) -> tuple[Setting, ...]:
    """Every setting that may vary: training first, then the network, then the data."""
    return (
        *_of_value(experiment.training, ("training",)),
        *_of_structure(experiment),
        *_of_layers(experiment.network),
        *_of_inputs(experiment.data),
        *_of_augmentations(experiment.data),
        *_of_value(experiment.data, ("data",)),
        *_of_value(experiment.data.dataset, ("data", "dataset")),
    )


# --- fields -----------------------------------------------------------------------------------------


def _of_value(value: Value, steps: tuple[str, ...], where: Text | None = None) -> Iterator[Setting]:
    """The fields of a value, and those of the values in it."""
    silent = {name for family, names in LEFT_OUT.items() if isinstance(value, family) for name in names}
    for each in describe(type(value)):
        if each.hidden or each.name in silent:
            continue
        present = getattr(value, each.name)
        if (found := _of_field(type(value), each, present, (*steps, each.name), where)) is not None:
            yield found
        if isinstance(present, Kind):
            yield from _of_value(present, (*steps, each.name), where)


def _of_field(
    owner: type[Value], described: FieldDescription, present: Any, steps: tuple[str, ...], where: Text | None
) -> Setting | None:
    texts = field_texts(owner, described)
    words, help_ = texts.get("title"), texts.get("help")
    if words is None or help_ is None:
        return None
    if where is not None:
        words = say("search.within", "{where}: {title}", where=where, title=words)
    path = path_of(steps)
    if isinstance(present, Kind):
        return _of_kind(described, present, steps, words, help_)
    if described.type is bool:
        return switch(steps, words, present, help_, described)
    if described.type is Literal:
        titles = {
            choice: texts[f"choice.{choice}"] for choice in described.choices if f"choice.{choice}" in texts
        }
        usual = Variation(path=path, choices=described.choices)
        return Setting(steps, words, present, usual, help_, described.choices, titles, described)
    if described.type in (int, float):
        return Setting(steps, words, present, number(path, described, present), help_, field=described)
    return None


def _of_kind(
    described: FieldDescription, present: Kind, steps: tuple[str, ...], words: Text, help_: Text
) -> Setting | None:
    """Which member of a family; None where there is no other."""
    titles: dict[Plain, Text] = {
        member.tag(): member.named()
        for member in present.family().ready()
        if member in described.members and _may_be(member)
    }
    titles.setdefault(present.tag(), present.named())
    if len(titles) < 2:
        return None
    choices = tuple(titles)
    usual = Variation(path=path_of(steps), choices=USUAL_CHOICES.get(present.family().__name__, choices))
    return Setting(steps, words, present.tag(), usual, help_, choices, titles, described)


def _may_be(member: type[Kind]) -> bool:
    """Whether a hidden layer can learn through it, where it is an activation."""
    return not issubclass(member, Activation) or (member.has_slope and not issubclass(member, Softmax))


def number(path: str, described: FieldDescription, present: float) -> Variation:
    """How a number varies: over what its slider covers, on a log scale where it is turned by factors."""
    whole, by_factors = described.type is int, described.logarithmic
    low, high = NARROWER.get(described.name) or described.slider or _around(described, present)
    if described.above and low == described.low:
        low = by_factors.floor if by_factors and low < by_factors.floor else low + (high - low) / 1000
    if described.below and high == described.high:
        high -= (high - low) / 1000
    if by_factors and low <= 0:
        low = by_factors.floor
    if whole:
        low, high = float(round(low)), float(round(high))
    logarithmic = by_factors is not None and low > 0
    return Variation(path=path, low=low, high=high, logarithmic=logarithmic, whole=whole)


def _around(described: FieldDescription, present: float) -> tuple[float, float]:
    """About the present number, where the field has no end on one side."""
    low, high = min(present / 10, present * 10), max(present / 10, present * 10, present + 1)
    low = low if described.low is None else max(low, described.low)
    return low, high if described.high is None else min(high, described.high)


def switch(
    steps: tuple[str, ...], words: Text, on: bool, help_: Text, described: FieldDescription | None = None
) -> Setting:
    """Something that is on or off."""
    titles: dict[Plain, Text] = {ON: say("change.on", "on"), OFF: say("change.off", "off")}
    usual = Variation(path=path_of(steps), choices=(OFF, ON))
    return Setting(steps, words, on, usual, help_, (OFF, ON), titles, described)


# --- the network ------------------------------------------------------------------------------------


def hidden_run(network: Architecture) -> tuple[str, ...]:
    """The ids of the Dense layers one behind the other right before the output."""
    found: list[str] = []
    for layer in reversed(network.layers[:-1]):
        if type(layer) is not Dense or layer.inputs:
            break
        found.insert(0, layer.id)
    return tuple(found)


def _of_structure(experiment: Experiment) -> Iterator[Setting]:
    """How many hidden layers there are, and what all of them have in common."""
    network = experiment.network
    run = hidden_run(network)
    if not run or type(network.output) is not Dense or network.output.inputs:
        return
    first = network.layers[network.index(run[0])]
    assert isinstance(first, Dense)
    yield Setting(
        HIDDEN_LAYERS,
        say("search.hidden_layers", "Hidden layers"),
        len(run),
        Variation(path=path_of(HIDDEN_LAYERS), low=1, high=4, whole=True),
        say(
            "search.hidden_layers.help",
            "How many dense layers stand before the output; new ones are as the last.",
        ),
    )
    by_name = {each.name: each for each in describe(Dense)}
    units, activation = by_name["units"], by_name["activation"]
    yield Setting(
        UNITS_OF_ALL,
        say("search.units_of_all", "Neurons of all layers"),
        first.units,
        number(path_of(UNITS_OF_ALL), units, first.units),
        say("search.units_of_all.help", "So many neurons in every hidden layer."),
        field=units,
    )
    shared = _of_kind(
        activation,
        first.activation,
        ACTIVATION_OF_ALL,
        say("search.activation_of_all", "Activation of all layers"),
        say("search.activation_of_all.help", "The activation of every hidden layer."),
    )
    if shared is not None:
        yield shared


def _of_layers(network: Architecture) -> Iterator[Setting]:
    """The fields of each hidden layer; the output follows from the data."""
    for place, layer in enumerate(network.layers[:-1]):
        yield from _of_value(layer, ("network", layer.id), label(network, place))


# --- the data ---------------------------------------------------------------------------------------


def _of_inputs(data: Data) -> Iterator[Setting]:
    """Each input that may be given or not."""
    offered = dict.fromkeys((*available(data.dataset), *data.inputs))
    if not 2 <= len(offered) <= MOST_INPUTS:
        return
    for feature in offered:
        words = say("search.input", "Input {input}", input=feature.name)
        help_ = say("search.input.help", "Whether the network is given it.")
        yield switch(("data", "inputs", str(feature.name)), words, feature in data.inputs, help_)


def _of_augmentations(data: Data) -> Iterator[Setting]:
    """Each augmentation that there is: whether it is used, and how strong it is."""
    for augmentation in data.augmentations:
        steps = ("data", "augmentations", augmentation.tag())
        help_ = say("search.augmentation.help", "Whether training samples are varied by it.")
        yield switch(steps, augmentation.named(), True, help_)
        yield from _of_value(augmentation, steps, augmentation.named())
