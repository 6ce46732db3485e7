"""Panels give way in a small window, can be reached there, and have their places back in a large one."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton
from seeing import faults

from playground.cli.typed_arguments import SMALLEST

LARGE, SMALL = (1440, 900), SMALLEST
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def resize(window, qtbot):
    qtbot.waitUntil(lambda: window.design.plots is not None)

    def resize(size):
        window.resize(*size)
        assert window.size() == QSize(*size)
        qtbot.waitUntil(lambda: not faults(window))
        qtbot.wait(20)  # what is remembered a moment later

    resize(LARGE)
    return resize


def shown_plots(window):
    return [name for name, plot in window.design.plots.plots.items() if plot.isVisible()]


def places(window):
    return {name: dock.geometry() for name, dock in window.design.docks.items() if dock.isVisible()}


def drawer(window):
    return window.design.room.tab


def test_the_smallest_window_is_the_one_that_render_names(window):
    assert window.minimumSize().toTuple() == SMALLEST


def test_in_a_large_window_nothing_is_folded(resize, window):
    assert set(places(window)) == {"data", "output", "inspector", "plots"}
    assert not drawer(window).isVisible()
    assert shown_plots(window) == ["loss", "gradients"]


def test_in_a_small_window_the_network_keeps_the_most_room(resize, window):
    resize(SMALL)
    assert drawer(window).isVisible()
    assert not window.design.docks["data"].isVisible()
    assert not shown_plots(window)
    assert window.design.canvas.width() > SMALL[0] / 2
    assert window.design.canvas.height() > SMALL[1] / 2


def test_the_drawer_opens_and_closes(resize, window, qtbot):
    resize(SMALL)
    qtbot.mouseClick(drawer(window), LEFT)
    qtbot.waitUntil(window.design.data.isVisible)
    qtbot.waitUntil(lambda: not faults(window))
    qtbot.mouseClick(drawer(window), LEFT)
    qtbot.waitUntil(lambda: not window.design.data.isVisible())


def test_the_menu_opens_the_drawer_as_well(resize, window):
    resize(SMALL)
    window.design.docks["data"].toggleViewAction().trigger()
    assert window.design.data.isVisible()
    assert drawer(window).isChecked()


def test_a_tab_unfolds_the_plots_in_a_small_window(resize, window, qtbot):
    resize(SMALL)
    qtbot.mouseClick(window.design.plots.tabs["accuracy"], LEFT)
    qtbot.waitUntil(lambda: "accuracy" in shown_plots(window))
    qtbot.waitUntil(lambda: not faults(window))


def test_a_tab_of_a_folded_plot_that_is_on_unfolds_it(resize, window, qtbot):
    resize(SMALL)
    qtbot.mouseClick(window.design.plots.tabs["loss"], LEFT)
    qtbot.waitUntil(lambda: shown_plots(window) == ["loss", "gradients"])


def test_the_plots_fold_when_a_person_wants_it(resize, window, qtbot):
    high = window.design.docks["plots"].height()
    (fold,) = [
        button
        for button in window.design.plots.findChildren(QToolButton)
        if button.toolTip() == "Fold the plots"
    ]
    qtbot.mouseClick(fold, LEFT)
    qtbot.waitUntil(lambda: window.design.docks["plots"].height() < 50)
    qtbot.mouseClick(fold, LEFT)
    qtbot.waitUntil(lambda: window.design.docks["plots"].height() == high)


def test_the_own_layout_is_back_when_the_window_is_large_again(resize, window, qtbot):
    docks = window.design.docks
    window.design.resizeDocks([docks["data"]], [320], Qt.Orientation.Horizontal)
    window.design.resizeDocks([docks["plots"]], [330], Qt.Orientation.Vertical)
    qtbot.wait(20)
    before = places(window)
    resize(SMALL)
    resize(LARGE)
    assert places(window) == before
    assert not drawer(window).isVisible()
    assert shown_plots(window) == ["loss", "gradients"]


def test_a_panel_that_a_person_had_closed_stays_closed(resize, window):
    window.design.docks["data"].close()
    resize(SMALL)
    assert not drawer(window).isVisible()
    resize(LARGE)
    assert not window.design.docks["data"].isVisible()


def test_a_panel_closed_in_the_small_window_stays_closed(resize, window):
    resize(SMALL)
    window.design.docks["inspector"].close()
    resize(LARGE)
    assert not window.design.docks["inspector"].isVisible()
    assert window.design.docks["data"].isVisible()


def test_closing_a_small_window_keeps_the_layout_of_the_large_one(resize, window, open_window, qtbot):
    window.design.resizeDocks([window.design.docks["data"]], [320], Qt.Orientation.Horizontal)
    qtbot.wait(20)
    resize(SMALL)
    window.give_up()
    other = open_window()
    other.design.restore(window.preferences)
    other.resize(*LARGE)
    qtbot.waitUntil(lambda: other.design.docks["data"].width() == 320)


def test_the_layout_can_be_reset_in_a_small_window(resize, window, qtbot):
    resize(SMALL)
    window.design.docks["output"].close()
    window.actions_["reset_layout"].trigger()
    assert window.design.docks["output"].isVisible()
    assert drawer(window).isVisible()
    qtbot.waitUntil(lambda: not faults(window))


def test_tabs_without_room_are_in_a_menu(resize, window, qtbot):
    strip = window.design.plots.strip
    strip.setFixedWidth(strip.minimumSizeHint().width())
    qtbot.waitUntil(lambda: strip.more.isVisible())
    hidden = [tab for tab in strip.tabs if tab.offered and not tab.isVisible()]
    menu = strip.more.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [tab.text() for tab in hidden]
    menu.actions()[-1].trigger()
    assert "learning_rate" in shown_plots(window)


def test_a_window_that_begins_small_has_its_plots_folded_and_its_drawer_closed(qtbot, open_window):
    window = open_window(size=SMALLEST)
    qtbot.waitUntil(lambda: window.design.plots is not None)
    qtbot.waitUntil(lambda: window.design.docks["plots"].height() < 50)
    assert drawer(window).isVisible()
    assert not window.design.data.isVisible()
    qtbot.waitUntil(lambda: not faults(window))


def test_panels_that_nobody_has_sized_suit_the_size_that_the_window_begins_with(qtbot, open_window):
    window = open_window(size=LARGE)
    qtbot.waitUntil(lambda: window.design.docks["data"].width() == 248)
    assert window.design.docks["output"].width() == 348
