import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from widgets import theme
from widgets.colouring import ByClass, Diverging
from widgets.plots.decision_map import DecisionMap
from widgets.plots.map_content import MapContent
from widgets.plots.points import Points
from widgets.theme import DARK, OKABE_ITO

AXIS = np.linspace(-6, 6, 49, dtype=np.float32)
X, Y = np.meshgrid(AXIS, AXIS)


@pytest.fixture
def plane(show):
    """A map of x₁ from −6 to 6."""
    widget = show(DecisionMap("Output"), 332, 300)
    widget.show_map(MapContent(X[None], Diverging(-6, 6)))
    return widget


def pixel(widget, x, y):
    """Where a place of the plane is drawn."""
    square = widget.square
    return QPoint(
        round(square.left() + (x + 6) / 12 * square.width()),
        round(square.bottom() - (y + 6) / 12 * square.height()),
    )


def colour(widget, x, y):
    return widget.grab().toImage().pixelColor(pixel(widget, x, y))


def near(one, other):
    return all(abs(a - b) <= 12 for a, b in zip(one.getRgb(), QColor(other).getRgb(), strict=True))


def test_the_map_is_square_and_leaves_room_for_its_bar(plane):
    assert plane.square.width() == plane.square.height() == 300


def test_left_is_orange_and_right_is_blue(plane):
    assert near(colour(plane, -5.9, 3), DARK.negative)
    assert near(colour(plane, 0, 3), DARK.zero)
    assert near(colour(plane, 5.9, 3), DARK.positive)


def test_up_is_up(plane):
    plane.show_map(MapContent(Y[None], Diverging(-6, 6)))

    assert near(colour(plane, 0, -5.9), DARK.negative)
    assert near(colour(plane, 0, 5.9), DARK.positive)


def test_discretized_nothing_is_between(plane):
    plane.set_discretize(True)

    assert near(colour(plane, -0.5, 0), DARK.negative)
    assert near(colour(plane, 0.5, 0), DARK.positive)


def test_each_class_has_its_colour(plane):
    outputs = np.stack([X < -2, (X >= -2) & (X < 2), X >= 2]).astype(np.float32)

    plane.show_map(MapContent(outputs, ByClass(("A", "B", "C")), names=("A", "B", "C")))

    assert [colour(plane, x, 0).name() for x in (-5, 0, 5)] == list(OKABE_ITO[:3])


def test_training_points_are_filled_and_test_points_are_rings(plane):
    plane.show_map(MapContent(np.full((1, 9, 9), -6, np.float32), Diverging(-6, 6)))

    plane.show_points(
        Points(np.array([[-3.0, 0.0]]), [DARK.positive]), Points(np.array([[3.0, 0.0]]), [DARK.positive])
    )

    assert near(colour(plane, -3, 0), DARK.positive)
    assert near(colour(plane, 3, 0), DARK.negative)
    ring = plane.grab().toImage().pixelColor(pixel(plane, 3, 0) + QPoint(3, 0))
    assert not near(ring, DARK.negative)


def test_lines_are_drawn_where_they_are(plane):
    before = colour(plane, 4, -2)

    plane.show_segments(np.array([[4.0, -6.0, 4.0, 6.0]]))

    assert colour(plane, 4, -2).lightness() > before.lightness() + 40
    assert colour(plane, 2, -2) != colour(plane, 4, -2)


def test_the_pointer_tells_its_place_and_the_value_there(qtbot, plane):
    with qtbot.waitSignal(plane.probed) as told:
        qtbot.mouseMove(plane, pixel(plane, 2, -3))

    assert told.args[0] == pytest.approx((2, -3), abs=0.05)
    assert plane.probed_values() == pytest.approx([2], abs=0.05)


def test_the_place_is_forgotten_beside_the_map(qtbot, plane):
    qtbot.mouseMove(plane, pixel(plane, 0, 0))

    qtbot.mouseMove(plane, QPoint(plane.width() - 3, 20))

    assert plane.probe is None
    assert plane.probed_values() is None


def test_arrow_keys_move_the_place(qtbot, plane):
    plane.setFocus()

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(plane, key)

    assert plane.probe == pytest.approx((0.25, 0.5))


def test_keys_do_not_leave_the_map(qtbot, plane):
    for _ in range(30):
        qtbot.keyClick(plane, Qt.Key.Key_Left)

    assert plane.probe == pytest.approx((-6, 0))


def test_without_a_map_a_message_says_why(plane):
    plane.show_map(None, "There is no map.")

    assert near(colour(plane, -5.9, 5), DARK.canvas)
    assert plane.columns() == {}


def test_a_change_of_theme_changes_the_map(plane, qapp):
    theme.apply(qapp, "light")

    assert near(colour(plane, 0, 3), theme.LIGHT.zero)
