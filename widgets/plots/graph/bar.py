"""What stands below a graph: what its nodes are coloured by, what colours and marks mean, and a way back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.forms.control import Combo
from widgets.icons import icon
from widgets.plots.figure import SMALL_PIXELS
from widgets.plots.graph.content import UNLABELLED, ColourBy, GraphContent
from widgets.theme import class_colours, current, themes
from widgets.tips import tip

HEIGHT = 18
SPACE = 12.0
MARK = 14.0


class GraphBar(QWidget):
    """A combo box, a button and a legend.

    Signals:
        colour_chosen: what nodes are to be coloured by.
        put_back_asked: all of the graph is to be seen, its nodes where forces put them.
    """

    colour_chosen = Signal(object)
    put_back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour_by, self.fit = Combo(), QToolButton()
        self.colour_by.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.colour_by.setAccessibleName(self.tr("Colour of nodes"))
        self.colour_by.setToolTip(tip(self.tr("What the colour of a node says.")))
        self.fit.setAccessibleName(self.tr("See the whole graph"))
        self.fit.setToolTip(tip(self.tr("See the whole graph, with nodes where forces put them.")))
        self.legend = GraphLegend()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.colour_by, 1)
        row.addWidget(self.fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.legend)
        column.addLayout(row)
        self.colour_by.activated.connect(
            lambda place: self.colour_chosen.emit(self.colour_by.itemData(place))
        )
        self.fit.clicked.connect(self.put_back_asked)
        themes.changed.connect(self._recolour)
        self._recolour()

    def show_content(self, content: GraphContent, by: ColourBy) -> None:
        """Offer what there is to colour by, and say what is seen."""
        names = {
            ColourBy.PREDICTION: self.tr("Coloured by prediction"),
            ColourBy.CERTAINTY: self.tr("Coloured by certainty"),
            ColourBy.TRUTH: self.tr("Coloured by truth"),
        }
        if [self.colour_by.itemData(place) for place in range(self.colour_by.count())] != list(content.ways):
            self.colour_by.clear()
            for way in content.ways:
                self.colour_by.addItem(names[way], way)
        self.colour_by.setCurrentIndex(max(self.colour_by.findData(by), 0))
        self.legend.show_entries(self._entries(content))

    def _entries(self, content: GraphContent) -> list[tuple[str, str]]:
        """The marks of the legend with their words."""
        found = list(zip(class_colours(len(content.classes)), content.classes, strict=True))
        found.append(("ring", self.tr("learnt from")))
        if content.wrong.any():
            found.append(("cross", self.tr("wrong")))
        if (content.drawn.sides == UNLABELLED).any():
            found.append(("grey", self.tr("no label")))
        return found

    def _recolour(self) -> None:
        self.fit.setIcon(icon("corners-out", current().muted))
        self.fit.setIconSize(QSize(14, 14))


class GraphLegend(QWidget):
    """Marks and their words in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[tuple[str, str]] = []
        font = QFont(self.font())
        font.setPixelSize(SMALL_PIXELS)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, HEIGHT)

    def show_entries(self, entries: list[tuple[str, str]]) -> None:
        """Show marks (a colour, "ring", "cross" or "grey") with their words."""
        if entries != self.entries:
            self.entries = entries
            self.setAccessibleName(", ".join(words for _, words in entries))
            self.setToolTip(tip(self.accessibleName()))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as many as there is room for."""
        theme, metrics = current(), QFontMetricsF(self.font())
        left, last = 0.0, len(self.entries) - 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, (mark, words) in enumerate(self.entries):
                width = metrics.horizontalAdvance(words)
                dots = metrics.horizontalAdvance(" …") if place < last else 0
                painter.setPen(QColor(theme.muted))
                if left + MARK + width + dots > self.width():
                    painter.drawText(QRectF(left, 0, 30, self.height()), Qt.AlignmentFlag.AlignVCenter, "…")
                    return
                area = QRectF(left + MARK, 0, width + 2, self.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
                self._paint_mark(painter, mark, left + 5, self.height() / 2)
                left += MARK + width + SPACE

    def _paint_mark(self, painter: QPainter, mark: str, x: float, y: float) -> None:
        theme, middle = current(), QRectF(x - 4, y - 4, 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark == "cross":
            painter.setPen(QPen(QColor(theme.text), 1.8))
            painter.drawLine(middle.topLeft(), middle.bottomRight())
            painter.drawLine(middle.topRight(), middle.bottomLeft())
        elif mark in ("ring", "grey"):
            painter.setPen(QPen(QColor(theme.text if mark == "ring" else theme.muted), 1.8))
            painter.drawEllipse(middle)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mark))
            painter.drawEllipse(middle)
