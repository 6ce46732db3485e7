"""The menus of the canvas: what can be done with the thing under the pointer, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from playground.engine import edits
from playground.engine.activations import Activation
from playground.engine.graph import INPUT
from playground.engine.layers import ActivationLayer, Layer, TiedDense
from widgets import icons
from widgets.canvas.hit import Bias, Edge, Neuron, OnCard, SkipWire, Target
from widgets.canvas.value_editor import edit_name, edit_value

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView


def layer_kinds() -> tuple[type[Layer], ...]:
    """Every layer there is, the common ones first; among them those with neurons first, merges last."""
    ranks = {kind: (not kind.common, not kind.has_neurons, kind.merges) for kind in Layer.members()}
    return tuple(sorted(ranks, key=lambda kind: ranks[kind]))


def activation_menu(view: NetworkView, layer_id: str) -> QMenu | None:
    """Every activation, the layer's own marked; None for a layer without."""
    card = view.scene.card(layer_id)
    chosen = getattr(card.layer, "activation", None) if card else None
    if chosen is None:
        return None
    menu = _menu(view)
    menu.setTitle(view.tr("Activation"))
    group = QActionGroup(menu)
    for kind in Activation.members():
        action = menu.addAction(kind.title, partial(view.commands.set_activation, layer_id, kind))
        action.setCheckable(True)
        action.setChecked(type(chosen) is kind)
        action.setToolTip(kind.help)
        group.addAction(action)
    return menu


def _tie_menu(view: NetworkView, layer: TiedDense) -> QMenu:
    """The dense layers that a tied one could turn around, its own marked."""
    menu = _menu(view)
    menu.setTitle(view.tr("Weights of"))
    group = QActionGroup(menu)
    for owner in edits.tieable(view.commands.network, layer.id):
        action = menu.addAction(view.commands.name(owner), partial(view.commands.tie, layer.id, owner))
        action.setCheckable(True)
        action.setChecked(owner == layer.of)
        group.addAction(action)
    menu.setEnabled(bool(menu.actions()))
    return menu


def context_menu(view: NetworkView, target: Target) -> QMenu:
    """What can be done with a target."""
    menu = _menu(view)
    add = _Adder(menu)
    match target:
        case Edge(layer_id, unit, source):
            at = view.pointer
            add(view.tr("Edit weight…"), "edit", lambda: edit_value(view, layer_id, unit, source, at))
            zero = partial(view.weight_edited.emit, layer_id, unit, source, 0.0)
            add(view.tr("Cut (weight 0)"), "cut", zero)
        case SkipWire(source_id, target_id):
            cut = partial(view.commands.disconnect_layers, source_id, target_id)
            add(view.tr("Remove connection"), "delete", cut)
        case OnCard(layer_id):
            if isinstance(target, (Neuron, Bias)):
                _about_neuron(view, add, layer_id, target.unit)
            if layer_id == INPUT:
                _connections(view, menu, layer_id)
            else:
                _about_layer(view, menu, add, layer_id)
        case _:
            _about_canvas(view, menu, add)
    return menu


def _about_neuron(view: NetworkView, add: _Adder, layer_id: str, unit: int) -> None:
    pinned = view.pinned == (layer_id, unit)
    text = view.tr("Unpin from output") if pinned else view.tr("Pin to output")
    add(text, "pin", partial(view.pin, None if pinned else (layer_id, unit)))
    if layer_id != INPUT:
        at = view.pointer
        add(view.tr("Edit bias…"), "edit", lambda: edit_value(view, layer_id, unit, -1, at))
    add.menu.addSeparator()


def _about_layer(view: NetworkView, menu: QMenu, add: _Adder, layer_id: str) -> None:
    commands, selected = view.commands, view.selection or (layer_id,)
    card = view.scene.card(layer_id)
    if card is not None and card.fit_link:
        add(view.tr("Fit the output"), "good", commands.fit_output)
    if card is not None and card.minus:
        add(view.tr("One neuron more"), "plus", partial(commands.step, layer_id, 1), "+")
        add(view.tr("One neuron fewer"), "minus", partial(commands.step, layer_id, -1), "−")
    layer = card.layer if card is not None else None
    if (activations := activation_menu(view, layer_id)) is not None:
        _put_into(menu, activations, ActivationLayer.icon)
    if isinstance(layer, TiedDense):
        _put_into(menu, _tie_menu(view, layer), "link")
    if (frozen := getattr(layer, "frozen", None)) is not None:
        text = view.tr("Unfreeze weights") if frozen else view.tr("Freeze weights")
        add(text, "freeze", partial(commands.freeze, selected, not frozen))
    _connections(view, menu, layer_id)
    menu.addSeparator()
    add(view.tr("Rename"), "rename", partial(edit_name, view, layer_id), "F2")
    add(view.tr("Duplicate"), "duplicate", partial(commands.duplicate, selected), "Ctrl+D")
    add(view.tr("Cut"), "cut", partial(commands.cut, selected), "Ctrl+X")
    add(view.tr("Copy"), "copy", partial(commands.copy, selected), "Ctrl+C")
    place = commands.network.index(layer_id) + 1
    add(view.tr("Paste"), "paste", partial(commands.paste, place), "Ctrl+V", commands.can_paste())
    menu.addSeparator()
    only_output = set(selected) == {commands.network.layers[-1].id}
    add(view.tr("Delete"), "delete", partial(commands.remove, selected), "Del", not only_output)


def _put_into(menu: QMenu, inner: QMenu, icon: str) -> None:
    inner.setParent(menu, inner.windowFlags())
    inner.setIcon(icons.icon(icon))
    menu.addMenu(inner)


def _connections(view: NetworkView, menu: QMenu, layer_id: str) -> None:
    """Skip connections from a layer to those behind the next, and the ones into it."""
    network = view.commands.network
    start = -1 if layer_id == INPUT else network.index(layer_id)
    later = [card for card in view.scene.cards if card.position > start + 1]
    if later:
        connect = menu.addMenu(icons.icon("link"), view.tr("Connect to"))
        for card in later:
            connect.addAction(card.title, partial(view.commands.connect_layers, layer_id, card.id))
    arriving = [skip for skip in view.scene.skips if skip.target_id == layer_id]
    if arriving:
        cut = menu.addMenu(icons.icon("cut"), view.tr("Disconnect from"))
        for skip in arriving:
            if (card := view.scene.card(skip.source_id)) is not None:
                cut.addAction(card.title, partial(view.commands.disconnect_layers, skip.source_id, layer_id))


def _about_canvas(view: NetworkView, menu: QMenu, add: _Adder) -> None:
    commands = view.commands
    kinds = menu.addMenu(icons.icon("plus"), view.tr("Add layer"))
    for kind in layer_kinds():
        kinds.addAction(icons.icon(kind.icon), kind.title, partial(commands.append, kind))
    everything = [layer.id for layer in commands.network.layers]
    end = len(everything)
    add(view.tr("Paste"), "paste", partial(commands.paste, end), "Ctrl+V", commands.can_paste())
    add(view.tr("Select all"), "check", partial(view.set_selection, everything), "Ctrl+A")
    menu.addSeparator()
    add(view.tr("Fit"), "zoom_fit", view.fit, "F")
    add(view.tr("Actual size"), "search", view.actual_size, "1")
    add(view.tr("Zoom in"), "zoom_in", partial(view.zoom, 1.2), "Ctrl++")
    add(view.tr("Zoom out"), "zoom_out", partial(view.zoom, 1 / 1.2), "Ctrl+−")


def _menu(view: NetworkView) -> QMenu:
    menu = QMenu(view)
    menu.setToolTipsVisible(True)
    return menu


def pop_up(menu: QMenu, view: NetworkView, at: QPoint) -> None:
    """Open a menu at a point of the screen; it goes after use, and when what it is about may be gone."""
    menu.aboutToHide.connect(menu.deleteLater)
    view.document.changed.connect(menu.close)
    menu.popup(at)


class _Adder:
    """Adds entries to a menu; keys are only shown, as the view handles them itself."""

    def __init__(self, menu: QMenu) -> None:
        self.menu = menu

    def __call__(
        self, text: str, icon: str, do: Callable[[], object], key: str = "", enabled: bool = True
    ) -> None:
        action = self.menu.addAction(icons.icon(icon), f"{text}\t{key}" if key else text)
        action.triggered.connect(lambda: do())
        action.setEnabled(enabled)
