"""The menus of the canvas, drawn from the table of gestures, and what is chosen from lists in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPoint, SignalInstance
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from playground.engine import edits
from playground.engine.activations import Activation
from playground.engine.graph import INPUT
from playground.engine.layers import ActivationLayer, TiedDense
from widgets import icons
from widgets.canvas import gestures
from widgets.canvas.commands import Commands
from widgets.canvas.kinds import axes_of, layer_groups
from widgets.canvas.manners import words
from widgets.canvas.parts import Role, Target
from widgets.canvas.state import Action, Reply, ViewState
from widgets.gesture import TRIAL
from widgets.sentences import said

Act = Callable[[Action, Target], object]
"""Has something done to a target."""


def context_menu(parent: QWidget, state: ViewState, target: Target, act: Act) -> QMenu:
    """What can be done with a target: its entries of the table, and below them lists to choose from."""
    menu = _menu(parent)
    lists = {
        group: list(inner) for group, inner in groupby(_lists(menu, state, target, act), lambda it: it[0])
    }
    rest = _menu(menu, _tr("More"))
    found = {
        group: list(inner)
        for group, inner in groupby(gestures.entries(state, target), lambda pair: pair[1].group)
    }
    for group in sorted({*found, *lists}):
        if menu.actions() and group in APART:
            menu.addSeparator()
        for gesture, entry in found.get(group, ()):
            key = gestures.shown_key(gesture)
            text = f"{words(entry.text)}\t{key}" if key else words(entry.text)
            into = rest if state.plain and not entry.basic else menu
            action = into.addAction(icons.icon(entry.icon), text)
            action.triggered.connect(partial(_do, act, gesture.do, target))
            action.setEnabled(entry.enabled(state, target))
        for _, inner, icon in lists.get(group, ()):
            inner.setIcon(icons.icon(icon))
            (rest if state.plain and group == CONNECTIONS else menu).addMenu(inner)
    if rest.actions():
        menu.addMenu(rest)
    return menu


CONNECTIONS = 4
"""The group of skip connections."""

APART = (2, 5, 6)
"""Groups that a line stands before."""


def activation_menu(parent: QWidget, state: ViewState, layer_id: str, act: Act) -> QMenu | None:
    """Every activation, the layer's own marked; None for a layer without."""
    card = state.scene.card(layer_id)
    chosen = getattr(card.layer, "activation", None) if card else None
    if chosen is None:
        return None
    menu = _menu(parent, _tr("Activation"))
    for kind in Activation.members():
        do = partial(_set_activation, layer_id, kind)
        _choice(menu, said(kind), type(chosen) is kind, do, act).setToolTip(said(kind, "help"))
    menu.addSeparator()
    trials = menu.addMenu(_tr("Try it both ways"))
    for kind in Activation.members():
        if type(chosen) is not kind:
            do = partial(_set_activation, layer_id, kind, gesture=TRIAL)
            trials.addAction(said(kind)).triggered.connect(partial(_do, act, do, None))
    return menu


def _lists(parent: QWidget, state: ViewState, target: Target, act: Act):
    """Menus in the menu of a target: (group, menu, icon)."""
    if target.role is Role.CANVAS:
        yield 2, _kinds_menu(parent, state, act), "plus"
    if not target.on_card:
        return
    layer_id = target.layer_id
    if (activations := activation_menu(parent, state, layer_id, act)) is not None:
        yield 2, activations, ActivationLayer.icon
    card = state.scene.card(layer_id)
    if card is not None and isinstance(card.layer, TiedDense):
        yield 2, _tie_menu(parent, state, card.layer, act), "link"
    if (to := _connect_menu(parent, state, layer_id, act)).actions():
        yield 4, to, "link"
    if (off := _disconnect_menu(parent, state, layer_id, act)).actions():
        yield 4, off, "cut"


def _kinds_menu(parent: QWidget, state: ViewState, act: Act) -> QMenu:
    """Every kind of layer; those that the data has no use for in menus of their own."""
    menu, axes = _menu(parent, _tr("Add layer")), axes_of(state.experiment)
    for place, (title, kinds) in enumerate(layer_groups(axes)):
        inner = menu if place < (2 if axes else 1) else menu.addMenu(title)
        for kind in kinds:
            do = partial(_edit, lambda commands, kind=kind: commands.append(kind))
            inner.addAction(icons.icon(kind.icon), said(kind)).triggered.connect(partial(_do, act, do, None))
        menu.addSeparator()
    return menu


def _tie_menu(parent: QWidget, state: ViewState, layer: TiedDense, act: Act) -> QMenu:
    """The dense layers that a tied one could turn around, its own marked."""
    menu = _menu(parent, _tr("Weights of"))
    for owner in edits.tieable(state.network, layer.id):
        do = partial(_edit, lambda commands, owner=owner: commands.tie(layer.id, owner))
        _choice(menu, _title(state, owner), owner == layer.of, do, act)
    menu.setEnabled(bool(menu.actions()))
    return menu


def _connect_menu(parent: QWidget, state: ViewState, layer_id: str, act: Act) -> QMenu:
    """Skip connections from a layer to those behind the next."""
    menu = _menu(parent, _tr("Connect to"))
    start = -1 if layer_id == INPUT else state.network.index(layer_id)
    for card in state.scene.cards:
        if card.position > start + 1:
            do = partial(_edit, lambda commands, to=card.id: commands.connect_layers(layer_id, to))
            menu.addAction(card.title).triggered.connect(partial(_do, act, do, None))
    return menu


def _disconnect_menu(parent: QWidget, state: ViewState, layer_id: str, act: Act) -> QMenu:
    """The skip connections into a layer."""
    menu = _menu(parent, _tr("Disconnect from"))
    for skip in state.scene.skips:
        if skip.target_id == layer_id:
            do = partial(_edit, lambda commands, by=skip.source_id: commands.disconnect_layers(by, layer_id))
            menu.addAction(_title(state, skip.source_id)).triggered.connect(partial(_do, act, do, None))
    return menu


def _title(state: ViewState, layer_id: str) -> str:
    card = state.scene.card(layer_id)
    return card.title if card else ""


def _choice(menu: QMenu, text: str, chosen: bool, do: Action, act: Act):
    """One of several, of which one is marked."""
    group = menu.findChild(QActionGroup) or QActionGroup(menu)
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    action.triggered.connect(partial(_do, act, do, None))
    group.addAction(action)
    return action


def _set_activation(
    layer_id: str, kind: type[Activation], state: ViewState, target: Target, gesture: int = -1
) -> Reply:
    return Reply(state, edit=lambda commands: commands.set_activation(layer_id, kind, gesture))


def _edit(edit: Callable[[Commands], object], state: ViewState, target: Target) -> Reply:
    return Reply(state, edit=edit)


def _do(act: Act, do: Action, target: Target | None, checked: bool = False) -> None:
    act(do, target or Target(Role.CANVAS))


def _menu(parent: QWidget, title: str = "") -> QMenu:
    menu = QMenu(title, parent)
    menu.setToolTipsVisible(True)
    return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasMenus", text)


def pop_up(menu: QMenu, at: QPoint, closing: SignalInstance) -> None:
    """Open a menu at a point of the screen; it goes after use, and when what it is about may be gone."""
    menu.aboutToHide.connect(menu.deleteLater)
    closing.connect(menu.close)
    menu.popup(at)
