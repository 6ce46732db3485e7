"""What a person does by dragging: each is a frozen value, shows what it would do, and ends as one edit."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Self

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine import edits
from playground.engine.graph import INPUT
from playground.engine.layers import Layer
from playground.engine.layers.base import MOST_UNITS
from playground.record import record
from playground.value import InvalidValue
from widgets.canvas.brush import Brush
from widgets.canvas.camera import Camera
from widgets.canvas.cards import Card
from widgets.canvas.commands import why_not
from widgets.canvas.layout import Layout
from widgets.canvas.paint_overlay import paint_ghost, paint_zone
from widgets.canvas.sizes import PITCH
from widgets.canvas.state import Drag, Reply, ViewState
from widgets.canvas.wires import curve
from widgets.sentences import counted, said, sentence


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasGestures", text)


@record
class Pan(Drag):
    """Shifts what is visible."""

    before: Camera

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        return super().moved(state, at).looking(self.before.moved(at - self.start))

    def cancelled(self, state: ViewState) -> ViewState:
        return state.looking(self.before)


@record
class RubberBand(Drag):
    """Selects the layers that a rectangle touches, beside those `kept`."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    before: tuple[str, ...]
    kept: tuple[str, ...]

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        corners = (state.camera.to_world(self.start), state.camera.to_world(at))
        area = QRectF(*corners).normalized()
        touched = [card.id for card in state.scene.cards if card.rect.intersects(area)]
        return super().moved(state, at).selecting((*self.kept, *touched))

    def cancelled(self, state: ViewState) -> ViewState:
        return state.selecting(self.before)

    def paint(self, painter: QPainter, state: ViewState, brush: Brush) -> None:
        accent = QColor(brush.theme.accent)
        painter.setPen(QPen(accent, 1))
        accent.setAlpha(36)
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(self.start, self.at).normalized(), 3, 3)


@record
class DragLayer(Drag):
    """Carries a layer to another place in the chain; the other cards slide aside."""

    card: Card
    scene: Layout
    """Where everything was at the start."""
    grip: QPointF
    """Where the card is held, from its corner."""
    position: int
    refusal: str = ""

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        world = state.camera.to_world(at)
        position, refusal = self._place(world.x())
        return state.with_(
            drag=replace(self, at=at, position=position, refusal=refusal),
            preview=edits.move(state.network, self.card.id, position),
            held=(self.card.id, world - self.grip),
            selection=(self.card.id,),
        )

    def _place(self, x: float) -> tuple[int, str]:
        """The position that the pointer stands for, and why it cannot be another."""
        start = self.card.position
        gap = self.scene.gap_at(x)
        if gap is None and x > self.scene.cards[-1].rect.center().x():
            return start, sentence(edits.OUTPUT_IS_LAST)
        gap = gap or 0
        return gap - (gap > start), ""

    def finished(self, state: ViewState) -> Reply:
        if self.refusal:
            return Reply(state, message=self.refusal)
        return Reply(state, edit=lambda commands: commands.move(self.card.id, self.position))

    def paint(self, painter: QPainter, state: ViewState, brush: Brush) -> None:
        if self.refusal:
            paint_ghost(painter, self.at, self.card.title, "", self.refusal, state.size, brush)


@record
class ResizeLayer(Drag):
    """Drags a card's lower edge: as the card grows both ways, half a row is one neuron."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.SizeVerCursor

    layer: Layer
    before: int
    units: int

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        more = round((at.y() - self.start.y()) / state.camera.zoom / (PITCH / 2))
        units = min(max(self.before + more, 1), MOST_UNITS)
        state = state.with_(drag=replace(self, at=at, units=units))
        if units == self.units:
            return state
        return state.with_(
            preview=edits.replace(state.network, self.layer.with_(**{self.layer.sized_by: units}))
        )

    def finished(self, state: ViewState) -> Reply:
        return Reply(state, edit=lambda commands: commands.resize(self.layer.id, self.units))

    def paint(self, painter: QPainter, state: ViewState, brush: Brush) -> None:
        count = counted("{count} neuron", "{count} neurons", self.units)
        paint_ghost(painter, self.at, count, "", "", state.size, brush)


@record
class ConnectSkip(Drag):
    """Leads a skip connection from a port to a later layer."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    card: Card
    to: Card | None = None
    refusal: str = ""

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        world = state.camera.to_world(at)
        reached = (card for card in state.scene.cards if card.rect.adjusted(-4, -12, 4, 4).contains(world))
        to = next((card for card in reached if card.id != self.card.id), None)
        return state.with_(drag=replace(self, at=at, to=to, refusal=self._why_not(state, to)))

    def _why_not(self, state: ViewState, to: Card | None) -> str:
        if to is None:
            return ""
        if to.id == INPUT:
            return _tr("Nothing leads into the inputs.")
        try:
            edits.connect(state.network, self.card.id, to.id, state.experiment.data.input_shape)
        except InvalidValue as error:
            return sentence(error.text)
        return ""

    def finished(self, state: ViewState) -> Reply:
        to = self.to
        if self.refusal:
            return Reply(state, message=self.refusal)
        if to is None:
            return Reply(state)
        return Reply(state, edit=lambda commands: commands.connect_layers(self.card.id, to.id))

    def paint(self, painter: QPainter, state: ViewState, brush: Brush) -> None:
        theme, camera = brush.theme, state.camera
        start, end = camera.to_screen(self.card.port), self.at
        painter.setPen(QPen(QColor(theme.bad if self.refusal else theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(curve(start.toTuple(), end.toTuple()))
        if self.to is not None:
            painter.drawRoundedRect(camera.rect_to_screen(self.to.rect).adjusted(-3, -3, 3, 3), 12, 12)
        if self.refusal:
            paint_ghost(painter, self.at, self.card.title, "", self.refusal, state.size, brush)


@record
class DropFromPalette(Drag):
    """Brings a new layer from the palette: gaps light up where it fits."""

    kind: type[Layer]
    reasons: tuple[str, ...]
    """Why it does not fit into each gap; empty where it does."""
    gap: int | None = None
    refusal: str = ""

    @classmethod
    def begun(cls, state: ViewState, at: QPointF, kind: type[Layer]) -> Self:
        """A kind of layer that was taken from the palette."""
        places = range(max(len(state.network.layers), 1))
        return cls(at, at, kind, tuple(why_not(state.experiment, position, kind) for position in places))

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        gap, refusal = self._place(state, at)
        return state.with_(drag=replace(self, at=at, gap=gap, refusal=refusal))

    def _place(self, state: ViewState, at: QPointF) -> tuple[int | None, str]:
        """The gap that the pointer stands for, and why the layer cannot be dropped there."""
        if not _inside(state, at):
            return None, ""
        cards, x = state.scene.cards, state.camera.to_world(at).x()
        gap = 0 if len(cards) == 1 else state.scene.gap_at(x)
        if gap is not None:
            return gap, self.reasons[gap]
        if x > cards[-1].rect.center().x():
            return None, sentence(edits.OUTPUT_IS_LAST)
        return None, _tr("Nothing comes before the inputs.")

    def finished(self, state: ViewState) -> Reply:
        gap = self.gap
        if gap is None or self.refusal:
            return Reply(state, message=self.refusal)
        return Reply(state, edit=lambda commands: commands.insert(gap, self.kind))

    def paint(self, painter: QPainter, state: ViewState, brush: Brush) -> None:
        scene, camera = state.scene, state.camera
        for position, reason in enumerate(self.reasons[: len(scene.cards) - 1]):
            if not reason:
                zone = camera.rect_to_screen(scene.gap(position))
                paint_zone(painter, zone, position == self.gap, brush.theme)
        if _inside(state, self.at):
            icon = self.kind.icon
            paint_ghost(painter, self.at, said(self.kind), icon, self.refusal, state.size, brush)


def _inside(state: ViewState, at: QPointF) -> bool:
    return QRectF(QPointF(), state.size).contains(at)
