"""The few questions the program asks; each is one call that waits for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from playground.files.fingerprint import NO_FILE, Found
from playground.files.names import LESSON, PICTURE, SUFFIX
from playground.words import moment
from widgets import saving

NOTES_SIZE = QSize(520, 320)


class Answer(Enum):
    """What to do with unsaved work."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Questions", text)


def about_unsaved(parent: QWidget, name: str) -> Answer:
    """Ask what to do with unsaved work."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_tr("Unsaved changes"))
    box.setText(_tr("Save the changes to “{name}”?").format(name=name))
    box.setInformativeText(_tr("What is not saved is lost."))
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}
    answer = answers.get(buttons(box.exec()), Answer.CANCEL)
    box.deleteLater()
    return answer


class FileChange(Enum):
    """What to do when a file is not what it was."""

    REPLACE = "replace"
    ELSEWHERE = "elsewhere"
    CANCEL = "cancel"


def about_changed_file(parent: QWidget, name: str, found: Found, known: Found) -> FileChange:
    """Ask what to do as a file is not what it was when it was read or saved here."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_tr("The file is another"))
    role = QMessageBox.ButtonRole
    if found.fingerprint == NO_FILE:
        box.setText(_tr("“{name}” is gone: it was moved or deleted.").format(name=name))
        replace = box.addButton(_tr("Save it there again"), role.DestructiveRole)
    else:
        box.setText(_tr("“{name}” was changed by another window or program.").format(name=name))
        replace = box.addButton(_tr("Replace"), role.DestructiveRole)
        dates = box.addButton(_tr("Compare dates"), role.ActionRole)
        dates.clicked.disconnect()  # the question stays open
        dates.clicked.connect(lambda: box.setInformativeText(_dates(found, known)))
    elsewhere = box.addButton(_tr("Save as…"), role.AcceptRole)
    box.setDefaultButton(elsewhere)
    box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    answers = {replace: FileChange.REPLACE, elsewhere: FileChange.ELSEWHERE}
    answer = answers.get(box.clickedButton(), FileChange.CANCEL)
    box.deleteLater()
    return answer


def _dates(found: Found, known: Found) -> str:
    return _tr("The file was written {there}.\nIt was read or saved here {here}.").format(
        there=_date(found.time), here=_date(known.time)
    )


def _date(time: datetime | None) -> str:
    return moment(time) if time else _tr("at an unknown time")


def file_to_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask which file to open."""
    kinds = f"{_tr('Experiments')} (*{SUFFIX} *.json *.png);;{_tr('All files')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, _tr("Open an experiment"), str(folder), kinds)
    return Path(name) if name else None


def data_to_open(
    parent: QWidget, folder: Path, suffixes: Sequence[str], pictures: Sequence[str] = ()
) -> Path | None:
    """Ask which file of data to open: one of a table, or of pictures."""
    tables = [f"*{suffix}" for suffix in suffixes]
    kinds = [(_tr("Tables"), tables)]
    if pictures:
        both = (_tr("Tables and pictures"), [*tables, *pictures])
        kinds = [both, *kinds, (_tr("Pictures"), list(pictures))]
    kinds.append((_tr("All files"), ["*"]))
    offered = ";;".join(f"{title} ({' '.join(names)})" for title, names in kinds)
    name, _ = QFileDialog.getOpenFileName(parent, _tr("Open data"), str(folder), offered)
    return Path(name) if name else None


def weights_to_open(parent: QWidget, folder: Path, suffixes: Sequence[str]) -> Path | None:
    """Ask which file of weights to open."""
    kinds = [(_tr("Weights"), [f"*{suffix}" for suffix in suffixes]), (_tr("All files"), ["*"])]
    offered = ";;".join(f"{title} ({' '.join(names)})" for title, names in kinds)
    name, _ = QFileDialog.getOpenFileName(parent, _tr("Open weights"), str(folder), offered)
    return Path(name) if name else None


def lesson_to_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask which lesson to open."""
    kinds = f"{_tr('Lessons')} (*{LESSON});;{_tr('All files')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, _tr("Open a lesson"), str(folder), kinds)
    return Path(name) if name else None


def folder_to_open(parent: QWidget, folder: Path, title: str = "") -> Path | None:
    """Ask for a folder of pictures."""
    title = title or _tr("Open a folder with a folder of pictures for each class")
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(name) if name else None


def file_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save; the name ends as such names do, and the file can be written and may be replaced."""
    kinds = {f"{_tr('Experiments')} (*{SUFFIX})": SUFFIX}
    return saving.file_to_save(parent, _tr("Save the experiment"), suggestion, kinds)


def picture_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save a picture with the experiment inside."""
    kinds = {f"{_tr('Pictures')} (*{PICTURE})": PICTURE}
    title = _tr("Save a picture with the experiment inside")
    return saving.file_to_save(parent, title, suggestion, kinds)


def notes(parent: QWidget, text: str) -> str | None:
    """Let the notes be read and written; None when they stay as they are."""
    box = QInputDialog(parent)
    box.setWindowTitle(_tr("Notes"))
    box.setLabelText(_tr("What this experiment is about; saved in its file:"))
    box.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    box.setTextValue(text)
    editor = box.findChild(QPlainTextEdit)
    editor.setTabChangesFocus(True)
    editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
    end = QTextCursor.MoveOperation.End
    QTimer.singleShot(0, box, lambda: editor.moveCursor(end))  # all is selected when the box is shown
    box.resize(NOTES_SIZE)
    accepted = box.exec()
    box.deleteLater()
    return box.textValue() if accepted else None


def link_to_open(parent: QWidget, suggestion: str) -> str:
    """Ask for the link of an experiment; "" when there is none."""
    text, accepted = QInputDialog.getText(
        parent,
        _tr("Open a link"),
        _tr("Paste a link of this program or of TensorFlow Playground:"),
        QLineEdit.EchoMode.Normal,
        suggestion,
    )
    return text.strip() if accepted else ""
