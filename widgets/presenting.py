"""For a projector: the window on the whole screen, and the keys that are pressed, large below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QTextEdit

from widgets.actions import Actions

SHOWN_FOR = 1600
"""Milliseconds that keys are shown."""

ABOVE_THE_EDGE = 48
MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class Presenting(QObject):
    """Does what its two actions say."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self.keys: PressedKeys | None = None
        window.installEventFilter(self)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What its actions do, by their names."""
        return {"full_screen": self._fill_screen, "show_keys": self._show_keys}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick the action as the window is, whoever made it so."""
        if event.type() == QEvent.Type.WindowStateChange:
            self._actions["full_screen"].setChecked(self._window.isFullScreen())
        return super().eventFilter(watched, event)

    def _fill_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_keys(self) -> None:
        application = QApplication.instance()
        if self.keys is None:
            self.keys = PressedKeys(self._window)
            application.installEventFilter(self.keys)
        else:
            application.removeEventFilter(self.keys)
            self.keys.deleteLater()
            self.keys = None


class PressedKeys(QLabel):
    """Shows what was pressed for a moment; letters that are typed into a text are nobody's business."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setProperty("role", "keys")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._last: tuple[int, QKeyCombination] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every key comes here first, also one that is a shortcut; it comes again for each parent."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = event.timestamp(), event.keyCombination()
            if pressed != self._last and event.key() not in MODIFIERS and not _is_typing(event):
                self._show(event.keyCombination())
            self._last = pressed
        return False

    def _show(self, pressed: QKeyCombination) -> None:
        self.setText(QKeySequence(pressed).toString(QKeySequence.SequenceFormat.NativeText))
        self.adjustSize()
        around = self.parentWidget().rect()
        self.move(around.center().x() - self.width() // 2, around.bottom() - self.height() - ABOVE_THE_EDGE)
        self.raise_()
        self.show()
        self._timer.start()


def _is_typing(event: QKeyEvent) -> bool:
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    into_text = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QTextEdit)
    return into_text and bool(event.text().strip()) and not event.modifiers() & commands
