"""What the network says of one row: a bar for each class, the likeliest first, or the numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.numbers.writing import decimals, figures, percent
from playground.training.moment import Answers
from widgets.theme import class_colours, current

ROW, BAR = 24, 8
MOST_ROWS = 8
"""Classes that are shown, the likeliest."""


class AnswerBars(QWidget):
    """A row each: name, bar, share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, str, float, str]] = []
        """Of each its name, how much it is in words and from 0 to 1, and its colour."""
        self.setAccessibleName(self.tr("The network says"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_answers(self, answers: Answers | None, names: tuple[str, ...]) -> None:
        """Show the answer to the first of these rows."""
        self.rows = [] if answers is None else self._rows_of(answers, names)
        self.setAccessibleDescription(", ".join(f"{name} {text}" for name, text, _, _ in self.rows))
        self.updateGeometry()
        self.update()

    def _rows_of(self, answers: Answers, names: tuple[str, ...]) -> list[tuple[str, str, float, str]]:
        if answers.shares is not None:
            shares, colours = answers.shares[0].tolist(), class_colours(len(names))
            order = sorted(range(len(names)), key=lambda place: -shares[place])[:MOST_ROWS]
            return [(names[each], percent(shares[each], 1), shares[each], colours[each]) for each in order]
        outputs = answers.outputs[0].tolist()
        if answers.classes is not None:
            chosen = int(answers.classes[0])
            said = ", ".join(map(decimals, outputs[:MOST_ROWS]))
            return [(names[chosen], said, 1.0, class_colours(len(names))[chosen])]
        titles = names if len(names) == len(outputs) else (self.tr("value"),) * len(outputs)
        return [(title, figures(value, 5), 0.0, "") for title, value in zip(titles, outputs, strict=True)]

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(180, ROW * len(self.rows[:MOST_ROWS]))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, row in enumerate(self.rows[:MOST_ROWS]):
                self._paint_row(painter, QRectF(0, place * ROW, self.width(), ROW), row, place == 0)

    def _paint_row(
        self, painter: QPainter, line: QRectF, row: tuple[str, str, float, str], first: bool
    ) -> None:
        name, text, share, colour = row
        shown, font = current(), QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if first else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(shown.text if first else shown.muted))
        room = QRectF(line.left(), line.top(), line.width() * 0.4, line.height())
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        if not colour:
            return
        number = painter.fontMetrics().horizontalAdvance(text) + 10
        track = QRectF(room.right() + 8, line.center().y() - BAR / 2, 0, BAR)
        track.setRight(max(track.left(), line.right() - max(number, 64)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.border))
        painter.drawRoundedRect(track, 3, 3)
        if share > 0:
            track.setWidth(max(3.0, share * track.width()))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(track, 3, 3)
