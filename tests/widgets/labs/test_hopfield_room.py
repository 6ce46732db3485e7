"""A person stores, paints, damages and recalls patterns, by mouse and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.labs.hopfield import Hopfield

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def room(open_room):
    return open_room(Hopfield())


def lab(room):
    return room.document.value


def pixel(grid, row, column):
    return grid.cell(row, column).center().toPoint()


def settle(qtbot, room):
    qtbot.waitUntil(lambda: not room.view.running, timeout=10_000)


def test_it_runs_until_both_networks_have_remembered(room, qtbot):
    room.view._timer.setInterval(0)
    qtbot.mouseClick(room.run, LEFT)
    assert room.run.text() == "Pause"
    settle(qtbot, room)
    assert room.run.text() == "Run"
    wanted = lab(room).stored[0].reshape(10, 10)
    np.testing.assert_array_equal(room.view.grids.classic.values, wanted)
    np.testing.assert_allclose(room.view.grids.modern.values, wanted, atol=0.05)
    assert room.told.text() == "Hopfield: Pattern 1, without an error.\nModern: Pattern 1, without an error."


def test_a_step_asks_one_neuron_and_reset_begins_anew(room, qtbot):
    plot = room.view.energies
    qtbot.mouseClick(room.step, LEFT)
    assert plot.columns()["sweeps"].tolist() == [0, 0.01, 1]
    qtbot.mouseClick(room.reset, LEFT)
    assert plot.columns()["sweeps"].tolist() == [0]


def test_a_stroke_paints_a_pattern_in_one_step_of_undo(room, qtbot):
    grid, before = room.view.grids.pattern, lab(room)
    qtbot.mousePress(grid, LEFT, pos=pixel(grid, 9, 0))
    for column in range(1, 4):
        qtbot.mouseMove(grid, pixel(grid, 9, column))
    qtbot.mouseRelease(grid, LEFT, pos=pixel(grid, 9, 3))
    assert lab(room).patterns[0][90:95] == "11110"
    stack = room.document.undo_stack
    assert stack.undoText() == "Paint a pattern"
    stack.undo()
    assert lab(room) == before
    stack.redo()
    assert lab(room).patterns[0][90:95] == "11110"


def test_the_right_button_wipes(room, qtbot):
    grid = room.view.grids.pattern
    assert lab(room).patterns[0][11] == "1"
    qtbot.mouseClick(grid, RIGHT, pos=pixel(grid, 1, 1))
    assert lab(room).patterns[0][11] == "0"


def test_damage_is_painted_by_keys_and_taken_away(room, qtbot):
    grid = room.view.grids.cue
    grid.setFocus()
    ink = lab(room).cue[1] > 0
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert (lab(room).cue[1] > 0) != ink
    qtbot.mouseClick(room.view.grids.clean, LEFT)
    assert lab(room).painted == ""


def test_patterns_are_stored_chosen_and_forgotten(room, qtbot):
    patterns = room.view.patterns
    for button in (patterns.letter, patterns.random, patterns.empty):
        qtbot.mouseClick(button, LEFT)
    assert len(lab(room).patterns) == 6
    assert lab(room).current == 5
    qtbot.keyClick(patterns.wall, Qt.Key.Key_Home)
    assert lab(room).current == 0
    qtbot.mouseClick(patterns.delete, LEFT)
    assert len(lab(room).patterns) == 5
    for _ in range(5):
        qtbot.mouseClick(patterns.delete, LEFT)
    assert not patterns.delete.isEnabled()
    grid = room.view.grids.pattern
    qtbot.mouseClick(grid, LEFT, pos=pixel(grid, 0, 0))
    assert lab(room).patterns[0][0] == "1"


def test_two_states_that_take_turns_are_told(room, qtbot):
    number = next(at for at, each in enumerate(Hopfield.tries) if each.changes.get("update") == "all")
    qtbot.mouseClick(room.tries[number], LEFT)
    for _ in range(4):
        qtbot.mouseClick(room.step, LEFT)
    assert "take turns" in room.told.text()
    shown = room.view.grids.classic.values.copy()
    qtbot.mouseClick(room.step, LEFT)
    assert (room.view.grids.classic.values != shown).any()


def test_the_axis_of_shares_goes_to_all_before_any_is_measured(room):
    low, high = room.view.capacity.plot.canvas.getViewBox().viewRange()[1]
    assert low <= 0
    assert high >= 100


def test_capacity_is_measured_off_the_window_and_can_be_stopped(room, qtbot):
    room.document.edit(lab(room).with_(side=4), "")
    capacity = room.view.capacity
    qtbot.mouseClick(capacity.measure, LEFT)
    assert capacity.progress.isVisible()
    qtbot.mouseClick(capacity.measure, LEFT)
    assert not capacity.progress.isVisible()
    qtbot.mouseClick(capacity.measure, LEFT)
    qtbot.waitUntil(lambda: capacity.found is not None and capacity.found.progress == 1, timeout=20_000)
    assert set(capacity.plot.columns()) == {
        "patterns a neuron", "Hebb", "Hebb, 20 % damaged", "projection, 20 % damaged",
    }  # fmt: skip


@pytest.mark.parametrize("side", [4, 20])
@pytest.mark.parametrize("damage", [0.0, 100.0])
@pytest.mark.parametrize("beta", [0.001, 100.0])
def test_the_extremes_of_the_sliders_leave_numbers_that_can_be_shown(room, side, damage, beta):
    room.document.edit(lab(room).with_(side=side, damage=damage, beta=beta), "")
    for _ in range(3):
        room.view.advance()
    assert np.isfinite(room.view.grids.modern.values).all()
    assert all(np.isfinite(energy) for _, energy in room.view._modern.energies)


def test_a_slider_is_undone_in_one_step(room, qtbot):
    slider = room.form.controls["damage"].slider
    qtbot.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 4, slider.height() // 2))
    assert lab(room).damage > 80
    room.document.undo_stack.undo()
    assert lab(room).damage == 20
    assert room.form.controls["damage"].line.text() == "20 %"
