"""Saving what a person asked for: the whole name is settled before anything is asked, made or replaced."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from playground.files import names
from playground.files.atomic import check_writable, write_atomically
from playground.files.problem import FileProblem
from widgets.background import Background
from widgets.sentences import sentence


def file_to_save(parent: QWidget, title: str, suggestion: Path, kinds: Mapping[str, str]) -> Path | None:
    """Ask for a file that can be written and may be replaced; None when the person gives up.

    Args:
        parent: the widget that asks.
        title: what is saved.
        suggestion: a name, in the folder to begin with or, without one, in the last that was used.
        kinds: the ending of a name for each filter that is offered.
    """
    endings = tuple(kinds.values())
    while answer := choose(parent, title, suggestion, tuple(kinds)):
        typed, kind = answer
        path = names.complete(typed, endings, kinds.get(kind, endings[0]))
        if may_write(parent, path, system_asked=sys.platform == "darwin" and path == typed):
            return path
        suggestion = path.with_name(suggestion.name)
    return None


def choose(parent: QWidget, title: str, suggestion: Path, filters: Sequence[str]) -> tuple[Path, str] | None:
    """Show the dialog, which asks nothing more; gives the file as it was typed, and the chosen filter."""
    folder = str(suggestion.parent) if suggestion.is_absolute() else ""
    dialog = QFileDialog(parent, title, folder, ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(suggestion.name)
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    if not isValid(dialog):  # gone meanwhile with whatever asked
        return None
    dialog.deleteLater()
    return (Path(dialog.selectedFiles()[0]), dialog.selectedNameFilter()) if accepted else None


def may_write(parent: QWidget, path: Path, system_asked: bool = False) -> bool:
    """Whether a file can be written there and the person lets an older one go.

    The dialog of macOS asks that by itself, whatever it is told.
    """
    try:
        check_writable(path)
    except FileProblem as problem:
        tell(parent, sentence(problem.text))
        return False
    return system_asked or not path.exists() or may_replace(parent, path)


def may_replace(parent: QWidget, path: Path) -> bool:
    """Ask whether a file is to be replaced."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_tr("Replace the file?"))
    box.setText(_tr("There is a file called “{name}” in this folder.").format(name=path.name))
    box.setInformativeText(_tr("What it holds is lost when it is replaced."))
    replace = box.addButton(_tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    try:
        box.exec()
        return box.clickedButton() is replace
    finally:
        box.deleteLater()


def write(
    parent: QWidget,
    path: Path,
    data: bytes | Callable[[], bytes],
    then: Callable[[], object] = lambda: None,
) -> None:
    """Write a file off the window's thread, where its content may be made too, then go on.

    When that fails it is told, and nothing follows.
    """
    background = Background(parent)

    def work() -> None:
        write_atomically(path, data() if callable(data) else data)

    def failed(error: Exception) -> None:
        background.deleteLater()
        if not isinstance(error, FileProblem):
            raise error
        tell(parent, sentence(error.text))

    def done(_: object) -> None:
        background.deleteLater()
        then()

    background.run(work, done, failed)
    background.finish()


def tell(parent: QWidget, sentence: str) -> None:
    """Tell why nothing was saved."""
    box = QMessageBox(QMessageBox.Icon.Warning, _tr("Not saved"), sentence, parent=parent)
    try:
        box.exec()
    finally:
        box.deleteLater()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SaveDialog", text)
