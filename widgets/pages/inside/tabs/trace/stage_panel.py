"""The equations of one stage: in numbers, in symbols, or as NumPy code."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from playground.analysis.inspections.trace.copying import stage_code
from playground.analysis.inspections.trace.made_of import made_of
from playground.analysis.inspections.trace.trace import Trace
from playground.engine.calculation.writing import in_symbols
from widgets.labels import link_button
from widgets.pages.inside.tabs.trace.matrices import MatrixSheet
from widgets.pages.inside.tabs.trace.panels import TitledPanel
from widgets.pages.inside.tabs.trace.stages import stage_name
from widgets.sentences import sentence


class WrittenChoice(QWidget):
    """Three words, one of which is chosen: numbers, symbols, code.

    Signals:
        chosen: how equations are to be written now.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = {"numbers": self.tr("numbers"), "symbols": self.tr("symbols"), "code": self.tr("code")}
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name, title in titles.items():
            button = QToolButton(self)
            button.setText(title)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)

    def show_choice(self, name: str) -> None:
        """Show what is chosen."""
        self.buttons[name].setChecked(True)


class StagePanel(TitledPanel):
    """Shows one stage of a trace.

    Signals:
        checking: the weight whose gradient is to be checked: layer, array, and place there.
    """

    checking = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.choice = WrittenChoice()
        super().__init__("", self.choice, parent)
        self.sheet = MatrixSheet()
        self.scroll = QScrollArea(self)
        self.scroll.setWidget(self.sheet)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)
        self.code = QPlainTextEdit(self)
        self.code.setReadOnly(True)
        self.code.setTabChangesFocus(True)
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setAccessibleName(self.tr("Equations as text"))
        self._plain = self.code.font()
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setAccessibleName(self.tr("The entry written out"))
        self.told.setMinimumHeight(2 * self.fontMetrics().height() + 2)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.scroll)
        self._stack.addWidget(self.code)
        self.check = link_button(
            self.tr("Check this gradient"), self.tr("Compare it with differences of the loss (Enter)")
        )
        self.check.clicked.connect(self.check_entry)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        self.sheet.told.connect(self._tell)
        self.sheet.pointed.connect(self._add_what_it_is_made_of)
        self._trace: Trace | None = None
        self._weight: tuple[str, str, tuple[int, ...]] | None = None
        self._tell("")

    def show_stage(self, trace: Trace, number: int, written: str) -> None:
        """Show a stage of a trace, written in one of three ways."""
        self._trace = trace
        stage = trace.stages[min(number, len(trace.stages) - 1)]
        self.heading.setText(stage_name(stage))
        self.choice.show_choice(written)
        self._stack.setCurrentWidget(self.scroll if written == "numbers" else self.code)
        self.told.setVisible(written == "numbers")
        keeps = self.check.sizePolicy()
        keeps.setRetainSizeWhenHidden(stage.goes_back and written == "numbers")
        self.check.setSizePolicy(keeps)
        if written == "numbers":
            self.sheet.show_equations(stage.lines, trace.values)
            return
        text = stage_code(trace, stage) if written == "code" else _symbols(trace, number)
        if text != self.code.toPlainText():
            self.code.setFont(self._fixed if written == "code" else self._plain)
            self.code.setPlainText(text)

    def step_entry(self, by: int) -> None:
        """Write out the next entry, or the one before."""
        self._show(self.sheet.step(by))

    def move_entry(self, rows: int, columns: int) -> None:
        """Write out the entry so many rows and columns away."""
        self._show(self.sheet.move_entry(rows, columns))

    def move_page(self, down: int, across: int) -> None:
        """The same by as many as are shown."""
        self._show(self.sheet.move_page(down, across))

    def _show(self, rect: QRect) -> None:
        self.scroll.ensureVisible(rect.center().x(), rect.center().y(), 0, 60)

    def _add_what_it_is_made_of(self, name: str, row: int, column: int) -> None:
        """Say behind a value of a layer that is not dense where it stands, and what it comes from."""
        if self._trace is None:
            return
        self._weight = self._trace.weight(name, row, column)
        self.check.setVisible(self._weight is not None)
        told = [sentence(text) for text in made_of(self._trace, name, row, column)]
        if told:
            self.told.setText("\n".join([self.told.text(), " · ".join(told)]))

    def check_entry(self) -> None:
        """Have the gradient that is written out checked, where it is one."""
        if self._weight is not None:
            self.checking.emit(self._weight)

    def _tell(self, text: str) -> None:
        self._weight = None
        self.check.hide()
        self.told.setProperty("role", "" if text else "muted")
        self.told.style().polish(self.told)
        self.told.setText(text or self.tr("Point at a number, or press ↓, to see what it is made of."))


def _symbols(trace: Trace, number: int) -> str:
    """The equations of a stage as in a book, one below the other."""
    found = []
    for equation in trace.stages[min(number, len(trace.stages) - 1)].lines:
        if equation.heading:
            found += ["", equation.heading] if found else [equation.heading]
        found.append(in_symbols(equation))
    return "\n".join(found)
