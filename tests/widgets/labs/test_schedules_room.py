"""The schedule explorer as a person uses it: schedules come and are set, and networks learn by each."""

import pytest
from PySide6.QtCore import Qt

from playground.engine.schedules import Constant, Cosine, OneCycle
from playground.labs.schedules import Schedules

LEFT = Qt.MouseButton.LeftButton
TWO = (Constant(), Cosine(decay_steps=4))


@pytest.fixture
def open_schedules(open_room, qtbot):
    def open_schedules(**settings):
        room = open_room(Schedules(**{"schedules": TWO, "epochs": 4, "trained": "xor"} | settings))
        qtbot.waitUntil(lambda: not room.view._drawing.busy)
        return room

    return open_schedules


def row(room, place):
    return room.view.schedules.rows[place]


def test_curves_lie_over_one_another_and_areas_stand_beside_names(open_schedules):
    room = open_schedules()
    columns = room.view.rates.columns()
    assert list(columns) == ["epoch", "Constant", "Cosine"]
    assert columns["Constant"].tolist() == [0.1] * 100
    assert [row(room, place).detail.text() for place in (0, 1)] == ["100 %", "50 %"]
    assert "Cosine goes least far in all: 50 % of a constant rate." in room.told.text()


def test_a_schedule_that_comes_lasts_as_long_as_the_training(open_schedules, qtbot):
    room = open_schedules()
    names = [action.text() for action in room.view.schedules.add.menu().actions()]
    room.view.schedules.add.menu().actions()[names.index("One cycle")].trigger()
    assert room.document.value.schedules[-1] == OneCycle(total_steps=4)
    qtbot.waitUntil(lambda: "One cycle" in room.view.rates.columns())
    room.document.undo_stack.undo()
    assert room.document.value.schedules == TWO


def test_a_schedule_is_set_in_its_row(open_schedules, qtbot):
    room = open_schedules()
    qtbot.mouseClick(row(room, 1).name, LEFT)
    qtbot.keyClick(row(room, 1).form.controls["alpha"].slider, Qt.Key.Key_Right)
    assert room.document.value.schedules[1].alpha > 0


def test_a_network_learns_by_each_and_the_best_is_told(open_schedules, qtbot):
    room = open_schedules()
    assert not room.view.use.isEnabled()
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: room.view.state.progress == 1 and not room.view.running)
    assert room.view.frame._remark.text() == "epoch 4 of 4"
    assert "ends best after 4 epochs" in room.told.text()
    columns = room.view.losses.columns()
    assert columns["epoch"].tolist() == [0, 1, 2, 3, 4]
    assert columns["Constant"][0] == columns["Cosine"][0]  # both begin with the same weights
    assert columns["Constant"][4] != columns["Cosine"][4]
    assert room.view.use.isEnabled()
    room.document.edit(room.document.value.with_(rate=0.2), "")
    assert room.view.state.courses == ()


def test_steps_are_epochs_and_a_reset_forgets_them(open_schedules, qtbot):
    room = open_schedules()
    for done in (1, 2):
        qtbot.mouseClick(room.step, LEFT)
        qtbot.waitUntil(lambda done=done: room.view.frame._remark.text() == f"epoch {done} of 4")
        qtbot.waitUntil(lambda: not room.view._learning.busy)
    qtbot.mouseClick(room.reset, LEFT)
    assert room.view.state.courses == ()


def test_other_losses_are_a_click_away(open_schedules, qtbot):
    room = open_schedules()
    qtbot.mouseClick(room.view.frame.links[1], LEFT)
    assert room.view.tests.isVisible()


def test_an_odd_schedule_is_told(open_schedules):
    assert "the full rate is never reached" in open_schedules(warmup=9).told.text()
