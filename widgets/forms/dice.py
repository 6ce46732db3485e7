"""The dice beside a field: whether it varies in a search, by a click or from the menu of its control."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, SignalInstance
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from widgets import theme
from widgets.icons import icon
from widgets.search_plan import HOST

PLACE = "dice_place"
"""The property of a widget that says where in the experiment the fields within it are, as `training`."""
FIELD = "dice_field"
"""The property of a widget whose fields belong to the value of a field, as those of an optimizer."""

SIDE = 16


class DiceHost(Protocol):
    """Knows which settings of an experiment vary, by path, and changes that."""

    changed: SignalInstance

    @property
    def varied(self) -> frozenset[str]:
        """The paths of those that vary."""

    def can_vary(self, path: str) -> bool:
        """Whether there is such a setting."""

    def toggle(self, path: str) -> None:
        """Let it vary, or not any more."""


def path_of(control: QWidget, name: str) -> str:
    """The path of a field that a control shows; empty where it is of no experiment."""
    steps, place = [name], control.parentWidget()
    while place is not None:
        if field := place.property(FIELD):
            steps.insert(0, str(field))
        if within := place.property(PLACE):
            return ".".join([str(within), *steps])
        place = place.parentWidget()
    return ""


def host_of(widget: QWidget) -> DiceHost | None:
    """What knows which settings vary, if anything does: the window, or that which a dialog belongs to."""
    place: QWidget | None = widget
    while place is not None:
        window = place.window()
        host: DiceHost | None = window.property(HOST)
        if host is not None:
            return host
        place = window.parentWidget()
    return None


def add_dice(menu: QMenu, control: QWidget, name: str) -> None:
    """Add to the menu of a control that its field may vary, or not any more."""
    path, host = path_of(control, name), host_of(control)
    if not path or host is None or not host.can_vary(path):
        return
    action = menu.addAction(_tr("Vary in search"))
    action.setCheckable(True)
    action.setChecked(path in host.varied)
    action.triggered.connect(lambda: host.toggle(path))


class RowLabel(QLabel):
    """The label of a row, which knows its dice."""

    dice: FieldDice | None = None

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the dice."""
        super().enterEvent(event)
        if self.dice is not None:
            self.dice.approach()


class FieldDice(QToolButton):
    """Lies over the end of a label: always where its field varies, else only while the row is pointed at."""

    def __init__(self, form: QWidget, control: QWidget, label: QLabel | None, name: str) -> None:
        super().__init__(form)
        self._control, self._label, self._name = control, label, name
        self._host: DiceHost | None = None
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setIconSize(QSize(SIDE - 2, SIDE - 2))
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("role", "dice")
        self.setAccessibleName(_tr("Vary in search"))
        self.setToolTip(_tr("Vary this in a search."))
        self.clicked.connect(self._toggle)
        self.hide()

    def approach(self) -> None:
        """The row is pointed at."""
        if self._host is not None and self._host.can_vary(self._path()):
            self._place()
            QTimer.singleShot(600, self, self.see)

    def begin(self, host: DiceHost) -> None:
        """Follow what varies."""
        if self._host is None:
            self._host = host
            host.changed.connect(self.see)
        self.see()

    def see(self) -> None:
        """Show what is so now; away from the pointer only a field that varies has its dice."""
        if self._host is None:
            return
        varied = self._host.varied
        varies = bool(varied) and self._path() in varied  # to know its path takes the longest
        self.setChecked(varies)
        row = [self, self._control, *([self._label] if self._label is not None else [])]
        if varies:
            self._place()
        elif any(each.underMouse() for each in row):
            QTimer.singleShot(600, self, self.see)
        else:
            self.hide()

    def _place(self) -> None:
        shown = theme.current()
        self.setIcon(icon("dice", shown.accent if self.isChecked() else shown.muted))
        beside = self._label if self._label is not None else self._control
        place = beside.geometry()
        if not beside.isVisibleTo(self.parentWidget()):
            self.hide()
            return
        self.move(place.right() - SIDE + 2, place.center().y() - SIDE // 2 + 1)
        self.show()
        self.raise_()

    def _path(self) -> str:
        return path_of(self._control, self._name)

    def _toggle(self) -> None:
        if self._host is not None:
            self._host.toggle(self._path())


def begin_all(dice: Mapping[str, FieldDice], form: QWidget) -> None:
    """Let the dice of a form follow what varies; it was just shown."""
    if (host := host_of(form)) is not None:
        for each in dice.values():
            each.begin(host)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FieldDice", text)
