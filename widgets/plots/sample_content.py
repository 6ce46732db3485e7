"""What is shown of one sample: its values, what the network says of it, and what is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.engine.activations import Sigmoid, Softmax
from playground.numbers.writing import decimals, figures, percent, whole
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats
from widgets.plots.output_meaning import class_names
from widgets.sentences import sentence
from widgets.theme import class_colours


@dataclass(frozen=True)
class Bar:
    """A named value and how far it reaches, 0 to 1; the `chosen` one stands out."""

    name: str
    text: str
    share: float
    colour: str = ""
    chosen: bool = False


@dataclass(frozen=True, eq=False)
class SampleContent:
    """One sample and the answer to it.

    Attributes:
        title: which sample it is, "test sample 412 of 899".
        picture: its values (height, width, channels) where they are a picture, or those (height, width) of a
            neuron that is pointed at.
        looks: whether the picture is drawn as it looks, as no neuron's values are.
        values: its columns otherwise.
        given_back: the picture that an autoencoder makes of it.
        answer: what the network says: a bar for each class or number.
        truth: what is true; empty where there is nothing but the sample itself.
    """

    title: str
    picture: Floats | None
    looks: bool
    values: tuple[Bar, ...]
    given_back: Floats | None
    answer: tuple[Bar, ...]
    truth: str

    @property
    def words(self) -> str:
        """The sample and the answer in a sentence."""
        best = max(self.answer, key=lambda bar: (bar.chosen, bar.share), default=None)
        said = f": {best.name} {best.text}" if best else ""
        return f"{self.title}{said}" + (f", {_tr('truth')} {self.truth}" if self.truth else "")


def sample_content(snapshot: Snapshot) -> SampleContent | None:
    """What a snapshot shows of its chosen sample; None without one."""
    data = snapshot.data
    if data.chosen is None:
        return None
    number, count = data.chosen.index + 1, data.sizes[data.chosen.side == "test"]
    side = _tr("test sample") if data.chosen.side == "test" else _tr("training sample")
    picture, looks = _picture(snapshot)
    autoencoder = snapshot.experiment.data.targets == "inputs"
    answer = None if snapshot.answer is None else np.nan_to_num(snapshot.answer)
    return SampleContent(
        title=f"{side} {whole(number)} {_tr('of')} {whole(count)}",
        picture=picture,
        looks=looks,
        values=_values(snapshot),
        given_back=_given_back(snapshot, answer) if autoencoder and answer is not None else None,
        answer=() if answer is None or autoencoder else _answer(snapshot, answer),
        truth="" if autoencoder else _truth(snapshot),
    )


def _picture(snapshot: Snapshot) -> tuple[Floats | None, bool]:
    assert snapshot.data.chosen is not None
    shown = snapshot.output
    if snapshot.focus is not None and shown is not None and shown[0].size > 1:
        return np.nan_to_num(shown[0]), snapshot.focus[0] == "input"
    raw = snapshot.data.chosen.raw
    return (raw, True) if raw.ndim == 3 else (None, True)


def _values(snapshot: Snapshot) -> tuple[Bar, ...]:
    chosen = snapshot.data.chosen
    assert chosen is not None
    columns = zip(snapshot.data.columns, chosen.raw, strict=False) if chosen.raw.ndim == 1 else ()
    return tuple(
        Bar(sentence(column.title), figures(float(value), 4), _share(float(value), *column.range))
        for column, value in columns
    )


def _share(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))


def _given_back(snapshot: Snapshot, answer: Floats) -> Floats | None:
    shape = snapshot.experiment.data.input_shape
    return answer.reshape(shape) if len(shape) == 3 and answer.size == np.prod(shape) else None


def _answer(snapshot: Snapshot, answer: Floats) -> tuple[Bar, ...]:
    classes = class_names(snapshot.experiment.task)
    layer = snapshot.experiment.network.output
    likely = isinstance(getattr(layer, "activation", None), Sigmoid | Softmax)
    if not classes:
        largest = float(np.abs(answer).max()) or 1.0
        return tuple(Bar(_tr("value"), decimals(float(each)), abs(float(each)) / largest) for each in answer)
    if len(answer) == 1:
        first = (float(answer[0]) - snapshot.low) / (1 - snapshot.low)
        answer = np.array([1 - first, first])
    elif not likely:
        answer = (answer - answer.min()) / (np.ptp(answer) or 1)
    winner, colours = int(answer.argmax()), class_colours(len(classes))
    return tuple(
        Bar(name, percent(value, 1) if likely else decimals(value), float(np.clip(value, 0, 1)),
            colours[place], place == winner)
        for place, (name, value) in enumerate(zip(classes, answer.tolist(), strict=False))
    )  # fmt: skip


def _truth(snapshot: Snapshot) -> str:
    assert snapshot.data.chosen is not None
    classes, label = class_names(snapshot.experiment.task), snapshot.data.chosen.label
    return classes[int(label)] if classes else decimals(label)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sample", text)
