"""A frame that has one of several plots in front; links in its head line bring the others there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame
from widgets.tips import tip


@dataclass(frozen=True, eq=False)
class TurnedPage:
    """What can be in front.

    Attributes:
        title: what the frame is called then.
        content: what is shown.
        link: the word that brings it to the front.
        told: what that does, in a sentence.
    """

    title: str
    content: QWidget
    link: str
    told: str


class TurningFrame(LabFrame):
    """One page in front, and a link to each of the others.

    Signals:
        turned: another is in front.
    """

    turned = Signal()

    def __init__(self, pages: Sequence[TurnedPage]) -> None:
        self._pages = pages
        self.links = tuple(link_button(page.link, tip(page.told)) for page in pages)
        content = QWidget()
        self._stack = QStackedLayout(content)
        for page in pages:
            self._stack.addWidget(page.content)
        super().__init__(pages[0].title, content, self.links)
        for place, link in enumerate(self.links):
            link.clicked.connect(lambda _checked=False, place=place: self.turn_to(place))
        self.links[0].hide()

    @property
    def front(self) -> QWidget:
        """What is in front."""
        return self._stack.currentWidget()

    def turn_to(self, place: int) -> None:
        """Bring one of them to the front."""
        self._stack.setCurrentIndex(place)
        self.show_title(self._pages[place].title)
        for at, link in enumerate(self.links):
            link.setVisible(at != place)
        self.turned.emit()
