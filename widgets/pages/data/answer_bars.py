"""Named bars: what the network says of one row, the likeliest class first, or what matters to it."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.numbers.writing import decimals, figures, percent
from playground.training.moment import Answers
from widgets.theme import class_colours, current

ROW, BAR = 24, 8
MOST_ROWS = 8
"""Classes that are shown, the likeliest."""


Row: TypeAlias = tuple[str, str, float, str]


class NamedBars(QWidget):
    """A row each: name, bar, share."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        """Of each its name, how much it is in words and from 0 to 1, and its colour."""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[Row]) -> None:
        """Show these, the first one bold."""
        self.rows = rows
        self.setAccessibleDescription(", ".join(f"{name} {text}" for name, text, _, _ in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(180, ROW * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, row in enumerate(self.rows):
                self._paint_row(painter, QRectF(0, place * ROW, self.width(), ROW), row, place == 0)

    def _paint_row(self, painter: QPainter, line: QRectF, row: Row, first: bool) -> None:
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


def answer_rows(answers: Answers | None, names: tuple[str, ...]) -> list[Row]:
    """The answer to the first of these rows."""
    if answers is None:
        return []
    if answers.classes is not None and len(names) != max(2, answers.outputs.shape[1]):
        return []  # the names are of other data, whose answers are on their way
    if answers.shares is not None:
        shares, colours = answers.shares[0].tolist(), class_colours(len(names))
        order = sorted(range(len(names)), key=lambda place: -shares[place])[:MOST_ROWS]
        return [(names[each], percent(shares[each], 1), shares[each], colours[each]) for each in order]
    outputs = answers.outputs[0].tolist()
    if answers.classes is not None:
        chosen = int(answers.classes[0])
        said = ", ".join(map(decimals, outputs[:MOST_ROWS]))
        return [(names[chosen], said, 1.0, class_colours(len(names))[chosen])]
    titles = names if len(names) == len(outputs) else (_tr("value"),) * len(outputs)
    return [(title, figures(value, 5), 0.0, "") for title, value in zip(titles, outputs, strict=True)][
        :MOST_ROWS
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("NamedBars", text)
