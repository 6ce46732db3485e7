"""Ways to the laboratories for whoever does not know their page: links, and actions to be found by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from playground.labs import Laboratory
from playground.value import Kind
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


class LabLink(QPushButton):
    """A link to the laboratory that a layer is akin to; hidden where there is none.

    Signals:
        chosen: the kind of that laboratory.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self._tag = ""
        self.clicked.connect(lambda: self.chosen.emit(self._tag))
        self.hide()

    def show_akin(self, value: Kind) -> None:
        """Lead to what is akin to this."""
        found = next((kind for kind in Laboratory.members() if value.tag() in kind.akin), None)
        self.setVisible(found is not None)
        if found is not None:
            self._tag = found.tag()
            self.setText(self.tr("Laboratory: {name}").format(name=said(found)))
            self.setToolTip(said(found, "question"))
