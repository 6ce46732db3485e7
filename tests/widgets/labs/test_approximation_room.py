"""Building a function as a person does it: neurons are dragged, added and trained, the target is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.data.datasets.recipes.curves import AbsoluteValue, DrawnCurve
from playground.labs.approximation import Approximation

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room):
    def open_lab(**settings):
        room = open_room(Approximation(**{"target": AbsoluteValue(), "count": 4} | settings))
        room.view.width_and_depth.steps.stop()
        return room

    return open_lab


def handle(room, number):
    return room.view.plot._handle(number).toPoint()


def drag(qtbot, widget, start, end):
    qtbot.mousePress(widget, LEFT, pos=start)
    qtbot.mouseMove(widget, (start + end) / 2)
    qtbot.mouseMove(widget, end)
    qtbot.mouseRelease(widget, LEFT, pos=end)


def test_a_neuron_is_dragged_and_one_undo_brings_it_back(open_lab, qtbot):
    room = open_lab()
    plot, before = room.view.plot, room.document.value
    drag(qtbot, plot, handle(room, 2), plot._axes.pixel(1.0, 0.5).toPoint())
    neuron = room.document.value.built[0][2]
    assert (neuron.place, neuron.height) == pytest.approx((1.0, 0.5), abs=0.05)
    assert room.document.value.shown == 2
    assert "with a mean squared error of" in room.told.text()
    room.document.undo_stack.undo()
    assert room.document.value.built == before.built


def test_keys_choose_lead_and_remove_neurons(open_lab, qtbot):
    room = open_lab()
    plot = room.view.plot
    before = room.document.value.built[0]
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    moved = room.document.value.built[0][1]
    assert (moved.place, moved.height) == pytest.approx((before[1].place + 0.5, before[1].height + 0.1))
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    assert room.document.value.built[0] == (before[0], *before[2:])


def test_the_chosen_neuron_is_set_by_its_form(open_lab, qtbot):
    room = open_lab()
    line = room.view.neuron.form.controls["steepness"].inputs[-1]
    line.selectAll()
    qtbot.keyClicks(line, "40")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert room.document.value.built[0][0].steepness == 40


def test_neurons_and_bumps_come_where_the_target_is_far_away(open_lab, qtbot):
    room = open_lab(count=1)
    worse = room.document.value.error
    qtbot.mouseClick(room.view.neuron.add, LEFT)
    assert room.document.value.count == 2
    qtbot.mouseClick(room.view.neuron.bump, LEFT)
    assert room.document.value.count == 4
    assert room.document.value.error < worse
    for _ in range(5):
        qtbot.mouseClick(room.view.neuron.remove, LEFT)
    assert room.document.value.count == 1
    assert not room.view.neuron.remove.isEnabled()


def test_the_target_is_drawn_with_the_mouse(open_lab, qtbot):
    room = open_lab()
    plot = room.view.plot
    qtbot.mouseClick(room.view.draw, LEFT)
    drag(qtbot, plot, plot._axes.pixel(-3, 1).toPoint(), plot._axes.pixel(3, -1).toPoint())
    lab = room.document.value
    assert isinstance(lab.target, DrawnCurve)
    np.testing.assert_allclose(lab.wanted(np.array([-1.5, 0, 1.5])), [0.5, 0, -0.5], atol=0.05)
    room.document.undo_stack.undo()
    assert room.document.value.target == AbsoluteValue()


def test_training_goes_on_from_the_neurons_and_is_one_step_of_undo(open_lab, qtbot):
    room = open_lab(count=6)
    before = room.document.value
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: room.view._epochs > 20 and room.document.value.error < before.error)
    qtbot.mouseClick(room.run, LEFT)
    assert "trained for" in room.told.text()
    room.document.undo_stack.undo()
    assert room.document.value.built == before.built


def test_other_settings_while_it_trains_are_gone_on_with(open_lab, qtbot):
    room = open_lab()
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: room.view._epochs > 0)
    room.document.edit(room.document.value.with_(rate=0.001), "rate")
    room.view._epochs = 0
    qtbot.waitUntil(lambda: room.view._epochs > 0)
    assert room.document.value.rate == 0.001
    assert room.view.running


def test_errors_are_measured_by_width_and_depth_and_folds_shown_instead(open_room, qtbot):
    room = open_room(Approximation(target=AbsoluteValue(), count=2))
    frame = room.view.width_and_depth
    qtbot.waitUntil(lambda: frame.found.share > 0)
    assert frame._remark.text().startswith("training ")
    qtbot.mouseClick(frame.other, LEFT)
    assert frame.folding.isVisible()
    assert frame._remark.text() == "6 neurons in 3 layers, 7 in one"


def test_a_pencil_and_a_picture_leave_no_number_out(open_lab):
    columns = open_lab(count=3).view.plot.columns()
    assert list(columns) == ["x", "target", "function", "neuron 1", "neuron 2", "neuron 3"]
    assert all(np.isfinite(column).all() for column in columns.values())
