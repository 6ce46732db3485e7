"""One laboratory: question on top, settings at the left, what is seen in the middle, words at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.labs import Laboratory, Try
from widgets import theme
from widgets.forms import Form
from widgets.icons import icon
from widgets.labels import label, link_button, show_or_hide
from widgets.motion import Calm
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.views import view_of
from widgets.panels.scroll import MARGIN
from widgets.panels.side_panel import SidePanel
from widgets.sentences import said
from widgets.tips import tip
from widgets.workspace import Workspace

SETTINGS, WORDS = 248, 224
"""Pixels of the panels at the left and at the right."""
NARROW, LESS = 1100, 32
"""Below this width the one at the right is narrower by so much."""
NARROWEST = 860
"""Below this width there is one at the left alone."""
TITLE_PIXELS = 18
LABEL_WIDTH = 88


class LabRoom(QWidget):
    """A laboratory with its own document.

    Signals:
        left: the person wants to see all laboratories.
        save_asked: the person wants it in a file.
        offers_changed: it runs now or rests, which other actions go by.
    """

    left = Signal()
    save_asked = Signal()
    offers_changed = Signal()

    def __init__(self, value: Laboratory, workspace: Workspace) -> None:
        super().__init__()
        self.kind = type(value)
        self.document = LabDocument(value, self)
        self.view = view_of(value.tag())(self.document, workspace)
        self.form = Form(self.kind, label_width=LABEL_WIDTH)
        self.back = link_button(self.tr("‹ All laboratories"), tip(self.tr("Show all laboratories.")))
        self.run = QPushButton()
        self.run.setDefault(True)
        self.step = QPushButton(self.tr("Step"))
        self.reset = QPushButton(self.tr("Reset"))
        self.save = QPushButton(self.tr("Save"))
        self.step.setToolTip(tip(self.tr("Go on by one step."), "."))
        self.reset.setToolTip(tip(self.tr("Begin anew with the same settings."), "R"))
        self.save.setToolTip(tip(self.tr("Save this laboratory in a file, to be opened like any other.")))
        self.told = label(wraps=True)
        self.tries = [self._try(number, each) for number, each in enumerate(self.kind.tries)]
        self._lay_out()
        self._connect(workspace)
        self.form.set_value(value)
        self.view.show_value(value)
        self._show_running()

    # --- assembly ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        self._row, self._left = QHBoxLayout(), QVBoxLayout()
        self._row.setSpacing(8)
        self._left.setSpacing(8)
        settings, self._right = self._settings(), self._words()
        self._left.addWidget(settings)
        self._row.addLayout(self._left)
        self._row.addWidget(self.view, 1)
        self._row.addWidget(self._right)
        column.addLayout(self._row, 1)

    def _head(self) -> QHBoxLayout:
        title = QLabel(said(self.kind))
        font = title.font()
        font.setPixelSize(TITLE_PIXELS)
        font.setBold(True)
        title.setFont(font)
        names = QHBoxLayout()
        names.setSpacing(20)
        names.addWidget(title)
        names.addWidget(label(said(self.kind, "question"), "muted", wraps=True), 1)
        left = QVBoxLayout()
        left.setSpacing(2)
        above = QHBoxLayout()
        above.addWidget(self.back)
        above.addStretch(1)
        left.addLayout(above)
        left.addLayout(names)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 4, 0)
        head.addLayout(left, 1)
        for button in (self.run, self.step, self.reset, self.save):
            head.addWidget(button)
        return head

    def _settings(self) -> SidePanel:
        panel = SidePanel(SETTINGS)
        column = panel.column
        column.addWidget(label(self.tr("Settings"), "heading"))
        column.addWidget(self.form)
        column.addStretch(1)
        return panel

    def _words(self) -> SidePanel:
        panel = SidePanel(WORDS)
        column = panel.column
        column.addWidget(label(self.tr("What you see"), "heading"))
        column.addWidget(self.told)
        column.addWidget(label(said(self.kind, "answer"), "muted", wraps=True))
        column.addSpacing(6)
        column.addWidget(label(self.tr("Try"), "heading"))
        for button in self.tries:
            column.addWidget(button)
        if uses := self.view.uses():
            column.addSpacing(6)
            column.addWidget(label(self.tr("In your network"), "heading"))
            for use in uses:
                column.addWidget(use)
        column.addSpacing(6)
        column.addWidget(label(self.tr("Formula"), "heading"))
        column.addWidget(
            label(said(self.kind, "formula").replace(",   ", "\n").replace(";   ", "\n"), wraps=True)
        )
        column.addWidget(label(said(self.kind, "reference"), "caption", wraps=True))
        column.addStretch(1)
        return panel

    def _try(self, number: int, each: Try) -> QPushButton:
        """A link that sets what it says; a long sentence goes on in a second line."""
        words = said(self.kind, f"try.{number}")
        button = WrappedLink(words)
        button.clicked.connect(
            lambda: self.document.edit(self.document.value.with_(**each.changes), words.removesuffix("."))
        )
        return button

    def _connect(self, workspace: Workspace) -> None:
        self.document.changed.connect(self._show)
        self.form.edited.connect(lambda value, gesture, text: self.document.edit(value, text, gesture))
        self.view.told.connect(lambda words: show_or_hide(self.told, words))
        self.view.message.connect(workspace.message)
        self.view.running_changed.connect(lambda _: self._show_running())
        self.view.running_changed.connect(Calm(self).run)
        self.view.running_changed.connect(lambda _: self.offers_changed.emit())
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.save_asked)
        self.run.clicked.connect(self.run_or_pause)
        self.step.clicked.connect(self.take_step)
        self.reset.clicked.connect(self.view.reset)
        theme.themes.changed.connect(self._show_running)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the middle most of a narrow window: the words go below the settings in the end."""
        super().resizeEvent(event)
        below = self.width() < NARROWEST
        if below != (self._left.indexOf(self._right) >= 0):
            before, after = (self._row, self._left) if below else (self._left, self._row)
            before.removeWidget(self._right)
            after.addWidget(self._right)
        self._right.show_width(SETTINGS if below else WORDS - LESS * (self.width() < NARROW))

    # --- what it does -----------------------------------------------------------------------------------

    def run_or_pause(self) -> None:
        """Run by itself, or rest."""
        self.view.set_running(not self.view.running)

    def take_step(self) -> None:
        """Rest, and go on by one step."""
        self.view.set_running(False)
        self.view.step()

    def _show(self, value: Laboratory) -> None:
        self.form.set_value(value)
        self.view.show_value(value)

    def _show_running(self) -> None:
        running = self.view.running
        self.run.setText(self.tr("Pause") if running else self.tr("Run"))
        words = self.tr("Stop where it is.") if running else self.tr("Go on by itself, step after step.")
        self.run.setToolTip(tip(words, self.tr("Space")))
        self.run.setIcon(icon("pause" if running else "run", theme.current().on_accent))


class WrappedLink(QPushButton):
    """A link whose words may need several lines, as no button of Qt's does."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setAccessibleName(words)
        self._words = label(words, "link", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.addWidget(self._words)

    def sizeHint(self) -> QSize:
        """As wide as the panel, and as high as the words need there."""
        width = WORDS - LESS - 2 * MARGIN
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """As high as the words need."""
        return self.layout().totalHeightForWidth(width)
