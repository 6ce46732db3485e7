"""What a person does by dragging: each gesture is an object, shows what it would do, and ends as one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine import edits
from playground.engine.graph import INPUT
from playground.engine.layers import Layer
from playground.engine.layers.base import MOST_UNITS
from playground.value import InvalidValue
from widgets.canvas.layout import PITCH, Card
from widgets.canvas.paint_overlay import paint_ghost, paint_zone
from widgets.canvas.wires import curve
from widgets.sentences import sentence
from widgets.theme import current

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasGestures", text)


class Gesture:
    """One drag, from `start` on; all points are the view's."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: NetworkView, start: QPointF) -> None:
        self.view = view
        self.start = self.at = start

    def move(self, at: QPointF) -> None:
        """The pointer is here now."""
        self.at = at
        self.view.update()

    def finish(self) -> None:
        """The button was released: do it."""

    def cancel(self) -> None:
        """Esc was pressed: all is as it was."""

    def paint(self, painter: QPainter) -> None:
        """Show what would come of it."""


class Pan(Gesture):
    """Shifts what is visible."""

    def __init__(self, view: NetworkView, start: QPointF) -> None:
        super().__init__(view, start)
        self._before = view.camera

    def move(self, at: QPointF) -> None:
        super().move(at)
        self.view.look(self._before.moved(at - self.start))

    def cancel(self) -> None:
        self.view.look(self._before)


class RubberBand(Gesture):
    """Selects the layers that a rectangle touches, beside those selected already when `extend`ing."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: NetworkView, start: QPointF, extend: bool) -> None:
        super().__init__(view, start)
        self._before = view.selection
        self._kept = view.selection if extend else ()

    def move(self, at: QPointF) -> None:
        super().move(at)
        corners = (self.view.camera.to_world(self.start), self.view.camera.to_world(at))
        area = QRectF(*corners).normalized()
        touched = [card.id for card in self.view.scene.cards if card.rect.intersects(area)]
        self.view.set_selection((*self._kept, *touched))

    def cancel(self) -> None:
        self.view.set_selection(self._before)

    def paint(self, painter: QPainter) -> None:
        accent = QColor(current().accent)
        painter.setPen(QPen(accent, 1))
        accent.setAlpha(36)
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(self.start, self.at).normalized(), 3, 3)


class DragLayer(Gesture):
    """Carries a layer to another place in the chain; the other cards slide aside."""

    def __init__(self, view: NetworkView, start: QPointF, card: Card) -> None:
        super().__init__(view, start)
        self._card, self._scene = card, view.scene
        self._grip = view.camera.to_world(start) - card.rect.topLeft()
        self._position = card.position
        self._refusal = ""
        view.set_selection((card.id,))

    def move(self, at: QPointF) -> None:
        super().move(at)
        world = self.view.camera.to_world(at)
        self._position, self._refusal = self._place(world.x())
        network = self.view.commands.network
        self.view.preview(
            edits.move(network, self._card.id, self._position), held=(self._card.id, world - self._grip)
        )

    def _place(self, x: float) -> tuple[int, str]:
        """The position that the pointer stands for, and why it cannot be another."""
        start = self._card.position
        gap = self._scene.gap_at(x)
        if gap is None and x > self._scene.cards[-1].rect.center().x():
            return start, sentence(edits.OUTPUT_IS_LAST)
        gap = gap or 0
        return gap - (gap > start), ""

    def finish(self) -> None:
        self.view.preview(None)
        if self._refusal:
            self.view.message.emit(self._refusal)
        else:
            self.view.commands.move(self._card.id, self._position)

    def cancel(self) -> None:
        self.view.preview(None)

    def paint(self, painter: QPainter) -> None:
        if self._refusal:
            paint_ghost(painter, self.at, self._card.title, "", self._refusal, self.view)


class ResizeLayer(Gesture):
    """Drags a card's lower edge: as the card grows both ways, half a row is one neuron."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, view: NetworkView, start: QPointF, card: Card) -> None:
        super().__init__(view, start)
        assert card.layer is not None
        self._card, self._layer = card, card.layer
        self._units = card.units

    def move(self, at: QPointF) -> None:
        super().move(at)
        more = round((at.y() - self.start.y()) / self.view.camera.zoom / (PITCH / 2))
        units = min(max(self._card.units + more, 1), MOST_UNITS)
        if units != self._units:
            self._units = units
            network = edits.replace(self.view.commands.network, self._layer.with_(units=units))
            self.view.preview(network)

    def finish(self) -> None:
        self.view.preview(None)
        self.view.commands.resize(self._card.id, self._units)

    def cancel(self) -> None:
        self.view.preview(None)

    def paint(self, painter: QPainter) -> None:
        count = _tr("1 neuron") if self._units == 1 else _tr("{0} neurons").format(self._units)
        paint_ghost(painter, self.at, count, "", "", self.view)


class ConnectSkip(Gesture):
    """Leads a skip connection from a port to a later layer."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: NetworkView, start: QPointF, card: Card) -> None:
        super().__init__(view, start)
        self._card = card
        self._target: Card | None = None
        self._refusal = ""

    def move(self, at: QPointF) -> None:
        super().move(at)
        world = self.view.camera.to_world(at)
        reached = (
            card for card in self.view.scene.cards if card.rect.adjusted(-4, -12, 4, 4).contains(world)
        )
        self._target = next((card for card in reached if card.id != self._card.id), None)
        self._refusal = self._why_not()

    def _why_not(self) -> str:
        if self._target is None:
            return ""
        if self._target.id == INPUT:
            return _tr("Nothing leads into the inputs.")
        commands = self.view.commands
        try:
            edits.connect(commands.network, self._card.id, self._target.id, commands.input_shape)
        except InvalidValue as error:
            return sentence(error.text)
        return ""

    def finish(self) -> None:
        if self._refusal:
            self.view.message.emit(self._refusal)
        elif self._target is not None:
            self.view.commands.connect_layers(self._card.id, self._target.id)

    def paint(self, painter: QPainter) -> None:
        theme, camera = current(), self.view.camera
        good = not self._refusal
        start, end = camera.to_screen(self._card.port), self.at
        painter.setPen(QPen(QColor(theme.accent if good else theme.bad), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(curve(start.toTuple(), end.toTuple()))
        if self._target is not None:
            painter.drawRoundedRect(camera.rect_to_screen(self._target.rect).adjusted(-3, -3, 3, 3), 12, 12)
        if self._refusal:
            paint_ghost(painter, self.at, self._card.title, "", self._refusal, self.view)


class DropFromPalette(Gesture):
    """Brings a new layer from the palette: gaps light up where it fits."""

    def __init__(self, view: NetworkView, start: QPointF, kind: type[Layer]) -> None:
        super().__init__(view, start)
        self._kind = kind
        places = range(max(len(view.commands.network.layers), 1))
        self._reasons = [view.commands.why_not(position, kind) for position in places]
        self._gap: int | None = None
        self._refusal = ""

    @property
    def fits(self) -> bool:
        """Whether releasing the button now inserts the layer."""
        return self._gap is not None and not self._refusal

    def move(self, at: QPointF) -> None:
        super().move(at)
        self._gap, self._refusal = None, ""
        if not self.view.rect().contains(at.toPoint()):
            return
        scene, x = self.view.scene, self.view.camera.to_world(at).x()
        if len(scene.cards) == 1:
            self._gap = 0
        else:
            self._gap = scene.gap_at(x)
        if self._gap is not None:
            self._refusal = self._reasons[self._gap]
        elif x > scene.cards[-1].rect.center().x():
            self._refusal = sentence(edits.OUTPUT_IS_LAST)
        else:
            self._refusal = _tr("Nothing comes before the inputs.")

    def finish(self) -> None:
        if self._gap is not None and not self._refusal:
            self.view.commands.insert(self._gap, self._kind)
        elif self._refusal:
            self.view.message.emit(self._refusal)

    def paint(self, painter: QPainter) -> None:
        scene, camera = self.view.scene, self.view.camera
        for position, reason in enumerate(self._reasons[: len(scene.cards) - 1]):
            if not reason:
                zone = camera.rect_to_screen(scene.gap(position))
                paint_zone(painter, zone, active=position == self._gap)
        if self.view.rect().contains(self.at.toPoint()):
            paint_ghost(painter, self.at, self._kind.title, self._kind.icon, self._refusal, self.view)
