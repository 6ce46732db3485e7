"""A person leads start and sample in the laboratory of normalization, and sees every scaling."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from playground.data.scaling import PcaWhitening, Standardize
from playground.labs.normalization import Normalizing
from widgets.figures.files import to_image

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room, qtbot):
    def open_lab(**settings):
        room = open_room(Normalizing(**{"layers": 1, "steps": 6} | settings))
        settled(room, qtbot)
        return room

    return open_lab


def settled(room, qtbot):
    qtbot.waitUntil(lambda: not room.view._steps.busy, timeout=10_000)


def test_every_scaling_has_a_row_with_numbers(open_lab):
    view = open_lab().view
    told = view.rows.accessibleDescription()
    assert "None: κ 152" in told
    assert "PCA whitening: κ 1" in told
    assert list(view.rows.columns()) == [
        "None",
        "Min–max to [0, 1]",
        "Min–max to [−1, 1]",
        "Standardize",
        "PCA whitening",
        "Batch norm",
    ]


def test_the_start_is_dragged_over_the_valley_and_undone(open_lab, qtbot):
    room = open_lab()
    view = room.view.map
    qtbot.mousePress(view, LEFT, pos=QPoint(view.width() // 2, view.height() // 2))
    qtbot.mouseMove(view, QPoint(view.width() // 4, view.height() // 4))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(view.width() // 4, view.height() // 4))
    assert room.document.value.start == pytest.approx((0.25, 0.75), abs=0.02)
    room.document.undo_stack.undo()
    assert room.document.value.start == (0.12, 0.8)


def test_the_sample_outside_is_dragged_where_there_is_one(open_lab, qtbot):
    room = open_lab(outside=True, place=(6.0, 6.0))
    room.view.inputs.turn_to(1)
    canvas = room.view.given.canvas
    columns = room.document.value.columns
    to = columns.measured(np.array([2.0, 3.0]))
    at = canvas.mapFromScene(canvas.getViewBox().mapViewToScene(QPointF(*to)))
    qtbot.mousePress(canvas.viewport(), LEFT, pos=at)
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at)
    assert room.document.value.place == pytest.approx((2, 3), abs=0.15)
    settled(room, qtbot)
    before = room.document.value.place
    qtbot.keyClick(room.view.given, Qt.Key.Key_Left)
    assert room.document.value.place[0] < before[0]


def test_nothing_is_dragged_where_no_sample_is_outside(open_lab, qtbot):
    room = open_lab()
    room.view.inputs.turn_to(1)
    qtbot.mouseClick(room.view.given.canvas.viewport(), LEFT)
    assert not room.document.undo_stack.canUndo()


def test_whitening_is_told_to_make_the_valley_round(open_lab, qtbot):
    room = open_lab()
    assert "It is 152 times steeper across the valley than along it." in room.told.text()
    room.document.edit(room.document.value.with_(scaling=PcaWhitening(), rate=0.5), "")
    settled(room, qtbot)
    assert "It is 1 times steeper" in room.told.text()
    assert "at the bottom after 1 steps" in room.told.text()


def test_a_batch_of_one_is_told_to_go_by_the_running_averages(open_lab):
    assert "A batch of one has no variance" in open_lab(batch=1).told.text()


def test_a_step_shows_the_next_of_the_way_and_of_the_drift(open_lab, qtbot):
    room = open_lab()
    qtbot.mouseClick(room.reset, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    assert room.view.valley._remark.text().endswith("step 1")
    assert room.view.drift.columns()["without"][2:].tolist() == pytest.approx([float("nan")] * 5, nan_ok=True)
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert room.view.valley._remark.text().endswith("step 6")


def test_gradients_of_positive_inputs_are_told(open_lab):
    room = open_lab(mean=10.0, ratio=1.0)
    room.view.valley.turn_to(1)
    assert room.view.valley._remark.text() == "100 % of samples push both weights the same way"


def test_a_rate_past_the_border_is_told_to_run_away(open_lab):
    assert "runs away" in open_lab(rate=1.5, scaling=Standardize()).told.text()


@pytest.mark.parametrize(
    "settings",
    [
        {"mean": 10, "ratio": 100, "together": 0.99, "batch": 1, "norm": True, "rate": 2.0, "speed": 30.0},
        {
            "mean": 0,
            "ratio": 1,
            "together": -0.99,
            "batch": 64,
            "rate": 0.001,
            "speed": 0.01,
            "outside": True,
        },
    ],
)
def test_every_extreme_is_told_in_numbers(open_lab, settings):
    room = open_lab(**settings)
    assert not any(word in room.told.text() for word in ("nan", "inf", "–"))


def test_its_pictures_can_be_saved(open_lab):
    view = open_lab().view
    for figure in (view.rows, view.map, view.among, view.drift):
        assert not to_image(figure).isNull()
