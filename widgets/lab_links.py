"""Links to the laboratories, by their names, for whoever does not know the page of them yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.labs import Laboratory
from widgets.labels import label, link_button
from widgets.sentences import said


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
