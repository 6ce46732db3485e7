"""The canvas as the window sees it: the palette of layers above, the network below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from playground.engine.layers import Layer
from playground.training.snapshot import Snapshot
from widgets import icons
from widgets.canvas import actions, gestures, pointer
from widgets.canvas.drags import DropFromPalette
from widgets.canvas.info import neuron_name
from widgets.canvas.kinds import axes_of
from widgets.canvas.lamps import Ailments
from widgets.canvas.palette import Palette
from widgets.canvas.parts import MapValue
from widgets.canvas.state import Action, Reply
from widgets.canvas.sweeps import slide_somewhere
from widgets.canvas.view import NetworkView
from widgets.canvas.windows import has_windows
from widgets.document import Document
from widgets.incoming import Incoming
from widgets.theme import current, themes

ALWAYS = {
    "paste": actions.paste,
    "select_all": actions.select_all,
    "zoom_in": actions.zoom_in,
    "zoom_out": actions.zoom_out,
    "fit": actions.fit,
    "actual_size": actions.actual_size,
}
"""What actions of the window do to the network and to how it is seen."""

ON_SELECTED = {
    "cut": actions.cut,
    "copy": actions.copy,
    "duplicate": actions.duplicate,
    "delete": actions.remove,
    "rename": actions.rename,
}
"""The same, of those that do nothing without a selected layer."""


class NetworkCanvas(QWidget):
    """Shows and edits the document's network.

    Signals:
        selection_changed: ids of the layers that are selected, a tuple.
        focus_changed: the neuron hovered or pinned, (layer id or "input", number), or None.
        weight_edited: layer id, neuron, which of its inputs (−1: the bias), and the number typed.
        view_changed: the first visible neuron of each layer that was scrolled, by layer id.
        message: a sentence for the status bar.
        brought: a file or a link was pasted.
        asked_after: the lamp of a layer was clicked; its id, or "input".
    """

    selection_changed = Signal(tuple)
    focus_changed = Signal(object)
    weight_edited = Signal(str, int, int, float)
    view_changed = Signal(object)
    message = Signal(str)
    brought = Signal(Incoming)
    asked_after = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.palette_row = Palette()
        self.view = NetworkView(document)
        self._buttons = [
            self._button("window", self.tr("Slide the window over a map, or hold it (W)"), slide_somewhere),
            self._button("zoom_out", self.tr("Zoom out (Ctrl+−)"), actions.zoom_out),
            self._button("zoom_in", self.tr("Zoom in (Ctrl++)"), actions.zoom_in),
            self._button("zoom_fit", self.tr("Fit the network into view (F)"), actions.fit),
        ]
        top = QHBoxLayout()
        top.setContentsMargins(4, 2, 0, 2)
        top.setSpacing(0)
        top.addWidget(self.palette_row, 1)
        for _, button in self._buttons:
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        for name in ("selection_changed", "focus_changed", "weight_edited", "view_changed", "asked_after"):
            getattr(self.view, name).connect(getattr(self, name))
        self.view.message.connect(self.message)
        self.view.commands.brought.connect(self.brought)
        self.palette_row.chosen.connect(self._append)
        self.palette_row.dragged.connect(self._drag)
        self.palette_row.dropped.connect(partial(self._drop, True))
        self.palette_row.cancelled.connect(partial(self._drop, False))
        document.changed.connect(lambda experiment: self.palette_row.suit(axes_of(experiment)))
        self.palette_row.suit(axes_of(document.experiment))
        self.slides = self._buttons[0][1]
        self.slides.hide()
        document.changed.connect(self._offer_window)
        themes.changed.connect(self._recolour)
        self._recolour()
        self.setFocusProxy(self.view)

    # --- what the window calls ---

    def name_of(self, place: tuple[str, int]) -> str:
        """What people call a neuron, or an input: "Dense 2 · neuron 3"."""
        card = self.view.state.scene.card(place[0])
        return neuron_name(card, place[1]) if card else ""

    def keys(self) -> dict[str, str]:
        """The keys of the canvas that no action has, and what they do."""
        return gestures.sheet()

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the selected layers."""
        return self.view.state.selection

    def show_snapshot(self, snapshot: Snapshot) -> bool:
        """Show this state of training; whether it is painted now, and not in a while."""
        paints = self.view.show_snapshot(snapshot)
        self._offer_window()
        return paints

    def show_ailments(self, ailments: Ailments | None) -> None:
        """Show which layers are not well; None before anybody has looked."""
        self.view.show_ailments(ailments)

    def simplify(self, on: bool) -> None:
        """Offer fewer layers in the row, and less in menus; or all again."""
        self.palette_row.simplify(on)
        self.view.take(Reply(self.view.state.with_(plain=on)))

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select these layers."""
        self.view.set_selection(ids)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their names."""
        always = {name: partial(self._act, do) for name, do in ALWAYS.items()}
        return always | {name: partial(self._act_on_selected, do) for name, do in ON_SELECTED.items()}

    def look_at(self, row: int, column: int) -> None:
        """Show what makes a value of the map that is pinned."""
        state = self.view.state
        if state.pinned is not None:
            self.view.take(Reply(state.with_(kept=MapValue(*state.pinned, row, column))))

    def fit(self) -> None:
        """Show all of the network."""
        self._act(actions.fit)

    def _act(self, do: Action) -> None:
        self.view.act(do, gestures.key_target(self.view.state))

    def _act_on_selected(self, do: Action) -> None:
        if self.selection:
            self._act(do)

    def _offer_window(self) -> None:
        """Show the button that slides a window where there is a map to slide it over."""
        if (there := has_windows(self.view.state)) is self.slides.isHidden():
            self.slides.setVisible(there)

    # --- palette ---

    def _append(self, kind: type[Layer]) -> None:
        self.view.commands.append(kind)

    def _drag(self, kind: type[Layer], at: QPointF) -> None:
        state, here = self.view.state, self.view.mapFromGlobal(at)
        drag = state.drag or DropFromPalette.begun(state, here, kind)
        self.view.take(Reply(drag.moved(state, here)))

    def _drop(self, finish: bool) -> None:
        if isinstance(self.view.state.drag, DropFromPalette):
            self.view.take(pointer.ended(self.view.state, finish))
            self.view.setFocus(Qt.FocusReason.MouseFocusReason)

    # --- looks ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rounded panel."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(current().canvas))
            painter.drawRoundedRect(self.rect(), 7, 7)

    def _button(self, icon: str, tip: str, do: Action) -> tuple[str, QToolButton]:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._act(do))
        return icon, button

    def _recolour(self) -> None:
        for icon, button in self._buttons:
            button.setIcon(icons.icon(icon, current().muted))
        self.update()
