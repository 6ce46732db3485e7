"""The gallery of laboratories: a card each, with a picture, its question and what it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from playground.labs import Laboratory
from widgets import theme
from widgets.labels import label
from widgets.panels.scroll import ScrollingColumn
from widgets.picture_card import PictureCard
from widgets.sentences import said

PICTURES = Path(__file__).parents[3] / "resources" / "labs"
PICTURE = QSize(288, 150)
LEAST, MOST = 300, 360
"""How wide a card is."""
GAP = 14


class LabGallery(QWidget):
    """All laboratories.

    Signals:
        chosen: the kind of the laboratory that is to be opened.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Laboratories"))
        self.cards = [LabCard(kind) for kind in Laboratory.members()]
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        scroll = ScrollingColumn()
        scroll.column.setSpacing(12)
        title = label(self.tr("Laboratories"))
        font = title.font()
        font.setPixelSize(22)
        font.setBold(True)
        title.setFont(font)
        scroll.column.addWidget(title)
        words = self.tr("Ideas to take in the hand, about the mathematics beneath networks.")
        scroll.column.addWidget(label(words, "muted", wraps=True))
        scroll.column.addLayout(self._grid)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 0, 0, 0)
        outer.addWidget(scroll)
        for card in self.cards:
            card.clicked.connect(lambda _checked=False, kind=card.kind: self.chosen.emit(kind.tag()))
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange(max(1, (self.width() - 40) // (LEAST + GAP)))

    def _arrange(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for place, card in enumerate(self.cards):
                self._grid.addWidget(card, *divmod(place, columns))


class LabCard(PictureCard):
    """A picture, a title, a question and a sentence, pressed as one."""

    def __init__(self, kind: type[Laboratory]) -> None:
        super().__init__(said(kind), said(kind, "question"), LEAST, MOST)
        self.kind = kind
        words = QVBoxLayout(self)
        words.setContentsMargins(14, PICTURE.height() + 18, 14, 12)
        words.setSpacing(4)
        words.addWidget(label(said(kind), "heading"))
        words.addWidget(label(said(kind, "question"), wraps=True))
        words.addWidget(label(said(kind, "help"), "muted", wraps=True))
        words.addStretch(1)
        self.take_picture()

    def picture_file(self) -> Path:
        return PICTURES / f"{self.kind.tag()}-{theme.current().pictures}.png"

    def picture_place(self) -> QRect:
        return QRect(8, 8, self.width() - 16, PICTURE.height())

    def sizeHint(self) -> QSize:
        """As wide as can be, and as high as the words need then."""
        return QSize(self.maximumWidth(), self.heightForWidth(self.minimumWidth()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as can be."""
        return QSize(self.minimumWidth(), self.heightForWidth(self.minimumWidth()))
