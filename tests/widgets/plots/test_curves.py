import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from widgets.figures import files as export
from widgets.plots.curves import Curve, CurvePlot, thinned

X = np.arange(101.0)
FALLING = Curve("training", 1.0 - X / 200, "#4a9ae2")
LOW = Curve("test", np.full(101, 0.25), "#f39237")


@pytest.fixture
def plot(show):
    plot = show(CurvePlot("Loss", "epoch"))
    plot.show_curves(X, [FALLING, LOW])
    return plot


def place(plot, x, y):
    """Where a point of the plot is drawn."""
    return plot.canvas.getViewBox().mapViewToScene(QPointF(x, y)).toPoint()


def hover(qtbot, plot, x, y=0.5):
    QCoreApplication.processEvents()  # the axes are laid out
    qtbot.mouseMove(plot.canvas.viewport(), QPoint(1, 1))  # a pointer that stays where it was is not told
    qtbot.mouseMove(plot.canvas.viewport(), place(plot, x, y))


def read_out(plot):
    label = plot.pointer.label
    return label.text() if label.isVisible() else ""


def test_hovering_reads_out_every_curve_at_the_nearest_place(qtbot, plot):
    hover(qtbot, plot, 40.3)

    assert "epoch 40<" in read_out(plot)
    assert "0.8" in read_out(plot)
    assert "0.25" in read_out(plot)


def test_the_read_out_lists_curves_as_they_lie(qtbot, plot):
    hover(qtbot, plot, 10)

    assert read_out(plot).index("training") < read_out(plot).index("test")


def test_the_read_out_stays_inside(qtbot, plot):
    for x in (1, 50, 99):
        hover(qtbot, plot, x)

        assert plot.canvas.rect().contains(plot.pointer.label.geometry())


def test_the_read_out_goes_beside_the_axes(qtbot, plot):
    hover(qtbot, plot, 40)

    qtbot.mouseMove(plot.canvas.viewport(), QPoint(2, 2))

    assert read_out(plot) == ""


def test_arrow_keys_read_out_from_the_last_place_on(qtbot, plot):
    plot.setFocus()

    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert "epoch 100<" in read_out(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Left)

    assert "epoch 98<" in read_out(plot)


def test_the_read_out_follows_new_values(qtbot, plot):
    hover(qtbot, plot, 40)

    plot.show_curves(X, [Curve("training", np.full(101, 0.125), "#4a9ae2")])

    assert "0.125" in read_out(plot)
    assert "test" not in read_out(plot)


def test_the_axes_hold_all_values(plot):
    (left, right), (bottom, top) = plot.canvas.getViewBox().viewRange()

    assert left == 0
    assert right >= 100
    assert bottom <= 0
    assert top >= 1


def test_the_log_axis_is_chosen_in_the_menu(plot):
    (action,) = [action for action in plot.menu.actions() if action.text() == "Log axis"]

    action.trigger()

    assert plot.scale.logarithmic
    assert place(plot, 0, -1).y() > place(plot, 0, 0).y()
    assert plot.canvas.getViewBox().viewRange()[1] == pytest.approx([-1, 0], abs=0.05)


ZERO_AT_FIRST = Curve("gradient", np.where(X < 50, 0.0, 0.01), "#57c785")


def labels(plot):
    """What stands at the y axis, from below."""
    ((*ticks,),) = plot.canvas.getAxis("left")._tickLevels
    return [text for _, text in sorted(ticks)]


def painted(plot, x, y, colour, reach=3):
    """Whether something of a colour is drawn at a place."""
    QCoreApplication.processEvents()
    picture, at = plot.canvas.grab().toImage(), place(plot, x, y)
    wanted = QColor(colour)
    around = [
        (at.x() + dx, at.y() + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)
    ]
    found = [picture.pixelColor(*spot) for spot in around]
    return any(
        sum(abs(a - b) for a, b in zip(pixel.getRgb(), wanted.getRgb(), strict=True)) < 90 for pixel in found
    )


def test_on_a_log_axis_zero_is_a_gap_with_ticks_on_a_lane_that_says_so(plot):
    plot.set_logarithmic(True)

    plot.show_curves(X, [ZERO_AT_FIRST])

    assert labels(plot)[0] == "≤ 0"
    assert painted(plot, 20, plot.canvas.lane, "#57c785")
    assert not painted(plot, 80, plot.canvas.lane, "#57c785")
    assert painted(plot, 80, -2, "#57c785")


def test_a_curve_is_not_drawn_across_a_gap(plot):
    plot.set_logarithmic(True)

    plot.show_curves(X, [Curve("gradient", np.where((X > 30) & (X < 70), -1.0, 0.01), "#57c785")])

    assert painted(plot, 20, -2, "#57c785")
    assert not painted(plot, 50, -2, "#57c785")
    assert painted(plot, 50, plot.canvas.lane, "#57c785")


def test_a_log_axis_of_positive_values_has_no_lane(plot):
    plot.set_logarithmic(True)
    assert "≤ 0" not in labels(plot)
    plot.show_curves(X, [ZERO_AT_FIRST])
    plot.set_logarithmic(False)
    assert "≤ 0" not in labels(plot)


def test_what_has_no_logarithm_is_read_out_all_the_same(qtbot, plot):
    plot.set_logarithmic(True)

    plot.show_curves(X, [ZERO_AT_FIRST, Curve("other", np.where(X < 50, -3.5, 0.01), "#f39237")])
    hover(qtbot, plot, 20, -2)

    assert "epoch 20<" in read_out(plot)
    assert "gradient</td><td align='right'>0<" in read_out(plot)
    assert "other</td><td align='right'>−3.5" in read_out(plot)


def test_a_curve_without_any_logarithm_is_all_lane(plot):
    plot.set_logarithmic(True)

    plot.show_curves(X, [Curve("gradient", np.zeros(101), "#57c785")])

    assert labels(plot)[0] == "≤ 0"
    assert painted(plot, 20, plot.canvas.lane, "#57c785")


def test_what_is_too_small_for_the_axis_lies_at_its_end_and_not_on_the_lane(plot):
    plot.set_logarithmic(True)

    plot.show_curves(X, [Curve("gradient", np.where(X < 50, 1e-30, 1.0), "#57c785"), ZERO_AT_FIRST])

    assert painted(plot, 20, plot.canvas.bottom, "#57c785", reach=1)


def test_what_was_not_measured_is_a_gap_on_any_axis(plot):
    values = np.where((X > 30) & (X < 70), np.nan, 0.5)

    plot.show_curves(X, [Curve("training", values, "#57c785")])

    assert painted(plot, 20, 0.5, "#57c785")
    assert not painted(plot, 50, 0.5, "#57c785")


def test_a_value_alone_between_gaps_is_seen(plot):
    plot.show_curves(X, [Curve("training", np.where(X == 50, 0.5, np.nan), "#57c785")])

    assert painted(plot, 50, 0.5, "#57c785")


def test_a_saved_figure_has_the_lane_too(plot):
    plot.set_logarithmic(True)
    plot.show_curves(X, [ZERO_AT_FIRST])
    QCoreApplication.processEvents()

    picture = export.to_image(plot, 1)

    at = plot.canvas.mapTo(plot, place(plot, 20, plot.canvas.lane))
    green = [picture.pixelColor(at.x() + dx, at.y()).green() for dx in range(-3, 4)]
    assert max(green) > 150


def test_values_that_are_no_numbers_are_left_out(qtbot, plot):
    values = np.where(X < 90, 2.0, np.nan)
    values[95] = np.inf

    plot.show_curves(X, [Curve("training", values, "#4a9ae2")])

    assert plot.canvas.getViewBox().viewRange()[1][1] == pytest.approx(2, abs=0.05)


def test_a_loss_that_explodes_can_be_drawn(plot):
    plot.show_curves(X, [Curve("training", np.where(X < 90, 1.0, 1.7e308), "#4a9ae2")])
    plot.grab()

    plot.set_logarithmic(True)
    plot.grab()


def test_a_plot_without_data_is_empty(show):
    plot = show(CurvePlot("Loss", "epoch"))

    plot.show_curves(np.empty(0), [Curve("training", np.empty(0), "#4a9ae2")])

    assert plot.columns()["training"].size == 0


def test_the_names_of_the_curves_are_accessible(plot):
    assert plot.legend.accessibleName() == "training, test"
    assert plot.accessibleName() == "Loss"


def test_thinning_keeps_every_peak():
    y = np.zeros(10_001)
    y[[3, 4321, 9_999]] = 7, -5, 9

    x, kept = thinned(np.arange(10_001.0), y, 200)

    assert len(x) < 250
    assert {7, -5, 9} <= set(kept)
    assert (x[0], x[-1]) == (0, 10_000)
    assert (np.diff(x) >= 0).all()


def test_thinning_keeps_gaps_and_the_peaks_beside_them():
    y = np.ones(10_001)
    y[2000:4000] = np.nan
    y[1999] = 9

    x, kept = thinned(np.arange(10_001.0), y, 200)

    assert len(x) < 250
    assert np.isnan(kept[(x > 2100) & (x < 3900)]).all()
    assert np.isfinite(kept[(x < 1900) | (x > 4100)]).all()
    assert 9 in kept


def test_few_points_are_all_drawn():
    x, y = thinned(X, FALLING.values, 200)

    assert x.tolist() == X.tolist()
    assert y.tolist() == FALLING.values.tolist()


def test_of_a_level_piece_the_ends_are_drawn():
    x, y = thinned(np.arange(6.0), np.array([3.0, 1.0, 1.0, 1.0, 1.0, 2.0]), 200)

    assert x.tolist() == [0, 1, 4, 5]
    assert y.tolist() == [3, 1, 1, 2]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_shortest_curves_stay(count):
    x, y = thinned(np.arange(float(count)), np.zeros(count), 200)

    assert len(x) == len(y) == count
