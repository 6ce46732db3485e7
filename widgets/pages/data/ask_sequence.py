"""Ask about a sequence: type it, and see at once what the network says of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from playground.data import Dataset
from playground.data.prepared import PreparedData
from playground.data.sample import Floats
from playground.data.typed_sequence import typed, written
from playground.numbers.writing import whole
from playground.training.continuing import MOST_STEPS, STEPS_A_TIME, continued
from playground.training.moment import Answers, Moment
from playground.value import InvalidValue
from widgets.forms.local import local_signs
from widgets.forms.paragraphs_control import TextPage
from widgets.labels import label, show_or_hide
from widgets.motion import motion
from widgets.pages.data.answer_bars import NamedBars, answer_rows
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.sheet import Meaning
from widgets.panels.temperature import TemperatureRow
from widgets.sentences import sentence
from widgets.sequence_picture import paint_answered, text_of
from widgets.theme import current

PICTURE_HEIGHT = 96
LABELS = 96
FRAME = 32
"""Milliseconds from one look at what grows to the next."""


class AskSequence(QWidget):
    """A page to type on, the sequence as it is read, and the answer to it."""

    def __init__(self, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = samples
        self._data: PreparedData | None = None
        self.raw: Floats | None = None
        """The sequence that is asked about; None while none can be read."""
        self.page = TextPage(lines=4)
        self.page.setAccessibleName(self.tr("Sequence"))
        self.hint = label(role="muted", wraps=True)
        self.problem = label(role="error", wraps=True)
        self.picture = SequencePicture()
        self.temperature = TemperatureRow(LABELS)
        self.bars = NamedBars(self.tr("The network says"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.page, self.hint, self.problem, self.picture, self.temperature, self.bars):
            column.addWidget(widget)
        self.page.textChanged.connect(self._read)
        self.page.reverted.connect(self._begin)
        self.temperature.chosen.connect(self._ask)
        samples.sheet_changed.connect(self._see_sheet)
        samples.answered.connect(self._ask)
        self._see_sheet()

    @property
    def answers(self) -> bool:
        """Whether there is a network to ask about sequences."""
        return self._data is not None and self._moment() is not None

    def take(self, sample: int) -> None:
        """Ask about a sample."""
        sheet = self._samples.sheet
        if sheet is not None and sheet.data is self._data:
            self._write(sheet.raw(sample))

    def _see_sheet(self) -> None:
        """Begin with a sample of other data; what was typed stays where it can still be read."""
        sheet = self._samples.sheet
        before = self._data
        is_sequence = sheet is not None and sheet.dataset.shape.is_sequence and sheet.rows > 0
        self._data = sheet.data if sheet is not None and is_sequence else None
        self.setVisible(self._data is not None)
        if self._data is None:
            return
        shape = self._data.dataset.shape
        self.temperature.setVisible(bool(shape.symbols) and self._data.dataset.continues)
        words = self.tr("Symbols: {0}") if shape.symbols else self.tr("Numbers with blanks between: {0}")
        if len(shape.axes[-1].names) > 1 and not shape.symbols:
            words = self.tr("{0}, with a semicolon behind each step")
        self.hint.setText(
            words.format(" ".join(shape.axes[-1].names) if shape.symbols else ", ".join(shape.axes[-1].names))
        )
        if before is None or before.dataset.shape != shape:
            self._begin()
        else:
            self._read()

    def _begin(self) -> None:
        if self._data is not None and len(self._data.train.raw):
            self._write(self._data.train.raw[0])

    def _write(self, raw: Floats) -> None:
        assert self._data is not None
        self.page.setPlainText(written(raw, self._data.dataset.shape))
        self.page.document().setModified(False)

    def _read(self) -> None:
        """Read what stands there, and ask about it."""
        if self._data is None:
            return
        try:
            self.raw = typed(self.page.toPlainText(), self._data.dataset, local_signs())
        except InvalidValue as problem:
            self.raw = None
            show_or_hide(self.problem, sentence(problem.text))
            self._show(None)
            return
        show_or_hide(self.problem, "")
        self._ask()

    def _moment(self) -> Moment | None:
        moment = self._samples.moment
        return moment if moment is not None and moment.data is self._data else None

    def _ask(self) -> None:
        raw, moment = self.raw, self._moment()
        if raw is None or moment is None:
            self._show(None)
            return

        def done(found: tuple[Answers, Floats | None]) -> None:
            if raw is self.raw:
                self._show(*found)

        warmth = self.temperature.value
        self._samples.in_background(lambda: _asked(moment, raw, warmth), done)

    def _show(self, answers: Answers | None, onward: Floats | None = None) -> None:
        dataset = None if self._data is None else self._data.dataset
        said = None if answers is None else answers.outputs[0]
        self.picture.show_sequence(dataset, self.raw, said, onward)
        rows = answer_rows(answers, self._names())
        self.bars.show_rows(rows)
        self.bars.setVisible(bool(rows))

    def _names(self) -> tuple[str, ...]:
        sheet = self._samples.sheet
        targets = [] if sheet is None else [each for each in sheet.columns if each.meaning is Meaning.TARGET]
        if targets or self._data is None:
            return targets[0].categories if targets else ()
        dataset = self._data.dataset
        first = dataset.shape.sizes[0] if dataset.continues else 0
        words = self.tr("step {0}")
        return tuple(words.format(whole(first + step)) for step in range(1, dataset.task.numbers + 1))


class SequencePicture(QWidget):
    """One sequence, and what the network says of it where that belongs to its steps.

    How it goes on appears a few steps at a time.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.revealed = 0
        """How many of the steps with which it goes on are seen."""
        self._growth = QTimer(self, interval=FRAME)
        self._growth.timeout.connect(self._grow)
        self._shown: tuple[Dataset, Floats, Floats | None, Floats | None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide, and not high."""
        return QSize(180, PICTURE_HEIGHT)

    def show_sequence(
        self, dataset: Dataset | None, raw: Floats | None, said: Floats | None, onward: Floats | None
    ) -> None:
        """Show a sequence, the answer to it and how it goes on; nothing where there is none."""
        before = self._onward
        self._shown = None if dataset is None or raw is None else (dataset, raw, said, onward)
        if self._onward is not None and (before is None or not np.array_equal(before, self._onward)):
            self.revealed = MOST_STEPS if motion.reduced else 0
            self._growth.start()
        symbols = () if dataset is None else dataset.shape.symbols
        self.setAccessibleDescription(
            "" if onward is None or not symbols else "".join(text_of(onward, symbols))
        )
        self.update()

    @property
    def _onward(self) -> Floats | None:
        return None if self._shown is None else self._shown[3]

    def _grow(self) -> None:
        self.revealed += STEPS_A_TIME
        if self._onward is None or self.revealed >= len(self._onward):
            self._growth.stop()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Grow no more where nobody sees it."""
        super().hideEvent(event)
        self._growth.stop()
        self.revealed = MOST_STEPS

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._shown is None:
            return
        dataset, raw, said, onward = self._shown
        onward = None if onward is None else onward[: self.revealed]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(2, 4, -2, -4)
            paint_answered(painter, dataset, raw, None, said, area, current(), onward)


def _asked(moment: Moment, raw: Floats, temperature: float) -> tuple[Answers, Floats | None]:
    """What is said of a sequence, and how the network goes on with it where that is what it has learnt."""
    goes_on = moment.data.dataset.continues and moment.data.task == moment.data.dataset.task
    with np.errstate(all="ignore"):
        answers = moment.ask(raw[np.newaxis])
        return answers, continued(moment.network, moment.data, raw, temperature) if goes_on else None
