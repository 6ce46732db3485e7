"""The stage: lays the network out when anything about it has changed, and brings cards to their places."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, Signal

from widgets.canvas.layout import Layout, Sketch, arrange
from widgets.canvas.parts import NOTHING
from widgets.canvas.sketches import sketch_of
from widgets.canvas.slide import Slide
from widgets.canvas.state import ViewState


class Stage(QObject):
    """Puts the scene into states of the view: told what there is, it says where everything is.

    Signals:
        moved: cards are on their way, and `placed` finds them elsewhere.
    """

    moved = Signal()

    slide_milliseconds = 150

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sketch: Sketch | None = None
        self._rest = Layout(())
        """The sketch laid out, with every card at its place."""
        self._slide = Slide(self)
        self._slide.moved.connect(self.moved)

    def arranged(self, state: ViewState, *, seen: bool, slide: bool) -> ViewState:
        """The state laid out anew; itself where nothing that is laid out has changed.

        Cards `slide` to their new places, if they are `seen` at all.
        """
        sketch, banner = sketch_of(state)
        if sketch == self._sketch:
            return state
        self._sketch, self._rest, before = sketch, arrange(sketch), state
        state = before.with_(scene=self._rest, banner=banner, hovered=NOTHING)
        if before.fitted and before.drag is None:
            state = state.fitting()
        state = state.anchored()
        known = {card.id: card.units for card in state.scene.cards}
        if state.pinned and state.pinned[1] >= known.get(state.pinned[0], 0):
            state = state.with_(pinned=None)
        if state.preview is None:
            state = state.selecting(state.selection)
        ways = _ways(before, state) if seen else {}
        self._slide.start(ways, self.slide_milliseconds if slide else 0)
        return self.placed(state)

    def placed(self, state: ViewState) -> ViewState:
        """The state with each card as far from its place as it is now; one that is held is in the hand."""
        assert self._sketch is not None
        offsets = self._slide.offsets()
        if state.held is not None:
            layer_id, corner = state.held
            rest = self._rest.card(layer_id)
            if rest is not None:
                offsets[layer_id] = corner - rest.rect.topLeft()
        return state.with_(scene=arrange(replace(self._sketch, offsets=offsets)) if offsets else self._rest)

    def settle(self) -> None:
        """Let all cards be at their places."""
        self._slide.stop()


def _ways(before: ViewState, after: ViewState) -> dict[str, QPointF]:
    """How far each card is from where it stood on the screen; those held or anchored have no way to go."""
    ways: dict[str, QPointF] = {}
    still = {after.held[0] if after.held else "", after.anchor[0].layer_id if after.anchor else ""}
    for card in before.scene.cards:
        now = after.scene.card(card.id)
        if now is not None and card.id not in still:
            seen = after.camera.to_world(before.camera.to_screen(card.rect.center()))
            ways[card.id] = seen - now.rect.center()
    return ways
