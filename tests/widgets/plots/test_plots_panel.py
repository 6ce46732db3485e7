from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from playground.training.snapshot import State
from widgets.plots.plots_panel import PLOTS, PlotsPanel


@pytest.fixture
def panel(show):
    return show(PlotsPanel(), 830, 270)


def click(qtbot, panel, name):
    qtbot.mouseClick(panel.tabs[name], Qt.MouseButton.LeftButton)


def visible(panel):
    return [name for name in PLOTS if name in panel.plots and panel.plots[name].isVisible()]


def places(panel):
    return [panel.plots[name].x() for name in visible(panel)]


def test_loss_and_gradients_are_shown_at_first(panel):
    assert visible(panel) == ["loss", "gradients"] == panel.state()


def test_plots_share_the_width(panel):
    widths = [panel.plots[name].width() for name in visible(panel)]

    assert abs(widths[0] - widths[1]) <= 2


def test_a_tab_shows_a_plot_and_hides_it_again(qtbot, panel):
    click(qtbot, panel, "accuracy")
    assert visible(panel) == ["loss", "accuracy", "gradients"]
    assert places(panel) == sorted(places(panel))

    click(qtbot, panel, "accuracy")
    assert visible(panel) == ["loss", "gradients"]


def test_details_are_asked_for_as_long_as_what_is_taken_for_what_is_shown(qtbot, panel):
    told = []
    panel.details_asked.connect(told.append)
    assert not panel.shows_details

    for name in ("confusion", "accuracy", "confusion"):
        click(qtbot, panel, name)

    assert told == [True, True, False]


def test_a_fourth_plot_takes_the_place_of_the_one_that_was_chosen_first(qtbot, panel):
    click(qtbot, panel, "accuracy")
    click(qtbot, panel, "learning_rate")

    assert visible(panel) == ["accuracy", "gradients", "learning_rate"]
    assert not panel.tabs["loss"].isChecked()


def test_the_last_plot_stays(qtbot, panel):
    click(qtbot, panel, "loss")
    click(qtbot, panel, "gradients")

    assert visible(panel) == ["gradients"]
    assert panel.tabs["gradients"].isChecked()


def test_tabs_work_by_keyboard(qtbot, panel):
    panel.tabs["accuracy"].setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(panel.tabs["accuracy"], Qt.Key.Key_Space)

    assert "accuracy" in visible(panel)


def test_the_shown_plots_are_restored(qtbot, panel, show):
    click(qtbot, panel, "loss")
    click(qtbot, panel, "learning_rate")
    another = show(PlotsPanel())

    another.restore(panel.state())

    assert visible(another) == ["gradients", "learning_rate"]


@pytest.mark.parametrize("state", [[], ["nonsense"]])
def test_a_state_without_a_known_plot_gives_the_usual_ones(panel, state):
    panel.restore(state)

    assert visible(panel) == ["loss", "gradients"]


def test_a_plot_that_is_opened_late_shows_the_history(qtbot, panel, train):
    panel.show_snapshot(train())

    click(qtbot, panel, "accuracy")

    assert panel.plots["accuracy"].columns()["epoch"].size == 6


@pytest.mark.parametrize(("busy", "frames"), [((False,), 6), ((True, False), 8), ((True,), 8)])
def test_while_training_runs_plots_take_turns_and_wait_one_busy_frame(
    panel, train, busy, frames, monkeypatch
):
    drawn = []
    for name, plot in panel.plots.items():
        monkeypatch.setattr(plot, "show_snapshot", lambda _, name=name: drawn.append(name))
    running = replace(train(), state=State.RUNNING)

    for place in range(3 * frames):
        panel.show_snapshot(running, busy=busy[place % len(busy)])

    assert drawn.count("loss") == drawn.count("gradients")
    assert 3 <= drawn.count("loss") <= 4
    assert all(before != after for before, after in pairwise(drawn))


def test_when_training_pauses_all_plots_show_it_at_once(panel, train, monkeypatch):
    drawn = []
    for name, plot in panel.plots.items():
        monkeypatch.setattr(plot, "show_snapshot", lambda _, name=name: drawn.append(name))

    panel.show_snapshot(train(), busy=True)

    assert sorted(drawn) == ["gradients", "loss"]
