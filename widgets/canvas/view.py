"""The network on the screen: holds the state of the view, in step with the document, and paints it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
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
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from playground.training.snapshot import Snapshot
from widgets.canvas import actions, announcing, interfaces, keys, outline, pointer, sweeps
from widgets.canvas.commands import Commands
from widgets.canvas.figure import NetworkFigure
from widgets.canvas.handles import Tree
from widgets.canvas.lamps import Ailments
from widgets.canvas.manners import MANNERS, words
from widgets.canvas.openings import Openings
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.parts import NOTHING, Place, Target
from widgets.canvas.stage import Stage
from widgets.canvas.state import Action, Reply, Sweep, ViewState
from widgets.document import Document
from widgets.gesture import new_gesture
from widgets.motion import motion
from widgets.rest import Rest, follows_on
from widgets.theme import themes

PAUSE = 30
"""Milliseconds between two pictures while training runs, at least."""
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
GIVEN_BACK = (
    Qt.FocusReason.OtherFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
"""The focus was elsewhere for a while, in a field or a menu, and keys lead as far as they did before."""


class NetworkView(QWidget):
    """Shows the document's network and lets it be edited.

    What is seen and done is one frozen `state`; keys, pointer and actions answer to it, and only `take` puts
    another in its place.
    """

    selection_changed = Signal(tuple)
    focus_changed = Signal(object)
    weight_edited = Signal(str, int, int, float)
    view_changed = Signal(object)
    message = Signal(str)
    asked_after = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.commands = Commands(document, self)
        self.state = ViewState(document.experiment, size=QSizeF(self.size()))
        self._focus: Place | None = None
        self._stage = Stage(self)
        self._openings = Openings(document, self, self.act)
        self._painter = CanvasPainter(self.font())
        self.figure = NetworkFigure(self.tr("Network"), lambda: self.state, self.font())
        """What a file shows of it."""
        self._rest = Rest(self.update, PAUSE, self)
        self._sweeping = QTimer(self)
        self._sweeping.timeout.connect(lambda: self.take(sweeps.run_on(self.state)))
        self.tree = Tree(self)
        interfaces.install()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Network"))
        document.changed.connect(self._see_experiment)
        document.opened.connect(self._begin_anew)
        self.commands.refused.connect(self.message)
        self.commands.placed.connect(self.set_selection)
        self._stage.moved.connect(self._place_cards)
        self._openings.message.connect(self.message)
        self._openings.weight_typed.connect(self.weight_edited)
        self._openings.name_typed.connect(self.commands.rename)
        themes.changed.connect(self._recolour)
        self._lay_out(slide=False)

    # --- what is done ---

    def act(self, do: Action, target: Target = NOTHING) -> bool:
        """Have something done to a target, and say whether it meant anything."""
        return self.take(do(self.state.with_(gesture=new_gesture()), target))

    def take(self, answer: Reply) -> bool:
        """Become what the answer says, and do what else it asks for; False where it was to nothing."""
        self._become(answer.state)
        if answer.edit is not None:
            self._edit(answer.edit, answer.stay)
        if answer.weight is not None:
            self.weight_edited.emit(*answer.weight)
        if answer.opens is not None:
            what, target = answer.opens
            self._openings.open(what, self.state, target)
        if answer.look_at is not None:
            self._look_at(answer.look_at)
        if answer.asks_after is not None:
            self.asked_after.emit(answer.asks_after)
        if answer.message:
            self.message.emit(answer.message)
        return answer.taken

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select these layers."""
        self._become(self.state.selecting(ids))

    def show_snapshot(self, snapshot: Snapshot) -> bool:
        """Show this state of training; while that runs, as often as painting leaves time for it.

        Whether it is painted now.
        """
        follows = follows_on(self.state.snapshot, snapshot)
        self._become(self.state.with_(snapshot=snapshot), paints=False)
        return self._rest.ask(at_once=not follows)

    def show_ailments(self, ailments: Ailments | None) -> None:
        """Show which layers are not well."""
        self._become(self.state.with_(ailments=ailments))

    def _become(self, state: ViewState, *, slide: bool = True, paints: bool = True) -> None:
        """Put a state in the place of the present one, and let everything follow that it changes."""
        before, self.state = self.state, state
        if state is before:
            return
        if (
            state.preview is not before.preview
            or state.first_units is not before.first_units
            or state.unrolled != before.unrolled
        ):
            self._lay_out(slide=slide)
        elif state.over_sample != before.over_sample or state.size != before.size:
            self._lay_out(slide=False)
        if state.held != before.held:
            self._place_cards()
        if self.cursor().shape() != self._cursor():
            self.setCursor(self._cursor())
        if state.sweep is not before.sweep:
            self._sweep_on()
        if paints:
            self.update()
        self._tell(before)

    def _sweep_on(self) -> None:
        """Move the window over a map for as long as it runs."""
        if self.state.sweep is Sweep.RUNS:
            self._sweeping.start(motion.pause(sweeps.pause_between(self.state)))
        else:
            self._sweeping.stop()

    def _tell(self, before: ViewState) -> None:
        """Tell the window, and assistive technology, what is another than before."""
        state = self.state
        if state.first_units is not before.first_units:
            self.view_changed.emit(dict(state.first_units))
        if state.selection != before.selection:
            announcing.say(self, announcing.selection_described(state))
            self.selection_changed.emit(state.selection)
        if state.by_keys and state.spot not in (None, before.spot):
            announcing.say(self, announcing.window_described(state))
        if state.focus != self._focus:
            self._focus = state.focus
            self.focus_changed.emit(state.focus)
        announcing.follow(self.tree, before)

    def _cursor(self) -> Qt.CursorShape:
        if self.state.drag is not None:
            return self.state.drag.cursor
        return MANNERS[self.state.hovered.role].cursor

    def _edit(self, edit: Callable[[Commands], object], stay: Target | None) -> None:
        """Change the document; a button that was clicked stays under the pointer, though its card grows."""
        anchor = (stay, self.state.point_of(stay)) if stay is not None else None
        self.state = self.state.with_(anchor=anchor)
        edit(self.commands)
        self.state = self.state.with_(anchor=None)

    def _look_at(self, target: Target) -> None:
        """Go to something by keys, and describe it aloud."""
        self._become(self.state.with_(pointer=self.state.point_of(target), hovered=target))
        announcing.say(self, announcing.look_described(self.state, target))

    # --- the document and its layout ---

    def _see_experiment(self) -> None:
        """Show the document's network; a drag that was meant for another one is called off."""
        if self.state.drag is not None:
            self.take(pointer.ended(self.state, finish=False))
        before = self.state
        self.state = before.with_(experiment=self.document.experiment)
        self._lay_out()
        self._tell(before)

    def _begin_anew(self) -> None:
        state = self.state.with_(first_units={}, snapshot=None, pinned=None, spot=None, sweep=Sweep.OFF)
        state = state.with_(unrolled=frozenset())
        # no card slides to its place, or the whole would be fitted as it is on the way there
        self._become(state.with_(experiment=self.document.experiment), slide=False)
        self._become(self.state.fitting())
        announcing.begin_anew(self.tree)

    def _recolour(self) -> None:
        self._painter = CanvasPainter(self.font())
        self.update()

    def _lay_out(self, *, slide: bool = True) -> None:
        """Lay the network out anew, when anything about it has changed; cards `slide` to their new places."""
        state = self._stage.arranged(self.state, seen=self.isVisible(), slide=slide)
        if state is self.state:
            return
        self.state = self._looking(state, self.state.hovered)
        self.update()

    def _looking(self, state: ViewState, before: Target) -> ViewState:
        """Looking at what is under the mouse now, or with keys at the same thing as before."""
        if state.drag is None and state.by_keys and outline.there(state, before):
            return state.with_(hovered=before, pointer=state.point_of(before))
        if state.drag is None and not state.by_keys and self.underMouse():
            return state.with_(hovered=state.target(state.pointer))
        return state

    def _place_cards(self) -> None:
        self.state = self._stage.placed(self.state)
        self.update()

    # --- events ---

    def event(self, event: QEvent) -> bool:
        """Take pinching, tool tips and the keys that would otherwise be shortcuts of the window."""
        if isinstance(event, QNativeGestureEvent):
            zooms = event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
            return zooms and self.take(pointer.pinched(self.state, event.position(), event.value()))
        if event.type() == QEvent.Type.ShortcutOverride and keys.wants(
            self.state, event.key(), event.modifiers()
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip:
            tip = words(MANNERS[self.state.target(QPointF(event.pos())).role].tip)
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the canvas."""
        begun = perf_counter()
        with QPainter(self) as painter:
            ring = self.hasFocus() and self.state.by_keys
            self._painter.paint(painter, self.state, ring=ring, info=not self._openings.typing)
        self._rest.took(perf_counter() - begun)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted network fitted."""
        self._stage.settle()
        self._become(self.state.with_(size=QSizeF(self.size())))
        self._become(self.state.settled())

    def changeEvent(self, event: QEvent) -> None:
        """Take over another font."""
        if event.type() == QEvent.Type.FontChange:
            self._recolour()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self.take(pointer.pressed(self.state, event.position(), event.button(), event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or see what is under the pointer."""
        self.take(pointer.moved(self.state, event.position(), QApplication.startDragDistance()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        self.take(pointer.released(self.state, event.position(), event.button()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click of two as another click, and rename on a title."""
        self.take(pointer.double_clicked(self.state, event.position(), event.button(), event.modifiers()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        spot = self.state.spot if self.state.sweep is not Sweep.OFF else None
        self._become(self.state.with_(hovered=NOTHING, spot=spot))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll the layer under the pointer, or what is visible."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.take(pointer.wheel_turned(self.state, event.position(), QPointF(event.angleDelta()), control))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the thing under the pointer, or with the selection."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.act(actions.open_menu_there)
        else:
            self.take(pointer.menu_opened(self.state, QPointF(event.pos())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for."""
        if not self.take(keys.pressed(self.state, event.key(), event.modifiers(), event.isAutoRepeat())):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End a key that is held down; the window gets a space bar that was not used here."""
        answer = keys.released(self.state, event.key(), event.isAutoRepeat())
        self.take(answer)
        if answer.hands_on:
            press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, event.modifiers(), " ")
            QCoreApplication.sendEvent(self.parentWidget() or self.window(), press)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from layer to layer, and leaves the canvas at the last."""
        return self.take(keys.tab(self.state, forward)) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring when the keyboard brought the focus."""
        reason = event.reason()
        by_keys = self.state.by_keys if reason in GIVEN_BACK else reason in BY_TAB
        self._become(self.state.with_(by_keys=by_keys))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take away the ring, and the card that keys led to."""
        super().focusOutEvent(event)
        if event.reason() in BY_TAB:
            self._become(self.state.with_(hovered=NOTHING))
        announcing.follow(self.tree, self.state)
        self.update()
