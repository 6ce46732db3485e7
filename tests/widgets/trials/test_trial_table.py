import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from widgets.plots.trials.table import TrialTable
from widgets.plots.trials.table_model import CURVE, OPEN


@pytest.fixture
def table(show, made):
    table = show(TrialTable(), 1000, 240)
    table.show_trials(made("ddpfr", [0.5, 10.0, 0.9, 0.1, 0.7], rates=[0.1, 0.02, 1e-5, 3.0, 0.5]))
    return table


def column(table, title):
    return next(place for place, each in enumerate(table.trials.columns) if each.title == title)


def shown(table, title):
    model = table.model()
    return [model.index(row, column(table, title)).data() for row in range(model.rowCount())]


def click_on_title(qtbot, table, title):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column(table, title)) + 8, 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_best_trial_stands_first_and_those_without_a_value_last(table):
    assert shown(table, "trial")[:2] == ["0", "1"]


def test_a_click_on_a_title_sorts_as_numbers_and_another_one_turns_the_order(qtbot, table):
    click_on_title(qtbot, table, "Learning rate")
    assert shown(table, "Learning rate") == ["1e−5", "0.02", "0.1", "0.5", "3"]
    click_on_title(qtbot, table, "Learning rate")
    assert shown(table, "Learning rate") == ["3", "0.5", "0.1", "0.02", "1e−5"]


def test_its_menu_sorts_for_those_who_have_keys_alone(table):
    menu = QMenu()
    table.add_sorting(menu)
    (below,) = menu.findChildren(QMenu)
    entry = next(each for each in below.actions() if each.text() == "Learning rate")
    entry.trigger()
    assert shown(table, "Learning rate") == ["1e−5", "0.02", "0.1", "0.5", "3"]
    entry.trigger()
    assert shown(table, "Learning rate") == ["3", "0.5", "0.1", "0.02", "1e−5"]
    menu.deleteLater()


def test_states_are_said_in_words_with_the_epoch_that_was_reached(table):
    assert set(shown(table, "state")) == {"done", "cut at 4", "failed", "epoch 4"}


def test_each_trial_offers_what_can_be_done_with_it(table):
    offers = [index for index, each in enumerate(table.trials.columns) if each.kind == OPEN]
    model = table.model()
    found = {model.index(row, offers[0]).data() for row in range(model.rowCount())}
    assert found == {"open", "watch", "why?"}


def test_the_selected_trial_stays_selected_while_others_come_before_it(table, made):
    table.select(1)
    table.show_trials(made("ddpfrd", [0.5, 10.0, 0.9, 0.1, 0.7, 0.2]))
    assert table.selected == 1
    assert table.trials.place_of(1) == 2


def test_enter_opens_the_selected_trial(qtbot, table):
    table.select(1)
    with qtbot.waitSignal(table.trial_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_only_chosen_trials_are_shown(table):
    table.choose(table.trials.trials.done)
    assert shown(table, "trial") == ["0", "1"]
    table.choose(None)
    assert len(shown(table, "trial")) == 5


def test_the_table_is_copied_as_text_with_tabs(qtbot, table):
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["trial", "state", "Validation loss"]
    assert len(lines) == 6


def test_a_failed_trial_says_why_when_it_is_pointed_at(table):
    row = table.trials.place_of(3)
    index = table.model().index(row, column(table, "state"))
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "The loss is no number."


def test_rows_are_low_and_curves_are_drawn(table):
    assert table.rowHeight(0) == 25
    assert [each.kind for each in table.trials.columns].count(CURVE) == 1
