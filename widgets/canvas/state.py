"""How the canvas is seen at one moment, one frozen value, and the answers that pointer and keys give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from enum import Enum
from typing import Any, ClassVar

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from playground.engine.graph import Architecture
from playground.experiment import Experiment
from playground.record import record
from playground.training.snapshot import LayerSnapshot, Snapshot, State
from widgets.canvas.brush import Brush
from widgets.canvas.camera import Camera
from widgets.canvas.cards import Card
from widgets.canvas.commands import Commands
from widgets.canvas.hit import target_at
from widgets.canvas.lamps import Ailments
from widgets.canvas.layout import Layout
from widgets.canvas.parts import NOTHING, MapValue, Place, Role, Target
from widgets.canvas.sizes import TILE
from widgets.canvas.wires import middle


@record
class Press:
    """A button of the mouse that is held down, and may become a click or a drag."""

    at: QPointF
    target: Target
    extends: bool
    """Whether it adds to what is selected."""


class SpaceKey(Enum):
    """What the space bar is doing."""

    UP = "up"
    HELD = "held"
    PANNED = "panned"
    """It is held, and was used to shift what is visible."""


class Sweep(Enum):
    """What the window over a map is doing."""

    OFF = "off"
    HELD = "held"
    """Keys move it."""
    RUNS = "runs"
    """It goes from value to value by itself."""


@record(eq=False)
class ViewState:
    """What is seen, and what the person is doing with it.

    Attributes:
        experiment: the document's.
        scene: where everything is; `camera` says what of it is visible in a view of this `size`, and `fitted`
            whether that stays so when network or view change.
        snapshot: the newest state of training, None before the first.
        selection: ids of the selected layers, in the order of the network; "input" counts as one.
        hovered: what is under the pointer, or is looked at by keys.
        by_keys: whether keys were used after the mouse was pressed last.
        pinned: the neuron that stays in the output panel.
        spot: the value of a map that is pointed at, or that the window is over in a `sweep`.
        kept: the value that was clicked, and is shown while its tile is pinned.
        pointer: where the pointer is, or what is looked at by keys.
        press, drag: the button that is held down, and what is being dragged.
        preview: the network that is shown while it is not the document's, with a card `held` at a corner.
        unrolled: the recurrent layers that are seen step by step.
        first_units: the uppermost neuron of each layer that was scrolled.
        banner: what is wrong with the network as a whole.
        gesture: the number of the key press under way, which undoes its edits together.
        ailments: what is wrong with which layers; None before anybody has looked.
        plain: whether menus show what beginners need first, and the rest in a menu of its own.
        anchor: what stays at a point of the screen through the edit under way, whatever else moves.
    """

    experiment: Experiment
    scene: Layout = field(default_factory=lambda: Layout(()))
    size: QSizeF = field(default_factory=QSizeF)
    camera: Camera = field(default_factory=Camera)
    fitted: bool = True
    snapshot: Snapshot | None = None
    selection: tuple[str, ...] = ()
    hovered: Target = NOTHING
    by_keys: bool = False
    pinned: Place | None = None
    spot: MapValue | None = None
    kept: MapValue | None = None
    sweep: Sweep = Sweep.OFF
    pointer: QPointF = field(default_factory=QPointF)
    press: Press | None = None
    drag: Drag | None = None
    preview: Architecture | None = None
    held: tuple[str, QPointF] | None = None
    first_units: Mapping[str, int] = field(default_factory=dict)
    unrolled: frozenset[str] = frozenset()
    banner: str = ""
    space_bar: SpaceKey = SpaceKey.UP
    gesture: int = -1
    anchor: tuple[Target, QPointF] | None = None
    ailments: Ailments | None = None
    plain: bool = False

    def with_(self, **changes: Any) -> ViewState:
        """The same but for these."""
        return replace(self, **changes)

    # --- what there is ---

    @property
    def network(self) -> Architecture:
        """The document's network."""
        return self.experiment.network

    @property
    def centre(self) -> QPointF:
        """The middle of the view."""
        return QPointF(self.size.width() / 2, self.size.height() / 2)

    @property
    def over_sample(self) -> bool:
        """Whether tiles show one sample."""
        return self.snapshot is not None and self.snapshot.data.chosen is not None

    @property
    def learning(self) -> bool:
        """Whether training is under way."""
        shown = self.snapshot
        return shown is not None and shown.state is State.RUNNING and shown.step > 0

    @property
    def focus(self) -> Place | None:
        """The neuron that the output panel shows."""
        return self.hovered.place or self.pinned

    def layer(self, layer_id: str) -> LayerSnapshot | None:
        """What training has come to in a layer."""
        return self.snapshot.layers.get(layer_id) if self.snapshot else None

    def card_under(self, at: QPointF) -> Card | None:
        """The card at a point of the view."""
        world = self.camera.to_world(at)
        return next((card for card in self.scene.cards if card.rect.contains(world)), None)

    def target(self, at: QPointF) -> Target:
        """What is at a point of the view."""
        return target_at(self.scene, self.camera.to_world(at), self.camera.zoom)

    def area(self, target: Target) -> QRectF | None:
        """Where a part of a card is in the layout; None when it is out of sight."""
        card = self.scene.card(target.layer_id)
        if card is None:
            return None
        unit = target.unit if card.part(target.role, target.unit) else -1
        return card.area(target.role, unit)

    def tile_rect(self, layer_id: str, unit: int) -> QRectF | None:
        """Where a neuron is; None when it is out of sight."""
        return self.area(Target(Role.TILE, layer_id, unit))

    def point_of(self, target: Target) -> QPointF:
        """Where something is in the view: the middle of an edge, or beside the neuron it leads into."""
        if target == NOTHING:
            return self.centre
        rect = self.tile_rect(target.layer_id, target.unit) or self.area(target)
        point = rect.center() if rect else QPointF()
        if target.role is Role.EDGE:
            lines = self.scene.line(target.layer_id, target.unit, target.source)
            point = middle(lines) if lines else point - QPointF(TILE / 2, 0)
        return self.camera.to_screen(point)

    # --- what it can become ---

    def selecting(self, ids: Iterable[str]) -> ViewState:
        """With these layers selected, as far as they exist."""
        wanted = set(ids)
        return self.with_(selection=tuple(card.id for card in self.scene.cards if card.id in wanted))

    def looking(self, camera: Camera) -> ViewState:
        """Looked at in this way, and no longer fitted."""
        return self.with_(camera=camera, fitted=False)

    def fitting(self) -> ViewState:
        """With all of the network in sight, whatever happens to it."""
        return self.with_(camera=Camera.fitting(self.scene.bounds, self.size), fitted=True)

    def anchored(self) -> ViewState:
        """With what is to stay at its point of the screen there, under the pointer."""
        if self.anchor is None:
            return self
        target, point = self.anchor
        return self.with_(camera=self.camera.moved(point - self.point_of(target)), hovered=target)

    def settled(self) -> ViewState:
        """With all of the network in sight again, if that was so."""
        return self.fitting() if self.fitted else self

    def scrolled(self, layer_id: str, rows: int) -> ViewState:
        """With a layer scrolled as far as it goes; the same where nothing is hidden."""
        card = self.scene.card(layer_id)
        if card is None or not card.hidden:
            return self
        first = min(max(card.first_unit + rows, 0), card.hidden)
        return (
            self
            if first == card.first_unit
            else self.with_(first_units={**self.first_units, layer_id: first})
        )

    def revealing(self, layer_id: str, unit: int) -> ViewState:
        """With a layer scrolled so far that a neuron is in sight."""
        card = self.scene.card(layer_id)
        if card is None or not card.tiles:
            return self
        above, below = unit - card.first_unit, unit - card.tiles[-1].unit
        return self.scrolled(layer_id, above if above < 0 else max(below, 0))


class Opening(Enum):
    """What can open over the canvas."""

    VALUE = "value"
    """A field for the number of a weight or a bias."""
    NAME = "name"
    ACTIVATIONS = "activations"
    """The menu of activations."""
    MENU = "menu"
    """The menu of all that can be done."""


@record(eq=False)
class Reply:
    """What comes of something that a person did: a new state, and what is to happen beside it.

    `edit` changes the document, and what it is about can be made to `stay` under the pointer; `weight` is a
    number for a weight (layer, neuron, input, value); `opens` a field or a menu about a target; `look_at`
    something to go to and to describe aloud; `message` a sentence for the status bar; `asks_after` a layer
    whose diagnosis is to be shown; `hands_on` says that the window gets the space bar, and `taken` is False
    where the key or the wheel meant nothing here.
    """

    state: ViewState
    edit: Callable[[Commands], object] | None = None
    stay: Target | None = None
    weight: tuple[str, int, int, float] | None = None
    opens: tuple[Opening, Target] | None = None
    look_at: Target | None = None
    message: str = ""
    asks_after: str | None = None
    hands_on: bool = False
    taken: bool = True


Action = Callable[[ViewState, Target], Reply]
"""Something that can be done to a target."""


@record
class Drag:
    """Something that is done by dragging, from `start` to where the pointer is `at`, both in the view.

    It shows what it would do, and ends as one edit.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.ClosedHandCursor

    start: QPointF
    at: QPointF

    def moved(self, state: ViewState, at: QPointF) -> ViewState:
        """The pointer is here now."""
        return state.with_(drag=replace(self, at=at))

    def finished(self, state: ViewState) -> Reply:
        """The button was released: do it, in a state without the drag."""
        return Reply(state)

    def cancelled(self, state: ViewState) -> ViewState:
        """Esc was pressed: all is as it was."""
        return state

    def paint(self, painter: QPainter, state: ViewState, brush: Brush) -> None:
        """Show what would come of it."""
