"""The network on the screen: what is selected, hovered and visible, kept in step with the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from playground.engine.graph import Architecture
from playground.training.snapshot import Snapshot
from widgets.canvas.camera import Camera
from widgets.canvas.commands import Commands
from widgets.canvas.gestures import Gesture
from widgets.canvas.hit import Bias, Edge, Neuron, Nothing, Target
from widgets.canvas.keys import Keys
from widgets.canvas.layout import TILE, Layout, Plan, arrange
from widgets.canvas.menus import context_menu, pop_up
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.pointer import Pointer
from widgets.canvas.slide import Slide
from widgets.canvas.wires import middle
from widgets.document import Document
from widgets.sentences import sentence
from widgets.theme import themes

Place = tuple[str, int]
"""A neuron: its layer's id, or "input", and its number from 0."""
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class NetworkView(QWidget):
    """Shows the document's network and lets it be edited.

    Attributes:
        scene: where everything is; `camera` says what of it is visible.
        snapshot: the newest state of training, None before the first.
        selection: ids of the selected layers, in the order of the network; "input" counts as one.
        hovered, pinned: what is under the pointer, and the neuron that stays in the output panel.
        gesture: the drag under way.
        banner: what is wrong with the network as a whole.
    """

    selection_changed = Signal(tuple)
    focus_changed = Signal(object)
    weight_edited = Signal(str, int, int, float)
    view_changed = Signal(object)
    message = Signal(str)

    slide_milliseconds = 150

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.commands = Commands(document, self)
        self.snapshot: Snapshot | None = None
        self.selection: tuple[str, ...] = ()
        self.hovered: Target = Nothing()
        self.pinned: Place | None = None
        self.gesture: Gesture | None = None
        self.pointer = QPointF()
        self.camera = Camera()
        self.scene = Layout(())
        self.banner = ""
        self.focus_by_keys = False
        self._fitted = True
        self._focus: Place | None = None
        self._first_units: dict[str, int] = {}
        self._previewed: Architecture | None = None
        self._held: tuple[str, QPointF] | None = None
        self._plan: Plan | None = None
        self._slide = Slide(self)
        self._slide.moved.connect(self._place_cards)
        self._painter = CanvasPainter(self)
        self.mouse, self._keys = Pointer(self), Keys(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Network"))
        document.changed.connect(self._see_experiment)
        document.opened.connect(self._begin_anew)
        self.commands.refused.connect(self.message)
        self.commands.placed.connect(self.set_selection)
        themes.changed.connect(self._recolour)
        self.refresh()

    # --- what is shown ---

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show this state of training."""
        self.snapshot = snapshot
        self._painter.colour_tiles()
        if self._plan is not None and self._plan.over_sample != self._over_sample:
            self.refresh(slide=False)
        self.update()

    def preview(self, network: Architecture | None, held: tuple[str, QPointF] | None = None) -> None:
        """Show a network that is not the document's, with one card held at a point of the layout."""
        self._previewed, self._held = network, held
        if not self.refresh():
            self._place_cards()

    def refresh(self, *, slide: bool = True) -> bool:
        """Lay the network out anew, when anything about it has changed; cards `slide` to their new places."""
        plan = self._wanted()
        if plan == self._plan:
            return False
        before, camera = self.scene, self.camera
        self._plan = plan
        self.scene = arrange(plan)
        if self._fitted and self.gesture is None:
            self.camera = Camera.fitting(self.scene.bounds, QSizeF(self.size()))
        self._keep_what_exists()
        self._slide.start(self._ways(before, camera), self.slide_milliseconds if slide else 0)
        self._place_cards()
        if self.gesture is None and self.underMouse():
            self.hover(self.mouse.target(self.pointer))
        return True

    def _wanted(self) -> Plan:
        """What there is to lay out now."""
        experiment = self.document.experiment
        if self._previewed is not None:
            experiment = experiment.with_(network=self._previewed)
        graph = experiment.graph
        problems: dict[str, str] = {}
        for problem in experiment.problems():
            problems.setdefault(problem.layer_id, sentence(problem.text))
        self.banner = problems.pop("", "")
        good_to_know: dict[str, str] = {}
        for remark in experiment.remarks():
            known = good_to_know.get(remark.layer_id, "")
            good_to_know[remark.layer_id] = f"{known} {sentence(remark.text)}".strip()
        return Plan(
            architecture=experiment.network,
            graph=graph,
            input_names=experiment.data.input_names,
            viewport=QSizeF(self.size()),
            problems=problems,
            remarks=good_to_know,
            over_sample=self._over_sample,
            fittable=bool(problems) and experiment.fitted() != experiment,
            first_units=dict(self._first_units),
        )

    @property
    def _over_sample(self) -> bool:
        """Whether tiles show one sample."""
        return self.snapshot is not None and self.snapshot.data.chosen is not None

    def _keep_what_exists(self) -> None:
        """Forget selected layers and pinned neurons that are gone, and what the pointer was on."""
        known = {card.id: card.units for card in self.scene.cards}
        self.hovered = Nothing()
        if self.pinned and self.pinned[1] >= known.get(self.pinned[0], 0):
            self.pinned = None
        if self._previewed is None:
            self.set_selection(self.selection)
        self.emit_focus()

    def _recolour(self) -> None:
        self._painter.set_theme()

    def _see_experiment(self) -> None:
        """Show the document's network; a drag that was meant for another one is called off."""
        if self.gesture is not None:
            self.mouse.end(finish=False)
        self.refresh()

    def _begin_anew(self) -> None:
        self._first_units, self.snapshot, self.pinned = {}, None, None
        self.view_changed.emit({})
        self._painter.colour_tiles()
        self.fit()

    # --- cards on their way to their places ---

    def _ways(self, before: Layout, camera: Camera) -> dict[str, QPointF]:
        """How far each card is from where it stood on the screen; a card that is held has no way to go."""
        ways = {}
        for card in before.cards:
            now = self.scene.card(card.id)
            if now is not None and (self._held is None or self._held[0] != card.id):
                ways[card.id] = self.camera.to_world(camera.to_screen(card.rect.center())) - now.rect.center()
        return ways if self.isVisible() else {}

    def _place_cards(self) -> None:
        """Lay out with every card as far from its place as it is now."""
        assert self._plan is not None
        offsets = self._slide.offsets()
        if self._held is not None:
            layer_id, corner = self._held
            rest = arrange(self._plan).card(layer_id)
            if rest is not None:
                offsets[layer_id] = corner - rest.rect.topLeft()
        self.scene = arrange(replace(self._plan, offsets=offsets))
        self._painter.forget()

    # --- looking ---

    def look(self, camera: Camera, fitted: bool = False) -> None:
        """Look at the network this way; a `fitted` view stays so when the network or the window changes."""
        self._fitted = fitted
        if camera != self.camera:
            self.camera = camera
            self._painter.forget()

    def fit(self) -> None:
        """Show all of the network."""
        self.look(Camera.fitting(self.scene.bounds, QSizeF(self.size())), fitted=True)

    def shift(self, by: QPointF) -> None:
        """Shift what is visible for a moment: a fitted view is fitted again by `settle`."""
        self.look(self.camera.moved(by), self._fitted)

    def settle(self) -> None:
        """Show all of the network again, if that was so."""
        if self._fitted:
            self.fit()

    def actual_size(self) -> None:
        """Show the network at 100 %."""
        self.look(Camera.centred(self.scene.bounds, QSizeF(self.size()), 1.0))

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Go nearer or farther, around a point of the view or its middle."""
        self.look(self.camera.zoomed(factor, around or QPointF(self.rect().center())))

    def scroll(self, layer_id: str, rows: int) -> bool:
        """Scroll a layer that has hidden neurons; False for any other."""
        card = self.scene.card(layer_id)
        if card is None or not card.hidden:
            return False
        first = min(max(card.first_unit + rows, 0), card.hidden)
        if first != card.first_unit:
            self._first_units[layer_id] = first
            self.refresh()
            self.view_changed.emit(dict(self._first_units))
        return True

    def tile_rect(self, layer_id: str, unit: int) -> QRectF | None:
        """Where a neuron is; None when it is out of sight."""
        card = self.scene.card(layer_id)
        return next((tile.rect for tile in card.tiles if tile.unit == unit), None) if card else None

    def point_of(self, target: Edge | Neuron | Bias) -> QPointF:
        """Where something is on the screen: the middle of an edge, or beside the neuron it leads into."""
        rect = self.tile_rect(target.layer_id, target.unit)
        point = rect.center() if rect else QPointF()
        if isinstance(target, Edge):
            lines = self.scene.line(target.layer_id, target.unit, target.source)
            point = middle(lines) if lines else point - QPointF(TILE / 2, 0)
        return self.camera.to_screen(point)

    # --- selecting and focusing ---

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select these layers."""
        wanted = set(ids)
        selection = tuple(card.id for card in self.scene.cards if card.id in wanted)
        if selection != self.selection:
            self.selection = selection
            self._painter.forget()
            chosen = [card for card in self.scene.cards if card.id in selection]
            words = ", ".join(f"{card.title}: {card.subtitle}" for card in chosen)
            self.say(words)
            self.selection_changed.emit(selection)

    def pin(self, place: Place | None) -> None:
        """Keep a neuron in the output panel; None lets go."""
        self.pinned = place
        self.update()
        self.emit_focus()

    def hover(self, target: Target) -> None:
        """The pointer is on this now."""
        if target != self.hovered:
            self.hovered = target
            self.update()
            self.emit_focus()

    def say(self, words: str) -> None:
        """Tell assistive technology what the keys have come to."""
        self.setAccessibleDescription(words)
        if words and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def emit_focus(self) -> None:
        """Tell which neuron the output panel shows, when it is another one."""
        focus = self.pinned
        if isinstance(self.hovered, (Neuron, Bias)):
            focus = (self.hovered.layer_id, self.hovered.unit)
        if focus != self._focus:
            self._focus = focus
            self.focus_changed.emit(focus)

    # --- events ---

    def event(self, event: QEvent) -> bool:
        """Take pinching, tool tips and the keys that would otherwise be shortcuts of the window."""
        if isinstance(event, QNativeGestureEvent):
            return self.mouse.pinched(event)
        if event.type() == QEvent.Type.ShortcutOverride and self._keys.wants(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip:
            self.mouse.show_tool_tip(event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the canvas."""
        with QPainter(self) as painter:
            self._painter.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted network fitted."""
        self._slide.stop()
        self.refresh(slide=False)
        self.settle()
        self._painter.forget()

    def changeEvent(self, event: QEvent) -> None:
        """Take over another font."""
        if event.type() == QEvent.Type.FontChange:
            self._painter.set_theme()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a gesture."""
        self.mouse.pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or see what is under the pointer."""
        self.mouse.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a gesture."""
        self.mouse.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click of two as another click, and rename on a title."""
        self.mouse.double_clicked(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.hover(Nothing())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll the layer under the pointer, or what is visible."""
        self.mouse.wheel_turned(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the thing under the pointer, or with the selection."""
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        pop_up(context_menu(self, self.mouse.target_for_menu(event, by_keys)), self, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for."""
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End a key that is held down."""
        self._keys.released(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from layer to layer, and leaves the canvas at the last."""
        return self._keys.tab(forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring when the keyboard brought the focus."""
        self.focus_by_keys = event.reason() in BY_TAB
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take away the ring, and the card that keys led to."""
        super().focusOutEvent(event)
        if event.reason() in BY_TAB:
            self.hover(Nothing())
        self.update()
