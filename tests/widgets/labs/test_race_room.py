"""The race as a person uses it: the start is dragged, racers come, go and are set, the race is watched."""

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.engine.optimizers.adam import Adam
from playground.engine.optimizers.descent import GradientDescent
from playground.labs.race import Race
from playground.labs.race.terrains import Bowl, SaddlePoint

LEFT = Qt.MouseButton.LeftButton
TWO = (GradientDescent(learning_rate=0.5), Adam(learning_rate=0.3))


@pytest.fixture
def open_race(open_room, qtbot):
    def open_race(**settings):
        room = open_room(Race(**{"terrain": Bowl(), "racers": TWO, "steps": 12} | settings))
        qtbot.waitUntil(lambda: not room.view._steps.busy)
        return room

    return open_race


def row(room, place):
    return room.view.racers.rows[place]


def test_the_whole_race_is_seen_at_once(open_race):
    room = open_race()
    assert row(room, 0).told.text() == "4"  # 1.625 / 4ⁿ is at most 0.01 from n = 4 on
    assert "Gradient descent is there first, after 4 steps." in room.told.text()


def test_the_start_is_dragged_and_one_undo_brings_it_back(open_race, qtbot):
    room = open_race()
    view = room.view.stage.map
    qtbot.mousePress(view, LEFT, pos=QPoint(view.width() // 2, view.height() // 2))
    qtbot.mouseMove(view, QPoint(view.width() // 4, view.height() // 4))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(view.width() // 4, view.height() // 4))
    assert room.document.value.start == pytest.approx((0.25, 0.75), abs=0.01)
    room.document.undo_stack.undo()
    assert room.document.value.start is None


def test_arrow_keys_lead_the_start(open_race, qtbot):
    room = open_race(start=(0.5, 0.5))
    qtbot.keyClick(room.view.stage.map, Qt.Key.Key_Right)
    qtbot.keyClick(room.view.stage.map, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.start == pytest.approx((0.52, 0.4))


def test_a_click_on_a_name_shows_its_settings_and_sweeps_its_rate(open_race, qtbot):
    room = open_race()
    qtbot.mouseClick(row(room, 1).name, LEFT)
    assert room.document.value.swept == 1
    assert row(room, 1).form.isVisible()
    qtbot.mouseClick(room.view.frame.links[1], LEFT)
    qtbot.waitUntil(lambda: not room.view._steps.busy)
    assert room.view.rates.isVisible()
    assert room.view.rates.columns().keys() == {"log₁₀ η", "Adam"}


def test_a_racer_is_set_by_its_form(open_race, qtbot):
    room = open_race()
    qtbot.mouseClick(row(room, 0).name, LEFT)
    line = row(room, 0).form.controls["learning_rate"].inputs[-1]
    line.selectAll()
    qtbot.keyClicks(line, "2.5")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert room.document.value.racers[0].learning_rate == 2.5
    qtbot.waitUntil(lambda: row(room, 0).detail.text() == "η 2.5")


def test_racers_come_and_go_but_one_stays(open_race, qtbot):
    room = open_race()
    names = [action.text() for action in room.view.racers.add.menu().actions()]
    room.view.racers.add.menu().actions()[names.index("Momentum")].trigger()
    assert [each.tag() for each in room.document.value.racers] == ["gradient_descent", "adam", "momentum"]
    qtbot.mouseClick(row(room, 0).remove, LEFT)
    qtbot.mouseClick(row(room, 0).remove, LEFT)
    assert [each.tag() for each in room.document.value.racers] == ["momentum"]
    assert not row(room, 0).remove.isEnabled()


def test_who_runs_away_is_named_in_words(open_race):
    room = open_race(racers=(GradientDescent(learning_rate=50),), steps=60)
    assert row(room, 0).told.text() == "ran away"
    assert not room.view.use.isEnabled()


def test_where_there_is_no_bottom_the_loss_is_told(open_race):
    room = open_race(terrain=SaddlePoint(), start=(0.5, 0.75), racers=(GradientDescent(learning_rate=0.1),))
    x, y = room.document.value.begins
    assert row(room, 0).told.text().startswith("−")
    assert y > 0
    assert x == 0
    assert "first" not in room.told.text()


def test_a_run_shows_step_after_step_and_rests_at_the_end(open_race, qtbot):
    room = open_race()
    qtbot.mouseClick(room.reset, LEFT)
    assert row(room, 0).told.text() == "–"
    qtbot.mouseClick(room.step, LEFT)
    assert room.view.frame._remark.text() == "step 1 of 12"
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert room.view.frame._remark.text() == "step 12 of 12"


def test_numbers_of_the_map_are_those_of_the_ways(open_race):
    columns = open_race().view.stage.map.columns()
    assert columns["Gradient descent x"][:3].tolist() == [-1.5, -0.75, -0.375]
    assert len(columns["step"]) == 13


def open_surface(room, qtbot):
    qtbot.mouseClick(room.view.stage.button, LEFT)
    surface = room.view.stage.surface
    assert surface.isVisible()
    surface.grab()
    return surface


def test_the_terrain_is_seen_from_the_side_which_undo_takes_back(open_race, qtbot):
    room = open_race()
    surface = open_surface(room, qtbot)
    assert room.document.value.surface
    assert surface.columns()["Gradient descent x"][:3].tolist() == [-1.5, -0.75, -0.375]
    room.document.undo_stack.undo()
    assert room.view.stage.map.isVisible()
    assert not room.view.stage.button.isChecked()


def test_a_drag_beside_the_start_turns_the_surface_and_leads_nobody(open_race, qtbot):
    room = open_race(start=(0.5, 0.5))
    surface = open_surface(room, qtbot)
    before = surface.orbit.camera
    at = surface.handle().toPoint() + QPoint(60, 0)
    qtbot.mousePress(surface, LEFT, pos=at)
    qtbot.mouseMove(surface, at + QPoint(40, 10))
    qtbot.mouseRelease(surface, LEFT, pos=at + QPoint(40, 10))
    assert surface.orbit.camera.turn > before.turn
    assert room.document.value.start == (0.5, 0.5)


def test_the_start_is_dragged_over_the_surface(open_race, qtbot):
    room = open_race(start=(0.5, 0.5))
    surface = open_surface(room, qtbot)
    begin = surface.handle().toPoint()
    qtbot.keyClick(surface, Qt.Key.Key_Right)
    assert room.document.value.start == pytest.approx((0.52, 0.5))
    qtbot.keyClick(surface, Qt.Key.Key_Left)
    qtbot.mousePress(surface, LEFT, pos=begin)
    qtbot.mouseMove(surface, begin + QPoint(50, -20))
    qtbot.mouseRelease(surface, LEFT, pos=begin + QPoint(50, -20))
    found = surface.handle().toPoint()
    assert (found - begin - QPoint(50, -20)).manhattanLength() < 20
    turn = surface.orbit.camera.turn
    qtbot.keyClick(surface, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert surface.orbit.camera.turn > turn
