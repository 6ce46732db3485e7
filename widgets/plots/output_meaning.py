"""What the network's output means: what to call it, how to colour it, and how to put it in words."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.analysis.ranges import ANY, neuron_ranges, symmetric_level, value_range
from playground.data import Task
from playground.engine.activations import Sigmoid, Softmax
from playground.numbers.writing import decimals
from playground.record import record
from playground.training.snapshot import Snapshot, tile_values
from widgets.colouring import ByClass, Colouring, Diverging, Floats
from widgets.sentences import input_names, sentence
from widgets.theme import class_colours

HUGE = 1e30
"""Outputs beyond this are drawn as this; a network that diverges must not stop the painting."""


@record
class ReadOutField:
    """A small text with its caption; `colour` only where the text names a class."""

    caption: str
    text: str
    colour: str | None = None

    @classmethod
    def of(cls, caption: str, number: float) -> ReadOutField:
        """A number with its caption."""
        return cls(caption, decimals(float(number)))


@record(eq=False)
class OutputMeaning:
    """The output of one moment.

    Attributes:
        quantity: what it is called: "P(blue)", "activation".
        outputs: what is drawn, (m, r, r) over the plane or (m, r) over the line.
        colouring: how it is coloured.
        names: what each of the m is called.
        classes: names of the classes it tells apart; none for a number.
        threshold: the border between two classes.
    """

    quantity: str
    outputs: Floats
    colouring: Colouring
    names: tuple[str, ...]
    classes: tuple[str, ...] = ()
    threshold: float = 0.5

    def describe(self, values: Floats) -> list[ReadOutField]:
        """The outputs (m,) of one place in words: the value, and the class where there is one."""
        if not self.classes:
            return [ReadOutField.of(self.quantity, values[0])]
        winner = int(values.argmax()) if len(values) > 1 else int(values[0] >= self.threshold)
        shown = winner if len(values) > 1 else 0
        return [
            ReadOutField.of(self.names[shown], round(float(values[shown]), 2)),
            ReadOutField(_tr("class"), self.classes[winner], class_colours(len(self.classes))[winner]),
        ]


def output_meaning(snapshot: Snapshot) -> OutputMeaning | None:
    """What a snapshot's output means; None when it has none, or one of another network's shape."""
    if snapshot.output is None:
        return None
    outputs = np.clip(np.nan_to_num(snapshot.output), -HUGE, HUGE)
    layer = snapshot.experiment.network.output
    if snapshot.focus is not None:
        return _neuron(snapshot, outputs[:1])
    if snapshot.experiment.data.targets == "inputs":
        return _given_back(snapshot, outputs[:1])
    classes = class_names(snapshot.experiment.task)
    likely = isinstance(getattr(layer, "activation", None), Sigmoid | Softmax)
    colouring = data_colouring(snapshot)
    if not classes:
        return OutputMeaning(_tr("value"), outputs[:1], colouring, (_tr("value"),))
    if len(classes) == 2:
        name = f"P({classes[1]})" if likely else _tr("output")
        return OutputMeaning(name, outputs[-1:], colouring, (name,), classes, snapshot.threshold)
    if len(outputs) != len(classes):
        return None  # still that of a neuron that was pointed at
    names = tuple(f"P({name})" if likely else name for name in classes)
    return OutputMeaning(_tr("P(class)") if likely else _tr("output"), outputs, colouring, names, classes)


def data_colouring(snapshot: Snapshot) -> Colouring:
    """How the samples are coloured by what is drawn of them, and with them the network's output."""
    classes = class_names(drawn_task(snapshot))
    if len(classes) > 2:
        return ByClass(classes)
    if classes:
        return Diverging(snapshot.low, 1.0, two_classes=True)
    values = snapshot.data.train_targets
    if snapshot.experiment.data.scales_targets:
        return Diverging(*value_range(values))
    level = symmetric_level(values)
    return Diverging(-level, level)


def drawn_task(snapshot: Snapshot) -> Task:
    """What is drawn of a sample: on a line what is learnt of it, elsewhere what the dataset says of it."""
    data = snapshot.experiment.data
    return data.task if len(snapshot.data.axes) == 1 else data.dataset.task


def class_names(task: Task) -> tuple[str, ...]:
    """The names of the classes; the classic two are called by their colours."""
    return (
        (_tr("orange"), _tr("blue"))
        if task.class_names == ("−1", "+1")
        else tuple(map(sentence, task.class_texts))
    )


def _given_back(snapshot: Snapshot, outputs: Floats) -> OutputMeaning:
    """The first output of an autoencoder; the others are seen by pointing at them."""
    name = _tr("{input} given back").format(input=input_names(snapshot.experiment.data)[0])
    level = symmetric_level(outputs)
    return OutputMeaning(name, outputs, Diverging(-level, level), (name,))


def _neuron(snapshot: Snapshot, outputs: Floats) -> OutputMeaning:
    """A neuron's output, in the colours of its tile."""
    assert snapshot.focus is not None
    layers = {layer.id: layer for layer in snapshot.experiment.network.layers}
    layer = layers.get(snapshot.focus[0])
    values = outputs if snapshot.data.chosen else tile_values(outputs)
    (ends,) = neuron_ranges(values, layer.output_range if layer else ANY).tolist()
    name = _tr("activation")
    return OutputMeaning(name, outputs, Diverging(*ends), (name,))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Output", text)
