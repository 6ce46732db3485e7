"""Thousands of samples are drawn from a few small pictures, and look as if each was drawn by itself."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.plots import points
from widgets.plots.points import Points, paint_points
from widgets.quick import alone, joined

COLOURS = ["#f39237", "#3b8fd9", "#2a9d4f"]


@pytest.fixture
def drawn(qapp, monkeypatch):
    """How often a point was drawn by itself."""
    calls = []
    for name in ("_draw_dot", "_draw_ring"):
        draw = getattr(points, name)
        monkeypatch.setattr(
            points, name, lambda *given, draw=draw, name=name: (calls.append(name), draw(*given))
        )
    return calls


def painted(places, colours, filled, quick):
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#404040"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_points(painter, Points(places, colours), lambda pixels: pixels, filled, quick)
    return image


@pytest.mark.parametrize("filled", [True, False])
def test_a_thousand_points_need_as_many_drawings_as_colours(drawn, filled):
    places = np.random.default_rng(1).uniform(20, 280, (1000, 2))
    painted(places, [COLOURS[place % 3] for place in range(1000)], filled, quick=True)
    assert len(drawn) == 3


def test_a_file_has_each_point_where_it_is(drawn):
    places = np.random.default_rng(1).uniform(20, 280, (500, 2))
    painted(places, [COLOURS[0]] * 500, True, quick=False)
    assert len(drawn) == 500


def test_each_point_has_its_colour_and_the_last_lies_on_top(drawn):
    grid = np.stack(np.meshgrid(np.arange(10.5, 290, 14), np.arange(10.5, 290, 14)), axis=-1).reshape(-1, 2)
    below = [COLOURS[place % 2] for place in range(len(grid))]
    above = [COLOURS[2]] * 5
    image = painted(np.concatenate([grid, grid[:5]]), below + above, True, quick=True)
    seen = [image.pixelColor(int(x), int(y)).name() for x, y in grid]
    assert seen == above + below[5:]


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("quick", [True, False])
def test_classes_differ_in_shape_as_well_as_in_colour(qapp, monkeypatch, filled, quick):
    monkeypatch.setattr(points, "MANY", 1)
    place = np.array([[150.0, 150.0]])
    seen = []
    for shape in range(len(points.SHAPES)):
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(QColor("#404040"))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_points(painter, Points(place, COLOURS[:1], [shape]), lambda pixels: pixels, filled, quick)
        seen.append(image.copy(140, 140, 21, 21))
    ground = QColor("#404040").rgb()
    inked = [sum(one.pixel(x, y) != ground for x in range(21) for y in range(21)) for one in seen]
    assert max(inked) < 2 * min(inked), "none is seen better than another"
    assert all(first != second for first, second in combinations(seen, 2))


def test_lines_lead_from_each_place_to_the_next_but_not_over_gaps():
    nan = np.nan
    places = np.array([[0, 0], [1, 2], [2, nan], [3, 4], [4, nan], [5, 6], [6, 7]])
    assert joined(places).tolist() == [[0, 0, 1, 2], [5, 6, 6, 7]]
    assert alone(places).tolist() == [[3, 4]]
    curves = np.array([[[0, 0], [1, 1]], [[5, 5], [6, 6]]], float)
    assert joined(curves).tolist() == [[0, 0, 1, 1], [5, 5, 6, 6]]
