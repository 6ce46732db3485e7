"""The list of racers: each with its colour, its settings on demand, and when it was at the goal."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from playground.engine.optimizers import Optimizer
from playground.labs.race import Race
from playground.labs.race.laboratory import MOST_RACERS
from playground.numbers.writing import figures
from widgets import theme
from widgets.forms import Form
from widgets.icons import icon
from widgets.labels import give_role, label, show_text
from widgets.pages.labs.frames import LabFrame, say_in, words
from widgets.pages.labs.views.race.colours import racer_colour
from widgets.pages.labs.views.race.edits import RaceEdits
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import said

LABEL_WIDTH = 92


class ColourDot(QWidget):
    """The colour of a racer."""

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
            painter.setBrush(QColor(racer_colour(self._place)))
            painter.drawEllipse(self.rect())


class RacerName(QPushButton):
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


class RacerRow(QWidget):
    """One racer: it changes nothing itself, and asks.

    Signals:
        edited: the optimizer asked for, the gesture, and words for the undo menu.
        opened: its settings were unfolded; its rate is swept from now on.
        removed: it is to take part no more.
    """

    edited = Signal(object, int, str)
    opened = Signal()
    removed = Signal()

    def __init__(self, racer: Optimizer, place: int) -> None:
        super().__init__()
        self.kind = type(racer)
        self._racer = racer
        self.form: Form | None = None
        self.name = RacerName(said(racer))
        self.name.setToolTip(self.tr("Show or hide its settings, and sweep its learning rate."))
        self.name.clicked.connect(self._toggle)
        self.rate, self.told = words("", "muted"), label()
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove = QToolButton()
        self.remove.setAutoRaise(True)
        self.remove.setIconSize(QSize(12, 12))
        told = self.tr("Remove {name}").format(name=said(racer))
        self.remove.setToolTip(told)
        self.remove.setAccessibleName(told)
        self.remove.clicked.connect(self.removed)
        self._lay_out(place)
        theme.themes.changed.connect(self._recolour)
        self._recolour()
        self.show_racer(racer)

    def _lay_out(self, place: int) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ColourDot(place))
        head.addWidget(self.name)
        head.addWidget(self.rate, 1)
        head.addWidget(self.told)
        head.addWidget(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)

    def show_racer(self, racer: Optimizer) -> None:
        """Show its settings."""
        self._racer = racer
        say_in(self.rate, f"η {figures(racer.learning_rate, 3)}")
        if self.form is not None:
            self.form.set_value(racer)

    def show_told(self, text: str, bad: bool) -> None:
        """Say how it does."""
        show_text(self.told, text)
        give_role(self.told, "error" if bad else "")

    def _toggle(self) -> None:
        if self.form is None:
            self.form = Form(self.kind, label_width=LABEL_WIDTH, parent=self)
            self.form.edited.connect(self.edited)
            self.form.set_value(self._racer)
            self.form.hide()
            self._column.addWidget(self.form)
        self.form.setVisible(self.form.isHidden())
        if not self.form.isHidden():
            self.opened.emit()

    def _recolour(self) -> None:
        self.remove.setIcon(icon("close", theme.current().muted))


class RacersFrame(LabFrame):
    """All racers; one of them at least stays."""

    def __init__(self, edits: RaceEdits) -> None:
        self._edits = edits
        self.rows: list[RacerRow] = []
        self._scroll = ScrollingColumn()
        self._scroll.column.setContentsMargins(0, 2, 4, 2)
        self._scroll.column.setSpacing(5)
        self._scroll.column.addStretch(1)
        self.add = QToolButton()
        self.add.setText(self.tr("Add"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setAccessibleName(self.tr("Add a racer"))
        self.add.setToolTip(self.tr("Let another optimizer take part."))
        self.add.setMenu(self._menu())
        super().__init__(self.tr("Racers"), self._scroll, (self.add,))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _menu(self) -> QMenu:
        menu = QMenu(self.add)
        menu.setToolTipsVisible(True)
        for kind in Optimizer.ready():
            action = menu.addAction(said(kind))
            action.setToolTip(said(kind, "help"))
            action.triggered.connect(lambda _=False, kind=kind: self._edits.add(kind))
        return menu

    def show_racers(self, lab: Race) -> None:
        """Show who takes part; a row that is still of the same optimizer stays as it is."""
        if [row.kind for row in self.rows] != [type(racer) for racer in lab.racers]:
            self._build(lab)
        for row, racer in zip(self.rows, lab.racers, strict=True):
            row.show_racer(racer)
            row.remove.setEnabled(len(lab.racers) > 1)
        self.add.setEnabled(len(lab.racers) < MOST_RACERS)
        self.show_remark(self.tr("steps to ε = {goal}").format(goal=figures(lab.epsilon, 3)))

    def _build(self, lab: Race) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [RacerRow(racer, place) for place, racer in enumerate(lab.racers)]
        for place, row in enumerate(self.rows):
            row.edited.connect(
                lambda racer, gesture, text, place=place: self._edits.set_racer(place, racer, gesture, text)
            )
            row.opened.connect(lambda place=place: self._edits.choose(place))
            row.removed.connect(lambda place=place: self._edits.remove(place))
            self._scroll.column.insertWidget(place, row)
