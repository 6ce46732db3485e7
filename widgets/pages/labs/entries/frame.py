"""The list of those that take part: each with its colour, its settings on demand, and how it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from playground.value import Kind
from widgets import theme
from widgets.forms import Form
from widgets.icons import icon
from widgets.labels import give_role, label, show_text
from widgets.pages.labs.entries.colours import MOST_ENTRIES, entry_colour
from widgets.pages.labs.entries.edits import EntryEdits
from widgets.pages.labs.frames import LabFrame, say_in, words
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import said

LABEL_WIDTH = 92


class EntryDot(QWidget):
    """The colour of an entry."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place = place
        self.setFixedSize(10, 10)
        theme.themes.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(entry_colour(self._place)))
            painter.drawEllipse(self.rect())


class EntryName(QPushButton):
    """A link that gives way where room is short."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(words(name, "link"))

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the ellipsis."""
        return self.layout().minimumSize()


class EntryRow(QWidget):
    """One entry: it changes nothing itself, and asks.

    Signals:
        edited: the value asked for, the gesture, and words for the undo menu.
        opened: its settings were unfolded.
        removed: it is to take part no more.
    """

    edited = Signal(object, int, str)
    opened = Signal()
    removed = Signal()

    def __init__(self, entry: Kind, place: int, detail: Callable[[Kind], str] | None) -> None:
        super().__init__()
        self.kind = type(entry)
        self._entry, self._detail = entry, detail
        self.form: Form | None = None
        self.name = EntryName(said(entry))
        self.name.setToolTip(self.tr("Show or hide its settings."))
        self.name.clicked.connect(self._toggle)
        self.detail, self.told = words("", "muted"), label()
        self.detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove = QToolButton()
        self.remove.setAutoRaise(True)
        self.remove.setIconSize(QSize(12, 12))
        told = self.tr("Remove {name}").format(name=said(entry))
        self.remove.setToolTip(told)
        self.remove.setAccessibleName(told)
        self.remove.clicked.connect(self.removed)
        self._lay_out(place)
        theme.themes.changed.connect(self._recolour)
        self._recolour()
        self.show_entry(entry)

    def _lay_out(self, place: int) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(EntryDot(place))
        head.addWidget(self.name)
        head.addWidget(self.detail, 1)
        head.addWidget(self.told)
        head.addWidget(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)

    def show_entry(self, entry: Kind) -> None:
        """Show its settings."""
        self._entry = entry
        if self._detail is not None:
            self.show_detail(self._detail(entry))
        if self.form is not None:
            self.form.set_value(entry)

    def show_detail(self, text: str) -> None:
        """Say this behind its name, as far as there is room."""
        say_in(self.detail, text)

    def show_told(self, text: str, bad: bool = False) -> None:
        """Say how it does."""
        show_text(self.told, text)
        give_role(self.told, "error" if bad else "")

    def unfold(self) -> None:
        """Show all its settings."""
        if self.form is None:
            self.form = Form(self.kind, label_width=LABEL_WIDTH, parent=self)
            self.form.edited.connect(self.edited)
            self.form.set_value(self._entry)
            self._column.addWidget(self.form)
        self.form.show()

    def _toggle(self) -> None:
        if self.form is not None and not self.form.isHidden():
            self.form.hide()
            return
        self.unfold()
        self.opened.emit()

    def _recolour(self) -> None:
        self.remove.setIcon(icon("close", theme.current().muted))


class EntriesFrame(LabFrame):
    """All that take part; one of them at least stays.

    Signals:
        opened: the place of one whose settings were unfolded.
    """

    opened = Signal(int)

    def __init__(
        self,
        title: str,
        edits: EntryEdits,
        kinds: Sequence[type[Kind]],
        detail: Callable[[Kind], str] | None,
        add_words: tuple[str, str],
        unfolds: bool = False,
    ) -> None:
        """A list of members of a family.

        Args:
            title: what they are together.
            edits: who changes them.
            kinds: what may be added.
            detail: what stands behind the name of one; None for what is said by `show_detail`.
            add_words: what adding one is called, and what it does.
            unfolds: whether the settings of all are shown at once.
        """
        self._edits, self._kinds, self._detail, self._unfolds = edits, kinds, detail, unfolds
        self.rows: list[EntryRow] = []
        self._scroll = ScrollingColumn()
        self._scroll.column.setContentsMargins(0, 2, 4, 2)
        self._scroll.column.setSpacing(5)
        self._scroll.column.addStretch(1)
        self.add = QToolButton()
        self.add.setText(self.tr("Add"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setAccessibleName(add_words[0])
        self.add.setToolTip(add_words[1])
        self.add.setMenu(self._menu())
        super().__init__(title, self._scroll, (self.add,))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _menu(self) -> QMenu:
        menu = QMenu(self.add)
        menu.setToolTipsVisible(True)
        for kind in self._kinds:
            action = menu.addAction(said(kind))
            action.setToolTip(said(kind, "help"))
            action.triggered.connect(lambda _=False, kind=kind: self._edits.add(kind))
        return menu

    def show_entries(self, entries: Sequence[Kind]) -> None:
        """Show who takes part; a row that is still of the same kind stays as it is."""
        if [row.kind for row in self.rows] != [type(entry) for entry in entries]:
            self._build(entries)
        for row, entry in zip(self.rows, entries, strict=True):
            row.show_entry(entry)
            row.remove.setEnabled(len(entries) > 1)
        self.add.setEnabled(len(entries) < MOST_ENTRIES)

    def _build(self, entries: Sequence[Kind]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [EntryRow(entry, place, self._detail) for place, entry in enumerate(entries)]
        for place, row in enumerate(self.rows):
            row.edited.connect(
                lambda entry, gesture, text, place=place: self._edits.set_entry(place, entry, gesture, text)
            )
            row.opened.connect(lambda place=place: self.opened.emit(place))
            row.removed.connect(lambda place=place: self._edits.remove(place))
            self._scroll.column.insertWidget(place, row)
            if self._unfolds:
                row.unfold()
