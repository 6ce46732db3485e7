"""What is shown of one sample: its values, what the network says of it, and what is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.data.graphs.sample_graph import SampleGraph
from playground.data.pictures.given import GIVEN
from playground.engine.activations import Sigmoid, Softmax
from playground.numbers.writing import NONE, decimals, figures, percent, whole
from playground.training.snapshot import DataSnapshot, Snapshot
from widgets.colouring import Floats
from widgets.plots.output_meaning import HUGE, class_names
from widgets.plots.sequence_content import SequenceContent, number_of, sequence_content, states_of_focus
from widgets.sentences import sentence
from widgets.theme import class_colours


@dataclass(frozen=True)
class Bar:
    """A named value and how far it reaches, 0 to 1; the `chosen` one stands out.

    `likely` says that what it reaches is a probability.
    """

    name: str
    text: str
    share: float
    colour: str = ""
    chosen: bool = False
    likely: bool = False


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
        sequence: its steps, where it is a sequence.
        graph: what it is, where it is a graph and no neuron is pointed at.
    """

    title: str
    picture: Floats | None
    looks: bool
    values: tuple[Bar, ...]
    given_back: Floats | None
    answer: tuple[Bar, ...]
    truth: str
    sequence: SequenceContent | None = None
    graph: SampleGraph | None = None

    @property
    def words(self) -> str:
        """The sample and the answer in a sentence."""
        best = max(self.answer, key=lambda bar: (bar.chosen, bar.share), default=None)
        said = f": {best.name} {best.text}" if best else ""
        return f"{self.title}{said}" + (f", {_tr('truth')} {self.truth}" if self.truth else "")

    @property
    def chosen(self) -> Bar | None:
        """The class that the network takes it for; None where it predicts numbers, or says nothing."""
        return next((bar for bar in self.answer if bar.chosen), None)

    @property
    def wrong(self) -> bool:
        """Whether it is taken for what it is not."""
        return self.chosen is not None and bool(self.truth) and self.chosen.name != self.truth

    @property
    def sentence(self) -> str:
        """What the network takes it for, and what comes next: "3 with 93.0 %, then 2 with 3.0 %"."""
        best = self.chosen
        if best is None:
            return ""
        others = [bar for bar in self.answer if bar is not best]
        second = max(others, key=lambda bar: bar.share, default=None)
        if second is None:
            return best.name
        words = _tr("{first}, then {second}")
        if best.likely:
            words = _tr("{first} with {share}, then {second} with {less}")
        return words.format(first=best.name, share=best.text, second=second.name, less=second.text)


def sample_content(snapshot: Snapshot) -> SampleContent | None:
    """What a snapshot shows of its chosen sample; None without one."""
    data = snapshot.data
    if data.chosen is None:
        return None
    picture, looks = _picture(snapshot)
    autoencoder = snapshot.experiment.data.targets == "inputs"
    answer = None if snapshot.answer is None else np.clip(np.nan_to_num(snapshot.answer), -HUGE, HUGE)
    sequence = sequence_content(snapshot) if picture is None else None
    if autoencoder or (sequence is not None and sequence.answered):
        bars, truth = (), number_of(data.chosen.truth) if sequence is not None and not autoencoder else ""
    else:
        bars, truth = () if answer is None else _answer(snapshot, answer), _truth(snapshot)
    return SampleContent(
        title=_title(data),
        picture=picture,
        looks=looks,
        values=_values(snapshot),
        given_back=_given_back(snapshot, answer) if autoencoder and answer is not None else None,
        answer=bars,
        truth=truth,
        sequence=sequence,
        graph=data.sample_graph if picture is None else None,
    )


def _title(data: DataSnapshot) -> str:
    assert data.chosen is not None
    if data.chosen.side == GIVEN:
        return _tr("your own")
    number, count = data.chosen.index + 1, data.sizes[data.chosen.side == "test"]
    side = _tr("test sample") if data.chosen.side == "test" else _tr("training sample")
    return f"{side} {whole(number)} {_tr('of')} {whole(count)}"


def _picture(snapshot: Snapshot) -> tuple[Floats | None, bool]:
    assert snapshot.data.chosen is not None
    shown = snapshot.output
    if states_of_focus(snapshot) is not None:
        return None, True
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
    known = snapshot.answer is not None and bool(np.isfinite(snapshot.answer).all())
    winner, colours = int(answer.argmax()) if known else -1, class_colours(len(classes))
    return tuple(
        Bar(name, _written(value, likely) if known else NONE, float(np.clip(value, 0, 1)) if known else 0.0,
            colours[place], place == winner, likely)
        for place, (name, value) in enumerate(zip(classes, answer.tolist(), strict=False))
    )  # fmt: skip


def _written(value: float, likely: bool) -> str:
    return percent(value, 1) if likely else decimals(value)


def _truth(snapshot: Snapshot) -> str:
    assert snapshot.data.chosen is not None
    classes, label = class_names(snapshot.experiment.task), snapshot.data.chosen.label
    if np.isnan(label):
        return ""
    return classes[int(label)] if classes else decimals(label)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sample", text)
