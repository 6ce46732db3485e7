"""A person leads outputs, points and a softmax about in the laboratory of losses, and lets it learn."""

import pytest
from PySide6.QtCore import QPointF, Qt

from playground.engine.losses import BinaryCrossEntropy, Hinge, SquaredError
from playground.labs.losses import LossExplorer
from widgets.figures.files import to_image

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room, qtbot):
    def open_lab(**settings):
        room = open_room(LossExplorer(**settings))
        settled(room, qtbot)
        return room

    return open_lab


def settled(room, qtbot):
    qtbot.waitUntil(lambda: not room.view._steps.busy)


def drag(qtbot, canvas, *places):
    view = canvas.getViewBox()
    first, *others = (canvas.mapFromScene(view.mapViewToScene(QPointF(*place))) for place in places)
    qtbot.mousePress(canvas.viewport(), LEFT, pos=first)
    for place in others:
        qtbot.mouseMove(canvas.viewport(), place)
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=place)


def test_the_output_is_dragged_and_told(open_lab, qtbot):
    room = open_lab(loss=SquaredError(), target=1.0)
    drag(qtbot, room.view.over.canvas, (0, 0), (2, 0), (3, 0))
    assert room.document.value.output == pytest.approx(3, abs=0.05)
    room.document.edit(room.document.value.with_(output=3.0), "")
    assert room.view.frames["over"]._remark.text() == "at 3: loss 4, slope 4"


def test_one_undo_brings_the_start_behind_the_sigmoid_back(open_lab, qtbot):
    room = open_lab()
    drag(qtbot, room.view.slopes.canvas, (0, -0.5), (4, -0.5), (6, -0.5))
    assert room.document.value.start == pytest.approx(6, abs=0.1)
    room.document.undo_stack.undo()
    assert room.document.value.start == -4.0


def test_it_is_told_where_learning_stalls(open_lab, qtbot):
    room = open_lab(loss=BinaryCrossEntropy(), start=-8.0)
    assert "Binary cross-entropy brings the output to 0.9" in room.told.text()
    assert "Not there after 100: Squared error" in room.told.text()


def test_the_point_outside_is_dragged_and_led_by_arrows(open_lab, qtbot):
    room = open_lab()
    drag(qtbot, room.view.lines.canvas, (2, -3), (1, -2), (0, -1))
    assert room.document.value.outside == pytest.approx((0, -1), abs=0.05)
    settled(room, qtbot)
    x, y = room.document.value.outside
    qtbot.keyClick(room.view.lines, Qt.Key.Key_Up)
    settled(room, qtbot)
    qtbot.keyClick(room.view.lines, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.outside[0] == pytest.approx(x + 0.6, abs=0.1)
    assert y < room.document.value.outside[1] < y + 0.2


def test_the_softmax_is_dragged_within_the_triangle(open_lab, qtbot):
    room = open_lab()
    triangle = room.view.triangle
    qtbot.mousePress(triangle, LEFT, pos=triangle.pixel(0.5, 1 / 3).toPoint())
    qtbot.mouseRelease(triangle, LEFT, pos=triangle.pixel(0.5, 1 / 3).toPoint())
    assert room.document.value.shares == pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=0.02)
    settled(room, qtbot)
    qtbot.keyClick(triangle, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.shares == pytest.approx((0.233, 0.433, 0.333), abs=0.02)
    qtbot.mouseClick(triangle, LEFT, pos=triangle.rect().topLeft())
    assert min(room.document.value.shares) > 0


def test_a_step_is_one_of_learning(open_lab, qtbot):
    room = open_lab(steps=3)
    qtbot.mouseClick(room.reset, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    assert room.view.turning._remark.text() == "step 1"
    room.view.turning.turn_to(1)
    errors = room.view.courses.columns()["Squared error"]
    assert errors[:2] == pytest.approx(room.view._found.courses[1].errors[:2])
    assert room.view.frames["triangle"]._remark.text().startswith("step 1: ")


def test_numbers_of_all_plots_can_be_saved(open_lab):
    view = open_lab(answers="classes").view
    assert list(view.over.columns()) == ["output a", "loss", "slope"]
    assert {"x", "Hinge", "dot x", "dot y"} <= set(view.lines.columns())
    assert list(view.triangle.columns()) == ["class 1", "class 2", "class 3"]
    assert len({len(column) for column in view.lines.columns().values()}) == 1


def test_a_loss_of_classes_is_drawn_over_net_inputs(open_lab):
    room = open_lab(loss=Hinge(), answers="classes")
    assert "The border of " in room.told.text()
    assert room.view.over.x_name == "net input of the output z"


@pytest.mark.parametrize("answers", ["numbers", "classes"])
def test_every_extreme_is_told_in_numbers(open_lab, answers):
    room = open_lab(
        loss=Hinge(),
        target=-3,
        rate=100,
        steps=500,
        start=-8,
        outside=(8, -8),
        answers=answers,
        temperature=0.05,
        smoothing=0.9,
    )
    remarks = [frame._remark.text() for frame in room.view.frames.values()]
    assert not any(word in " ".join([room.told.text(), *remarks]) for word in ("nan", "inf", "–"))


def test_its_pictures_can_be_saved(open_lab):
    view = open_lab().view
    for figure in (view.over, view.slopes, view.lines, view.triangle):
        assert not to_image(figure).isNull()
