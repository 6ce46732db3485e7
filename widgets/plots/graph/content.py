"""What is shown of the nodes of a graph: where they lie, what is true of them and what the network says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from playground.analysis.ranges import ANY, neuron_ranges
from playground.data.graphs.over_graph import DrawnGraph
from playground.engine.activations import Sigmoid, Softmax
from playground.engine.metrics import classify
from playground.numbers.writing import decimals, percent, whole
from playground.training.nodes_seen import SeenMessages
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats, Pixels, diverging_pixels, pack, places
from widgets.plots.graph.messages import flowing_into, words_of
from widgets.plots.output_meaning import ReadOutField, class_names, symmetric_level
from widgets.theme import Theme, class_colours

TEST, UNLABELLED = 2, 3
STEPS = 24
"""Colours between that of nothing and that of a class."""

MOST_NAMED = 6
"""Neighbours that are read out."""


class ColourBy(Enum):
    """What the colour of a node says."""

    PREDICTION = "prediction"
    CERTAINTY = "certainty"
    """Which class the network takes it for, and how sure it is."""
    TRUTH = "truth"


@dataclass(frozen=True, eq=False)
class GraphContent:
    """The nodes, and what is known and said of each.

    Attributes:
        classes: what they are told apart by; none for values.
        shares: (nodes, classes) how much the network gives to each class; None where it tells none.
        likely: whether these are probabilities.
        values: (nodes,) what it says of each node otherwise, or the values of a neuron that is pointed at.
        of_neuron: whether the values are those of a neuron.
        ends: the values that have the outer colours.
        messages: what a layer passes along the edges; None where none does.
    """

    drawn: DrawnGraph
    classes: tuple[str, ...]
    shares: Floats | None
    likely: bool
    values: Floats | None
    of_neuron: bool
    ends: tuple[float, float]
    messages: SeenMessages | None = None

    @cached_property
    def predicted(self) -> NDArray[np.intp] | None:
        """(nodes,) the class that each is taken for."""
        return None if self.shares is None else self.shares.argmax(axis=1)

    @cached_property
    def certainty(self) -> Floats:
        """(nodes,) how far the first class is before the second, 0 to 1."""
        assert self.shares is not None
        second, first = np.sort(self.shares, axis=1)[:, -2:].T
        return np.clip(first - second, 0, 1)

    @cached_property
    def wrong(self) -> NDArray[np.bool_]:
        """(nodes,) whether a node is taken for another class than its own; False where nobody knows."""
        if self.predicted is None:
            return np.zeros(self.drawn.graph.count, bool)
        known = ~np.isnan(self.drawn.labels)
        return known & (self.predicted != np.nan_to_num(self.drawn.labels).astype(np.intp))

    @property
    def ways(self) -> tuple[ColourBy, ...]:
        """What nodes may be coloured by."""
        if self.shares is None:
            return (ColourBy.PREDICTION, ColourBy.TRUTH) if self.values is not None else (ColourBy.TRUTH,)
        return tuple(ColourBy)

    def colours(self, by: ColourBy, theme: Theme) -> Pixels:
        """The colour of each node, 0xffrrggbb; the theme's canvas where there is nothing to say."""
        if self.values is not None and (self.of_neuron or by is not ColourBy.TRUTH):
            return diverging_pixels(theme)[places(self.values, *self.ends)]
        if by is ColourBy.TRUTH or self.predicted is None:
            return self._true_colours(theme)
        sure = self.certainty if by is ColourBy.CERTAINTY else np.ones(self.drawn.graph.count)
        steps = np.rint(np.nan_to_num(sure) * STEPS).astype(np.intp)
        return _faded(class_colours(len(self.classes)), theme)[self.predicted, steps]

    def _true_colours(self, theme: Theme) -> Pixels:
        labels = self.drawn.labels
        if self.classes:
            found = _numbers(class_colours(len(self.classes)))[np.nan_to_num(labels).astype(np.intp)]
        else:
            found = diverging_pixels(theme)[places(labels, *self.ends)]
        return np.where(np.isnan(labels), _numbers((theme.canvas,))[0], found)

    def fields(self, node: int) -> list[ReadOutField]:
        """What is read out of a node."""
        found = [ReadOutField(_tr("node"), self.drawn.graph.name(node))]
        if self.of_neuron and self.values is not None:
            return [*found, ReadOutField(_tr("activation"), decimals(float(self.values[node])))]
        colours, label = class_colours(len(self.classes)), self.drawn.labels[node]
        if self.predicted is not None and self.shares is not None:
            number, share = int(self.predicted[node]), float(self.shares[node].max())
            text = percent(share) if self.likely else decimals(share)
            found.append(ReadOutField(_tr("predicted"), f"{self.classes[number]} {text}", colours[number]))
        elif self.values is not None:
            found.append(ReadOutField(_tr("predicted"), decimals(float(self.values[node]))))
        if np.isnan(label):
            return [*found, ReadOutField(_tr("truth"), _tr("unknown"))]
        if not self.classes:
            return [*found, ReadOutField(_tr("truth"), decimals(float(label)))]
        return [*found, ReadOutField(_tr("truth"), self.classes[int(label)], colours[int(label)])]

    def called(self, node: int) -> str:
        """The name of a node, and the sum of what flows into it."""
        name = self.drawn.graph.name(node)
        if self.messages is None:
            return name
        return f"{name} · Σ {decimals(float(self.messages.sums[node]))}"

    def about(self, node: int) -> str:
        """A node in a sentence: what is said and true of it, what it is used for, and its neighbours."""
        graph = self.drawn.graph
        neighbours = graph.neighbours(node)
        names = ", ".join(graph.name(each) for each in neighbours[:MOST_NAMED].tolist())
        more = ", …" if len(neighbours) > MOST_NAMED else ""
        words = ", ".join(f"{field.caption} {field.text}" for field in self.fields(node))
        side = (_tr("learnt from"), _tr("for validation"), _tr("for testing"), _tr("without a label"))
        joined = _tr("joined to {names}").format(names=names + more) if names else _tr("joined to no other")
        found = [words, side[self.drawn.sides[node]], joined]
        if self.messages is not None:
            from_whom = [each.source for each in flowing_into(self.messages, node)[:MOST_NAMED]]
            found.append(words_of(self.messages, node, [graph.name(each) for each in from_whom]))
        return ", ".join(found)

    @property
    def size(self) -> str:
        """How many nodes and edges there are."""
        graph = self.drawn.graph
        return _tr("{nodes} nodes, {edges} edges").format(
            nodes=whole(graph.count), edges=whole(len(graph.edges))
        )

    @property
    def score(self) -> str:
        """How many nodes that test are told right; empty where nobody knows."""
        test = self.drawn.sides == TEST
        if self.predicted is None or not test.any():
            return ""
        right, count = np.count_nonzero(test & ~self.wrong), np.count_nonzero(test)
        return _tr("{right} of {all} right").format(right=whole(int(right)), all=whole(int(count)))

    @property
    def words(self) -> str:
        """The graph in a sentence."""
        return "; ".join(filter(None, (self.size, self.score)))


def graph_content(snapshot: Snapshot) -> GraphContent | None:
    """What a snapshot shows of a graph; None where none is drawn, or nothing is said of it yet."""
    content = _content(snapshot)
    messages = snapshot.nodes.messages if snapshot.nodes else None
    return content and replace(content, messages=messages)


def _content(snapshot: Snapshot) -> GraphContent | None:
    drawn, outputs = snapshot.data.graph, snapshot.of_nodes
    if drawn is None or outputs is None or outputs.shape[1] != drawn.graph.count:
        return None
    classes = class_names(snapshot.experiment.data.dataset.task)
    outputs = np.nan_to_num(outputs)
    if snapshot.focus is not None:
        layers = {layer.id: layer for layer in snapshot.experiment.network.layers}
        layer = layers.get(snapshot.focus[0])
        low, high = neuron_ranges(outputs[:1], layer.output_range if layer else ANY)[0].tolist()
        return GraphContent(drawn, classes, None, False, outputs[0], True, (low, high))
    if snapshot.experiment.data.targets == "inputs":
        return GraphContent(drawn, classes, None, False, None, False, (-1.0, 1.0))
    if not classes:
        level = symmetric_level(drawn.labels[~np.isnan(drawn.labels)])
        return GraphContent(drawn, (), None, False, outputs[0], False, (-level, level))
    shares, likely = _shares(snapshot, outputs, len(classes))
    if shares is None:
        return None  # still those of a neuron that was pointed at
    return GraphContent(drawn, classes, shares, likely, None, False, (-1.0, 1.0))


def _shares(snapshot: Snapshot, outputs: Floats, classes: int) -> tuple[Floats | None, bool]:
    """How much is given to each class, and whether that is a probability."""
    activation = getattr(snapshot.experiment.network.output, "activation", None)
    likely = isinstance(activation, Sigmoid | Softmax)
    if classes == 2 and len(outputs) == 1:
        second = (outputs[0] - snapshot.low) / (1 - snapshot.low)
        taken = classify(outputs.T, snapshot.threshold)
        second = np.where(taken == 1, np.maximum(second, 0.5), np.minimum(second, 0.5 - 1e-6))
        return np.column_stack([1 - second, second]), likely
    return (outputs.T, likely) if len(outputs) == classes else (None, likely)


def _numbers(colours: tuple[str, ...]) -> Pixels:
    return np.array([QColor(colour).rgb() for colour in colours], np.uint32)


@cache
def _faded(colours: tuple[str, ...], theme: Theme) -> Pixels:
    """Each colour out of the theme's zero, in steps, (colours, steps)."""
    zero = np.array(QColor(theme.zero).getRgb()[:3])
    full = np.array([QColor(colour).getRgb()[:3] for colour in colours])
    share = np.linspace(0, 1, STEPS + 1)[:, np.newaxis]
    return pack(np.rint(zero + share * (full[:, np.newaxis, :] - zero)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Graph", text)
