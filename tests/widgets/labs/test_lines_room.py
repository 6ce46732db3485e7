"""The laboratory of lines as a person uses it: the rule a mistake at a time, and lines by hand."""

import pytest
from PySide6.QtCore import Qt

from playground.labs.lines import Lines
from playground.labs.lines.laboratory import ByHand
from playground.labs.lines.points import And, ExclusiveOr

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lines(open_room, qtbot):
    def open_lines(**settings):
        room = open_room(Lines(**settings))
        qtbot.waitUntil(lambda: room.view._learning is not None)
        return room

    return open_lines


def test_a_step_is_a_mistake_which_is_told_in_numbers(open_lines, qtbot):
    room = open_lines(points=And())
    assert "All points are on the right side after" in room.told.text()
    qtbot.mouseClick(room.reset, LEFT)
    assert "All weights are 0" in room.view.line.words.text()
    qtbot.mouseClick(room.step, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    assert "w ← (0, 0, −1) + (1, 1, 1)\n  = (1, 1, 0)" in room.view.line.words.text()


def test_it_is_told_why_no_line_is_exclusive_or(open_lines):
    room = open_lines(points=ExclusiveOr())
    assert "It does not come to rest" in room.told.text()
    assert "No line can" in room.told.text()


def test_a_line_is_dragged_and_turned_and_each_is_one_undo(open_lines, qtbot):
    room = open_lines(points=ExclusiveOr(), way=ByHand(lines=2))
    plane, before = room.view.plane, room.document.value
    for place in (0, 1):
        handle = plane.picture.handles(before.used[0])[place].toPoint()
        qtbot.mousePress(plane, LEFT, pos=handle)
        qtbot.mouseMove(plane, plane.picture.axes.pixel(0.2, 0.9).toPoint())
        qtbot.mouseRelease(plane, LEFT, pos=handle)
        after = room.document.value.used[0]
        room.document.undo_stack.undo()
        if place == 0:
            assert (after.x, after.y) == pytest.approx((0.2, 0.9), abs=0.02)
        else:
            assert after.angle == pytest.approx(126.9, abs=3)  # atan2(0.4, −0.3)
    assert room.document.value == before


def test_keys_lead_turn_and_choose_lines(open_lines, qtbot):
    room = open_lines(points=ExclusiveOr(), way=ByHand(lines=2))
    plane, before = room.view.plane, room.document.value
    qtbot.keyClick(plane, Qt.Key.Key_PageDown)
    qtbot.keyClick(plane, Qt.Key.Key_Left)
    qtbot.keyClick(plane, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    after = room.document.value
    assert after.shown == 1
    assert after.used[1].x < before.used[1].x
    assert after.used[1].angle == pytest.approx(before.used[1].angle + 5)


def test_xor_is_built_with_the_sliders_of_two_lines(open_lines, qtbot):
    room = open_lines(points=ExclusiveOr(), way=ByHand(lines=2))
    for place, at in enumerate(("0.25", "0.75")):
        room.view.edits.choose(place)
        for name in ("x", "y"):
            line = room.view.line.form.controls[name].inputs[-1]
            line.selectAll()
            qtbot.keyClicks(line, at)
            qtbot.keyClick(line, Qt.Key.Key_Return)
    assert room.told.text() == "All 4 points are right."
    assert "<td>output</td>" in room.view.line.table.text()


def test_the_table_of_points_has_what_is_said_of_each(open_lines):
    columns = open_lines(points=And()).view.plane.columns()
    assert columns["class"].tolist() == [0, 0, 0, 1]
    assert columns["output"].tolist() == [0, 0, 0, 1]
