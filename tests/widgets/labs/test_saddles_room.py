"""The laboratory of saddles as a person uses it: the start is led, ways are watched, plots are turned."""

import pytest
from PySide6.QtCore import Qt

from playground.labs.saddles import Saddles

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_saddles(open_room, qtbot):
    def open_saddles(**settings):
        room = open_room(Saddles(**{"draws": 100, "dimension": 3, "hidden": 1, "steps": 200} | settings))
        qtbot.waitUntil(lambda: not room.view._steps.busy and room.view.spectrum is not None)
        return room

    return open_saddles


def test_it_is_told_when_each_way_leaves(open_saddles):
    room = open_saddles(offset=1e-6, rate=0.2, down=0.5)
    assert "Without noise it leaves after 139 steps. The formula says 138." in room.told.text()


def test_on_the_ridge_it_is_told_that_nothing_leads_away(open_saddles):
    room = open_saddles(offset=0)
    assert "still at the saddle after 200 steps. On the ridge itself" in room.told.text()


def test_arrow_keys_lead_the_start_and_undo_brings_it_back(open_saddles, qtbot):
    room = open_saddles(offset=0)
    qtbot.keyClick(room.view.stage.map, Qt.Key.Key_Up)
    assert room.document.value.offset == pytest.approx(0.06)
    room.document.undo_stack.undo()
    assert room.document.value.offset == 0


def test_plots_are_turned_by_links(open_saddles, qtbot):
    room = open_saddles()
    _, minima, eigenvalues = room.view.frame.links
    qtbot.mouseClick(minima, LEFT)
    assert room.view.minima.isVisible()
    assert room.view.frame._remark.text() == "100 matrices of each size"
    qtbot.mouseClick(eigenvalues, LEFT)
    assert room.view.eigenvalues.isVisible()
    assert room.view.frame._remark.text() == "size 3"


def test_critical_points_come_while_they_are_sought(open_saddles, qtbot):
    room = open_saddles()
    qtbot.waitUntil(lambda: room.view.found is not None and room.view.found.share > 0.5, timeout=20_000)
    columns = room.view.index.columns()
    assert len(columns["loss"]) == len(columns["directions down"])
    assert "found" in room.view.critical._remark.text()


def test_other_noise_leaves_matrices_and_critical_points_as_they_are(open_saddles, qtbot):
    room = open_saddles()
    spectrum = room.view.spectrum
    room.document.edit(room.document.value.with_(noise=0.1), "noise")
    qtbot.waitUntil(lambda: room.view._of.noise == 0.1)
    assert room.view.spectrum is spectrum
