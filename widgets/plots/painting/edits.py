"""What menu and keys do to painted points, each in one step of undo."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.numbers.writing import decimals
from widgets.plots.output_meaning import class_names
from widgets.plots.painting.brush import Place, nearest
from widgets.plots.painting.draft import Chosen
from widgets.plots.painting.painting import Painting
from widgets.sentences import counted

REACH = 0.5
"""How far from the pointer points are meant at most where the brush is small."""


def meant(painting: Painting, place: Place) -> Chosen:
    """The points that are meant at a place: the chosen ones, or those that the brush reaches."""
    if painting.draft.chosen.any():
        return painting.draft.chosen
    places = painting.points.places
    reached: Chosen = np.hypot(*(places - np.array(place)).T) <= painting.brush.radius
    return reached if reached.any() else nearest(places, place, REACH)


def place_one(painting: Painting, place: Place) -> None:
    """Put down a single point."""
    points = painting.points.with_points(np.array([place]), painting.target)
    painting.draft.do(_tr("Paint point"), points)
    x, y = (decimals(round(number, 2)) for number in place)
    words = _tr("{what} at x₁ {x}, x₂ {y}; {points}")
    painting.said.emit(words.format(what=target_text(painting), x=x, y=y, points=count_text(painting)))


def erase(painting: Painting, chosen: Chosen) -> None:
    """Take points away."""
    if chosen.any():
        painting.draft.do(_tr("Erase points"), painting.points.without(chosen))
        painting.said.emit(count_text(painting))


def erase_nearest(painting: Painting, place: Place) -> None:
    """Take the chosen points away, or else the one that is nearest to a place."""
    chosen = painting.draft.chosen
    erase(painting, chosen if chosen.any() else nearest(painting.points.places, place, np.inf))


def give_target(painting: Painting, chosen: Chosen, target: float) -> None:
    """Give points another class or value."""
    text = _tr("Change class") if painting.points.names else _tr("Change value")
    if chosen.any():
        painting.draft.do(text, painting.points.with_target(chosen, target), chosen)


def choose_all(painting: Painting) -> None:
    """Choose every point."""
    painting.draft.choose(np.ones(painting.points.count, bool))


def clear(painting: Painting) -> None:
    """Take all points away."""
    if painting.points.count:
        painting.draft.do(
            _tr("Clear all points"), painting.points.without(np.ones(painting.points.count, bool))
        )


def add_class(painting: Painting) -> None:
    """Have a class more, and paint it."""
    more = painting.points.with_one_class_more()
    painting.draft.do(_tr("Add class"), more)
    painting.set(class_number=len(painting.points.names) - 1)


def remove_class(painting: Painting) -> None:
    """Have the class that is painted no more, nor its points."""
    painting.draft.do(_tr("Remove class"), painting.points.without_class(painting.class_number))
    painting.set(class_number=min(painting.class_number, len(painting.points.names) - 1))


def swap_task(painting: Painting) -> None:
    """Have values in place of classes, or classes in place of values."""
    points = painting.points
    text, other = (
        (_tr("Paint values"), points.by_value) if points.names else (_tr("Paint classes"), points.by_class)
    )
    painting.draft.do(text, other())
    painting.set(class_number=0)


def choose_class(painting: Painting, number: int) -> None:
    """Paint another class, if there is one of this number."""
    if number < len(painting.points.names):
        painting.set(class_number=number)
        painting.said.emit(target_text(painting))


def sheet() -> dict[str, str]:
    """The keys of painting, and what they do."""
    return {
        _tr("Arrow keys, while painting"): _tr("Move the place on the map"),
        _tr("Enter, while painting"): _tr("Paint a point there"),
        _tr("Delete, while painting"): _tr("Erase the selected points, or the nearest"),
        _tr("1 to 8, while painting"): _tr("Choose the class"),
        _tr("Escape, while painting"): _tr("Take the stroke back, or stop painting"),
    }


def target_text(painting: Painting) -> str:
    """The class or value that is painted."""
    if painting.points.names:
        return class_names(painting.points.task)[painting.class_number]
    return decimals(painting.value)


def count_text(painting: Painting) -> str:
    """How many points there are."""
    return counted("{count} point", "{count} points", painting.points.count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Painting", text)
