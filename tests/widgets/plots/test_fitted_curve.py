import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from widgets.plots.curves import Curve
from widgets.plots.drawn_points import class_lanes
from widgets.plots.fitted_curve import FittedCurve
from widgets.plots.points import Points

X = np.linspace(-6, 6, 25)


@pytest.fixture
def curve(show):
    curve = show(FittedCurve("Output"), 320, 300)
    curve.show_fit("x", (-6.0, 6.0), X[None], [Curve("value", X / 6, "#ffffff")])
    return curve


def test_the_axis_is_the_domain(curve):
    assert curve.canvas.getViewBox().viewRange()[0] == [-6, 6]
    assert curve.columns()["x"] == pytest.approx(X)


def test_the_axes_hold_the_samples(curve):
    training = Points(np.array([[0.0, 3.0]]), ["#3b8fd9"])
    test = Points(np.array([[1.0, -2.0]]), ["#f39237"])

    curve.show_points(training, test)

    bottom, top = curve.canvas.getViewBox().viewRange()[1]
    assert bottom <= -2
    assert top >= 3


def test_samples_without_a_logarithm_stand_on_the_lane_of_a_log_axis(curve):
    curve.show_points(Points(np.array([[0.0, 10.0], [1.0, -2.0]]), ["#3b8fd9"] * 2), Points())

    curve.set_logarithmic(True)

    assert curve.canvas.getViewBox().viewRange()[1][1] == pytest.approx(1, abs=0.1)
    assert curve._dots.getData()[1] == pytest.approx([1, curve.canvas.lane])
    assert not curve.grab().isNull()


def test_the_place_that_is_pointed_at_is_told(qtbot, curve):
    with qtbot.waitSignal(curve.probed):
        qtbot.mouseMove(curve.canvas.viewport(), QPoint(160, 100))

    ((x,), (value,)) = curve.probe, curve.probed_values()
    assert -6 <= x <= 6
    assert value == pytest.approx(x / 6)


def test_arrow_keys_move_the_place(qtbot, curve):
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    qtbot.keyClick(curve, Qt.Key.Key_Left)

    assert curve.probe == pytest.approx((5.5,))


def test_classes_on_a_line_lie_on_lanes_of_their_own_with_names(curve):
    lanes = class_lanes(("A", "B", "C"), 0.0)
    heights = [height for height, _ in lanes]
    training = Points(np.column_stack([[0.0, 1.0, 2.0], heights]), ["#3b8fd9", "#f39237", "#57c785"])

    curve.show_points(training, Points(), lanes)

    assert curve._dots.getData()[1].tolist() == heights
    assert len(set(heights)) == 3
    assert max(heights) < 0
    ((*ticks,),) = curve.canvas.getAxis("left")._tickLevels
    named = {text: height for height, text in ticks if height < 0}
    assert named == {"A": heights[0], "B": heights[1], "C": heights[2]}
    curve.show_points(Points(), Points())
    assert curve.canvas.names == ()
