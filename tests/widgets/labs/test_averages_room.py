"""Moving averages as a person uses them: β is turned, averages come and go, own numbers are taken."""

import pytest
from PySide6.QtCore import Qt

from playground.labs.averages import Averages
from playground.labs.averages.averaging import ExponentialAverage
from playground.labs.averages.noisy_series import GivenSeries, JumpSeries

LEFT = Qt.MouseButton.LeftButton
TWO = (ExponentialAverage(beta=0.9), ExponentialAverage(beta=0.5, corrected=True))


@pytest.fixture
def settle(qtbot):
    """Waits until all is worked out."""
    return lambda room: qtbot.waitUntil(lambda: not room.view._steps.busy)


@pytest.fixture
def room(open_room, settle):
    room = open_room(Averages(series=JumpSeries(length=20, noise=0), averages=TWO))
    settle(room)
    return room


def rows(room):
    return room.view.averages.rows


def test_all_settings_are_there_at_once_and_a_slider_turns_the_curve(room, qtbot, settle):
    before = room.view.numbers.columns()["β 0.9"][-1]
    qtbot.keyClick(rows(room)[0].form.controls["beta"].slider, Qt.Key.Key_Left)
    assert room.document.value.averages[0].beta == pytest.approx(0.89)
    settle(room)
    assert room.view.numbers.columns()["β 0.89"][-1] > before
    room.document.undo_stack.undo()
    assert room.document.value.averages == TWO


def test_the_numbers_and_every_average_are_columns_of_the_file(room):
    columns = room.view.numbers.columns()
    assert list(columns) == ["step", "numbers", "β 0.9", "β 0.5, corrected"]
    assert columns["numbers"].tolist() == [0] * 10 + [10] * 10


def test_what_is_told_are_window_delay_noise_and_bias(room):
    told = room.told.text()
    assert told.startswith("β 0.9 averages over about 10 numbers, is 9 behind, and leaves 23 % of the noise.")
    assert "Without correction β = 0.9 begins at 10 % of the first number." in told
    assert rows(room)[0].told.text() == "≈ 10"


def test_an_average_is_added_and_one_stays(room, qtbot):
    room.view.averages.add.menu().actions()[1].trigger()
    assert [each.tag() for each in room.document.value.averages] == ["exponential", "exponential", "window"]
    for _ in range(2):
        qtbot.mouseClick(rows(room)[0].remove, LEFT)
    assert not rows(room)[0].remove.isEnabled()
    assert not room.view.use.isEnabled()  # no optimizer remembers that way


def test_numbers_come_one_by_one_and_weights_are_those_of_then(room, qtbot):
    qtbot.mouseClick(room.reset, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    assert room.view.frame._remark.text() == "2 of 20"
    weights = room.view.weights.columns()["β 0.9"]
    assert weights[:2].tolist() == pytest.approx([0.1, 0.09])
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert room.view.frame._remark.text() == "20 of 20"


def test_keys_go_from_number_to_number_with_the_weights_of_each(room, qtbot):
    room.view.setFocus()
    for _ in range(2):
        qtbot.keyClick(room.view.numbers, Qt.Key.Key_Left)
    assert room.view._past._remark.text() == "step 19"


def test_one_number_and_none_are_shown_without_a_fault(open_room, settle):
    room = open_room(Averages(series=GivenSeries()))
    settle(room)
    assert room.told.text() == "There are no numbers yet: take the loss of your run, or open a table."
    room.step.click()
    room.document.edit(room.document.value.with_(series=GivenSeries(name="one", given=(3.0,))), "")
    settle(room)
    assert room.view.frame._title.text() == "one"
    assert room.view.numbers.columns()["numbers"].tolist() == [3]


def test_a_column_of_a_table_is_taken_and_a_gap_is_passed_over(room, qtbot, tmp_path):
    path = tmp_path / "weather.csv"
    path.write_text("day,degrees,wind\n2024-01-01,4.5,1.25\n2024-01-02,,2.5\n2024-01-03,6.5,3\n")
    room.view.own.read(path)
    qtbot.waitUntil(lambda: len(room.view.own.menu.actions()) == 2)
    room.view.own.menu.actions()[0].trigger()
    room.view.own.menu.close()
    assert room.document.value.series == GivenSeries(name="degrees", given=(4.5, 6.5))
    room.document.undo_stack.undo()
    assert room.document.value.series == JumpSeries(length=20, noise=0)
