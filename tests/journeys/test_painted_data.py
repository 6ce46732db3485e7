"""A person paints data in the whole window: from nothing, on a dataset, and while training runs."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_files import save_to, train_epochs

from playground.data.datasets.painted import Painted
from playground.data.datasets.recipes import Circle, Xor
from playground.data.datasets.wine import Wine
from playground.experiment import Experiment
from playground.training.snapshot import State
from widgets.panels.gallery import Group
from widgets.plots.painting.brush import PointBrush

LEFT = Qt.MouseButton.LeftButton


def pixel(window, x, y):
    surface = window.design.output.surface
    ((across, down),) = surface.pixels_of(np.array([[x, y]])).tolist()
    return QPoint(round(across), round(down))


def stroke(window, *places):
    surface = window.design.output.surface
    QTest.mousePress(surface, LEFT, pos=pixel(window, *places[0]))
    for place in places[1:]:
        QTest.mouseMove(surface, pixel(window, *place))
    QTest.mouseRelease(surface, LEFT, pos=pixel(window, *places[-1]))


def points(window):
    return window.workspace.document.experiment.data.dataset


def choose_painted(qtbot, window):
    gallery = window.design.data.gallery
    gallery.sections[Group.OWN].unfold()
    qtbot.mouseClick(gallery.tiles[Painted], LEFT)
    window.design.painting.set(brush=PointBrush(radius=1, density=4, jitter=0.5))


def seen(window):
    return window.workspace.link.latest


def paint_two_classes(qtbot, window):
    stroke(window, (-4, 3), (4, 3))
    qtbot.keyClick(window.design.output.surface, Qt.Key.Key_2)
    stroke(window, (-4, -3), (4, -3))


def test_from_an_empty_plane_to_a_network_that_has_learnt_it(qtbot, window):
    choose_painted(qtbot, window)
    assert points(window) == Painted.empty()
    assert not window.actions_["run"].isEnabled()
    assert "Paint at least 2 points." in window.status.problems.toolTip()
    qtbot.waitUntil(lambda: window.design.output.map.drawing.message == "Paint at least 2 points.")
    paint_two_classes(qtbot, window)
    assert window.actions_["run"].isEnabled()
    qtbot.waitUntil(lambda: seen(window).experiment.data.dataset == points(window), timeout=10_000)
    train_epochs(qtbot, window, 30)
    assert seen(window).train.metrics["accuracy"] == 1


def test_points_are_painted_while_training_runs_and_the_network_goes_on_with_them(qtbot, window):
    qtbot.mouseClick(window.design.output.paint_button, LEFT)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: seen(window).epoch > 1, timeout=10_000)
    stroke(window, (-5, -5), (-5, 5))
    count = points(window).count
    assert count > 500
    qtbot.waitUntil(lambda: sum(seen(window).data.sizes) == count, timeout=10_000)
    assert seen(window).state is State.RUNNING
    epoch = seen(window).epoch
    window.actions_["undo"].trigger()
    assert points(window) == Circle()
    qtbot.waitUntil(lambda: sum(seen(window).data.sizes) == 500, timeout=10_000)
    qtbot.waitUntil(lambda: seen(window).epoch > epoch, timeout=10_000)
    window.actions_["run"].trigger()


def test_clearing_all_while_training_runs_says_what_is_missing_and_undo_brings_it_back(qtbot, window):
    choose_painted(qtbot, window)
    paint_two_classes(qtbot, window)
    qtbot.waitUntil(lambda: seen(window).experiment.data.dataset == points(window), timeout=10_000)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: seen(window).epoch > 1, timeout=10_000)
    surface = window.design.output.surface
    qtbot.keyClick(surface, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(surface, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: seen(window).state is State.BLOCKED, timeout=10_000)
    qtbot.waitUntil(lambda: window.design.output.map.drawing.message == "Paint at least 2 points.")
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: seen(window).state is State.PAUSED, timeout=10_000)
    assert seen(window).epoch > 1


def test_what_is_painted_is_saved_opened_and_goes_on_bit_for_bit(qtbot, monkeypatch, open_window, tmp_path):
    first, path = open_window(), tmp_path / "painted.nnplay"
    choose_painted(qtbot, first)
    paint_two_classes(qtbot, first)
    qtbot.waitUntil(lambda: seen(first).experiment.data.dataset == points(first), timeout=10_000)
    train_epochs(qtbot, first, 2)
    save_to(qtbot, monkeypatch, first, path)
    train_epochs(qtbot, first, 1)

    second = open_window()
    second.design.painting.start()
    second.workspace.filing.open_file(path)
    qtbot.waitUntil(
        lambda: second.workspace.document.path == path and seen(second).epoch == 2, timeout=10_000
    )
    assert not second.design.painting.on
    np.testing.assert_array_equal(points(second).places, points(first).places)
    train_epochs(qtbot, second, 1)
    for layer_id, layer in seen(first).layers.items():
        np.testing.assert_array_equal(layer.weights, seen(second).layers[layer_id].weights)


def test_another_dataset_of_the_gallery_ends_painting(qtbot, window):
    choose_painted(qtbot, window)
    stroke(window, (0, 0))
    gallery = window.design.data.gallery
    gallery.sections[Group.TWO_CLASSES].unfold()
    qtbot.mouseClick(gallery.tiles[Xor], LEFT)
    assert not window.design.painting.on
    assert points(window) == Xor()
    assert not gallery.tiles[Painted].isChecked()


def test_the_tile_goes_on_with_what_is_painted_already(qtbot, window):
    choose_painted(qtbot, window)
    stroke(window, (0, 0), (2, 0))
    before = points(window)
    window.design.painting.stop()
    qtbot.mouseClick(window.design.data.gallery.tiles[Painted], LEFT)
    assert points(window) == before
    assert window.design.painting.on


def test_the_arrow_keys_of_the_gallery_come_to_the_tile_and_leave_it_again(qtbot, window):
    gallery = window.design.data.gallery
    gallery.sections[Group.OWN].unfold()
    gallery.tiles[Painted].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(gallery.tiles[Painted], Qt.Key.Key_Space)
    assert isinstance(points(window), Painted)
    assert QApplication.focusWidget() is gallery.tiles[Painted]
    qtbot.keyClick(gallery.tiles[Painted], Qt.Key.Key_Left)
    assert not isinstance(points(window), Painted)


def test_the_action_begins_and_ends_painting_and_says_where_it_cannot(qtbot, window):
    window.actions_["paint"].trigger()
    assert window.design.painting.on
    window.actions_["paint"].trigger()
    assert not window.design.painting.on
    window.workspace.document.edit(Experiment().with_dataset(Wine()), "")
    window.actions_["paint"].trigger()
    assert not window.design.painting.on
    assert "plane" in window.status.message.text()


def test_keys_of_painting_are_not_taken_for_those_of_the_network(qtbot, window):
    layers = window.workspace.document.experiment.network.layers
    choose_painted(qtbot, window)
    window.design.canvas.set_selection((layers[0].id,))
    surface = window.design.output.surface
    surface.setFocus()
    qtbot.keyClick(surface, Qt.Key.Key_Return)
    qtbot.keyClick(surface, Qt.Key.Key_Delete)
    assert points(window).count == 0
    assert window.workspace.document.experiment.network.layers[0].id == layers[0].id


def test_space_runs_while_painting(qtbot, window):
    qtbot.mouseClick(window.design.output.paint_button, LEFT)
    qtbot.keyClick(window.design.output.surface, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.workspace.state is State.RUNNING, timeout=10_000)
    qtbot.keyClick(window.design.output.surface, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.workspace.state is State.PAUSED, timeout=10_000)


def test_every_page_of_the_inspector_bears_an_empty_plane(qtbot, window):
    choose_painted(qtbot, window)
    inspector = window.design.inspector
    for index in range(inspector.tabs.count()):
        inspector.tabs.setCurrentIndex(index)
    inspector.explain.explain("data", "dataset")
    window.design.painting.draft.do("", points(window).by_value())
    inspector.explain.explain("data", "dataset")
    inspector.grab()
    window.design.side.complete()
    window.grab()
