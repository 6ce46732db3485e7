"""The start page: examples with pictures, recent files, and a place for a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.files import examples
from widgets import theme
from widgets.lab_links import LabLinks
from widgets.labels import label, link_button
from widgets.picture_card import PictureCard
from widgets.presence import Presence
from widgets.recent_files import entry
from widgets.sentences import sentence
from widgets.tab_order import ReadingOrder

PICTURE = 112
CARD_WIDTHS = 290, 336
WIDE = 1320
"""The width from which there are three columns of examples."""
RECENT = 6
"""How many recent files are listed."""


@dataclass(frozen=True)
class ExampleCard:
    """What a card shows of an example."""

    path: Path
    title: str
    sentence: str
    pictures: Mapping[str, Path]
    """By the theme's name."""
    section: str
    """The title that it stands below."""


class StartPage(ReadingOrder, QFrame):
    """Covers the panels until something is chosen; never modal.

    Signals:
        example_chosen: path and title of an example.
        file_chosen: a recent file.
        open_asked: the person wants to choose a file.
        link_given: the text of a link.
        tour_asked: a first look around is wanted.
        closed: the person wants to begin with what is there.
        show_at_start_changed: whether to greet at the next start.
        beginner_asked: the beginner's view is wanted, or no more.
    """

    example_chosen = Signal(Path, str)
    file_chosen = Signal(Path)
    open_asked = Signal()
    link_given = Signal(str)
    tour_asked = Signal()
    closed = Signal()
    show_at_start_changed = Signal(bool)
    beginner_asked = Signal()

    def __init__(self, examples: Sequence[ExampleCard], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Start page"))
        self._entries: dict[Path, QPushButton] = {}
        self._columns = 0
        self.cards = [_Card(example) for example in examples]
        for card in self.cards:
            card.clicked.connect(
                lambda _checked=False, e=card.example: self.example_chosen.emit(e.path, e.title)
            )

        content = QWidget(objectName="content")
        columns = QHBoxLayout()
        columns.setSpacing(28)
        columns.addStretch(1)
        columns.addLayout(self._examples())
        columns.addLayout(self._side())
        columns.addStretch(1)
        rows = QVBoxLayout(content)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.addStretch(1)
        rows.addLayout(columns)
        rows.addStretch(2)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Show these files."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._entries = {path: link_button(entry(path), str(path)) for path in paths[:RECENT]}
        for path, button in self._entries.items():
            button.clicked.connect(lambda _checked=False, path=path: self.file_chosen.emit(path))
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        if not paths:
            self._recent.addWidget(label(self.tr("Files you save are listed here."), "muted"))

    def mark_recent(self, path: Path, presence: Presence) -> None:
        """Say whether one of the files is there; any other cannot be chosen."""
        if (button := self._entries.get(path)) is not None:
            button.setText(entry(path, presence))
            button.setEnabled(presence is Presence.THERE)

    def show_beginner(self, on: bool) -> None:
        """Offer the beginner's view, or say that it is shown."""
        words = self.tr("This is the beginner's view. Show everything.")
        self.beginner.setText(words if on else self.tr("New to this? Take the beginner's view."))

    def set_shows_at_start(self, shows: bool) -> None:
        """Tick the box or not."""
        self._at_start.setChecked(shows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange(3 if self.width() >= WIDE else 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _examples(self) -> QVBoxLayout:
        title = QLabel("Neural Playground")
        font = title.font()
        font.setPixelSize(26)
        font.setBold(True)
        title.setFont(font)
        self.sections = {title: _Gathered(title, cards) for title, cards in _by_section(self.cards).items()}
        self._arrange(2)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(
            label(self.tr("See neural networks learn. Begin with an example, then change it."), "muted")
        )
        column.addLayout(self._links())
        for section in self.sections.values():
            column.addSpacing(8)
            column.addWidget(section)
        return column

    def _links(self) -> QHBoxLayout:
        """A word for each section, which leads there."""
        row = QHBoxLayout()
        row.setSpacing(16)
        for title, section in self.sections.items():
            section.link.clicked.connect(lambda _=False, title=title: self._go_to(title))
            row.addWidget(section.link)
        row.addStretch(1)
        return row

    def _go_to(self, title: str) -> None:
        section = self.sections[title]
        self._area.verticalScrollBar().setValue(section.mapTo(self._area.widget(), QPoint(0, 0)).y() - 12)

    def _arrange(self, columns: int) -> None:
        """Put the examples side by side in so many columns."""
        if columns != self._columns:
            self._columns = columns
            for section in self.sections.values():
                section.arrange(columns)

    def _side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addSpacing(84)  # level with the first example
        begin = QPushButton(self.tr("Begin with the default network"))
        begin.setDefault(True)
        begin.clicked.connect(self.closed)
        open_file = QPushButton(self.tr("Open a file…"))
        open_file.clicked.connect(self.open_asked)
        self.link = QLineEdit()
        self.link.setPlaceholderText(self.tr("Paste it here"))
        self.link.setAccessibleName(self.tr("Link of an experiment"))
        self.link.setMinimumWidth(140)
        self.link.returnPressed.connect(self._give_link)
        open_link = QPushButton(self.tr("Open"))
        open_link.clicked.connect(self._give_link)
        link_row = QHBoxLayout()
        link_row.addWidget(self.link, 1)
        link_row.addWidget(open_link)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._at_start = QCheckBox(self.tr("Show this page at the start"))
        self._at_start.clicked.connect(self.show_at_start_changed)
        tour = QPushButton(self.tr("Take a tour in a minute"))
        tour.setToolTip(self.tr("What is where in the window, shown in six steps."))
        tour.clicked.connect(self.tour_asked)
        self.news = link_button(
            self.tr("What is new"), self.tr("The program is newer than it was at the last start.")
        )
        self.news.hide()
        self.beginner = link_button(
            self.tr("New to this? Take the beginner's view."),
            self.tr("Fewer controls, larger text, and sentences in place of numbers; nothing else changes."),
        )
        self.beginner.clicked.connect(self.beginner_asked)
        column.addWidget(self.beginner, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(begin)
        column.addWidget(tour)
        column.addWidget(open_file)
        column.addWidget(self.news, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(14)
        column.addWidget(label(self.tr("Open a link"), "heading"))
        column.addLayout(link_row)
        column.addSpacing(14)
        column.addWidget(label(self.tr("Recent files"), "heading"))
        column.addLayout(self._recent)
        column.addSpacing(14)
        self.labs = LabLinks()
        column.addWidget(self.labs)
        column.addSpacing(14)
        column.addWidget(self._at_start)
        column.addStretch(1)
        return column

    def _give_link(self) -> None:
        if text := self.link.text().strip():
            self.link_given.emit(text)


class _Gathered(QWidget):
    """Examples below a title."""

    def __init__(self, title: str, cards: Sequence[_Card]) -> None:
        super().__init__()
        self.cards = cards
        self.link = link_button(title, "")
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(title, "heading"))
        column.addLayout(self._grid)

    def arrange(self, columns: int) -> None:
        """Put them side by side in so many columns."""
        for position, card in enumerate(self.cards):
            self._grid.addWidget(card, *divmod(position, columns))
        self._grid.setColumnStretch(columns, 1)
        self._grid.setColumnStretch(5 - columns, 0)


def _by_section(cards: Sequence[_Card]) -> dict[str, list[_Card]]:
    """The cards below their titles, in the order of sections and in their own."""
    found: dict[str, list[_Card]] = {sentence(section.value): [] for section in examples.LearnsFrom}
    for card in cards:
        found.setdefault(card.example.section, []).append(card)
    return {title: below for title, below in found.items() if below}


class _Card(PictureCard):
    """A picture, a title and a sentence, pressed as one."""

    def __init__(self, example: ExampleCard) -> None:
        super().__init__(example.title, example.sentence, *CARD_WIDTHS)
        self.example = example
        told = label(example.sentence, "muted", wraps=True)
        told.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(example.title, "heading"))
        words.addWidget(told, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PICTURE + 24, 12, 10, 12)
        layout.addStrut(PICTURE)
        layout.addLayout(words)
        self.take_picture()

    def picture_file(self) -> Path:
        return self.example.pictures[theme.current().pictures]

    def picture_place(self) -> QRect:
        return QRect(12, 12, PICTURE, PICTURE)

    def sizeHint(self) -> QSize:
        """As wide as can be, and as high as the text or the picture is then."""
        return QSize(self.maximumWidth(), self.heightForWidth(self.maximumWidth()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as can be."""
        return QSize(self.minimumWidth(), self.heightForWidth(self.maximumWidth()))


def example_cards() -> list[ExampleCard]:
    """A card for each example."""
    return [
        ExampleCard(
            example.path,
            *(sentence(example.texts()[role]) for role in ("title", "sentence")),
            {name: example.path.with_name(f"{example.name}-{name}.png") for name in ("dark", "light")},
            sentence(example.section.value),
        )
        for example in examples.examples()
    ]
