import numpy as np
import pytest

from widgets.colouring import Diverging
from widgets.plots.map_content import MapContent
from widgets.refining import refine
from widgets.theme import DARK

AXIS = np.linspace(-6, 6, 13)
X, Y = np.meshgrid(AXIS, AXIS)


def content(*outputs, **more):
    return MapContent(np.stack(outputs).astype(np.float32), Diverging(-6, 6), **more)


@pytest.mark.parametrize("place", [(-6, -6), (6, 6), (0.25, -3.1), (5.99, 0.01), (-2, 4)])
def test_values_between_the_grid_points_are_linear(place):
    x, y = place

    assert content(X, 2 * Y).values_at(x, y) == pytest.approx([x, 2 * y], abs=1e-5)


def test_a_place_outside_has_the_value_of_the_edge():
    assert content(X).values_at(100, 0) == pytest.approx([6])


def test_a_finer_grid_has_the_same_values_and_those_between():
    fine = refine(np.stack([X, Y]).astype(np.float32), 3)

    assert fine.shape == (2, 37, 37)
    assert fine[:, ::3, ::3] == pytest.approx(np.stack([X, Y]))
    assert fine[0, 0] == pytest.approx(np.linspace(-6, 6, 37), abs=1e-5)


def test_the_picture_begins_with_the_highest_row():
    pixels = content(Y).pixels(DARK, discretize=True)

    assert f"{pixels[0, 0] & 0xFFFFFF:06x}" == DARK.positive[1:]
    assert f"{pixels[-1, 0] & 0xFFFFFF:06x}" == DARK.negative[1:]


def test_the_columns_are_the_places_and_the_outputs():
    columns = content(X, X + Y, names=("a", "b")).columns()

    assert list(columns) == ["x₁", "x₂", "a", "b"]
    assert columns["b"] == pytest.approx(columns["x₁"] + columns["x₂"])
    assert len(columns["a"]) == 169
