"""What a diagram says of the input and of each layer: a column each, from left to right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from playground.data.sample import column_text
from playground.engine.activations import Linear
from playground.engine.arrays import Shape
from playground.engine.edits import label
from playground.engine.graph import Node
from playground.engine.layers import Dense, Layer
from playground.experiment import Experiment
from playground.numbers.writing import by
from playground.text import Text, say, say_counted

Word = Callable[[Text], str]
"""Puts a sentence into the words of a language."""

MOST_LETTERS = 22
"""Letters of a name in a diagram."""


@dataclass(frozen=True)
class LayerColumn:
    """The input or a layer.

    Attributes:
        title: its name.
        details: what else is said of it, a line each.
        shape: of what it gives; (0,) where it cannot work.
        sources: the columns that it reads.
        layer: None for the input.
        parameters: how many it has.
        names: of its values, of the input alone.
    """

    title: str
    details: tuple[str, ...]
    shape: Shape
    sources: tuple[int, ...] = ()
    layer: Layer | None = None
    parameters: int = 0
    names: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        """How many values it gives."""
        return prod(self.shape)

    @property
    def weighs(self) -> bool:
        """Whether each of its neurons sees all values that it is given."""
        return self.layer is not None and self.layer.has_neurons


def layer_columns(experiment: Experiment, word: Word = str) -> tuple[LayerColumn, ...]:
    """The input and every layer."""
    graph, data = experiment.graph, experiment.data
    names = tuple(_short(word(column_text(name))) for name in data.input_names)
    shape = tuple(graph.input_shape)
    first = LayerColumn(word(say("diagram.input", "Input")), (by(shape),), shape, names=names)
    layers = (_column(experiment, position, node, word) for position, node in enumerate(graph.nodes))
    return (first, *layers)


def _column(experiment: Experiment, position: int, node: Node, word: Word) -> LayerColumn:
    layer, count = node.layer, sum(parameter.size for parameter in node.parameters)
    title = _short(word(label(experiment.network, position)))
    details = [by(node.shape) if node.units else "?"]
    if not title.startswith(kind := word(layer.named())) and not isinstance(layer, Dense):
        details.append(kind)
    if (activation := activation_of(layer)) is not None:
        details.append(word(activation))
    if count:
        details.append(word(how_many_parameters(count)))
    sources = tuple(source + 1 for source in node.sources)
    return LayerColumn(title, tuple(details), tuple(node.shape), sources, layer, count)


def activation_of(layer: Layer) -> Text | None:
    """What its activation is called, where it has one that bends."""
    activation = getattr(layer, "activation", None)
    return None if activation is None or isinstance(activation, Linear) else activation.named()


def how_many_parameters(count: int) -> Text:
    """A number of parameters in words."""
    return say_counted("diagram.parameters", "{count} parameter", "{count} parameters", count)


def _short(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
