"""A class works from one folder: its data, what pupils hand in, and the table that the teacher sees."""

import pytest
from PySide6.QtCore import Qt

from playground.files.experiment_file import load
from playground.files.problem import FileProblem
from playground.lessons import handing_in as handing
from playground.lessons.handing_in import read_hand_in
from playground.lessons.shelf import FOLDER
from playground.text import say
from widgets import saving
from widgets.dialogs import questions
from widgets.dialogs.handed_in import HandedInDialog

LESSON = """
title = "Leaves"
summary = "About leaves."

[[steps]]
title = "One"

[steps.open]
data = "leaves.csv"
target = "kind"

[[steps.goals]]
kind = "choice"
question = "Which?"
choices = ["oak", "beech"]
right = 2
"""

TABLE = "length,width,kind\n" + "".join(f"{n % 7},{n % 3},{'oak' if n % 2 else 'beech'}\n" for n in range(40))


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "Class 7b"
    place.mkdir()
    (place / "leaves.csv").write_text(TABLE, encoding="utf-8")
    (place / "leaves.toml").write_text(LESSON, encoding="utf-8")
    return place


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def begin(qtbot, window, path):
    window.lessons.open(path)
    qtbot.waitUntil(lambda: window.lessons.panel is not None and window.lessons.panel.step_view is not None)
    return window.lessons.panel


def hand_in(qtbot, window, name="Ada"):
    press(qtbot, window.lessons.panel.hand_in)
    dialog = window.commands.handing_in.dialog
    dialog.name.setText(name)
    window.workspace.notice.clear()
    press(qtbot, dialog.accept_button)
    qtbot.waitUntil(lambda: bool(window.workspace.notice.text))
    return window.workspace.notice.text


def press_on_notice(qtbot, window, words):
    press(qtbot, next(button for button in window.workspace.notice._buttons if button.text() == words))


def table(qtbot, window):
    window.actions_["handed_in"].trigger()
    dialog = window.findChild(HandedInDialog)
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    return dialog


def test_the_folder_of_the_class_is_first_and_its_data_can_be_learnt_from(qtbot, window, folder):
    window.preferences.lesson_folder = folder
    window.lessons.toggle()
    shown = window.lessons.panel.list
    qtbot.waitUntil(lambda: bool(shown.cards))
    assert shown.cards[0].accessibleName() == "Leaves"
    assert [button.text() for button in shown.data] == ["leaves.csv"]
    press(qtbot, shown.data[0])
    qtbot.waitUntil(lambda: window.workspace.own_data._dialog is not None)
    window.workspace.own_data.close()


def test_a_pupil_hands_in_and_the_teacher_sees_it_and_opens_it(qtbot, window, folder, monkeypatch):
    assert not window.actions_["hand_in"].isEnabled()
    panel = begin(qtbot, window, folder / "leaves.toml")
    assert window.actions_["hand_in"].isEnabled()
    press(qtbot, panel.step_view.rows[0].choices[0])
    press(qtbot, panel.step_view.rows[0].choices[1])
    assert hand_in(qtbot, window, "  Ada   Lovelace ") == "Handed in as Ada Lovelace.nnplay."
    path = folder / "handed-in" / "leaves" / "Ada Lovelace.nnplay"
    record = read_hand_in(path)
    assert (record.reached, record.right, record.at_once) == (1, 1, 0)
    assert record.fingerprint == handing.fingerprint_of(folder / "leaves.toml")
    assert load(path).experiment == window.workspace.document.experiment
    assert load(path).preview
    dialog = table(qtbot, window)
    dialog.table.selectRow(0)
    shown = [
        dialog.model.data(dialog.model.index(0, column), Qt.ItemDataRole.DisplayRole)
        for column in (0, 1, 3, 4, 5)
    ]
    assert shown == ["Ada Lovelace", "Leaves", "1 / 1", "1 / 1", "0 / 1"]
    assert dialog.answers.item(0).text() == "Which?\nAnswer 2: beech"
    out = folder / "table.csv"
    monkeypatch.setattr(saving, "file_to_save", lambda *_arguments: out)
    press(qtbot, dialog.save)
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(lambda: dialog.state.text() == "Saved table.csv.")
    assert b"Ada Lovelace,Leaves" in out.read_bytes()
    press(qtbot, dialog.open_)
    document = window.workspace.document
    qtbot.waitUntil(lambda: document.name == "Ada Lovelace")
    assert document.path is None  # saving never touches what was handed in
    dialog.close()


def test_the_name_is_remembered_and_what_is_replaced_is_said_before(qtbot, window, folder):
    begin(qtbot, window, folder / "leaves.toml")
    hand_in(qtbot, window)
    press(qtbot, window.lessons.panel.hand_in)
    dialog = window.commands.handing_in.dialog
    assert dialog.name.text() == "Ada"
    qtbot.waitUntil(lambda: dialog.note.text().startswith("You handed this in before"))
    dialog.name.setText(" ")
    assert not dialog.accept_button.isEnabled()
    assert not dialog.note.isVisible()
    dialog.reject()
    assert window.commands.handing_in.dialog is None


def test_a_lesson_of_the_program_is_handed_in_to_a_folder_that_is_asked_for_once(
    qtbot, window, folder, monkeypatch
):
    panel = begin(qtbot, window, FOLDER / "01_neuron.toml")
    assert not panel.hand_in.isVisible()
    window.actions_["hand_in"].trigger()
    dialog = window.commands.handing_in.dialog
    dialog.name.setText("Ada")
    assert not dialog.accept_button.isEnabled()
    monkeypatch.setattr(questions, "folder_to_open", lambda *_arguments: folder)
    press(qtbot, dialog.change)
    press(qtbot, dialog.accept_button)
    path = folder / "handed-in" / "01_neuron" / "Ada.nnplay"
    qtbot.waitUntil(lambda: bool(window.workspace.notice.text))
    assert path.exists()
    assert window.preferences.lesson_folder == folder


def test_where_the_folder_refuses_the_work_can_be_saved_elsewhere(
    qtbot, window, folder, tmp_path, monkeypatch
):
    def full(*_arguments):
        raise FileProblem(say("x", "The disk is full."))

    begin(qtbot, window, folder / "leaves.toml")
    monkeypatch.setattr(handing, "hand_in", full)
    assert hand_in(qtbot, window) == "The disk is full."
    monkeypatch.setattr(questions, "file_to_save", lambda *_arguments: None)
    press_on_notice(qtbot, window, "Save elsewhere…")
    assert window.workspace.notice.text == "Nothing is handed in yet."  # and can be tried again
    out = tmp_path / "mine.nnplay"
    monkeypatch.setattr(questions, "file_to_save", lambda *_arguments: out)
    press_on_notice(qtbot, window, "Save elsewhere…")
    qtbot.waitUntil(lambda: window.workspace.notice.text.startswith("Saved mine.nnplay"))
    assert read_hand_in(out).pupil == "Ada"


def test_another_folder_takes_what_the_first_refused(qtbot, window, folder, tmp_path, monkeypatch):
    begin(qtbot, window, folder / "leaves.toml")
    press(qtbot, window.lessons.panel.hand_in)
    dialog = window.commands.handing_in.dialog
    dialog.name.setText("Ada")
    dialog.show_folder(tmp_path / "gone")
    press(qtbot, dialog.accept_button)
    qtbot.waitUntil(lambda: window.workspace.notice.text.startswith("The folder of the class is not there"))
    monkeypatch.setattr(questions, "folder_to_open", lambda *_arguments: folder)
    press_on_notice(qtbot, window, "Another folder…")
    qtbot.waitUntil(lambda: window.workspace.notice.text == "Handed in as Ada.nnplay.")


def test_the_table_follows_what_comes_while_it_is_open_and_keeps_what_is_selected(qtbot, window, folder):
    begin(qtbot, window, folder / "leaves.toml")
    hand_in(qtbot, window, "Bob")
    dialog = table(qtbot, window)
    dialog.table.selectRow(0)
    hand_in(qtbot, window, "Ada")
    dialog._timer.timeout.emit()
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 2)
    qtbot.waitUntil(lambda: dialog.chosen is not None)
    assert dialog.chosen.pupil == "Bob"
    header = dialog.table.horizontalHeader()
    dialog.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row.pupil for row in dialog.model.rows] == ["Bob", "Ada"]
    assert dialog.chosen.pupil == "Bob"
    for column in range(header.count()):  # each can be sorted by
        dialog.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert dialog.chosen.pupil == "Bob"
    dialog.show_folder(None)
    assert not dialog.save.isEnabled()
    assert dialog.state.text().startswith("Choose the folder")
    dialog.close()
