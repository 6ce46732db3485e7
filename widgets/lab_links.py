"""Ways to the laboratories for whoever does not know their page: links, and actions to be found by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.labs import Laboratory
from widgets.actions import Actions, Command
from widgets.labels import label, link_button
from widgets.sentences import said


def add_lab_actions(actions: Actions, open_kind: Callable[[str], object]) -> None:
    """Let there be an action for each laboratory, unless there is one already."""
    group = QCoreApplication.translate("LabLinks", "Laboratory")
    for kind in Laboratory.members():
        name = f"lab_{kind.tag()}"
        if name not in actions:
            action = actions.add(Command(name, group, said(kind), said(kind, "help"), None, "labs"))
            action.triggered.connect(lambda _checked=False, kind=kind: open_kind(kind.tag()))


class LabLinks(QWidget):
    """A heading, and a link for each laboratory.

    Signals:
        chosen: the kind of the laboratory that is to be opened.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(self.tr("Laboratories"), "heading"))
        self.links = {
            kind.tag(): link_button(said(kind), said(kind, "question")) for kind in Laboratory.members()
        }
        for tag, link in self.links.items():
            link.clicked.connect(lambda _checked=False, tag=tag: self.chosen.emit(tag))
            column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)
