"""Paints the cards: what of them changes only with the network, and the bars that change as it learns."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from playground.engine.graph import INPUT
from playground.numbers.writing import NONE, magnitude
from widgets import icons
from widgets.canvas import values
from widgets.canvas.layout import Card, Layout
from widgets.canvas.paint_tiles import paint_frames
from widgets.theme import Theme

RADIUS = 10.0
CENTRE = Qt.AlignmentFlag.AlignCenter


class CardPainter:
    """Paints cards in one theme, with fonts made from the view's."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self.small = QFont(font)
        self.small.setPixelSize(11)
        self._bold = QFont(font)
        self._bold.setPixelSize(12)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._texts = {False: QFontMetricsF(self.small), True: QFontMetricsF(self._bold)}

    # --- below the edges ---

    def paint_under(self, painter: QPainter, layout: Layout, selected: Collection[str]) -> None:
        """Everything that lies below the edges."""
        for card in layout.cards:
            if not card.slim:
                self._body(painter, card, card.id in selected)
                self._header(painter, card)
                if card.layer is not None:
                    self._footer(painter, card)

    def _body(self, painter: QPainter, card: Card, selected: bool) -> None:
        theme = self._theme
        colour = theme.accent if selected else theme.bad if card.problem else theme.border
        painter.setPen(QPen(QColor(colour), 2 if selected else 1))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(card.rect, RADIUS, RADIUS)

    def _header(self, painter: QPainter, card: Card) -> None:
        title = QRectF(card.rect.left() + 6, card.rect.top() + 8, card.rect.width() - 12, 17)
        self._text(painter, title, card.title, self._theme.text, bold=True)
        if card.subtitle_rect:
            self._text(painter, card.subtitle_rect, card.subtitle, self._theme.muted)
        if card.id == INPUT:
            for tile in card.tiles:
                name = QRectF(card.rect.left() + 4, tile.rect.top(), 0, tile.rect.height())
                name.setRight(tile.rect.left() - 5)
                self._text(painter, name, tile.name, self._theme.muted, Qt.AlignmentFlag.AlignRight)

    def _footer(self, painter: QPainter, card: Card) -> None:
        theme = self._theme
        self._track(painter, card)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.control))
        for button in (card.minus, card.plus):
            if button:
                painter.drawRoundedRect(button, 5, 5)
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        for button in (card.minus, card.plus):
            if button:
                middle = button.center()
                painter.drawLine(middle - QPointF(3.5, 0), middle + QPointF(3.5, 0))
                if button is card.plus:
                    painter.drawLine(middle - QPointF(0, 3.5), middle + QPointF(0, 3.5))

    def _track(self, painter: QPainter, card: Card) -> None:
        """Where the bar of the gradient is."""
        if card.gradient:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.border))
            painter.drawRoundedRect(card.gradient, 2, 2)

    # --- above the edges ---

    def paint_over(self, painter: QPainter, layout: Layout, selected: Collection[str], fit_text: str) -> None:
        """Everything that lies above edges and tiles, but does not change as the network learns."""
        theme = self._theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        for skip in layout.skips:
            painter.drawPath(skip.path)
        for card in layout.cards:
            if card.slim:
                self._slim(painter, card, card.id in selected)
            else:
                paint_frames(painter, card, theme)
            if card.more:
                self._text(painter, card.more, f"+{card.hidden} more", theme.muted)
            painter.setPen(QPen(QColor(theme.outline), 1.2))
            painter.setBrush(QColor(theme.card))
            painter.drawEllipse(card.port, 3.5, 3.5)
            if card.problem:
                self._badge(painter, card.badge)
            elif card.remark:
                self._sign(painter, card.badge, "info", theme.muted)
            if card.frozen:
                self._sign(painter, card.snowflake, "freeze", theme.accent)
            if card.fit_link:
                painter.setPen(QPen(QColor(theme.bad), 1))
                painter.setBrush(QColor(theme.card))
                painter.drawRoundedRect(card.fit_link, 12, 12)
                self._text(painter, card.fit_link, fit_text, theme.text)

    def _slim(self, painter: QPainter, card: Card, selected: bool) -> None:
        self._body(painter, card, selected)
        self._track(painter, card)
        assert card.layer is not None
        icon = icons.icon(card.layer.icon, self._theme.accent)
        middle = card.rect.center().x()
        icon.paint(painter, QRectF(middle - 8, card.rect.top() + 10, 16, 16).toRect())
        painter.save()
        bottom = (card.gradient.top() if card.gradient else card.rect.bottom()) - 12
        painter.translate(middle, bottom)
        painter.rotate(-90)
        length = bottom - card.rect.top() - 34
        title = self._texts[True].elidedText(card.title, Qt.TextElideMode.ElideRight, length)
        taken = self._texts[True].horizontalAdvance(title)
        left = Qt.AlignmentFlag.AlignLeft
        spare = max(length - taken - self._texts[False].horizontalAdvance(card.subtitle) - 6, 0) / 2
        self._text(painter, QRectF(spare, -10, length, 20), title, self._theme.text, left, bold=True)
        rest = QRectF(spare + taken + 6, -10, max(length - taken - 6, 0), 20)
        self._text(painter, rest, card.subtitle, self._theme.muted, left)
        painter.restore()

    def _badge(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(self._theme.canvas), 2))
        painter.setBrush(QColor(self._theme.bad))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        sign = QPainterPath()
        middle = rect.center()
        sign.addRoundedRect(QRectF(middle.x() - 1, middle.y() - 4.5, 2, 5.5), 1, 1)
        sign.addEllipse(QPointF(middle.x(), middle.y() + 3.6), 1.2, 1.2)
        painter.fillPath(sign, QColor(self._theme.canvas))

    def _sign(self, painter: QPainter, rect: QRectF, icon: str, colour: str) -> None:
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.card))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        icons.icon(icon, colour).paint(painter, rect.adjusted(2, 2, -2, -2).toRect())

    # --- while learning ---

    def paint_gradient(self, painter: QPainter, card: Card, norm: float | None, learning: bool) -> None:
        """The bar with the norm of the layer's gradient."""
        if card.gradient is None:
            return
        if norm is not None:
            level = QRectF(card.gradient)
            level.setWidth(level.width() * values.gradient_level(norm))
            state = values.gradient_state(norm, learning)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(self._theme, state)))
            painter.drawRoundedRect(card.gradient if norm == 0 and state == "bad" else level, 2, 2)
        painter.setFont(self.small)
        painter.setPen(QColor(self._theme.muted))
        text = QRectF(card.rect.left(), card.gradient.bottom() + 3, card.rect.width(), 16)
        number = NONE if norm is None else magnitude(norm)
        painter.drawText(text, CENTRE, number if card.slim else f"grad {number}")

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        colour: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        bold: bool = False,
    ) -> None:
        painter.setFont(self._bold if bold else self.small)
        painter.setPen(QColor(colour))
        fitting = self._texts[bold].elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, fitting)
