"""Batches as a person uses them: an epoch step by step, the start led, and a sweep measured and stopped."""

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.labs.batch_noise import BatchNoise

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_batches(open_room, qtbot):
    def open_batches(**settings):
        room = open_room(
            BatchNoise(**{"count": 8, "batch": 3, "epochs": 2, "trained": "xor", "swept": 2} | settings)
        )
        qtbot.waitUntil(lambda: room.view._walked is not None and not room.view._steps.busy)
        return room

    return open_batches


def test_epoch_batch_and_iteration_are_counted_step_by_step(open_batches, qtbot):
    room = open_batches()
    qtbot.mouseClick(room.reset, LEFT)
    assert room.view.epoch._remark.text() == "epoch 1 of 2, iteration 1 of 3, 0 updates"
    assert room.view.strip.accessibleDescription() == "Samples 1 to 3 of 8."
    for _ in range(5):
        qtbot.mouseClick(room.step, LEFT)
    assert room.view.epoch._remark.text() == "epoch 2 of 2, iteration 3 of 3, 5 updates"
    assert room.view.strip.accessibleDescription() == "Samples 7 to 8 of 8."
    assert room.view.arrows.columns()["in batch"].sum() == 2


def test_numbers_of_the_arrows_are_the_gradients_of_the_samples(open_batches):
    room = open_batches()
    columns = room.view.arrows.columns()
    samples, walk = room.document.value.samples(), room.view._walked.walk
    slopes = samples.slopes(walk.moment(walk.length).w)
    assert columns["slope 1"].tolist() == slopes[:, 0].tolist()


def test_the_start_is_dragged_and_undone(open_batches, qtbot):
    room = open_batches()
    view = room.view.map
    qtbot.mousePress(view, LEFT, pos=QPoint(view.width() // 2, view.height() // 2))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(view.width() // 2, view.height() // 2))
    assert room.document.value.start == pytest.approx((0.5, 0.5), abs=0.01)
    room.document.undo_stack.undo()
    assert room.document.value.start == (0.12, 0.86)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert room.document.value.start == pytest.approx((0.14, 0.86))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"batch": 200}, "no noise"),
        ({"rate": 10.0, "epochs": 20}, "It ran away"),
        ({}, "Here the mean of 3 misses the gradient"),
        ({"count": 1}, "no noise"),
    ],
    ids=["all", "lost", "usual", "one"],
)
def test_what_is_seen_is_told(open_batches, settings, words):
    assert words in open_batches(**settings).told.text()


def test_a_sweep_is_measured_and_its_table_filled(open_batches, qtbot):
    room = open_batches(goal=10.0)
    sweep = room.view.sweep
    assert not room.view.use.isEnabled()
    qtbot.mouseClick(sweep.measure, LEFT)
    assert sweep.measure.text() == "stop"
    qtbot.waitUntil(lambda: not sweep.steps.busy)
    assert sweep.measure.text() == "measure"
    assert [sweep.rows.item(place, 0).text() for place in range(3)] == ["1", "4", "16"]
    assert sweep.rows.item(0, 2).text() == "0"  # so high a goal is there from the start
    assert room.view.use.isEnabled()
    assert "get to the goal first" in room.told.text()
    assert sweep.by_size.columns()["batch"][:3].tolist() == [1, 4, 16]
    assert len(sweep.losses.columns()["epoch"]) == 3
    for link in sweep.plots.links[1:]:
        qtbot.mouseClick(link, LEFT)
    room.document.edit(room.document.value.with_(goal=1e-3), "")
    assert sweep.rows.item(0, 2).text() == "–"  # other goals need no other sweep
    room.document.edit(room.document.value.with_(swept=3), "")
    assert sweep.rows.rowCount() == 0


def test_a_sweep_can_be_stopped(open_batches, qtbot):
    room = open_batches(swept=1000)
    qtbot.mouseClick(room.view.sweep.measure, LEFT)
    qtbot.mouseClick(room.view.sweep.measure, LEFT)
    assert not room.view.sweep.steps.busy
    assert room.view.sweep.measure.text() == "measure"
