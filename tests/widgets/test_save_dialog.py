"""A person types a name to save under: the whole name is settled, then it is asked whether to replace."""

from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget

from widgets import saving


class Person(QObject):
    """Answers every dialog that opens with the next of these: a name to type, or the text of a button."""

    def __init__(self, *answers):
        super().__init__()
        self._answers, self.seen = list(answers), []
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def leave(self):
        self._timer.stop()
        self.deleteLater()

    def _look(self):
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible():
            return
        answer = self._answers.pop(0) if self._answers else None
        if isinstance(dialog, QMessageBox):
            self.seen.append(dialog.text())
            buttons = {button.text().replace("&", ""): button for button in dialog.buttons()}
            buttons.get(answer, dialog.defaultButton() or dialog.buttons()[0]).click()
        elif answer is None:
            dialog.reject()
        else:
            dialog.findChild(QLineEdit, "fileNameEdit").setText(answer)
            dialog.accept()


@pytest.fixture
def save_as(qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)

    def save_as(*answers):
        person = Person(*answers)
        kinds = {"Experiments (*.nnplay)": ".nnplay"}
        path = saving.file_to_save(parent, "Save", tmp_path / "suggestion.nnplay", kinds)
        person.leave()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert parent.findChildren(QDialog) == []
        return path, person.seen

    return save_as


def test_a_new_name_is_taken_without_a_question(save_as, tmp_path):
    assert save_as("a") == (tmp_path / "a.nnplay", [])
    assert save_as("b.NNPLAY") == (tmp_path / "b.NNPLAY", [])
    assert save_as("run.v2 ") == (tmp_path / "run.v2.nnplay", [])


@pytest.mark.parametrize("typed", ["a", "a.nnplay", "a.", "a. "])
def test_a_file_is_replaced_only_when_the_person_says_so(save_as, tmp_path, typed):
    (tmp_path / "a.nnplay").touch()
    question = "There is a file called “a.nnplay” in this folder."
    assert save_as(typed, "Replace") == (tmp_path / "a.nnplay", [question])
    assert save_as(typed, "Cancel") == (None, [question])
    assert save_as(typed, "Cancel", "other") == (tmp_path / "other.nnplay", [question])


def test_a_file_of_the_typed_name_without_the_ending_is_not_meant(save_as, tmp_path):
    (tmp_path / "a").touch()
    assert save_as("a") == (tmp_path / "a.nnplay", [])


def test_a_name_that_cannot_be_written_is_told_and_asked_for_again(save_as, tmp_path):
    (tmp_path / "folder.nnplay").mkdir()
    path, (told,) = save_as("folder", "OK", "file")
    assert path == tmp_path / "file.nnplay"
    assert told == f"Could not save to {tmp_path / 'folder.nnplay'}: it is a folder."


def test_a_dialog_that_goes_with_whatever_asked_is_given_up(qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)

    def end():
        dialog = parent.findChild(QFileDialog)
        dialog.reject()
        shiboken6.delete(dialog)

    QTimer.singleShot(50, end)
    assert saving.choose(parent, "Save", tmp_path / "a.png", ("PNG (*.png)",)) is None


def test_a_mac_asks_by_itself_whether_a_name_that_was_typed_whole_is_to_be_replaced(
    save_as, tmp_path, monkeypatch
):
    (tmp_path / "a.nnplay").touch()
    monkeypatch.setattr(saving, "sys", SimpleNamespace(platform="darwin"))
    assert save_as("a.nnplay") == (tmp_path / "a.nnplay", [])
    path, seen = save_as("a", "Replace")  # the ending is ours: of that name the system knew nothing
    assert path == tmp_path / "a.nnplay"
    assert len(seen) == 1
