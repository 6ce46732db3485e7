"""Ways to the laboratories for whoever does not know their page: links, and actions to be found by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from playground.value import Kind
from widgets.actions import Actions
from widgets.background import Background
from widgets.command import Command
from widgets.labels import label, link_button
from widgets.sentences import said

if TYPE_CHECKING:
    from playground.labs import Laboratory


def laboratories() -> tuple[type[Laboratory], ...]:
    """All of them, which takes a while the first time."""
    from playground.labs import Laboratory

    return Laboratory.members()


def add_lab_actions(actions: Actions, open_kind: Callable[[str], object]) -> None:
    """Let there be an action for each laboratory, unless there is one already."""
    group = QCoreApplication.translate("LabLinks", "Laboratory")
    for kind in laboratories():
        name = f"lab_{kind.tag()}"
        if name not in actions:
            action = actions.add(Command(name, group, said(kind), said(kind, "help"), None, "labs"))
            action.triggered.connect(lambda _checked=False, kind=kind: open_kind(kind.tag()))


class LabLinks(QWidget):
    """A heading, and a link for each laboratory, which come when it has been seen.

    Attributes:
        links: by the kind of the laboratory.

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
        self.links: dict[str, QPushButton] = {}
        self._background: Background | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Look for the laboratories once the page is there."""
        super().paintEvent(event)
        if self._background is None:
            self._background = Background(self)
            self._background.run(laboratories, self._lead_to)
            self._background.finish()

    def _lead_to(self, found: tuple[type[Laboratory], ...]) -> None:
        for kind in found:
            tag = kind.tag()
            link = self.links[tag] = link_button(said(kind), said(kind, "question"))
            link.clicked.connect(lambda _checked=False, tag=tag: self.chosen.emit(tag))
            self.layout().addWidget(link)
            self.layout().setAlignment(link, Qt.AlignmentFlag.AlignLeft)


class AkinLabs(QWidget):
    """Links to the laboratories that are akin to what is explained; hidden where there are none.

    Signals:
        chosen: the kind of the laboratory that is to be opened.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.links: dict[str, QPushButton] = {}
        """Those that are shown, by the kind of the laboratory."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_akin(self, value: Kind) -> None:
        """Lead to what is akin to this."""
        found = {kind.tag(): kind for kind in laboratories() if kind.is_akin(type(value))}
        if found.keys() != self.links.keys():
            self._lead_to(found)
        self.setVisible(bool(found))

    def _lead_to(self, found: Mapping[str, type[Laboratory]]) -> None:
        for link in self.links.values():
            link.hide()
            link.deleteLater()
        self.links = {}
        for tag, kind in found.items():
            link = link_button(self.tr("Laboratory: {name}").format(name=said(kind)), said(kind, "question"))
            link.clicked.connect(lambda _checked=False, tag=tag: self.chosen.emit(tag))
            self._column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)
            self.links[tag] = link
