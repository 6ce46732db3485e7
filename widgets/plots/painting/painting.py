"""Painting: whether points are painted, with which tool and brush, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.data.datasets.painted import MOST_POINTS, Painted, can_become
from playground.numbers.writing import whole
from widgets.document import Document
from widgets.plots.painting.brush import Place, PointBrush, nearest
from widgets.plots.painting.draft import Draft
from widgets.plots.painting.strokes import Choose, Draw, Erase, Move, Stroke

GRIP = 0.25
"""How near to a point of the plane the pointer has to be to take hold of it."""


class Tool(Enum):
    """What the pointer does."""

    DRAW = "draw"
    ERASE = "erase"
    CHOOSE = "choose"


class Painting(QObject):
    """Paints the points of a document.

    Signals:
        turned: it was turned on or off.
        changed: tool, brush, class, points or choice are others.
        said: a sentence on what was done, or why nothing was.
    """

    turned = Signal(bool)
    changed = Signal()
    said = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.draft = Draft(document, self)
        self.tool, self.brush = Tool.DRAW, PointBrush()
        self.class_number, self.value = 0, 1.0
        self.stroke: Stroke | None = None
        self.draft.changed.connect(self.changed)
        self.draft.replaced.connect(self._leave_stroke)
        document.opened.connect(self._leave)

    # --- on and off -------------------------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Whether points are painted."""
        return self.draft.points is not None

    @property
    def points(self) -> Painted:
        """What is painted, while it is on."""
        assert self.draft.points is not None
        return self.draft.points

    @property
    def offered(self) -> bool:
        """Whether the document's samples are points that can be painted."""
        return can_become(self.document.experiment.data.dataset)

    def start(self) -> None:
        """Begin, with the samples that there are; a sentence says where that cannot be."""
        if self.on:
            return
        if not self.draft.open():
            self.said.emit(self.tr("Points are painted on the plane of x₁ and x₂; choose such a dataset."))
            return
        self._fit_class()
        self.turned.emit(True)

    def stop(self) -> None:
        """Leave off."""
        if self.on:
            self.release()
            self._leave()

    def _leave(self) -> None:
        if self.on:
            self.stroke = None
            self.draft.close()
            self.turned.emit(False)

    def toggle(self) -> None:
        """Begin or leave off."""
        (self.stop if self.on else self.start)()

    # --- settings ---------------------------------------------------------------------------------------

    @property
    def target(self) -> float:
        """The class or value of new points."""
        return self.class_number if self.points.names else self.value

    def set(self, **settings: Any) -> None:
        """Another tool, brush, class_number or value."""
        for name, value in settings.items():
            setattr(self, name, value)
        self.changed.emit()

    # --- the pointer ------------------------------------------------------------------------------------

    def press(self, place: Place, keeps: bool = False) -> None:
        """Begin a stroke; `keeps` chosen what is chosen."""
        self.stroke = self._stroke_of[self.tool](place, keeps)
        if self.stroke is not None:
            self.stroke.to(place)

    def move(self, place: Place) -> None:
        """Go on with the stroke."""
        if self.stroke is not None:
            self.stroke.to(place)

    def release(self) -> None:
        """End the stroke."""
        if self.stroke is not None:
            self.stroke = None
            self.draft.finish()
            self.changed.emit()

    def abandon(self) -> None:
        """End the stroke as if it had never been."""
        self.stroke = None
        self.draft.abandon()
        self.changed.emit()

    @property
    def _stroke_of(self) -> dict[Tool, Callable[[Place, bool], Stroke | None]]:
        return {Tool.DRAW: self._draw, Tool.ERASE: self._erase, Tool.CHOOSE: self._choose}

    def _draw(self, place: Place, _keeps: bool) -> Stroke | None:
        if self.points.count >= MOST_POINTS:
            self.said.emit(
                self.tr("There are {count} points, as many as can be.").format(count=whole(MOST_POINTS))
            )
            return None
        self.draft.begin(self.tr("Paint points"))
        return Draw(self.draft, place, self.brush, self.target)

    def _erase(self, place: Place, _keeps: bool) -> Stroke:
        self.draft.begin(self.tr("Erase points"))
        return Erase(self.draft, place, self.brush)

    def _choose(self, place: Place, keeps: bool) -> Stroke:
        found = nearest(self.points.places, place, GRIP)
        if not found.any():
            return Choose(self.draft, place, keeps)
        if not (found & self.draft.chosen).any():
            self.draft.choose(found | self.draft.chosen if keeps else found)
        self.draft.begin(self.tr("Move points"))
        return Move(self.draft, place)

    def _leave_stroke(self) -> None:
        """The points are others than were being painted: what is under way belongs to those before."""
        self.stroke = None
        if not self.on:
            self.turned.emit(False)
        else:
            self._fit_class()
            self.changed.emit()

    def _fit_class(self) -> None:
        self.class_number = min(self.class_number, max(len(self.points.names) - 1, 0))
