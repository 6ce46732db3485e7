"""What faces paint with: a theme, fonts made from the view's, and what all cards have in common."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from playground.numbers.writing import NONE, magnitude
from widgets import icons
from widgets.canvas import values
from widgets.canvas.cards import Card
from widgets.canvas.parts import Role
from widgets.theme import Theme

RADIUS = 10.0
CENTRE = Qt.AlignmentFlag.AlignCenter


class Brush:
    """Paints on cards in one theme, with fonts made from the view's."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font = QFont(font)
        self.small = QFont(font)
        self.small.setPixelSize(11)
        self.bold = QFont(font)
        self.bold.setPixelSize(12)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.heading = QFont(font)
        self.heading.setWeight(QFont.Weight.DemiBold)
        self.plain = False
        """Whether numbers are left out that beginners need not know."""
        self.steps: tuple[str, ...] = ()
        """What is written of each step of the chosen sequence; none where it is none."""
        self.symbols: tuple[str, ...] = ()
        """What is written of each symbol that a sequence may have; none where it is of numbers."""
        self._texts = {False: QFontMetricsF(self.small), True: QFontMetricsF(self.bold)}

    # --- text ---

    def text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        colour: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        bold: bool = False,
    ) -> None:
        """A line of text, shortened to the rectangle."""
        painter.setFont(self.bold if bold else self.small)
        painter.setPen(QColor(colour))
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, self.fitting(text, rect.width(), bold))

    def fitting(self, text: str, width: float, bold: bool = False) -> str:
        """The text, shortened to a width."""
        return self._texts[bold].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def width(self, text: str, bold: bool = False) -> float:
        """How wide a text is."""
        return self._texts[bold].horizontalAdvance(text)

    # --- below the weights ---

    def body(self, painter: QPainter, card: Card, selected: bool) -> None:
        """A card's surface."""
        theme = self.theme
        colour = theme.accent if selected else theme.bad if card.problem else theme.border
        painter.setPen(QPen(QColor(colour), 2 if selected else 1))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(card.rect, RADIUS, RADIUS)

    def header(self, painter: QPainter, card: Card) -> None:
        """Name and summary, where a card has them across."""
        if (name := card.area(Role.NAME)) is not None:
            self.text(painter, name, card.title, self.theme.text, bold=True)
        summary = card.area(Role.ACTIVATION) or card.area(Role.SUMMARY)
        if summary is not None:
            self.text(painter, summary, card.subtitle, self.theme.muted)

    def upright(self, painter: QPainter, card: Card, icon: str) -> None:
        """Icon, name and summary where a card has room for one line only, from below to above."""
        name = card.area(Role.NAME)
        assert name is not None
        middle, bottom = name.center().x(), name.bottom() - 12
        place = QRectF(middle - 8, card.rect.top() + 10, 16, 16).toRect()
        icons.icon(icon, self.theme.accent).paint(painter, place)
        painter.save()
        painter.translate(middle, bottom)
        painter.rotate(-90)
        length = bottom - card.rect.top() - 34
        title = self.fitting(card.title, length, bold=True)
        taken = self.width(title, bold=True)
        left = Qt.AlignmentFlag.AlignLeft
        spare = max(length - taken - self.width(card.subtitle) - 6, 0) / 2
        self.text(painter, QRectF(spare, -10, length, 20), title, self.theme.text, left, bold=True)
        rest = QRectF(spare + taken + 6, -10, max(length - taken - 6, 0), 20)
        self.text(painter, rest, card.subtitle, self.theme.muted, left)
        painter.restore()

    def track(self, painter: QPainter, card: Card) -> None:
        """Where the bar of the gradient is."""
        if (bar := card.area(Role.BAR)) is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.border))
            painter.drawRoundedRect(bar, 2, 2)

    def buttons(self, painter: QPainter, card: Card) -> None:
        """− and +."""
        for role in (Role.MINUS, Role.PLUS):
            if (button := card.area(role)) is not None:
                painter.setPen(QPen(QColor(self.theme.border), 1))
                painter.setBrush(QColor(self.theme.control))
                painter.drawRoundedRect(button, 5, 5)
                painter.setPen(QPen(QColor(self.theme.muted), 1.4))
                middle = button.center()
                painter.drawLine(middle - QPointF(3.5, 0), middle + QPointF(3.5, 0))
                if role is Role.PLUS:
                    painter.drawLine(middle - QPointF(0, 3.5), middle + QPointF(0, 3.5))

    # --- above the weights ---

    def marks(self, painter: QPainter, card: Card) -> None:
        """What stands out of a card, and how many of its rows are hidden."""
        theme = self.theme
        if (more := card.area(Role.MORE)) is not None:
            self.text(painter, more, _tr("+{0} more").format(card.hidden), theme.muted)
        painter.setPen(QPen(QColor(theme.outline), 1.2))
        painter.setBrush(QColor(theme.card))
        painter.drawEllipse(card.port, 3.5, 3.5)
        if (badge := card.area(Role.BADGE)) is not None:
            if card.problem:
                self._alarm(painter, badge)
            else:
                self._sign(painter, badge, "info", theme.muted)
        if (snowflake := card.area(Role.SNOWFLAKE)) is not None:
            self._sign(painter, snowflake, "freeze", theme.accent)
        if (link := card.area(Role.FIT)) is not None:
            painter.setPen(QPen(QColor(theme.bad), 1))
            painter.setBrush(QColor(theme.card))
            painter.drawRoundedRect(link, 12, 12)
            self.text(painter, link, _tr("Fit the output"), theme.text)

    def _alarm(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(self.theme.canvas), 2))
        painter.setBrush(QColor(self.theme.bad))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        sign = QPainterPath()
        middle = rect.center()
        sign.addRoundedRect(QRectF(middle.x() - 1, middle.y() - 4.5, 2, 5.5), 1, 1)
        sign.addEllipse(QPointF(middle.x(), middle.y() + 3.6), 1.2, 1.2)
        painter.fillPath(sign, QColor(self.theme.canvas))

    def _sign(self, painter: QPainter, rect: QRectF, icon: str, colour: str) -> None:
        painter.setPen(QPen(QColor(self.theme.border), 1))
        painter.setBrush(QColor(self.theme.card))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        icons.icon(icon, colour).paint(painter, rect.adjusted(2, 2, -2, -2).toRect())

    # --- while learning ---

    def gradient(self, painter: QPainter, card: Card, norm: float | None, learning: bool) -> None:
        """The bar with the norm of the layer's gradient."""
        bar = card.area(Role.BAR)
        if bar is None:
            return
        if norm is not None:
            level = QRectF(bar)
            level.setWidth(level.width() * values.gradient_level(norm))
            state = values.gradient_state(norm, learning)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(self.theme, state)))
            painter.drawRoundedRect(bar if norm == 0 and state == "bad" else level, 2, 2)
        if self.plain:
            return
        painter.setFont(self.small)
        painter.setPen(QColor(self.theme.muted))
        text = QRectF(card.rect.left(), bar.bottom() + 3, card.rect.width(), 16)
        number = NONE if norm is None else magnitude(norm)
        painter.drawText(text, CENTRE, number if bar.width() < 30 else _tr("grad {0}").format(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
