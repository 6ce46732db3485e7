"""The window is seen as soon as network and output are there; the settings come right behind."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from playground.data.datasets.recipes.two_classes import Spiral
from widgets import theme
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

PANELS = ("data", "output", "inspector", "plots")


class Painted(QObject):
    """Notes which panels were there, and how wide, when the network was painted first."""

    def __init__(self, window):
        super().__init__()
        self._window = window
        self.there = self.widths = None
        window.design.canvas.view.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.there is None:
            self.there, self.widths = made(self._window), widths(self._window)
        return False


def widths(window):
    return {name: window.design.docks[name].width() for name in PANELS}


@pytest.fixture
def fresh(qtbot, tmp_path):
    """Makes windows that nobody has seen yet."""
    windows = []

    def make(size=(1440, 900)):
        window = MainWindow(Preferences.unkept(), recovery_folder=tmp_path / "recovery")
        window.resize(*size)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.give_up()
        window.deleteLater()


def made(window):
    """The panels that are there, without asking for one."""
    places = {name: window.design.docks[name].place for name in PANELS}
    return {name for name, place in places.items() if len(place.findChildren(QWidget)) > 1}


def test_the_network_is_painted_first_and_all_else_comes_by_itself(fresh, qtbot):
    window = fresh()
    painted = Painted(window)
    window.show()
    qtbot.waitUntil(lambda: painted.there is not None)
    assert painted.there == {"output"}
    qtbot.waitUntil(lambda: made(window) == {*PANELS}, timeout=10_000)


def test_a_network_that_cannot_train_has_its_settings_too(fresh, qtbot):
    window = fresh()
    experiment = window.workspace.document.experiment
    window.workspace.document.open(
        experiment.with_(network=experiment.network.with_(layers=experiment.network.layers[:1]))
    )
    window.show()
    qtbot.waitUntil(lambda: {"data", "inspector"} <= made(window), timeout=10_000)


@pytest.mark.parametrize("asked", [("data", "inspector"), ("inspector", "data")])
def test_who_asks_for_a_panel_has_it_at_once_and_once(fresh, asked):
    window = fresh()
    for name in asked:
        assert getattr(window.design, name) is getattr(window.design, name)
    assert {*asked} <= made(window)


def test_what_was_chosen_before_is_in_the_settings(fresh):
    window = fresh()
    window.design.canvas.set_selection(("dense1",))
    document = window.workspace.document
    document.edit(document.experiment.with_dataset(Spiral()), "Choose", 1)
    assert window.design.inspector.tabs.currentWidget() is window.design.inspector.layer
    assert window.design.inspector.layer.form is not None
    assert window.design.data.dataset_form.value_class is Spiral


@pytest.mark.parametrize("width", [1000, 1040, 1080, 1100, 1200])
def test_a_small_window_gives_way_from_the_first_moment_as_it_does_later(fresh, qtbot, width):
    window = fresh((width, 700))
    window.show()
    first = window.design.room.tab.isHidden(), window.design.docks["data"].isHidden()
    window.design.side.complete()
    assert (window.design.room.tab.isHidden(), window.design.docks["data"].isHidden()) == first


def test_no_panel_takes_more_room_than_was_kept_for_it(fresh, qapp, qtbot):
    theme.apply(qapp, "dark")
    window = fresh()
    painted = Painted(window)
    window.show()
    qtbot.waitUntil(lambda: made(window) == {*PANELS}, timeout=10_000)
    qtbot.wait(20)
    assert widths(window) == painted.widths


def test_nothing_of_the_panels_is_a_window_of_its_own(fresh):
    window = fresh()
    window.show()
    window.design.side.complete()
    assert not [each for each in (window.design.data, window.design.inspector) if QWidget.isWindow(each)]


def test_a_window_that_is_closed_at_once_makes_no_more_panels(fresh, qtbot):
    window = fresh()
    window.show()
    window.give_up()
    qtbot.wait(400)
    assert made(window) <= {"output"}
