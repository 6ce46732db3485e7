"""What opens over the canvas: menus, and the fields in which a number or a name is typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QMenu, QWidget

from widgets.canvas.menus import Act, activation_menu, context_menu, pop_up
from widgets.canvas.parts import Target
from widgets.canvas.state import Opening, ViewState
from widgets.canvas.value_editor import InPlaceEditor, name_editor, typed_number, value_editor
from widgets.document import Document


class Openings(QObject):
    """Opens them over a view; what is open goes when the document changes, as what it is about may be gone.

    Signals:
        weight_typed: layer id, neuron, which of its inputs (−1: the bias), and the number.
        name_typed: layer id, and the name.
        message: why something that was typed could not be taken.
    """

    weight_typed = Signal(str, int, int, float)
    name_typed = Signal(str, str)
    message = Signal(str)

    def __init__(self, document: Document, view: QWidget, act: Act) -> None:
        super().__init__(view)
        self._view, self._act, self._changed = view, act, document.changed

    @property
    def typing(self) -> bool:
        """Whether a field is open."""
        return any(field.isVisible() for field in self._view.findChildren(InPlaceEditor))

    def open(self, what: Opening, state: ViewState, target: Target) -> None:
        """Open what an answer asks for."""
        match what:
            case Opening.MENU:
                self._pop_up(context_menu(self._view, state, target, self._act), state)
            case Opening.ACTIVATIONS:
                self._offer_activations(state, target.layer_id)
            case Opening.VALUE:
                self._type_value(state, target)
            case Opening.NAME:
                self._type_name(state, target.layer_id)

    def _offer_activations(self, state: ViewState, layer_id: str) -> None:
        menu = activation_menu(self._view, state, layer_id, self._act)
        if menu is not None:
            self._pop_up(menu, state)

    def _pop_up(self, menu: QMenu, state: ViewState) -> None:
        """Open a menu at the pointer, or where that is nearest to in the view."""
        at = QPointF(
            min(max(state.pointer.x(), 0), state.size.width() - 1),
            min(max(state.pointer.y(), 0), state.size.height() - 1),
        )
        pop_up(menu, self._view.mapToGlobal(at.toPoint()), self._changed)

    def _type_value(self, state: ViewState, target: Target) -> None:
        if (editor := value_editor(self._view, state, target)) is not None:
            place = (target.layer_id, target.unit, target.source)
            editor.entered.connect(lambda text: self.weight_typed.emit(*place, typed_number(text)))
            editor.left.connect(self.message)
            self._changed.connect(editor.put_away)

    def _type_name(self, state: ViewState, layer_id: str) -> None:
        if (editor := name_editor(self._view, state, layer_id)) is not None:
            editor.entered.connect(lambda text: self.name_typed.emit(layer_id, text))
            self._changed.connect(editor.put_away)
