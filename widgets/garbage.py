"""Looks for garbage on the window's thread, where alone Qt's objects may end."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from playground.garbage import collect_due

LOOK = 100
"""Milliseconds between two looks."""


class GarbageCollector(QObject):
    """Takes the place of Python's own collector for as long as the program runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(collect_due)
        self._timer.start()
