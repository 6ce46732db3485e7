"""A person keeps an eye on all runs of a document: names, pins, draws, compares and deletes them."""

import csv
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from playground.engine.optimizers import Momentum
from playground.files import runs_table
from playground.files.experiment_file import SavedExperiment, save
from playground.training.trainer import Trainer
from widgets.pages.runs.cells import BELOW

LEFT = Qt.MouseButton.LeftButton
TICKS, NAME, WHAT = 0, 1, 2


@pytest.fixture
def runs(window, qtbot):
    """The page Runs after two runs of two epochs: another start with momentum after the first."""
    qtbot.mouseClick(window.rail.buttons["runs"], LEFT)
    train(window, qtbot)
    window.actions_["same_start"].trigger()
    document = window.workspace.document
    training = document.experiment.training.with_(optimizer=Momentum(learning_rate=0.1))
    document.edit(document.experiment.with_(training=training), "Optimizer")
    train(window, qtbot)
    window.pages.page.table.setFocus()
    return window.pages.page


def train(window, qtbot):
    for epoch in (1, 2):
        window.actions_["step_epoch"].trigger()
        qtbot.waitUntil(lambda epoch=epoch: seen(window).epoch == epoch)


def seen(window):
    return window.workspace.link.latest


def cell(page, row, column):
    return page.table.item(row, column).text()


def names(page):
    return [cell(page, row, NAME) for row in range(page.table.rowCount())]


def choose(page, row, qtbot, modifier=Qt.KeyboardModifier.NoModifier):
    place = page.table.visualItemRect(page.table.item(row, WHAT)).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, modifier, place)


def drawn(page):
    return [name for name, _ in page.plot.legend.names]


def test_every_start_is_a_row_that_says_what_changed(runs):
    assert names(runs) == ["Run 2", "Run 1"]
    assert "Momentum" in cell(runs, 0, WHAT)
    assert cell(runs, 1, WHAT) == "first"
    assert runs.table.item(0, NAME).data(BELOW) == "now · epoch 2"
    assert runs.table.item(1, NAME).data(BELOW) == "epoch 2"
    assert runs.how_large.text().startswith("2 · ")


def test_each_has_a_colour_of_its_own_and_a_box_that_draws_its_losses_or_not(runs, qtbot):
    assert drawn(runs) == ["Run 2", "Run 1"]
    assert len({colour for _, colour in runs.plot.legend.names}) == 2
    place = runs.table.visualItemRect(runs.table.item(1, TICKS)).center()
    qtbot.mouseClick(runs.table.viewport(), LEFT, pos=place)
    assert drawn(runs) == ["Run 2"]
    choose(runs, 1, qtbot)
    qtbot.keyClick(runs.table, Qt.Key.Key_Return)
    assert drawn(runs) == ["Run 2", "Run 1"]


def test_a_run_is_renamed_by_f2_and_undo_takes_the_name_back(window, runs, qtbot):
    choose(runs, 1, qtbot)
    window.actions_["rename"].trigger()
    editor = runs.table.findChild(QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "plain")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(runs) == ["Run 2", "plain"])
    qtbot.waitUntil(lambda: drawn(runs) == ["Run 2", "plain"])
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: names(runs) == ["Run 2", "Run 1"])


def test_a_run_that_ended_is_deleted_and_undo_brings_it_back(window, runs, qtbot):
    choose(runs, 1, qtbot)
    window.actions_["delete"].trigger()
    qtbot.waitUntil(lambda: names(runs) == ["Run 2"])
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: names(runs) == ["Run 2", "Run 1"])
    assert seen(window).kept.run(1).waypoints


def test_the_run_under_way_stays(window, runs, qtbot):
    choose(runs, 0, qtbot)
    window.actions_["delete"].trigger()
    assert names(runs) == ["Run 2", "Run 1"]
    assert "stays" in window.status.message.text()


def test_pin_note_and_colour_are_said_and_undone(window, runs, qtbot):
    choose(runs, 1, qtbot)
    by_text = {action.text(): action for action in runs.table.menu().actions()}
    by_text["Pin"].trigger()
    qtbot.waitUntil(lambda: runs.table.item(1, NAME).data(BELOW) == "pinned · epoch 2")
    before = runs.table.rows[1].colour
    runs.table.menu().findChildren(type(runs.table.menu()))[0].actions()[5].trigger()
    qtbot.waitUntil(lambda: runs.table.rows[1].colour == 5 != before)
    runs.comparison.note.setFocus()
    qtbot.keyClicks(runs.comparison.note, "as in the book")
    qtbot.keyClick(runs.comparison.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seen(window).kept.run(1).words.note == "as in the book")
    for _ in range(3):
        window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: seen(window).kept.run(1).words == seen(window).kept.run(2).words)


def test_two_chosen_runs_are_compared_line_by_line(runs, qtbot):
    choose(runs, 1, qtbot)
    choose(runs, 0, qtbot, Qt.KeyboardModifier.ControlModifier)
    assert runs.comparison.title.text() == "Run 2 against Run 1"
    grid = runs.comparison.grid
    lines = [
        [grid.itemAtPosition(row, column).widget().text() for column in range(3)]
        for row in range(grid.count() // 3)
    ]
    assert ["Optimizer", "Momentum", "Adam"] in lines or any("Momentum" in line[1] for line in lines)
    assert ["Epochs", "2", "2"] in lines


def test_a_double_click_looks_at_the_end_of_a_run_and_escape_comes_back(window, runs, qtbot):
    end = seen(window).kept.run(1).last("test_loss")
    place = runs.table.visualItemRect(runs.table.item(1, WHAT)).center()
    qtbot.mouseDClick(runs.table.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: seen(window).back is not None and seen(window).back.arrived)
    assert seen(window).test.loss == end
    assert window.workspace.past_notice.text == "Looking at epoch 2 of 2 of run 1."
    qtbot.keyClick(runs.scrubber.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: seen(window).back is None)
    assert seen(window).kept.present == 2


def test_a_run_is_made_the_present_one_undoably(window, runs, qtbot):
    now = window.workspace.document.experiment
    choose(runs, 1, qtbot)
    qtbot.mouseClick(runs.comparison.go_on, LEFT)
    qtbot.waitUntil(lambda: seen(window).kept.present == 3)
    assert window.workspace.document.experiment == seen(window).kept.run(1).experiment
    assert "from run 1, epoch 2" in cell(runs, 0, WHAT)
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: seen(window).kept.present == 2)
    assert window.workspace.document.experiment == now


def test_dragging_along_the_line_of_time_looks_back_and_enter_goes_on_from_there(window, runs, qtbot):
    line = runs.scrubber.line
    qtbot.mousePress(line, LEFT, pos=QPoint(line.width() // 2, 18))
    qtbot.mouseMove(line, QPoint(line.width() // 3, 18))
    qtbot.mouseRelease(line, LEFT, pos=QPoint(line.width() // 3, 18))
    qtbot.waitUntil(lambda: seen(window).back is not None and seen(window).back.arrived)
    qtbot.waitUntil(lambda: 0 < seen(window).progress < 1)
    assert len(runs.plot._moment.notes) == 1
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seen(window).kept.present == 3)
    assert 0 < seen(window).progress < 1


def test_keys_move_along_the_line_of_time_and_space_trains_the_present(window, runs, qtbot):
    line = runs.scrubber.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: seen(window).back is not None and seen(window).back.arrived)
    assert seen(window).progress == 1
    qtbot.keyClick(line, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: seen(window).step == 0)
    qtbot.keyClick(line, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: seen(window).epoch > 2)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.link.running)


def test_what_was_changed_on_the_way_is_marked_on_the_line(window, runs, qtbot):
    document = window.workspace.document
    optimizer = document.experiment.training.optimizer.with_(learning_rate=0.05)
    training = document.experiment.training.with_(optimizer=optimizer)
    document.edit(document.experiment.with_(training=training), "Learning rate")
    qtbot.waitUntil(lambda: len(runs.scrubber.line._changes) == 1)
    (change,) = runs.scrubber.line._changes
    assert (change.epoch, change.word) == (2, "Learning rate")
    assert len(names(runs)) == 2


def test_runs_of_another_file_are_laid_beside_these_and_undo_takes_them_away(window, runs, qtbot, tmp_path):
    trainer = Trainer(window.workspace.document.experiment)
    trainer.run_epoch()
    other = tmp_path / "other.nnplay"
    save(other, SavedExperiment(trainer.experiment, trainer.checkpoint()))
    runs.traffic.add_from(other)
    qtbot.waitUntil(lambda: names(runs) == ["other", "Run 2", "Run 1"])
    assert drawn(runs) == ["other", "Run 2", "Run 1"]
    past = window.workspace.link.past
    runs.table.look_at(("kept", 3))
    qtbot.waitUntil(lambda: past.seen is not None and past.seen.arrived)
    assert seen(window).epoch == 1
    past.come_back()
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: names(runs) == ["Run 2", "Run 1"])


def test_a_file_that_has_no_runs_and_one_that_is_none_are_told(window, runs, qtbot, tmp_path):
    notice = window.workspace.notice
    save(tmp_path / "new.nnplay", SavedExperiment(window.workspace.document.experiment))
    runs.traffic.add_from(tmp_path / "new.nnplay")
    qtbot.waitUntil(lambda: "never trained" in notice.text)
    runs.traffic.add_from(tmp_path / "none.nnplay")
    qtbot.waitUntil(lambda: "no such file" in notice.text)


def test_runs_are_in_the_file_and_there_again_when_it_is_opened(window, runs, qtbot, tmp_path):
    document, filing = window.workspace.document, window.workspace.filing
    document.path = tmp_path / "a.nnplay"
    window.actions_["save"].trigger()
    qtbot.waitUntil(lambda: not document.modified)
    filing.new()
    qtbot.waitUntil(lambda: names(runs) == ["Run 1"])
    filing.open_file(tmp_path / "a.nnplay")
    qtbot.waitUntil(lambda: names(runs) == ["Run 2", "Run 1"])
    runs.table.look_at(("kept", 1))
    qtbot.waitUntil(lambda: seen(window).back is not None and seen(window).back.arrived)
    assert not document.modified


def test_the_list_is_a_table_for_other_programs(runs):
    rows = [(row.kept, row.what) for row in reversed(runs.table.rows)]
    head, first, second = csv.reader(io.StringIO(runs_table.to_bytes(rows).decode()))
    assert head == [
        "run", "name", "what_changed", "epoch", "step", "train_loss", "test_loss", "train_accuracy",
        "test_accuracy", "pinned", "note",
    ]  # fmt: skip
    assert first[:4] == ["1", "", "first", "2"]
    assert "Momentum" in second[2]
    assert float(second[6]) == rows[1][0].last("test_loss")


def test_rows_of_runs_that_ended_are_not_made_again(window, runs, qtbot):
    before = runs.table.rows
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: seen(window).epoch == 3)
    assert runs.table.rows[1] is before[1]
    assert runs.table.rows[0] is not before[0]


def test_another_epoch_changes_the_words_of_the_comparison_and_makes_no_label(runs, window, qtbot):
    def told():
        grid = runs.comparison.grid
        return [grid.itemAt(place).widget() for place in range(grid.count())]

    before = told()
    words = [each.text() for each in before]
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: seen(window).epoch == 3)

    qtbot.waitUntil(lambda: [each.text() for each in told()] != words)
    assert told() == before
