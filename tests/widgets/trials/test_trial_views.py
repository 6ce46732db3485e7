from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from widgets.figures import files as export
from widgets.pages.search.views import TrialViews
from widgets.plots.trials.best import BestSoFarPlot
from widgets.plots.trials.contour import ContourPlot
from widgets.plots.trials.curves import AllTrialsPlot
from widgets.plots.trials.importance import ImportanceBars
from widgets.plots.trials.parallel import ParallelPlot
from widgets.plots.trials.pareto import ParetoPlot
from widgets.plots.trials.slice import SlicePlot
from widgets.plots.trials.trial_columns import TrialColumns

VIEWS = [AllTrialsPlot, BestSoFarPlot, ContourPlot, ParallelPlot, ParetoPlot, SlicePlot]


@pytest.fixture
def several(made):
    return made("ddpdfr", [0.5, 0.2, 0.9, 0.3, 0.4, 0.8], seconds=[1, 9, 3, 2, 1, 1])


@pytest.fixture(params=VIEWS, ids=lambda view: view.__name__)
def view(request, show):
    return show(request.param())


def lit(widget, background=None):
    """How many pixels differ from the picture before."""
    image = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).copy()
    return pixels if background is None else int((pixels != background).sum())


def test_a_view_without_trials_is_calm(view):
    view.show_trials(TrialColumns())
    view.grab()
    assert export.to_csv(view)


def test_a_view_shows_trials_and_writes_them_to_every_kind_of_file(view, several):
    empty = lit(view)
    view.show_trials(several)
    assert lit(view, empty) > 100
    assert export.to_svg(view).count(b"<") > 20
    assert len(export.to_csv(view).splitlines()) > 3


def test_right_goes_from_trial_to_trial_and_tells_of_it(qtbot, show, several):
    view = show(BestSoFarPlot())
    view.show_trials(several)
    view.setFocus()
    told = []
    view.trial_pointed.connect(told.append)
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert told == [0, 1, 3]
    assert "Trial 3" in view.accessibleDescription()
    assert "0.3" in view.accessibleDescription()


def test_enter_opens_the_trial_that_is_pointed_at(qtbot, show, several):
    view = show(SlicePlot())
    view.show_trials(several)
    view.point_to(3)
    with qtbot.waitSignal(view.trial_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [3]


def test_the_pointer_finds_the_curve_that_passes_nearest(qtbot, show, several):
    view = show(AllTrialsPlot())
    view.show_trials(several)
    grid = view.grid()
    x, y = grid.places(several.epochs[2:3], several.curves[3, 2:3].astype(float))[0]
    qtbot.mouseMove(view, QPoint(round(x), round(y)))
    assert view.pointed == 3


def test_the_pointer_finds_the_dot_of_a_trial(qtbot, show, several):
    view = show(ParetoPlot())
    view.show_trials(several)
    place = view.spot(1)
    qtbot.mouseMove(view, place.toPoint())
    assert view.pointed == 1
    qtbot.mouseMove(view, QPoint(2, 2))
    assert view.pointed is None


def test_curves_that_were_drawn_stay_and_new_ones_come_to_them(show, made):
    view = show(AllTrialsPlot())
    first = made("dd", [0.5, 0.2])
    view.show_trials(first)
    view.grab()
    assert view._ended.drawn == 2
    more = replace(made("ddp", [0.5, 0.2, 0.3]), origin=first.origin)
    drawn = []
    usual = view._draw
    view._draw = lambda painter, grid, rows: (drawn.extend(rows.tolist()), usual(painter, grid, rows))
    view.show_trials(more)
    view.grab()
    assert drawn == [2]


def test_another_search_is_drawn_from_its_first_trial(show, made):
    view = show(AllTrialsPlot())
    view.show_trials(made("ddd", [0.5, 0.2, 0.3]))
    view.grab()
    view.show_trials(made("d", [0.5], origin="another"))
    view.grab()
    assert view._ended.drawn == 1


def test_one_wild_curve_does_not_press_the_others_down(show, made):
    view = show(AllTrialsPlot())
    view.show_trials(made("d" * 100, [0.5] * 99 + [1e30]))
    assert view.grid().y.high <= 1


# --- parallel coordinates -----------------------------------------------------------------------------


@pytest.fixture
def parallel(show, made):
    view = show(ParallelPlot())
    view.show_trials(made("dddd", [0.5, 0.2, 0.9, 0.3], rates=[1e-1, 1e-2, 1e-3, 1e-4]))
    return view


def drag(qtbot, view, axis, low, high):
    x = round(float(view.laid.lefts(view.area)[axis]))
    at = [QPoint(x, round(view.area.bottom() - share * view.area.height())) for share in (low, high)]
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at[0])
    qtbot.mouseMove(view, at[1])
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at[1])


def test_dragging_along_an_axis_chooses_the_trials_within(qtbot, parallel):
    chosen = []
    parallel.rows_chosen.connect(chosen.append)
    drag(qtbot, parallel, 0, 0.5, 1.0)
    assert chosen[-1].tolist() == [0, 1]


def test_choosing_on_two_axes_takes_what_is_within_both(qtbot, parallel):
    drag(qtbot, parallel, 0, 0.5, 1.0)
    drag(qtbot, parallel, 2, 0.0, 0.1)
    assert parallel.chosen().tolist() == [1]


def test_a_click_on_an_axis_chooses_all_of_it_again(qtbot, parallel):
    drag(qtbot, parallel, 0, 0.5, 1.0)
    drag(qtbot, parallel, 0, 0.7, 0.7)
    assert parallel.chosen() is None


def test_keys_choose_along_an_axis_too(qtbot, parallel):
    parallel.setFocus()
    qtbot.keyClick(parallel, Qt.Key.Key_Right)
    qtbot.keyClick(parallel, Qt.Key.Key_Right)
    for _ in range(10):
        qtbot.keyClick(parallel, Qt.Key.Key_Down)
    assert sorted(parallel.chosen().tolist()) == [0, 1, 3]
    qtbot.keyClick(parallel, Qt.Key.Key_Delete)
    assert parallel.chosen() is None


def test_what_is_chosen_stays_while_trials_come(qtbot, parallel, made):
    drag(qtbot, parallel, 2, 0.0, 0.2)
    parallel.show_trials(made("ddddd", [0.5, 0.2, 0.9, 0.3, 0.21], rates=[1e-1, 1e-2, 1e-3, 1e-4, 1e-2]))
    assert sorted(parallel.chosen().tolist()) == [1, 3, 4]


# --- slices, contours, importance -----------------------------------------------------------------------


def test_a_slice_shows_the_setting_it_is_told_and_choices_in_their_lanes(show, several):
    view = show(SlicePlot())
    view.show_trials(several)
    view.show_setting("activation")
    across, _ = view.points()
    lanes = several.settings[1].values[several.done]
    assert (np.abs(across - lanes) <= 0.25).all()


def test_two_settings_of_a_contour_are_never_the_same(show, several):
    view = show(ContourPlot())
    view.show_trials(several)
    view.show_settings("rate", "rate")
    assert [each.place for each in view.pair] == ["rate", "activation"]


def test_the_bars_say_what_matters_most_first_and_choose_by_keys(qtbot, show):
    bars = show(ImportanceBars())
    bars.show_shares({"units": 0.2, "rate": 0.7}, {"units": "Neurons", "rate": "Learning rate"})
    assert bars.accessibleDescription() == "Learning rate 70 %, Neurons 20 %"
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(bars.setting_chosen) as chosen:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert chosen.args == ["units"]


def test_without_its_ground_a_view_is_clear_where_nothing_is_drawn(view, several, show):
    view.show_trials(several)
    bars = show(ImportanceBars())
    for each in (view, bars):
        clear = export.to_image(each, 1, ground=False)
        assert clear.pixelColor(clear.width() - 1, clear.height() - 1).alpha() == 0


def test_before_any_trial_there_is_no_setting_to_choose(show, several):
    views = show(TrialViews(), 900, 600)
    assert not views.across.isVisible()
    assert not views.upwards.isVisible()
    views.settings.tabs[2].click()
    assert not views.across.isVisible(), "there is none yet"
    views.show_trials(several)
    assert views.across.isVisible()
    assert views.upwards.isVisible()
